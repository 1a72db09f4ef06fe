use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

use crate::IdentityError;

const OTHERS: u32 = 0o077;

/// Makes the folder if it is missing and sees to it that only its owner may enter.
pub fn private_dir(path: &Path) -> Result<(), IdentityError> {
    let mut builder = std::fs::DirBuilder::new();
    builder
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(IdentityError::io("Making a private folder", path))?;
    let mode = mode_of(path)?;
    if mode & OTHERS == 0 {
        return Ok(());
    }
    let tightened = std::fs::Permissions::from_mode(mode & 0o700);
    std::fs::set_permissions(path, tightened).map_err(IdentityError::io("Making a folder private", path))
}

/// Puts the file in place whole or not at all, readable and writable by its owner only. It is on
/// disk when this returns.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), IdentityError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    write_atomically(folder, path, bytes).map_err(IdentityError::io("Writing a private file", path))
}

/// The file's bytes, `None` if there is none. Refused when others could have read it (PA1).
pub fn read_private(path: &Path) -> Result<Option<Vec<u8>>, IdentityError> {
    let failed = || IdentityError::io("Reading a private file", path);
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed()(error)),
    };
    let mode = file.metadata().map_err(failed())?.permissions().mode();
    if mode & OTHERS != 0 {
        return Err(IdentityError::Exposed { path: path.into() });
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(failed())?;
    Ok(Some(bytes))
}

fn write_atomically(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut draft = tempfile::Builder::new()
        .prefix(".draft-")
        .permissions(std::fs::Permissions::from_mode(0o600))
        .tempfile_in(folder)?;
    draft.write_all(bytes)?;
    draft.as_file().sync_all()?;
    draft.persist(path)?;
    std::fs::File::open(folder)?.sync_all()
}

fn mode_of(path: &Path) -> Result<u32, IdentityError> {
    let seen = std::fs::metadata(path).map_err(IdentityError::io("Looking at a folder", path))?;
    Ok(seen.permissions().mode())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        mode_of(path).unwrap() & 0o777
    }

    #[test]
    fn pa1_pa4_private_files_are_the_owners_alone() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("a/b");
        private_dir(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        let file = folder.join("secret");
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        write_private(&file, b"new").unwrap();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(read_private(&file).unwrap().unwrap(), b"new");
        assert_eq!(folder.read_dir().unwrap().count(), 1);
    }

    #[test]
    fn pa1_an_open_folder_is_closed() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("open");
        std::fs::create_dir(&folder).unwrap();
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
        private_dir(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
    }

    #[test]
    fn pa1_a_file_that_others_may_read_is_refused() {
        let base = tempfile::tempdir().unwrap();
        let file = base.path().join("secret");
        write_private(&file, b"x").unwrap();
        for exposed in [0o640, 0o604, 0o602] {
            std::fs::set_permissions(&file, PermissionsExt::from_mode(exposed)).unwrap();
            let refused = read_private(&file);
            assert!(matches!(refused, Err(IdentityError::Exposed { .. })));
        }
    }

    #[test]
    fn a_failed_write_leaves_what_was_there() {
        let base = tempfile::tempdir().unwrap();
        let taken = base.path().join("taken");
        std::fs::create_dir(&taken).unwrap();
        assert!(write_private(&taken, b"x").is_err());
        assert!(taken.is_dir());
        assert_eq!(base.path().read_dir().unwrap().count(), 1);
        assert!(write_private(&base.path().join("none/x"), b"x").is_err());
    }

    #[test]
    fn a_missing_file_is_none() {
        let base = tempfile::tempdir().unwrap();
        assert!(read_private(&base.path().join("none")).unwrap().is_none());
    }
}
