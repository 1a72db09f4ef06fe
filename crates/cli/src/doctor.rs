//! What is there and what is missing, said before it is needed.

mod agents;
mod servers;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use model::Refusals;
use serde_json::{Value, json};
use vcs::Git;
use wire::{Reply, Request};

use crate::client::{Client, ClientError};
use crate::output::{Form, Said, table};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    /// Conclave works without it.
    Note,
    Wrong,
    Bad,
}

struct Finding {
    what: String,
    verdict: Verdict,
    says: String,
}

/// Exit code 1 when something is missing that Conclave can't work without.
pub async fn doctor(data: &Path, form: Form) -> Result<ExitCode> {
    let mut findings = vec![git().await, folder(data)];
    findings.extend(running(data).await);
    findings.extend(agents::agents(data).await);
    findings.extend(servers::servers(data));
    findings.push(confinement());
    form.print(&said(&findings))?;
    let bad = findings.iter().any(|finding| finding.verdict == Verdict::Bad);
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn git() -> Finding {
    match Git::find().await {
        Ok(git) => finding("git", Verdict::Good, git.program().display().to_string()),
        Err(error) => finding("git", Verdict::Bad, error.to_string()),
    }
}

fn folder(data: &Path) -> Finding {
    let says = data.display();
    match std::fs::metadata(data) {
        Ok(found) if !found.is_dir() => {
            finding("data folder", Verdict::Bad, format!("{says} is no folder. Say another with --data."))
        }
        Ok(found) if found.permissions().readonly() => {
            finding("data folder", Verdict::Bad, format!("{says} can't be written. Check its permissions."))
        }
        Ok(_) => finding("data folder", Verdict::Good, says.to_string()),
        Err(_) => finding("data folder", Verdict::Note, format!("{says} is made at the first start")),
    }
}

async fn running(data: &Path) -> Vec<Finding> {
    match ask(data).await {
        Ok(findings) => findings,
        Err(ClientError::NotRunning { .. }) => {
            vec![finding("host", Verdict::Note, "does not run; start it with `conclave host`")]
        }
        Err(error) => vec![finding("host", Verdict::Bad, error.to_string())],
    }
}

/// What the running host says of itself.
async fn ask(data: &Path) -> Result<Vec<Finding>, ClientError> {
    let mut client = Client::connect(data).await?;
    let mut findings = vec![sharing(&mut client).await?];
    if let Reply::Health { warnings, refusals } = client.call(Request::Health).await? {
        findings.extend(warnings.into_iter().map(|warning| finding("warning", Verdict::Wrong, warning)));
        findings.push(door(refusals));
    }
    Ok(findings)
}

async fn sharing(client: &mut Client) -> Result<Finding, ClientError> {
    Ok(match client.call(Request::Shares).await? {
        Reply::Shares { shares } if !shares.is_empty() => {
            finding("host", Verdict::Good, format!("runs, with {} live shares", shares.len()))
        }
        _ => finding("host", Verdict::Good, "runs; nothing is shared, so no port is open to others"),
    })
}

/// PA6: each refusal is counted.
fn door(refusals: Refusals) -> Finding {
    let Refusals { evicted, full, waiting, failed } = refusals;
    let says = format!(
        "turned away since the start: {failed} that failed to prove who they are, {waiting} that have to wait, \
         {evicted} for newer ones, {full} for want of a place"
    );
    finding("door", Verdict::Good, says)
}

/// GR8: said plainly where the system does not keep agents from the owner's files.
fn confinement() -> Finding {
    let says = "agents are not confined: whoever may steer here and run commands acts as your OS user";
    finding("confinement", Verdict::Note, says)
}

fn finding(what: &str, verdict: Verdict, says: impl Into<String>) -> Finding {
    Finding { what: what.to_owned(), verdict, says: says.into() }
}

fn said(findings: &[Finding]) -> Said {
    let word = |verdict: Verdict| match verdict {
        Verdict::Good => "ok",
        Verdict::Note => "note",
        Verdict::Wrong => "wrong",
        Verdict::Bad => "missing",
    };
    let lines: Vec<Vec<String>> = findings
        .iter()
        .map(|it| vec![word(it.verdict).to_owned(), it.what.clone(), it.says.clone()])
        .collect();
    let rows: Vec<Value> = findings
        .iter()
        .map(|it| json!({ "what": it.what, "verdict": word(it.verdict), "says": it.says }))
        .collect();
    Said { people: table(&lines, ""), json: json!({ "kind": "findings", "findings": rows }) }
}
