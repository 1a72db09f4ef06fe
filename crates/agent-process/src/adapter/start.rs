use std::collections::BTreeMap;
use std::path::Path;

use ports::agent::{AgentStart, ServerReach};
use uuid::Uuid;

use crate::veil::Veil;
use crate::{Launch, ProcessMark};

/// Endings of the names of variables whose values are secrets.
const SECRET_NAMES: &[&str] = &["KEY", "TOKEN", "SECRET", "PASSWORD", "CREDENTIALS"];

pub fn launch(start: &AgentStart) -> Launch {
    let env = start.program.env.iter().map(|(name, value)| (name.into(), value.into()));
    Launch {
        program: start.program.program.clone(),
        args: start.program.args.iter().map(Into::into).collect(),
        env: env.collect(),
        cwd: start.worktree.clone(),
        tag: Uuid::new_v4().to_string(),
    }
}

/// What of this agent's words other readers may not see.
pub fn veil(start: &AgentStart) -> Veil {
    let env = &start.program.env;
    let home: Vec<String> = env.get("HOME").map(|home| names(Path::new(home))).unwrap_or_default();
    let own = secrets(env).map(str::to_owned);
    let servers = start.servers.iter().flat_map(|server| secrets_of(&server.reach));
    Veil::new(&names(&start.worktree), &home, &own.chain(servers).collect::<Vec<_>>())
}

fn secrets(env: &BTreeMap<String, String>) -> impl Iterator<Item = &str> {
    env.iter().filter(|(name, _)| is_secret(name)).map(|(_, value)| value.as_str())
}

/// What stands in a header after its scheme (`Bearer …`) is one by itself.
fn secrets_of(reach: &ServerReach) -> Vec<String> {
    match reach {
        ServerReach::Program { env, .. } => secrets(env).map(str::to_owned).collect(),
        ServerReach::Url { headers, .. } => headers
            .values()
            .flat_map(|value| [value.as_str()].into_iter().chain(value.split(' ').nth(1)))
            .map(str::to_owned)
            .collect(),
    }
}

/// A folder as it was given, and as the agent's program sees it behind symbolic links.
fn names(folder: &Path) -> Vec<String> {
    let given = folder.to_string_lossy().into_owned();
    let real = folder.canonicalize().map(|real| real.to_string_lossy().into_owned()).ok();
    let real = real.filter(|real| *real != given);
    [given].into_iter().chain(real).collect()
}

fn is_secret(name: &str) -> bool {
    let name = name.to_uppercase();
    SECRET_NAMES.iter().any(|ending| name.ends_with(ending))
}

/// A process as text, for [`ports::agent::AgentReady::process`].
pub fn process_text(mark: &ProcessMark) -> String {
    let started = mark.started.map(|started| started.to_string()).unwrap_or_default();
    format!("{}:{started}:{}", mark.pid, mark.tag)
}

pub fn mark_of(text: &str) -> Option<ProcessMark> {
    let (pid, rest) = text.split_once(':')?;
    let (started, tag) = rest.split_once(':')?;
    // Without a tag every process without one would be meant.
    let tag = Some(tag).filter(|tag| !tag.is_empty())?;
    Some(ProcessMark { pid: pid.parse().ok()?, started: started.parse().ok(), tag: tag.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_named_by_text_and_found_by_it() {
        for started in [Some(77), None] {
            let mark = ProcessMark { pid: 42, started, tag: "a:b".to_owned() };
            assert_eq!(mark_of(&process_text(&mark)), Some(mark));
        }
        for bad in ["", "42", "42:7", "42:7:", "x:7:tag"] {
            assert_eq!(mark_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn lo8_ag10_what_servers_of_tools_are_told_in_secret_is_secret() {
        let map = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
        let url = "https://example.org/mcp".to_owned();
        let far = ServerReach::Url { url, headers: map("X-Any", "Bearer abcdefgh") };
        assert_eq!(secrets_of(&far), ["Bearer abcdefgh", "abcdefgh"]);
        let env = map("NOTES_TOKEN", "abcdefgh").into_iter().chain(map("MODE", "production")).collect();
        let near = ServerReach::Program { program: "/bin/notes".to_owned(), args: vec![], env };
        assert_eq!(secrets_of(&near), ["abcdefgh"]);
    }

    #[test]
    fn lo8_secrets_are_known_by_their_variables() {
        for (name, secret) in
            [("OPENAI_API_KEY", true), ("GITHUB_TOKEN", true), ("PATH", false), ("HOME", false)]
        {
            assert_eq!(is_secret(name), secret, "{name}");
        }
    }
}
