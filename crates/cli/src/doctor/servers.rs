//! The servers of tools that every agent is given (AG10).

use std::path::Path;

use agent_catalog::{Catalog, Places, SERVERS_FILE};
use ports::agent::{AgentCatalog, AgentError};

use super::{Finding, Verdict, finding};
use crate::compose::Options;

/// Nothing where there are none.
pub fn servers(data: &Path) -> Option<Finding> {
    let Options { env, beside, .. } = Options::usual(data.to_owned());
    // Another line says what is wrong with the catalogue.
    let catalog = Catalog::new(Places::usual(env, data.to_owned(), beside)).ok()?;
    match catalog.servers() {
        Ok(servers) if servers.is_empty() => None,
        Ok(servers) => {
            let names: Vec<&str> = servers.iter().map(|server| server.name.as_str()).collect();
            Some(finding(SERVERS_FILE, Verdict::Good, names.join(", ")))
        }
        Err(AgentError::NotStarted { detail }) => Some(finding(SERVERS_FILE, Verdict::Wrong, detail)),
        Err(error) => Some(finding(SERVERS_FILE, Verdict::Wrong, error.to_string())),
    }
}
