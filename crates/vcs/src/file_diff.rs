//! What changed within one file.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use crate::compare::{ChangeId, FileChange, FileMode, Moves, Side, Whitespace};
use crate::inspect::existing_folder;
use crate::patch::{self, LineKind, Patch, RawHunk, RawLine, lines_of};
use crate::{Git, GitError, Oid};

/// Beyond these a person reads the file, not its difference.
const LARGEST: u64 = 8 << 20;
const LINES_SHOWN: usize = 20_000;
const BYTES_OF_LINE: usize = 4_000;
const WIDEST_CONTEXT: u32 = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffOptions {
    /// Unchanged lines around a change.
    pub context: u32,
    pub whitespace: Whitespace,
}

impl Default for DiffOptions {
    fn default() -> Self {
        Self { context: 3, whitespace: Whitespace::Counts }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDiff {
    pub change: FileChange,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Text {
        hunks: Vec<Hunk>,
        /// Hunks beyond those shown; they still belong to the change of the file.
        omitted: usize,
    },
    Binary,
    TooLarge {
        bytes: u64,
    },
    /// Git LFS keeps the content elsewhere.
    Lfs {
        old: Option<LfsPointer>,
        new: Option<LfsPointer>,
    },
    Submodule,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LfsPointer {
    pub id: String,
    pub bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// By which it can be judged; `None` when whitespace is ignored, for then it is not the whole
    /// truth.
    pub id: Option<ChangeId>,
    pub lines: Vec<DiffLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    pub kind: LineKind,
    /// Its number on each side where it stands, from 1.
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub text: String,
    pub ending: Ending,
    /// Bytes beyond those shown.
    pub cut: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    LineFeed,
    /// The file ends without one.
    Nothing,
}

impl Git {
    /// The change of one file, by its name on either side.
    pub async fn file_diff(
        &self,
        repository: &Path,
        (old, new): (&Oid, &Oid),
        path: &str,
        options: DiffOptions,
    ) -> Result<FileDiff, GitError> {
        let folder = existing_folder(repository)?;
        let files = self.differing(&folder, old, new, Moves::Found).await?;
        let Some(mut change) = files.into_iter().find(|it| it.is_of(path)) else {
            return Err(GitError::NotChanged { path: path.into() });
        };
        self.weigh(&folder, &mut [&mut change]).await?;
        let body = self.body(&folder, (old, new), &change, options).await?;
        Ok(FileDiff { change, body })
    }

    /// The bytes of a file before and after its change; `None` for a side that is not there or no file.
    pub async fn both_sides(
        &self,
        repository: &Path,
        (old, new): (&Oid, &Oid),
        path: &str,
        limit: u64,
    ) -> Result<(Option<Vec<u8>>, Option<Vec<u8>>), GitError> {
        let folder = existing_folder(repository)?;
        let files = self.differing(&folder, old, new, Moves::Found).await?;
        let change = files.into_iter().find(|it| it.is_of(path));
        let change = change.ok_or_else(|| GitError::NotChanged { path: path.into() })?;
        let mut sides = (None, None);
        for (side, bytes) in [(change.old, &mut sides.0), (change.new, &mut sides.1)] {
            let Some(side) = side.filter(|it| matches!(it.mode, FileMode::Plain | FileMode::Executable))
            else {
                continue;
            };
            *bytes = Some(self.read_blob(&folder, &side.oid, limit).await?);
        }
        Ok(sides)
    }

    /// Lines `first..=last` of a file's side, counted from 1, for who wants more context.
    pub async fn lines(
        &self,
        repository: &Path,
        blob: &Oid,
        first: usize,
        last: usize,
    ) -> Result<Vec<String>, GitError> {
        let bytes = self.read_blob(repository, blob, LARGEST).await?;
        let wanted = last.saturating_sub(first.saturating_sub(1)).min(LINES_SHOWN);
        let lines = lines_of(&bytes).skip(first.saturating_sub(1)).take(wanted);
        Ok(lines.map(|line| shown(line).0).collect())
    }

    async fn body(
        &self,
        folder: &Path,
        trees: (&Oid, &Oid),
        change: &FileChange,
        options: DiffOptions,
    ) -> Result<Body, GitError> {
        if change.is_submodule() {
            return Ok(Body::Submodule);
        }
        let sides = [&change.old, &change.new].into_iter().flatten();
        let bytes = sides.filter_map(|it| it.bytes).max().unwrap_or_default();
        if bytes > LARGEST {
            return Ok(Body::TooLarge { bytes });
        }
        let (old, new) = (self.pointer(folder, &change.old).await?, self.pointer(folder, &change.new).await?);
        if old.is_some() || new.is_some() {
            return Ok(Body::Lfs { old, new });
        }
        match self.patch(folder, trees, change, options).await? {
            Patch::Binary => Ok(Body::Binary),
            Patch::Text(hunks) => Ok(text_body(&hunks, change, options)),
        }
    }

    pub(crate) async fn patch(
        &self,
        folder: &Path,
        trees: (&Oid, &Oid),
        change: &FileChange,
        options: DiffOptions,
    ) -> Result<Patch, GitError> {
        let mut manner = vec![format!("--unified={}", options.context.min(WIDEST_CONTEXT)).into()];
        if options.whitespace == Whitespace::Ignored {
            manner.push("--ignore-all-space".into());
        }
        let names = [&change.name, &change.old_name].map(|it| OsString::from_vec(it.clone()));
        let here = self.patches(folder, trees, manner.clone(), &names).await?;
        let is_it = |(found, _): &(FileChange, Patch)| found.id == change.id;
        if let Some((_, patch)) = here.into_iter().find(is_it) {
            return Ok(patch);
        }
        // A path stands for what is below it too, and then files may be paired in another way.
        let all = self.patches(folder, trees, manner, &[]).await?;
        let gone = || GitError::NotChanged { path: change.path.clone() };
        all.into_iter().find(is_it).map(|(_, patch)| patch).ok_or_else(gone)
    }

    async fn pointer(&self, folder: &Path, side: &Option<Side>) -> Result<Option<LfsPointer>, GitError> {
        let Some(side) = side.as_ref().filter(|it| it.mode != FileMode::Link && is_pointer_sized(it)) else {
            return Ok(None);
        };
        let contents = self.contents(folder, std::slice::from_ref(&side.oid)).await?;
        Ok(contents.first().and_then(|it| pointer(it)))
    }
}

fn is_pointer_sized(side: &Side) -> bool {
    side.bytes.is_some_and(|bytes| (100..1024).contains(&bytes))
}

fn pointer(content: &[u8]) -> Option<LfsPointer> {
    let text = std::str::from_utf8(content).ok()?;
    let rest = text.strip_prefix("version https://git-lfs.github.com/spec/v1\n")?;
    let field = |name: &str| rest.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    Some(LfsPointer { id: field("oid sha256:")?, bytes: field("size ")?.parse().ok()? })
}

fn text_body(raw: &[RawHunk], change: &FileChange, options: DiffOptions) -> Body {
    let (mut hunks, mut lines) = (Vec::new(), 0);
    for hunk in raw {
        lines += hunk.lines.len();
        if lines > LINES_SHOWN {
            break;
        }
        let id = match options.whitespace {
            Whitespace::Counts => Some(id_of(change, hunk, options.context)),
            Whitespace::Ignored => None,
        };
        hunks.push(Hunk { id, lines: numbered(hunk) });
    }
    Body::Text { omitted: raw.len() - hunks.len(), hunks }
}

/// Where it stands in the old text, which does not move, and all that it says. The context is part
/// of the text, so that the hunk can be found again.
pub(crate) fn id_of(change: &FileChange, hunk: &RawHunk, context: u32) -> ChangeId {
    let start = hunk.old.start.to_le_bytes();
    let marked = |line: &RawLine| {
        let mark: &[u8] = match line.kind {
            LineKind::Same => b" ",
            LineKind::Added => b"+",
            LineKind::Removed => b"-",
        };
        [mark, &line.text].concat()
    };
    let lines: Vec<Vec<u8>> = hunk.lines.iter().map(marked).collect();
    let parts = [&*change.old_name, &*change.name, &start].into_iter();
    let id = ChangeId::of(parts.chain(lines.iter().map(Vec::as_slice)));
    ChangeId::from_text(&format!("{}-{}", context.min(WIDEST_CONTEXT), id.as_str()))
}

/// The context with which a hunk was seen.
pub(crate) fn context_of(id: &ChangeId) -> Option<u32> {
    let (context, _) = id.as_str().split_once('-')?;
    context.parse().ok()
}

fn numbered(hunk: &RawHunk) -> Vec<DiffLine> {
    let first = |span: patch::Span| if span.count == 0 { span.start + 1 } else { span.start };
    let (mut old, mut new) = (first(hunk.old), first(hunk.new));
    let mut lines = Vec::with_capacity(hunk.lines.len());
    for line in &hunk.lines {
        let (in_old, in_new) = (line.kind != LineKind::Added, line.kind != LineKind::Removed);
        let (text, cut) = shown(&line.text);
        let ending = if line.text.ends_with(b"\n") { Ending::LineFeed } else { Ending::Nothing };
        let (at_old, at_new) = (in_old.then_some(old), in_new.then_some(new));
        lines.push(DiffLine { kind: line.kind, old: at_old, new: at_new, text, ending, cut });
        old += usize::from(in_old);
        new += usize::from(in_new);
    }
    lines
}

/// Without the line feed, and at most as long as a screen can show.
fn shown(line: &[u8]) -> (String, usize) {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let kept = &line[..line.len().min(BYTES_OF_LINE)];
    let text = String::from_utf8_lossy(kept);
    let text = if kept.len() < line.len() { text.trim_end_matches('\u{fffd}').into() } else { text };
    (text.into_owned(), line.len() - kept.len())
}
