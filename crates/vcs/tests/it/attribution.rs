use std::path::{Path, PathBuf};

use proptest::prelude::*;
use vcs::{Attributed, LineKind, Lines, Maker, Oid, Story, TurnTrees, Whitespace};

use crate::edits::{self, few};
use crate::fixture::Fixture;

struct Tale {
    f: Fixture,
    root: PathBuf,
    base: Oid,
    turns: Vec<TurnTrees>,
}

impl Tale {
    async fn new(prepare: impl FnOnce(&Path)) -> Self {
        let f = Fixture::new().await;
        let root = f.repository("repo");
        prepare(&root);
        let base = f.git.snapshot(&root).await.unwrap().tree;
        Self { f, root, base, turns: Vec::new() }
    }

    async fn now(&self) -> Oid {
        self.f.git.snapshot(&self.root).await.unwrap().tree
    }

    async fn turn(&mut self, act: impl FnOnce(&Path)) {
        let before = self.now().await;
        act(&self.root);
        let after = self.now().await;
        self.turns.push(TurnTrees { before, after });
    }

    /// Checks that the lines of each file are those of the change.
    async fn told(&self) -> Vec<Attributed> {
        let now = self.now().await;
        let story = Story { base: &self.base, turns: &self.turns, now: &now };
        let told = self.f.git.attribute(&self.root, story).await.unwrap();
        let changes = self.f.git.compare(&self.root, &self.base, &now, Whitespace::Counts).await.unwrap();
        assert_eq!(told.len(), changes.files.len());
        for (file, change) in told.iter().zip(&changes.files) {
            assert_eq!(file.id, change.id);
            let count = |kind| file.lines.iter().filter(|it| it.kind == kind).count() as u64;
            if let Lines::Counted { additions, deletions } = change.lines {
                assert_eq!((count(LineKind::Added), count(LineKind::Removed)), (additions, deletions));
            }
            assert!(!file.makers.is_empty());
        }
        told
    }

    fn lines(&self, path: &str) -> Vec<String> {
        let text = std::fs::read(self.root.join(path)).unwrap_or_default();
        String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
    }
}

fn write(root: &Path, name: &str, text: &str) {
    std::fs::write(root.join(name), text).unwrap();
}

#[tokio::test]
async fn ws15_turns_and_hands_are_told_apart_through_moves() {
    let body: String = (0..30).map(|n| format!("line {n}\n")).collect();
    let mut t = Tale::new(|root| {
        write(root, "old", &body);
        write(root, "gone", "x\ny\n");
        write(root, "bin", "\0");
    })
    .await;
    let first = body.replace("line 3\n", "three\n");
    t.turn(|root| write(root, "old", &first)).await;
    let second = format!("top, by hand\n{first}");
    write(&t.root, "old", &second);
    t.turn(|root| {
        std::fs::rename(root.join("old"), root.join("new")).unwrap();
        std::fs::remove_file(root.join("gone")).unwrap();
        write(root, "bin", "\0\0");
    })
    .await;
    t.turn(|root| write(root, "new", &second.replace("line 9\n", "nine\n"))).await;
    t.turn(|_| {}).await;
    let told = t.told().await;
    let seen: Vec<_> = told.iter().map(|it| (&*it.path, &*it.makers)).collect();
    let (turn, hand) = (Maker::Turn, Maker::Hand);
    assert_eq!(
        seen,
        [("bin", [turn(1)].as_slice()), ("gone", &[turn(1)]), ("new", &[turn(0), turn(2), hand])]
    );
    let lines: Vec<_> = told[2].lines.iter().map(|it| (it.kind, it.number, it.by)).collect();
    let (added, removed) = (LineKind::Added, LineKind::Removed);
    assert_eq!(
        lines,
        [
            (added, 1, hand),
            (removed, 4, turn(0)),
            (added, 5, turn(0)),
            (removed, 10, turn(2)),
            (added, 11, turn(2)),
        ]
    );
}

