use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};

use crate::environment::{Env, search_path};

/// Folders of version managers and package managers: the variable that moves each, where it is below
/// the home folder without that, and what of it holds programs. `*` stands for versions.
const MANAGED: &[(&str, &str, &[&str])] = &[
    ("NVM_DIR", ".nvm", &["versions/node/*/bin"]),
    ("FNM_DIR", ".local/share/fnm", &["node-versions/*/installation/bin", "aliases/default/bin"]),
    ("MISE_DATA_DIR", ".local/share/mise", &["shims", "installs/node/*/bin"]),
    ("ASDF_DATA_DIR", ".asdf", &["shims", "installs/nodejs/*/bin"]),
    ("VOLTA_HOME", ".volta", &["bin"]),
    ("npm_config_prefix", ".npm-global", &["bin"]),
    ("PNPM_HOME", ".local/share/pnpm", &["."]),
    ("BUN_INSTALL", ".bun", &["bin"]),
    ("HOMEBREW_PREFIX", ".linuxbrew", &["bin"]),
];
/// Below the home folder.
const OF_HOME: &[&str] = &[".local/bin", "bin", ".opencode/bin", ".npm-packages/bin", ".cargo/bin"];
pub const OF_SYSTEM: &[&str] =
    &["/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin", "/usr/local/bin", "/usr/bin", "/snap/bin"];

/// Where programs are looked for, best first: `PATH`, then the places a desktop session's `PATH` often
/// lacks (AG8).
pub fn all(host: &Env, system: &[PathBuf]) -> Vec<PathBuf> {
    let home = host.get("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    let mut folders = search_path(host);
    for (variable, below_home, parts) in MANAGED {
        let moved = host.get(*variable).map(PathBuf::from).filter(|folder| folder.is_absolute());
        let root = moved.or_else(|| home.as_ref().map(|home| home.join(below_home)));
        folders.extend(root.iter().flat_map(|root| parts.iter().flat_map(|part| versions(root, part))));
    }
    folders.extend(home.iter().flat_map(|home| OF_HOME.iter().map(|part| home.join(part))));
    folders.extend(system.iter().cloned());
    let mut seen = Vec::new();
    folders.retain(|folder| {
        !seen.contains(folder) && {
            seen.push(folder.clone());
            true
        }
    });
    folders
}

/// The folder, or with a `*` in it one for each version, newest first.
fn versions(root: &Path, part: &str) -> Vec<PathBuf> {
    let Some((before, after)) = part.split_once("/*/") else {
        return vec![root.join(part)];
    };
    let entries = fs::read_dir(root.join(before)).into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    versions.sort_by_key(|version| Reverse(numbers(version)));
    versions.into_iter().map(|version| version.join(after)).collect()
}

fn numbers(version: &Path) -> Vec<u64> {
    let name = version.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.trim_start_matches('v').split('.').map_while(|number| number.parse().ok()).collect()
}
