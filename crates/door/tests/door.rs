//! The door's rules, by id.

use door::{Credential, Door, Redemption, Refusal};
use model::{
    Ceiling, DeviceId, DeviceKind, DisplayName, InviteId, KnockId, OwnerEvent, PersonId, Preset, Right,
    RoomRules, Share, ShareId, TerminalRight, Timestamp, VoidReason, WorkspaceId, limits,
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_000);

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn name(text: &str) -> DisplayName {
    DisplayName::parse(text).unwrap()
}

fn share(preset: Preset, workspaces: &[u128]) -> Share {
    Share {
        label: "pair".into(),
        workspaces: workspaces.iter().map(|n| WorkspaceId(id(*n))).collect(),
        rights: preset.rights(),
        terminal: TerminalRight::None,
        ceiling: Ceiling::Ask,
        rules: RoomRules::default(),
        browser_guests: true,
        expires_at: None,
    }
}

fn credential(hash: &str, who: &str) -> Credential {
    Credential { hash: hash.into(), name: name(who), device: "browser".into(), kind: DeviceKind::Browser }
}

struct Scene(Door);

impl Scene {
    fn founded() -> Self {
        let mut scene = Self(Door::default());
        scene.take(vec![OwnerEvent::HostFounded { owner: PersonId(id(1)), name: name("Ada") }]);
        scene
    }

    /// A collaborator share over workspace 7 with one open invite.
    fn shared() -> Self {
        let mut scene = Self::founded();
        let minted = scene.0.mint_share(ShareId(id(10)), share(Preset::Collaborator, &[7])).unwrap();
        scene.take(minted);
        scene.invite(10, 20);
        scene
    }

    fn invite(&mut self, share: u128, invite: u128) {
        let minted = self.0.mint_invite(ShareId(id(share)), InviteId(id(invite)), "s".into(), NOW).unwrap();
        self.take(minted);
    }

    fn take(&mut self, events: Vec<OwnerEvent>) {
        events.iter().for_each(|event| self.0.apply(event, NOW));
    }

    fn redeem(&self, invite: u128, secret: &str, who: &Credential) -> Result<Redemption, Refusal> {
        self.0.redeem(InviteId(id(invite)), secret, who, KnockId(id(30)), NOW)
    }

    fn knock(&mut self, who: &Credential) -> KnockId {
        match self.redeem(20, "s", who).unwrap() {
            Redemption::Knock(knock, events) => {
                self.take(events);
                knock
            }
            other => panic!("expected a knock, got {other:?}"),
        }
    }

    fn admit(&mut self, knock: KnockId, person: u128) {
        let events = self.0.admit(knock, PersonId(id(person)), DeviceId(id(person + 100)), NOW).unwrap();
        self.take(events);
    }
}

#[test]
fn sh1_a_share_needs_a_workspace() {
    let door = Scene::founded().0;
    assert_eq!(door.mint_share(ShareId(id(1)), share(Preset::Guest, &[])), Err(Refusal::NoWorkspaces));
}

#[test]
fn sh2_a_use_is_spent_on_admission_and_not_before() {
    let mut scene = Scene::shared();
    let knock = scene.knock(&credential("c1", "Bea"));
    assert!(matches!(scene.redeem(20, "s", &credential("c2", "Chen")), Ok(Redemption::Knock(..))));
    scene.admit(knock, 2);
    assert_eq!(scene.redeem(20, "s", &credential("c2", "Chen")), Err(Refusal::InviteSpent));
}

#[test]
fn sh2_redeeming_again_with_the_same_credential_gives_the_same_answer() {
    let mut scene = Scene::shared();
    let bea = credential("c1", "Bea");
    let knock = scene.knock(&bea);
    assert_eq!(scene.redeem(20, "s", &bea), Ok(Redemption::Waiting(knock)));
    scene.admit(knock, 2);
    let Ok(Redemption::Known(admitted)) = scene.redeem(20, "s", &bea) else { panic!("she is in") };
    assert_eq!(admitted.person, PersonId(id(2)));
}

#[test]
fn sh2_wrong_expired_and_cancelled_invites_are_refused() {
    let mut scene = Scene::shared();
    let bea = credential("c1", "Bea");
    assert_eq!(scene.redeem(20, "wrong", &bea), Err(Refusal::InviteUnknown));
    assert_eq!(scene.redeem(99, "s", &bea), Err(Refusal::InviteUnknown));
    let late = NOW + limits::INVITE;
    let redeemed = scene.0.redeem(InviteId(id(20)), "s", &bea, KnockId(id(30)), late);
    assert_eq!(redeemed, Err(Refusal::InviteExpired));
    let cancelled = scene.0.cancel_invite(InviteId(id(20))).unwrap();
    scene.take(cancelled);
    assert_eq!(scene.redeem(20, "s", &bea), Err(Refusal::InviteUnknown));
    assert_eq!(scene.0.cancel_invite(InviteId(id(20))), Err(Refusal::InviteUnknown));
}

