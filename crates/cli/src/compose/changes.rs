//! Changes as git tells them, in the words of the domain.

use std::path::{Path, PathBuf};

use model::{
    ChangeBody, ChangeHunk, ChangeLine, ChangedFile, ChangedHow, Changes, FileChange, LineHow, limits,
};
use ports::vcs::{ChangeView, Since, VcsError};
use vcs::{Body, DiffLine, DiffOptions, Ending, FileChangeKind, Hunk, LineKind, Lines};
use vcs::{Oid, Whitespace, WorktreeRoot};

use super::git::GitVcs;
use super::work::refusal;

impl GitVcs {
    pub(super) async fn tell_changes(&self, since: Since) -> Result<Changes, VcsError> {
        let base = oid(&since.base)?;
        let git = self.git().await?;
        let (tree, skipped) = self.until(&since).await?;
        let found = git.compare(&since.worktree, &base, &tree, Whitespace::Counts).await;
        let found = found.map_err(|error| self.say(error))?;
        let changes = Changes { skipped, seen: tree.to_string(), ..listed(&found) };
        if since.until.is_some() {
            return Ok(changes);
        }
        let merge = git.merging(&since.worktree).await.map_err(|error| self.say(error))?;
        let conflicts = merge.iter().flatten().map(|it| it.path.clone()).collect();
        Ok(Changes { merging: merge.is_some(), conflicts, ..changes })
    }

    /// The tree at the end, and what is not in it.
    pub(super) async fn until(&self, since: &Since) -> Result<(Oid, Vec<String>), VcsError> {
        let git = self.git().await?;
        match &since.until {
            Some(until) => Ok((oid(until)?, Vec::new())),
            None => {
                let now = git.snapshot(&since.worktree).await.map_err(|error| self.say(error))?;
                Ok((now.tree, now.skipped.into_iter().map(|it| it.path).collect()))
            }
        }
    }

    pub(super) async fn tell_file_change(
        &self,
        since: Since,
        path: String,
        view: ChangeView,
    ) -> Result<FileChange, VcsError> {
        let base = oid(&since.base)?;
        let git = self.git().await?;
        let (tree, _) = self.until(&since).await?;
        let whitespace = if view.ignore_whitespace { Whitespace::Ignored } else { Whitespace::Counts };
        let options = DiffOptions { context: view.context, whitespace };
        let found = git.file_diff(&since.worktree, (&base, &tree), &path, options).await;
        let found = found.map_err(|error| self.say(error))?;
        let mut file = file(&found.change);
        if let Body::Text { hunks, .. } = &found.body {
            let count = |kind| hunks.iter().flat_map(|it| &it.lines).filter(|it| it.kind == kind).count();
            file.added = Some(small(count(LineKind::Added)));
            file.removed = Some(small(count(LineKind::Removed)));
        }
        Ok(FileChange { file, body: body(found.body) })
    }
}

/// GR7: the path is confined to the worktree, links included.
pub(super) async fn read(worktree: PathBuf, path: String) -> Result<String, VcsError> {
    let refused = |refused| refusal(refused, &path);
    let root = WorktreeRoot::open(&worktree).map_err(refused)?;
    root.read_text(Path::new(&path), limits::FILE_TEXT_BYTES).await.map_err(refused)
}

/// As [`read`], whatever is in it.
pub(super) async fn read_bytes(worktree: PathBuf, path: String, limit: u64) -> Result<Vec<u8>, VcsError> {
    let refused = |refused| refusal(refused, &path);
    let root = WorktreeRoot::open(&worktree).map_err(refused)?;
    root.read_bytes(Path::new(&path), limit).await.map_err(refused)
}

pub(super) fn oid(hex: &str) -> Result<Oid, VcsError> {
    let unknown = |_| VcsError::Failed { detail: "it is not known what to compare with".to_owned() };
    hex.parse().map_err(unknown)
}

pub(super) fn listed(found: &vcs::Comparison) -> Changes {
    let files = found.files.iter().map(file).collect();
    Changes { files, omitted: small(found.omitted), ..Changes::default() }
}

pub(super) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn file(change: &vcs::FileChange) -> ChangedFile {
    let (added, removed) = match change.lines {
        Lines::Uncounted => (None, None),
        Lines::Counted { additions, deletions } => (
            Some(u32::try_from(additions).unwrap_or(u32::MAX)),
            Some(u32::try_from(deletions).unwrap_or(u32::MAX)),
        ),
    };
    ChangedFile {
        id: change.id.as_str().to_owned(),
        path: change.path.clone(),
        moved_from: change.moved_from.clone(),
        how: match change.kind {
            FileChangeKind::Added => ChangedHow::Added,
            FileChangeKind::Modified => ChangedHow::Modified,
            FileChangeKind::Deleted => ChangedHow::Deleted,
            FileChangeKind::Moved => ChangedHow::Moved,
            FileChangeKind::Retyped => ChangedHow::Retyped,
        },
        added,
        removed,
    }
}

