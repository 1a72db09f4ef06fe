//! Frames about shares, invites, people and devices.

use model::*;
use wire::*;

use super::{command, id, name, workspace};

pub fn requests() -> Vec<Request> {
    let command = command();
    let (share, invite, knock) = (ShareId(id(50)), InviteId(id(51)), KnockId(id(52)));
    let (person, device) = (PersonId(id(2)), DeviceId(id(53)));
    vec![
        Request::MintShare { command, terms: ShareWish::of(vec![workspace()], Preset::Collaborator) },
        Request::EditShare {
            command,
            share,
            terms: ShareWish {
                rights: RightsWish::Rights { rights: Preset::Reviewer.rights() },
                rules: Some(RoomRules { consensus: true, ..RoomRules::default() }),
                ..ShareWish::of(vec![workspace()], Preset::Reviewer)
            },
        },
        Request::StopShare { command, share },
        Request::MintInvite {
            command,
            share,
            uses: Some(5),
            lifetime: Some(Span::from_secs(3600)),
            consent: Some(false),
        },
        Request::CancelInvite { command, invite },
        Request::Admit { command, knock },
        Request::RefuseKnock { command, knock },
        Request::Mute { command, share, person },
        Request::Unmute { command, share, person },
        Request::Kick { command, share, person },
        Request::RevokePerson { command, person },
        Request::RevokeDevice { command, device },
        Request::AnswerForkOffer { command, fork: workspace(), share: true },
        Request::ChangeSettings {
            command,
            name: Some("Ada".into()),
            consensus_by_default: Some(true),
            nearby: Some(false),
        },
        Request::Nearby,
        Request::StartPairing { command, share },
        Request::StopPairing { command },
        Request::AddMyDevice { command },
        Request::RevokeMyDevice { command, device },
        Request::RenameMe { command, name: "Bea".into() },
        Request::Leave { command },
    ]
}

pub fn replies() -> Vec<Reply> {
    let share = ShareId(id(50));
    vec![
        Reply::Shares {
            shares: vec![ShareRow {
                share,
                terms: share_terms(),
                people: vec![MemberRow {
                    person: PersonId(id(2)),
                    name: name("Bea"),
                    muted: false,
                    here: true,
                }],
                open_invites: 1,
            }],
        },
        Reply::Invites {
            invites: vec![InviteRow {
                invite: InviteId(id(51)),
                terms: InviteTerms { uses: 1, expires_at: Timestamp(86_400_000), consent: true },
                used: 0,
            }],
        },
        Reply::People { people: vec![person_row(share)] },
        Reply::Devices { devices: vec![device_row()] },
        Reply::Settings {
            name: name("Ada"),
            settings: HostSettings { consensus_by_default: true, nearby: true },
        },
        Reply::PairAnswer { share, message: "Qg".into() },
        Reply::PairConfirmed { mac: "bWFj".into() },
        Reply::Layout { revision: 7, layout: Some(r#"{"v":1}"#.into()) },
        Reply::PairingCode { code: "004211".into(), until: Timestamp(1_700_000_120_000) },
        Reply::Nearby {
            hosts: vec![NearbyRow {
                hint: "0a1b2c3d".into(),
                name: name("Bea"),
                port: 7441,
                addresses: vec!["10.0.0.7".into()],
                version: 1,
            }],
        },
        Reply::Renamed { name: name("Bea 2") },
        Reply::Minted { share, invite: invited(), notices: notices() },
        Reply::Invited { invite: invited() },
    ]
}

fn notices() -> Vec<MintNotice> {
    vec![
        MintNotice::YourCredentials { agents: vec![AgentKey("opencode".into())] },
        MintNotice::GuestsSeeEachOther,
        MintNotice::UnverifiedBrowsers,
        MintNotice::ActsAsYou,
    ]
}

fn device_row() -> DeviceRow {
    DeviceRow {
        device: DeviceId(id(53)),
        kind: DeviceKind::Browser,
        label: "Firefox on a phone".into(),
        last_seen: Timestamp(1_795_000_000_000),
        here: true,
        this: true,
    }
}

fn person_row(share: ShareId) -> PersonRow {
    PersonRow {
        person: PersonId(id(2)),
        name: name("Bea"),
        colour: 1,
        here: true,
        shares: vec![MembershipRow { share, label: "auth refactor".into(), muted: false }],
        devices: vec![DeviceRow { this: false, ..device_row() }],
    }
}

fn share_terms() -> Share {
    Share {
        label: "auth refactor".into(),
        workspaces: vec![workspace()],
        rights: Preset::Collaborator.rights(),
        terminal: TerminalRight::None,
        ceiling: Ceiling::Ask,
        rules: RoomRules::default(),
        browser_guests: true,
        consent: true,
        expires_at: None,
        budget: Some(Budget { tokens: Some(200_000), cost_micros: None }),
        total: Some(Budget { tokens: None, cost_micros: Some(20_000_000) }),
    }
}

fn invited() -> Invited {
    Invited {
        invite: InviteId(id(51)),
        code: "conclave://join/1.7443.f.i.s.192.168.1.5".into(),
        link: "https://192.168.1.5:7443/join#1.7443.f.i.s.192.168.1.5".into(),
        fingerprint: "f".repeat(43),
        verified: false,
    }
}
