use std::path::{Path, PathBuf};

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
        f.commit(&repository, ".gitignore", "built/\n");
        let path = f.base.join("tree");
        let new = NewWorktree { repository, path: path.clone(), name: "A".into(), base: Base::Head };
        f.git.create_worktree(new).await.unwrap();
        Self { f, tree: path.canonicalize().unwrap() }
    }

    /// Hears of `act`, or waits for ever.
    async fn hears(&self, watch: &FileWatch, act: impl FnOnce(&Path)) {
        let mut changes = watch.changes();
        changes.mark_unchanged();
        act(&self.tree);
        changes.changed().await.unwrap();
    }
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
    let mut changes = watch.changes();
    for deep in 0..5 {
        let folder = p.tree.join(format!("new{deep}/in/there"));
        changes.mark_unchanged();
        write(folder.join("a.txt"));
        changes.changed().await.unwrap();
        // Until the folder's own watch stands, what is written there is told when it does.
        for text in ["again", "and again"] {
            changes.mark_unchanged();
            std::fs::write(folder.join("a.txt"), text).unwrap();
            changes.changed().await.unwrap();
        }
    }
}

#[tokio::test]
async fn fi10_what_git_ignores_and_who_only_reads_is_not_heard() {
    let p = Place::new().await;
    write(p.tree.join("built/deep/a.o"));
    write(p.tree.join("kept.txt"));
    let watch = p.f.git.watch(&p.tree).await.unwrap();
    let changes = watch.changes();
    let before = *changes.borrow();
    std::fs::write(p.tree.join("built/deep/a.o"), "other").unwrap();
    write(p.tree.join("built/deep/b.o"));
    std::fs::read(p.tree.join("kept.txt")).unwrap();
    p.f.run(&p.tree, &["status"]);
    p.f.run(&p.tree, &["diff"]);
    let quiet = *changes.borrow();
    // What came before it in the system's queue would have been heard by now.
    p.hears(&watch, |tree| write(tree.join("last.txt"))).await;
    assert_eq!(before, quiet);
    assert!(*changes.borrow() <= quiet + 3, "made, written, closed: {}", *changes.borrow() - quiet);
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

#[tokio::test]
async fn fi10_what_git_ignores_is_not_heard_either_when_it_is_made_later() {
    let p = Place::new().await;
    // Where worktrees are kept, others may ignore everything.
    std::fs::write(p.f.base.join(".gitignore"), "*\n").unwrap();
    let watch = p.f.git.watch(&p.tree).await.unwrap();
    p.hears(&watch, |tree| write(tree.join("built/deep/a.o"))).await;
    // Folders are taken up in their order: once this one is, so is that.
    let made = p.tree.join("made");
    p.hears(&watch, |_| write(made.join("a.txt"))).await;
    for text in ["again", "and again"] {
        p.hears(&watch, |_| std::fs::write(made.join("a.txt"), text).unwrap()).await;
    }
    let changes = watch.changes();
    let before = *changes.borrow();
    for nth in 0..50 {
        write(p.tree.join(format!("built/deep/{nth}.o")));
    }
    p.hears(&watch, |tree| write(tree.join("last.txt"))).await;
    assert!(*changes.borrow() <= before + 6, "{} were heard", *changes.borrow() - before);
}
