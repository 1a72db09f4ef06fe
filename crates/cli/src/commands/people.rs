//! Who is in, with which devices, and what the host is set to.

use anyhow::{Result, bail};
use model::{DeviceId, PersonId, ShareId};
use wire::{DeviceRow, PersonRow, Reply, Request};

use super::sharing::{find_share, invitation};
use super::{Desk, fresh, said};
use crate::args::{Device, Member, Person, Settings};
use crate::output::{Said, table};
use crate::resolve::{self, Candidate, Kind};

pub async fn person(desk: &mut Desk, order: Person) -> Result<Said> {
    let command = fresh();
    match order {
        Person::List => {
            let rows = people(desk).await?;
            let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
            let people = table(&lines, "Nobody is in your shares.");
            Ok(Said { people, json: serde_json::to_value(Reply::People { people: rows })? })
        }
        Person::Mute(member) => {
            let (share, person) = find_member(desk, member).await?;
            said(&desk.call(Request::Mute { command, share, person }).await?, "Muted: they can watch.")
        }
        Person::Unmute(member) => {
            let (share, person) = find_member(desk, member).await?;
            said(&desk.call(Request::Unmute { command, share, person }).await?, "No longer muted.")
        }
        Person::Kick(member) => {
            let (share, person) = find_member(desk, member).await?;
            let reply = desk.call(Request::Kick { command, share, person }).await?;
            said(&reply, "Removed. From now on you are asked about everybody who wants to join this share.")
        }
        Person::Revoke { person } => {
            let person = find(&people(desk).await?, &person)?;
            let reply = desk.call(Request::RevokePerson { command, person }).await?;
            said(&reply, "Their access is taken back.")
        }
    }
}

pub async fn device(desk: &mut Desk, order: Device) -> Result<Said> {
    match order {
        Device::List => {
            let mine = my_devices(desk).await?;
            let people = people(desk).await?;
            let owned = mine.iter().map(|device| device_line("you", device));
            let others = people.iter().flat_map(|person| {
                person.devices.iter().map(|device| device_line(person.name.as_str(), device))
            });
            let lines: Vec<Vec<String>> = owned.chain(others).collect();
            let json = serde_json::json!({ "kind": "devices", "mine": mine, "people": people });
            Ok(Said { people: table(&lines, "No devices."), json })
        }
        Device::Add => {
            let reply = desk.call(Request::AddMyDevice { command: fresh() }).await?;
            let Reply::Invited { invite } = &reply else { return said(&reply, "") };
            said(&reply, format!("For one more device of yours, within 10 minutes:\n{}", invitation(invite)))
        }
        Device::Revoke { device } => {
            let mut all = my_devices(desk).await?;
            all.extend(people(desk).await?.into_iter().flat_map(|person| person.devices));
            let all = all.into_iter().map(|row| Candidate {
                id: row.device,
                written: row.device.to_string(),
                names: vec![row.label],
            });
            let kind = Kind { name: "device", list: "conclave device list" };
            let device: DeviceId = resolve::find(all, &device, kind)?;
            let reply = desk.call(Request::RevokeDevice { command: fresh(), device }).await?;
            said(&reply, "This device opens nothing here any more.")
        }
    }
}

pub async fn settings(desk: &mut Desk, order: Settings) -> Result<Said> {
    let request = match order {
        Settings::Show => Request::Settings,
        Settings::Change { name, consensus, nearby } => {
            Request::ChangeSettings { command: fresh(), name, consensus_by_default: consensus, nearby }
        }
    };
    let reply = desk.call(request).await?;
    let Reply::Settings { name, settings } = &reply else { return said(&reply, "") };
    let word = |set| if set { "yes" } else { "no" };
    let (consensus, nearby) = (word(settings.consensus_by_default), word(settings.nearby));
    let people = format!(
        "Name                     {name}\nNew shares ask for votes {consensus}\nSeen nearby              {nearby}"
    );
    said(&reply, people)
}

async fn people(desk: &mut Desk) -> Result<Vec<PersonRow>> {
    let Reply::People { people } = desk.call(Request::People).await? else { return Ok(Vec::new()) };
    Ok(people)
}

async fn my_devices(desk: &mut Desk) -> Result<Vec<DeviceRow>> {
    let Reply::Devices { devices } = desk.call(Request::MyDevices).await? else { return Ok(Vec::new()) };
    Ok(devices)
}

async fn find_member(desk: &mut Desk, member: Member) -> Result<(ShareId, PersonId)> {
    let rows = people(desk).await?;
    let person = find(&rows, &member.person)?;
    if let Some(share) = member.share {
        return Ok((find_share(desk, &share).await?, person));
    }
    let row = rows.iter().find(|row| row.person == person);
    match row.map(|row| row.shares.as_slice()).unwrap_or_default() {
        [only] => Ok((only.share, person)),
        _ => bail!("They are in several shares: say which with --share (`conclave share list`)."),
    }
}

fn find(rows: &[PersonRow], asked: &str) -> Result<PersonId> {
    let all = rows.iter().map(|row| Candidate {
        id: row.person,
        written: row.person.to_string(),
        names: vec![row.name.to_string()],
    });
    Ok(resolve::find(all, asked, Kind { name: "person", list: "conclave person list" })?)
}

fn line(row: &PersonRow) -> Vec<String> {
    let shares = row.shares.iter().map(|it| match it.muted {
        true => format!("{} (muted)", it.label),
        false => it.label.clone(),
    });
    let here = if row.here { "here" } else { "not here" };
    let shares: Vec<String> = shares.collect();
    vec![row.person.to_string(), row.name.to_string(), here.to_owned(), shares.join(", ")]
}

pub(super) fn device_line(whose: &str, row: &DeviceRow) -> Vec<String> {
    let kind = match row.kind {
        model::DeviceKind::Loopback => "page on this machine",
        model::DeviceKind::Browser => "browser, unverified link",
        model::DeviceKind::VerifiedBrowser => "browser",
        model::DeviceKind::Peer => "Conclave",
    };
    let here = if row.here { "here" } else { "not here" };
    vec![row.device.to_string(), whose.to_owned(), row.label.clone(), kind.to_owned(), here.to_owned()]
}
