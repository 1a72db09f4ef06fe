use std::collections::BTreeMap;

use ports::agent::{ServerReach, ToolServer};
use serde_json::{Value, json};

/// Servers of tools, as the protocol names them.
pub struct Servers {
    pub told: Vec<Value>,
    /// Names of those that this agent could not reach.
    pub left_out: Vec<String>,
}

impl Servers {
    /// Every agent starts programs; of the others only those it says it dials are told (AG10).
    pub fn for_agent(servers: &[ToolServer], capabilities: &Value) -> Self {
        let dials = capabilities["mcpCapabilities"]["http"] == true;
        let is_taken = |server: &&ToolServer| dials || matches!(server.reach, ServerReach::Program { .. });
        let (taken, left_out): (Vec<&ToolServer>, Vec<&ToolServer>) = servers.iter().partition(is_taken);
        Self {
            told: taken.into_iter().map(told).collect(),
            left_out: left_out.into_iter().map(|server| server.name.clone()).collect(),
        }
    }
}

fn told(server: &ToolServer) -> Value {
    let name = &server.name;
    match &server.reach {
        ServerReach::Program { program, args, env } => {
            json!({"name": name, "command": program, "args": args, "env": pairs(env)})
        }
        ServerReach::Url { url, headers } => {
            json!({"type": "http", "name": name, "url": url, "headers": pairs(headers)})
        }
    }
}

fn pairs(map: &BTreeMap<String, String>) -> Vec<Value> {
    map.iter().map(|(name, value)| json!({"name": name, "value": value})).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ag10_programs_are_told_to_all_and_addresses_to_those_that_dial() {
        let map = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
        let (program, url) = ("/bin/notes".to_owned(), "http://127.0.0.1:1/mcp".to_owned());
        let reach = ServerReach::Program { program, args: vec!["-q".to_owned()], env: map("A", "1") };
        let notes = ToolServer { name: "notes".to_owned(), reach };
        let reach = ServerReach::Url { url, headers: map("Authorization", "Bearer x") };
        let far = ToolServer { name: "far".to_owned(), reach };
        let servers = [notes, far];
        let program = json!({
            "name": "notes", "command": "/bin/notes", "args": ["-q"], "env": [{"name": "A", "value": "1"}],
        });

        let plain = Servers::for_agent(&servers, &json!({}));
        assert_eq!((plain.told, plain.left_out), (vec![program.clone()], vec!["far".to_owned()]));

        let dials = Servers::for_agent(&servers, &json!({"mcpCapabilities": {"http": true}}));
        let url = json!({
            "type": "http", "name": "far", "url": "http://127.0.0.1:1/mcp",
            "headers": [{"name": "Authorization", "value": "Bearer x"}],
        });
        assert_eq!((dials.told, dials.left_out), (vec![program, url], vec![]));
    }
}
