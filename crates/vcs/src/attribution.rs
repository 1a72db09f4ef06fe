//! Which turn brought what of a change.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::compare::{ChangeId, FileChange, FileChangeKind, Moves, Side};
use crate::inspect::existing_folder;
use crate::lineage::{Lineage, Maker, attribute};
use crate::patch::{LineKind, Patch};
use crate::{Git, GitError, Oid};

/// Larger files belong to turns as a whole.
const LARGEST: u64 = 2 << 20;

/// How a worktree became what it is: moments, each a tree or a commit.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    pub base: &'a Oid,
    /// In their order. What lies between two of them was done by hand.
    pub turns: &'a [TurnTrees],
    pub now: &'a Oid,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnTrees {
    pub before: Oid,
    pub after: Oid,
}

/// One changed file of base → now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributed {
    pub id: ChangeId,
    pub path: String,
    /// Whoever has a part in it. Never empty.
    pub makers: Vec<Maker>,
    /// Every line that was added or removed, once, in the order of the hunks; none of a file that is
    /// not read line by line.
    pub lines: Vec<AttributedLine>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributedLine {
    pub kind: LineKind,
    /// On the new side for an added line, on the old side for a removed one.
    pub number: usize,
    pub by: Maker,
}

/// All files that a story has touched, by the names they have at this point of it.
type Files = BTreeMap<Vec<u8>, Lineage>;

impl Git {
    /// The makers of each changed file, in the order of paths.
    pub async fn attribute(&self, repository: &Path, story: Story<'_>) -> Result<Vec<Attributed>, GitError> {
        let folder = existing_folder(repository)?;
        let mut files = Files::new();
        for (old, new, by) in steps(story) {
            if old != new {
                self.step(&folder, (old, new), by, &mut files).await?;
            }
        }
        let narrow = vec!["--unified=0".into()];
        let changes = self.patches(&folder, (story.base, story.now), narrow, &[]).await?;
        let mut found: Vec<_> = changes
            .iter()
            .map(|(change, patch)| {
                let hunks = match patch {
                    Patch::Text(hunks) => hunks.as_slice(),
                    Patch::Binary => &[],
                };
                let new = files.get(&change.name);
                let same = new.filter(|it| it.began_as(&change.old_name));
                let old = same.or_else(|| files.get(&change.old_name));
                attributed(change, attribute(hunks, old, new), [old, new])
            })
            .collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    async fn step(
        &self,
        folder: &Path,
        (old, new): (&Oid, &Oid),
        by: Maker,
        files: &mut Files,
    ) -> Result<(), GitError> {
        let changes = self.differing(folder, old, new, Moves::Found).await?;
        let texts = self.texts(folder, &changes).await?;
        let text = |side: &Option<Side>| side.as_ref().and_then(|it| texts.get(&it.oid)?.as_deref());
        follow_moves(&changes, &text, by, files);
        for change in &changes {
            let (old, new) = (text(&change.old), text(&change.new));
            let name = &change.name;
            let lineage = files.entry(name.clone()).or_insert_with(|| Lineage::of(name, old));
            lineage.step(old, new, by);
        }
        Ok(())
    }

    async fn texts(
        &self,
        folder: &Path,
        changes: &[FileChange],
    ) -> Result<HashMap<Oid, Option<Vec<u8>>>, GitError> {
        let sides = changes.iter().filter(|it| !it.is_submodule()).flat_map(|it| [&it.old, &it.new]);
        let asked: BTreeSet<Oid> = sides.flatten().map(|side| side.oid.clone()).collect();
        let asked: Vec<Oid> = asked.into_iter().collect();
        let contents = self.contents_within(folder, &asked, LARGEST).await?;
        let text = |content: Option<Vec<u8>>| content.filter(|it| !it.contains(&0));
        Ok(asked.into_iter().zip(contents.into_iter().map(text)).collect())
    }
}

/// Files take their lines with them. At the name that they leave behind all lines are gone.
fn follow_moves<'a>(
    changes: &[FileChange],
    text: &impl Fn(&Option<Side>) -> Option<&'a [u8]>,
    by: Maker,
    files: &mut Files,
) {
    let moves = || changes.iter().filter(|it| it.kind == FileChangeKind::Moved);
    let mut arriving = Vec::new();
    for change in moves() {
        let name = &change.old_name;
        let left = files.entry(name.clone()).or_insert_with(|| Lineage::of(name, text(&change.old)));
        let mut lineage = left.clone();
        lineage.moved_by(by);
        arriving.push((change.name.clone(), lineage));
    }
    for change in moves() {
        if let Some(left) = files.get_mut(&change.old_name) {
            left.step(text(&change.old), None, by);
        }
    }
    files.extend(arriving);
}

fn steps(story: Story<'_>) -> Vec<(&Oid, &Oid, Maker)> {
    let (mut steps, mut at) = (Vec::with_capacity(story.turns.len() * 2 + 1), story.base);
    for (index, turn) in story.turns.iter().enumerate() {
        steps.push((at, &turn.before, Maker::Hand));
        steps.push((&turn.before, &turn.after, Maker::Turn(index)));
        at = &turn.after;
    }
    steps.push((at, story.now, Maker::Hand));
    steps
}

fn attributed(
    change: &FileChange,
    lines: Vec<(LineKind, usize, Maker)>,
    lineages: [Option<&Lineage>; 2],
) -> Attributed {
    let of_lines: BTreeSet<Maker> = lines.iter().map(|(_, _, by)| *by).collect();
    let touched = || lineages.into_iter().flatten().flat_map(|it| it.touched().iter().copied()).collect();
    let mut makers = if of_lines.is_empty() { touched() } else { of_lines };
    if makers.is_empty() {
        makers.insert(Maker::Hand);
    }
    let line = |(kind, number, by)| AttributedLine { kind, number, by };
    Attributed {
        id: change.id.clone(),
        path: change.path.clone(),
        makers: makers.into_iter().collect(),
        lines: lines.into_iter().map(line).collect(),
    }
}
