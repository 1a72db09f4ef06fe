//! The owner's orders about shares, invites and knocks.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use door::{Fresh, InviteWish, Refusal};
use model::{
    DeviceId, InviteId, KnockId, OwnerEvent, PersonId, Right, RoomRules, Share, ShareId, WorkspaceId, limits,
};
use ports::chain;
use ports::listener::{Bound, InviteText};
use wire::{Failure, FailureCode, Invited, MintNotice, Reply, ShareWish};

use super::{Cause, Decision, Desk, Listening, State};

impl Desk {
    /// Answers only when the listener is bound (SH1).
    pub async fn mint_share(&self, cause: Cause, wish: ShareWish) -> Result<Reply, Failure> {
        let share = ShareId(self.parts.ids.fresh());
        let agents = self.agents_that_cost();
        let now = self.parts.clock.now();
        self.while_listening(cause, move |state, letter| {
            let Letter { invite, bound, secret_hash, invited } = letter;
            let terms = state.terms(wish, None)?;
            let notices = notices(&terms, agents, &invited);
            let mut owner = state.place_listener(&bound);
            owner.extend(state.door.mint_share(share, terms, now).map_err(refused)?);
            let mut door = state.door.clone();
            owner.iter().for_each(|event| door.apply(event, now));
            let first = door.mint_invite(share, (invite, secret_hash), InviteWish::default(), now);
            owner.extend(first.map_err(refused)?);
            Ok((owner, Reply::Minted { share, invite: invited, notices }))
        })
        .await
    }

    pub async fn edit_share(&self, cause: Cause, share: ShareId, wish: ShareWish) -> Result<Reply, Failure> {
        let now = self.parts.clock.now();
        let edited = self.decide(Some(cause), move |state| {
            let known = state.door.share(share).ok_or_else(Failure::not_found)?;
            let terms = state.terms(wish, Some(known))?;
            let owner = state.door.edit_share(share, terms, now).map_err(refused)?;
            Ok((Decision { owner, ..Decision::default() }, Reply::Done))
        });
        let edited = edited.await;
        self.listen_as_wanted().await;
        edited
    }

    pub async fn mint_invite(
        &self,
        cause: Cause,
        share: ShareId,
        wish: InviteWish,
    ) -> Result<Reply, Failure> {
        let now = self.parts.clock.now();
        self.while_listening(cause, move |state, letter| {
            let Letter { invite, bound, secret_hash, invited } = letter;
            let mut owner = state.place_listener(&bound);
            owner.extend(state.door.mint_invite(share, (invite, secret_hash), wish, now).map_err(refused)?);
            Ok((owner, Reply::Invited { invite: invited }))
        })
        .await
    }

    /// A link for one more device of whoever asks (RO1).
    pub async fn add_my_device(&self, cause: Cause) -> Result<Reply, Failure> {
        let now = self.parts.clock.now();
        let person = cause.principal.person;
        self.while_listening(cause, move |state, letter| {
            let Letter { invite, bound, secret_hash, invited } = letter;
            let mut owner = state.place_listener(&bound);
            let minted = state.door.mint_device_invite(person, (invite, secret_hash), now);
            owner.extend(minted.map_err(refused)?);
            Ok((owner, Reply::Invited { invite: invited }))
        })
        .await
    }

    /// Stopping the last share stops the listener (SH7).
    pub async fn stop_share(&self, cause: Cause, share: ShareId) -> Result<Reply, Failure> {
        let reply = self.at_the_door(cause, move |state| state.door.stop_share(share)).await;
        self.listen_as_wanted().await;
        reply
    }

    pub async fn cancel_invite(&self, cause: Cause, invite: InviteId) -> Result<Reply, Failure> {
        self.at_the_door(cause, move |state| state.door.cancel_invite(invite)).await
    }

    pub async fn admit(&self, cause: Cause, knock: KnockId) -> Result<Reply, Failure> {
        let (fresh, now) = (self.fresh(), self.parts.clock.now());
        self.at_the_door(cause, move |state| state.door.admit(knock, fresh, now)).await
    }

    pub async fn refuse_knock(&self, cause: Cause, knock: KnockId) -> Result<Reply, Failure> {
        self.at_the_door(cause, move |state| state.door.refuse(knock)).await
    }

    /// Shares whose time is up are closed (SH5); answers when to look again.
    pub async fn expire_shares(&self) -> Option<model::Timestamp> {
        let now = self.parts.clock.now();
        let (over, next) = {
            let state = self.state.lock().await;
            (!state.door.expire(now).is_empty(), state.door.next_deadline(now))
        };
        if over {
            let closed = self.decide(None, move |state| {
                let owner = state.door.expire(now);
                Ok((Decision { owner, ..Decision::default() }, Reply::Done))
            });
            if let Err(failure) = closed.await {
                tracing::warn!(%failure, "a share's end could not be written down");
            }
        }
        self.listen_as_wanted().await;
        next
    }

