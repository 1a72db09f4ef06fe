//! Where a host keeps what it has.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use identity::{Secret256, read_private, write_private};

/// Shown on the local socket by the owner's own programs (GR8).
pub const OWNER_TOKEN_FILE: &str = "owner-token";

/// `given`, or `$XDG_DATA_HOME/conclave`, or `~/.local/share/conclave`.
///
/// # Errors
/// There is no home folder to put it in.
pub fn data_folder(given: Option<PathBuf>) -> Result<PathBuf> {
    let absolute = |path: PathBuf| std::path::absolute(&path).context("The data folder has no path.");
    if let Some(given) = given {
        return absolute(given);
    }
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = variable("XDG_DATA_HOME").filter(|base| base.is_absolute());
    let base = base.or_else(|| variable("HOME").map(|home| home.join(".local/share")));
    let base = base.context("There is no home folder. Say with --data where Conclave may keep its files.")?;
    absolute(base.join("conclave"))
}

/// The owner's token, made at the first start.
pub(crate) fn owner_token(folder: &Path) -> Result<String> {
    if let Some(token) = read_owner_token(folder)? {
        return Ok(token);
    }
    let token = Secret256::generate()?.reveal();
    write_private(&folder.join(OWNER_TOKEN_FILE), token.as_bytes())?;
    Ok(token)
}

pub(crate) fn read_owner_token(folder: &Path) -> Result<Option<String>> {
    let bytes = read_private(&folder.join(OWNER_TOKEN_FILE))?;
    bytes.map(|bytes| String::from_utf8(bytes).context("The owner's token is damaged.")).transpose()
}
