//! What the owner's lists show, and everybody's list of their own devices.

use std::collections::BTreeSet;

use door::Device;
use model::{DeviceId, PersonId, Share, ShareId};
use wire::{DeviceRow, InviteRow, MemberRow, MembershipRow, PersonName, PersonRow, Reply, ShareRow};

use super::{Desk, State};
use crate::principal::Principal;

impl Desk {
    pub async fn shares(&self) -> Reply {
        let state = self.state.lock().await;
        let now = self.parts.clock.now();
        let row = |(share, terms): (ShareId, &Share)| ShareRow {
            share,
            terms: terms.clone(),
            people: self.members(&state, share),
            open_invites: u32::try_from(state.door.open_invites(share, now).count()).unwrap_or(u32::MAX),
        };
        Reply::Shares { shares: state.door.shares().map(row).collect() }
    }

    pub async fn invites(&self, share: ShareId) -> Reply {
        let state = self.state.lock().await;
        let invites = state.door.open_invites(share, self.parts.clock.now());
        let rows = invites.map(|(id, invite)| InviteRow {
            invite: id,
            terms: invite.terms.clone(),
            used: invite.used,
        });
        Reply::Invites { invites: rows.collect() }
    }

    pub async fn people(&self) -> Reply {
        let state = self.state.lock().await;
        let inside = state.door.people().filter(|(_, person)| !person.shares.is_empty());
        let rows = inside.map(|(id, person)| {
            let membership = |share: &ShareId| MembershipRow {
                share: *share,
                label: state.door.share(*share).map(|share| share.label.clone()).unwrap_or_default(),
                muted: person.muted_in.contains(share),
            };
            PersonRow {
                person: id,
                name: person.name.clone(),
                colour: person.colour,
                here: self.lobby.has_person(id),
                shares: person.shares.keys().map(membership).collect(),
                devices: self.devices(&state, id, None),
            }
        });
        Reply::People { people: rows.collect() }
    }

    pub async fn my_devices(&self, principal: Principal) -> Reply {
        let state = self.state.lock().await;
        Reply::Devices { devices: self.devices(&state, principal.person, principal.device) }
    }

    pub async fn settings(&self) -> Reply {
        let name = self.globe.now().grants.owner_name.clone();
        Reply::Settings { name, settings: self.state.lock().await.door.settings().clone() }
    }

    /// Those who are known; what they are called stays after they have gone.
    pub async fn names(&self, people: BTreeSet<PersonId>) -> Vec<PersonName> {
        let state = self.state.lock().await;
        let name = |person| state.door.name_of(person).map(|name| PersonName { person, name: name.clone() });
        people.into_iter().filter_map(name).collect()
    }

    fn members(&self, state: &State, share: ShareId) -> Vec<MemberRow> {
        let inside = state.door.people().filter(|(_, person)| person.shares.contains_key(&share));
        let row = |(id, person): (PersonId, &door::Person)| MemberRow {
            person: id,
            name: person.name.clone(),
            muted: person.muted_in.contains(&share),
            here: self.lobby.has_person(id),
        };
        inside.map(row).collect()
    }

    fn devices(&self, state: &State, person: PersonId, this: Option<DeviceId>) -> Vec<DeviceRow> {
        let row = |(id, device): (DeviceId, &Device)| DeviceRow {
            device: id,
            kind: device.kind,
            label: device.label.clone(),
            last_seen: device.last_seen,
            here: self.lobby.has_device(id),
            this: this == Some(id),
        };
        state.door.devices_of(person).map(row).collect()
    }
}
