use std::os::unix::fs::symlink;

use vcs::{Change, ChangeKind, Lines, Since};

use crate::fixture::Fixture;

fn change(path: &str, kind: ChangeKind, additions: u64, deletions: u64) -> Change {
    let lines = Lines::Counted { additions, deletions };
    Change { path: path.into(), kind, lines }
}

fn uncounted(path: &str, kind: ChangeKind) -> Change {
    Change { path: path.into(), kind, lines: Lines::Uncounted }
}

#[tokio::test]
async fn a_clean_tree_has_no_changes() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let changes = f.git.status_summary(&root, &Since::Head).await.unwrap();
    assert!(changes.files.is_empty());
}

#[tokio::test]
async fn each_kind_of_change_is_listed_and_counted() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    for (file, text) in [("gone.txt", "x\n"), ("type.txt", "x\n"), ("bin", "\0x")] {
        f.commit(&root, file, text);
    }
    f.commit(&root, ".gitignore", "ignored\n");
    let write = |name: &str, bytes: &[u8]| std::fs::write(root.join(name), bytes).unwrap();
    write("a.txt", b"one\nzwei\ndrei\n");
    write("bin", b"\0y");
    std::fs::remove_file(root.join("gone.txt")).unwrap();
    std::fs::remove_file(root.join("type.txt")).unwrap();
    symlink("a.txt", root.join("type.txt")).unwrap();
    write("staged\tü.txt", b"1\n2\n");
    f.run(&root, &["add", "staged\tü.txt"]);
    std::fs::create_dir(root.join("new dir")).unwrap();
    write("new dir/\"ü\"\n.txt", b"1\n2\n3");
    write("new.bin", b"\0");
    write("ignored", b"");
    symlink("/etc/passwd", root.join("way-out")).unwrap();

    let changes = f.git.status_summary(&root, &Since::Head).await.unwrap();
    assert_eq!(changes.omitted, 0);
    assert_eq!(
        changes.files,
        [
            change("a.txt", ChangeKind::Modified, 2, 1),
            uncounted("bin", ChangeKind::Modified),
            change("gone.txt", ChangeKind::Deleted, 0, 1),
            change("new dir/\"ü\"\n.txt", ChangeKind::Untracked, 3, 0),
            uncounted("new.bin", ChangeKind::Untracked),
            change("staged\tü.txt", ChangeKind::Added, 2, 0),
            change("type.txt", ChangeKind::Retyped, 1, 1),
            uncounted("way-out", ChangeKind::Untracked),
        ]
    );
}

#[tokio::test]
async fn commits_since_the_base_are_part_of_the_changes() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let base = f.git.head_oid(&root).await.unwrap();
    f.commit(&root, "b.txt", "b\n");
    std::fs::write(root.join("a.txt"), "one\n").unwrap();
    let since_base = f.git.status_summary(&root, &Since::Commit(base)).await;
    assert_eq!(
        since_base.unwrap().files,
        [change("a.txt", ChangeKind::Modified, 0, 1), change("b.txt", ChangeKind::Added, 1, 0),]
    );
    let since_head = f.git.status_summary(&root, &Since::Head).await.unwrap();
    assert_eq!(since_head.files.len(), 1);
}

#[tokio::test]
async fn a_file_made_anew_after_its_removal_stands_once() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.run(&root, &["rm", "-q", "--cached", "a.txt"]);
    let changes = f.git.status_summary(&root, &Since::Head).await.unwrap();
    let seen: Vec<_> = changes.files.iter().map(|it| (&*it.path, it.kind)).collect();
    assert_eq!(seen, [("a.txt", ChangeKind::Untracked)]);
}

#[tokio::test]
async fn a_conflict_is_listed_as_one() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.run(&root, &["checkout", "-q", "-b", "other"]);
    f.commit(&root, "a.txt", "other\n");
    f.run(&root, &["checkout", "-q", "main"]);
    f.commit(&root, "a.txt", "main\n");
    let merge = std::process::Command::new("git")
        .current_dir(&root)
        .args(["-c", "user.name=A", "-c", "user.email=a@b", "merge", "-q", "other"])
        .output()
        .unwrap();
    assert!(!merge.status.success());
    let changes = f.git.status_summary(&root, &Since::Head).await.unwrap();
    let seen: Vec<_> = changes.files.iter().map(|it| (&*it.path, it.kind)).collect();
    assert_eq!(seen, [("a.txt", ChangeKind::Conflicted)]);
}

#[tokio::test]
async fn programs_named_in_the_repositorys_settings_do_not_run() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let mark = f.base.join("ran");
    f.script(&f.base.join("evil"), &format!("#!/bin/sh\ntouch '{}'\ncat \"$1\"\n", mark.display()));
    let evil = f.base.join("evil");
    let evil = evil.to_str().unwrap();
    f.commit(&root, ".gitattributes", "*.txt diff=evil\n");
    for setting in ["diff.external", "diff.evil.textconv", "diff.evil.command", "core.pager"] {
        f.run(&root, &["config", setting, evil]);
    }
    std::fs::write(root.join("a.txt"), "changed\n").unwrap();
    let changes = f.git.status_summary(&root, &Since::Head).await.unwrap();
    assert_eq!(changes.files, [change("a.txt", ChangeKind::Modified, 1, 2)]);
    assert!(!mark.exists());
}
