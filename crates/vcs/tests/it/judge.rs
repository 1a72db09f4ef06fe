use std::path::{Path, PathBuf};

use proptest::prelude::*;
use vcs::{
    Approved, Author, Body, ChangeId, CheckpointName, CommitWords, DiffOptions, GitError, Oid, Pick, Picks,
    Review, Whitespace,
};

use crate::edits::{Edit, apply, edits, few, on_disk};
use crate::fixture::Fixture;

struct Bench {
    f: Fixture,
    root: PathBuf,
    base: Oid,
    next: u64,
}

impl Bench {
    /// A repository with an identity and one commit of what `prepare` makes.
    async fn new(prepare: impl FnOnce(&Path)) -> Self {
        let f = Fixture::new().await;
        let root = f.repository("repo");
        f.run(&root, &["config", "user.name", "Owner"]);
        f.run(&root, &["config", "user.email", "owner@example.org"]);
        prepare(&root);
        f.run(&root, &["add", "-A"]);
        f.run(&root, &["commit", "-q", "--allow-empty", "-m", "base"]);
        let base = f.git.head_oid(&root).await.unwrap();
        Self { f, root, base, next: 0 }
    }

    async fn approve(&self, picks: &Picks) -> Result<Approved, GitError> {
        let review = Review { worktree: &self.root, base: &self.base, picks };
        self.f.git.approve(review, "main", &words()).await
    }

    async fn reject(&mut self, picks: &Picks) -> Result<vcs::Restored, GitError> {
        self.next += 1;
        let undo = CheckpointName::new("w", self.next).unwrap();
        let review = Review { worktree: &self.root, base: &self.base, picks };
        self.f.git.reject(review, &undo).await
    }

    async fn now(&self) -> Oid {
        self.f.git.snapshot(&self.root).await.unwrap().tree
    }

    async fn files(&self) -> Vec<vcs::FileChange> {
        let now = self.now().await;
        self.f.git.compare(&self.root, &self.base, &now, Whitespace::Counts).await.unwrap().files
    }

    async fn hunks(&self, path: &str, context: u32) -> Vec<ChangeId> {
        let now = self.now().await;
        let options = DiffOptions { context, ..DiffOptions::default() };
        let diff = self.f.git.file_diff(&self.root, (&self.base, &now), path, options).await.unwrap();
        match diff.body {
            Body::Text { hunks, .. } => hunks.into_iter().filter_map(|it| it.id).collect(),
            Body::Binary | Body::TooLarge { .. } | Body::Lfs { .. } | Body::Submodule => Vec::new(),
        }
    }

    fn tree(&self) -> String {
        self.f.run(&self.root, &["rev-parse", "HEAD^{tree}"])
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.root.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.root.join(name)).unwrap()
    }

    fn status(&self) -> String {
        self.f.run(&self.root, &["status", "--porcelain"])
    }
}

fn words() -> CommitWords {
    CommitWords { message: "A message".into(), ..CommitWords::default() }
}

fn hunk(path: &str, id: &ChangeId) -> Pick {
    Pick::Hunk { path: path.into(), id: id.clone() }
}

fn whole(file: &vcs::FileChange) -> Pick {
    Pick::File { path: file.path.clone(), id: file.id.clone() }
}

const TEN: &str = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

