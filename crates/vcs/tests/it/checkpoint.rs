use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use proptest::prelude::*;
use vcs::{Base, CheckpointName, FileChangeKind, GitError, NewWorktree, Removal, WorkspaceMalformed};

use crate::edits::{Edit, apply, edits, few, on_disk};
use crate::fixture::Fixture;

fn name(number: u64) -> CheckpointName {
    CheckpointName::new("0193-ws", number).unwrap()
}

#[test]
fn gr7_only_ids_name_checkpoints() {
    for bad in ["", "../x", "a/b", "a.lock", "-x y", "a\0", "a..b", "ü"] {
        assert_eq!(CheckpointName::new(bad, 1), Err(WorkspaceMalformed), "{bad:?}");
    }
}

#[tokio::test]
async fn ws2_checkpoints_need_no_identity_and_outlive_gc_and_the_worktree() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.run(&root, &["config", "user.useConfigOnly", "true"]);
    f.script(&root.join(".git/hooks/reference-transaction"), "#!/bin/sh\nexit 1\n");
    let path = f.base.join("tree");
    let new = NewWorktree { repository: root.clone(), path, name: "A".into(), base: Base::Head };
    let tree = f.git.create_worktree(new).await.unwrap().path;
    std::fs::write(tree.join("untracked"), "u").unwrap();
    let first = f.git.checkpoint(&tree, &name(1), None).await.unwrap().checkpoint;
    std::fs::write(tree.join("untracked"), "later").unwrap();
    let second = f.git.checkpoint(&tree, &name(10), Some(&first.commit)).await.unwrap().checkpoint;
    assert_eq!(f.git.checkpoints(&tree, "0193-ws").await.unwrap(), [first.clone(), second.clone()]);
    assert_eq!(f.git.checkpoints(&tree, "0193").await.unwrap(), []);
    let taken = f.git.checkpoint(&tree, &name(10), None).await;
    assert!(matches!(taken, Err(GitError::Failed { .. })), "{taken:?}");

    assert_eq!(
        f.run(&root, &["branch", "--list", "--all", "--format=%(refname)"]),
        "refs/heads/conclave/a\nrefs/heads/main"
    );
    assert_eq!(f.run(&root, &["stash", "list"]), "");
    assert_eq!(f.run(&tree, &["log", "--format=%s"]), "a commit");
    std::fs::remove_file(root.join(".git/hooks/reference-transaction")).unwrap();
    f.git.remove_worktree(&root, &tree, Removal::DiscardChanges).await.unwrap();
    f.run(&root, &["reflog", "expire", "--expire=now", "--all"]);
    f.run(&root, &["gc", "-q", "--prune=now"]);
    assert_eq!(f.run(&root, &["show", &format!("{}:untracked", first.commit)]), "u");
    assert_eq!(f.run(&root, &["rev-parse", &format!("{}^", second.commit)]), first.commit.as_str());

    f.git.delete_checkpoints(&root, "0193-ws", &[1, 7]).await.unwrap();
    assert_eq!(f.git.checkpoints(&root, "0193-ws").await.unwrap(), [second]);
}

#[tokio::test]
async fn ws3_a_restore_leaves_ignored_and_skipped_files_and_can_be_undone() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.commit(&root, ".gitignore", "ignored*\n");
    let write = |name: &str, text: &str| std::fs::write(root.join(name), text).unwrap();
    write("mine", "untracked");
    let big = |name: &str| std::fs::File::create(root.join(name)).unwrap().set_len(11 << 20).unwrap();
    big("big-then-small");
    let then = on_disk(&root);
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap();
    assert_eq!(made.skipped.len(), 1);

    write("a.txt", "agent\n");
    f.commit(&root, "committed", "by the agent\n");
    write("new", "new");
    write("ignored-new", "stays");
    std::fs::remove_file(root.join("mine")).unwrap();
    write("big-then-small", "stays");
    big("huge-new");
    let index = std::fs::read(root.join(".git/index")).unwrap();
    let now = on_disk(&root);

    let preview = f.git.preview(&root, &made.checkpoint.commit).await.unwrap();
    let seen: Vec<_> = preview.files.iter().map(|it| (&*it.path, it.kind)).collect();
    assert_eq!(
        seen,
        [
            ("a.txt", FileChangeKind::Modified),
            ("committed", FileChangeKind::Deleted),
            ("mine", FileChangeKind::Added),
            ("new", FileChangeKind::Deleted),
        ]
    );
    assert_eq!(on_disk(&root), now);

    let restored = f.git.restore(&root, &made.checkpoint.commit, &name(2)).await.unwrap();
    let mut expected = then;
    for stays in ["ignored-new", "big-then-small", "huge-new"] {
        expected.insert(stays.into(), now[Path::new(stays)].clone());
    }
    assert_eq!(on_disk(&root), expected);
    assert_eq!(std::fs::read(root.join(".git/index")).unwrap(), index);
    f.git.restore(&root, &restored.undo.commit, &name(3)).await.unwrap();
    assert_eq!(on_disk(&root), now);
}

