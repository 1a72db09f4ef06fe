//! Whether files of a worktree have changed, as the system tells it: a folder at a time where it tells of
//! single folders, without those that git ignores.

mod ignored;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{Event, EventKind, ModifyKind};
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::watch;

use self::ignored::{Ignored, Sort};
use crate::call::words;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::{Git, GitError};

/// What is done at once; a stop is not behind all that was heard before it.
const AT_ONCE: usize = 1_000;

struct Bounds {
    /// Of one worktree: each takes a little of what the system has for all its programs.
    folders: usize,
    /// The whole worktree is walked again no more often.
    rest: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { folders: 20_000, rest: Duration::from_secs(5) }
    }
}

/// Elsewhere one watch has the whole tree.
const BY_FOLDER: bool = cfg!(target_os = "linux");

/// Listens until it is dropped.
pub struct FileWatch {
    changes: watch::Receiver<u64>,
    words: Sender<Word>,
}

/// What the one who holds the watches is told.
enum Word {
    Changed(Vec<PathBuf>),
    /// What is watched, or git's own records of it, has gone.
    Gone,
    /// The system has lost count.
    Again,
    Stop,
}

impl FileWatch {
    /// How many there were. Closed when nothing more is told.
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
        let shared = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
        let shared = self.path(&root, shared).await?;
        let call = words(["ls-files", "-z", "--cached", "--ignored", "--exclude-standard"]);
        let tracked = self.run(Purpose::Read, &root, call).await?;
        let ignored = Ignored::new(&root, &shared.join("info/exclude"), &tracked);
        let failed = |error: tokio::task::JoinError| GitError::Unwatched { why: error.to_string() };
        let listening =
            tokio::task::spawn_blocking(move || listen(root, records, ignored, Bounds::default()));
        listening.await.map_err(failed)?
    }
}

fn listen(root: PathBuf, records: PathBuf, ignored: Ignored, bounds: Bounds) -> Result<FileWatch, GitError> {
    let (told, changes) = watch::channel(0);
    let (words, orders) = mpsc::channel();
    let ear = Ear { ends: [root.clone(), records.clone()], words: words.clone() };
    let watcher = notify::recommended_watcher(move |event| ear.hear(event)).map_err(unwatched)?;
    let held = BTreeSet::new();
    let mut holder = Holder { watcher, root, records, ignored, held, bounds, told };
    for records in [holder.records.clone(), holder.records.join("logs")] {
        // There is no log where git is told to keep none.
        if records.is_dir() {
            holder.watcher.watch(&records, RecursiveMode::NonRecursive).map_err(unwatched)?;
        }
    }
    holder.hold_all()?;
    std::thread::Builder::new()
        .name("files".to_owned())
        .spawn(move || holder.obey(&orders))
        .map_err(|error| GitError::Unwatched { why: error.to_string() })?;
    Ok(FileWatch { changes, words })
}

/// Hears in the system's own thread, which must not wait.
struct Ear {
    ends: [PathBuf; 2],
    words: Sender<Word>,
}

impl Ear {
    fn hear(&self, event: notify::Result<Event>) {
        let word = match event {
            Ok(event) if event.need_rescan() => Word::Again,
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
            Ok(event) => {
                let leaves =
                    matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
                match leaves && event.paths.iter().any(|path| self.ends.contains(path)) {
                    true => Word::Gone,
                    false => Word::Changed(event.paths),
                }
            }
            Err(_) => Word::Again,
        };
        self.words.send(word).ok();
    }
}

/// Holds the watches, in a thread of its own: the system's may not ask for more of them.
struct Holder {
    watcher: RecommendedWatcher,
    root: PathBuf,
    records: PathBuf,
    ignored: Ignored,
    held: BTreeSet<PathBuf>,
    bounds: Bounds,
    told: watch::Sender<u64>,
}

/// What came together.
#[derive(Default)]
struct Batch {
    paths: BTreeSet<PathBuf>,
    again: bool,
    ends: bool,
}