#[tokio::test]
async fn ws7_a_hunk_is_committed_and_the_rest_stays_as_it_is() {
    let b = Bench::new(|root| std::fs::write(root.join("t"), TEN).unwrap()).await;
    let edited = TEN.replace("2\n", "two\n").replace("9\n", "nine\n");
    b.write("t", &edited);
    b.write("new", "untracked\n");
    b.f.run(&b.root, &["add", "new"]);
    let hunks = b.hunks("t", 1).await;
    assert_eq!(hunks.len(), 2);
    let words = CommitWords {
        message: "Say two\n\n# not a comment".into(),
        author: Some(Author { name: "Ada <x>\n".into(), email: "ada@example.org".into() }),
        trailers: vec![("Co-authored-by".into(), "Bob <bob@example.org>\nX: y".into())],
    };
    let picks = Picks::These(vec![hunk("t", &hunks[0])]);
    let review = Review { worktree: &b.root, base: &b.base, picks: &picks };
    let Approved::Committed(commit) = b.f.git.approve(review, "main", &words).await.unwrap() else {
        panic!()
    };
    assert_eq!(b.f.run(&b.root, &["rev-parse", "main"]), commit.as_str());
    assert_eq!(b.f.run(&b.root, &["show", "HEAD:t"]), TEN.replace("2\n", "two\n").trim());
    assert_eq!(b.read("t"), edited);
    assert_eq!(b.status(), "A  new\n M t");
    assert_eq!(
        b.f.run(&b.root, &["log", "-1", "--format=%an|%ae|%cn|%B"]),
        "Ada x|ada@example.org|Owner|Say two\n\n# not a comment\n\n\
         Co-authored-by: Bob <bob@example.org> X: y"
    );
}

#[tokio::test]
async fn ws7_a_stale_view_is_refused_and_changes_nothing() {
    let mut b = Bench::new(|root| std::fs::write(root.join("t"), TEN).unwrap()).await;
    b.write("t", &TEN.replace("2\n", "two\n").replace("9\n", "nine\n"));
    let (hunks, files, seen) = (b.hunks("t", 1).await, b.files().await, b.now().await);
    b.write("t", &TEN.replace("2\n", "zwei\n").replace("9\n", "nine\n"));
    let stale = [
        Picks::These(vec![hunk("t", &hunks[0])]),
        Picks::These(vec![whole(&files[0])]),
        Picks::These(vec![hunk("a.txt", &hunks[0])]),
        Picks::These(vec![hunk("t", &ChangeId::from_text("--option"))]),
        Picks::All { seen },
    ];
    for picks in &stale {
        let (approved, rejected) = (b.approve(picks).await, b.reject(picks).await);
        assert!(matches!(approved, Err(GitError::Changed { .. })), "{approved:?}");
        assert!(matches!(rejected, Err(GitError::Changed { .. })), "{rejected:?}");
    }
    assert_eq!(b.f.git.head_oid(&b.root).await.unwrap(), b.base);
    let other = Picks::These(vec![hunk("t", &hunks[1])]);
    b.reject(&other).await.unwrap();
    assert_eq!(b.read("t"), TEN.replace("2\n", "zwei\n"), "a hunk that did not change can be judged");
}

#[tokio::test]
async fn ws7_hooks_run_and_can_refuse() {
    let b = Bench::new(|_| {}).await;
    b.write("a.txt", "one\n");
    let hook = b.root.join(".git/hooks/pre-commit");
    b.f.script(&hook, "#!/bin/sh\necho mend the format >&2\nexit 1\n");
    let picks = Picks::These(vec![whole(&b.files().await[0])]);
    let refused = b.approve(&picks).await;
    assert!(
        matches!(&refused, Err(GitError::CommitRefused { said }) if said == "mend the format"),
        "{refused:?}"
    );
    assert_eq!(b.status(), "M a.txt");

    b.f.script(&hook, "#!/bin/sh\ngit diff --cached --name-only -- '*.txt' > .git/saw\n");
    b.approve(&picks).await.unwrap();
    assert_eq!(b.read(".git/saw"), "a.txt\n");
    assert_eq!(b.status(), "");
    let again = b.approve(&Picks::All { seen: b.now().await }).await.unwrap();
    assert!(matches!(again, Approved::NothingNew(_)));
}

