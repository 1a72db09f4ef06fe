use std::path::PathBuf;

use vcs::{
    Base, BroughtIn, CheckpointName, CommitWords, GitError, Landed, Landing, Manner, NewWorktree, Oid,
    Reverted, Settle,
};

use crate::fixture::Fixture;

struct Two {
    f: Fixture,
    /// The person's own checkout of `main`.
    root: PathBuf,
    /// The workspace, on `conclave/a`.
    tree: PathBuf,
}

const BRANCH: &str = "conclave/a";

impl Two {
    async fn new() -> Self {
        let f = Fixture::new().await;
        let root = f.repository("repo");
        f.run(&root, &["config", "user.name", "Owner"]);
        f.run(&root, &["config", "user.email", "owner@example.org"]);
        f.commit(&root, "other.txt", "other\n");
        let path = f.base.join("tree");
        let new = NewWorktree { repository: root.clone(), path, name: "A".into(), base: Base::Head };
        let tree = f.git.create_worktree(new).await.unwrap().path;
        Self { f, root, tree }
    }

    async fn land(&self, manner: Manner) -> Result<Landed, GitError> {
        let from = self.f.git.head_oid(&self.tree).await.unwrap();
        let words = words("Merge the work");
        let landing = Landing { from: &from, onto: "main", manner, words: &words };
        self.f.git.land(&self.root, landing).await
    }

    fn at(&self, reference: &str) -> Oid {
        self.f.run(&self.root, &["rev-parse", reference]).parse().unwrap()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.root.join(name)).unwrap()
    }
}

fn words(message: &str) -> CommitWords {
    CommitWords { message: message.into(), ..CommitWords::default() }
}

fn name(number: u64) -> CheckpointName {
    CheckpointName::new("w", number).unwrap()
}

#[tokio::test]
async fn ws10_the_checked_out_base_moves_with_its_files() {
    let t = Two::new().await;
    t.f.commit(&t.tree, "a.txt", "agent\n");
    std::fs::write(t.root.join("other.txt"), "mine, elsewhere\n").unwrap();
    let landed = t.land(Manner::Plain).await.unwrap();
    assert_eq!(landed, Landed::FastForward(t.at(BRANCH)));
    assert_eq!((t.at("main"), t.read("a.txt")), (t.at(BRANCH), "agent\n".into()));
    assert_eq!(t.read("other.txt"), "mine, elsewhere\n");
    assert_eq!(t.f.run(&t.root, &["status", "--porcelain"]), "M other.txt");
    assert_eq!(t.land(Manner::Merge).await.unwrap(), Landed::NothingNew(t.at("main")));
}

#[tokio::test]
async fn ws10_changes_in_the_way_stop_it_and_nothing_moves() {
    let t = Two::new().await;
    t.f.commit(&t.tree, "a.txt", "agent\n");
    t.f.commit(&t.tree, "new.txt", "agent\n");
    let before = t.at("main");
    let refused = async |name: &str, text: &str| {
        std::fs::write(t.root.join(name), text).unwrap();
        let refused = t.land(Manner::Plain).await;
        let Err(GitError::CheckoutDirty { paths, .. }) = &refused else { panic!("{refused:?}") };
        assert_eq!(paths, &[name]);
        assert_eq!((t.at("main"), t.read(name)), (before.clone(), text.into()));
    };
    refused("a.txt", "mine\n").await;
    std::fs::write(t.root.join("a.txt"), "one\ntwo\n").unwrap();
    refused("new.txt", "mine, untracked\n").await;
    std::fs::write(t.root.join(".git/info/exclude"), "new.txt\n").unwrap();
    refused("new.txt", "mine, ignored\n").await;
    std::fs::remove_file(t.root.join("new.txt")).unwrap();
    std::fs::write(t.root.join(".git/MERGE_HEAD"), before.as_str()).unwrap();
    let merging = t.land(Manner::Plain).await;
    assert!(matches!(merging, Err(GitError::Unfinished { .. })), "{merging:?}");
    assert_eq!(t.at("main"), before);
}