#[tokio::test]
async fn ws15_files_that_change_places_keep_their_makers() {
    let body = |word: &str| (0..30).map(|n| format!("{word} {n}\n")).collect::<String>();
    let mut t = Tale::new(|root| {
        write(root, "a", &body("a"));
        write(root, "b", &body("b"));
    })
    .await;
    t.turn(|root| write(root, "a", &(body("a") + "by the first\n"))).await;
    t.turn(|root| {
        for (from, to) in [("a", "x"), ("b", "a"), ("x", "b")] {
            std::fs::rename(root.join(from), root.join(to)).unwrap();
        }
    })
    .await;
    let told = t.told().await;
    let b = told.iter().find(|it| it.path == "b").unwrap();
    let last = b.lines.iter().find(|it| it.kind == LineKind::Added && it.number == 31).unwrap();
    assert!(matches!(last.by, Maker::Turn(_)));
}

#[derive(Clone, Debug)]
enum Act {
    Insert(usize, usize),
    Delete(usize, usize),
    Drop(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        6 => (0..3_usize, 0..12_usize).prop_map(|(file, at)| Act::Insert(file, at)),
        3 => (0..3_usize, 0..12_usize).prop_map(|(file, at)| Act::Delete(file, at)),
        1 => (0..3_usize).prop_map(Act::Drop),
    ];
    proptest::collection::vec(act, 0..5)
}

const FILES: [&str; 3] = ["one", "two", "three"];

/// Every line that is put in says by itself whose it is.
fn act(t: &Tale, acts: &[Act], tag: &str, count: &mut usize) {
    for act in acts {
        let (Act::Insert(file, _) | Act::Delete(file, _) | Act::Drop(file)) = act;
        let name = FILES[*file];
        let mut lines = t.lines(name);
        match act {
            Act::Insert(_, at) => {
                *count += 1;
                lines.insert((*at).min(lines.len()), format!("{tag} {count}"));
            }
            Act::Delete(_, at) if *at < lines.len() => {
                lines.remove(*at);
            }
            Act::Delete(..) => continue,
            Act::Drop(_) => lines.clear(),
        }
        if lines.is_empty() {
            let _gone = std::fs::remove_file(t.root.join(name));
        } else {
            write(&t.root, name, &(lines.join("\n") + "\n"));
        }
    }
}

async fn every_line_has_its_maker(story: &[(Vec<Act>, Vec<Act>)]) {
    let first: String = (0..8).map(|n| format!("}}\nfirst {n}\n")).collect();
    let mut t = Tale::new(|root| write(root, "one", &first)).await;
    let mut count = 0;
    for (index, (by_hand, by_turn)) in story.iter().enumerate() {
        act(&t, by_hand, "hand", &mut count);
        let before = t.now().await;
        act(&t, by_turn, &format!("turn{index}"), &mut count);
        let after = t.now().await;
        t.turns.push(TurnTrees { before, after });
    }
    for file in t.told().await {
        let lines = t.lines(&file.path);
        for line in file.lines.iter().filter(|it| it.kind == LineKind::Added) {
            let text = &lines[line.number - 1];
            let maker = match line.by {
                Maker::Turn(index) => format!("turn{index} "),
                Maker::Hand => "hand ".into(),
            };
            let is_own = text.starts_with("turn") || text.starts_with("hand");
            assert!(!is_own || text.starts_with(&maker), "{text}: {:?}", line.by);
        }
    }
}

async fn sums(base: &[edits::Edit], turns: &[(Vec<edits::Edit>, Vec<edits::Edit>)]) {
    let mut t = Tale::new(|root| edits::apply(root, base)).await;
    for (by_hand, by_turn) in turns {
        edits::apply(&t.root, by_hand);
        t.turn(|root| edits::apply(root, by_turn)).await;
    }
    t.told().await;
}

proptest! {
    #![proptest_config(few(8))]
    #[test]
    fn ws15_every_line_has_its_maker(story in proptest::collection::vec((acts(), acts()), 1..4)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(every_line_has_its_maker(&story));
    }

    #[test]
    fn ws15_makers_sum_to_the_change(
        base in edits::edits(6),
        turns in proptest::collection::vec((edits::edits(3), edits::edits(5)), 1..4),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(sums(&base, &turns));
    }
}
