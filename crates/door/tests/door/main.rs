//! The door's rules, by id.

mod admission;
mod devices;
mod grants;
mod people;
mod shares;

use door::{Credential, Door, Fresh, InviteWish, Redemption, Refusal};
use model::{
    Ceiling, DeviceId, DeviceKind, DisplayName, InviteId, KnockId, OwnerEvent, PersonId, Preset, RoomRules,
    Share, ShareId, TerminalRight, Timestamp, WorkspaceId,
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_000_000);

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn person(n: u128) -> PersonId {
    PersonId(id(n))
}

fn share_id(n: u128) -> ShareId {
    ShareId(id(n))
}

fn workspace(n: u128) -> WorkspaceId {
    WorkspaceId(id(n))
}

fn invite_id(n: u128) -> InviteId {
    InviteId(id(n))
}

fn name(text: &str) -> DisplayName {
    DisplayName::parse(text).unwrap()
}

fn share(preset: Preset, workspaces: &[u128]) -> Share {
    Share {
        label: "pair".into(),
        workspaces: workspaces.iter().map(|n| workspace(*n)).collect(),
        rights: preset.rights(),
        terminal: TerminalRight::None,
        ceiling: Ceiling::Ask,
        rules: RoomRules::default(),
        browser_guests: true,
        consent: false,
        expires_at: None,
        budget: None,
        total: None,
    }
}

/// A browser's.
fn credential(hash: &str, who: &str) -> Credential {
    Credential { hash: hash.into(), name: name(who), device: "browser".into(), kind: DeviceKind::Browser }
}

/// Another Conclave's.
fn peer(hash: &str, who: &str) -> Credential {
    Credential { kind: DeviceKind::Peer, device: "Conclave".into(), ..credential(hash, who) }
}

fn unasked(uses: u32) -> InviteWish {
    InviteWish { uses, consent: false, ..InviteWish::default() }
}

struct Scene {
    door: Door,
    ids: u128,
}

impl Scene {
    fn founded() -> Self {
        let mut scene = Self { door: Door::default(), ids: 1_000 };
        scene.take(vec![OwnerEvent::HostFounded { owner: person(1), name: name("Ada") }]);
        scene
    }

    /// A collaborator share over workspace 7 with one open invite, which asks.
    fn shared() -> Self {
        let mut scene = Self::founded();
        scene.mint(10, share(Preset::Collaborator, &[7]));
        scene.invite(10, 20, InviteWish::default());
        scene
    }

    /// The same, and Bea is person 2 in it, by a program.
    fn with_bea() -> Self {
        let mut scene = Self::shared();
        scene.come(20, &peer("bea", "Bea"), 2);
        scene
    }

    fn mint(&mut self, id: u128, terms: Share) {
        let minted = self.door.mint_share(share_id(id), terms, NOW).unwrap();
        self.take(minted);
    }

    fn invite(&mut self, share: u128, invite: u128, wish: InviteWish) {
        let place = (invite_id(invite), "s".to_owned());
        let minted = self.door.mint_invite(share_id(share), place, wish, NOW).unwrap();
        self.take(minted);
    }

    fn take(&mut self, events: Vec<OwnerEvent>) {
        events.iter().for_each(|event| self.door.apply(event, NOW));
    }

    fn fresh(&mut self) -> Fresh {
        self.ids += 1;
        let n = self.ids;
        Fresh { knock: KnockId(id(n)), person: person(n), device: DeviceId(id(n)) }
    }

    fn redeem(&mut self, invite: u128, who: &Credential) -> Result<Redemption, Refusal> {
        let fresh = self.fresh();
        self.door.redeem((invite_id(invite), "s"), who, fresh, NOW)
    }

    fn knock(&mut self, invite: u128, who: &Credential) -> KnockId {
        match self.redeem(invite, who).unwrap() {
            Redemption::Knock(knock, events) => {
                self.take(events);
                knock
            }
            other => panic!("expected a knock, got {other:?}"),
        }
    }

    fn admit(&mut self, knock: KnockId, as_person: u128) {
        let fresh = Fresh { person: person(as_person), device: DeviceId(id(as_person + 100)), knock };
        let events = self.door.admit(knock, fresh, NOW).unwrap();
        self.take(events);
    }

    /// Knocks and is let in.
    fn come(&mut self, invite: u128, who: &Credential, as_person: u128) {
        let knock = self.knock(invite, who);
        self.admit(knock, as_person);
    }

    /// Walks in without being asked for.
    fn walk_in(&mut self, invite: u128, who: &Credential) {
        match self.redeem(invite, who).unwrap() {
            Redemption::LetIn(events) => self.take(events),
            other => panic!("expected an open door, got {other:?}"),
        }
    }

    fn may(&self, who: u128, at: u128) -> Option<model::Grant> {
        self.door.grants(NOW).unwrap().of(person(who), workspace(at))
    }
}
