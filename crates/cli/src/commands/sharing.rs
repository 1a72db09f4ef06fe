//! Shares, invites and the people at the door.

use anyhow::Result;
use model::{InviteId, KnockId, ShareId};
use serde_json::json;
use wire::{InviteRow, Invited, Reply, Request, ShareRow};

use super::{Desk, fresh, said};
use crate::args::{Door, Invite, Share};
use crate::output::{Said, table};
use crate::resolve::{self, Candidate, Kind};

pub async fn share(desk: &mut Desk, order: Share) -> Result<Said> {
    match order {
        Share::New { workspaces, preset, consensus, ceiling, label } => {
            let directory = desk.directory().await?;
            let found = workspaces.iter().map(|asked| resolve::workspace(&directory, asked));
            let request = Request::MintShare {
                command: fresh(),
                workspaces: found.collect::<Result<_, _>>()?,
                preset: preset.into(),
                consensus,
                ceiling: ceiling.into(),
                label,
            };
            let reply = desk.call(request).await?;
            let Reply::Minted { share, invite } = &reply else { return said(&reply, "") };
            said(&reply, format!("Share {share} is live.\n{}", invitation(invite)))
        }
        Share::List => {
            let rows = shares(desk).await?;
            let line = |it: &ShareRow| {
                let people: Vec<String> = it.people.iter().map(ToString::to_string).collect();
                let inside = if people.is_empty() { "nobody yet".to_owned() } else { people.join(", ") };
                let open = format!("{} open", it.open_invites);
                vec![it.share.to_string(), it.terms.label.clone(), open, inside]
            };
            let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
            let people = table(&lines, "Nothing is shared. Share a workspace with `conclave share new`.");
            Ok(Said { people, json: serde_json::to_value(Reply::Shares { shares: rows })? })
        }
        Share::Stop { share } => {
            let share = find_share(desk, &share).await?;
            let reply = desk.call(Request::StopShare { command: fresh(), share }).await?;
            said(&reply, format!("Share {share} is stopped."))
        }
    }
}

pub async fn invite(desk: &mut Desk, order: Invite) -> Result<Said> {
    match order {
        Invite::New { share } => {
            let share = find_share(desk, &share).await?;
            let reply = desk.call(Request::MintInvite { command: fresh(), share }).await?;
            let Reply::Invited { invite } = &reply else { return said(&reply, "") };
            said(&reply, invitation(invite))
        }
        Invite::List { share } => {
            let share = find_share(desk, &share).await?;
            let rows = invites(desk, share).await?;
            let line = |it: &InviteRow| {
                vec![it.invite.to_string(), format!("used {} of {}", it.used, it.terms.uses)]
            };
            let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
            let people = table(&lines, "No invites. Make one with `conclave invite new`.");
            Ok(Said { people, json: serde_json::to_value(Reply::Invites { invites: rows })? })
        }
        Invite::Cancel { invite } => {
            let invite = find_invite(desk, &invite).await?;
            let reply = desk.call(Request::CancelInvite { command: fresh(), invite }).await?;
            said(&reply, format!("Invite {invite} is cancelled."))
        }
    }
}

pub async fn door(desk: &mut Desk, order: Door) -> Result<Said> {
    match order {
        Door::List => {
            let rows = desk.directory().await?.knocks;
            let line = |it: &model::KnockView| {
                vec![it.knock.to_string(), it.name.to_string(), it.share_label.clone(), it.device.clone()]
            };
            let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
            let people = table(&lines, "Nobody waits at the door.");
            Ok(Said { people, json: json!({ "kind": "knocks", "knocks": rows }) })
        }
        Door::Admit { knock } => {
            let knock = find_knock(desk, &knock).await?;
            let reply = desk.call(Request::Admit { command: fresh(), knock }).await?;
            said(&reply, "Let in.")
        }
        Door::Refuse { knock } => {
            let knock = find_knock(desk, &knock).await?;
            let reply = desk.call(Request::RefuseKnock { command: fresh(), knock }).await?;
            said(&reply, "Refused.")
        }
    }
}

/// PA11: a browser can't check the host's key by itself.
fn invitation(invite: &Invited) -> String {
    let Invited { link, code, fingerprint, .. } = invite;
    format!(
        "For a browser:     {link}\nFor Conclave:      {code}\nKey to compare:    {fingerprint}\n\
         A browser can't check the key: compare it with what the browser shows of the certificate. \
         You will be asked to let each person in (`conclave door list`)."
    )
}

async fn shares(desk: &mut Desk) -> Result<Vec<ShareRow>> {
    let Reply::Shares { shares } = desk.call(Request::Shares).await? else { return Ok(Vec::new()) };
    Ok(shares)
}

async fn invites(desk: &mut Desk, share: ShareId) -> Result<Vec<InviteRow>> {
    let reply = desk.call(Request::Invites { share }).await?;
    let Reply::Invites { invites } = reply else { return Ok(Vec::new()) };
    Ok(invites)
}

async fn find_share(desk: &mut Desk, asked: &str) -> Result<ShareId> {
    let all = shares(desk).await?.into_iter().map(|row| Candidate {
        id: row.share,
        written: row.share.to_string(),
        names: vec![row.terms.label],
    });
    Ok(resolve::find(all, asked, Kind { name: "share", list: "conclave share list" })?)
}

async fn find_invite(desk: &mut Desk, asked: &str) -> Result<InviteId> {
    let mut all = Vec::new();
    for share in shares(desk).await? {
        all.extend(invites(desk, share.share).await?);
    }
    let all = all.iter().map(|row| unnamed(row.invite, row.invite.to_string()));
    Ok(resolve::find(all, asked, Kind { name: "invite", list: "conclave invite list SHARE" })?)
}

async fn find_knock(desk: &mut Desk, asked: &str) -> Result<KnockId> {
    let all = desk.directory().await?.knocks.into_iter().map(|row| Candidate {
        id: row.knock,
        written: row.knock.to_string(),
        names: vec![row.name.to_string()],
    });
    Ok(resolve::find(all, asked, Kind { name: "person at the door", list: "conclave door list" })?)
}

fn unnamed<T>(id: T, written: String) -> Candidate<T> {
    Candidate { id, written, names: Vec::new() }
}
