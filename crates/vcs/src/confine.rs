use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

/// Why a path is not touched.
#[derive(Debug, thiserror::Error)]
pub enum PathRefused {
    #[error("A path is needed, and none was given.")]
    Empty,
    #[error("The path holds a character that no file name can have.")]
    Nul,
    #[error("The path has a `..` step. Only paths that stay in the workspace are used.")]
    ParentStep,
    #[error("The path leads out of the workspace, so it was not touched.")]
    Outside,
    #[error("The path is part of git's own records, which are not touched.")]
    GitInternals,
    #[error("There is no such file in the workspace.")]
    Missing,
    #[error("This is not a file that can be read or written as text.")]
    NotAFile,
    #[error("The file is larger than {limit} bytes.")]
    TooLarge { limit: u64 },
    #[error("The file is not text in UTF-8.")]
    NotText,
    #[error("The path changed while it was used, so it was not touched. Try again.")]
    Changed,
    #[error("The path could not be used: {0}")]
    Io(#[from] std::io::Error),
}

/// The one folder that file access of a workspace is confined to (GR7, AG6).
#[derive(Clone, Debug)]
pub struct WorktreeRoot {
    given: PathBuf,
    canonical: PathBuf,
}

impl WorktreeRoot {
    /// The folder must exist.
    pub fn open(root: &Path) -> Result<Self, PathRefused> {
        let canonical = root.canonicalize().map_err(missing_or_io)?;
        if !canonical.is_dir() {
            return Err(PathRefused::NotAFile);
        }
        Ok(Self { given: root.to_owned(), canonical })
    }

    pub fn path(&self) -> &Path {
        &self.canonical
    }

    /// Where a relative path, or an absolute one below the root, really leads: links that stay
    /// inside are followed. What does not exist yet may be named; its existing part is resolved.
    ///
    /// The answer is true at this moment. To read or write, use `read_text` and `write_text`, which
    /// check again as they open.
    pub fn confine(&self, path: &Path) -> Result<PathBuf, PathRefused> {
        Ok(self.canonical.join(self.resolve(path)?))
    }

    /// The resolved path, relative to the root.
    pub(crate) fn resolve(&self, path: &Path) -> Result<PathBuf, PathRefused> {
        let steps = self.steps(path)?;
        refuse_git_internals(&steps)?;
        let resolved = resolve_existing(&self.canonical, &steps)?;
        let inside = resolved.strip_prefix(&self.canonical).map_err(|_| PathRefused::Outside)?;
        let steps: Vec<&OsStr> = inside.iter().collect();
        refuse_git_internals(&steps)?;
        Ok(inside.to_owned())
    }

    fn steps<'a>(&self, path: &'a Path) -> Result<Vec<&'a OsStr>, PathRefused> {
        let bytes = path.as_os_str().as_bytes();
        if bytes.is_empty() {
            return Err(PathRefused::Empty);
        }
        if bytes.contains(&0) {
            return Err(PathRefused::Nul);
        }
        if path.components().any(|it| it == Component::ParentDir) {
            return Err(PathRefused::ParentStep);
        }
        let relative = if path.is_absolute() {
            path.strip_prefix(&self.canonical)
                .or_else(|_| path.strip_prefix(&self.given))
                .map_err(|_| PathRefused::Outside)?
        } else {
            path
        };
        let normal = |step| match step {
            Component::Normal(name) => Some(name),
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
        };
        Ok(relative.components().filter_map(normal).collect())
    }
}

/// Resolves step by step as long as there is something, then adds the rest as it is.
fn resolve_existing(root: &Path, steps: &[&OsStr]) -> Result<PathBuf, PathRefused> {
    let mut resolved = root.to_owned();
    for (index, step) in steps.iter().enumerate() {
        let next = resolved.join(step);
        match next.symlink_metadata() {
            Ok(_) => resolved = resolve_step(root, &next)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                resolved.extend(&steps[index..]);
                return Ok(resolved);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
                return Err(PathRefused::Missing);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(resolved)
}

fn resolve_step(root: &Path, path: &Path) -> Result<PathBuf, PathRefused> {
    match path.canonicalize() {
        Ok(target) if target.starts_with(root) => Ok(target),
        Ok(_) => Err(PathRefused::Outside),
        // A link that leads nowhere: writing through it would make a file at its target.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(PathRefused::Outside),
        Err(error) => Err(error.into()),
    }
}

/// `.git` in every spelling that some file system takes for it.
pub(crate) fn refuse_git_internals(steps: &[&OsStr]) -> Result<(), PathRefused> {
    let is_git = |step: &&OsStr| {
        let name = step.to_string_lossy().to_lowercase();
        let ignorable = |letter| matches!(letter, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
        let name: String = name.chars().filter(|it| !ignorable(*it)).collect();
        let name = name.split(':').next().unwrap_or_default();
        matches!(name.trim_end_matches(['.', ' ']), ".git" | "git~1")
    };
    if steps.iter().any(is_git) {
        return Err(PathRefused::GitInternals);
    }
    Ok(())
}

pub(crate) fn missing_or_io(error: std::io::Error) -> PathRefused {
    match error.kind() {
        std::io::ErrorKind::NotFound => PathRefused::Missing,
        _ => PathRefused::Io(error),
    }
}
