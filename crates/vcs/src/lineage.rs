//! Who made each line, carried from one text to the next. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use crate::patch::{LineKind, RawHunk, lines_of};

/// Two texts that have nothing in common are told apart no better by thinking longer.
const LONGEST: Duration = Duration::from_millis(500);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Maker {
    /// By its place in the story.
    Turn(usize),
    /// What no turn brought: a person, by hand.
    Hand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// A line of the first text, by its number from 0.
    First(usize),
    Made(Maker),
}

/// One file on its way from the first text to the last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lineage {
    /// The name of the first text.
    first: Vec<u8>,
    moved: Option<Maker>,
    lines: Vec<Origin>,
    /// Lines of the first text, and who took them away last.
    removed: BTreeMap<usize, Maker>,
    touched: BTreeSet<Maker>,
}

impl Lineage {
    pub(crate) fn of(name: &[u8], text: Option<&[u8]>) -> Self {
        let count = text.map_or(0, |text| lines_of(text).count());
        let lines = (0..count).map(Origin::First).collect();
        Self { first: name.to_vec(), lines, ..Self::default() }
    }

    pub(crate) fn began_as(&self, name: &[u8]) -> bool {
        self.first == name
    }

    pub(crate) fn moved_by(&mut self, by: Maker) {
        self.moved = Some(by);
    }

    /// `None` is a text that is not there, or no text.
    pub(crate) fn step(&mut self, old: Option<&[u8]>, new: Option<&[u8]>, by: Maker) {
        self.touched.insert(by);
        let old: Vec<&[u8]> = old.map_or_else(Vec::new, |text| lines_of(text).collect());
        let new: Vec<&[u8]> = new.map_or_else(Vec::new, |text| lines_of(text).collect());
        if old.len() != self.lines.len() {
            return self.renew(new.len(), by);
        }
        let mut lines = Vec::with_capacity(new.len());
        let deadline = Instant::now() + LONGEST;
        for op in capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(deadline)) {
            match op {
                DiffOp::Equal { old_index, len, .. } => {
                    lines.extend_from_slice(&self.lines[old_index..old_index + len]);
                }
                DiffOp::Delete { old_index, old_len, .. } => self.take(old_index, old_len, by),
                DiffOp::Insert { new_len, .. } => lines.extend(vec![Origin::Made(by); new_len]),
                DiffOp::Replace { old_index, old_len, new_len, .. } => {
                    self.take(old_index, old_len, by);
                    lines.extend(vec![Origin::Made(by); new_len]);
                }
            }
        }
        self.lines = lines;
    }

    fn take(&mut self, begin: usize, count: usize, by: Maker) {
        for origin in &self.lines[begin..begin + count] {
            if let Origin::First(line) = origin {
                self.removed.insert(*line, by);
            }
        }
    }

    fn renew(&mut self, count: usize, by: Maker) {
        self.take(0, self.lines.len(), by);
        self.lines = vec![Origin::Made(by); count];
    }

    fn maker_of_new(&self, number: usize) -> Option<Maker> {
        match self.lines.get(number.checked_sub(1)?)? {
            Origin::Made(maker) => Some(*maker),
            Origin::First(_) => None,
        }
    }

    fn maker_of_removal(&self, number: usize) -> Option<Maker> {
        self.removed.get(&number.checked_sub(1)?).copied()
    }

    pub(crate) fn touched(&self) -> &BTreeSet<Maker> {
        &self.touched
    }
}

/// One changed line: its kind, its number on its own side, its maker. Each changed line of the hunks
/// once, in their order. Where git pairs lines in another way than they came about, the maker of
/// its neighbour is taken.
pub(crate) fn attribute(
    hunks: &[RawHunk],
    old: Option<&Lineage>,
    new: Option<&Lineage>,
) -> Vec<(LineKind, usize, Maker)> {
    let moved = new.and_then(|it| it.moved);
    let touched = [new, old].into_iter().flatten().flat_map(|it| it.touched().iter().copied());
    let anybody = moved.or(touched.min()).unwrap_or(Maker::Hand);
    hunks.iter().flat_map(|hunk| of_hunk(hunk, old, new, anybody)).collect()
}

fn of_hunk(
    hunk: &RawHunk,
    old: Option<&Lineage>,
    new: Option<&Lineage>,
    anybody: Maker,
) -> Vec<(LineKind, usize, Maker)> {
    let (mut at_old, mut at_new) = (hunk.old.start, hunk.new.start);
    let mut known = Vec::with_capacity(hunk.lines.len());
    for line in &hunk.lines {
        match line.kind {
            LineKind::Same => (at_old, at_new) = (at_old + 1, at_new + 1),
            LineKind::Removed => {
                known.push((line.kind, at_old, old.and_then(|it| it.maker_of_removal(at_old))));
                at_old += 1;
            }
            LineKind::Added => {
                known.push((line.kind, at_new, new.and_then(|it| it.maker_of_new(at_new))));
                at_new += 1;
            }
        }
    }
    let mut last = known.iter().find_map(|(_, _, maker)| *maker).unwrap_or(anybody);
    let mut filled = Vec::with_capacity(known.len());
    for (kind, number, maker) in known {
        last = maker.unwrap_or(last);
        filled.push((kind, number, last));
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws15_lines_keep_their_makers_as_others_come_and_go() {
        let mut file = Lineage::of(b"x", Some(b"a\nb\nc\n"));
        file.step(Some(b"a\nb\nc\n"), Some(b"a\nx\nb\nc\n"), Maker::Turn(0));
        file.step(Some(b"a\nx\nb\nc\n"), Some(b"top\na\nx\nc\n"), Maker::Hand);
        file.step(Some(b"top\na\nx\nc\n"), Some(b"top\na\nx\nc\nend\n"), Maker::Turn(1));
        let new: Vec<_> = (1..=5).map(|number| file.maker_of_new(number)).collect();
        let (turn, hand) = (|it| Some(Maker::Turn(it)), Some(Maker::Hand));
        assert_eq!(new, [hand, None, turn(0), None, turn(1)]);
        assert_eq!([file.maker_of_removal(2), file.maker_of_removal(1)], [hand, None]);
    }
}
