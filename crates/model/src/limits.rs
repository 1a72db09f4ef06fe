//! Every number of the rules, with its reason. Units are in the names or in the types.

use crate::Span;

/// One prompt's text in bytes; a larger paste belongs in a file (PA6).
pub const PROMPT_BYTES: usize = 256 * 1024;
/// Images of one prompt, and their bytes together (TU11): encoded, and with the text, they fit one frame.
pub const IMAGES: usize = 8;
pub const IMAGES_BYTES: usize = 512 * 1024;
/// What a named agent is told, in bytes: it goes to its program as one variable (AG11).
pub const NAMED_PROMPT_BYTES: usize = 32 * 1024;
/// Waiting prompts in one session, and of one author (TU3): nobody can fill another's room.
pub const QUEUE_LEN: usize = 100;
pub const QUEUE_LEN_PER_AUTHOR: usize = 20;
/// Open suggestions in one session, and of one person (GR1).
pub const SUGGESTIONS: usize = 100;
pub const SUGGESTIONS_PER_AUTHOR: usize = 20;
/// A claimed but never begun prompt is tried this often before it fails (QU4).
pub const START_ATTEMPTS: u8 = 3;
/// A person who is away this long is gone from the roster (PA8, TU4).
pub const AWAY: Span = Span::from_secs(30);
/// An absent voter is dropped after this long unless the share says otherwise (BA5).
pub const ABSENCE: Span = Span::from_secs(300);
/// An agent that does not yield to a stop within this is killed (TU5, AG3).
pub const CANCEL_GRACE: Span = Span::from_secs(10);
/// Agent start to handshake done (AG3).
pub const HANDSHAKE: Span = Span::from_secs(20);
/// A running turn without a sign of life, while nothing awaits a person, is a stall (AG3).
pub const STALL: Span = Span::from_secs(300);
/// No more respawns after this many crashes within [`CRASH_WINDOW`] (AG4).
pub const CRASHES: usize = 3;
pub const CRASH_WINDOW: Span = Span::from_secs(60);
/// Turns that agents may cause in a session before a person speaks (HA4).
pub const WAKE_BUDGET: u8 = 6;
/// Running text reaches the disk at least this often: the most a crash may take (LO1).
pub const PARTIAL_FLUSH: Span = Span(500);
/// Deltas after the first are gathered this long: two frames of a 60 Hz screen.
pub const DELTA_GATHER: Span = Span(33);
/// A message or thought that goes on beyond this many bytes goes on in a new item, so that keeping what
/// was said so far costs the same however long an agent talks (LO1).
pub const SPEECH_BYTES: usize = 128 * 1024;
/// Of earlier turns that an agent has no memory of, it is told this much of the newest (AG9): enough to go on
/// from, and a small part of any model's context.
pub const RECOLLECTION_BYTES: usize = 32 * 1024;
/// An agent's process that nobody has asked anything for this long is closed (AG2).
pub const IDLE_AGENT: Span = Span::from_secs(30 * 60);
/// Agents' processes at once on a host, idle ones included; the one idle longest makes room (AG2).
pub const WARM_AGENTS: usize = 8;
/// Longer text is kept as a blob with a preview of this many bytes in the event (LO11).
pub const INLINE_BYTES: usize = 16 * 1024;
/// The rest of a longer blob is dropped and the cut is marked (LO11).
pub const BLOB_BYTES: usize = 10 * 1024 * 1024;
/// What a person's pages have open, in bytes: some hundred tabs (WI9).
pub const LAYOUT_BYTES: usize = 64 * 1024;
/// Files in the answer to a search by name, and the characters of what is searched for (FI1).
pub const FILES_FOUND: usize = 200;
pub const FILE_QUERY_CHARS: usize = 256;
/// Changed files in an answer, and names of files that are left out of it (FI2).
pub const CHANGED_FILES: usize = 2_000;
pub const SKIPPED_FILES: usize = 100;
/// Of one file's change in bytes, what a line takes beside its text, and unchanged lines around it (FI3).
pub const CHANGE_BYTES: usize = 512 * 1024;
pub const CHANGE_LINE_BYTES: usize = 64;
pub const CHANGE_CONTEXT: u32 = 3;
/// Folders of the machine that are listed of one (WS25).
pub const FOLDERS_LISTED: usize = 2_000;
/// Workspaces whose files one connection watches (FI10).
pub const WATCHED: usize = 16;
/// The title of a pull request.
pub const PULL_TITLE_CHARS: usize = 256;
/// A set-up script, in bytes: it is one argument of a program (WS23).
pub const SETUP_BYTES: usize = 64 * 1024;
/// A file that is read, in bytes (FI4).
pub const FILE_TEXT_BYTES: u64 = 512 * 1024;
/// Events in a snapshot's newest page, and in one older page at most (LO3).
pub const PAGE: usize = 200;
/// One frame in bytes (PA6).
pub const FRAME_BYTES: usize = 1024 * 1024;
/// A socket must say hello within this (PA6).
pub const HELLO: Span = Span::from_secs(5);
/// Sockets at once; unauthenticated ones; unauthenticated ones from one address (PA6).
pub const CONNECTIONS: usize = 256;
pub const UNAUTHENTICATED: usize = 64;
pub const UNAUTHENTICATED_PER_ADDRESS: usize = 4;
/// Sockets at once from one address that have proven nothing, also those that only load the page: a
/// browser opens six for it (PA6).
pub const STRANGERS_PER_ADDRESS: usize = 16;
/// Commands a second, and the burst above it (PA6).
pub const COMMANDS_PER_SECOND: u32 = 20;
pub const COMMANDS_BURST: u32 = 60;
/// Signals and terminal input in bytes a second (PA6).
pub const SIGNAL_BYTES_PER_SECOND: u32 = 64 * 1024;
/// Failed authentications from one address within [`FAILED_AUTH_WINDOW`] before delays grow (PA6).
pub const FAILED_AUTH: u32 = 10;
pub const FAILED_AUTH_WINDOW: Span = Span::from_secs(600);
/// Queries of one connection at once (PA7): a slow diff must not delay a vote.
pub const QUERIES_IN_FLIGHT: usize = 8;
/// Heartbeat; two missed beats make a person away (PA8).
pub const PING: Span = Span::from_secs(15);
/// A display name in characters (RO4).
pub const NAME_CHARS: usize = 40;
/// A session's title in characters.
pub const TITLE_CHARS: usize = 80;
/// Tags of a session, and the characters of one (SE3): as many as a line of a list can show.
pub const TAGS: usize = 8;
pub const TAG_CHARS: usize = 24;
/// An invite lives this long unless minted otherwise (SH2).
pub const INVITE: Span = Span::from_secs(24 * 3600);
/// The most an invite can be good for, in uses and in time: a forgotten one must not stay open for ever.
pub const INVITE_USES: u32 = 100;
pub const INVITE_LONGEST: Span = Span::from_secs(30 * 24 * 3600);
/// People who may wait at the door by one invite: nobody fills the owner's screen.
pub const KNOCKS_PER_INVITE: usize = 8;
/// A link for a further device of one's own lives this long (RO1).
pub const DEVICE_INVITE: Span = Span::from_secs(600);
/// A device's last visit is written down at most this often.
pub const SEEN_AGAIN: Span = Span::from_secs(60);
/// A share's label in characters.
pub const LABEL_CHARS: usize = 80;
/// A one-time link to the owner's page lives this long (PA12).
pub const OPEN_LINK: Span = Span::from_secs(300);
/// The shortest session handle in characters (HA1).
pub const HANDLE_CHARS: usize = 4;
/// First and longest wait before a lost host is dialled again (PA9).
pub const RETRY_FIRST: Span = Span::from_secs(1);
pub const RETRY_LONGEST: Span = Span::from_secs(30);
/// A dial, or the answer to a hello, may take this long before it counts as lost (PA9).
pub const DIAL: Span = Span::from_secs(15);
/// A host is silent for longer than two of its beats: the connection is dead (PA8).
pub const SILENCE: Span = Span::from_secs(3 * 15);
/// After sleep or a change of network a connection must show life within this (PA9).
pub const PULSE: Span = Span::from_secs(5);
/// A link looks at the clock at least this often; a gap of [`SLEPT`] says that the machine slept.
pub const LINK_TICK: Span = Span::from_secs(5);
pub const SLEPT: Span = Span::from_secs(20);
/// One frame of a host in bytes: a snapshot holds a page of events, so it is longer than what a host takes.
pub const HOST_FRAME_BYTES: usize = 32 * 1024 * 1024;
/// Hosts that one data folder knows.
pub const KNOWN_HOSTS: usize = 256;
/// What an agent said of itself is worth asking again after this (AG8).
pub const AGENT_CHECK: Span = Span::from_secs(24 * 3600);
/// A pairing code lives this long: time to walk over and type it (PA3).
pub const PAIRING_CODE: Span = Span::from_secs(120);
/// Tries at one code; one in a million each (PA3).
pub const PAIRING_ATTEMPTS: u8 = 3;
/// After this many codes that were used up by wrong tries, none for [`PAIRING_REST`] (PA3).
pub const PAIRING_BURNT: u8 = 3;
pub const PAIRING_REST: Span = Span::from_secs(600);
/// Terminals that one person may have open at this host (TE2).
pub const TERMINALS_PER_PERSON: usize = 3;
/// Output of one terminal that is kept for who comes back, in bytes: some ten thousand lines (TE4).
pub const TERMINAL_SCROLLBACK: usize = 1024 * 1024;
/// Input that a program has not read yet, in bytes: a paste, not a file (TE5).
pub const TERMINAL_PENDING_INPUT: usize = 256 * 1024;
/// Columns, and rows, of the largest terminal (TE6).
pub const TERMINAL_SIDE: u16 = 1000;
/// Files or hunks that are approved or rejected at once by name.
pub const PICKS: usize = 2_000;
/// A commit's message in bytes.
pub const COMMIT_MESSAGE_BYTES: usize = 64 * 1024;
/// Things of one folder that are listed.
pub const FOLDER_ENTRIES: usize = 5_000;
/// Runs of lines whose makers are told: of all files of one answer.
pub const MAKER_RUNS: usize = 20_000;
/// The newest checkpoints of a workspace, and its newest commits, that are listed.
pub const CHECKPOINTS_LISTED: usize = 500;
/// Checkpoints of a workspace that are kept; older ones go (WS2).
pub const CHECKPOINTS_KEPT: usize = 2_000;
