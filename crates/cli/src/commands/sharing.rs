//! Shares, invites and the people at the door.

use anyhow::{Context, Result, bail};
use host::SystemClock;
use model::{Budget, InviteId, KnockId, Preset, Right, Rights, RoomRules, ShareId, WorkspaceId};
use ports::clock::Clock;
use serde_json::json;
use wire::{InviteRow, Invited, MemberRow, MintNotice, Reply, Request, RightsWish, ShareRow, ShareWish};

use super::{Desk, fresh, said};
use crate::args::{Door, Invite, Most, PresetName, RightName, Share, Terms};
use crate::output::{Said, table};
use crate::resolve::{self, Candidate, Kind};

pub async fn share(desk: &mut Desk, order: Share) -> Result<Said> {
    match order {
        Share::New { workspaces, preset, rights, terms } => {
            let workspaces = find_workspaces(desk, &workspaces).await?;
            let wish = ShareWish::of(workspaces, preset.map_or(Preset::Observer, Preset::from));
            let rules = Some(by_default(desk).await?);
            let wish = wished(ShareWish { rules, ..wish }, (None, rights), terms);
            let reply = desk.call(Request::MintShare { command: fresh(), terms: wish }).await?;
            let Reply::Minted { share, invite, notices } = &reply else { return said(&reply, "") };
            let notices: Vec<String> = notices.iter().map(notice).collect();
            let notices = notices.join("\n");
            said(&reply, format!("Share {share} is live.\n{}\n\n{notices}", invitation(invite)))
        }
        Share::Edit { share, workspaces, preset, rights, terms } => {
            let share = find_share(desk, &share).await?;
            let known = shares(desk).await?.into_iter().find(|row| row.share == share);
            let mut wish = ShareWish::from(known.context("The share is gone.")?.terms);
            if !workspaces.is_empty() {
                wish.workspaces = find_workspaces(desk, &workspaces).await?;
            }
            let wish = wished(wish, (preset, rights), terms);
            let reply = desk.call(Request::EditShare { command: fresh(), share, terms: wish }).await?;
            said(&reply, format!("Share {share} is changed."))
        }
        Share::List => {
            let rows = shares(desk).await?;
            let line = |it: &ShareRow| {
                let people: Vec<String> = it.people.iter().map(member).collect();
                let inside = if people.is_empty() { "nobody yet".to_owned() } else { people.join(", ") };
                let open = format!("{} open", it.open_invites);
                vec![it.share.to_string(), it.terms.label.clone(), open, inside]
            };
            let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
            let people = table(&lines, "Nothing is shared. Share a workspace with `conclave share new`.");
            Ok(Said { people, json: serde_json::to_value(Reply::Shares { shares: rows })? })
        }
        Share::StopCode => {
            said(&desk.call(Request::StopPairing { command: fresh() }).await?, "The code is good no more.")
        }
        Share::Code { .. } => bail!("This command does not belong here."),
        Share::Stop { share } => {
            let share = find_share(desk, &share).await?;
            let reply = desk.call(Request::StopShare { command: fresh(), share }).await?;
            said(&reply, format!("Share {share} is stopped."))
        }
    }
}

