use vcs::{CommitIdentity, GitError, Head, RepositoryKind};

use crate::fixture::Fixture;

#[tokio::test]
async fn a_path_with_spaces_and_unicode_is_found_from_below() {
    let f = Fixture::new().await;
    let root = f.repository("my größe repo 修复");
    std::fs::create_dir(root.join("in side")).unwrap();
    let facts = f.git.inspect(&root.join("in side")).await.unwrap();
    assert_eq!(facts.root, root);
    assert_eq!(facts.git_dir, root.join(".git"));
    assert_eq!(facts.kind, RepositoryKind::WorkingTree);
    assert_eq!(facts.default_branch.as_deref(), Some("main"));
    let oid = f.run(&root, &["rev-parse", "HEAD"]).parse().unwrap();
    assert_eq!(facts.head, Head::Branch { name: "main".into(), oid });
}

#[tokio::test]
async fn a_detached_head_is_told_by_its_commit() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.run(&root, &["checkout", "-q", "--detach"]);
    let facts = f.git.inspect(&root).await.unwrap();
    let oid = f.run(&root, &["rev-parse", "HEAD"]).parse().unwrap();
    assert_eq!(facts.head, Head::Detached { oid });
    assert!(facts.starting_point().is_ok());
}

#[tokio::test]
async fn a_repository_without_commits_says_the_way_out() {
    let f = Fixture::new().await;
    let root = f.empty_repository("repo");
    let facts = f.git.inspect(&root).await.unwrap();
    assert_eq!(facts.head, Head::Unborn { name: "main".into() });
    let error = facts.starting_point().unwrap_err();
    assert!(matches!(error, GitError::NoCommits { .. }));
    assert!(error.to_string().contains("git commit"), "{error}");
    let error = f.git.head_oid(&root).await.unwrap_err();
    assert!(matches!(error, GitError::NoCommits { .. }));
}

#[tokio::test]
async fn a_bare_repository_is_recognised_and_refused() {
    let f = Fixture::new().await;
    let source = f.repository("repo");
    f.run(&f.base, &["clone", "-q", "--bare", "repo", "bare.git"]);
    let facts = f.git.inspect(&f.base.join("bare.git")).await.unwrap();
    assert_eq!(facts.kind, RepositoryKind::Bare);
    assert_eq!(facts.root, f.base.join("bare.git"));
    let error = facts.starting_point().unwrap_err();
    assert!(matches!(error, GitError::Bare { .. }));
    assert!(error.to_string().contains("Clone it"), "{error}");
    assert!(f.git.inspect(&source).await.is_ok());
}

#[tokio::test]
async fn no_repository_no_folder_and_a_file_are_told_apart() {
    let f = Fixture::new().await;
    let plain = f.base.join("plain");
    std::fs::create_dir(&plain).unwrap();
    let error = f.git.inspect(&plain).await.unwrap_err();
    assert!(matches!(error, GitError::NotARepository { ref path } if *path == plain));

    let gone = f.base.join("gone");
    let error = f.git.inspect(&gone).await.unwrap_err();
    assert!(matches!(error, GitError::PathMissing { ref path } if *path == gone));

    let file = f.base.join("file");
    std::fs::write(&file, "").unwrap();
    let error = f.git.inspect(&file).await.unwrap_err();
    assert!(matches!(error, GitError::NotARepository { ref path } if *path == file));
}

#[tokio::test]
async fn the_git_folder_itself_is_no_place_to_work() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let error = f.git.inspect(&root.join(".git")).await.unwrap_err();
    assert!(matches!(error, GitError::NotARepository { .. }));
}

#[tokio::test]
async fn the_default_branch_is_the_remotes_when_there_is_one() {
    let f = Fixture::new().await;
    let source = f.repository("source");
    f.run(&source, &["branch", "-q", "-m", "main", "trunk"]);
    f.run(&f.base, &["clone", "-q", "source", "clone"]);
    let clone = f.base.join("clone");
    f.run(&clone, &["checkout", "-q", "-b", "main"]);
    let facts = f.git.inspect(&clone).await.unwrap();
    assert_eq!(facts.default_branch.as_deref(), Some("trunk"));
}

#[tokio::test]
async fn identity_is_what_git_is_told_and_never_made_up() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let facts = f.git.inspect(&root).await.unwrap();
    assert_eq!(facts.identity, CommitIdentity::Missing);
    f.run(&root, &["config", "user.name", "Ada"]);
    f.run(&root, &["config", "user.email", "ada@example.org"]);
    let facts = f.git.inspect(&root).await.unwrap();
    assert_eq!(facts.identity, CommitIdentity::Configured);
}

#[tokio::test]
async fn gr7_a_branch_named_like_an_option_is_only_a_name() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let name = "--upload-pack=touch pwned".replace(' ', "_");
    let reference = format!("refs/heads/{name}");
    f.run(&root, &["update-ref", &reference, "HEAD"]);
    f.run(&root, &["symbolic-ref", "HEAD", &reference]);
    let facts = f.git.inspect(&root).await.unwrap();
    assert!(matches!(facts.head, Head::Branch { name: ref found, .. } if *found == name));
    let new = vcs::NewWorktree {
        repository: root.clone(),
        path: f.base.join("tree"),
        name: name.clone(),
        base: vcs::Base::Head,
    };
    let made = f.git.create_worktree(new).await.unwrap();
    assert_eq!(made.branch, "conclave/upload-pack-touch-pwned");
    let branches = f.run(&root, &["for-each-ref", "--format=%(refname)", "refs/heads/"]);
    assert_eq!(branches.lines().count(), 3, "{branches}");
}
