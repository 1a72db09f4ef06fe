use std::io;
use std::path::{Component, Path, PathBuf};

use crate::Edit;

/// A file of the working directory, before and after a change.
#[derive(Debug)]
pub struct Change {
    pub path: PathBuf,
    pub old: Option<String>,
    pub new: String,
}

impl Change {
    pub fn of(edit: &Edit, cwd: &Path) -> io::Result<Self> {
        let path = inside(cwd, &edit.path)?;
        let old = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let text = old.clone().unwrap_or_default();
        let found = !edit.find.is_empty() && text.contains(&edit.find);
        let new = match found {
            true => text.replacen(&edit.find, &edit.replace, 1),
            false => format!("{text}{}", edit.append),
        };
        Ok(Self { path, old, new })
    }

    pub fn write(&self) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&self.path, &self.new)
    }
}

/// The path of a script, which stays in the working directory.
pub fn inside(cwd: &Path, path: &str) -> io::Result<PathBuf> {
    let path = Path::new(path);
    if path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Ok(cwd.join(path));
    }
    let message = format!("{} leaves the working directory", path.display());
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}