    /// Listens if and only if a share is live (SH4, SH7). One at a time: the last one to look is right.
    pub async fn listen_as_wanted(&self) {
        let listening = self.listening.lock().await;
        if matches!(*listening, Listening::Over) {
            return;
        }
        let (wanted, port) = {
            let state = self.state.lock().await;
            (state.door.wants_listener(self.parts.clock.now()), state.door.listener())
        };
        if !wanted {
            self.parts.listener.close().await;
            return self.be_seen(&*self.state.lock().await, None);
        }
        match self.open_port(port).await {
            Ok(bound) => {
                self.be_seen(&*self.state.lock().await, Some(bound.port));
                if Some(bound.port) != port {
                    self.note_port(bound).await;
                }
            }
            Err(error) => tracing::warn!(%error, "shares are live but guests can't reach this host"),
        }
    }

    /// Invites from now on say where the host is; those before it do not lead here any more (SH1).
    async fn note_port(&self, bound: Bound) {
        tracing::warn!(port = bound.port, "the guests' port was taken: earlier invites name the old one");
        let placed = self.decide(None, move |state| {
            let owner = state.place_listener(&bound);
            Ok((Decision { owner, ..Decision::default() }, Reply::Done))
        });
        if let Err(failure) = placed.await {
            tracing::warn!(%failure, "the guests' port could not be written down");
        }
    }

    pub async fn stop_listening(&self) {
        *self.listening.lock().await = Listening::Over;
        self.parts.nearby.withdraw();
        self.parts.listener.close().await;
    }

    /// Decides with the port open, and leaves it open only if it is wanted afterwards (SH1, SH7).
    async fn while_listening<F>(&self, cause: Cause, decide: F) -> Result<Reply, Failure>
    where
        F: FnOnce(&State, Letter) -> Result<(Vec<OwnerEvent>, Reply), Failure> + Send + 'static,
    {
        let letter = self.letter_to_a_guest().await?;
        let decided = self.decide(Some(cause), move |state| {
            let (owner, reply) = decide(state, letter)?;
            Ok((Decision { owner, ..Decision::default() }, reply))
        });
        let decided = decided.await;
        self.listen_as_wanted().await;
        decided
    }

    async fn letter_to_a_guest(&self) -> Result<Letter, Failure> {
        let invite = InviteId(self.parts.ids.fresh());
        let secret = self.secret_of(invite);
        let bound = self.bind().await?;
        let invited = self.written(&bound, invite, &secret);
        Ok(Letter { invite, bound, secret_hash: chain::hex_digest(secret.as_bytes()), invited })
    }

    /// What opens the door is on no disk, not even in the answer that is remembered (SH2): the host's key
    /// makes it again.
    pub async fn with_secrets(&self, mut reply: Reply) -> Result<Reply, Failure> {
        let Some(invited) = invited_in(&mut reply).filter(|invited| invited.code.is_empty()) else {
            return Ok(reply);
        };
        let bound = self.bind().await?;
        *invited = self.written(&bound, invited.invite, &self.secret_of(invited.invite));
        self.listen_as_wanted().await;
        Ok(reply)
    }

    fn written(&self, bound: &Bound, invite: InviteId, secret: &str) -> Invited {
        let text = self.parts.listener.invite(bound, invite, secret);
        let verified = self.parts.listener.trusted_name().is_some();
        let InviteText { code, link } = text;
        Invited { invite, code, link, fingerprint: bound.fingerprint.clone(), verified }
    }

    fn secret_of(&self, invite: InviteId) -> String {
        URL_SAFE_NO_PAD.encode(self.parts.signer.secret(&format!("invite {invite}")))
    }

    pub(super) async fn bind(&self) -> Result<Bound, Failure> {
        let _one = self.listening.lock().await;
        let port = self.state.lock().await.door.listener();
        let bound = self.open_port(port).await;
        bound.map_err(|error| Failure::new(FailureCode::ListenerFailed, error.to_string()))
    }

    pub(super) fn fresh(&self) -> Fresh {
        let ids = &self.parts.ids;
        Fresh { knock: KnockId(ids.fresh()), person: PersonId(ids.fresh()), device: DeviceId(ids.fresh()) }
    }