impl Batch {
    fn take(&mut self, word: Word) {
        match word {
            Word::Changed(paths) => self.paths.extend(paths),
            Word::Again => self.again = true,
            Word::Gone | Word::Stop => self.ends = true,
        }
    }
}

impl Holder {
    /// Returns, and with it all that could tell, when it is over.
    fn obey(mut self, orders: &Receiver<Word>) {
        let mut walked = Instant::now();
        let mut due = false;
        loop {
            let mut batch = Batch::default();
            match self.next(orders, due.then(|| self.bounds.rest.saturating_sub(walked.elapsed()))) {
                Ok(word) => batch.take(word),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            for word in orders.try_iter().take(AT_ONCE) {
                batch.take(word);
            }
            if batch.ends {
                return;
            }
            let held = self.look_into(&batch.paths);
            due |= batch.again || batch.paths.iter().any(|path| self.ignored.is_made_of(path));
            let held = match due && walked.elapsed() >= self.bounds.rest {
                true => {
                    (due, walked) = (false, Instant::now());
                    self.ignored.forget();
                    let held = held.and_then(|()| self.hold_all());
                    // As with a new folder: what came before it was watched was told by nobody.
                    tell(&self.told);
                    held
                }
                false => held,
            };
            if let Err(error) = held {
                tracing::warn!(%error, "files are watched no more");
                return;
            }
        }
    }

    fn next(&self, orders: &Receiver<Word>, wait: Option<Duration>) -> Result<Word, RecvTimeoutError> {
        match wait {
            Some(wait) => orders.recv_timeout(wait),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn look_into(&mut self, paths: &BTreeSet<PathBuf>) -> Result<(), GitError> {
        let mut counts = false;
        for path in paths.iter() {
            let is_folder = path.symlink_metadata().is_ok_and(|about| about.is_dir());
            if !self.counts(path, if is_folder { Sort::Folder } else { Sort::File }) {
                continue;
            }
            counts = true;
            if BY_FOLDER && is_folder && !self.held.contains(path) {
                self.hold(path)?;
            }
            if BY_FOLDER && !is_folder && self.held.contains(path) {
                self.let_go(path);
            }
        }
        // After all is held: what was made in a new folder before it was watched was told by nobody.
        if counts {
            tell(&self.told);
        }
        Ok(())
    }

    /// Git's own records are no files of the worktree; that its head moves is known by a few of them.
    fn counts(&mut self, path: &Path, sort: Sort) -> bool {
        if let Ok(record) = path.strip_prefix(&self.records) {
            return ["HEAD", "MERGE_HEAD", "logs/HEAD"].iter().any(|it| record == Path::new(it));
        }
        path.starts_with(&self.root) && !self.ignored.has(path, sort)
    }

    fn hold_all(&mut self) -> Result<(), GitError> {
        let root = self.root.clone();
        if !BY_FOLDER {
            return self.watcher.watch(&root, RecursiveMode::Recursive).map_err(unwatched);
        }
        let before = std::mem::take(&mut self.held);
        self.hold(&root)?;
        for folder in self.ignored.folders_with_tracked() {
            self.hold_one(folder)?;
        }
        for gone in before.difference(&self.held) {
            self.watcher.unwatch(gone).ok();
        }
        Ok(())
    }

    /// It and all below it that git does not ignore.
    fn hold(&mut self, folder: &Path) -> Result<(), GitError> {
        let mut walk = vec![folder.to_owned()];
        while let Some(folder) = walk.pop() {
            self.hold_one(folder.clone())?;
            // One that can't be read, or has gone, has nothing to tell.
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for entry in entries.filter_map(Result::ok) {
                let path = entry.path();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !self.ignored.has(&path, Sort::Folder)
                {
                    walk.push(path);
                }
            }
        }
        Ok(())
    }

    fn hold_one(&mut self, folder: PathBuf) -> Result<(), GitError> {
        if self.held.len() >= self.bounds.folders {
            self.held.retain(|it| it.is_dir());
        }
        if self.held.len() >= self.bounds.folders {
            let why = format!("the worktree has more than {} folders", self.bounds.folders);
            return Err(GitError::Unwatched { why });
        }
        match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
            Ok(()) => drop(self.held.insert(folder)),
            Err(error) if may_not(&error) || !folder.is_dir() => {}
            Err(error) => return Err(unwatched(error)),
        }
        Ok(())
    }

    fn let_go(&mut self, folder: &Path) {
        let below = self.held.range(folder.to_owned()..).take_while(|it| it.starts_with(folder));
        let below: Vec<PathBuf> = below.cloned().collect();
        for gone in below {
            self.watcher.unwatch(&gone).ok();
            self.held.remove(&gone);
        }
    }
}

fn may_not(error: &notify::Error) -> bool {
    matches!(&error.kind, ErrorKind::Io(error) if error.kind() == io::ErrorKind::PermissionDenied)
}

fn tell(told: &watch::Sender<u64>) {
    told.send_modify(|changes| *changes += 1);
}

fn unwatched(error: notify::Error) -> GitError {
    GitError::Unwatched { why: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place {
        _there: tempfile::TempDir,
        tree: PathBuf,
        records: PathBuf,
    }

    impl Place {
        fn with(folders: &[&str]) -> Self {
            let there = tempfile::tempdir().unwrap();
            let root = there.path().canonicalize().unwrap();
            for folder in folders.iter().chain(&["../records"]) {
                std::fs::create_dir_all(root.join("tree").join(folder)).unwrap();
            }
            Self { _there: there, tree: root.join("tree"), records: root.join("records") }
        }

        fn listen(&self, folders: usize) -> Result<FileWatch, GitError> {
            let ignored = Ignored::new(&self.tree, &self.records.join("info/exclude"), b"");
            listen(self.tree.clone(), self.records.clone(), ignored, Bounds { folders, rest: Duration::ZERO })
        }
    }

    #[tokio::test]
    async fn fi10_more_folders_than_are_watched_are_said_at_the_start_and_later() {
        let place = Place::with(&["one", "two"]);
        assert!(matches!(place.listen(2), Err(GitError::Unwatched { .. })));
        let watch = place.listen(3).unwrap();
        // One that has gone makes room for another, and no more.
        std::fs::remove_dir(place.tree.join("two")).unwrap();
        std::fs::create_dir(place.tree.join("three")).unwrap();
        std::fs::create_dir(place.tree.join("four")).unwrap();
        let mut changes = watch.changes();
        while changes.changed().await.is_ok() {}
        assert!(place.listen(4).is_ok());
    }

    #[tokio::test]
    async fn fi10_what_is_ignored_is_what_the_lists_say_now() {
        let place = Place::with(&["data"]);
        let list = place.tree.join(".gitignore");
        std::fs::write(&list, "data/\n").unwrap();
        let watch = place.listen(9).unwrap();
        let mut changes = watch.changes();
        std::fs::write(&list, "").unwrap();
        let file = place.tree.join("data/a.txt");
        // It is told when the lists have been read again, and what came before is told with it.
        loop {
            changes.changed().await.unwrap();
            changes.mark_unchanged();
            std::fs::write(&file, "x").unwrap();
            if tokio::time::timeout(Duration::from_millis(300), changes.changed()).await.is_ok() {
                break;
            }
        }
    }

    #[tokio::test]
    async fn fi10_a_worktree_that_is_gone_is_watched_no_more_though_another_takes_its_place() {
        let place = Place::with(&["one"]);
        let watch = place.listen(9).unwrap();
        std::fs::remove_dir_all(&place.tree).unwrap();
        std::fs::create_dir(&place.tree).unwrap();
        let mut changes = watch.changes();
        while changes.changed().await.is_ok() {}
    }
}
