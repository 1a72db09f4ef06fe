//! A repository larger than most.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use vcs::{Base, CheckpointName, NewWorktree, Whitespace};

use crate::fixture::Fixture;

const FILES: usize = 100_000;

fn path(nth: usize) -> String {
    format!("part{}/{nth}.txt", nth / 100)
}

/// A worktree of a commit with so many files, which were never in the repository's own checkout.
async fn worktree(f: &Fixture) -> PathBuf {
    let repository = f.repository("repo");
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet", "--force"])
        .current_dir(&repository)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::from("blob\nmark :1\ndata 4\none\n\n");
    said.push_str("commit refs/heads/main\ncommitter A <a@b.c> 1700000000 +0000\ndata 4\nmany\n");
    for nth in 0..FILES {
        said.push_str(&format!("M 100644 :1 {}\n", path(nth)));
    }
    said.push('\n');
    import.stdin.take().unwrap().write_all(said.as_bytes()).unwrap();
    assert!(import.wait().unwrap().success());
    let new = NewWorktree { repository, path: f.base.join("tree"), name: "A".into(), base: Base::Head };
    f.git.create_worktree(new).await.unwrap().path
}

fn read(tree: &Path, nth: usize) -> String {
    std::fs::read_to_string(tree.join(path(nth))).unwrap_or_default()
}

#[tokio::test]
async fn ws2_ws3_fi1_fi2_fi10_a_hundred_thousand_files_are_kept_compared_put_back_and_watched() {
    let f = Fixture::new().await;
    let tree = worktree(&f).await;
    let listed = f.git.list_files(&tree, FILES + 10).await.unwrap();
    assert_eq!((listed.paths.len(), listed.omitted), (FILES, 0));
    let watch = f.git.watch(&tree).await.unwrap();
    let name = |number| CheckpointName::new("0193-ws", number).unwrap();
    let before = f.git.checkpoint(&tree, &name(1), None).await.unwrap().checkpoint;
    let mut changes = watch.changes();
    changes.mark_unchanged();
    std::fs::write(tree.join(path(7)), "other\n").unwrap();
    std::fs::remove_file(tree.join(path(FILES - 1))).unwrap();
    std::fs::write(tree.join("part5/new.txt"), "new\n").unwrap();
    changes.changed().await.unwrap();

    let after = f.git.snapshot(&tree).await.unwrap();
    let found = f.git.compare(&tree, &before.tree, &after.tree, Whitespace::Counts).await.unwrap();
    let mut paths: Vec<&str> = found.files.iter().map(|it| &*it.path).collect();
    paths.sort_unstable();
    let (changed, deleted) = (path(7), path(FILES - 1));
    let mut expected = [&*changed, &*deleted, "part5/new.txt"];
    expected.sort_unstable();
    assert_eq!((paths.as_slice(), found.omitted), (expected.as_slice(), 0));

    f.git.restore(&tree, &before.commit, &name(2)).await.unwrap();
    assert_eq!((read(&tree, 7), read(&tree, FILES - 1)), ("one\n".to_owned(), "one\n".to_owned()));
    assert_eq!(f.git.snapshot(&tree).await.unwrap().tree, before.tree);
}