#[tokio::test]
async fn ws10_branches_that_went_apart_are_merged_or_their_conflicts_told() {
    let t = Two::new().await;
    t.f.commit(&t.tree, "a.txt", "agent\n");
    t.f.commit(&t.root, "other.txt", "base moved\n");
    t.f.run(&t.root, &["checkout", "-q", "--detach"]);
    let (main, work) = (t.at("main"), t.at(BRANCH));
    let Landed::Merged(merge) = t.land(Manner::Plain).await.unwrap() else { panic!() };
    assert_eq!(t.at("main"), merge);
    assert_eq!(
        t.f.run(&t.root, &["log", "-1", "--format=%P|%s|%cn", "main"]),
        format!("{main} {work}|Merge the work|Owner")
    );
    assert_eq!(t.f.run(&t.root, &["show", "main:a.txt", "main:other.txt"]), "agent\nbase moved");
    assert_eq!(t.read("a.txt"), "one\ntwo\n", "the checkout is on no branch and stays");

    t.f.run(&t.root, &["checkout", "-q", "main"]);
    t.f.commit(&t.root, "a.txt", "person\n");
    t.f.commit(&t.tree, "a.txt", "agent again\n");
    let main = t.at("main");
    assert_eq!(t.land(Manner::Plain).await.unwrap(), Landed::Conflicts(vec!["a.txt".into()]));
    assert_eq!((t.at("main"), t.f.run(&t.root, &["status", "--porcelain"])), (main, String::new()));
}

#[tokio::test]
async fn ws10_gr7_a_branch_like_an_option_or_a_revision_is_only_a_name() {
    let t = Two::new().await;
    t.f.commit(&t.tree, "a.txt", "agent\n");
    let from = t.at(BRANCH);
    for onto in ["--all", "main~1", "main@{1}", "", "../heads/main", "none"] {
        let words = words("x");
        let landing = Landing { from: &from, onto, manner: Manner::Plain, words: &words };
        let refused = t.f.git.land(&t.root, landing).await;
        assert!(matches!(refused, Err(GitError::UnknownBranch { .. })), "{onto}: {refused:?}");
    }
    t.f.run(&t.root, &["update-ref", "refs/heads/-x", "main"]);
    let words = words("x");
    let landing = Landing { from: &from, onto: "-x", manner: Manner::Plain, words: &words };
    assert_eq!(t.f.git.land(&t.root, landing).await.unwrap(), Landed::FastForward(from.clone()));
    assert_eq!(t.at("refs/heads/-x"), from);
}

#[tokio::test]
async fn ws9_a_commit_is_taken_back_and_open_changes_stay() {
    let t = Two::new().await;
    t.f.commit(&t.tree, "a.txt", "agent\ntwo\n");
    let first = t.at(BRANCH);
    t.f.commit(&t.tree, "b.txt", "b\n");
    std::fs::write(t.tree.join("b.txt"), "b, edited\n").unwrap();
    std::fs::write(t.tree.join("open"), "open").unwrap();
    let words = words("Take it back");
    let reverted = t.f.git.revert(&t.tree, (BRANCH, &first), &words, &name(1)).await.unwrap();
    let Reverted::Done { commit, files } = reverted else { panic!() };
    assert_eq!(t.at(BRANCH), commit);
    let read = |name: &str| std::fs::read_to_string(t.tree.join(name)).unwrap();
    assert_eq!((read("a.txt"), read("b.txt")), ("one\ntwo\n".into(), "b, edited\n".into()));
    assert_eq!(t.f.run(&t.tree, &["status", "--porcelain"]), "M b.txt\n?? open");
    assert_eq!(t.f.run(&t.tree, &["show", &format!("{}:a.txt", files.undo.commit)]), "agent\ntwo");

    std::fs::write(t.tree.join("a.txt"), "open change\n").unwrap();
    let conflict = t.f.git.revert(&t.tree, (BRANCH, &commit), &words, &name(2)).await.unwrap();
    assert_eq!(conflict, Reverted::Conflicts(vec!["a.txt".into()]));
    assert_eq!((t.at(BRANCH), read("a.txt")), (commit, "open change\n".into()));
    t.f.commit(&t.root, "elsewhere", "x");
    let foreign = t.f.git.revert(&t.tree, (BRANCH, &t.at("main")), &words, &name(3)).await;
    assert!(matches!(foreign, Err(GitError::UnknownCommit { .. })));
}

