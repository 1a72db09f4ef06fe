//! Orders about people, their devices and the host's settings.

use model::{DeviceId, DisplayName, HostSettings, OwnerEvent, PersonId, ShareId, WorkspaceId};
use wire::{Failure, FailureCode, Reply};

use super::door_orders::refused;
use super::{Cause, Decision, Desk};

impl Desk {
    pub async fn mute(&self, cause: Cause, (share, person): (ShareId, PersonId)) -> Result<Reply, Failure> {
        self.at_the_door(cause, move |state| state.door.mute(share, person)).await
    }

    pub async fn unmute(&self, cause: Cause, (share, person): (ShareId, PersonId)) -> Result<Reply, Failure> {
        self.at_the_door(cause, move |state| state.door.unmute(share, person)).await
    }

    pub async fn kick(&self, cause: Cause, (share, person): (ShareId, PersonId)) -> Result<Reply, Failure> {
        self.at_the_door(cause, move |state| state.door.kick(share, person)).await
    }

    pub async fn revoke_person(&self, cause: Cause, person: PersonId) -> Result<Reply, Failure> {
        self.at_the_door(cause, move |state| state.door.revoke_person(person)).await
    }

    pub async fn leave(&self, cause: Cause) -> Result<Reply, Failure> {
        let person = cause.principal.person;
        self.at_the_door(cause, move |state| state.door.leave(person)).await
    }

    pub async fn revoke_device(&self, cause: Cause, device: DeviceId) -> Result<Reply, Failure> {
        let reply = self.at_the_door(cause, move |state| state.door.revoke_device(device)).await;
        self.listen_as_wanted().await;
        reply
    }

    pub async fn revoke_my_device(&self, cause: Cause, device: DeviceId) -> Result<Reply, Failure> {
        let person = cause.principal.person;
        let reply = self.at_the_door(cause, move |state| state.door.revoke_own_device(person, device)).await;
        self.listen_as_wanted().await;
        reply
    }

    pub async fn rename_me(&self, cause: Cause, name: &str) -> Result<Reply, Failure> {
        let (name, person) = (parsed(name)?, cause.principal.person);
        self.decide(Some(cause), move |state| {
            let owner = state.door.rename(person, &name).map_err(refused)?;
            let known = state.door.name_of(person).cloned().ok_or_else(Failure::not_found)?;
            let name = owner.iter().find_map(renamed).unwrap_or(known);
            Ok((Decision { owner, ..Decision::default() }, Reply::Renamed { name }))
        })
        .await
    }

    /// SH8: the owner is asked once.
    pub async fn answer_fork_offer(
        &self,
        cause: Cause,
        fork: WorkspaceId,
        shared: Shared,
    ) -> Result<Reply, Failure> {
        let now = self.parts.clock.now();
        self.at_the_door(cause, move |state| match shared {
            Shared::Yes => state.door.share_fork(fork, now),
            Shared::No => state.door.keep_fork(fork),
        })
        .await
    }

    pub async fn change_settings(&self, cause: Cause, wish: SettingsWish) -> Result<Reply, Failure> {
        let SettingsWish { name, consensus_by_default, nearby } = wish;
        let name = name.as_deref().map(parsed).transpose()?;
        let changed = self.decide(Some(cause), move |state| {
            let person = state.door.owner().ok_or_else(Failure::not_found)?;
            let renamed_to = name.map(|name| state.door.rename(person, &name)).transpose();
            let mut owner = renamed_to.map_err(refused)?.unwrap_or_default();
            let known = state.door.settings();
            let consensus_by_default = consensus_by_default.unwrap_or(known.consensus_by_default);
            let nearby = nearby.unwrap_or(known.nearby);
            let settings = HostSettings { consensus_by_default, nearby };
            let name = owner.iter().find_map(renamed).or_else(|| state.door.owner_name().cloned());
            let name = name.ok_or_else(Failure::not_found)?;
            if *known != settings {
                owner.push(OwnerEvent::SettingsChanged { settings: settings.clone() });
            }
            Ok((Decision { owner, ..Decision::default() }, Reply::Settings { name, settings }))
        });
        let changed = changed.await;
        self.listen_as_wanted().await;
        changed
    }
}

/// What is left out stays as it is.
pub(crate) struct SettingsWish {
    pub name: Option<String>,
    pub consensus_by_default: Option<bool>,
    pub nearby: Option<bool>,
}

/// What becomes of a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shared {
    Yes,
    No,
}

fn parsed(name: &str) -> Result<DisplayName, Failure> {
    DisplayName::parse(name).map_err(|error| Failure::new(FailureCode::NameRefused, error.to_string()))
}

fn renamed(event: &OwnerEvent) -> Option<DisplayName> {
    match event {
        OwnerEvent::PersonRenamed { name, .. } => Some(name.clone()),
        _ => None,
    }
}