#[tokio::test]
async fn ws7_a_missing_identity_message_branch_or_rest_is_told() {
    let b = Bench::new(|_| {}).await;
    b.write("a.txt", "one\n");
    let picks = Picks::All { seen: b.now().await };
    let review = Review { worktree: &b.root, base: &b.base, picks: &picks };
    let empty = b.f.git.approve(review, "main", &CommitWords { message: " \n".into(), ..words() }).await;
    assert!(matches!(empty, Err(GitError::MessageEmpty)));
    let elsewhere = b.f.git.approve(review, "--other", &words()).await;
    assert!(matches!(elsewhere, Err(GitError::OffBranch { .. })));
    b.f.run(&b.root, &["config", "--unset", "user.email"]);
    let nobody = b.approve(&picks).await.unwrap_err();
    assert!(matches!(nobody, GitError::IdentityMissing));
    assert!(nobody.to_string().contains("git config --global user.email"));
    b.write(".git/MERGE_HEAD", b.base.as_str());
    let merging = b.approve(&picks).await;
    assert!(matches!(merging, Err(GitError::Unfinished { what: "merge", .. })));
    assert_eq!(b.f.git.head_oid(&b.root).await.unwrap(), b.base);
}

#[tokio::test]
async fn ws7_what_the_agent_committed_itself_is_no_obstacle() {
    let b = Bench::new(|root| std::fs::write(root.join("t"), TEN).unwrap()).await;
    b.f.commit(&b.root, "t", &TEN.replace("2\n", "two\n"));
    b.write("t", &TEN.replace("2\n", "two\n").replace("9\n", "nine\n"));
    let hunks = b.hunks("t", 1).await;
    let part = b.approve(&Picks::These(vec![hunk("t", &hunks[1])])).await;
    assert!(matches!(part, Err(GitError::NotDivisible { .. })), "{part:?}");
    b.approve(&Picks::These(vec![whole(&b.files().await[0])])).await.unwrap();
    assert_eq!(b.tree(), b.now().await.as_str());
}

#[tokio::test]
async fn ws8_rejected_hunks_and_files_go_and_come_back_by_the_undo() {
    let mut b = Bench::new(|root| {
        std::fs::write(root.join("t"), TEN).unwrap();
        std::fs::write(root.join("gone"), "was here\n").unwrap();
    })
    .await;
    let edited = TEN.replace("2\n", "two\n").replace("9\n", "nine\n");
    b.write("t", &edited);
    b.write("new file", "x");
    std::fs::remove_file(b.root.join("gone")).unwrap();
    std::fs::rename(b.root.join("a.txt"), b.root.join("b.txt")).unwrap();
    let now = on_disk(&b.root);
    let hunks = b.hunks("t", 0).await;
    let mut picks: Vec<_> = b.files().await.iter().filter(|it| it.path != "t").map(whole).collect();
    assert_eq!(picks.len(), 3);
    picks.push(hunk("t", &hunks[1]));
    let rejected = b.reject(&Picks::These(picks)).await.unwrap();
    assert_eq!(b.read("t"), TEN.replace("2\n", "two\n"));
    assert_eq!(b.status(), "M t");
    let undo = CheckpointName::new("w", 99).unwrap();
    b.f.git.restore(&b.root, &rejected.undo.commit, &undo).await.unwrap();
    assert_eq!(on_disk(&b.root), now);
}

#[tokio::test]
async fn ws7_ws8_a_file_in_a_folders_place_is_decided_with_what_was_there() {
    let mut b = Bench::new(|root| {
        std::fs::create_dir(root.join("src")).unwrap();
        std::fs::write(root.join("src/main"), "x\n").unwrap();
    })
    .await;
    std::fs::remove_dir_all(b.root.join("src")).unwrap();
    b.write("src", "a file\n");
    let files = b.files().await;
    let [file, gone] = files.as_slice() else { panic!("{files:?}") };
    let approved = b.approve(&Picks::These(vec![whole(file)])).await;
    assert!(matches!(&approved, Err(GitError::NotDivisible { path }) if path == "src/main"), "{approved:?}");
    let rejected = b.reject(&Picks::These(vec![whole(gone)])).await;
    assert!(matches!(&rejected, Err(GitError::NotDivisible { path }) if path == "src"), "{rejected:?}");
    b.reject(&Picks::These(vec![whole(file), whole(gone)])).await.unwrap();
    assert_eq!(b.read("src/main"), "x\n");
}