pub async fn invite(desk: &mut Desk, order: Invite) -> Result<Said> {
    match order {
        Invite::New { share, uses, lifetime, unasked } => {
            let share = find_share(desk, &share).await?;
            let request = Request::MintInvite {
                command: fresh(),
                share,
                uses: Some(uses),
                lifetime,
                consent: Some(!unasked),
            };
            let reply = desk.call(request).await?;
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
            let people = table(&lines, "No open invites. Make one with `conclave invite new`.");
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

/// The rules of a share of which nothing else is said.
async fn by_default(desk: &mut Desk) -> Result<RoomRules> {
    match desk.call(Request::Settings).await? {
        Reply::Settings { settings, .. } => {
            Ok(RoomRules { consensus: settings.consensus_by_default, ..RoomRules::default() })
        }
        other => bail!("The host answered {other:?}."),
    }
}

/// What was asked for on top of `wish`.
fn wished(mut wish: ShareWish, (preset, rights): Offered, terms: Terms) -> ShareWish {
    if let Some(preset) = preset {
        wish.rights = RightsWish::Preset { preset: preset.into() };
    }
    if !rights.is_empty() {
        let rights = Rights::of(rights.into_iter().map(Right::from));
        wish.rights = RightsWish::Rights { rights };
    }
    wish.rules = wish.rules.map(|known| rules(&known, &terms));
    wish.budget = budget(wish.budget, terms.tokens_each, terms.dollars_each);
    wish.total = budget(wish.total, terms.tokens_total, terms.dollars_total);
    wish.label = terms.label.or(wish.label);
    wish.ceiling = terms.ceiling.map_or(wish.ceiling, Into::into);
    wish.terminal = terms.terminal.map_or(wish.terminal, Into::into);
    wish.browser_guests = terms.browsers.unwrap_or(wish.browser_guests);
    wish.consent = terms.consent.unwrap_or(wish.consent);
    if let Some(lifetime) = terms.lifetime {
        wish.expires_at = lifetime.0.map(|span| SystemClock.now() + span);
    }
    wish
}

/// What is not named stays as it is.
fn budget(known: Option<Budget>, tokens: Option<Most>, micros: Option<Most>) -> Option<Budget> {
    let known = known.unwrap_or_default();
    let tokens = tokens.map_or(known.tokens, |most| most.0);
    let cost_micros = micros.map_or(known.cost_micros, |most| most.0);
    Some(Budget { tokens, cost_micros }).filter(|budget| *budget != Budget::default())
}

type Offered = (Option<PresetName>, Vec<RightName>);

fn rules(known: &RoomRules, terms: &Terms) -> RoomRules {
    let Terms { consensus, owner_always_votes, overrides, driver_decides, absence, plan_first, .. } = terms;
    RoomRules {
        consensus: consensus.unwrap_or(known.consensus),
        owner_always_votes: owner_always_votes.unwrap_or(known.owner_always_votes),
        override_allowed: overrides.unwrap_or(known.override_allowed),
        driver_decides: driver_decides.unwrap_or(known.driver_decides),
        absence: absence.as_ref().map_or(known.absence, |absence| absence.0),
        plan_first: plan_first.unwrap_or(known.plan_first),
    }
}

fn member(row: &MemberRow) -> String {
    let mut text = row.name.to_string();
    if row.muted {
        text.push_str(" (muted)");
    }
    if !row.here {
        text.push_str(" (not here)");
    }
    text
}

/// What the owner must know (SH6, GR8, GR9, PA11).
fn notice(notice: &MintNotice) -> String {
    match notice {
        MintNotice::YourCredentials { agents } => {
            let agents: Vec<&str> = agents.iter().map(|agent| agent.0.as_str()).collect();
            let agents = if agents.is_empty() { "none found yet".to_owned() } else { agents.join(", ") };
            format!(
                "Agents run here with your logins and keys, and you pay for what guests ask of them \
                 ({agents}). A consumer subscription may forbid to share it: read its terms."
            )
        }
        MintNotice::GuestsSeeEachOther => {
            "All guests of a room see each other, whichever share they came by.".to_owned()
        }
        MintNotice::UnverifiedBrowsers => {
            "A browser can't check this host's key: its link is unverified. Compare the key above with \
             what the browser shows of the certificate. Browser guests always knock, and never get \
             `approve` or drive a terminal. `--browsers=false` keeps them out."
                .to_owned()
        }
        MintNotice::ActsAsYou => {
            "Whoever may steer an agent and run commands acts as your user on this machine.".to_owned()
        }
    }
}

/// PA11: a browser can't check the host's key by itself, unless the owner brought a certificate for it.
pub(super) fn invitation(invite: &Invited) -> String {
    let Invited { link, code, fingerprint, .. } = invite;
    let certainty = match invite.verified {
        true => "Browsers check it by your certificate.".to_owned(),
        false => format!("Key to compare:    {fingerprint}"),
    };
    format!(
        "For a browser:     {link}\nFor Conclave:      {code}\n{certainty}\n\
         Unless you said otherwise you will be asked to let each person in (`conclave door list`)."
    )
}

pub(super) async fn shares(desk: &mut Desk) -> Result<Vec<ShareRow>> {
    let Reply::Shares { shares } = desk.call(Request::Shares).await? else { return Ok(Vec::new()) };
    Ok(shares)
}

async fn find_workspaces(desk: &mut Desk, asked: &[String]) -> Result<Vec<WorkspaceId>> {
    let directory = desk.directory().await?;
    let found = asked.iter().map(|asked| resolve::workspace(&directory, asked));
    Ok(found.collect::<Result<_, _>>()?)
}

async fn invites(desk: &mut Desk, share: ShareId) -> Result<Vec<InviteRow>> {
    let reply = desk.call(Request::Invites { share }).await?;
    let Reply::Invites { invites } = reply else { return Ok(Vec::new()) };
    Ok(invites)
}

pub(super) async fn find_share(desk: &mut Desk, asked: &str) -> Result<ShareId> {
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
