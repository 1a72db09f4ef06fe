//! The owner's orders about shares, invites and knocks.

use door::Refusal;
use model::{
    Ceiling, DeviceId, InviteId, KnockId, OwnerEvent, PersonId, Preset, RoomRules, Share, ShareId,
    TerminalRight, WorkspaceId,
};
use ports::chain;
use ports::listener::Bound;
use wire::{Failure, FailureCode, InviteRow, Invited, Reply, ShareRow};

use super::hello::fresh_secret;
use super::{Cause, Decision, Desk, State};

/// What the owner asks for when minting.
pub(crate) struct Mint {
    pub workspaces: Vec<WorkspaceId>,
    pub preset: Preset,
    pub consensus: bool,
    pub ceiling: Ceiling,
    pub label: Option<String>,
}

impl Desk {
    /// Answers only when the listener is bound (SH1).
    pub async fn mint_share(&self, cause: Cause, mint: Mint) -> Result<Reply, Failure> {
        let (share, invite) = (ShareId(self.parts.ids.fresh()), InviteId(self.parts.ids.fresh()));
        let bound = self.bind().await?;
        let secret = fresh_secret()?;
        let invited = self.write_down(&bound, invite, &secret);
        let now = self.parts.clock.now();
        let minted = self.decide(Some(cause), move |state| {
            state.known(&mint.workspaces)?;
            let mut owner = state.place_listener(&bound);
            owner.extend(state.door.mint_share(share, mint.terms(state)).map_err(refused)?);
            let mut door = state.door.clone();
            owner.iter().for_each(|event| door.apply(event, now));
            let hash = chain::hex_digest(secret.as_bytes());
            owner.extend(door.mint_invite(share, invite, hash, now).map_err(refused)?);
            Ok((Decision { owner, ..Decision::default() }, Reply::Minted { share, invite: invited }))
        });
        let minted = minted.await;
        if minted.is_err() {
            self.listen_as_wanted().await;
        }
        minted
    }

    pub async fn mint_invite(&self, cause: Cause, share: ShareId) -> Result<Reply, Failure> {
        let invite = InviteId(self.parts.ids.fresh());
        let bound = self.bind().await?;
        let secret = fresh_secret()?;
        let invited = self.write_down(&bound, invite, &secret);
        let now = self.parts.clock.now();
        self.decide(Some(cause), move |state| {
            let hash = chain::hex_digest(secret.as_bytes());
            let owner = state.door.mint_invite(share, invite, hash, now).map_err(refused)?;
            Ok((Decision { owner, ..Decision::default() }, Reply::Invited { invite: invited }))
        })
        .await
    }

    /// Stopping the last share stops the listener (SH7).
    pub async fn stop_share(&self, cause: Cause, share: ShareId) -> Result<Reply, Failure> {
        let reply = self.at_the_door(cause, move |state| state.door.stop_share(share)).await?;
        self.listen_as_wanted().await;
        Ok(reply)
    }

    pub async fn cancel_invite(&self, cause: Cause, invite: InviteId) -> Result<Reply, Failure> {
        self.at_the_door(cause, move |state| state.door.cancel_invite(invite)).await
    }

    pub async fn admit(&self, cause: Cause, knock: KnockId) -> Result<Reply, Failure> {
        let person = PersonId(self.parts.ids.fresh());
        let device = DeviceId(self.parts.ids.fresh());
        let now = self.parts.clock.now();
        self.at_the_door(cause, move |state| state.door.admit(knock, person, device, now)).await
    }

    pub async fn refuse_knock(&self, cause: Cause, knock: KnockId) -> Result<Reply, Failure> {
        self.at_the_door(cause, move |state| state.door.refuse(knock)).await
    }

    pub async fn shares(&self) -> Reply {
        let state = self.state.lock().await;
        let row = |(share, terms): (ShareId, &Share)| {
            let people = state.door.people().filter(|(_, person)| person.shares.contains(&share));
            let open = |invite: &door::Invite| {
                invite.share == share && !invite.cancelled && invite.used < invite.terms.uses
            };
            let open_invites = state.door.invites().filter(|(_, invite)| open(invite)).count();
            ShareRow {
                share,
                terms: terms.clone(),
                people: people.map(|(_, person)| person.name.clone()).collect(),
                open_invites: u32::try_from(open_invites).unwrap_or(u32::MAX),
            }
        };
        Reply::Shares { shares: state.door.shares().map(row).collect() }
    }