#[tokio::test]
async fn ws11_conflicts_with_the_base_are_settled_in_the_workspace() {
    let t = Two::new().await;
    for (file, theirs, ours) in [("a.txt", "base\n", "agent\n"), ("other.txt", "base\n", "agent\n")] {
        t.f.commit(&t.root, file, theirs);
        t.f.commit(&t.tree, file, ours);
    }
    std::fs::remove_file(t.root.join("other.txt")).unwrap();
    t.f.commit(&t.root, "quiet", "from base\n");
    let (main, before) = (t.at("main"), t.at(BRANCH));
    let words = words("Bring the base in");
    let brought = t.f.git.bring_in(&t.tree, (BRANCH, &main), &words).await.unwrap();
    let BroughtIn::Conflicts(found) = brought else { panic!("{brought:?}") };
    let seen: Vec<_> = found.iter().map(|it| (&*it.path, it.ours.is_some(), it.theirs.is_some())).collect();
    assert_eq!(seen, [("a.txt", true, true), ("other.txt", true, false)]);
    let early = t.f.git.finish_merge(&t.tree, BRANCH, &words).await;
    assert!(matches!(early, Err(GitError::StillInConflict { .. })));

    let kept = t.f.git.abort_merge(&t.tree, &name(1)).await.unwrap();
    assert_eq!(t.f.run(&t.tree, &["status", "--porcelain"]), "");
    assert!(t.f.run(&t.tree, &["show", &format!("{}:a.txt", kept.commit)]).contains("<<<<<<<"));

    t.f.git.bring_in(&t.tree, (BRANCH, &main), &words).await.unwrap();
    t.f.git.settle(&t.tree, "a.txt", Settle::Ours).await.unwrap();
    t.f.git.settle(&t.tree, "other.txt", Settle::Theirs).await.unwrap();
    let twice = t.f.git.settle(&t.tree, "a.txt", Settle::AsItIs).await;
    assert!(matches!(twice, Err(GitError::NotChanged { .. })));
    let merge = t.f.git.finish_merge(&t.tree, BRANCH, &words).await.unwrap();
    assert_eq!(t.f.run(&t.tree, &["log", "-1", "--format=%P"]), format!("{before} {main}"));
    assert_eq!(t.f.run(&t.tree, &["show", "HEAD:a.txt", "HEAD:quiet"]), "agent\nfrom base");
    assert!(!t.tree.join("other.txt").exists());
    let again = t.f.git.bring_in(&t.tree, (BRANCH, &main), &words).await.unwrap();
    assert_eq!(again, BroughtIn::NothingNew(merge));
    assert!(matches!(t.land(Manner::Plain).await.unwrap(), Landed::FastForward(_)));
}

#[tokio::test]
async fn ws11_open_changes_in_the_way_of_the_base_are_named() {
    let t = Two::new().await;
    t.f.commit(&t.root, "a.txt", "base\n");
    std::fs::write(t.tree.join("a.txt"), "open\n").unwrap();
    let words = words("x");
    let refused = t.f.git.bring_in(&t.tree, (BRANCH, &t.at("main")), &words).await;
    assert!(
        matches!(&refused, Err(GitError::CheckoutDirty { paths, .. }) if paths == &["a.txt"]),
        "{refused:?}"
    );
    assert_eq!(std::fs::read_to_string(t.tree.join("a.txt")).unwrap(), "open\n");
}
