use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::watch::Receiver;
use tokio::time::timeout;
use vcs::{Base, FileWatch, NewWorktree};

use crate::fixture::Fixture;

struct Place {
    f: Fixture,
    tree: PathBuf,
}

impl Place {
    async fn new() -> Self {
        let f = Fixture::new().await;
        let repository = f.repository("repo");
        f.commit(&repository, ".gitignore", "built/\n*.log\n");
        let path = f.base.join("tree");
        let new = NewWorktree { repository, path: path.clone(), name: "A".into(), base: Base::Head };
        f.git.create_worktree(new).await.unwrap();
        Self { f, tree: path.canonicalize().unwrap() }
    }

    /// Hears of `act`, or waits for ever.
    async fn hears(&self, watch: &FileWatch, act: impl FnOnce(&Path)) {
        let mut changes = watch.changes();
        settle(&mut changes).await;
        act(&self.tree);
        changes.changed().await.unwrap();
    }

    /// Hears nothing of `act`, nor of anything before it.
    async fn is_quiet(&self, watch: &FileWatch, act: impl FnOnce(&Path)) {
        let mut changes = watch.changes();
        settle(&mut changes).await;
        let before = *changes.borrow();
        act(&self.tree);
        settle(&mut changes).await;
        assert_eq!(*changes.borrow() - before, 0, "something was heard");
    }
}

/// What was done before has been heard by now.
async fn settle(changes: &mut Receiver<u64>) {
    while timeout(Duration::from_millis(300), changes.changed()).await.is_ok_and(|it| it.is_ok()) {}
}

fn write(path: PathBuf) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, "x").unwrap();
}

#[tokio::test]
async fn fi10_files_folders_and_commits_are_heard() {
    let p = Place::new().await;
    let watch = p.f.git.watch(&p.tree).await.unwrap();
    p.hears(&watch, |tree| write(tree.join("a.txt"))).await;
    p.hears(&watch, |tree| std::fs::rename(tree.join("a.txt"), tree.join("b.txt")).unwrap()).await;
    p.hears(&watch, |tree| std::fs::remove_file(tree.join("b.txt")).unwrap()).await;
    p.hears(&watch, |tree| write(tree.join("one/two/c.txt"))).await;
    p.hears(&watch, |tree| std::fs::rename(tree.join("one"), tree.join("uno")).unwrap()).await;
    p.hears(&watch, |tree| write(tree.join(".github/d.yml"))).await;
    p.f.run(&p.tree, &["add", "."]);
    p.hears(&watch, |tree| {
        drop(p.f.run(tree, &["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "all"]))
    })
    .await;
}

#[tokio::test]
async fn fi10_what_is_made_in_new_folders_is_heard() {
    let p = Place::new().await;
    let watch = p.f.git.watch(&p.tree).await.unwrap();
    p.hears(&watch, |tree| write(tree.join("new/in/there/a.txt"))).await;
    p.hears(&watch, |tree| std::fs::write(tree.join("new/in/there/a.txt"), "again").unwrap()).await;
    p.hears(&watch, |tree| std::fs::remove_dir_all(tree.join("new")).unwrap()).await;
    p.hears(&watch, |tree| write(tree.join("new/in/b.txt"))).await;
    p.hears(&watch, |tree| std::fs::write(tree.join("new/in/b.txt"), "again").unwrap()).await;
}

#[tokio::test]
async fn fi10_what_git_ignores_and_who_only_reads_is_not_heard() {
    let p = Place::new().await;
    // Where worktrees are kept, others may ignore everything.
    std::fs::write(p.f.base.join(".gitignore"), "*\n").unwrap();
    write(p.tree.join("built/deep/a.o"));
    write(p.tree.join("kept.txt"));
    let watch = p.f.git.watch(&p.tree).await.unwrap();
    p.is_quiet(&watch, |tree| {
        std::fs::write(tree.join("built/deep/a.o"), "other").unwrap();
        write(tree.join("built/deep/b.o"));
        write(tree.join("by-hand.log"));
        std::fs::read(tree.join("kept.txt")).unwrap();
        p.f.run(tree, &["status"]);
        p.f.run(tree, &["diff"]);
    })
    .await;
    p.hears(&watch, |tree| std::fs::write(tree.join("kept.txt"), "other").unwrap()).await;

    std::fs::remove_dir_all(p.tree.join("built")).unwrap();
    p.is_quiet(&watch, |tree| write(tree.join("built/again/c.o"))).await;
    p.is_quiet(&watch, |tree| write(tree.join("built/again/d.o"))).await;
}

#[tokio::test]
async fn fi10_what_git_knows_is_heard_although_a_pattern_has_it() {
    let p = Place::new().await;
    write(p.tree.join("built/kept/a.txt"));
    p.f.run(&p.tree, &["add", "-f", "built/kept/a.txt"]);
    let watch = p.f.git.watch(&p.tree).await.unwrap();
    p.hears(&watch, |tree| std::fs::write(tree.join("built/kept/a.txt"), "other").unwrap()).await;
    p.is_quiet(&watch, |tree| write(tree.join("built/kept/b.txt"))).await;
}

#[tokio::test]
async fn fi10_who_listens_no_more_hears_that_it_is_over() {
    let p = Place::new().await;
    let watch = p.f.git.watch(&p.tree).await.unwrap();
    let mut changes = watch.changes();
    drop(watch);
    while changes.changed().await.is_ok() {}
    assert!(p.f.git.watch(&p.tree.join("gone")).await.is_err());
    assert!(p.f.git.watch(&p.f.base).await.is_err(), "no repository");
}
