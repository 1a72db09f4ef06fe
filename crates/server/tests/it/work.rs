//! What becomes of work: a real host, real git, agents that really change files.

use std::path::PathBuf;
use std::process::Command;

use model::*;
use serde_json::{Value, json};
use testkit::{Client, TestHost, command};
use wire::*;

pub struct Bench {
    pub host: TestHost,
    pub owner: Client,
    pub workspace: WorkspaceId,
    pub session: SessionId,
}

/// What a prompt makes the agent do.
fn turns(turns: &[(&str, &str)]) -> Value {
    let turn = |(when, command): &(&str, &str)| json!({ "when": when, "steps": [{ "run": { "command": command } }, { "say": "Done." }] });
    json!({ "turns": turns.iter().map(turn).collect::<Vec<_>>() })
}

impl Bench {
    pub async fn set(does: &[(&str, &str)]) -> Self {
        let mut host = TestHost::start().await.unwrap();
        host.script("actor", &turns(does)).unwrap();
        host.end().await;
        host.begin().await.unwrap();
        let owner = host.owner().await.unwrap();
        let workspace = owner.workspace(&host, "shared").await.unwrap();
        for (key, value) in [("user.name", "Ada"), ("user.email", "ada@conclave.invalid")] {
            git(&host.folder().join("repository"), &["config", key, value]);
        }
        let session = owner.session(workspace, "actor").await.unwrap();
        owner.call(Request::Subscribe { stream: StreamId::Session(session), cursor: None }).await.unwrap();
        owner.call(Request::WatchDirectory).await.unwrap();
        Self { host, owner, workspace, session }
    }

    pub fn repository(&self) -> PathBuf {
        self.host.folder().join("repository")
    }

    pub fn worktree(&self) -> PathBuf {
        let directory = self.owner.replica().directory.unwrap();
        let row = directory.workspaces.iter().find(|row| row.workspace == self.workspace).unwrap();
        PathBuf::from(row.path.clone().unwrap())
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.worktree().join(path)).unwrap_or_default()
    }

    pub async fn ready(&self) {
        let seen = |replica: &testkit::Replica| {
            replica
                .directory
                .as_ref()
                .is_some_and(|it| it.workspaces.iter().any(|row| row.workspace == self.workspace))
        };
        self.owner.wait_for("the workspace", seen).await;
    }

    /// Plays a turn to its end, and until its files are kept.
    pub async fn play(&self, text: &str) -> Event {
        self.ready().await;
        let kept = |replica: &testkit::Replica| count(replica, self.session);
        let before = kept(&self.owner.replica());
        let (session, delivery) = (self.session, Delivery::Now);
        let prompt =
            Request::Prompt { command: command(), session, text: text.into(), delivery, images: vec![] };
        self.owner.call(prompt).await.unwrap();
        let seen = self.owner.wait_for("the kept turn", |replica| kept(replica) > before).await;
        let last = seen.session(self.session).unwrap().facts().filter(is_kept).last();
        last.unwrap()
    }

    async fn changes(&self, since: ChangesSince) -> Changes {
        let reply = self.owner.call(Request::Changes { workspace: self.workspace, since }).await;
        let Ok(Reply::Changes(changes)) = reply else { panic!("changes, not {reply:?}") };
        changes
    }

    pub async fn approve_all(&self, message: &str) -> Result<Reply, Failure> {
        let since = ChangesSince::Approval;
        let picks = ChangePicks::All { seen: self.changes(since).await.seen };
        let (workspace, message) = (self.workspace, message.to_owned());
        self.owner
            .call(Request::ApproveChanges { command: command(), workspace, since, picks, message })
            .await
    }

    async fn checkpoints(&self) -> Vec<Checkpoint> {
        let reply = self.owner.call(Request::Work { workspace: self.workspace }).await;
        let Ok(Reply::Work { checkpoints, .. }) = reply else { panic!("work, not {reply:?}") };
        checkpoints
    }

    async fn restore(&self, checkpoint: u64) -> Result<Reply, Failure> {
        let workspace = self.workspace;
        self.owner.call(Request::RestoreFiles { command: command(), workspace, checkpoint }).await
    }
}