async fn all_or_nothing(base: &[Edit], later: &[Edit]) {
    let mut b = Bench::new(|root| apply(root, base)).await;
    let before = on_disk(&b.root);
    apply(&b.root, later);
    let (now, seen) = (on_disk(&b.root), b.now().await);
    let rejected = b.reject(&Picks::All { seen: seen.clone() }).await.unwrap();
    assert_eq!(on_disk(&b.root), before);
    let undo = CheckpointName::new("w", 99).unwrap();
    b.f.git.restore(&b.root, &rejected.undo.commit, &undo).await.unwrap();
    b.approve(&Picks::All { seen: seen.clone() }).await.unwrap();
    assert_eq!(b.tree(), seen.as_str());
    assert_eq!((on_disk(&b.root), b.status()), (now, String::new()));
}

/// Some are approved one by one and the others rejected: then the branch has what is left.
async fn some(base: &[Edit], later: &[Edit], choice: &[Choice]) {
    let mut b = Bench::new(|root| apply(root, base)).await;
    apply(&b.root, later);
    let files = b.files().await;
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for (file, choice) in files.iter().zip(choice.iter().cycle()) {
        match choice {
            Choice::Yes => yes.push(whole(file)),
            Choice::No => no.push(whole(file)),
            Choice::Split(context) => {
                let hunks = b.hunks(&file.path, *context).await;
                if file.kind == vcs::FileChangeKind::Retyped || hunks.is_empty() {
                    no.push(whole(file));
                    continue;
                }
                yes.extend(hunks.iter().step_by(2).map(|id| hunk(&file.path, id)));
                no.extend(hunks.iter().skip(1).step_by(2).map(|id| hunk(&file.path, id)));
            }
        }
    }
    match b.reject(&Picks::These(no)).await {
        // Of a file in a folder's place the one can't come without the other's going.
        Err(GitError::NotDivisible { .. }) => return,
        rejected => rejected.unwrap(),
    };
    let left = b.now().await;
    assert_eq!(b.tree(), b.f.run(&b.root, &["rev-parse", &format!("{}^{{tree}}", b.base)]));
    let rest: Vec<_> = b.files().await.iter().map(whole).collect();
    b.approve(&Picks::These(rest)).await.unwrap();
    assert_eq!(b.tree(), left.as_str());

    // The same by approving alone.
    let twin = Bench::new(|root| apply(root, base)).await;
    apply(&twin.root, later);
    let now = on_disk(&twin.root);
    match twin.approve(&Picks::These(yes)).await {
        Err(GitError::NotDivisible { .. }) => return,
        approved => approved.unwrap(),
    };
    assert_eq!(on_disk(&twin.root), now);
    assert_eq!(twin.tree(), left.as_str());
}

#[derive(Clone, Debug)]
enum Choice {
    Yes,
    No,
    Split(u32),
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    let choice = prop_oneof![Just(Choice::Yes), Just(Choice::No), (0..4_u32).prop_map(Choice::Split)];
    proptest::collection::vec(choice, 1..6)
}

proptest! {
    #![proptest_config(few(8))]
    #[test]
    fn ws7_ws8_approving_all_is_the_agents_tree_and_rejecting_all_the_base(base in edits(6), later in edits(8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(all_or_nothing(&base, &later));
    }

    #[test]
    fn ws7_ws8_what_is_approved_and_what_is_rejected_make_up_the_whole(
        base in edits(6), later in edits(8), choice in choices()
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(some(&base, &later, &choice));
    }
}
