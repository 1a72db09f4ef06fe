use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use vcs::{SkipReason, SnapshotLimits};

use crate::fixture::Fixture;

/// `mode path` of each file of a tree.
fn modes(f: &Fixture, root: &Path, tree: &vcs::Oid) -> String {
    f.run(root, &["ls-tree", "-r", "--format=%(objectmode) %(path)", tree.as_str()])
}

#[tokio::test]
async fn ws1_a_clean_worktree_is_the_tree_of_its_commit() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let snapshot = f.git.snapshot(&root).await.unwrap();
    assert_eq!(snapshot.tree.as_str(), f.run(&root, &["rev-parse", "HEAD^{tree}"]));
    assert_eq!(snapshot.skipped, []);
}

#[tokio::test]
async fn ws1_everything_but_the_ignored_is_taken_and_the_persons_index_is_left() {
    let f = Fixture::new().await;
    let root = f.repository("größe repo");
    for (file, text) in [("gone.txt", "x\n"), ("type.txt", "x\n"), ("run.sh", "x\n"), ("staged", "1\n")] {
        f.commit(&root, file, text);
    }
    f.commit(&root, ".gitignore", "ignored\n");
    let write = |name: &str, text: &str| std::fs::write(root.join(name), text).unwrap();
    write("a.txt", "one\n");
    write("staged", "2\n");
    f.run(&root, &["add", "staged"]);
    write("staged", "3\n");
    write("ignored", "");
    write("-rf", "an option");
    write(":(top)x", "a pathspec");
    write("tab\t\"ü\"\n", "odd");
    std::fs::remove_file(root.join("gone.txt")).unwrap();
    std::fs::remove_file(root.join("type.txt")).unwrap();
    symlink("/etc/passwd", root.join("type.txt")).unwrap();
    std::fs::set_permissions(root.join("run.sh"), std::fs::Permissions::from_mode(0o755)).unwrap();
    nix::unistd::mkfifo(&root.join("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    let before = (f.run(&root, &["status", "--porcelain"]), std::fs::read(root.join(".git/index")).unwrap());

    let snapshot = f.git.snapshot(&root).await.unwrap();
    assert_eq!(
        modes(&f, &root, &snapshot.tree),
        "100644 -rf\n100644 .gitignore\n100644 :(top)x\n100644 a.txt\n100755 run.sh\n100644 staged\n\
         100644 \"tab\\t\\\"\\303\\274\\\"\\n\"\n120000 type.txt"
    );
    assert_eq!(f.run(&root, &["show", &format!("{}:staged", snapshot.tree)]), "3");
    assert_eq!(snapshot.skipped, []);
    assert_eq!(std::fs::read(root.join(".git/index")).unwrap(), before.1);
    assert_eq!(f.run(&root, &["status", "--porcelain"]), before.0);
    assert_eq!(root.join(".git/conclave").read_dir().unwrap().count(), 0);
}

#[tokio::test]
async fn ws1_files_and_folders_that_change_places_are_taken_as_they_are() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    std::fs::create_dir(root.join("d")).unwrap();
    std::fs::create_dir(root.join("e")).unwrap();
    for file in ["d/f", "e/g", "file"] {
        f.commit(&root, file, "same\n");
    }
    std::fs::rename(root.join("d"), root.join("moved")).unwrap();
    symlink("moved", root.join("d")).unwrap();
    std::fs::remove_dir_all(root.join("e")).unwrap();
    std::fs::write(root.join("e"), "a file now").unwrap();
    std::fs::remove_file(root.join("file")).unwrap();
    std::fs::create_dir(root.join("file")).unwrap();
    std::fs::write(root.join("file/below"), "x").unwrap();
    let snapshot = f.git.snapshot(&root).await.unwrap();
    assert_eq!(
        modes(&f, &root, &snapshot.tree),
        "100644 a.txt\n120000 d\n100644 e\n100644 file/below\n100644 moved/f"
    );
}

#[tokio::test]
async fn ws1_what_is_too_large_too_much_or_no_file_is_skipped_by_name() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let huge = std::fs::File::create(root.join("b-huge")).unwrap();
    huge.set_len(1 << 30).unwrap();
    for name in ["c-fits", "d-over", "e-link-is-small", "g-too-many"] {
        std::fs::write(root.join(name), vec![b'x'; 600]).unwrap();
    }
    std::fs::remove_file(root.join("e-link-is-small")).unwrap();
    symlink("b-huge", root.join("e-link-is-small")).unwrap();
    f.empty_repository("repo/f-nested");
    f.commit(&root.join("f-nested"), "inner", "x");
    std::fs::write(root.join("a.txt"), vec![b'y'; 5000]).unwrap();

    let limits = SnapshotLimits { file: 4096, total: 1000, count: 2 };
    let snapshot = f.git.snapshot_within(&root, limits).await.unwrap();
    let skipped: Vec<_> = snapshot.skipped.iter().map(|it| (&*it.path, it.why)).collect();
    assert_eq!(
        skipped,
        [
            ("b-huge", SkipReason::TooLarge { bytes: 1 << 30 }),
            ("d-over", SkipReason::TooMuch),
            ("f-nested", SkipReason::Repository),
            ("g-too-many", SkipReason::TooMany),
        ]
    );
    assert_eq!(
        modes(&f, &root, &snapshot.tree),
        "100644 a.txt\n100644 c-fits\n120000 e-link-is-small",
        "a tracked file counts for no limit"
    );
}

