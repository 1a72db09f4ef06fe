//! One line for each agent: where it is, how to get it, and what it said of itself when it was last asked.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use agent_catalog::{Catalog, Places};
use model::{AgentCheck, Login};
use ports::agent::{AgentCatalog, CatalogEntry, Checked};
use wire::{AgentDetails, AgentRow, Reply, Request};

use super::{Finding, Verdict, finding};
use crate::client::Client;
use crate::compose::{Options, kept_keys};

const HOUR_MS: u64 = 3_600_000;

/// As the running host sees them; without one, as it would see them if it were started here. Starts none.
pub async fn agents(data: &Path) -> Vec<Finding> {
    let rows = match ask(data).await {
        Some(rows) => rows,
        None => match look(data).await {
            Ok(rows) => rows,
            Err(refused) => return vec![refused],
        },
    };
    rows.iter().map(line).collect()
}

async fn ask(data: &Path) -> Option<Vec<AgentRow>> {
    let mut client = Client::connect(data).await.ok()?;
    match client.call(Request::Agents).await {
        Ok(Reply::Agents { agents }) => Some(agents),
        Ok(_) | Err(_) => None,
    }
}

async fn look(data: &Path) -> Result<Vec<AgentRow>, Finding> {
    let Options { env, beside, keyring, .. } = Options::usual(data.to_owned());
    let keys = kept_keys(data.to_owned(), keyring).await;
    let places = Places { keys, ..Places::usual(env, data.to_owned(), beside) };
    let catalog = Catalog::new(places).map_err(|error| finding("agents", Verdict::Bad, error.to_string()))?;
    Ok(catalog.entries().into_iter().map(|entry| row(&catalog, entry)).collect())
}

fn row(catalog: &Catalog, entry: CatalogEntry) -> AgentRow {
    let (check, offers) = match catalog.checked(&entry.agent) {
        Some(Checked { check, offers }) => (Some(check), offers),
        None => (None, model::AgentOffers::default()),
    };
    AgentRow {
        can_be_limited: entry.can_be_limited(),
        agent: entry.agent,
        name: entry.name,
        found: entry.found,
        // Only a running host knows which its owner has switched off.
        enabled: true,
        rehearsal: entry.rehearsal,
        ceilings: entry.ceilings,
        offers,
        repository: None,
        details: Some(AgentDetails {
            hint: entry.hint,
            program: entry.program,
            source: entry.source,
            install: entry.install,
            key: entry.key,
            check,
            named: entry.named,
            due: false,
        }),
    }
}

fn line(row: &AgentRow) -> Finding {
    let what = format!("agent {}", row.agent);
    let hint = row.details.as_ref().and_then(|details| details.hint.clone());
    if !row.found {
        return finding(&what, Verdict::Note, hint.unwrap_or_else(|| "not found".to_owned()));
    }
    let check = row.details.as_ref().and_then(|details| details.check.as_ref());
    if let Some(failure) = check.and_then(|check| check.failure.as_ref()) {
        return finding(&what, Verdict::Note, format!("did not start when it was tested: {failure}"));
    }
    let mut says = vec![named(row, check)];
    says.extend(row.details.as_ref().and_then(place));
    says.extend(row.details.as_ref().and_then(key));
    says.extend(check.and_then(login).map(str::to_owned));
    let models = row.offers.models.len();
    says.extend((models > 0).then(|| format!("{models} models")));
    says.push(check.map_or_else(|| "not tested yet".to_owned(), |check| tested(check, now())));
    says.extend((!row.enabled).then(|| "switched off".to_owned()));
    if row.can_be_limited {
        return finding(&what, Verdict::Good, says.join("; "));
    }
    says.push("cannot be limited for guests, so only you can run it".to_owned());
    finding(&what, Verdict::Note, says.join("; "))
}

fn named(row: &AgentRow, check: Option<&AgentCheck>) -> String {
    match check.and_then(|check| check.version.as_ref()) {
        Some(version) => format!("{} {version}", row.name),
        None => row.name.clone(),
    }
}

fn place(details: &AgentDetails) -> Option<String> {
    let program = details.program.as_ref()?;
    Some(match &details.source {
        Some(source) => format!("{program} (in {source})"),
        None => program.clone(),
    })
}

fn key(details: &AgentDetails) -> Option<String> {
    let key = details.key.as_ref()?;
    Some(format!("{} is {}set", key.variable, if key.is_set { "" } else { "not " }))
}

fn login(check: &AgentCheck) -> Option<&'static str> {
    match check.login {
        Login::In => Some("logged in"),
        Login::Out => Some("not logged in"),
        Login::Unknown => None,
    }
}

fn tested(check: &AgentCheck, now: u64) -> String {
    match now.saturating_sub(check.at.0) / HOUR_MS {
        0 => "tested within the hour".to_owned(),
        hours => format!("tested {hours} h ago"),
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use model::{AgentKey, AgentOffers, Ceiling, KeyWanted, Offer, Timestamp};

    use super::*;

    fn claude(check: Option<AgentCheck>) -> AgentRow {
        let model = Offer { id: "big".to_owned(), name: "Big".to_owned() };
        AgentRow {
            agent: AgentKey("claude".to_owned()),
            name: "Claude Code".to_owned(),
            found: true,
            enabled: true,
            rehearsal: false,
            can_be_limited: true,
            ceilings: [("default".to_owned(), Ceiling::Ask)].into(),
            offers: AgentOffers { models: vec![model], ..AgentOffers::default() },
            repository: None,
            details: Some(AgentDetails {
                hint: Some("Install it.".to_owned()),
                program: Some("~/.nvm/bin/claude".to_owned()),
                source: Some("nvm".to_owned()),
                install: None,
                key: Some(KeyWanted { variable: "ANTHROPIC_API_KEY".to_owned(), is_set: false }),
                check,
                named: None,
                due: false,
            }),
        }
    }

    #[test]
    fn ag8_each_agent_is_one_line_with_what_is_known_of_it() {
        let version = Some("2.1".to_owned());
        let mut check =
            AgentCheck { at: Timestamp(now()), version, login: Login::In, commands: None, failure: None };
        assert_eq!(
            line(&claude(Some(check.clone()))).says,
            "Claude Code 2.1; ~/.nvm/bin/claude (in nvm); ANTHROPIC_API_KEY is not set; logged in; 1 models; \
             tested within the hour"
        );
        let untested = AgentRow { can_be_limited: false, enabled: false, ..claude(None) };
        let says = line(&untested).says;
        assert!(says.contains("not tested yet; switched off; cannot be limited for guests"), "{says}");
        check.failure = Some("It is not logged in.".to_owned());
        assert!(line(&claude(Some(check))).says.ends_with("when it was tested: It is not logged in."));
        assert_eq!(line(&AgentRow { found: false, ..claude(None) }).says, "Install it.");
    }
}
