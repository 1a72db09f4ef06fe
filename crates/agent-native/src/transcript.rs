//! A session's file: a line for its beginning and one for each entry, appended as they come, so that a
//! program that is killed loses at most the line it was writing.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::history::Entry;

#[derive(Debug)]
pub struct Transcript {
    file: File,
}

impl Transcript {
    /// A new one; it is the owner's alone.
    pub fn begin(folder: &Path, id: &str) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let path = path(folder, id).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(Self { file: OpenOptions::new().append(true).create_new(true).mode(0o600).open(path)? })
    }

    /// One that is there, with what it holds. `None` where there is none.
    pub fn open(folder: &Path, id: &str) -> io::Result<Option<(Self, Vec<Entry>)>> {
        let Some(path) = path(folder, id) else {
            return Ok(None);
        };
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut file = OpenOptions::new().append(true).open(path)?;
        if !text.is_empty() && !text.ends_with('\n') {
            // The line that was being written when the program was killed.
            file.write_all(b"\n")?;
        }
        let entries = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        Ok(Some((Self { file }, entries)))
    }

    pub fn add(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }
}

/// An id comes from the client; only ours name a file.
fn path(folder: &Path, id: &str) -> Option<PathBuf> {
    let id = uuid::Uuid::parse_str(id).ok()?;
    Some(folder.join(format!("{id}.jsonl")))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_torn_line_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let id = uuid::Uuid::new_v4().to_string();
        let mut transcript = Transcript::begin(folder.path(), &id).unwrap();
        transcript.add(&Entry::User("one".to_owned())).unwrap();
        transcript.file.write_all(b"{\"user\":\"tw").unwrap();
        drop(transcript);

        let (mut transcript, entries) = Transcript::open(folder.path(), &id).unwrap().unwrap();
        assert_eq!(entries, [Entry::User("one".to_owned())]);
        transcript.add(&Entry::User("three".to_owned())).unwrap();
        let (_, entries) = Transcript::open(folder.path(), &id).unwrap().unwrap();
        assert_eq!(entries, [Entry::User("one".to_owned()), Entry::User("three".to_owned())]);
    }

    #[test]
    fn it_is_the_owners_alone_and_named_by_no_path() {
        let folder = tempfile::tempdir().unwrap();
        let id = uuid::Uuid::new_v4().to_string();
        let inner = folder.path().join("sessions");
        Transcript::begin(&inner, &id).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&inner), mode(&inner.join(format!("{id}.jsonl")))), (0o700, 0o600));
        assert!(Transcript::open(&inner, "../secret").unwrap().is_none());
        assert!(Transcript::begin(&inner, "../secret").is_err());
    }
}
