use std::path::PathBuf;

use vcs::{Base, Check, GitError, Head, NewWorktree, Standing, Worktree};

use crate::fixture::Fixture;

struct Place {
    f: Fixture,
    root: PathBuf,
    made: Worktree,
}

impl Place {
    async fn new() -> Self {
        let f = Fixture::new().await;
        let root = f.repository("repo");
        let path = f.base.join("host/repo/tree");
        let new = NewWorktree { repository: root.clone(), path, name: "A".into(), base: Base::Head };
        let made = f.git.create_worktree(new).await.unwrap();
        Self { f, root, made }
    }

    async fn risks(&self, base: &str) -> vcs::RiskReport {
        let of =
            Standing { repository: &self.root, worktree: &self.made.path, branch: &self.made.branch, base };
        self.f.git.risks(of).await
    }

    /// A bare repository beside it.
    fn remote(&self, name: &str) -> PathBuf {
        let path = self.f.base.join(name);
        self.f.run(&self.f.base, &["init", "-q", "--bare", name]);
        self.f.run(&self.root, &["remote", "add", name, path.to_str().unwrap()]);
        path
    }
}

fn found(names: &[&str]) -> Check {
    Check::Found { count: names.len(), first: names.iter().map(|it| (*it).to_owned()).collect() }
}

#[tokio::test]
async fn ws12_a_fresh_workspace_is_no_risk_and_each_kind_of_work_is_one() {
    let p = Place::new().await;
    let tree = p.made.path.clone();
    assert!(p.risks("main").await.is_clear());

    std::fs::write(tree.join("ü \"new\""), "x").unwrap();
    std::fs::write(tree.join("a.txt"), "changed").unwrap();
    let risks = p.risks("main").await;
    assert_eq!((&risks.uncommitted, &risks.untracked), (&found(&["a.txt"]), &found(&["ü \"new\""])));
    assert_eq!(risks.unmerged, Check::Clear);

    p.f.commit(&tree, "b.txt", "b\n");
    let short = p.f.run(&tree, &["rev-parse", "--short", "HEAD"]);
    let commit = found(&[&format!("{short} a commit")]);
    let risks = p.risks("main").await;
    assert_eq!((&risks.unmerged, &risks.unpushed, &risks.adrift), (&commit, &commit, &Check::Clear));
    p.remote("origin");
    p.f.git.push(&tree, &p.made.branch).await.unwrap();
    let risks = p.risks("main").await;
    assert_eq!((&risks.unmerged, &risks.unpushed), (&commit, &Check::Clear));

    p.f.run(&tree, &["checkout", "-q", "--detach"]);
    p.f.commit(&tree, "c.txt", "c\n");
    assert!(matches!(p.risks("main").await.adrift, Check::Found { count: 1, .. }));
}

#[tokio::test]
async fn ws12_a_check_that_fails_is_a_risk() {
    let p = Place::new().await;
    let risks = p.risks("gone").await;
    assert!(matches!(&risks.unmerged, Check::Unknown { why } if why.contains("gone")));
    assert!(!risks.is_clear());
    std::fs::remove_dir_all(&p.made.path).unwrap();
    let risks = p.risks("main").await;
    assert!(matches!(risks.uncommitted, Check::Unknown { .. }));
    assert!(matches!(risks.adrift, Check::Unknown { .. }));
    assert_eq!(risks.unmerged, Check::Clear);
}

