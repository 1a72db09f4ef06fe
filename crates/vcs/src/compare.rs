//! Which files differ between two trees.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::call::words;
use crate::changes::Lines;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::patch::{self, Patch};
use crate::{Git, GitError, Oid};

/// More files than a person looks through; the rest is only counted.
const FILES_SHOWN: usize = 20_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// By path.
    pub files: Vec<FileChange>,
    /// Changed files beyond those listed.
    pub omitted: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Stands for both sides as they were seen. Another change of the same file has another one.
    pub id: ChangeId,
    /// Where it is now, or was.
    pub path: String,
    /// Where it came from, when it was moved.
    pub moved_from: Option<String>,
    pub kind: FileChangeKind,
    pub old: Option<Side>,
    pub new: Option<Side>,
    pub lines: Lines,
    pub(crate) name: Vec<u8>,
    pub(crate) old_name: Vec<u8>,
}

/// Of what a person saw: a file's change, or one hunk of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChangeId(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChangeKind {
    Added,
    Modified,
    Deleted,
    Moved,
    /// A file became a symbolic link, or the like.
    Retyped,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub oid: Oid,
    pub mode: FileMode,
    /// Of the content as git keeps it; `None` for a submodule, and in a comparison for what has lines.
    pub bytes: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileMode {
    Plain,
    Executable,
    Link,
    Submodule,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whitespace {
    #[default]
    Counts,
    Ignored,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moves {
    Found,
    /// As a deletion and an addition.
    Apart,
}

impl ChangeId {
    pub(crate) fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let digest = hash.finalize();
        Self(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }

    /// What a client gives back; one that stands for nothing is found nowhere.
    pub fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FileMode {
    fn parse(octal: &str) -> Option<Self> {
        match octal {
            "100644" | "100664" => Some(Self::Plain),
            "100755" => Some(Self::Executable),
            "120000" => Some(Self::Link),
            "160000" => Some(Self::Submodule),
            _ => None,
        }
    }

    pub(crate) fn octal(self) -> &'static str {
        match self {
            Self::Plain => "100644",
            Self::Executable => "100755",
            Self::Link => "120000",
            Self::Submodule => "160000",
        }
    }
}

impl FileChange {
    /// Whether this is the file, by the name that it has or had.
    pub fn is_of(&self, path: &str) -> bool {
        self.path == path || self.moved_from.as_deref() == Some(path)
    }

    pub(crate) fn is_submodule(&self) -> bool {
        let sides = [&self.old, &self.new];
        sides.into_iter().flatten().any(|side| side.mode == FileMode::Submodule)
    }
}

impl Git {
    /// What became of the files of `old` in `new`; each a tree or a commit.
    pub async fn compare(
        &self,
        repository: &Path,
        old: &Oid,
        new: &Oid,
        whitespace: Whitespace,
    ) -> Result<Comparison, GitError> {
        let folder = existing_folder(repository)?;
        let mut call = listing(Moves::Found);
        call.push("--numstat".into());
        if whitespace == Whitespace::Ignored {
            call.push("--ignore-all-space".into());
        }
        let mut files = self.changed_files(&folder, call, old, new).await?;
        let omitted = files.len().saturating_sub(FILES_SHOWN);
        files.truncate(FILES_SHOWN);
        let mut unread: Vec<_> = files.iter_mut().filter(|it| it.lines == Lines::Uncounted).collect();
        self.weigh(&folder, &mut unread).await?;
        Ok(Comparison { files, omitted })
    }

    /// All files that differ, without counts and sizes.
    pub(crate) async fn differing(
        &self,
        folder: &Path,
        old: &Oid,
        new: &Oid,
        moves: Moves,
    ) -> Result<Vec<FileChange>, GitError> {
        self.changed_files(folder, listing(moves), old, new).await
    }

    async fn changed_files(
        &self,
        folder: &Path,
        call: Vec<OsString>,
        old: &Oid,
        new: &Oid,
    ) -> Result<Vec<FileChange>, GitError> {
        let mut files = self.in_gits_order(folder, call, (old, new), &[]).await?;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// The files that differ, each with its patch; all of them, or those at or below some paths.
    pub(crate) async fn patches(
        &self,
        folder: &Path,
        (old, new): (&Oid, &Oid),
        manner: Vec<OsString>,
        paths: &[OsString],
    ) -> Result<Vec<(FileChange, Patch)>, GitError> {
        let files = self.in_gits_order(folder, listing(Moves::Found), (old, new), paths).await?;
        let mut call = [patching(), manner].concat();
        call.extend(words(["--end-of-options", old.as_str(), new.as_str(), "--"]));
        call.extend_from_slice(paths);
        let said = self.run(Purpose::Read, folder, call).await?;
        let sections = patch::parse_all(&said).and_then(|sections| in_pairs(files, sections));
        sections.ok_or_else(|| GitError::Unreadable { command: "git diff-tree".into() })
    }

    async fn in_gits_order(
        &self,
        folder: &Path,
        mut call: Vec<OsString>,
        (old, new): (&Oid, &Oid),
        paths: &[OsString],
    ) -> Result<Vec<FileChange>, GitError> {
        call.extend(words(["--end-of-options", old.as_str(), new.as_str(), "--"]));
        call.extend_from_slice(paths);
        let listing = self.run(Purpose::Read, folder, call).await?;
        let unreadable = || GitError::Unreadable { command: "git diff-tree".into() };
        parse(&listing).ok_or_else(unreadable)
    }

    pub(crate) async fn weigh(&self, folder: &Path, files: &mut [&mut FileChange]) -> Result<(), GitError> {
        let sides = files.iter().flat_map(|file| [&file.old, &file.new]).flatten();
        let blobs = sides.filter(|side| side.mode != FileMode::Submodule);
        let asked: Vec<Oid> = blobs.map(|side| side.oid.clone()).collect();
        let sizes = self.sizes(folder, &asked).await?;
        let sizes: HashMap<Oid, Option<u64>> = asked.into_iter().zip(sizes).collect();
        for side in files.iter_mut().flat_map(|file| [&mut file.old, &mut file.new]).flatten() {
            side.bytes = sizes.get(&side.oid).copied().flatten();
        }
        Ok(())
    }
}

/// A patch as it is read here, without its width.
fn patching() -> Vec<OsString> {
    words([
        "diff-tree",
        "-r",
        "--patch",
        "--find-renames",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--no-relative",
        "--ignore-submodules=none",
        "--inter-hunk-context=0",
    ])
}

/// Of a file that became a link git shows the one going and the other coming.
fn in_pairs(files: Vec<FileChange>, sections: Vec<Patch>) -> Option<Vec<(FileChange, Patch)>> {
    let mut sections = sections.into_iter();
    let mut pairs = Vec::with_capacity(files.len());
    for file in files {
        let mut patch = sections.next()?;
        if file.kind == FileChangeKind::Retyped {
            patch = match (patch, sections.next()?) {
                (Patch::Text(going), Patch::Text(coming)) => Patch::Text([going, coming].concat()),
                (Patch::Binary, _) | (_, Patch::Binary) => Patch::Binary,
            };
        }
        pairs.push((file, patch));
    }
    sections.next().is_none().then_some(pairs)
}

fn listing(moves: Moves) -> Vec<OsString> {
    let mut call = words([
        "diff-tree",
        "-r",
        "-z",
        "--raw",
        "--no-abbrev",
        "--no-ext-diff",
        "--no-textconv",
        "--no-relative",
        "--ignore-submodules=none",
    ]);
    call.push(match moves {
        Moves::Found => "--find-renames".into(),
        Moves::Apart => "--no-renames".into(),
    });
    call
}

/// Reads `diff-tree --raw --numstat -z`: first `:old-mode new-mode old-id new-id STATUS NUL path NUL`
/// of all files, then `additions TAB deletions TAB path NUL`; moved ones with both paths.
fn parse(listing: &[u8]) -> Option<Vec<FileChange>> {
    let mut files = Vec::new();
    let mut counts: HashMap<&[u8], Lines> = HashMap::new();
    let mut records = listing.split(|byte| *byte == 0).filter(|it| !it.is_empty());
    while let Some(record) = records.next() {
        if let Some(raw) = record.strip_prefix(b":") {
            let moved = matches!(raw.rsplit(|byte| *byte == b' ').next()?.first()?, b'R' | b'C');
            let first = records.next()?;
            let name = if moved { records.next()? } else { first };
            files.push(file(std::str::from_utf8(raw).ok()?, first, name)?);
        } else {
            let mut fields = record.splitn(3, |byte| *byte == b'\t');
            let lines = lines(fields.next()?, fields.next()?);
            let name = match fields.next()? {
                b"" => records.nth(1)?,
                name => name,
            };
            counts.insert(name, lines);
        }
    }
    for file in &mut files {
        file.lines = counts.get(&*file.name).copied().unwrap_or(file.lines);
    }
    Some(files)
}

fn lines(added: &[u8], deleted: &[u8]) -> Lines {
    let number = |digits| std::str::from_utf8(digits).ok()?.parse().ok();
    match (number(added), number(deleted)) {
        (Some(additions), Some(deletions)) => Lines::Counted { additions, deletions },
        (None, _) | (_, None) => Lines::Uncounted,
    }
}

fn file(raw: &str, old_name: &[u8], name: &[u8]) -> Option<FileChange> {
    let fields: Vec<&str> = raw.split(' ').collect();
    let [old_mode, new_mode, old_oid, new_oid, status] = fields[..] else {
        return None;
    };
    let kind = match status.as_bytes().first()? {
        b'A' => FileChangeKind::Added,
        b'M' => FileChangeKind::Modified,
        b'D' => FileChangeKind::Deleted,
        b'R' => FileChangeKind::Moved,
        b'T' => FileChangeKind::Retyped,
        _ => return None,
    };
    let side =
        |mode, oid: &str| Some(Side { mode: FileMode::parse(mode)?, oid: oid.parse().ok()?, bytes: None });
    let parts = [old_mode, new_mode, old_oid, new_oid].map(str::as_bytes);
    Some(FileChange {
        id: ChangeId::of([old_name, name].into_iter().chain(parts)),
        path: text(name),
        moved_from: (kind == FileChangeKind::Moved).then(|| text(old_name)),
        kind,
        old: side(old_mode, old_oid),
        new: side(new_mode, new_oid),
        lines: Lines::Counted { additions: 0, deletions: 0 },
        name: name.to_vec(),
        old_name: old_name.to_vec(),
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
