use std::time::{Duration, Instant};

use vcs::{Git, GitError, Patience};

use crate::fixture::Fixture;

#[tokio::test]
async fn a_missing_git_says_where_it_was_looked_for() {
    let f = Fixture::new().await;
    let error = Git::find_in(vec![f.base.clone()]).await.unwrap_err();
    let GitError::GitMissing { ref looked } = error else {
        panic!("{error:?}");
    };
    assert_eq!(*looked, std::slice::from_ref(&f.base));
    let said = error.to_string();
    assert!(said.contains(f.base.to_str().unwrap()) && said.contains("apt install git"));
}

#[tokio::test]
async fn an_old_git_is_refused_with_both_versions() {
    let f = Fixture::new().await;
    let bin = f.base.join("bin");
    f.script(&bin.join("git"), "#!/bin/sh\necho git version 2.17.1\n");
    let error = Git::find_in(vec![bin]).await.unwrap_err();
    assert!(matches!(error, GitError::GitTooOld { .. }));
    assert!(error.to_string().contains("2.17.1"), "{error}");
}

#[tokio::test]
async fn a_git_that_does_not_answer_is_stopped() {
    let f = Fixture::new().await;
    let bin = f.base.join("bin");
    let text =
        "#!/bin/sh\ncase \"$*\" in *--version) echo git version 2.47.3;; *) tail -f /dev/null;; esac\n";
    f.script(&bin.join("git"), text);
    let read = Duration::from_millis(200);
    let git = Git::find_in(vec![bin]).await.unwrap().with_patience(Patience { read, ..Patience::default() });
    let began = Instant::now();
    let error = git.inspect(&f.base).await.unwrap_err();
    assert!(matches!(error, GitError::Timeout { limit, .. } if limit == read));
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_flood_is_cut_off_and_errors_keep_their_tail() {
    let f = Fixture::new().await;
    let bin = f.base.join("bin");
    let text = "#!/bin/sh\ncase \"$*\" in *--version) echo git version 2.47.3;; *worktree*) yes;; \
                *) yes | head -c 1000000 >&2; echo the end >&2; exit 3;; esac\n";
    f.script(&bin.join("git"), text);
    let git = Git::find_in(vec![bin]).await.unwrap();
    let flood = git.list_worktrees(&f.base).await.unwrap_err();
    assert!(matches!(flood, GitError::OutputTooLarge { .. }), "{flood:?}");
    let error = git.inspect(&f.base).await.unwrap_err();
    let GitError::Failed { code, stderr_tail, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(code, Some(3));
    assert!(stderr_tail.ends_with("the end") && stderr_tail.len() <= 4096);
}

#[tokio::test]
async fn a_repository_of_another_user_is_explained() {
    let f = Fixture::new().await;
    let bin = f.base.join("bin");
    let text = "#!/bin/sh\ncase \"$*\" in *--version) echo git version 2.47.3;; \
                *) echo \"fatal: detected dubious ownership in repository at '/x'\" >&2; exit 128;; esac\n";
    f.script(&bin.join("git"), text);
    let git = Git::find_in(vec![bin]).await.unwrap();
    let error = git.inspect(&f.base).await.unwrap_err();
    assert!(matches!(error, GitError::ForeignOwner { .. }));
    assert!(error.to_string().contains("safe.directory"));
}
