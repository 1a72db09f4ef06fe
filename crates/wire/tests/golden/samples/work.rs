use model::*;
use wire::*;

use super::{command, id, name, session, workspace};

fn edge(edge: Edge) -> TurnEdge {
    let (agent, author) = (AgentKey("claude".into()), PersonId(id(2)));
    TurnEdge { session: session(), turn: TurnId(id(20)), edge, author, agent }
}

fn oid(byte: &str) -> String {
    byte.repeat(20)
}

pub fn requests() -> Vec<Request> {
    let (command, workspace, path) = (command(), workspace(), || "src/greet.js".to_owned());
    let pick = ChangePick::Hunk { path: path(), id: "3-ab".into() };
    let these =
        ChangePicks::These { picks: vec![ChangePick::File { path: path(), id: "5f".repeat(16) }, pick] };
    let since = ChangesSince::Approval;
    vec![
        Request::Makers { workspace },
        Request::Work { workspace },
        Request::RewindPreview { workspace, checkpoint: 4 },
        Request::Folder { workspace, path: "src".into() },
        Request::Risks { workspace },
        Request::ApproveChanges {
            command,
            workspace,
            since,
            picks: ChangePicks::All { seen: oid("7a") },
            message: "Greet by name".into(),
        },
        Request::RejectChanges { command, workspace, since, picks: these },
        Request::RevertCommit { command, workspace, commit: oid("ab") },
        Request::RestoreFiles { command, workspace, checkpoint: 4 },
        Request::RewindConversation { command, session: session(), turn: TurnId(id(20)) },
        Request::WriteFile { command, workspace, path: path(), text: "x".into(), was: Some("5e".repeat(32)) },
        Request::MergeBase { command, workspace, step: MergeStep::Begin },
        Request::SettleConflict { command, workspace, path: path(), how: Settle::AsItIs },
        Request::ApplyWork { command, workspace },
        Request::RenameWorkspace { command, workspace, name: "greet by name".into() },
        Request::ArchiveWorkspace { command, workspace },
        Request::Worktrees { repository: RepositoryId(id(7)) },
        Request::PushTarget { workspace },
        Request::Setup { workspace },
        Request::BothSides { workspace, path: "logo.png".into(), since },
        Request::CloneRepository { command, from: "https://example.org/x.git".into(), into: None },
        Request::RemoveRepository { command, repository: RepositoryId(id(7)) },
        Request::ImportWorktree { command, repository: RepositoryId(id(7)), path: "/home/ada/tree".into() },
        Request::PushWork { command, workspace },
        Request::AskPull { command, workspace, title: "Greet by name".into(), body: "It did not.".into() },
        Request::TrustSetup { command, workspace, hash: "0a".repeat(32) },
        Request::ForgetSetup { command, repository: RepositoryId(id(7)) },
        Request::ForkSession {
            command,
            session: session(),
            before: Some(TurnId(id(20))),
            workspace: Some(workspace),
            title: Some("Another way".into()),
        },
        Request::RunSetup { command, workspace, size: TerminalSize { columns: 100, rows: 30 } },
        Request::ReturnWorkspace { command, workspace },
        Request::DeleteWorkspace {
            command,
            workspace,
            despite: vec![RiskKind::Unmerged, RiskKind::Unpushed],
        },
        Request::ForkWorkspace { command, workspace, checkpoint: Some(4), name: "another way".into() },
    ]
}

pub fn replies() -> Vec<Reply> {
    let TurnEdge { session, turn, author, agent, .. } = edge(Edge::Before);
    let run = MakerRun { how: LineHow::Added, from: 2, to: 4, maker: 0 };
    let file = FileMakers { path: "src/greet.js".into(), makers: vec![0, 1], runs: vec![run] };
    let makers = vec![ChangeMaker::Turn { session, turn, author, agent }, ChangeMaker::Hand];
    let message = "Greet by name".to_owned();
    vec![
        Reply::Makers {
            makers: Makers { makers, files: vec![file] },
            people: vec![PersonName { person: author, name: name("Bea") }],
        },
        Reply::Work {
            checkpoints: vec![Checkpoint { number: 4, commit: oid("cd"), of: Some(edge(Edge::After)) }],
            commits: vec![WorkCommit { commit: oid("ab"), message, by: author, reverted: false }],
            base_branch: Some("main".into()),
            people: vec![PersonName { person: author, name: name("Bea") }],
        },
        Reply::Folder {
            entries: vec![FolderEntry { name: "greet.js".into(), kind: EntryKind::File, bytes: Some(120) }],
            more: false,
        },
        Reply::Risks {
            risks: vec![Risk {
                kind: RiskKind::Unmerged,
                found: RiskFound::Some { count: 1, first: vec!["ab12 Greet".into()] },
            }],
            bytes: Some(81_920),
        },
        Reply::Approved { commit: Some(oid("ab")) },
        Reply::TakenBack { undo: 9 },
        Reply::Written { hash: "6f".repeat(32) },
        Reply::Worktrees {
            worktrees: vec![FoundWorktree {
                path: "/home/ada/tree".into(),
                branch: Some("fix".into()),
                bytes: Some(81_920),
                ours: false,
            }],
        },
        Reply::PushTarget { remote: "origin".into(), upstream: None, can_ask: true },
        Reply::Setup {
            script: Some(SetupScript { text: "npm ci\n".into(), hash: "0a".repeat(32), trusted: true }),
        },
        Reply::BothSides {
            before: None,
            after: Some(ImageBytes { kind: ImageKind::Png, data: "iVBORw0K".into() }),
        },
        Reply::Pushed { remote: "origin".into() },
        Reply::Asked { address: "https://example.org/pull/7".into() },
        Reply::Merging { conflicts: vec!["src/store.rs".into()] },
    ]
}

pub fn news() -> Notification {
    Notification::Files { workspace: workspace(), news: FilesNews::Changed }
}

/// Of files and folders as they are now.
pub fn places() -> (Vec<Request>, Vec<Reply>) {
    let workspace = workspace();
    let requests = vec![
        Request::WatchFiles { workspace },
        Request::UnwatchFiles { workspace },
        Request::Folders { path: Some("/home/ada".into()) },
        Request::DiskUse { workspace },
        Request::ReadPicture { workspace, path: "logo.png".into() },
    ];
    let replies = vec![
        Reply::Folders {
            path: "/home/ada".into(),
            parent: Some("/home".into()),
            folders: vec![HostFolder {
                name: "greeter".into(),
                path: "/home/ada/greeter".into(),
                repository: true,
            }],
            more: false,
        },
        Reply::DiskUse { bytes: 81_920 },
        Reply::Picture { image: ImageBytes { kind: ImageKind::Png, data: "iVBORw0K".into() } },
    ];
    (requests, replies)
}