    pub async fn invites(&self, share: ShareId) -> Reply {
        let state = self.state.lock().await;
        let invites = state.door.invites().filter(|(_, invite)| invite.share == share && !invite.cancelled);
        let rows = invites.map(|(id, invite)| InviteRow {
            invite: id,
            terms: invite.terms.clone(),
            used: invite.used,
        });
        Reply::Invites { invites: rows.collect() }
    }

    /// Listens if and only if a share is live (SH4, SH7).
    pub async fn listen_as_wanted(&self) {
        let (wanted, port) = {
            let state = self.state.lock().await;
            (state.door.wants_listener(self.parts.clock.now()), state.door.listener())
        };
        if !wanted {
            self.parts.listener.close().await;
        } else if let Err(error) = self.parts.listener.open(port).await {
            tracing::warn!(%error, "shares are live but guests can't reach this host");
        }
    }

    async fn bind(&self) -> Result<Bound, Failure> {
        let port = self.state.lock().await.door.listener();
        let bound = self.parts.listener.open(port).await;
        bound.map_err(|error| Failure::new(FailureCode::ListenerFailed, error.to_string()))
    }

    fn write_down(&self, bound: &Bound, invite: InviteId, secret: &str) -> Invited {
        let text = self.parts.listener.invite(bound, invite, secret);
        Invited { invite, code: text.code, link: text.link, fingerprint: bound.fingerprint.clone() }
    }

    async fn at_the_door<F>(&self, cause: Cause, decide: F) -> Result<Reply, Failure>
    where
        F: FnOnce(&State) -> Result<Vec<OwnerEvent>, Refusal> + Send + 'static,
    {
        self.decide(Some(cause), |state| {
            let owner = decide(state).map_err(refused)?;
            Ok((Decision { owner, ..Decision::default() }, Reply::Done))
        })
        .await
    }
}

impl Mint {
    fn terms(self, state: &State) -> Share {
        let first = self.workspaces.first().and_then(|id| state.shelf.workspaces.get(id));
        let label = self.label.or_else(|| first.map(|workspace| workspace.name.clone()));
        Share {
            label: label.unwrap_or_default(),
            rights: self.preset.rights(),
            terminal: TerminalRight::None,
            ceiling: self.ceiling,
            rules: RoomRules { consensus: self.consensus, ..RoomRules::default() },
            browser_guests: true,
            expires_at: None,
            workspaces: self.workspaces,
        }
    }
}

impl State {
    /// SH1: unknown workspaces are refused.
    fn known(&self, workspaces: &[WorkspaceId]) -> Result<(), Failure> {
        match workspaces.iter().all(|id| self.shelf.workspaces.contains_key(id)) {
            true => Ok(()),
            false => Err(Failure::not_found()),
        }
    }

    /// The port is chosen at the first mint and kept (SH1).
    fn place_listener(&self, bound: &Bound) -> Vec<OwnerEvent> {
        if self.door.listener() == Some(bound.port) {
            return Vec::new();
        }
        vec![OwnerEvent::ListenerPlaced { port: bound.port, interfaces: bound.addresses.clone() }]
    }
}

pub(super) fn refused(refusal: Refusal) -> Failure {
    let code = match refusal {
        Refusal::InviteUnknown => FailureCode::InviteUnknown,
        Refusal::InviteSpent => FailureCode::InviteSpent,
        Refusal::InviteExpired => FailureCode::InviteExpired,
        Refusal::BrowserGuestsOff => FailureCode::BrowserGuestsOff,
        Refusal::ShareUnknown | Refusal::KnockUnknown => FailureCode::NotFound,
        Refusal::NoWorkspaces => FailureCode::Empty,
    };
    Failure::new(code, refusal.to_string())
}