#[tokio::test]
async fn ws12_a_submodule_with_files_is_a_risk() {
    let p = Place::new().await;
    let inner = p.f.repository("inner");
    let inner = inner.to_str().unwrap();
    let tree = &p.made.path;
    p.f.run(tree, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub"]);
    p.f.commit(tree, "b.txt", "b\n");
    assert_eq!(p.risks("main").await.submodules, found(&["sub"]));
}

#[tokio::test]
async fn ws13_strange_worktrees_are_told_and_left() {
    let p = Place::new().await;
    let host = p.f.base.join("host");
    let new = NewWorktree {
        repository: p.root.clone(),
        path: host.join("repo/lost"),
        name: "Lost".into(),
        base: Base::Head,
    };
    p.f.git.create_worktree(new).await.unwrap();
    std::fs::create_dir_all(host.join("broken")).unwrap();
    std::fs::write(host.join("broken/.git"), "gitdir: /nowhere").unwrap();
    std::os::unix::fs::symlink(&p.root, host.join("link")).unwrap();
    let orphans = p.f.git.orphans(&host, std::slice::from_ref(&p.made.path)).await.unwrap();
    assert_eq!(orphans.len(), 2);
    assert_eq!((&orphans[0].path, &orphans[0].head), (&host.join("broken"), &None));
    assert_eq!(orphans[1].path, host.join("repo/lost"));
    assert!(matches!(&orphans[1].head, Some(Head::Branch { name, .. }) if name == "conclave/lost"));
    assert!(host.join("repo/lost/a.txt").exists());
}

#[tokio::test]
async fn ws13_disk_use_counts_what_is_shared_once() {
    let f = Fixture::new().await;
    let folder = f.base.join("folder");
    std::fs::create_dir_all(folder.join("below")).unwrap();
    std::fs::write(folder.join("one"), vec![1; 100_000]).unwrap();
    std::fs::hard_link(folder.join("one"), folder.join("below/two")).unwrap();
    let sparse = std::fs::File::create(folder.join("sparse")).unwrap();
    sparse.set_len(1 << 30).unwrap();
    std::os::unix::fs::symlink("/", folder.join("link")).unwrap();
    let used = f.git.disk_use(&folder).await.unwrap();
    assert_eq!((used.files, used.unread), (4, 0));
    assert!((100_000..300_000).contains(&used.bytes), "{used:?}");
}

#[tokio::test]
async fn ws13_an_existing_worktree_says_what_it_is() {
    let p = Place::new().await;
    p.f.commit(&p.made.path, "b.txt", "b\n");
    p.f.commit(&p.root, "c.txt", "c\n");
    let facts = p.f.git.describe_worktree(&p.made.path).await.unwrap();
    assert_eq!((&facts.repository, &*facts.branch), (&p.root, "conclave/a"));
    assert_eq!(facts.base, Some(("main".into(), p.made.base.clone())));
    assert_eq!(p.f.git.describe_worktree(&p.root).await.unwrap().base, None);
    p.f.run(&p.made.path, &["checkout", "-q", "--detach"]);
    let detached = p.f.git.describe_worktree(&p.made.path).await;
    assert!(matches!(detached, Err(GitError::OffBranch { .. })));
}

#[tokio::test]
async fn ws13_a_branch_gets_the_first_free_name() {
    let p = Place::new().await;
    p.f.run(&p.root, &["branch", "conclave/fix-it"]);
    let renamed = p.f.git.rename_branch(&p.root, "conclave/a", "--Fix it!").await.unwrap();
    assert_eq!(renamed, "conclave/fix-it-2");
    assert_eq!(p.f.run(&p.made.path, &["symbolic-ref", "HEAD"]), "refs/heads/conclave/fix-it-2");
    let again = p.f.git.rename_branch(&p.root, &renamed, "Fix it").await.unwrap();
    assert_eq!(again, "conclave/fix-it-2");
    let unknown = p.f.git.rename_branch(&p.root, "-D", "x").await;
    assert!(matches!(unknown, Err(GitError::UnknownBranch { .. })));
}

#[tokio::test]
async fn ws14_a_branch_goes_to_its_remote_and_never_by_force() {
    let p = Place::new().await;
    let (tree, branch) = (&p.made.path, &*p.made.branch);
    let none = p.f.git.push(tree, branch).await;
    assert!(matches!(&none, Err(GitError::NoRemote { remotes }) if remotes.is_empty()), "{none:?}");
    p.remote("one");
    p.remote("two");
    let unclear = p.f.git.push_target(tree, branch).await;
    assert!(matches!(&unclear, Err(GitError::NoRemote { remotes }) if remotes.len() == 2));
    let origin = p.remote("origin");
    let target = p.f.git.push(tree, branch).await.unwrap();
    assert_eq!((&*target.remote, target.upstream), ("origin", None));
    let head = p.f.run(tree, &["rev-parse", "HEAD"]);
    assert_eq!(p.f.run(&origin, &["rev-parse", "refs/heads/conclave/a"]), head);
    let target = p.f.git.push_target(tree, branch).await.unwrap();
    assert_eq!(target.upstream.as_deref(), Some("origin/conclave/a"));

    p.f.commit(tree, "a.txt", "x\n");
    p.f.git.push(tree, branch).await.unwrap();
    p.f.run(tree, &["reset", "-q", "--hard", &head]);
    p.f.commit(tree, "a.txt", "y\n");
    let behind = p.f.git.push(tree, branch).await;
    assert!(matches!(behind, Err(GitError::PushBehind { .. })), "{behind:?}");
    p.f.run(&p.root, &["config", "remote.pushDefault", "two"]);
    p.f.script(&p.root.join(".git/hooks/pre-push"), "#!/bin/sh\necho not on a Sunday >&2\nexit 1\n");
    let stopped = p.f.git.push(tree, branch).await;
    assert!(
        matches!(&stopped, Err(GitError::PushFailed { remote, said }) if remote == "two" && said.contains("Sunday")),
        "{stopped:?}"
    );
    p.f.run(&p.root, &["remote", "set-url", "two", "https://me:secret@127.0.0.1:1/x"]);
    std::fs::remove_file(p.root.join(".git/hooks/pre-push")).unwrap();
    let gone = p.f.git.push(tree, branch).await.unwrap_err();
    assert!(!gone.to_string().contains("secret"), "{gone}");
}