#[test]
fn pa11_the_owner_can_forbid_browser_guests() {
    let mut scene = Scene::founded();
    let terms = Share { browser_guests: false, ..share(Preset::Guest, &[7]) };
    let minted = scene.0.mint_share(ShareId(id(10)), terms).unwrap();
    scene.take(minted);
    scene.invite(10, 20);
    assert_eq!(scene.redeem(20, "s", &credential("c", "Bea")), Err(Refusal::BrowserGuestsOff));
}

#[test]
fn ro4_a_guest_cannot_pass_for_the_host() {
    let mut scene = Scene::shared();
    let knock = scene.knock(&credential("c1", "ada"));
    scene.admit(knock, 2);
    let person = scene.0.people().next().unwrap().1;
    assert_eq!(person.name.as_str(), "ada 2");
}

#[test]
fn gr9_rights_are_united_and_the_lowest_ceiling_holds() {
    let mut scene = Scene::shared();
    let knock = scene.knock(&credential("c1", "Bea"));
    scene.admit(knock, 2);
    let strict = RoomRules { consensus: true, ..RoomRules::default() };
    let wide = Share { ceiling: Ceiling::Bypass, rules: strict, ..share(Preset::CoHost, &[7, 8]) };
    let minted = scene.0.mint_share(ShareId(id(11)), wide).unwrap();
    scene.take(minted);
    scene.invite(11, 21);
    scene.take(vec![OwnerEvent::PersonAdmitted {
        person: PersonId(id(2)),
        share: ShareId(id(11)),
        invite: InviteId(id(21)),
        knock: None,
        name: name("Bea"),
        colour: 1,
    }]);
    let grants = scene.0.grants(NOW).unwrap();
    let both = grants.of(PersonId(id(2)), WorkspaceId(id(7))).unwrap();
    assert!(both.rights.has(Right::Approve));
    assert_eq!(both.ceiling, Ceiling::Ask);
    assert_eq!(grants.of(PersonId(id(2)), WorkspaceId(id(8))).unwrap().ceiling, Ceiling::Bypass);
    assert!(grants.rules(WorkspaceId(id(7))).consensus);
}

#[test]
fn gr2_outside_the_shared_workspaces_there_is_nothing() {
    let mut scene = Scene::shared();
    let knock = scene.knock(&credential("c1", "Bea"));
    scene.admit(knock, 2);
    let grants = scene.0.grants(NOW).unwrap();
    assert_eq!(grants.of(PersonId(id(2)), WorkspaceId(id(8))), None);
    assert_eq!(grants.of(PersonId(id(3)), WorkspaceId(id(7))), None);
    assert!(grants.sees(PersonId(id(1)), WorkspaceId(id(8))));
}

#[test]
fn sh5_stopping_a_share_voids_its_credentials_invites_and_knocks() {
    let mut scene = Scene::shared();
    let knock = scene.knock(&credential("c1", "Bea"));
    scene.admit(knock, 2);
    scene.invite(10, 21);
    let stopped = scene.0.stop_share(ShareId(id(10))).unwrap();
    scene.take(stopped);
    assert_eq!(scene.0.recognise("c1", NOW), None);
    assert_eq!(scene.redeem(21, "s", &credential("c9", "Dana")), Err(Refusal::InviteUnknown));
    let member = &scene.0.grants(NOW).unwrap().members[&PersonId(id(2))];
    assert_eq!((member.grants.len(), member.lost), (0, Some(VoidReason::Revoked)));
    assert_eq!(scene.0.stop_share(ShareId(id(10))), Err(Refusal::ShareUnknown));
}

#[test]
fn sh7_the_listener_is_wanted_only_while_a_share_lives() {
    let mut scene = Scene::founded();
    assert!(!scene.0.wants_listener(NOW));
    let terms = Share { expires_at: Some(Timestamp(5_000)), ..share(Preset::Guest, &[7]) };
    let minted = scene.0.mint_share(ShareId(id(10)), terms).unwrap();
    scene.take(minted);
    assert!(scene.0.wants_listener(NOW));
    assert!(!scene.0.wants_listener(Timestamp(5_000)));
}

#[test]
fn ro3_a_mute_survives_until_it_is_lifted() {
    let mut scene = Scene::shared();
    let knock = scene.knock(&credential("c1", "Bea"));
    scene.admit(knock, 2);
    let (person, share) = (PersonId(id(2)), ShareId(id(10)));
    scene.take(vec![OwnerEvent::PersonMuted { person, share }]);
    let muted = |scene: &Scene| scene.0.grants(NOW).unwrap().of(person, WorkspaceId(id(7))).unwrap().muted;
    assert!(muted(&scene));
    scene.take(vec![OwnerEvent::PersonUnmuted { person, share }]);
    assert!(!muted(&scene));
}
