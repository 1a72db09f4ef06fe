//! Other hosts: joining them, and those that are known.

use std::path::Path;

use anyhow::Result;
use identity::InviteLink;
use model::DisplayName;
use peer::{Guise, Joining, Kept, KnownHost, Progress, Standing};
use serde_json::json;

use super::desk::{PROGRAM, home};
use crate::args::{Join, Remote};
use crate::compose::owner_name;
use crate::output::{Form, Said, table};

pub async fn join(data: &Path, order: Join, form: Form) -> Result<()> {
    if let Some(asked) = &order.nearby {
        return super::nearby::join(data, asked, &order, form).await;
    }
    let invite: InviteLink = order.invite.as_deref().unwrap_or_default().parse()?;
    let home = home(data);
    let mut joining = Joining::begin(&home, invite, guise(&order)?, PROGRAM).await?;
    if joining.host().kept == Kept::File {
        eprintln!("conclave: {}", in_a_file(data));
    }
    let mut tries = 0;
    loop {
        match joining.next().await? {
            Progress::AskedForConsent => {
                eprintln!("conclave: The owner has been asked to let you in. Waiting for the answer.");
            }
            Progress::Retrying => {
                tries += 1;
                if tries == 1 {
                    eprintln!("conclave: The host does not answer. Trying again.");
                }
            }
            Progress::In(host) => return Ok(form.print(&said(&host))?),
        }
    }
}

pub(super) fn guise(order: &Join) -> Result<Guise> {
    let label = order.label.as_deref().map(DisplayName::parse).transpose()?;
    let name = order.name.as_deref().map_or_else(|| Ok(owner_name()), DisplayName::parse)?;
    Ok(Guise { name, label })
}

pub async fn remote(data: &Path, order: Remote) -> Result<Said> {
    let home = home(data);
    match order {
        Remote::List => {
            let hosts = home.book.all()?;
            let lines: Vec<Vec<String>> = hosts.iter().map(row).collect();
            let people = table(&lines, "You have joined no other host. Join one with `conclave join`.");
            let hosts: Vec<_> = hosts.iter().map(value).collect();
            Ok(Said { people, json: json!({ "kind": "known_hosts", "hosts": hosts }) })
        }
        Remote::Forget { host } => {
            let forgotten = home.apart(move |home| home.forget(&home.book.find(&host)?.key)).await?;
            let people =
                format!("{} is forgotten here. Its owner still has you in their list.", forgotten.label);
            Ok(Said { people, json: json!({ "kind": "forgotten", "host": value(&forgotten) }) })
        }
    }
}

/// PA4: said plainly where the system has no keyring.
pub(super) fn in_a_file(data: &Path) -> String {
    format!(
        "This system has no keyring that keeps things, so what opens that host is kept in a file in {} that only \
         you can read.",
        data.join("credentials").display()
    )
}

pub(super) fn said(host: &KnownHost) -> Said {
    let label = &host.label;
    let people = format!(
        "You are in at {label}, as {}. See what is shared with `conclave --host {:?} workspace list`.",
        host.name,
        label.as_str()
    );
    Said { people, json: json!({ "kind": "joined", "host": value(host) }) }
}

fn row(host: &KnownHost) -> Vec<String> {
    let standing = match host.standing {
        Standing::Waiting => "not let in yet",
        Standing::In => "joined",
    };
    let kept = match host.kept {
        Kept::Keyring => "credential in the keyring",
        Kept::File => "credential in a file",
    };
    let address = host.addresses.first().cloned().unwrap_or_default();
    let cells = [&host.label.to_string(), &format!("as {}", host.name), standing, &address, kept];
    cells.map(str::to_owned).to_vec()
}

fn value(host: &KnownHost) -> serde_json::Value {
    json!({
        "key": host.key,
        "label": host.label,
        "name": host.name,
        "standing": host.standing,
        "addresses": host.addresses,
        "port": host.port,
        "kept": host.kept,
        "added_at": host.added_at,
        "welcomed_at": host.welcomed_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pa4_the_plain_file_is_said_in_words() {
        let said = in_a_file(Path::new("/data"));
        assert!(said.contains("no keyring") && said.contains("/data/credentials"), "{said}");
    }
}
