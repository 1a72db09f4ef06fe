//! The servers of tools that the owner gives to every agent (AG10): `mcp.json` of the data folder, in the
//! format that people have for other programs.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use ports::agent::{ServerReach, ToolServer};
use serde::{Deserialize, Serialize};

/// In the data folder.
pub const SERVERS_FILE: &str = "mcp.json";
/// The name of the toolbox.
const OURS: &str = "conclave";
const LONGEST_NAME: usize = 40;

/// What is wrong with it. No path of this machine is in the words: they are shown in rooms (LO8).
#[derive(Debug, thiserror::Error)]
pub enum ServersError {
    #[error("{SERVERS_FILE} of the data folder could not be read: {0}")]
    Read(io::Error),
    #[error(
        "{SERVERS_FILE} of the data folder is not as it should be: {0}. It looks like this: \
         {{\"mcpServers\": {{\"notes\": {{\"command\": \"notes-mcp\", \"args\": [], \"env\": {{}}}}}}}}"
    )]
    Malformed(serde_json::Error),
    #[error(
        "{SERVERS_FILE}: {name:?} is no name for a server: take up to {LONGEST_NAME} letters, digits, - and _"
    )]
    Name { name: String },
    #[error("{SERVERS_FILE}: the name {OURS} is taken by Conclave's own server of tools; choose another")]
    Ours,
    #[error("{SERVERS_FILE}: the server {name} needs either a command or a url, with what belongs to it")]
    Reach { name: String },
    #[error("{SERVERS_FILE}: the url of the server {name} must begin with https:// or http://")]
    Url { name: String },
    #[error(
        "{SERVERS_FILE}: the command of the server {name}, {command:?}, must be a bare name, an absolute path or \
         begin with ~/"
    )]
    RelativeCommand { name: String, command: String },
    #[error(
        "{SERVERS_FILE}: the command of the server {name}, {command:?}, was not found; install it, or correct it"
    )]
    Missing { name: String, command: String },
}

/// One server, as it is written there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerEntry {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ServerKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServerKind {
    Stdio,
    Http,
}

/// All of them, each checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Servers {
    entries: BTreeMap<String, ServerEntry>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "mcpServers")]
    servers: BTreeMap<String, ServerEntry>,
}

impl Servers {
    /// None where there is no such file.
    ///
    /// # Errors
    /// The file is there and can't be used.
    pub fn of_folder(data: &Path) -> Result<Self, ServersError> {
        let text = match std::fs::read_to_string(data.join(SERVERS_FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(ServersError::Read(error)),
        };
        let Written { servers } = serde_json::from_str(&text).map_err(ServersError::Malformed)?;
        let mut all = Self::default();
        for (name, entry) in servers {
            all.add(name, entry)?;
        }
        Ok(all)
    }

    /// Puts it in the place of one with the same name.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn add(&mut self, name: String, entry: ServerEntry) -> Result<(), ServersError> {
        check(&name, &entry)?;
        self.entries.insert(name, entry);
        Ok(())
    }

    /// Whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        self.entries.remove(name).is_some()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &ServerEntry)> {
        self.entries.iter().map(|(name, entry)| (name.as_str(), entry))
    }

    /// As the file is written.
    pub fn text(&self) -> String {
        let written = Written { servers: self.entries.clone() };
        serde_json::to_string_pretty(&written).unwrap_or_default() + "\n"
    }
}

fn check(name: &str, entry: &ServerEntry) -> Result<(), ServersError> {
    let owned = || name.to_owned();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(is_plain) {
        return Err(ServersError::Name { name: owned() });
    }
    if name == OURS {
        return Err(ServersError::Ours);
    }
    let has_program_parts = !entry.args.is_empty() || !entry.env.is_empty();
    match (&entry.command, &entry.url, entry.kind) {
        (Some(command), None, None | Some(ServerKind::Stdio)) if entry.headers.is_empty() => {
            let anchored = command.starts_with('/') || command.starts_with("~/");
            if !anchored && (command.is_empty() || command.contains('/') || command.starts_with('.')) {
                return Err(ServersError::RelativeCommand { name: owned(), command: command.clone() });
            }
            Ok(())
        }
        (None, Some(url), None | Some(ServerKind::Http)) if !has_program_parts => {
            let dialled = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
            if dialled { Ok(()) } else { Err(ServersError::Url { name: owned() }) }
        }
        (Some(_) | None, Some(_) | None, Some(ServerKind::Stdio | ServerKind::Http) | None) => {
            Err(ServersError::Reach { name: owned() })
        }
    }
}

impl ServerEntry {
    /// As agents are told it; `find` knows where programs are, and in what environment.
    pub(crate) fn server(
        &self,
        name: &str,
        find: impl Fn(&str) -> Option<(String, String)>,
    ) -> Result<ToolServer, ServersError> {
        let owned = || name.to_owned();
        let reach = match (&self.command, &self.url) {
            (Some(command), _) => {
                let missing = || ServersError::Missing { name: owned(), command: command.clone() };
                let (program, path) = find(command).ok_or_else(missing)?;
                let mut env = self.env.clone();
                env.entry("PATH".to_owned()).or_insert(path);
                ServerReach::Program { program, args: self.args.clone(), env }
            }
            (None, Some(url)) => ServerReach::Url { url: url.clone(), headers: self.headers.clone() },
            (None, None) => return Err(ServersError::Reach { name: owned() }),
        };
        Ok(ToolServer { name: owned(), reach })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(file: &Value) -> Result<Servers, ServersError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(SERVERS_FILE), file.to_string()).unwrap();
        Servers::of_folder(folder.path())
    }

    #[test]
    fn ag10_the_file_is_read_as_people_have_it_and_written_the_same() {
        let file = json!({ "mcpServers": {
            "far": { "type": "http", "url": "https://example.org/mcp", "headers": { "Authorization": "Bearer x" } },
            "notes": { "command": "notes-mcp", "args": ["-q"], "env": { "NOTES_TOKEN": "t" } },
            "plain": { "type": "stdio", "command": "/opt/plain" },
        } });
        let servers = read(&file).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&servers.text()).unwrap(), file);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Servers::of_folder(folder.path()).unwrap(), Servers::default());
    }

    #[test]
    fn ag10_what_is_wrong_with_the_file_is_said() {
        let one = |entry: Value| json!({ "mcpServers": { "notes": entry } });
        for (file, says) in [
            (json!({ "servers": {} }), "unknown field `servers`"),
            (one(json!({ "command": "x", "disabled": true })), "unknown field `disabled`"),
            (one(json!({ "type": "sse", "url": "http://x" })), "unknown variant `sse`"),
            (one(json!({})), "either a command or a url"),
            (one(json!({ "command": "x", "url": "http://x" })), "either a command or a url"),
            (one(json!({ "type": "http", "command": "x" })), "either a command or a url"),
            (one(json!({ "url": "http://x", "env": { "A": "1" } })), "either a command or a url"),
            (one(json!({ "url": "ftp://x" })), "must begin with https://"),
            (one(json!({ "command": "./notes" })), "must be a bare name"),
            (one(json!({ "command": "bin/notes" })), "must be a bare name"),
            (json!({ "mcpServers": { "conclave": { "command": "x" } } }), "taken by Conclave"),
            (json!({ "mcpServers": { "a b": { "command": "x" } } }), "no name for a server"),
        ] {
            let refused = read(&file).unwrap_err().to_string();
            assert!(refused.starts_with("mcp.json") && refused.contains(says), "{refused}");
        }
    }
}