fn body(body: Body) -> ChangeBody {
    match body {
        Body::Binary => ChangeBody::Binary,
        Body::TooLarge { bytes } => ChangeBody::TooLarge { bytes },
        Body::Lfs { old, new } => {
            ChangeBody::Lfs { old: old.map(|it| it.bytes), new: new.map(|it| it.bytes) }
        }
        Body::Submodule => ChangeBody::Submodule,
        Body::Text { hunks, omitted } => fitting(hunks, omitted),
    }
}

/// As many whole hunks as go into an answer.
fn fitting(hunks: Vec<Hunk>, omitted: usize) -> ChangeBody {
    let (all, mut bytes, mut kept) = (hunks.len() + omitted, 0, Vec::new());
    for hunk in hunks {
        bytes += hunk.lines.iter().map(|it| it.text.len() + limits::CHANGE_LINE_BYTES).sum::<usize>();
        if bytes > limits::CHANGE_BYTES {
            break;
        }
        let id = hunk.id.map(|it| it.as_str().to_owned());
        kept.push(ChangeHunk { id, lines: hunk.lines.into_iter().map(line).collect() });
    }
    ChangeBody::Text { omitted: small(all - kept.len()), hunks: kept }
}

fn line(line: DiffLine) -> ChangeLine {
    ChangeLine {
        how: match line.kind {
            LineKind::Same => LineHow::Same,
            LineKind::Added => LineHow::Added,
            LineKind::Removed => LineHow::Removed,
        },
        old: line.old.map(small),
        new: line.new.map(small),
        text: line.text,
        open_end: line.ending == Ending::Nothing,
        cut: small(line.cut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ports::vcs::Vcs;

    struct Sample {
        _folder: tempfile::TempDir,
        git: GitVcs,
        since: Since,
    }

    /// The sample repository, in which one line was changed by hand.
    async fn changed() -> Sample {
        let folder = tempfile::tempdir().unwrap();
        let worktree = folder.path().canonicalize().unwrap().join("sample");
        let git = GitVcs::new(None);
        git.create_sample(&worktree).await.unwrap();
        let base = git.git().await.unwrap().head_oid(&worktree).await.unwrap().to_string();
        std::fs::write(worktree.join("new.txt"), "one\ntwo").unwrap();
        Sample { _folder: folder, git, since: Since { worktree, base, until: None } }
    }

    #[tokio::test]
    async fn fi2_files_that_differ_from_the_base_are_told() {
        let it = changed().await;
        let changes = it.git.changes(it.since.clone()).await.unwrap();
        let [file] = changes.files.as_slice() else { panic!("{changes:?}") };
        assert_eq!((&*file.path, file.how), ("new.txt", ChangedHow::Added));
        assert_eq!((file.added, file.removed), (Some(2), Some(0)));
        let unknown = Since { base: "--option".into(), ..it.since };
        assert!(matches!(it.git.changes(unknown).await, Err(VcsError::Failed { .. })));
    }

    #[tokio::test]
    async fn fi3_a_files_change_is_told_line_by_line() {
        let it = changed().await;
        let view = ChangeView { context: 3, ignore_whitespace: false };
        let change = it.git.file_change(it.since.clone(), "new.txt".into(), view).await.unwrap();
        let ChangeBody::Text { hunks, omitted: 0 } = change.body else { panic!() };
        let last = hunks[0].lines.last().unwrap();
        assert_eq!((last.how, last.new, &*last.text, last.open_end), (LineHow::Added, Some(2), "two", true));
        let same = it.git.file_change(it.since, "README.md".into(), view).await;
        assert!(matches!(same, Err(VcsError::FileMissing { .. })));
    }

    #[tokio::test]
    async fn fi4_gr7_a_file_is_read_and_nothing_outside() {
        let it = changed().await;
        let read = |path: &str| it.git.read_file(it.since.worktree.clone(), path.to_owned());
        assert_eq!(read("new.txt").await.unwrap(), "one\ntwo");
        assert!(matches!(read("none").await, Err(VcsError::FileMissing { .. })));
        for path in ["../x", "/etc/passwd", ".git/config", ""] {
            assert!(matches!(read(path).await, Err(VcsError::FileRefused { .. })), "{path}");
        }
    }
}
