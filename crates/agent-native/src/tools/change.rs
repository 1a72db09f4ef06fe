use std::path::PathBuf;

use anyhow::{Result, bail};
use vcs::{PathRefused, WorktreeRoot};

use super::{Wanted, Work, place};
use crate::matching::{Places, edited};
use crate::mode::Deed;

/// The largest file that is edited as a whole.
const LARGEST: u64 = 4 * 1024 * 1024;

/// A file before and after; nothing is written until it is performed.
#[derive(Debug, Clone)]
pub struct Change {
    named: String,
    pub path: PathBuf,
    pub old: Option<String>,
    pub new: String,
}

impl Change {
    pub async fn whole(root: &WorktreeRoot, named: &str, new: String) -> Result<Self> {
        let path = root.confine(place(named))?;
        let old = read(root, &path).await?;
        if old.as_ref() == Some(&new) {
            bail!("The file has this very text already.");
        }
        Ok(Self { named: named.to_owned(), path, old, new })
    }

    pub async fn part(
        root: &WorktreeRoot,
        named: &str,
        (find, replace): (&str, &str),
        places: Places,
    ) -> Result<Self> {
        let path = root.confine(place(named))?;
        let Some(old) = read(root, &path).await? else {
            bail!("There is no file {named}.");
        };
        let new = edited(&old, find, replace, places)?;
        Ok(Self { named: named.to_owned(), path, old: Some(old), new })
    }

    pub fn wanted(self, verb: &str) -> Wanted {
        let (title, paths) = (format!("{verb} {}", self.named), vec![self.path.clone()]);
        Wanted { title, deed: Deed::Edit, paths, work: Work::Change(self) }
    }

    /// What was allowed is this change of this text: a file that has changed since is left alone.
    pub async fn perform(self, root: &WorktreeRoot) -> Result<String> {
        if read(root, &self.path).await? != self.old {
            bail!("{} was changed by somebody else in the meantime. Read it again.", self.named);
        }
        root.write_text(&self.path, self.new).await?;
        let done = if self.old.is_some() { "was changed" } else { "was written" };
        Ok(format!("{} {done}.", self.named))
    }
}

async fn read(root: &WorktreeRoot, path: &std::path::Path) -> Result<Option<String>> {
    match root.read_text(path, LARGEST).await {
        Ok(text) => Ok(Some(text)),
        Err(PathRefused::Missing) => Ok(None),
        Err(refused) => Err(refused.into()),
    }
}
