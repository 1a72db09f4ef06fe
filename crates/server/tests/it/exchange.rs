//! What comes from other places and goes to them; worktrees by hand, set-up scripts, forks of sessions.

use std::path::{Path, PathBuf};

use model::*;
use testkit::{Client, command};
use wire::*;

use crate::work::{Bench, git};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

/// A bare repository beside the bench's, which that knows as `origin`.
fn remote(bench: &Bench) -> PathBuf {
    let path = bench.host.folder().join("origin.git");
    git(bench.host.folder(), &["init", "-q", "--bare", "origin.git"]);
    git(&bench.repository(), &["remote", "add", "origin", path.to_str().unwrap()]);
    path
}

async fn repository_of(owner: &Client, workspace: WorkspaceId) -> RepositoryId {
    let known = |directory: &Directory| directory.workspaces.iter().any(|row| row.workspace == workspace);
    let seen = owner.wait_for("the workspace", |it| it.directory.as_ref().is_some_and(known)).await;
    let directory = seen.directory.unwrap();
    directory.workspaces.iter().find(|row| row.workspace == workspace).unwrap().repository
}

fn put(folder: &Path, path: &str, text: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn ws21_a_clone_is_a_repository_and_a_failed_one_is_nothing() {
    let bench = Bench::set(&[]).await;
    let from = bench.repository().to_str().unwrap().to_owned();
    let clone = |from: &str, into: Option<&str>| Request::CloneRepository {
        command: command(),
        from: from.into(),
        into: into.map(str::to_owned),
    };
    let asked = clone(&from, None);
    let Ok(Reply::Repository { repository }) = bench.owner.call(asked.clone()).await else {
        panic!("cloned")
    };
    assert_eq!(bench.owner.call(asked).await, Ok(Reply::Repository { repository }), "LO5");
    let place = bench.host.data().join("repositories/repository");
    assert_eq!(git(&place, &["rev-parse", "HEAD"]), git(&bench.repository(), &["rev-parse", "HEAD"]));
    let Ok(Reply::Repository { repository: other }) = bench.owner.call(clone(&from, None)).await else {
        panic!()
    };
    assert_ne!(repository, other);
    assert!(bench.host.data().join("repositories/repository-2").is_dir());

    let refused = async |from: &str, into| bench.owner.call(clone(from, into)).await.unwrap_err().code;
    assert_eq!(refused("/nowhere/at/all", None).await, FailureCode::Git);
    assert_eq!(refused("ext::sh -c true", None).await, FailureCode::Git);
    assert_eq!(refused(&from, Some("here")).await, FailureCode::PathMissing);
    assert_eq!(refused(&from, Some(place.to_str().unwrap())).await, FailureCode::Git);
    assert_eq!(std::fs::read_dir(bench.host.data().join("repositories")).unwrap().count(), 2);
    assert_eq!(
        bench.owner.call(Request::RemoveRepository { command: command(), repository: other }).await,
        Ok(Reply::Done)
    );
    assert!(bench.host.data().join("repositories/repository-2").is_dir(), "WS22: nothing on the disk");
}

#[tokio::test(flavor = "multi_thread")]
async fn ws13_ws22_worktrees_by_hand_are_found_imported_and_hold_their_repository() {
    let bench = Bench::set(&[]).await;
    let (owner, root) = (&bench.owner, bench.repository());
    let repository = repository_of(owner, bench.workspace).await;
    let by_hand = bench.host.folder().join("by hand");
    git(&root, &["worktree", "add", "-q", "-b", "team/fix", by_hand.to_str().unwrap()]);
    put(&by_hand, "new.txt", b"new");
    git(&by_hand, &["add", "."]);
    git(&by_hand, &["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "new"]);
    let left = bench.host.data().join("worktrees/left");
    git(&root, &["worktree", "add", "-q", "--detach", left.to_str().unwrap()]);
    let listed = async || match owner.call(Request::Worktrees { repository }).await {
        Ok(Reply::Worktrees { worktrees }) => worktrees,
        other => panic!("worktrees, not {other:?}"),
    };
    let found = listed().await;
    let told: Vec<_> = found.iter().map(|it| (&*it.path, it.branch.as_deref(), it.ours)).collect();
    let by_hand = by_hand.canonicalize().unwrap();
    let (path, left) = (by_hand.to_str().unwrap(), left.canonicalize().unwrap());
    assert_eq!(told, [(path, Some("team/fix"), false), (left.to_str().unwrap(), None, true)]);
    assert!(found.iter().all(|it| it.bytes.is_some_and(|bytes| bytes > 0)));

    let import = |path: &str| Request::ImportWorktree { command: command(), repository, path: path.into() };
    for none in [left.to_str().unwrap(), root.to_str().unwrap(), "/x"] {
        assert_eq!(owner.call(import(none)).await.unwrap_err().code, FailureCode::PathMissing, "{none}");
    }
    let Ok(Reply::Workspace { workspace }) = owner.call(import(path)).await else { panic!("imported") };
    assert_eq!(owner.call(import(path)).await.unwrap_err().code, FailureCode::PathMissing);
    assert_eq!(listed().await.len(), 1);
    repository_of(owner, workspace).await;
    let directory = owner.replica().directory.unwrap();
    let row = directory.workspaces.iter().find(|row| row.workspace == workspace).unwrap();
    assert_eq!((&*row.name, &*row.branch, row.path.as_deref()), ("fix", "team/fix", Some(path)));
    let since = ChangesSince::Base;
    let Ok(Reply::Changes(changes)) = owner.call(Request::Changes { workspace, since }).await else {
        panic!()
    };
    assert_eq!(changes.files.len(), 1, "what it has beyond the default branch");
    let remove = Request::RemoveRepository { command: command(), repository };
    assert_eq!(owner.call(remove).await.unwrap_err().code, FailureCode::InUse);
}

#[tokio::test(flavor = "multi_thread")]
async fn ws14_work_is_pushed_and_the_room_is_told() {
    let bench = Bench::set(&[("one", "echo one > one.txt")]).await;
    bench.play("make one").await;
    bench.approve_all("Make one").await.unwrap();
    let workspace = bench.workspace;
    let push = || bench.owner.call(Request::PushWork { command: command(), workspace });
    assert_eq!(push().await.unwrap_err().code, FailureCode::Git, "there is no remote");
    let origin = remote(&bench);
    let Ok(Reply::PushTarget { remote, upstream: None, .. }) =
        bench.owner.call(Request::PushTarget { workspace }).await
    else {
        panic!("a target")
    };
    assert_eq!(remote, "origin");
    assert_eq!(push().await, Ok(Reply::Pushed { remote: "origin".into() }));
    let branch = git(&bench.worktree(), &["symbolic-ref", "--short", "HEAD"]);
    assert_eq!(git(&origin, &["rev-parse", &branch]), git(&bench.worktree(), &["rev-parse", "HEAD"]));
    let pushed = |event: &Event| matches!(event, Event::WorkDone { deed: Deed::Pushed { .. }, .. });
    bench.owner.wait_for("the room", |it| it.session(bench.session).unwrap().has(pushed)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ws23_a_set_up_script_runs_once_it_is_trusted_and_only_as_it_was_read() {
    let bench = Bench::set(&[]).await;
    let (owner, root) = (&bench.owner, bench.repository());
    let setup = async |workspace| match owner.call(Request::Setup { workspace }).await {
        Ok(Reply::Setup { script }) => script,
        other => panic!("a script, not {other:?}"),
    };
    assert_eq!(setup(bench.workspace).await, None);
    let commit = |text: &str| {
        put(&root, ".conclave/setup.sh", text.as_bytes());
        git(&root, &["add", "."]);
        git(&root, &["commit", "-qm", "set up"]);
    };
    commit("echo done > made.txt\necho all set\n");
    let repository = repository_of(owner, bench.workspace).await;
    let make = async |name: &str| {
        let name = name.to_owned();
        match owner.call(Request::CreateWorkspace { command: command(), repository, name }).await {
            Ok(Reply::Workspace { workspace }) => workspace,
            other => panic!("a workspace, not {other:?}"),
        }
    };
    let terminals = async |workspace| match owner.call(Request::Terminals { workspace }).await {
        Ok(Reply::Terminals { terminals, .. }) => terminals,
        other => panic!("terminals, not {other:?}"),
    };
    let first = make("first").await;
    let script = setup(first).await.unwrap();
    assert_eq!((&*script.text, script.trusted), ("echo done > made.txt\necho all set\n", false));
    assert!(terminals(first).await.is_empty());
    let size = TerminalSize { columns: 80, rows: 24 };
    let run = |workspace| owner.call(Request::RunSetup { command: command(), workspace, size });
    assert_eq!(run(first).await.unwrap_err().code, FailureCode::Forbidden);
    let trust = |hash: &str| Request::TrustSetup { command: command(), workspace: first, hash: hash.into() };
    assert_eq!(owner.call(trust("0a")).await.unwrap_err().code, FailureCode::ChangesStale);
    assert_eq!(owner.call(trust(&script.hash)).await, Ok(Reply::Done));
    let Ok(Reply::Terminal { terminal }) = run(first).await else { panic!("it runs") };
    assert!(terminal.is_setup);

    let second = make("second").await;
    let [begun] = &terminals(second).await[..] else { panic!("it runs by itself") };
    let attach = Request::AttachTerminal { workspace: second, terminal: begun.terminal, from: 0 };
    owner.call(attach).await.unwrap();
    repository_of(owner, second).await;
    let directory = owner.replica().directory.unwrap();
    let path = directory.workspaces.iter().find(|row| row.workspace == second).unwrap().path.clone().unwrap();
    owner.wait_for("the script's end", |it| it.shows(begun.terminal, "all set")).await;
    assert_eq!(std::fs::read_to_string(Path::new(&path).join("made.txt")).unwrap(), "done\n");

    commit("echo other\n");
    let third = make("third").await;
    assert!(!setup(third).await.unwrap().trusted && terminals(third).await.is_empty());
    let forget = || owner.call(Request::ForgetSetup { command: command(), repository });
    assert_eq!(forget().await, Ok(Reply::Done));
    assert_eq!(forget().await.unwrap_err().code, FailureCode::NotFound);
    assert!(!setup(first).await.unwrap().trusted);
}

#[tokio::test(flavor = "multi_thread")]
async fn fi9_both_sides_of_a_picture_are_shown() {
    let bench = Bench::set(&[]).await;
    bench.ready().await;
    put(&bench.worktree(), "new.png", PNG);
    put(&bench.worktree(), "no.png", b"<svg onload=alert(1)>");
    let (workspace, since) = (bench.workspace, ChangesSince::Base);
    let sides = |path: &str| bench.owner.call(Request::BothSides { workspace, path: path.into(), since });
    let Ok(Reply::BothSides { before: None, after: Some(image) }) = sides("new.png").await else { panic!() };
    assert_eq!(image.kind, ImageKind::Png);
    assert_eq!(sides("no.png").await.unwrap_err().code, FailureCode::BadImage);
    assert_eq!(sides("README.md").await.unwrap_err().code, FailureCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn ws24_a_fork_of_a_session_has_its_turns_and_its_agent_is_told_of_them() {
    // An agent plays the first that is a part of all it is told, a record of earlier turns included.
    let bench = Bench::set(&[("two", "echo two > two.txt"), ("one", "echo one >> one.txt")]).await;
    bench.play("make one").await;
    let Event::TurnKept { turn, .. } = bench.play("make two").await else { panic!() };
    let fork = |before, workspace| Request::ForkSession {
        command: command(),
        session: bench.session,
        before,
        workspace,
        title: None,
    };
    let Ok(Reply::Session { session, workspace }) = bench.owner.call(fork(Some(turn), None)).await else {
        panic!("forked")
    };
    assert_eq!(workspace, bench.workspace);
    let unknown = fork(Some(TurnId(uuid::Uuid::nil())), None);
    assert_eq!(bench.owner.call(unknown).await.unwrap_err().code, FailureCode::NotFound);

    let source = bench.owner.replica();
    let source: Vec<_> = source.session(bench.session).unwrap().events.clone();
    let stream = StreamId::Session(session);
    bench.owner.call(Request::Subscribe { stream, cursor: None }).await.unwrap();
    let forked = |event: &Event| matches!(event, Event::SessionForked { turns: 1, .. });
    bench.owner.wait_for("the fork", |it| it.session(session).is_some_and(|held| held.has(forked))).await;
    let now = bench.owner.replica();
    let events = &now.session(session).unwrap().events;
    let of =
        |events: &[LoggedEvent]| events.iter().find(|it| it.event["type"] == "turn_taken").cloned().unwrap();
    let (was, is) = (of(&source), of(events));
    assert_eq!(
        (was.at, was.actor, was.event),
        (is.at, is.actor, is.event),
        "as it was said, by whom and when"
    );
    let Ok(Reply::Usage { sessions, .. }) = bench.owner.call(Request::Usage { session }).await else {
        panic!()
    };
    assert!(sessions.iter().all(|it| it.spending == Spending::default()), "{sessions:?}");

    let other = Bench { session, workspace, host: bench.host, owner: bench.owner };
    other.play("make three").await;
    let one = std::fs::read_to_string(other.worktree().join("one.txt")).unwrap();
    assert_eq!(one, "one\none\n", "it was told of the first turn, and of nothing after it");
    let known = |event: &Event| matches!(event, Event::AgentReady { memory: Memory::History, .. });
    assert!(other.owner.replica().session(session).unwrap().has(known));
}

#[tokio::test(flavor = "multi_thread")]
async fn se4_a_workspace_without_a_name_takes_that_of_its_first_prompt() {
    let mut bench = Bench::set(&[("greeter", "echo hello > hello.txt")]).await;
    let repository = repository_of(&bench.owner, bench.workspace).await;
    let (name, choice) = (String::new(), AgentChoice::of("actor"));
    let made = bench.owner.call(Request::CreateWorkspace { command: command(), repository, name }).await;
    let Ok(Reply::Workspace { workspace }) = made else { panic!("a workspace") };
    repository_of(&bench.owner, workspace).await;
    let named = |bench: &Bench| {
        let directory = bench.owner.replica().directory.unwrap();
        let row = directory.workspaces.into_iter().find(|row| row.workspace == workspace).unwrap();
        (row.name, row.branch)
    };
    assert_eq!(named(&bench), ("workspace".to_owned(), "conclave/workspace".to_owned()));
    let open = Request::OpenSession { command: command(), workspace, choice, title: None };
    let Ok(Reply::Session { session, .. }) = bench.owner.call(open).await else { panic!("a session") };
    (bench.workspace, bench.session) = (workspace, session);
    let stream = StreamId::Session(session);
    bench.owner.call(Request::Subscribe { stream, cursor: None }).await.unwrap();
    bench.play("Make the greeter say hello").await;
    let renamed = |event: &Event| matches!(event, Event::WorkDone { deed: Deed::Renamed { .. }, .. });
    bench.owner.wait_for("the room", |it| it.session(session).unwrap().has(renamed)).await;
    let wanted = ("Make the greeter say hello", "conclave/make-the-greeter-say-hello");
    let is_named = |it: &testkit::Replica| {
        it.directory.as_ref().is_some_and(|it| it.workspaces.iter().any(|row| row.name == wanted.0))
    };
    bench.owner.wait_for("the name", is_named).await;
    assert_eq!(named(&bench), (wanted.0.to_owned(), wanted.1.to_owned()));
    assert_eq!(git(&bench.worktree(), &["branch", "--show-current"]), wanted.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ws25_the_owner_looks_through_the_folders_of_the_machine() {
    let bench = Bench::set(&[]).await;
    let root = bench.host.folder().canonicalize().unwrap();
    put(&root, "plain/note.txt", b"x");
    let listed = async |path: &Path| {
        bench.owner.call(Request::Folders { path: Some(path.to_str().unwrap().into()) }).await
    };
    let Ok(Reply::Folders { path, parent, folders, more }) = listed(&root).await else { panic!("folders") };
    assert_eq!((&*path, parent.as_deref()), (root.to_str().unwrap(), root.parent().unwrap().to_str()));
    let of = |name: &str| folders.iter().find(|it| it.name == name).unwrap();
    assert_eq!((of("repository").repository, of("plain").repository, more), (true, false, false));
    assert_eq!(of("plain").path, root.join("plain").to_str().unwrap());
    let Ok(Reply::Folders { parent, .. }) = listed(Path::new("/")).await else { panic!("the top") };
    assert_eq!(parent, None);
    for none in ["plain/note.txt", "gone"] {
        assert_eq!(listed(&root.join(none)).await.unwrap_err().code, FailureCode::PathMissing);
    }
    assert_eq!(listed(Path::new("here")).await.unwrap_err().code, FailureCode::PathMissing);
    let Ok(Reply::Folders { path, .. }) = bench.owner.call(Request::Folders { path: None }).await else {
        panic!("one's home")
    };
    assert_eq!(Some(PathBuf::from(path)), std::env::home_dir().map(|it| it.canonicalize().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn fi12_ws13_a_picture_is_read_as_it_is_now_and_a_workspace_knows_its_size() {
    let bench = Bench::set(&[]).await;
    bench.ready().await;
    let (workspace, tree) = (bench.workspace, bench.worktree());
    put(&tree, "art/logo.png", PNG);
    put(&tree, "art/notes.txt", b"no picture");
    let read =
        async |path: &str| bench.owner.call(Request::ReadPicture { workspace, path: path.into() }).await;
    let Ok(Reply::Picture { image }) = read("art/logo.png").await else { panic!("a picture") };
    assert_eq!((image.kind, &*image.data), (ImageKind::Png, "iVBORw0KGgpyZXN0"));
    let refused = async |path: &str| read(path).await.unwrap_err().code;
    assert_eq!(refused("art/notes.txt").await, FailureCode::BadImage);
    assert_eq!(refused("art/gone.png").await, FailureCode::NotFound);
    assert_eq!(refused("../repository/a.png").await, FailureCode::BadParams);
    let Ok(Reply::DiskUse { bytes }) = bench.owner.call(Request::DiskUse { workspace }).await else {
        panic!("a size")
    };
    assert!(bytes > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn ws24_lo11_what_was_redacted_is_in_no_fork() {
    let bench = Bench::set(&[("", "echo one > one.txt")]).await;
    bench.play("keep the hush-hush word").await;
    let now = bench.owner.replica();
    let events = &now.session(bench.session).unwrap().events;
    let seq = events.iter().find(|it| it.event["type"] == "turn_taken").unwrap().seq;
    let redact = Request::Redact { command: command(), session: bench.session, seq };
    bench.owner.call(redact).await.unwrap();
    let fork = Request::ForkSession {
        command: command(),
        session: bench.session,
        before: None,
        workspace: None,
        title: None,
    };
    let Ok(Reply::Session { session, .. }) = bench.owner.call(fork).await else { panic!("forked") };
    let stream = StreamId::Session(session);
    bench.owner.call(Request::Subscribe { stream, cursor: None }).await.unwrap();
    let forked = |event: &Event| matches!(event, Event::SessionForked { turns: 1, .. });
    let seen =
        bench.owner.wait_for("the fork", |it| it.session(session).is_some_and(|held| held.has(forked))).await;
    let told = serde_json::to_string(&seen.session(session).unwrap().events).unwrap();
    assert!(told.contains("turn_taken") && !told.contains("hush-hush"), "{told}");
    let titled = |it: &testkit::Replica| {
        let sessions = it.directory.as_ref().map(|it| &it.sessions);
        sessions.is_some_and(|all| all.len() == 2 && all.iter().all(|row| !row.title.contains("hush-hush")))
    };
    bench.owner.wait_for("the names of both without it", titled).await;
}
