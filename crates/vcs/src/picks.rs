//! Which of the changes a person chose, found again by what they saw.

use std::collections::BTreeMap;
use std::path::Path;

use crate::compare::{ChangeId, FileChange, FileChangeKind, FileMode, Moves, Side};
use crate::file_diff::{DiffOptions, context_of, id_of};
use crate::patch::{self, Patch, RawHunk};
use crate::restore::entry;
use crate::{Git, GitError, Oid};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picks {
    /// Everything, as it was seen in this snapshot.
    All {
        seen: Oid,
    },
    These(Vec<Pick>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// `FileChange::id`
    File { path: String, id: ChangeId },
    /// `Hunk::id`
    Hunk { path: String, id: ChangeId },
}

/// What was chosen of one file.
pub(crate) struct Choice {
    pub(crate) change: FileChange,
    pub(crate) part: Part,
}

pub(crate) enum Part {
    Whole,
    /// All hunks of the file, and whether each was chosen.
    Hunks(Vec<(RawHunk, Chosen)>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chosen {
    Yes,
    No,
}

impl Git {
    /// Each file once. A pick whose id is found nowhere is out of date.
    pub(crate) async fn choices(
        &self,
        folder: &Path,
        (base, now): (&Oid, &Oid),
        picks: &[Pick],
    ) -> Result<Vec<Choice>, GitError> {
        let files = self.differing(folder, base, now, Moves::Found).await?;
        let mut whole: BTreeMap<usize, Vec<&ChangeId>> = BTreeMap::new();
        for pick in picks {
            let (at, hunk) = place(&files, pick)?;
            whole.entry(at).or_default().extend(hunk);
        }
        let mut choices = Vec::with_capacity(whole.len());
        for (at, hunks) in whole {
            let change = files[at].clone();
            let is_whole = picks.iter().any(|it| matches!(it, Pick::File { id, .. } if *id == change.id));
            let part = match is_whole {
                true => Part::Whole,
                false => self.part(folder, (base, now), &change, &hunks).await?,
            };
            choices.push(Choice { change, part });
        }
        Ok(choices)
    }

    async fn part(
        &self,
        folder: &Path,
        trees: (&Oid, &Oid),
        change: &FileChange,
        ids: &[&ChangeId],
    ) -> Result<Part, GitError> {
        let stale = || GitError::Changed { path: change.path.clone() };
        let context = ids.first().and_then(|id| context_of(id)).ok_or_else(stale)?;
        let options = DiffOptions { context, ..DiffOptions::default() };
        let Patch::Text(hunks) = self.patch(folder, trees, change, options).await? else {
            return Err(stale());
        };
        let known: Vec<ChangeId> = hunks.iter().map(|hunk| id_of(change, hunk, context)).collect();
        if !ids.iter().all(|id| known.contains(id)) {
            return Err(stale());
        }
        let chosen = |id| if ids.contains(&id) { Chosen::Yes } else { Chosen::No };
        let chosen: Vec<_> = hunks.into_iter().zip(known.iter().map(chosen)).collect();
        if chosen.iter().all(|(_, chosen)| *chosen == Chosen::Yes) {
            return Ok(Part::Whole);
        }
        if change.kind == FileChangeKind::Retyped {
            return Err(GitError::NotDivisible { path: change.path.clone() });
        }
        Ok(Part::Hunks(chosen))
    }

    /// The content of the old side with those hunks that were, or were not, chosen; nothing more of
    /// a file that was moved or became a program.
    pub(crate) async fn content_with(
        &self,
        folder: &Path,
        change: &FileChange,
        hunks: &[(RawHunk, Chosen)],
        wanted: Chosen,
    ) -> Result<Oid, GitError> {
        let stale = || GitError::Changed { path: change.path.clone() };
        let old = change.old.as_ref().ok_or_else(stale)?;
        let mut contents = self.contents(folder, std::slice::from_ref(&old.oid)).await?;
        let text = contents.pop().ok_or_else(stale)?;
        let hunks = hunks.iter().filter(|(_, chosen)| *chosen == wanted).map(|(hunk, _)| hunk);
        let content = patch::apply(&text, hunks).ok_or_else(stale)?;
        self.write_blob(folder, content).await
    }
}

fn place<'a>(files: &[FileChange], pick: &'a Pick) -> Result<(usize, Option<&'a ChangeId>), GitError> {
    let (path, found, hunk) = match pick {
        Pick::File { path, id } => (path, files.iter().position(|it| it.id == *id && it.is_of(path)), None),
        Pick::Hunk { path, id } => (path, files.iter().position(|it| it.is_of(path)), Some(id)),
    };
    let found = found.ok_or_else(|| GitError::Changed { path: path.clone() })?;
    Ok((found, hunk))
}

/// Lines of `update-index --index-info` that put one side of a change into the other's place.
pub(crate) fn replace(there: Option<(&Side, &[u8])>, by: Option<(&Side, &[u8])>) -> Vec<u8> {
    let mut entries = Vec::new();
    if let Some((side, name)) = there
        && by.is_none_or(|(_, other)| other != name)
    {
        let nothing = "0".repeat(side.oid.as_str().len());
        entries.extend(format!("0 {nothing}\t").into_bytes());
        entries.extend_from_slice(name);
        entries.push(0);
    }
    if let Some((side, name)) = by {
        entries.extend(entry(side.mode.octal(), &side.oid, name));
    }
    entries
}

impl Choice {
    pub(crate) fn before(&self) -> Option<(&Side, &[u8])> {
        Some((self.change.old.as_ref()?, &self.change.old_name))
    }

    pub(crate) fn after(&self) -> Option<(&Side, &[u8])> {
        Some((self.change.new.as_ref()?, &self.change.name))
    }

    /// The new side's name and mode with another content.
    pub(crate) fn new_with(&self, content: Oid) -> Side {
        let mode = self.change.new.as_ref().map_or(FileMode::Plain, |it| it.mode);
        Side { oid: content, mode, bytes: None }
    }
}
