//! What git ignores in a worktree, asked path by path.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Patterns with a `/` at their end are of folders alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    File,
    Folder,
}

pub struct Ignored {
    root: PathBuf,
    exclude: PathBuf,
    /// Files that git knows although a pattern has them.
    tracked: BTreeSet<PathBuf>,
    /// Of each folder that was asked for.
    lists: BTreeMap<PathBuf, Gitignore>,
    /// Of the repository, and then of the person.
    others: Option<[Gitignore; 2]>,
}

impl Ignored {
    /// `tracked`: relative to the worktree, a NUL behind each.
    pub fn new(root: &Path, exclude: &Path, tracked: &[u8]) -> Self {
        let paths = tracked.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        let tracked = paths.map(|path| root.join(OsStr::from_bytes(path))).collect();
        let lists = BTreeMap::new();
        Self { root: root.to_owned(), exclude: exclude.to_owned(), tracked, lists, others: None }
    }

    /// Of a path below the worktree; git's own records are ignored too.
    pub fn has(&mut self, path: &Path, sort: Sort) -> bool {
        let Ok(inside) = path.strip_prefix(&self.root) else { return true };
        if self.tracked.contains(path) {
            return false;
        }
        let mut at = self.root.clone();
        let mut steps = inside.iter().peekable();
        while let Some(step) = steps.next() {
            at.push(step);
            let sort = if steps.peek().is_some() { Sort::Folder } else { sort };
            if step == ".git" || self.names(&at, sort) {
                return true;
            }
        }
        false
    }

    /// The nearest list that says anything of it is right.
    fn names(&mut self, path: &Path, sort: Sort) -> bool {
        let is_folder = sort == Sort::Folder;
        let mut folder = path.parent();
        while let Some(at) = folder.filter(|at| at.starts_with(&self.root)) {
            let list = self.lists.entry(at.to_owned()).or_insert_with(|| list(at, &at.join(".gitignore")));
            match list.matched(path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => folder = at.parent(),
            }
        }
        let others = || [list(&self.root, &self.exclude), GitignoreBuilder::new(&self.root).build_global().0];
        let others = self.others.get_or_insert_with(others);
        let said = others.iter().map(|list| list.matched(path, is_folder)).find(|it| !it.is_none());
        said.is_some_and(|it| it.is_ignore())
    }

    /// It says itself what is ignored.
    pub fn is_made_of(&self, path: &Path) -> bool {
        path.file_name() == Some(".gitignore".as_ref()) || path == self.exclude
    }

    /// The lists are read again.
    pub fn forget(&mut self) {
        self.lists.clear();
        self.others = None;
    }

    pub fn folders_with_tracked(&self) -> BTreeSet<PathBuf> {
        self.tracked.iter().filter_map(|path| path.parent()).map(Path::to_owned).collect()
    }
}

/// A list that can't be read says nothing.
fn list(root: &Path, file: &Path) -> Gitignore {
    let mut builder = GitignoreBuilder::new(root);
    builder.add(file);
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
