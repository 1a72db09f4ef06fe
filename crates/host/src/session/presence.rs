//! Who is in the room, and what the door says of them.

use model::{ConnectionId, DropReason, Guest, Occurrence, PersonId, VoidReason};
use ports::chain;
use wire::{Failure, Need, Scope};

use super::Opened;
use super::actor::Actor;
use crate::authority::authorize;
use crate::feed::Seen;
use crate::principal::Principal;
use crate::world::World;

impl Actor {
    pub(super) async fn open(
        &mut self,
        principal: Principal,
        connection: ConnectionId,
    ) -> Result<Opened, Failure> {
        let world = self.shared.globe.now().clone();
        let need = Need::to_follow(Scope::Session(self.id));
        authorize(&world, principal, &need)?;
        let connections = self.here.entry(principal.person).or_default();
        let first = connections.is_empty();
        connections.insert(connection);
        if first && let Some(guest) = self.guest(&world, principal.person) {
            self.note(&Occurrence::PersonCame { guest }).await;
        }
        let seen = Seen { seq: self.ledger.head.seq, room: std::sync::Arc::new(self.room.clone()) };
        Ok(Opened { seen, hash: chain::hex(&self.ledger.head.hash), partials: self.partials() })
    }

    /// The room took everybody for gone; those whose connections are still open come back.
    pub(super) async fn greet_again(&mut self) -> Result<(), Failure> {
        let world = self.shared.globe.now().clone();
        let guests: Vec<Guest> = self.here.keys().filter_map(|person| self.guest(&world, *person)).collect();
        for guest in guests {
            self.observe(&Occurrence::PersonCame { guest }).await?;
        }
        Ok(())
    }

    pub(super) async fn leave(&mut self, person: PersonId, connection: ConnectionId) {
        let Some(connections) = self.here.get_mut(&person) else { return };
        connections.remove(&connection);
        if connections.is_empty() {
            self.here.remove(&person);
            self.note(&Occurrence::PersonWentAway { person }).await;
        }
    }

    /// Every room reconciles with the door at start and after each door event (SH5).
    pub(super) async fn reconcile(&mut self) {
        if let Err(failure) = self.reconcile_now().await {
            tracing::warn!(%failure, "the room could not be reconciled with the door");
        }
    }

    pub(super) async fn reconcile_now(&mut self) -> Result<(), Failure> {
        let world = self.shared.globe.now().clone();
        let people = world.grants.members.keys().copied().chain([world.grants.owner]);
        let guests: Vec<Guest> = people.filter_map(|person| self.guest(&world, person)).collect();
        let members = world.grants.members.iter();
        let gone = members
            .filter(|(_, member)| !member.grants.contains_key(&self.workspace))
            .map(|(person, member)| (*person, reason(member.out.get(&self.workspace))))
            .collect();
        let rules = world.grants.rules(self.workspace);
        self.observe(&Occurrence::Reconciled { rules, guests, gone }).await
    }

    fn guest(&self, world: &World, person: PersonId) -> Option<Guest> {
        let grant = world.grants.of(person, self.workspace)?;
        let member = world.grants.members.get(&person);
        Some(Guest {
            person,
            name: member.map_or_else(|| world.grants.owner_name.clone(), |member| member.name.clone()),
            colour: member.map_or(0, |member| member.colour),
            rights: grant.rights,
            ceiling: grant.ceiling,
            muted: grant.muted,
        })
    }
}

fn reason(lost: Option<&VoidReason>) -> DropReason {
    match lost {
        Some(VoidReason::Kicked) => DropReason::Kicked,
        Some(VoidReason::Expired) => DropReason::Expired,
        Some(VoidReason::Left) => DropReason::Left,
        Some(VoidReason::Revoked) | None => DropReason::Revoked,
    }
}
