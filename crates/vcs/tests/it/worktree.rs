use std::path::Path;
use std::time::Duration;

use vcs::{Base, GitError, NewWorktree, Patience, Removal, WorktreeState};

use crate::fixture::Fixture;

fn new(repository: &Path, path: &Path, name: &str) -> NewWorktree {
    NewWorktree { repository: repository.into(), path: path.into(), name: name.into(), base: Base::Head }
}

fn branches(f: &Fixture, root: &Path) -> String {
    f.run(root, &["for-each-ref", "--format=%(refname:short)", "refs/heads/"])
}

#[tokio::test]
async fn a_worktree_gets_its_branch_and_leaves_the_checkout_alone() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let path = f.base.join("work trees/größe 修复");
    let made = f.git.create_worktree(new(&root, &path, "Fix login")).await;
    let made = made.unwrap();
    assert_eq!(made.path, path);
    assert_eq!(made.branch, "conclave/fix-login");
    assert_eq!(made.base, f.git.head_oid(&root).await.unwrap());
    assert_eq!(f.run(&path, &["symbolic-ref", "HEAD"]), "refs/heads/conclave/fix-login");

    std::fs::write(path.join("a.txt"), "changed\n").unwrap();
    f.commit(&path, "b.txt", "new\n");
    assert_eq!(std::fs::read_to_string(root.join("a.txt")).unwrap(), "one\ntwo\n");
    assert!(!root.join("b.txt").exists());
    assert_eq!(f.run(&root, &["status", "--porcelain"]), "");
    assert_eq!(f.git.head_oid(&root).await.unwrap(), made.base);
    assert_ne!(f.git.head_oid(&path).await.unwrap(), made.base);
}

#[tokio::test]
async fn the_same_name_again_gets_a_number() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let mut names = Vec::new();
    for n in 1..=3 {
        let path = f.base.join(format!("tree{n}"));
        let made = f.git.create_worktree(new(&root, &path, "A")).await.unwrap();
        names.push(made.branch);
    }
    assert_eq!(names, ["conclave/a", "conclave/a-2", "conclave/a-3"]);
}

#[tokio::test]
async fn two_at_once_with_one_name_both_succeed() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let (one, two) = (f.base.join("one"), f.base.join("two"));
    let (one, two) = tokio::join!(
        f.git.create_worktree(new(&root, &one, "A")),
        f.git.create_worktree(new(&root, &two, "A")),
    );
    let mut names = [one.unwrap().branch, two.unwrap().branch];
    names.sort();
    assert_eq!(names, ["conclave/a", "conclave/a-2"]);
}

#[tokio::test]
async fn a_branch_named_conclave_and_a_tag_of_our_name_are_no_obstacle() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.run(&root, &["tag", "conclave-a"]);
    f.commit(&root, "later.txt", "x\n");
    f.run(&root, &["branch", "conclave"]);
    let path = f.base.join("tree");
    let made = f.git.create_worktree(new(&root, &path, "A")).await.unwrap();
    assert_eq!(made.branch, "conclave-a");
    assert_eq!(f.git.head_oid(&path).await.unwrap(), made.base);
    assert!(path.join("later.txt").exists());
}

#[tokio::test]
async fn a_detached_head_and_a_given_commit_are_starting_points() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let first = f.git.head_oid(&root).await.unwrap();
    f.commit(&root, "b.txt", "b\n");
    f.run(&root, &["checkout", "-q", "--detach"]);
    let made = f.git.create_worktree(new(&root, &f.base.join("one"), "A")).await;
    assert_eq!(made.unwrap().base, f.git.head_oid(&root).await.unwrap());

    let mut older = new(&root, &f.base.join("two"), "B");
    older.base = Base::Commit(first.clone());
    assert_eq!(f.git.create_worktree(older).await.unwrap().base, first);
    assert!(!f.base.join("two/b.txt").exists());
}

#[tokio::test]
async fn bare_empty_and_foreign_starting_points_change_nothing() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let empty = f.empty_repository("empty");
    f.run(&f.base, &["clone", "-q", "--bare", "repo", "bare.git"]);
    let path = f.base.join("tree");

    let bare = f.git.create_worktree(new(&f.base.join("bare.git"), &path, "A")).await;
    assert!(matches!(bare, Err(GitError::Bare { .. })));
    let none = f.git.create_worktree(new(&empty, &path, "A")).await;
    assert!(matches!(none, Err(GitError::NoCommits { .. })));
    let mut unknown = new(&root, &path, "A");
    unknown.base = Base::Commit("1".repeat(40).parse().unwrap());
    let unknown = f.git.create_worktree(unknown).await;
    assert!(matches!(unknown, Err(GitError::UnknownCommit { .. })));
    assert!(!path.exists());
    assert_eq!(branches(&f, &root), "main");
}

#[tokio::test]
async fn what_stands_at_the_path_is_left_as_it_is() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let path = f.base.join("tree");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("mine"), "mine").unwrap();
    let refused = f.git.create_worktree(new(&root, &path, "A")).await;
    assert!(matches!(refused, Err(GitError::PathTaken { .. })));
    assert_eq!(std::fs::read_to_string(path.join("mine")).unwrap(), "mine");
    assert_eq!(branches(&f, &root), "main");
}

