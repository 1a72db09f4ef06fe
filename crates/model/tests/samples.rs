//! One sample of every event.

use model::*;
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n << 64 | 0x8000_0000_0000_0000)
}

fn ada() -> PersonId {
    PersonId(id(1))
}

fn bea() -> PersonId {
    PersonId(id(2))
}

fn turn() -> TurnId {
    TurnId(id(20))
}

fn item() -> ItemId {
    ItemId(id(30))
}

fn name(text: &str) -> DisplayName {
    DisplayName::parse(text).unwrap()
}

fn text(text: &str) -> LongText {
    LongText::inline(text).unwrap()
}

fn body() -> PromptBody {
    PromptBody::text("Split the session store. Plan first.")
}

fn past() -> PastPerson {
    PastPerson { person: bea(), name: name("Bea"), colour: 1 }
}

fn committed() -> Deed {
    Deed::Committed { commit: "ab".repeat(20), message: "Split the session store".into(), files: 2 }
}

fn checkpoint() -> Checkpoint {
    let agent = AgentKey("claude".into());
    let of = TurnEdge { session: SessionId(id(10)), turn: turn(), edge: Edge::Before, author: bea(), agent };
    Checkpoint { number: 4, commit: "cd".repeat(20), of: Some(of) }
}

fn call() -> ToolCall {
    ToolCall {
        kind: ToolKind::Read,
        title: "src/session/store.rs".into(),
        input: text(r#"{"path":"src/session/store.rs"}"#),
        paths: vec!["src/session/store.rs".into()],
    }
}

fn diff() -> FileDiff {
    FileDiff { path: "src/greet.js".into(), added: 1, removed: 1, unified: text("@@ -1 +1 @@\n-a\n+b\n") }
}

fn usage() -> Usage {
    Usage {
        input_tokens: 1200,
        output_tokens: 340,
        cost_micros: 4200,
        context_used: 1540,
        context_size: 200_000,
    }
}

fn answers() -> std::collections::BTreeMap<String, Vec<String>> {
    [("greeting".to_owned(), vec!["Hello".to_owned()])].into()
}

fn request() -> PermissionRequest {
    PermissionRequest {
        item: Some(item()),
        tool: "edit".into(),
        kind: ToolKind::Edit,
        title: "Edit src/greet.js".into(),
        command: None,
        directory: ".".into(),
        diffs: vec![diff()],
        expires_at: None,
    }
}

fn question() -> Question {
    Question {
        text: "Which greeting should be the default?".into(),
        fields: vec![QuestionField {
            key: "greeting".into(),
            text: "Default greeting".into(),
            options: vec!["Hello".into(), "Welcome".into()],
            many: false,
            optional: false,
        }],
    }
}

fn rules() -> RoomRules {
    RoomRules { consensus: true, ..RoomRules::default() }
}

pub fn events() -> Vec<Event> {
    let mut events = session();
    events.extend(people());
    events.extend(queue());
    events.extend(suggestions());
    events.extend(the_turn());
    events.extend(deeds());
    events.extend(cards());
    events
}

fn session() -> Vec<Event> {
    vec![
        Event::SessionOpened {
            session: SessionId(id(10)),
            workspace: WorkspaceId(id(11)),
            number: 3,
            title: "Split the session store".into(),
            choice: AgentChoice::of("opencode"),
            owner: ada(),
        },
        Event::SessionRenamed { title: "Split the store".into() },
        Event::SessionTagged { tags: vec!["store".into(), "for review".into()] },
        Event::AgentChosen {
            choice: AgentChoice { mode: Some("plan".into()), ..AgentChoice::of("rehearsal") },
        },
        Event::SessionPaused,
        Event::SessionResumed,
        Event::SessionEnded,
        Event::SessionReopened,
        Event::RoomRulesChanged { rules: rules() },
        Event::WakeBudgetSpent,
        Event::WakeBudgetRefilled,
        Event::Redacted { seqs: vec![4, 7], by: ada() },
    ]
}

fn people() -> Vec<Event> {
    vec![
        Event::PersonJoined {
            person: bea(),
            name: name("Bea"),
            colour: 1,
            rights: Preset::Collaborator.rights(),
            ceiling: Ceiling::Ask,
            muted: false,
        },
        Event::PersonRenamed { person: bea(), name: name("Beatrice") },
        Event::PersonAway { person: bea(), until: Timestamp(31_000) },
        Event::PersonReturned { person: bea() },
        Event::PersonLeft { person: bea(), reason: DropReason::Left },
        Event::RightsChanged { person: bea(), rights: Preset::Reviewer.rights(), ceiling: Ceiling::Ask },
        Event::PersonMuted { person: bea() },
        Event::PersonUnmuted { person: bea() },
    ]
}

fn queue() -> Vec<Event> {
    let prompt = PromptId(id(21));
    vec![
        Event::PromptQueued {
            prompt,
            author: bea(),
            origin: Origin::Human,
            body: body(),
            ceiling: Ceiling::Ask,
            steer: None,
            ahead: false,
            driver: None,
        },
        Event::PromptEdited { prompt, body: body() },
        Event::PromptHeld { prompt, reason: HoldReason::AuthorMuted },
        Event::PromptReleased { prompt },
        Event::PromptWithdrawn { prompt, reason: PromptGone::ByAuthor },
        Event::PromptReturned { prompt, attempts: 1 },
        Event::PromptFailed { prompt, reason: "The agent could not be started.".into() },
        Event::PromptSteered { prompt, turn: turn() },
        Event::QueueHeld,
        Event::QueueReleased,
    ]
}

fn suggestions() -> Vec<Event> {
    let suggestion = SuggestionId(id(43));
    let reason = SuggestionGone::Declined { words: Some("Later.".into()) };
    vec![
        Event::SuggestionMade { suggestion, author: bea(), body: body(), ceiling: Ceiling::AcceptEdits },
        Event::SuggestionEdited { suggestion, by: ada(), body: body(), ceiling: Ceiling::Ask },
        Event::SuggestionAccepted { suggestion, by: ada(), prompt: PromptId(id(21)) },
        Event::SuggestionDropped { suggestion, by: Some(ada()), reason },
    ]
}

fn the_turn() -> Vec<Event> {
    vec![
        Event::TurnTaken {
            turn: turn(),
            prompt: PromptId(id(21)),
            author: bea(),
            driver: bea(),
            origin: Origin::Human,
            body: body(),
            choice: AgentChoice::of("opencode"),
            ceiling: Ceiling::Ask,
        },
        Event::TurnBegan { turn: turn() },
        Event::DriveAsked { turn: turn(), person: ada() },
        Event::DriverChanged { turn: turn(), driver: ada(), reason: DriverReason::HandedOver },
        Event::TurnStopping { turn: turn(), by: Some(ada()) },
        Event::TurnEnded {
            turn: turn(),
            outcome: TurnOutcome::Failed { reason: "The agent ended.".into(), detail: "panic".into() },
            usage: usage(),
        },
    ]
}

fn deeds() -> Vec<Event> {
    vec![
        Event::AgentReady {
            turn: turn(),
            memory: Memory::New,
            name: "OpenCode".into(),
            version: "1.18.33".into(),
            lacks: vec![Lack::PlanGate, Lack::Server { name: "notes".into() }],
        },
        Event::MessageSaid { turn: turn(), item: item(), text: text("I will look at the store first.") },
        Event::ThoughtHad { turn: turn(), item: item(), text: text("Hm."), began: Timestamp(1_000) },
        Event::ToolStarted { turn: turn(), item: item(), call: call() },
        Event::ToolChanged { turn: turn(), item: item(), call: call() },
        Event::ToolEnded {
            turn: turn(),
            item: item(),
            status: ToolStatus::Completed,
            output: text("412 lines"),
            diffs: vec![diff()],
        },
        Event::TasksSet {
            turn: turn(),
            tasks: vec![Task { text: "Read the store".into(), status: TaskStatus::Running }],
        },
        Event::UsageReported { turn: turn(), usage: usage() },
        Event::ModeReported { mode: "plan".into() },
        Event::ModeExceeded { turn: turn(), mode: "yolo".into() },
        Event::CommandsOffered {
            commands: vec![SlashCommand { name: "compact".into(), about: "Shorten the context".into() }],
        },
        Event::AgentExited { reason: "The agent's program ended.".into(), detail: "exit code 1".into() },
        Event::AgentStalled { turn: turn(), since: Timestamp(5_000) },
    ]
}

fn cards() -> Vec<Event> {
    let (ballot, question_id) = (BallotId(id(40)), QuestionId(id(41)));
    let permission = PermissionId(id(42));
    vec![
        Event::TurnKept { turn: turn(), before: 4, after: 5, files: 2, added: 20, removed: 3 },
        Event::WorkDone { by: bea(), deed: committed() },
        Event::ConversationRewound { turn: turn(), from: 40, by: ada() },
        Event::SessionForked {
            from: SessionId(id(14)),
            number: 2,
            by: ada(),
            turns: 3,
            people: vec![past()],
        },
        Event::BallotOpened {
            ballot,
            turn: turn(),
            plan: text("1. New table\n2. Move reads"),
            plan_hash: PlanHash("ab".repeat(32)),
            electorate: Electorate::Everyone { voters: vec![ada(), bea()] },
            deadline: None,
        },
        Event::VoteCast { ballot, person: bea(), choice: Choice::Deny { reason: "Keep the column.".into() } },
        Event::VoterDropped { ballot, person: bea(), reason: DropReason::Absent },
        Event::BallotClosed { ballot, outcome: BallotOutcome::Approved },
        Event::QuestionAsked {
            question: question_id,
            turn: turn(),
            asked: question(),
            electorate: Electorate::AnyDecider,
        },
        Event::QuestionAnswered { question: question_id, person: ada(), answers: answers() },
        Event::AnswererDropped { question: question_id, person: bea(), reason: DropReason::Left },
        Event::QuestionSettled { question: question_id, answers: answers() },
        Event::QuestionWithdrawn { question: question_id, reason: WithdrawReason::TurnEnded },
        Event::PermissionAsked { permission, turn: turn(), request: request() },
        Event::PermissionAnswered { permission, by: Some(ada()), answer: PermissionAnswer::Allow },
        Event::PermissionWithdrawn { permission, reason: WithdrawReason::TurnEnded },
        Event::PermissionRefused {
            permission,
            turn: turn(),
            request: request(),
            refusal: Refusal::PlanFirst,
        },
        Event::AgentTold { card: CardId::Ballot(ballot) },
    ]
}

pub fn workspace_events() -> Vec<WorkspaceEvent> {
    vec![
        WorkspaceEvent::WorkspaceCreated {
            workspace: WorkspaceId(id(11)),
            repository: RepositoryId(id(12)),
            repository_name: "ledger".into(),
            name: "auth refactor".into(),
            branch: "conclave/auth-refactor".into(),
            base_branch: Some("main".into()),
            source: None,
            base: "0".repeat(40),
        },
        WorkspaceEvent::SessionAdded { session: SessionId(id(10)), number: 3, by: ada() },
        WorkspaceEvent::CheckpointMade { checkpoint: checkpoint() },
        WorkspaceEvent::WorkDone { by: bea(), deed: committed() },
        WorkspaceEvent::WorkspaceDeleted { by: ada() },
        WorkspaceEvent::SessionDeleted {
            session: SessionId(id(10)),
            number: 3,
            by: ada(),
            seq: 42,
            hash: "cd".repeat(32),
            spent: vec![Spent {
                person: bea(),
                agent: AgentKey("opencode".into()),
                turns: 2,
                usage: Usage {
                    input_tokens: 900,
                    output_tokens: 100,
                    cost_micros: 1_200,
                    ..Usage::default()
                },
            }],
        },
    ]
}

pub fn owner_events() -> Vec<OwnerEvent> {
    let share = ShareId(id(50));
    let mut events = vec![
        OwnerEvent::HostFounded { owner: ada(), name: name("Ada") },
        OwnerEvent::RepositoryAdded {
            repository: RepositoryId(id(12)),
            name: "ledger".into(),
            path: "/home/ada/ledger".into(),
        },
        OwnerEvent::WorkspacePlaced {
            workspace: WorkspaceId(id(11)),
            repository: RepositoryId(id(12)),
            path: "/home/ada/worktrees/1".into(),
        },
        OwnerEvent::ConversationsForgotten { session: SessionId(id(10)) },
        OwnerEvent::AgentAttached {
            session: SessionId(id(10)),
            agent: AgentKey("opencode".into()),
            conversation: Some("ses_1".into()),
            process: "123:456".into(),
        },
        OwnerEvent::AgentDisabled { agent: AgentKey("opencode".into()) },
        OwnerEvent::AgentEnabled { agent: AgentKey("opencode".into()) },
        OwnerEvent::RepositoryAgentsTrusted {
            repository: RepositoryId(id(12)),
            hash: "0a".repeat(32),
            agents: [("reviewer".to_owned(), named())].into(),
        },
        OwnerEvent::RepositoryAgentsForgotten { repository: RepositoryId(id(12)) },
        OwnerEvent::RepositoryRemoved { repository: RepositoryId(id(12)) },
        OwnerEvent::SetupTrusted { repository: RepositoryId(id(12)), hash: "0a".repeat(32) },
        OwnerEvent::SetupForgotten { repository: RepositoryId(id(12)) },
        OwnerEvent::ShareMinted { share, terms: share_terms() },
    ];
    events.extend(door_events());
    events
}

fn named() -> NamedAgent {
    NamedAgent {
        name: "Reviewer".into(),
        base: AgentKey("opencode".into()),
        prompt: "You review.".into(),
        model: None,
        mode: None,
        effort: None,
        tools: Some(ToolList([ToolGroup::Read].into())),
        budget: None,
    }
}

fn share_terms() -> Share {
    Share {
        label: "auth refactor".into(),
        workspaces: vec![WorkspaceId(id(11))],
        rights: Preset::Collaborator.rights(),
        terminal: TerminalRight::None,
        ceiling: Ceiling::Ask,
        rules: rules(),
        browser_guests: true,
        consent: true,
        expires_at: None,
        budget: Some(Budget { tokens: Some(200_000), cost_micros: Some(5_000_000) }),
        total: Some(Budget { tokens: None, cost_micros: Some(20_000_000) }),
    }
}

fn door_events() -> Vec<OwnerEvent> {
    let (share, invite, knock) = (ShareId(id(50)), InviteId(id(51)), KnockId(id(52)));
    let device = DeviceId(id(53));
    vec![
        OwnerEvent::ShareEdited { share, terms: Share { consent: false, ..share_terms() } },
        OwnerEvent::ShareStopped { share },
        OwnerEvent::ShareExpired { share },
        OwnerEvent::InviteMinted {
            invite,
            share,
            secret_hash: "cd".repeat(32),
            terms: InviteTerms { uses: 1, expires_at: Timestamp(86_400_000), consent: true },
        },
        OwnerEvent::DeviceInviteMinted {
            invite,
            person: bea(),
            secret_hash: "cd".repeat(32),
            expires_at: Timestamp(600_000),
        },
        OwnerEvent::InviteCancelled { invite },
        OwnerEvent::Knocked {
            knock,
            invite,
            credential_hash: "ef".repeat(32),
            name: name("Bea"),
            device: "Firefox on a phone".into(),
            kind: DeviceKind::Browser,
        },
        OwnerEvent::KnockRefused { knock },
        OwnerEvent::PersonAdmitted {
            person: bea(),
            share,
            invite,
            knock: Some(knock),
            name: name("Bea"),
            colour: 1,
        },
        OwnerEvent::DeviceAdded {
            device,
            person: bea(),
            kind: DeviceKind::Browser,
            label: "Firefox on a phone".into(),
            credential_hash: "ef".repeat(32),
            share: Some(share),
            invite: None,
            knock: None,
        },
        OwnerEvent::DeviceRevoked { device },
        OwnerEvent::DeviceSeen { device },
        OwnerEvent::PersonVoided { person: bea(), share, reason: VoidReason::Kicked },
        OwnerEvent::PersonMuted { person: bea(), share },
        OwnerEvent::PersonUnmuted { person: bea(), share },
        OwnerEvent::PersonRenamed { person: bea(), name: name("Bea 2") },
        OwnerEvent::ForkOffered { fork: WorkspaceId(id(13)), source: WorkspaceId(id(11)) },
        OwnerEvent::ForkAnswered { fork: WorkspaceId(id(13)) },
        OwnerEvent::SettingsChanged { settings: HostSettings { consensus_by_default: true, nearby: true } },
        OwnerEvent::ListenerPlaced { port: 7443, interfaces: vec!["192.168.1.5".into()] },
    ]
}
