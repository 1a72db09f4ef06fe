//! Whether files of a worktree have changed, as the system tells it: a folder at a time where it tells of
//! single folders, without those that git ignores.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use ignore::WalkBuilder;
use notify::event::{Event, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::watch;

use crate::inspect::existing_folder;
use crate::{Git, GitError};

/// Folders of one worktree: each takes a little of what the system has for all its programs.
const FOLDERS: usize = 20_000;

/// Elsewhere one watch has the whole tree.
const BY_FOLDER: bool = cfg!(target_os = "linux");

/// Listens until it is dropped.
pub struct FileWatch {
    changes: watch::Receiver<u64>,
    words: Sender<Word>,
}

/// What the one who holds the watches is told.
enum Word {
    Folder(PathBuf),
    /// The system has lost count.
    Again,
    Stop,
}

impl FileWatch {
    /// How many there were. Closed when the system tells no more.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}

impl Drop for FileWatch {
    fn drop(&mut self) {
        self.words.send(Word::Stop).ok();
    }
}

impl Git {
    /// Commits of the worktree are heard too.
    ///
    /// # Errors
    /// The system has no watches left for so many folders, or there are more than 20,000.
    pub async fn watch(&self, worktree: &Path) -> Result<FileWatch, GitError> {
        let root = existing_folder(worktree)?;
        let records = self.git_dir(&root).await?;
        let failed = |error: tokio::task::JoinError| GitError::Unwatched { why: error.to_string() };
        tokio::task::spawn_blocking(move || listen(root, records)).await.map_err(failed)?
    }
}

fn listen(root: PathBuf, records: PathBuf) -> Result<FileWatch, GitError> {
    let (told, changes) = watch::channel(0);
    let (words, orders) = mpsc::channel();
    let told = Arc::new(told);
    let ear =
        Ear { root: root.clone(), records: records.clone(), told: Arc::clone(&told), words: words.clone() };
    let watcher = notify::recommended_watcher(move |event| ear.hear(event)).map_err(unwatched)?;
    let mut holder = Holder { watcher, root: root.clone(), held: BTreeSet::new(), told };
    for records in [&records, &records.join("logs")] {
        // There is no log where git is told to keep none.
        if records.is_dir() {
            holder.watcher.watch(records, RecursiveMode::NonRecursive).map_err(unwatched)?;
        }
    }
    holder.hold(&root)?;
    std::thread::Builder::new()
        .name("files".to_owned())
        .spawn(move || holder.obey(&orders))
        .map_err(|error| GitError::Unwatched { why: error.to_string() })?;
    Ok(FileWatch { changes, words })
}

/// Hears in the system's own thread, which must not wait.
struct Ear {
    root: PathBuf,
    records: PathBuf,
    told: Arc<watch::Sender<u64>>,
    words: Sender<Word>,
}

impl Ear {
    fn hear(&self, event: notify::Result<Event>) {
        let Ok(event) = event else {
            tell(&self.told);
            return;
        };
        if event.need_rescan() {
            self.words.send(Word::Again).ok();
            tell(&self.told);
            return;
        }
        if matches!(event.kind, EventKind::Access(_)) || !event.paths.iter().any(|path| self.counts(path)) {
            return;
        }
        if BY_FOLDER && matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_))) {
            for path in &event.paths {
                self.words.send(Word::Folder(path.clone())).ok();
            }
        }
        tell(&self.told);
    }

    /// Git's own records are no files of the worktree; that its head moves is known by two of them.
    fn counts(&self, path: &Path) -> bool {
        if let Ok(record) = path.strip_prefix(&self.records) {
            return ["HEAD", "MERGE_HEAD", "logs/HEAD"].iter().any(|it| record == Path::new(it));
        }
        let inside = path.strip_prefix(&self.root).ok();
        inside.is_some_and(|it| it.components().next() != Some(Component::Normal(".git".as_ref())))
    }
}

/// Holds the watches, in a thread of its own: the system's may not ask for more of them.
struct Holder {
    watcher: RecommendedWatcher,
    root: PathBuf,
    held: BTreeSet<PathBuf>,
    told: Arc<watch::Sender<u64>>,
}

impl Holder {
    fn obey(mut self, orders: &Receiver<Word>) {
        while let Ok(word) = orders.recv() {
            let held = match word {
                Word::Stop => return,
                Word::Again => {
                    self.held.clear();
                    let root = self.root.clone();
                    self.hold(&root)
                }
                Word::Folder(folder) if folder.is_dir() => self.hold(&folder),
                Word::Folder(_) => continue,
            };
            // What was made in a new folder before it was watched was told by nobody.
            tell(&self.told);
            if let Err(error) = held {
                tracing::warn!(%error, "files are watched no more");
                return;
            }
        }
    }

    fn hold(&mut self, folder: &Path) -> Result<(), GitError> {
        if !BY_FOLDER {
            return self.watcher.watch(folder, RecursiveMode::Recursive).map_err(unwatched);
        }
        // Those that have gone are watched no more, and may come again.
        self.held.retain(|it| !it.starts_with(folder));
        for found in self.folders_below(folder) {
            if self.held.len() >= FOLDERS {
                self.held.retain(|it| it.is_dir());
            }
            if self.held.len() >= FOLDERS {
                let why = format!("the worktree has more than {FOLDERS} folders");
                return Err(GitError::Unwatched { why });
            }
            match self.watcher.watch(&found, RecursiveMode::NonRecursive) {
                Ok(()) => drop(self.held.insert(found)),
                // It has gone meanwhile.
                Err(_) if !found.is_dir() => {}
                Err(error) => return Err(unwatched(error)),
            }
        }
        Ok(())
    }

    /// Itself too, unless git ignores it: only what a walk comes to is asked about, and not where it begins.
    fn folders_below(&self, folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
        let begin = if folder == self.root { folder } else { folder.parent().unwrap_or(folder) };
        let wanted = folder.to_owned();
        let is_wanted = move |path: &Path| path.starts_with(&wanted);
        let mut walk = WalkBuilder::new(begin);
        let enters = is_wanted.clone();
        walk.hidden(false)
            .ignore(false)
            .filter_entry(move |it| it.file_name() != ".git" && (it.depth() == 0 || enters(it.path())));
        let folders = walk.build().filter_map(Result::ok);
        let folders = folders.filter(|it| it.file_type().is_some_and(|kind| kind.is_dir()));
        folders.map(ignore::DirEntry::into_path).filter(move |path| is_wanted(path))
    }
}

fn tell(told: &watch::Sender<u64>) {
    told.send_modify(|changes| *changes += 1);
}

fn unwatched(error: notify::Error) -> GitError {
    GitError::Unwatched { why: error.to_string() }
}
