mod agents;
mod cards;
mod elsewhere;
mod most;
mod sharing;
mod steer;
mod terminals;
mod work;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub(crate) use most::Most;
pub(crate) use sharing::{Device, Invite, Member, Person, PresetName, RightName, Settings, Share, Terms};

pub(crate) use agents::{Agent, AgentKey, Mcp, McpServer};
pub(crate) use cards::{Answer, ChoiceName, Permission, PermissionName, Vote};
pub(crate) use elsewhere::{Join, Remote};
pub(crate) use steer::{Drive, Me, Overrule, Steer, Waiting, Without};
pub(crate) use terminals::Terminal;
pub(crate) use work::Work;

/// Conclave: coding agents on your machine, and rooms to run them in together.
#[derive(Parser, Debug)]
#[command(name = "conclave", version, arg_required_else_help = true)]
pub struct Arguments {
    /// Where this host keeps its files [default: ~/.local/share/conclave].
    #[arg(long, global = true, env = "CONCLAVE_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// Answer with one line of JSON each.
    #[arg(long, global = true)]
    pub json: bool,
    /// At another host, that you have joined: its label, or the start of its key. Goes with `workspace
    /// list`, `session`, `terminal`, `chat`, `drive`, `vote`, `overrule`, `without`, `answer`, `permission`
    /// and `me`.
    #[arg(long = "host", global = true, value_name = "HOST")]
    pub at: Option<String>,
    #[command(subcommand)]
    pub(crate) order: Order,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Order {
    /// Run the host until Ctrl-C, without a window.
    Host {
        /// Port of the owner's page on 127.0.0.1; kept for the next start.
        #[arg(long)]
        port: Option<u16>,
        /// Print a one-time link to the owner's page instead of its bare address.
        #[arg(long)]
        open_link: bool,
        /// What others see you called; counts on the first start.
        #[arg(long)]
        name: Option<String>,
        /// Take guests on this address only; can be given again. Without it, on all.
        #[arg(long, value_name = "ADDRESS")]
        listen: Vec<std::net::IpAddr>,
    },
    /// Print a fresh one-time link to the owner's page.
    Open,
    /// Repositories that workspaces are made of.
    #[command(subcommand)]
    Repo(Repo),
    /// Workspaces: each a worktree on a branch of its own.
    #[command(subcommand)]
    Workspace(Workspace),
    /// Sessions with an agent in a workspace.
    #[command(subcommand)]
    Session(Session),
    /// Shells in workspaces, which a page shows.
    #[command(subcommand)]
    Terminal(Terminal),
    /// Talk in a session.
    #[command(subcommand)]
    Chat(Chat),
    Vote(Vote),
    Overrule(Overrule),
    Without(Without),
    Answer(Answer),
    Permission(Permission),
    #[command(subcommand)]
    Drive(Drive),
    #[command(subcommand)]
    Me(Me),
    /// The agents of this machine.
    #[command(subcommand)]
    Agent(Agent),
    /// Servers of tools (MCP) that every agent here gets.
    #[command(subcommand)]
    Mcp(Mcp),
    /// What an agent starts to reach the host's own tools; not for people.
    #[command(hide = true)]
    Toolbox,
    /// Offer workspaces to others.
    #[command(subcommand)]
    Share(Share),
    /// Further invites to a share.
    #[command(subcommand)]
    Invite(Invite),
    /// People who ask to be let in.
    #[command(subcommand)]
    Door(Door),
    /// The log of a session, and the proof that nobody changed it.
    #[command(subcommand)]
    Log(Log),
    Join(Join),
    /// Hosts in the same network that share something.
    Nearby,
    /// Other hosts that you have joined.
    #[command(subcommand)]
    Remote(Remote),
    /// Who is in your shares.
    #[command(subcommand)]
    Person(Person),
    /// Your own devices, and everybody's.
    #[command(subcommand)]
    Device(Device),
    /// Your name, and what new shares begin with.
    #[command(subcommand)]
    Settings(Settings),
    /// A certificate of your own that browsers trust, so that their guests need not compare keys.
    #[command(subcommand)]
    Certificate(Certificate),
    /// Say what is there and what is missing.
    Doctor,
    /// End the running host.
    Stop,
    /// Print what a shell needs to complete these commands.
    Completions {
        /// For bash: `source <(conclave completions bash)`.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Certificate {
    /// Check a certificate and keep a copy; do it again when it is renewed. The host need not stop.
    Use {
        /// The chain as PEM, the host's own certificate first.
        chain: PathBuf,
        /// Its private key as PEM, without a password.
        key: PathBuf,
    },
    Show,
    /// From now on browsers are shown the certificate that the host made itself.
    Remove,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Repo {
    /// Add an existing git repository.
    Add {
        path: PathBuf,
    },
    /// Clone a repository with your own git, and add it.
    Clone {
        /// An address or a path.
        from: String,
        /// Where to; the host has a folder of its own for it.
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
    /// Forget a repository that has no workspaces left. Nothing on the disk is touched.
    Remove {
        /// Repository: id, start of it, or name.
        repo: String,
    },
    /// List its worktrees that are no workspaces, those left behind included.
    Worktrees {
        repo: String,
    },
    /// Make a worktree of it, as `worktrees` lists it, a workspace.
    Import {
        repo: String,
        path: PathBuf,
    },
    /// Its set-up script does not run any more until you trust it again.
    ForgetSetup {
        repo: String,
    },
    /// Make a small sample repository, a workspace and a session with the rehearsal agent.
    Sample,
    List,
    /// The named agents that repositories bring in .conclave/agents.json, and whether you trust them.
    Agents,
    /// Trust what a repository says of agents, just as you have read it.
    TrustAgents {
        /// Repository: id, start of it, or name.
        repo: String,
        /// As `repo agents` shows it, or the start of it.
        hash: String,
    },
    ForgetAgents {
        repo: String,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Workspace {
    New {
        /// Repository: id, start of it, or name.
        #[arg(long, value_name = "R")]
        repo: String,
        /// Without one it takes that of its first prompt.
        #[arg(long, default_value = "")]
        name: String,
    },
    List,
    /// Show what became of its files since its base.
    Changes {
        /// Workspace: id, start of it, or name.
        workspace: String,
        #[command(flatten)]
        since: work::Since,
    },
    /// Show the change of one file.
    Diff {
        /// Workspace: id, start of it, or name.
        workspace: String,
        path: String,
        /// Unchanged lines around a change.
        #[arg(long)]
        context: Option<u32>,
        #[arg(long)]
        ignore_whitespace: bool,
        #[command(flatten)]
        since: work::Since,
    },
    #[command(flatten)]
    Work(Work),
    /// Show a file as it is now.
    Cat {
        /// Workspace: id, start of it, or name.
        workspace: String,
        path: String,
    },
    /// Find files by parts of their path.
    Files {
        /// Workspace: id, start of it, or name.
        workspace: String,
        #[arg(default_value = "")]
        query: String,
        /// At most this many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Say whether a fork of a shared workspace is offered as well.
    Offer {
        /// The fork: id, start of it, or name.
        fork: String,
        #[arg(value_enum)]
        answer: Offered,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Offered {
    Yes,
    No,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Session {
    New {
        /// Workspace: id, start of it, or name.
        #[arg(long, value_name = "W")]
        workspace: String,
        /// As `conclave doctor` lists them.
        #[arg(long)]
        agent: String,
        #[arg(long)]
        title: Option<String>,
    },
    List,
    /// Session: id, handle, `#n`, n, or title.
    Show {
        session: String,
    },
    /// Say what went on: turns, decisions, files, people.
    Digest {
        session: String,
        /// Leave out what came up to this event; `chat tail --json` shows their numbers.
        #[arg(long, value_name = "SEQ", default_value_t = 0)]
        since: u64,
    },
    /// Take back for good what was said in an event, and in all that belong to it.
    Redact {
        session: String,
        /// Its number, as `chat tail --json` shows it.
        seq: u64,
    },
    /// Take a turn back with all that followed it; the files stay as they are.
    Rewind {
        session: String,
        /// Its id, as `workspace log` shows it.
        turn: uuid::Uuid,
    },
    /// A new session that begins with the turns of this one.
    Fork {
        session: String,
        /// Only with the turns before this one; its id, as `workspace log` shows it.
        #[arg(long, value_name = "TURN")]
        before: Option<uuid::Uuid>,
        /// In another workspace of the same repository.
        #[arg(long, value_name = "W")]
        workspace: Option<String>,
        #[arg(long)]
        title: Option<String>,
    },
    /// Delete a session for good, with all that was said in it.
    Delete {
        session: String,
        /// Really do it: nothing brings it back.
        #[arg(long)]
        yes: bool,
    },
    #[command(flatten)]
    Steer(Steer),
}

#[derive(Subcommand, Debug)]
pub(crate) enum Log {
    /// Write a session's log to a file, with all that proves it.
    Export {
        /// Session, or a stream: `owner`, `workspace:<id>`, `session:<id>`.
        session: String,
        /// Without it, to standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Check a log: an exported file, which needs no host, or a session.
    Verify {
        #[arg(value_name = "FILE|SESSION")]
        log: String,
        /// A file with a signed head that somebody kept: the log must still hold what it swears.
        #[arg(long, value_name = "HEAD")]
        witness: Option<PathBuf>,
    },
    /// Print what an exported log amounts to; needs no host.
    Replay { file: PathBuf },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Chat {
    /// Send a prompt; `-` reads it from standard input.
    Send {
        session: String,
        text: String,
        /// Wait in the queue if somebody else drives, instead of being refused.
        #[arg(long)]
        queue: bool,
        /// A PNG, JPEG, GIF or WebP that goes along; can be given again, 512 KiB in all.
        #[arg(long, value_name = "FILE")]
        image: Vec<PathBuf>,
    },
    /// Print the newest events.
    Tail {
        session: String,
        /// Go on until Ctrl-C.
        #[arg(long)]
        follow: bool,
    },
    /// Stop the running turn.
    Stop { session: String },
    /// Run the last turn once more: the same words. It failed or was cut short.
    Retry { session: String },
    #[command(flatten)]
    Waiting(Waiting),
}

#[derive(Subcommand, Debug)]
pub(crate) enum Door {
    List,
    Admit { knock: String },
    Refuse { knock: String },
}