fn is_kept(event: &Event) -> bool {
    matches!(event, Event::TurnKept { .. })
}

fn count(replica: &testkit::Replica, session: SessionId) -> usize {
    replica.session(session).map_or(0, |held| held.facts().filter(is_kept).count())
}

pub fn git(folder: &std::path::Path, call: &[&str]) -> String {
    let output = Command::new("git").args(call).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "git {call:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn paths(changes: &Changes) -> Vec<&str> {
    changes.files.iter().map(|file| &*file.path).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ws7_ws10_ws17_a_turn_is_kept_approved_and_applied() {
    let bench = Bench::set(&[("one", "echo one > one.txt"), ("two", "echo two > two.txt")]).await;
    let kept = bench.play("make one").await;
    let Event::TurnKept { turn, files: 1, added: 1, removed: 0, .. } = kept else { panic!("{kept:?}") };
    assert_eq!(paths(&bench.changes(ChangesSince::Turn { turn }).await), ["one.txt"]);
    assert_eq!(git(&bench.worktree(), &["stash", "list"]), "");
    assert!(!git(&bench.worktree(), &["branch", "--all"]).contains("checkpoint"));

    let Ok(Reply::Approved { commit: Some(commit) }) = bench.approve_all("Make one").await else { panic!() };
    assert_eq!(git(&bench.worktree(), &["rev-parse", "HEAD"]), commit);
    let said = git(&bench.worktree(), &["log", "-1", "--format=%B"]);
    assert!(said.starts_with("Make one\n"), "{said}");
    assert!(said.contains("Made-with: actor"), "C6: {said}");
    assert!(bench.changes(ChangesSince::Approval).await.files.is_empty());
    assert_eq!(paths(&bench.changes(ChangesSince::Base).await), ["one.txt"]);

    bench.play("make two").await;
    let open = bench.changes(ChangesSince::Approval).await;
    assert_eq!(paths(&open), ["two.txt"]);

    let workspace = bench.workspace;
    let applied = bench.owner.call(Request::ApplyWork { command: command(), workspace }).await;
    assert_eq!(applied, Ok(Reply::Approved { commit: Some(commit.clone()) }));
    assert_eq!(git(&bench.repository(), &["rev-parse", "main"]), commit);
    assert_eq!(std::fs::read_to_string(bench.repository().join("one.txt")).unwrap(), "one\n");
    let told = |deed: &Deed| matches!(deed, Deed::Applied { onto, .. } if onto == "main");
    let told = |event: &Event| matches!(event, Event::WorkDone { deed, .. } if told(deed));
    bench.owner.wait_for("the room to be told", |it| it.session(bench.session).unwrap().has(told)).await;

    let revert = Request::RevertCommit { command: command(), workspace, commit };
    let Ok(Reply::TakenBack { .. }) = bench.owner.call(revert).await else { panic!("taken back") };
    assert_eq!((bench.read("one.txt"), bench.read("two.txt")), (String::new(), "two\n".to_owned()), "WS9");
}

#[tokio::test(flavor = "multi_thread")]
async fn ws3_ws8_what_is_rejected_or_rewound_comes_back_byte_for_byte() {
    let make = "printf 'a\\n' > a.txt; printf '\\0b' > b.bin; ln -s a.txt link; chmod +x README.md";
    let bench = Bench::set(&[("make", make), ("spoil", "rm a.txt; echo spoiled > README.md")]).await;
    bench.play("make it").await;
    let snapshot = |bench: &Bench| git(&bench.worktree(), &["ls-files", "-s", "--others", "--cached"]);
    let as_made = (snapshot(&bench), bench.read("README.md"), bench.read("a.txt"));
    bench.play("spoil it").await;
    let spoiled = bench.read("README.md");

    let checkpoints = bench.checkpoints().await;
    let edges: Vec<Option<Edge>> = checkpoints.iter().map(|it| it.of.as_ref().map(|of| of.edge)).collect();
    let (before, after) = (Some(Edge::Before), Some(Edge::After));
    assert_eq!(edges, [before, after, before, after]);
    let back_to = checkpoints[2].number;
    let workspace = bench.workspace;
    let preview = bench.owner.call(Request::RewindPreview { workspace, checkpoint: back_to }).await;
    let Ok(Reply::Changes(preview)) = preview else { panic!("a preview") };
    assert_eq!(paths(&preview), ["README.md", "a.txt"]);
    assert_eq!(bench.read("README.md"), spoiled);

    let Ok(Reply::TakenBack { undo }) = bench.restore(back_to).await else { panic!("restored") };
    assert_eq!((snapshot(&bench), bench.read("README.md"), bench.read("a.txt")), as_made);
    let Ok(Reply::TakenBack { .. }) = bench.restore(undo).await else { panic!("undone") };
    assert_eq!((bench.read("README.md"), bench.read("a.txt")), (spoiled, String::new()));
    assert_eq!(bench.restore(404).await.unwrap_err().code, FailureCode::NotFound);

    let since = ChangesSince::Approval;
    let picks = ChangePicks::All { seen: bench.changes(since).await.seen };
    let reject = Request::RejectChanges { command: command(), workspace, since, picks: picks.clone() };
    let Ok(Reply::TakenBack { .. }) = bench.owner.call(reject.clone()).await else { panic!("rejected") };
    assert!(bench.changes(since).await.files.is_empty());
    assert_eq!(bench.read("README.md"), "# A test\n");
    // LO5: the same command again is answered, and not done again.
    std::fs::write(bench.worktree().join("later.txt"), "x").unwrap();
    assert!(bench.owner.call(reject).await.is_ok());
    assert_eq!(bench.read("later.txt"), "x");
    let stale = Request::RejectChanges { command: command(), workspace, since, picks };
    assert_eq!(bench.owner.call(stale).await.unwrap_err().code, FailureCode::ChangesStale);
}

#[tokio::test(flavor = "multi_thread")]
async fn ws15_makers_are_told_by_turn_and_by_hand() {
    let bench = Bench::set(&[("make", "printf '1\\n2\\n3\\n' > n.txt")]).await;
    let Event::TurnKept { turn, .. } = bench.play("make it").await else { panic!() };
    std::fs::write(bench.worktree().join("n.txt"), "1\n2\nby hand\n3\n").unwrap();
    let reply = bench.owner.call(Request::Makers { workspace: bench.workspace }).await;
    let Ok(Reply::Makers { makers, people }) = reply else { panic!("makers, not {reply:?}") };
    assert_eq!(people.len(), 1);
    let [file] = makers.files.as_slice() else { panic!("{makers:?}") };
    let told = |run: &MakerRun| {
        let by = match makers.makers[run.maker as usize] {
            ChangeMaker::Turn { turn: of, .. } => of == turn,
            ChangeMaker::Hand => false,
        };
        (run.from, run.to, by)
    };
    let runs: Vec<(u32, u32, bool)> = file.runs.iter().map(told).collect();
    assert_eq!(runs, [(1, 2, true), (3, 3, false), (4, 4, true)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ws17_a_conversation_is_taken_back_and_no_agent_is_told_of_it() {
    // It plays the first that is a part of all it is told, a record of earlier turns included.
    let bench = Bench::set(&[("two", "echo two > two.txt"), ("one", "echo one >> one.txt")]).await;
    bench.play("make one").await;
    let Event::TurnKept { turn, .. } = bench.play("make two").await else { panic!() };
    let session = bench.session;
    let rewind = |turn| Request::RewindConversation { command: command(), session, turn };
    let Ok(Reply::Accepted { .. }) = bench.owner.call(rewind(turn)).await else { panic!("rewound") };
    let rewound = |event: &Event| matches!(event, Event::ConversationRewound { turn: of, .. } if *of == turn);
    bench.owner.wait_for("the room to be told", |it| it.session(session).unwrap().has(rewound)).await;
    assert_eq!(bench.read("two.txt"), "two\n", "the files stay");
    assert_eq!(bench.owner.call(rewind(turn)).await.unwrap_err().code, FailureCode::NotFound);
    // The next turn is told of what is left: the agent begins anew and has read the history.
    bench.play("make three").await;
    assert_eq!(bench.read("one.txt"), "one\none\n");
    let ready = |event: &Event| match event {
        Event::AgentReady { memory, .. } => Some(*memory),
        _ => None,
    };
    let memories: Vec<Memory> =
        bench.owner.replica().session(session).unwrap().facts().filter_map(|event| ready(&event)).collect();
    assert_eq!(memories.last(), Some(&Memory::History));
}

#[tokio::test(flavor = "multi_thread")]
async fn ws11_what_is_in_conflict_is_brought_in_settled_and_applied() {
    let bench = Bench::set(&[("ours", "echo ours > README.md")]).await;
    bench.play("write ours").await;
    bench.approve_all("Ours").await.unwrap();
    std::fs::write(bench.repository().join("README.md"), "theirs\n").unwrap();
    git(&bench.repository(), &["commit", "-q", "--no-gpg-sign", "-am", "Theirs"]);
    let workspace = bench.workspace;
    let apply = || bench.owner.call(Request::ApplyWork { command: command(), workspace });
    assert_eq!(apply().await.unwrap_err().code, FailureCode::InConflict);

    let merge = |step| bench.owner.call(Request::MergeBase { command: command(), workspace, step });
    let begun = merge(MergeStep::Begin).await;
    assert_eq!(begun, Ok(Reply::Merging { conflicts: vec!["README.md".into()] }));
    let seen = bench.changes(ChangesSince::Base).await;
    assert!(seen.merging);
    assert_eq!(seen.conflicts, ["README.md"]);
    assert_eq!(merge(MergeStep::Finish).await.unwrap_err().code, FailureCode::Git);
    let Ok(Reply::TakenBack { .. }) = merge(MergeStep::Abort).await else { panic!("taken back") };
    assert_eq!(bench.read("README.md"), "ours\n");

    merge(MergeStep::Begin).await.unwrap();
    let (path, how) = ("README.md".to_owned(), Settle::Ours);
    bench.owner.call(Request::SettleConflict { command: command(), workspace, path, how }).await.unwrap();
    let Ok(Reply::Approved { commit: Some(merged) }) = merge(MergeStep::Finish).await else {
        panic!("merged")
    };
    assert_eq!(apply().await, Ok(Reply::Approved { commit: Some(merged) }));
    assert_eq!(std::fs::read_to_string(bench.repository().join("README.md")).unwrap(), "ours\n");
    assert_eq!(paths(&bench.changes(ChangesSince::Base).await), ["README.md"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn fi6_a_file_is_written_as_it_was_read_or_not_at_all() {
    let bench = Bench::set(&[]).await;
    bench.ready().await;
    let workspace = bench.workspace;
    let path = || "README.md".to_owned();
    let read = bench.owner.call(Request::ReadFile { workspace, path: path() }).await;
    let Ok(Reply::FileText { hash, .. }) = read else { panic!("a file") };
    let write = |path: String, text: &str, was: Option<String>| {
        let text = text.to_owned();
        bench.owner.call(Request::WriteFile { command: command(), workspace, path, text, was })
    };
    let Ok(Reply::Written { hash: second }) = write(path(), "mine\n", Some(hash.clone())).await else {
        panic!()
    };
    assert_eq!(bench.read("README.md"), "mine\n");
    assert_eq!(write(path(), "late\n", Some(hash)).await.unwrap_err().code, FailureCode::ChangesStale);
    assert_eq!(write(path(), "new\n", None).await.unwrap_err().code, FailureCode::ChangesStale);
    assert_eq!(bench.read("README.md"), "mine\n");
    assert!(write("docs/new.md".into(), "new\n", None).await.is_ok());
    assert!(write(path(), "again\n", Some(second)).await.is_ok());
    for outside in ["../x", ".git/config", "/tmp/x"] {
        assert_eq!(
            write(outside.into(), "x", None).await.unwrap_err().code,
            FailureCode::BadParams,
            "{outside}"
        );
    }
    let listed = bench.owner.call(Request::Folder { workspace, path: String::new() }).await;
    let Ok(Reply::Folder { entries, more: false }) = listed else { panic!("a folder") };
    let names: Vec<&str> = entries.iter().map(|entry| &*entry.name).collect();
    assert_eq!(names, ["docs", "README.md"], "FI5");
}

#[tokio::test(flavor = "multi_thread")]
async fn ws12_ws13_ws18_a_workspace_is_renamed_put_away_and_deleted_when_its_risks_are_named() {
    let bench = Bench::set(&[("one", "echo one > one.txt")]).await;
    bench.play("make one").await;
    let (workspace, worktree) = (bench.workspace, bench.worktree());
    let name = "greet by name".to_owned();
    bench.owner.call(Request::RenameWorkspace { command: command(), workspace, name }).await.unwrap();
    assert_eq!(git(&worktree, &["branch", "--show-current"]), "conclave/greet-by-name");

    bench.owner.call(Request::ArchiveWorkspace { command: command(), workspace }).await.unwrap();
    let session = bench.session;
    let ended =
        |it: &testkit::Replica| it.view(session).is_some_and(|view| view.state == SessionState::Ended);
    bench.owner.wait_for("the session’s end", ended).await;
    let reopen = Request::ReopenSession { command: command(), session };
    assert_eq!(bench.owner.call(reopen.clone()).await.unwrap_err().code, FailureCode::Archived);
    assert_eq!(bench.approve_all("x").await.unwrap_err().code, FailureCode::Archived);
    assert_eq!(std::fs::read_to_string(worktree.join("one.txt")).unwrap(), "one\n");
    bench.owner.call(Request::ReturnWorkspace { command: command(), workspace }).await.unwrap();
    bench.owner.call(reopen).await.unwrap();

    let reply = bench.owner.call(Request::Risks { workspace }).await;
    let Ok(Reply::Risks { risks, bytes: Some(1..) }) = reply else { panic!("risks, not {reply:?}") };
    let kinds: Vec<RiskKind> = risks.iter().map(|risk| risk.kind).collect();
    assert_eq!(kinds, [RiskKind::Untracked]);
    let delete =
        |despite| bench.owner.call(Request::DeleteWorkspace { command: command(), workspace, despite });
    assert_eq!(delete(vec![RiskKind::Unmerged]).await.unwrap_err().code, FailureCode::AtRisk);
    assert!(worktree.is_dir());
    delete(kinds).await.unwrap();
    assert!(!worktree.exists());
    let branches = git(&bench.repository(), &["branch", "--list", "conclave/*"]);
    assert!(branches.contains("conclave/greet-by-name"));
    let last = bench.checkpoints().await.pop().unwrap();
    assert_eq!(git(&bench.repository(), &["show", &format!("{}:one.txt", last.commit)]), "one");
    let gone = bench.owner.call(Request::Changes { workspace, since: ChangesSince::Base }).await;
    assert_eq!(gone.unwrap_err().code, FailureCode::NotFound);
    assert!(
        bench
            .owner
            .call(Request::Page { stream: StreamId::Session(session), before: 9, limit: 5 })
            .await
            .is_ok()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ws19_sh8_a_fork_has_the_files_of_its_moment_and_is_offered_to_the_shares() {
    let bench = Bench::set(&[("one", "echo one > one.txt"), ("two", "echo two > one.txt")]).await;
    bench.play("make one").await;
    bench.play("make two").await;
    let workspace = bench.workspace;
    bench.owner.share(workspace, Preset::Guest).await.unwrap();
    let after_one = bench.checkpoints().await[1].number;
    let fork = |checkpoint, name: &str| {
        let name = name.to_owned();
        bench.owner.call(Request::ForkWorkspace { command: command(), workspace, checkpoint, name })
    };
    for (checkpoint, name, text) in [(None, "now", "two\n"), (Some(after_one), "then", "one\n")] {
        let Ok(Reply::Workspace { workspace: made }) = fork(checkpoint, name).await else { panic!("a fork") };
        let offered = |it: &testkit::Replica| {
            it.directory.as_ref().is_some_and(|it| it.fork_offers.iter().any(|offer| offer.fork == made))
        };
        bench.owner.wait_for("the offer", offered).await;
        let read = bench.owner.call(Request::ReadFile { workspace: made, path: "one.txt".into() }).await;
        let Ok(Reply::FileText { text: read, .. }) = read else { panic!("a file, not {read:?}") };
        assert_eq!(read, text);
    }
    assert_eq!(bench.read("one.txt"), "two\n");
    assert_eq!(fork(Some(404), "x").await.unwrap_err().code, FailureCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn gr1_whoever_may_approve_judges_and_the_owner_alone_applies() {
    let bench = Bench::set(&[("one", "echo one > one.txt")]).await;
    bench.play("make one").await;
    let (workspace, since) = (bench.workspace, ChangesSince::Approval);
    let picks = ChangePicks::All { seen: bench.changes(since).await.seen };
    let approve = || {
        let (picks, message) = (picks.clone(), "Make one".to_owned());
        Request::ApproveChanges { command: command(), workspace, since, picks, message }
    };
    for (preset, may) in [(Preset::Collaborator, false), (Preset::CoHost, true)] {
        let invitation = bench.owner.share(workspace, preset).await.unwrap();
        let mut guest = invitation.dial().await.unwrap();
        let (welcome, ()) = tokio::join!(guest.hello(invitation.auth("Bea")), async {
            bench.owner.let_somebody_in().await.unwrap();
        });
        welcome.unwrap();
        let refused = guest.call(approve()).await.err().map(|failure| failure.code);
        assert_eq!(refused, (!may).then_some(FailureCode::Forbidden), "{preset:?}");
        let apply = Request::ApplyWork { command: command(), workspace };
        assert_eq!(guest.call(apply).await.unwrap_err().code, FailureCode::Forbidden);
        assert_eq!(guest.call(Request::Risks { workspace }).await.unwrap_err().code, FailureCode::Forbidden);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ws20_what_was_begun_is_done_to_its_end_also_when_who_asked_is_gone() {
    let bench = Bench::set(&[("one", "echo one > one.txt")]).await;
    bench.play("make one").await;
    let (workspace, session, since) = (bench.workspace, bench.session, ChangesSince::Approval);
    let picks = ChangePicks::All { seen: bench.changes(since).await.seen };
    let message = "Make one".to_owned();
    let order = Request::ApproveChanges { command: command(), workspace, since, picks, message };
    let gone = bench.host.owner().await.unwrap();
    drop(gone.send(order.clone()));
    let committed = |event: &Event| matches!(event, Event::WorkDone { deed: Deed::Committed { .. }, .. });
    bench.owner.wait_for("the commit", |it| it.session(session).unwrap().has(committed)).await;
    drop(gone);
    let Ok(Reply::Approved { commit: Some(commit) }) = bench.owner.call(order).await else { panic!("LO5") };
    assert_eq!(git(&bench.worktree(), &["rev-list", "--count", "HEAD"]), "2");
    assert_eq!(git(&bench.worktree(), &["rev-parse", "HEAD"]), commit);
}