#[tokio::test]
async fn ws1_a_conflict_is_taken_with_its_marks() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.run(&root, &["checkout", "-q", "-b", "other"]);
    f.commit(&root, "a.txt", "other\n");
    f.run(&root, &["checkout", "-q", "main"]);
    f.commit(&root, "a.txt", "main\n");
    f.try_run(&root, &["-c", "user.name=A", "-c", "user.email=a@b", "merge", "-q", "other"]).unwrap_err();
    let snapshot = f.git.snapshot(&root).await.unwrap();
    let text = f.run(&root, &["show", &format!("{}:a.txt", snapshot.tree)]);
    assert_eq!(text, std::fs::read_to_string(root.join("a.txt")).unwrap().trim());
    assert!(text.contains("<<<<<<<"));
}

#[tokio::test]
async fn ws1_a_change_of_the_same_size_in_the_same_moment_is_seen() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    for round in 0..20 {
        std::fs::write(root.join("a.txt"), format!("{round:04}")).unwrap();
        f.run(&root, &["add", "a.txt"]);
        std::fs::write(root.join("a.txt"), format!("{:04}", 9999 - round)).unwrap();
        let snapshot = f.git.snapshot(&root).await.unwrap();
        let text = f.run(&root, &["show", &format!("{}:a.txt", snapshot.tree)]);
        assert_eq!(text, format!("{:04}", 9999 - round));
    }
}

#[tokio::test]
async fn ws1_submodules_sparse_checkouts_and_sha256_are_kept_as_git_keeps_them() {
    let f = Fixture::new().await;
    let root = f.base.join("repo");
    f.run(&f.base, &["init", "-q", "-b", "main", "--object-format=sha256", "repo"]);
    std::fs::create_dir_all(root.join("in")).unwrap();
    std::fs::create_dir_all(root.join("out")).unwrap();
    for file in ["in/a", "out/b", "out/c"] {
        f.commit(&root, file, "x\n");
    }
    f.run(&root, &["sparse-checkout", "set", "in"]);
    assert!(!root.join("out").exists());
    std::fs::create_dir(root.join("out")).unwrap();
    std::fs::write(root.join("out/new"), "outside the cone").unwrap();
    let snapshot = f.git.snapshot(&root).await.unwrap();
    assert_eq!(snapshot.tree.as_str().len(), 64);
    assert_eq!(modes(&f, &root, &snapshot.tree), "100644 in/a\n100644 out/b\n100644 out/c\n100644 out/new");
}

#[tokio::test]
async fn ws1_a_submodule_is_its_commit_and_no_program_of_its_runs() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let inner = f.repository("inner");
    let inner = inner.to_str().unwrap();
    f.run(&root, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub"]);
    f.commit(&root, "b.txt", "b\n");
    let mark = f.base.join("ran");
    f.script(&f.base.join("evil"), &format!("#!/bin/sh\ntouch '{}'\n", mark.display()));
    let evil = f.base.join("evil");
    f.run(&root.join("sub"), &["config", "core.fsmonitor", evil.to_str().unwrap()]);
    std::fs::write(root.join("sub/a.txt"), "dirty").unwrap();
    let same = f.git.snapshot(&root).await.unwrap();
    assert_eq!(same.tree.as_str(), f.run(&root, &["rev-parse", "HEAD^{tree}"]));
    assert!(!mark.exists());

    f.run(&root.join("sub"), &["config", "--unset", "core.fsmonitor"]);
    f.commit(&root.join("sub"), "a.txt", "committed\n");
    let moved = f.git.snapshot(&root).await.unwrap();
    let head = f.run(&root.join("sub"), &["rev-parse", "HEAD"]);
    let entry = f.run(&root, &["ls-tree", moved.tree.as_str(), "sub"]);
    assert_eq!(entry, format!("160000 commit {head}\tsub"));
}