#[tokio::test]
async fn ws3_nothing_that_stands_in_the_way_is_lost() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    std::fs::create_dir(root.join("out")).unwrap();
    for file in ["cache", "out/x", "build"] {
        std::fs::write(root.join(file), "then").unwrap();
    }
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap().checkpoint;
    std::fs::write(root.join(".gitignore"), "cache\nout\nbuild\n").unwrap();
    std::fs::remove_dir_all(root.join("out")).unwrap();
    std::fs::write(root.join("cache"), "ignored now").unwrap();
    std::fs::write(root.join("out"), "a file now").unwrap();
    std::fs::remove_file(root.join("build")).unwrap();
    std::fs::create_dir_all(root.join("build/deep")).unwrap();
    std::fs::write(root.join("build/deep/o"), "an artefact").unwrap();
    let now = on_disk(&root);
    let refused = f.git.restore(&root, &made.commit, &name(2)).await;
    assert!(
        matches!(&refused, Err(GitError::InTheWay { paths }) if paths == &["build/deep/o"]),
        "{refused:?}"
    );
    assert_eq!(on_disk(&root), now);

    std::fs::remove_file(root.join("build/deep/o")).unwrap();
    let restored = f.git.restore(&root, &made.commit, &name(2)).await.unwrap();
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    assert_eq!((read("cache"), read("out/x"), read("build")), ("then".into(), "then".into(), "then".into()));
    let kept = |path: &str| f.run(&root, &["show", &format!("{}:{path}", restored.undo.commit)]);
    assert_eq!((kept("cache"), kept("out")), ("ignored now".into(), "a file now".into()));
}

#[tokio::test]
async fn ws3_a_file_that_git_was_told_to_overlook_is_not_overwritten() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap().checkpoint;
    f.commit(&root, "a.txt", "second\n");
    f.run(&root, &["update-index", "--assume-unchanged", "a.txt"]);
    std::fs::write(root.join("a.txt"), "local secret\n").unwrap();
    let refused = f.git.restore(&root, &made.commit, &name(2)).await;
    assert!(matches!(refused, Err(GitError::ChangedMeanwhile { .. })), "{refused:?}");
    assert_eq!(std::fs::read_to_string(root.join("a.txt")).unwrap(), "local secret\n");
    let numbers: Vec<_> =
        f.git.checkpoints(&root, "0193-ws").await.unwrap().iter().map(|it| it.number).collect();
    assert_eq!(numbers, [1], "what was kept for nothing goes again");
}

#[tokio::test]
async fn ws3_gr7_a_worktree_without_its_git_is_never_taken_for_the_repository_around_it() {
    let f = Fixture::new().await;
    let home = f.repository("home");
    let new = NewWorktree {
        repository: f.repository("repo"),
        path: home.join("trees/a"),
        name: "A".into(),
        base: Base::Head,
    };
    let tree = f.git.create_worktree(new).await.unwrap().path;
    let head = f.git.head_oid(&home).await.unwrap();
    std::fs::remove_file(tree.join(".git")).unwrap();
    for _ in ["nothing", "an empty folder"] {
        let (snapshot, restored) = (f.git.snapshot(&tree).await, f.git.restore(&tree, &head, &name(1)).await);
        assert!(matches!(snapshot, Err(GitError::NotARepository { .. })), "{snapshot:?}");
        assert!(matches!(restored, Err(GitError::NotARepository { .. })), "{restored:?}");
        std::fs::create_dir_all(tree.join(".git")).unwrap();
    }
    assert!(!tree.join("trees").exists());
    let below = f.git.snapshot(&home.join("trees")).await;
    assert!(matches!(below, Err(GitError::NotARepository { .. })));
}

#[tokio::test]
async fn ws3_links_are_not_followed_out_of_the_worktree() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    std::fs::create_dir(root.join("d")).unwrap();
    f.commit(&root, "d/f", "inside\n");
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap().checkpoint;
    let outside = f.base.join("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("f"), "secret").unwrap();
    std::fs::remove_dir_all(root.join("d")).unwrap();
    symlink(&outside, root.join("d")).unwrap();
    f.git.restore(&root, &made.commit, &name(2)).await.unwrap();
    assert_eq!(std::fs::read_to_string(root.join("d/f")).unwrap(), "inside\n");
    assert!(root.join("d").symlink_metadata().unwrap().is_dir());
    assert_eq!(std::fs::read_to_string(outside.join("f")).unwrap(), "secret");
}

