use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

use model::ToolList;
use ports::agent::Terms;

use crate::entry::Entry;

pub type Env = BTreeMap<String, String>;

/// What every agent gets of the host's environment; `LC_*` too (AG6). Not `XDG_RUNTIME_DIR`: the
/// sockets of this person's session, the keyring's among them, are there (GR8).
const ALLOWED: &[&str] = &[
    "HOME",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "LANG",
    "LOGNAME",
    "NODE_EXTRA_CA_CERTS",
    "NO_PROXY",
    "SHELL",
    "SSL_CERT_FILE",
    "TERM",
    "TMPDIR",
    "TZ",
    "USER",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_DIRS",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
];

/// The whole environment of an agent whose program was found in this folder.
pub fn of(entry: &Entry, host: &Env, kept: Option<(&str, &str)>, folder: &Path) -> Env {
    let allowed = |name: &str| {
        ALLOWED.contains(&name) || name.starts_with("LC_") || entry.env_keys.iter().any(|key| key == name)
    };
    let mut env: Env = host
        .iter()
        .filter(|(name, _)| allowed(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if let Some((variable, key)) = kept {
        env.entry(variable.to_owned()).or_insert_with(|| key.to_owned());
    }
    env.extend(entry.env.clone());
    env.insert("PATH".to_owned(), path(host, folder));
    env
}

/// What the built-in agent reads of a named one's words and limits (AG11).
pub fn terms(terms: &Terms) -> Env {
    let prompt = Some(terms.prompt.clone()).filter(|prompt| !prompt.trim().is_empty());
    let words = |tools: &ToolList| tools.0.iter().map(|tool| tool.word()).collect::<Vec<_>>().join(",");
    let tools = terms.tools.as_ref().map(words);
    let said = [("CONCLAVE_AGENT_INSTRUCTIONS", prompt), ("CONCLAVE_AGENT_TOOLS", tools)];
    said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The folders of `PATH` that are the same wherever one stands: with a relative one, a worktree could
/// bring its own `git` (AG6).
pub fn search_path(host: &Env) -> Vec<PathBuf> {
    let path = host.get("PATH").map(String::as_str).unwrap_or_default();
    env::split_paths(path).filter(|folder| folder.is_absolute()).collect()
}

/// A program that is a script finds its interpreter beside itself (`node` under nvm).
pub fn path(host: &Env, folder: &Path) -> String {
    let mut folders = search_path(host);
    if !folders.iter().any(|known| known == folder) {
        folders.insert(0, folder.to_owned());
    }
    // A folder with a colon in its name can't be in a PATH at all.
    let joined = env::join_paths(&folders).or_else(|_| env::join_paths(search_path(host)));
    joined.map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
}