    /// Agents that guests could use, with the owner's logins and keys (SH6).
    fn agents_that_cost(&self) -> Vec<model::AgentKey> {
        let off = &self.globe.now().shelf.disabled;
        let entries = self.parts.catalog.entries().into_iter();
        entries
            .filter(|entry| entry.found && !entry.rehearsal && !off.contains(&entry.agent))
            .map(|entry| entry.agent)
            .collect()
    }

    pub(super) async fn at_the_door<F>(&self, cause: Cause, decide: F) -> Result<Reply, Failure>
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

/// An invite, written down before anybody has decided on it.
struct Letter {
    invite: InviteId,
    bound: Bound,
    secret_hash: String,
    invited: Invited,
}

impl State {
    /// SH1: unknown workspaces are refused.
    fn terms(&self, wish: ShareWish, known: Option<&Share>) -> Result<Share, Failure> {
        if !wish.workspaces.iter().all(|id| self.shelf.workspaces.contains_key(id)) {
            return Err(Failure::not_found());
        }
        let rules = wish.rules.or_else(|| known.map(|share| share.rules.clone()));
        let consensus = self.door.settings().consensus_by_default;
        Ok(Share {
            label: self.label(wish.label, known, &wish.workspaces)?,
            rights: wish.rights.rights(),
            terminal: wish.terminal,
            ceiling: wish.ceiling,
            rules: rules.unwrap_or_else(|| RoomRules { consensus, ..RoomRules::default() }),
            browser_guests: wish.browser_guests,
            consent: wish.consent,
            expires_at: wish.expires_at,
            budget: wish.budget,
            total: wish.total,
            workspaces: wish.workspaces,
        })
    }

    fn label(
        &self,
        wish: Option<String>,
        known: Option<&Share>,
        workspaces: &[WorkspaceId],
    ) -> Result<String, Failure> {
        let wish = wish.map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
        if wish.as_ref().is_some_and(|label| label.chars().count() > limits::LABEL_CHARS) {
            return Err(model::Rejection::TooLarge { limit: limits::LABEL_CHARS as u64 }.into());
        }
        let first = || workspaces.first().and_then(|id| self.shelf.workspaces.get(id));
        let label = wish.or_else(|| known.map(|share| share.label.clone()));
        Ok(label.or_else(|| first().map(|workspace| workspace.name.clone())).unwrap_or_default())
    }

    /// The port chosen at the first mint, or the one taken since (SH1).
    fn place_listener(&self, bound: &Bound) -> Vec<OwnerEvent> {
        if self.door.listener() == Some(bound.port) {
            return Vec::new();
        }
        vec![OwnerEvent::ListenerPlaced { port: bound.port, interfaces: bound.addresses.clone() }]
    }
}

/// What the owner must know of a share besides its terms (SH6, GR8, GR9, PA11).
fn notices(terms: &Share, agents: Vec<model::AgentKey>, invited: &Invited) -> Vec<MintNotice> {
    let mut notices = vec![MintNotice::YourCredentials { agents }, MintNotice::GuestsSeeEachOther];
    if terms.browser_guests && !invited.verified {
        notices.push(MintNotice::UnverifiedBrowsers);
    }
    if terms.rights.has(Right::Steer) {
        notices.push(MintNotice::ActsAsYou);
    }
    notices
}

/// An answer as it may be kept (SH2).
pub(super) fn without_secrets(mut reply: Reply) -> Reply {
    if let Some(invited) = invited_in(&mut reply) {
        invited.code.clear();
        invited.link.clear();
    }
    reply
}

fn invited_in(reply: &mut Reply) -> Option<&mut Invited> {
    if let Reply::Minted { invite, .. } | Reply::Invited { invite } = reply {
        return Some(invite);
    }
    None
}

pub(super) fn refused(refusal: Refusal) -> Failure {
    let code = match refusal {
        Refusal::InviteUnknown => FailureCode::InviteUnknown,
        Refusal::InviteSpent => FailureCode::InviteSpent,
        Refusal::InviteExpired => FailureCode::InviteExpired,
        Refusal::BrowserGuestsOff => FailureCode::BrowserGuestsOff,
        Refusal::DoorCrowded => FailureCode::DoorCrowded,
        Refusal::DeviceRevoked | Refusal::DeviceTaken => FailureCode::DeviceRefused,
        Refusal::ShareUnknown
        | Refusal::KnockUnknown
        | Refusal::PersonUnknown
        | Refusal::DeviceUnknown
        | Refusal::ForkUnknown => FailureCode::NotFound,
        Refusal::NoWorkspaces => FailureCode::Empty,
        Refusal::OwnersRight | Refusal::InThePast | Refusal::InviteTerms | Refusal::OwnerStays => {
            FailureCode::BadParams
        }
    };
    Failure::new(code, refusal.to_string())
}
