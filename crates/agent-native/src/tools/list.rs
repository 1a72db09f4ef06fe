use std::path::Path;

use anyhow::Result;
use ignore::{DirEntry, WalkBuilder};
use serde::Deserialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use vcs::WorktreeRoot;

use super::{fields, place};

const MOST: usize = 500;
const DEPTH: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Listing {
    #[serde(default = "here")]
    pub path: String,
    #[serde(default)]
    depth: Option<usize>,
}

pub fn here() -> String {
    ".".to_owned()
}

impl Listing {
    pub fn of(input: &Value) -> Result<Self> {
        fields(input)
    }

    pub fn perform(self, root: &WorktreeRoot, cancelled: &CancellationToken) -> Result<String> {
        let folder = root.confine(place(&self.path))?;
        let depth = self.depth.unwrap_or(DEPTH).max(1);
        let mut walk = walk(&folder);
        walk.max_depth(Some(depth)).sort_by_file_path(Ord::cmp);
        let mut lines = Vec::new();
        for entry in walk.build().flatten().filter(|entry| entry.depth() > 0) {
            anyhow::ensure!(!cancelled.is_cancelled(), "The search was stopped.");
            if lines.len() == MOST {
                lines.push(format!("[only the first {MOST} are shown]"));
                break;
            }
            lines.push(shown(&entry, root.path()));
        }
        Ok(if lines.is_empty() { "The folder is empty.".to_owned() } else { lines.join("\n") })
    }
}

/// What git would see below a folder: no ignored files, none of git's own, and no link is followed, so
/// nothing outside the worktree.
pub fn walk(folder: &Path) -> WalkBuilder {
    let mut walk = WalkBuilder::new(folder);
    walk.hidden(false).parents(false).require_git(false).follow_links(false);
    walk.filter_entry(|entry| entry.file_name() != ".git");
    walk
}

pub fn relative<'a>(path: &'a Path, root: &Path) -> std::borrow::Cow<'a, str> {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy()
}

fn shown(entry: &DirEntry, root: &Path) -> String {
    let end = if entry.file_type().is_some_and(|kind| kind.is_dir()) { "/" } else { "" };
    format!("{}{end}", relative(entry.path(), root))
}
