//! `mcp.json` of the data folder, whether a host runs or not (AG10).

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use agent_catalog::{SERVERS_FILE, ServerEntry, ServerKind, Servers};
use anyhow::{Context, Result, ensure};
use identity::{private_dir, write_private};
use serde_json::json;

use crate::args::{Mcp, McpServer};
use crate::output::{Said, table};

const LATER: &str = "It counts when an agent is next started.";

pub fn mcp(data: &Path, order: Mcp) -> Result<Said> {
    let mut servers = Servers::of_folder(data)?;
    match order {
        Mcp::List => Ok(list(&servers)),
        Mcp::Add(server) => {
            let name = server.name.clone();
            servers.add(name.clone(), entry(server)?)?;
            write(data, &servers)?;
            let people = format!("{name} is there for every agent. {LATER}");
            Ok(Said { people, json: json!({ "kind": "mcp_server", "name": name }) })
        }
        Mcp::Remove { name } => {
            let removed = servers.remove(&name);
            if removed {
                write(data, &servers)?;
            }
            let people =
                if removed { format!("Removed. {LATER}") } else { format!("There is no server {name:?}.") };
            Ok(Said { people, json: json!({ "kind": "mcp_server", "name": name, "removed": removed }) })
        }
    }
}

/// Secrets may be in it.
fn write(data: &Path, servers: &Servers) -> Result<()> {
    private_dir(data)?;
    Ok(write_private(&data.join(SERVERS_FILE), servers.text().as_bytes())?)
}

fn list(servers: &Servers) -> Said {
    let names = |map: &BTreeMap<String, String>| map.keys().cloned().collect::<Vec<_>>();
    let reach = |entry: &ServerEntry| match (&entry.command, &entry.url) {
        (Some(command), _) => [std::slice::from_ref(command), &entry.args].concat().join(" "),
        (None, url) => url.clone().unwrap_or_default(),
    };
    let rows = servers.iter().map(|(name, entry)| {
        let told = [names(&entry.env), names(&entry.headers)].concat().join(", ");
        vec![name.to_owned(), reach(entry), told]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let json = servers.iter().map(|(name, entry)| {
        json!({
            "name": name, "command": entry.command, "args": entry.args, "url": entry.url,
            "env": names(&entry.env), "headers": names(&entry.headers),
        })
    });
    let json = json!({ "kind": "mcp_servers", "servers": json.collect::<Vec<_>>() });
    let people = table(&rows, "There are none. Add one with: conclave mcp add NAME -- PROGRAM");
    Said { people, json }
}

fn entry(server: McpServer) -> Result<ServerEntry> {
    let mut command = server.command.into_iter();
    Ok(ServerEntry {
        kind: server.url.is_some().then_some(ServerKind::Http),
        command: command.next(),
        args: command.collect(),
        env: values(server.env)?,
        url: server.url,
        headers: values(server.header)?,
    })
}

fn values(given: Vec<String>) -> Result<BTreeMap<String, String>> {
    given.into_iter().map(|pair| value(&pair)).collect()
}

fn value(pair: &str) -> Result<(String, String)> {
    let (name, value) = match pair.split_once('=') {
        Some((name, value)) => (name, value.to_owned()),
        None => (pair, said(pair)?),
    };
    ensure!(!name.trim().is_empty(), "{pair:?} has no name: write NAME=value");
    Ok((name.to_owned(), value))
}

fn said(name: &str) -> Result<String> {
    eprintln!("The value of {name}, then Enter:");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("standard input can't be read")?;
    ensure!(!line.trim().is_empty(), "standard input said no value for {name}");
    Ok(line.trim().to_owned())
}