#[tokio::test]
async fn ws3_sparse_checkouts_keep_their_borders() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    for folder in ["in", "out"] {
        std::fs::create_dir(root.join(folder)).unwrap();
        f.commit(&root, &format!("{folder}/a"), "x\n");
    }
    f.run(&root, &["sparse-checkout", "set", "in"]);
    std::fs::create_dir(root.join("out")).unwrap();
    std::fs::write(root.join("out/new"), "beyond").unwrap();
    let then = on_disk(&root);
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap().checkpoint;
    std::fs::write(root.join("in/a"), "y\n").unwrap();
    std::fs::write(root.join("out/new"), "changed").unwrap();
    std::fs::write(root.join("out/newer"), "x").unwrap();
    f.git.restore(&root, &made.commit, &name(2)).await.unwrap();
    assert_eq!(on_disk(&root), then);
    assert!(!root.join("out/a").exists());
}

#[tokio::test]
async fn ws3_a_submodule_on_another_commit_is_named_and_left() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let inner = f.repository("inner");
    let inner = inner.to_str().unwrap();
    f.run(&root, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub"]);
    f.commit(&root, "b.txt", "b\n");
    f.run(&root, &["config", "submodule.recurse", "true"]);
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap().checkpoint;
    f.commit(&root.join("sub"), "a.txt", "moved on\n");
    std::fs::write(root.join("b.txt"), "changed").unwrap();
    let restored = f.git.restore(&root, &made.commit, &name(2)).await.unwrap();
    assert_eq!(restored.submodules, ["sub"]);
    assert_eq!(std::fs::read_to_string(root.join("b.txt")).unwrap(), "b\n");
    assert_eq!(std::fs::read_to_string(root.join("sub/a.txt")).unwrap(), "moved on\n");
}

#[tokio::test]
async fn ws3_names_that_are_no_text_filters_and_sha256_are_no_obstacle() {
    let f = Fixture::new().await;
    f.run(&f.base, &["init", "-q", "-b", "main", "--object-format=sha256", "repo"]);
    let root = f.base.join("repo");
    f.commit(&root, ".gitattributes", "*.up filter=up\n*.txt text\n");
    f.run(&root, &["config", "filter.up.clean", "tr A-Z a-z"]);
    f.run(&root, &["config", "filter.up.smudge", "tr a-z A-Z"]);
    f.run(&root, &["config", "core.safecrlf", "true"]);
    let odd = root.join(std::ffi::OsStr::from_bytes(b"caf\xe9\x01"));
    std::fs::write(&odd, "then").unwrap();
    std::fs::write(root.join("x.up"), "LOUD").unwrap();
    std::fs::write(root.join("mixed.txt"), "a\r\nb\n").unwrap();
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap().checkpoint;
    assert_eq!(f.run(&root, &["show", &format!("{}:x.up", made.commit)]), "loud");
    std::fs::remove_file(&odd).unwrap();
    std::fs::write(root.join("x.up"), "OTHER").unwrap();
    f.git.restore(&root, &made.commit, &name(2)).await.unwrap();
    assert_eq!(std::fs::read_to_string(&odd).unwrap(), "then");
    assert_eq!(std::fs::read_to_string(root.join("x.up")).unwrap(), "LOUD");
    assert_eq!(std::fs::read_to_string(root.join("mixed.txt")).unwrap(), "a\r\nb\n", "untouched");
}

#[tokio::test]
async fn ws3_a_program_stays_one() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let program = root.join("run.sh");
    f.script(&program, "#!/bin/sh\n");
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap().checkpoint;
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o644)).unwrap();
    f.git.restore(&root, &made.commit, &name(2)).await.unwrap();
    assert_eq!(program.metadata().unwrap().permissions().mode() & 0o111, 0o111);
}

async fn there_and_back(base: &[Edit], then: &[Edit], later: &[Edit]) {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    apply(&root, base);
    f.commit(&root, "b.txt", "committed");
    apply(&root, then);
    let state = on_disk(&root);
    let made = f.git.checkpoint(&root, &name(1), None).await.unwrap().checkpoint;
    apply(&root, later);
    let now = on_disk(&root);
    let restored = f.git.restore(&root, &made.commit, &name(2)).await.unwrap();
    assert_eq!(on_disk(&root), state);
    f.git.restore(&root, &restored.undo.commit, &name(3)).await.unwrap();
    assert_eq!(on_disk(&root), now);
}

proptest! {
    #![proptest_config(few(16))]
    #[test]
    fn ws3_any_checkpoint_comes_back_byte_for_byte(base in edits(6), then in edits(6), later in edits(8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(there_and_back(&base, &then, &later));
    }
}