#[tokio::test]
async fn a_failing_checkout_leaves_no_folder_and_no_branch() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.commit(&root, ".gitattributes", "*.txt filter=broken\n");
    f.run(&root, &["config", "filter.broken.smudge", "false"]);
    f.run(&root, &["config", "filter.broken.required", "true"]);
    let path = f.base.join("tree");
    let failed = f.git.create_worktree(new(&root, &path, "A")).await;
    let Err(GitError::Failed { command, stderr_tail, .. }) = failed else {
        panic!("{failed:?}");
    };
    assert_eq!(command, "git worktree add");
    assert!(stderr_tail.contains("broken"), "{stderr_tail}");
    assert!(!path.exists());
    assert_eq!(branches(&f, &root), "main");
    assert_eq!(f.git.list_worktrees(&root).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_checkout_that_hangs_is_ended_and_undone() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.commit(&root, ".gitattributes", "*.txt filter=slow\n");
    f.run(&root, &["config", "filter.slow.smudge", "tail -f /dev/null"]);
    let git = f.git.clone().with_patience(Patience { write: Duration::from_secs(1), ..Patience::default() });
    let path = f.base.join("tree");
    let stopped = git.create_worktree(new(&root, &path, "A")).await;
    assert!(matches!(stopped, Err(GitError::Timeout { .. })), "{stopped:?}");
    assert!(!path.exists());
    assert_eq!(branches(&f, &root), "main");
    assert_eq!(f.git.list_worktrees(&root).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_repositorys_hooks_do_not_run_for_our_bookkeeping() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let mark = f.base.join("hook-ran");
    let text = format!("#!/bin/sh\ntouch '{}'\nexit 1\n", mark.display());
    for hook in ["post-checkout", "reference-transaction", "post-index-change"] {
        f.script(&root.join(".git/hooks").join(hook), &text);
    }
    f.script(&f.base.join("monitor"), &text);
    let monitor = f.base.join("monitor");
    f.run(&root, &["config", "core.fsmonitor", monitor.to_str().unwrap()]);
    let path = f.base.join("tree");
    f.git.create_worktree(new(&root, &path, "A")).await.unwrap();
    f.git.status_summary(&path, &vcs::Since::Head).await.unwrap();
    f.git.remove_worktree(&root, &path, Removal::KeepChanges).await.unwrap();
    assert!(!mark.exists());
}

#[tokio::test]
async fn worktrees_are_listed_with_those_whose_folder_is_gone() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    for name in ["one", "two"] {
        let made = f.git.create_worktree(new(&root, &f.base.join(name), name)).await;
        made.unwrap();
    }
    std::fs::remove_dir_all(f.base.join("two")).unwrap();
    let list = f.git.list_worktrees(&root).await.unwrap();
    let seen: Vec<_> = list.iter().map(|it| (it.path.clone(), it.branch.as_deref(), it.state)).collect();
    assert_eq!(
        seen,
        [
            (root, Some("main"), WorktreeState::Present),
            (f.base.join("one"), Some("conclave/one"), WorktreeState::Present),
            (f.base.join("two"), Some("conclave/two"), WorktreeState::Lost),
        ]
    );
}

#[tokio::test]
async fn removal_keeps_changes_unless_told_and_always_the_branch() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let path = f.base.join("tree");
    f.git.create_worktree(new(&root, &path, "A")).await.unwrap();
    std::fs::write(path.join("a.txt"), "changed").unwrap();
    let kept = f.git.remove_worktree(&root, &path, Removal::KeepChanges).await;
    assert!(matches!(kept, Err(GitError::WorktreeHasChanges { .. })), "{kept:?}");
    assert_eq!(std::fs::read_to_string(path.join("a.txt")).unwrap(), "changed");

    f.git.remove_worktree(&root, &path, Removal::DiscardChanges).await.unwrap();
    assert!(!path.exists());
    assert_eq!(branches(&f, &root), "conclave/a\nmain");
}

#[tokio::test]
async fn only_a_linked_worktree_can_be_removed() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let other = f.repository("other");
    for path in [&root, &other, &f.base.join("gone")] {
        let refused = f.git.remove_worktree(&root, path, Removal::DiscardChanges).await;
        assert!(matches!(refused, Err(GitError::NotAWorktree { .. })), "{refused:?}");
        assert!(root.join("a.txt").exists() && other.join("a.txt").exists());
    }
}

#[tokio::test]
async fn a_worktree_whose_folder_is_gone_can_be_removed() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let path = f.base.join("tree");
    f.git.create_worktree(new(&root, &path, "A")).await.unwrap();
    std::fs::remove_dir_all(&path).unwrap();
    f.git.remove_worktree(&root, &path, Removal::KeepChanges).await.unwrap();
    assert_eq!(f.git.list_worktrees(&root).await.unwrap().len(), 1);
}
