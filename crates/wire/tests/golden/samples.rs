//! One sample of every frame.

mod agents;
mod changes;
mod door;
mod terminals;
mod work;

use model::*;
use uuid::Uuid;
use wire::*;

use changes::{change_body, changed_file};

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n << 64 | 0x8000_0000_0000_0000)
}

fn session() -> SessionId {
    SessionId(id(10))
}

fn stream() -> StreamId {
    StreamId::Session(session())
}

fn workspace() -> WorkspaceId {
    WorkspaceId(id(11))
}

fn command() -> CommandId {
    CommandId(id(90))
}

fn name(text: &str) -> DisplayName {
    DisplayName::parse(text).unwrap()
}

fn cursor() -> Cursor {
    Cursor { epoch: EpochId(id(3)), seq: 41, hash: "ab".repeat(32) }
}

fn answers() -> std::collections::BTreeMap<String, Vec<String>> {
    [("greeting".to_owned(), vec!["Hello".to_owned()])].into()
}

pub fn requests() -> Vec<Request> {
    let mut requests = vec![
        Request::Hello(Hello {
            auth: Auth::Invite {
                invite: InviteId(id(51)),
                secret: "s".repeat(43),
                credential: "c".repeat(43),
                name: "Bea".into(),
            },
            client: "browser 1.0".into(),
        }),
        Request::Subscribe { stream: stream(), cursor: Some(cursor()) },
        Request::Unsubscribe { stream: stream() },
        Request::WatchDirectory,
        Request::Page { stream: stream(), before: 200, limit: 100 },
        Request::Blob { session: session(), hash: BlobHash("ab".repeat(32)) },
        Request::ItemText { session: session(), item: ItemId(id(30)) },
        Request::LogPage { stream: stream(), after: 40, limit: 200 },
        Request::Digest { session: session(), since: 40 },
        Request::KnownHosts,
        Request::Agents,
        Request::Usage { session: session() },
        Request::Changes { workspace: workspace(), since: ChangesSince::Approval },
        Request::FileChange {
            workspace: workspace(),
            path: "src/greet.js".into(),
            context: Some(10),
            ignore_whitespace: true,
            since: ChangesSince::Turn { turn: TurnId(id(20)) },
        },
        Request::ReadFile { workspace: workspace(), path: "src/greet.js".into() },
        Request::FindFiles { workspace: workspace(), query: "sto mod".into(), limit: 50 },
        Request::HostUsage,
        Request::Health,
        Request::Shares,
        Request::Invites { share: ShareId(id(50)) },
        Request::People,
        Request::MyDevices,
        Request::Settings,
        Request::Layout,
        Request::KeepLayout { layout: r#"{"v":1}"#.into() },
        Request::Typing { session: session() },
        Request::Look { session: session() },
    ];
    requests.extend(room_requests());
    requests.extend(host_requests());
    requests.extend(door::requests());
    requests.extend(agents::requests());
    requests.extend(terminals::requests());
    requests.extend(work::places().0);
    requests.extend(work::requests());
    requests
}

fn prompt_request() -> Request {
    let (text, delivery) = ("Plan first.".into(), Delivery::Now);
    Request::Prompt { command: command(), session: session(), text, delivery, images: vec![] }
}

fn room_requests() -> Vec<Request> {
    let (command, session) = (command(), session());
    let (prompt, ballot, question) = (PromptId(id(21)), BallotId(id(40)), QuestionId(id(41)));
    let (person, suggestion) = (PersonId(id(2)), SuggestionId(id(43)));
    vec![
        prompt_request(),
        Request::EditPrompt { command, session, prompt, text: "Plan well.".into() },
        Request::WithdrawPrompt { command, session, prompt },
        Request::AcceptSuggestion {
            command,
            session,
            suggestion,
            revision: 1,
            text: Some("Plan well.".into()),
            delivery: Delivery::Queue,
        },
        Request::EditSuggestion { command, session, suggestion, text: "Plan well.".into() },
        Request::DropSuggestion { command, session, suggestion, reason: Some("Later.".into()) },
        Request::ReleaseQueue { command, session },
        Request::RetryTurn { command, session, turn: TurnId(id(7)) },
        Request::StopTurn { command, session },
        Request::AskToDrive { command, session },
        Request::HandOver { command, session, to: person },
        Request::TakeLock { command, session },
        Request::Vote {
            command,
            session,
            ballot,
            plan: PlanHash("ab".repeat(32)),
            choice: Choice::Deny { reason: "Keep the column.".into() },
        },
        Request::OverrideBallot {
            command,
            session,
            ballot,
            verdict: Verdict::Approved,
            reason: "Agreed by voice.".into(),
        },
        Request::GoOnWithoutVoter { command, session, ballot, person },
        Request::GoOnWithoutAnswer { command, session, question, person },
        Request::Answer { command, session, question, answers: answers() },
        Request::AnswerPermission {
            command,
            session,
            permission: PermissionId(id(42)),
            answer: PermissionAnswer::Allow,
        },
        Request::RenameSession { command, session, title: "Split the store".into() },
        Request::TagSession { command, session, tags: vec!["store".into(), "for review".into()] },
        Request::ChooseAgent { command, session, choice: AgentChoice::of("opencode") },
        Request::PauseSession { command, session },
        Request::ResumeSession { command, session },
        Request::EndSession { command, session },
        Request::ReopenSession { command, session },
        Request::Redact { command, session, seq: 42 },
        Request::DeleteSession { command, session },
    ]
}

fn host_requests() -> Vec<Request> {
    let command = command();
    vec![
        Request::AddRepository { command, path: "/home/ada/ledger".into() },
        Request::TrySample { command },
        Request::CreateWorkspace { command, repository: RepositoryId(id(12)), name: "auth refactor".into() },
        Request::OpenSession {
            command,
            workspace: workspace(),
            choice: AgentChoice::of("rehearsal"),
            title: Some("A first look".into()),
        },
        Request::OpenLink { command },
        Request::JoinHost { command, code: "conclave://join/1.…".into(), name: Some("Bea".into()) },
        Request::PairHost { command, hint: "0a1b2c3d".into(), code: "123456".into(), name: None },
        Request::ForgetHost { command, host: HostKey("k".repeat(43)) },
        Request::StopHost { command },
    ]
}

fn welcome() -> Welcome {
    Welcome {
        host: HostId(id(4)),
        host_name: name("Ada"),
        epoch: EpochId(id(3)),
        person: PersonId(id(2)),
        name: name("Bea"),
        owner: false,
        credential: None,
        unverified: true,
        version: "0.1.0".into(),
    }
}

fn logged() -> LoggedEvent {
    LoggedEvent {
        seq: 42,
        at: Timestamp(1_795_000_000_000),
        actor: Actor::Person { person: PersonId(id(2)) },
        cause: Some(command()),
        hash: "cd".repeat(32),
        event: serde_json::to_value(Event::SessionRenamed { title: "Split the store".into() }).unwrap(),
    }
}

fn signed_head() -> SignedHead {
    SignedHead {
        epoch: EpochId(id(3)),
        stream: stream(),
        seq: 42,
        hash: "cd".repeat(32),
        at: Timestamp(1_795_000_000_000),
        key: "30".repeat(91),
        signature: "45".repeat(70),
    }
}

fn raw_events() -> Vec<RawEvent> {
    let raw = |seq, seal| RawEvent {
        seq,
        at: Timestamp(1_795_000_000_000),
        actor: r#"{"kind":"host"}"#.into(),
        cause: (seq == 41).then(command),
        kind: "session_renamed".into(),
        body: r#"{"type":"session_renamed","title":"Split the store"}"#.into(),
        seal,
        hash: "cd".repeat(32),
    };
    vec![raw(41, RawSeal::Salt("0a".repeat(16))), raw(42, RawSeal::Erased("ab".repeat(32)))]
}

fn digest() -> Digest {
    let (ada, bea, at) = (PersonId(id(1)), PersonId(id(2)), Timestamp(1_795_000_000_000));
    let plan = Decided::Plan {
        ballot: BallotId(id(40)),
        plan: "1. Keep the column.".into(),
        votes: vec![DigestVote { person: bea, choice: Choice::Approve }],
        outcome: Some(BallotOutcome::Approved),
    };
    let question = Decided::Question {
        question: QuestionId(id(41)),
        text: "Which greeting?".into(),
        answers: Some(answers()),
    };
    let permission = Decided::Permission {
        permission: PermissionId(id(42)),
        title: "Edit src/greet.js".into(),
        by: Some(ada),
        answer: Some(PermissionAnswer::Allow),
    };
    let decided = |seq, what| DigestDecision { seq, at, what };
    Digest {
        since: 40,
        head: 99,
        from: Some(at),
        to: Some(at),
        turns: vec![DigestTurn {
            turn: TurnId(id(20)),
            seq: 44,
            at,
            author: Some(bea),
            prompt: "Plan first.".into(),
            outcome: Some(TurnOutcome::Completed),
        }],
        earlier_turns: 0,
        decisions: vec![decided(50, plan), decided(60, question), decided(70, permission)],
        earlier_decisions: 0,
        files: vec![DigestFile { path: "src/greet.js".into(), added: 1, removed: 1 }],
        more_files: 0,
        people: vec![DigestPerson {
            person: bea,
            name: Some(name("Bea")),
            came: Some(at),
            went: Some(at),
            reason: Some(DropReason::Left),
        }],
    }
}

pub fn replies() -> Vec<Reply> {
    let epoch = EpochId(id(3));
    let mut replies = vec![
        Reply::Welcome(welcome()),
        Reply::Waiting { knock: KnockId(id(52)) },
        Reply::Done,
        Reply::Accepted { stream: stream(), epoch, seq: 42 },
        Reply::Prompted { stream: stream(), epoch, seq: 42, prompt: PromptId(id(21)), started: true },
        Reply::Suggested { stream: stream(), epoch, seq: 42, suggestion: SuggestionId(id(43)) },
        Reply::Page { stream: stream(), events: vec![logged()], first: false },
        Reply::Blob {
            hash: BlobHash("ab".repeat(32)),
            text: "all of it".into(),
            truncated: false,
            image: None,
        },
        Reply::ItemText { item: ItemId(id(30)), n: 7, text: Some("so far".into()) },
        Reply::LogPage {
            stream: stream(),
            epoch,
            key: "30".repeat(91),
            events: raw_events(),
            heads: vec![signed_head()],
            last: true,
        },
        Reply::Digest(digest()),
        Reply::Changes(changes::changes()),
        Reply::FileChange(FileChange { file: changed_file(), body: change_body() }),
        Reply::FileText { path: "src/greet.js".into(), text: "hello\n".into(), hash: "5e".repeat(32) },
        Reply::Files { paths: vec!["src/store.rs".into()], more: true },
        Reply::Health {
            warnings: vec!["The port for guests has moved.".into()],
            refusals: Refusals { evicted: 3, full: 0, waiting: 2, failed: 11 },
        },
        Reply::Repository { repository: RepositoryId(id(12)) },
        Reply::Workspace { workspace: workspace() },
        Reply::Session { session: session(), workspace: workspace() },
        Reply::Link { url: "http://127.0.0.1:7440/#s".into() },
        Reply::KnownHosts { hosts: vec![known_host()] },
        Reply::HostJoined { host: known_host() },
    ];
    replies.extend(agents::replies());
    replies.extend(terminals::replies());
    replies.extend(work::places().1);
    replies.extend(work::replies());
    replies.extend(door::replies());
    replies
}

fn known_host() -> KnownHostRow {
    KnownHostRow {
        key: HostKey("k".repeat(43)),
        label: name("Ada"),
        name: name("Bea"),
        waiting: false,
        in_keyring: true,
        address: "192.168.1.5".into(),
        added_at: Timestamp(1_795_000_000_000),
        welcomed_at: Some(Timestamp(1_795_000_060_000)),
    }
}

fn directory() -> Directory {
    Directory {
        repositories: vec![RepositoryView {
            repository: RepositoryId(id(12)),
            name: "ledger".into(),
            path: Some("/home/ada/ledger".into()),
        }],
        workspaces: vec![WorkspaceView {
            workspace: workspace(),
            repository: RepositoryId(id(12)),
            repository_name: "ledger".into(),
            name: "auth refactor".into(),
            branch: "conclave/auth-refactor".into(),
            path: None,
            shared: true,
            state: WorkspaceState::Archived,
            base_branch: Some("main".into()),
        }],
        sessions: vec![SessionRow {
            session: session(),
            workspace: workspace(),
            number: 3,
            handle: "0000".into(),
            title: "Split the store".into(),
            state: SessionState::Active,
            status: SessionStatus::NeedsYou,
            needs: 1,
            queued: 2,
            head: 42,
            updated_at: Timestamp(1_795_000_000_000),
            tags: vec!["store".into()],
        }],
        live_shares: 1,
        catalogue: 3,
        terminals: 2,
        layout: Some(7),
        warnings: vec!["The port for guests has moved.".into()],
        knocks: vec![KnockView {
            knock: KnockId(id(52)),
            name: name("Chen"),
            device: "Firefox on a phone".into(),
            kind: DeviceKind::Browser,
            person: None,
            share_label: "auth refactor".into(),
            at: Timestamp(1_795_000_000_000),
        }],
        pairing: Some(PairingView {
            share: ShareId(id(50)),
            until: Timestamp(1_700_000_120_000),
            tries: 1,
            outcome: PairingOutcome::Waiting,
            resting_until: None,
        }),
        fork_offers: vec![ForkOffer {
            fork: WorkspaceId(id(13)),
            source: workspace(),
            share_labels: vec!["auth refactor".into()],
        }],
    }
}

pub fn notifications(view: RoomView) -> Vec<Notification> {
    let partial = Partial {
        turn: TurnId(id(20)),
        item: ItemId(id(30)),
        thought: false,
        n: 7,
        text: "so far".into(),
        began: Timestamp(1_795_000_000_000),
    };
    vec![
        Notification::Welcome(welcome()),
        Notification::Snapshot(Snapshot {
            stream: stream(),
            cursor: cursor(),
            view: Some(view.clone()),
            events: vec![logged()],
            whole: false,
            partials: vec![partial],
            replaced: false,
            head: Some(Box::new(signed_head())),
        }),
        Notification::Head(signed_head()),
        terminals::news(),
        work::news(),
        Notification::Gone { stream: stream() },
        Notification::Events { stream: stream(), prev: 41, events: vec![logged()] },
        Notification::View(SharedView { stream: stream(), seq: 42, view }),
        Notification::Signal {
            stream: stream(),
            signal: Signal::Delta {
                turn: TurnId(id(20)),
                item: ItemId(id(30)),
                thought: false,
                n: 8,
                text: " and".into(),
            },
        },
        Notification::Directory(directory()),
        Notification::Bye(Bye { reason: ByeReason::HostStopping, message: "The host is stopping.".into() }),
    ]
}

pub fn view() -> RoomView {
    RoomView {
        session: session(),
        workspace: workspace(),
        number: 3,
        title: "Split the store".into(),
        state: SessionState::Active,
        choice: AgentChoice::of("opencode"),
        memory: Some(Memory::Resumed),
        advisory: true,
        rules: RoomRules { consensus: true, ..RoomRules::default() },
        turn: None,
        queue: QueueView { held: false, items: Vec::new() },
        suggestions: vec![SuggestionView {
            suggestion: SuggestionId(id(43)),
            author: PersonId(id(4)),
            body: PromptBody::text("Shall we test it?"),
            revision: 1,
            edited_by: Some(PersonId(id(1))),
            ceiling: Ceiling::Ask,
            at: Timestamp(1_795_000_000_000),
            held: false,
            you_may_edit: true,
            you_may_accept: true,
            you_may_drop: true,
        }],
        ballots: Vec::new(),
        questions: Vec::new(),
        permissions: Vec::new(),
        roster: vec![ParticipantView {
            person: PersonId(id(2)),
            name: name("Bea"),
            colour: 1,
            rights: Preset::Collaborator.rights(),
            owner: false,
            muted: false,
            presence: Presence::Away { until: Timestamp(1_795_000_030_000) },
        }],
        commands: Vec::new(),
        usage: Usage::default(),
        interrupted: false,
        you: You {
            person: PersonId(id(2)),
            rights: Preset::Collaborator.rights(),
            muted: false,
            may: May { prompt_now: true, queue: true, steer: true, ..May::default() },
        },
    }
}
