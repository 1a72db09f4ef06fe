use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};

use crate::checkout::Checkout;

/// Every file that git tracks or would track. Binary files have no text.
#[derive(Default)]
pub struct Sources {
    files: BTreeMap<String, Option<String>>,
}

impl Sources {
    pub fn read(checkout: &Checkout) -> Result<Self> {
        let output = checkout
            .command("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .output()
            .context("git could not be started")?;
        ensure!(output.status.success(), "git ls-files failed: is this a git clone?");
        let mut files = BTreeMap::new();
        for name in output.stdout.split(|&byte| byte == 0) {
            let name = String::from_utf8_lossy(name).into_owned();
            let path = checkout.path(&name);
            // A deleted file is listed until the deletion is committed.
            if !name.is_empty() && path.is_file() && !path.is_symlink() {
                files.insert(name, String::from_utf8(fs::read(&path)?).ok());
            }
        }
        Ok(Self { files })
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Text files under a folder (with its `/`) whose name ends so.
    pub fn under<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts().filter(move |(path, _)| path.starts_with(folder) && path.ends_with(ending))
    }

    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Sources {
    fn from(files: [(&str, &str); N]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned()))).collect();
        Self { files }
    }
}
