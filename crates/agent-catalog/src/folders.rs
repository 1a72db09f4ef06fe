use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::environment::{Env, search_path};

/// A version manager or package manager: the variable that moves its folder, where that is below the home
/// folder without it, and what of it holds programs. `*` stands for versions.
struct Keeper {
    name: &'static str,
    variable: &'static str,
    below_home: &'static str,
    parts: &'static [&'static str],
}

const fn keeper(
    name: &'static str,
    variable: &'static str,
    below_home: &'static str,
    parts: &'static [&'static str],
) -> Keeper {
    Keeper { name, variable, below_home, parts }
}

const KEEPERS: &[Keeper] = &[
    keeper("nvm", "NVM_DIR", ".nvm", &["versions/node/*/bin"]),
    keeper(
        "fnm",
        "FNM_DIR",
        ".local/share/fnm",
        &["node-versions/*/installation/bin", "aliases/default/bin"],
    ),
    keeper("mise", "MISE_DATA_DIR", ".local/share/mise", &["shims", "installs/node/*/bin"]),
    keeper("asdf", "ASDF_DATA_DIR", ".asdf", &["shims", "installs/nodejs/*/bin"]),
    keeper("Volta", "VOLTA_HOME", ".volta", &["bin"]),
    keeper("npm", "npm_config_prefix", ".npm-global", &["bin"]),
    keeper("pnpm", "PNPM_HOME", ".local/share/pnpm", &["."]),
    keeper("Bun", "BUN_INSTALL", ".bun", &["bin"]),
    keeper(HOMEBREW, "HOMEBREW_PREFIX", ".linuxbrew", &["bin"]),
];
const HOMEBREW: &str = "Homebrew";
/// Below the home folder.
const OF_HOME: &[&str] = &[".local/bin", "bin", ".opencode/bin", ".npm-packages/bin", ".cargo/bin"];
pub const OF_SYSTEM: &[&str] =
    &["/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin", "/usr/local/bin", "/usr/bin", "/snap/bin"];

/// A folder with programs, and whose it is, where that has a name.
#[derive(Clone, Debug)]
pub struct Place {
    pub folder: PathBuf,
    pub of: Option<&'static str>,
}

/// Where programs are looked for, best first: `PATH`, then the places a desktop session's `PATH` often
/// lacks (AG8).
pub fn all(host: &Env, system: &[PathBuf]) -> Vec<Place> {
    let home = host.get("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    let mut places: Vec<Place> = search_path(host).into_iter().map(|folder| place(folder, "PATH")).collect();
    for keeper in KEEPERS {
        let moved = host.get(keeper.variable).map(PathBuf::from).filter(|folder| folder.is_absolute());
        let root = moved.or_else(|| home.as_ref().map(|home| home.join(keeper.below_home)));
        let folders = root.iter().flat_map(|root| keeper.parts.iter().flat_map(|part| versions(root, part)));
        places.extend(folders.map(|folder| place(folder, keeper.name)));
    }
    let of_home = home.iter().flat_map(|home| OF_HOME.iter().map(|part| home.join(part)));
    places.extend(of_home.map(|folder| Place { folder, of: None }));
    places.extend(system.iter().map(|folder| Place { of: of_system(folder), folder: folder.clone() }));
    let mut seen = BTreeSet::new();
    places.retain(|place| seen.insert(place.folder.clone()));
    places
}

fn place(folder: PathBuf, of: &'static str) -> Place {
    Place { folder, of: Some(of) }
}

fn of_system(folder: &Path) -> Option<&'static str> {
    let within = |name: &str| folder.components().any(|part| part.as_os_str() == name);
    if within("homebrew") || within(".linuxbrew") {
        return Some(HOMEBREW);
    }
    within("snap").then_some("snap")
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
