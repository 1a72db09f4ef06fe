//! From a hello to a principal (GR4).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use door::{Admitted, Credential, Redemption, Visitor};
use model::{
    DeviceId, DeviceKind, DisplayName, InviteId, KnockId, OwnerEvent, PersonId, Timestamp, VoidReason, limits,
};
use ports::chain;
use wire::{Auth, Failure, FailureCode, Hello, Reply, Welcome};

use super::door_orders::refused;
use super::{Decision, Desk};
use crate::principal::{Link, Principal, Via};

/// What became of a hello.
pub(crate) enum Greeting {
    Welcome(Principal, Box<Welcome>),
    /// Somebody must let them in; `credential_hash` is how they are known when that has happened.
    Waiting {
        knock: KnockId,
        credential_hash: String,
    },
}

/// How somebody who waits at the door stands.
pub(crate) enum Standing {
    In(Principal, Box<Welcome>),
    Waiting,
    TurnedAway,
}

/// One-time links to the owner's page that have not been used (PA12). They die with the process.
#[derive(Default)]
pub(crate) struct Links(Mutex<BTreeMap<String, Timestamp>>);

impl Links {
    fn add(&self, secret: &str, until: Timestamp) {
        self.lock().insert(chain::hex_digest(secret.as_bytes()), until);
    }

    /// True once for each link that was added and has not expired.
    fn take(&self, secret: &str, now: Timestamp) -> bool {
        let mut links = self.lock();
        links.retain(|_, until| now < *until);
        links.remove(&chain::hex_digest(secret.as_bytes())).is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    pub async fn hello(&self, via: Via, hello: Hello) -> Result<Greeting, Failure> {
        match (via, hello.auth) {
            (Via::Window, _) => Ok(self.welcome_owner(None, None)),
            (Via::Local, Auth::Local { token }) if self.is_local_token(&token) => {
                Ok(self.welcome_owner(None, None))
            }
            (Via::Loopback, Auth::OpenLink { secret }) => self.exchange_link(&secret, hello.client).await,
            (Via::Loopback | Via::Tls { .. }, Auth::Device { credential }) => {
                let hash = hash_of(&credential)?;
                self.welcome_back(via, &hash).await
            }
            (Via::Tls { kind, .. }, Auth::Invite { invite, secret, credential, name }) => {
                let name = DisplayName::parse(&name)
                    .map_err(|error| Failure::new(FailureCode::NameRefused, error.to_string()))?;
                let device = hello.client.chars().take(80).collect();
                let who = Credential { hash: hash_of(&credential)?, name, device, kind };
                self.redeem(via, (invite, &secret), who).await
            }
            (
                Via::Local | Via::Loopback | Via::Tls { .. },
                // The steps of a pairing have a conversation of their own.
                Auth::Local { .. }
                | Auth::OpenLink { .. }
                | Auth::Device { .. }
                | Auth::Invite { .. }
                | Auth::PairBegin { .. }
                | Auth::PairConfirm { .. }
                | Auth::PairFinish { .. },
            ) => Err(not_paired()),
        }
    }

    /// The principal of a credential, if it is good right now and came by the right pipe.
    pub(super) async fn welcome_back(&self, via: Via, credential_hash: &str) -> Result<Greeting, Failure> {
        let now = self.parts.clock.now();
        let (known, lost) = {
            let state = self.state.lock().await;
            (state.door.recognise(credential_hash, now), state.door.lost(credential_hash))
        };
        let known = known.filter(|known| fits(via, known.kind)).ok_or_else(|| not_any_more(lost))?;
        let (principal, welcome) = self.welcome(via, known).ok_or_else(not_paired)?;
        Ok(Greeting::Welcome(principal, Box::new(welcome)))
    }

    /// One look: who is let in between two looks is not turned away.
    pub async fn standing(&self, via: Via, knock: KnockId, credential_hash: &str) -> Standing {
        let now = self.parts.clock.now();
        let visitor = self.state.lock().await.door.visitor(knock, credential_hash, now);
        match visitor {
            Visitor::Waiting => Standing::Waiting,
            Visitor::TurnedAway => Standing::TurnedAway,
            Visitor::In(known) => match self.welcome(via, known) {
                Some((principal, welcome)) => Standing::In(principal, Box::new(welcome)),
                None => Standing::TurnedAway,
            },
        }
    }

    /// For the lists of devices. Not worth an append more often than once a minute.
    pub async fn see_device(&self, device: Option<DeviceId>) {
        let Some(device) = device else { return };
        let now = self.parts.clock.now();
        let mut state = self.state.lock().await;
        let owner = state.door.see_device(device, now);
        let decision = Decision { owner, ..Decision::default() };
        if let Err(failure) = state.commit(&self.parts, decision, model::Actor::Host, None).await {
            state.stale = true;
            tracing::debug!(%failure, "a visit could not be written down");
        }
    }

    /// A fresh one-time link to the owner's page (PA12).
    pub fn open_link(&self) -> Result<Reply, Failure> {
        let page = self.parts.listener.owner_page();
        let page =
            page.ok_or_else(|| Failure::new(FailureCode::ListenerFailed, "The owner's page is not served."))?;
        let secret = fresh_secret()?;
        self.links.add(&secret, self.parts.clock.now() + limits::OPEN_LINK);
        Ok(Reply::Link { url: format!("{page}/#{secret}") })
    }

    async fn exchange_link(&self, secret: &str, client: String) -> Result<Greeting, Failure> {
        if !self.links.take(secret, self.parts.clock.now()) {
            return Err(Failure::new(
                FailureCode::NotPaired,
                "This link was used or has expired. Run `conclave open` for a fresh one.",
            ));
        }
        let credential = fresh_secret()?;
        let owner = self.globe.now().grants.owner;
        let device = DeviceId(self.parts.ids.fresh());
        let added = OwnerEvent::DeviceAdded {
            device,
            person: owner,
            kind: DeviceKind::Loopback,
            label: client.chars().take(80).collect(),
            credential_hash: chain::hex_digest(credential.as_bytes()),
            share: None,
            invite: None,
            knock: None,
        };
        self.decide(None, move |_| Ok((Decision { owner: vec![added], ..Decision::default() }, Reply::Done)))
            .await?;
        Ok(self.welcome_owner(Some(device), Some(credential)))
    }

    async fn redeem(
        &self,
        via: Via,
        (invite, secret): (InviteId, &str),
        who: Credential,
    ) -> Result<Greeting, Failure> {
        let (fresh, now) = (self.fresh(), self.parts.clock.now());
        let secret_hash = chain::hex_digest(secret.as_bytes());
        let credential_hash = who.hash.clone();
        let reply = self.decide(None, move |state| {
            let redeemed = state.door.redeem((invite, &secret_hash), &who, fresh, now).map_err(refused)?;
            Ok(match redeemed {
                Redemption::Known(_) => (Decision::default(), Reply::Done),
                Redemption::LetIn(owner) => (Decision { owner, ..Decision::default() }, Reply::Done),
                Redemption::Waiting(knock) => (Decision::default(), Reply::Waiting { knock }),
                Redemption::Knock(knock, owner) => {
                    (Decision { owner, ..Decision::default() }, Reply::Waiting { knock })
                }
            })
        });
        match reply.await? {
            Reply::Waiting { knock } => Ok(Greeting::Waiting { knock, credential_hash }),
            _ => self.welcome_back(via, &credential_hash).await,
        }
    }

    fn welcome(&self, via: Via, known: Admitted) -> Option<(Principal, Welcome)> {
        let world = self.globe.now();
        let grants = &world.grants;
        let name = match grants.members.get(&known.person) {
            Some(member) => member.name.clone(),
            None if known.person == grants.owner => grants.owner_name.clone(),
            None => return None,
        };
        // A browser's credential stays a browser's, whatever program shows it (PA11).
        let link = match known.kind {
            DeviceKind::Browser => Link::Unverified,
            DeviceKind::Loopback | DeviceKind::VerifiedBrowser | DeviceKind::Peer => via.link(),
        };
        let principal = Principal { person: known.person, device: Some(known.device), link };
        Some((principal, self.letter(principal, name, None)))
    }

    fn welcome_owner(&self, device: Option<DeviceId>, credential: Option<String>) -> Greeting {
        let world = self.globe.now();
        let principal = Principal { person: world.grants.owner, device, link: Link::Verified };
        let letter = self.letter(principal, world.grants.owner_name.clone(), credential);
        Greeting::Welcome(principal, Box::new(letter))
    }

    fn letter(&self, principal: Principal, name: DisplayName, credential: Option<String>) -> Welcome {
        let world = self.globe.now();
        let owner: PersonId = world.grants.owner;
        Welcome {
            host: model::HostId(owner.0),
            host_name: world.grants.owner_name.clone(),
            epoch: self.parts.store.epoch(),
            person: principal.person,
            name,
            owner: principal.person == owner,
            credential,
            unverified: principal.link == Link::Unverified,
            version: self.config.version.clone(),
        }
    }

    fn is_local_token(&self, token: &str) -> bool {
        // Hashes are compared, so the time taken tells nothing of the token.
        chain::hex_digest(token.as_bytes()) == self.config.local_token_hash
    }
}

/// 256 random bits in base64url.
pub(crate) fn fresh_secret() -> Result<String, Failure> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Failure::new(FailureCode::Internal, "The system gave no random numbers."))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Of a credential as clients make them: 256 random bits in base64url (SH2). Anything shorter could be
/// guessed.
pub(super) fn hash_of(credential: &str) -> Result<String, Failure> {
    let bits = URL_SAFE_NO_PAD.decode(credential).ok().filter(|bytes| bytes.len() == 32);
    match bits {
        Some(_) => Ok(chain::hex_digest(credential.as_bytes())),
        None => Err(Failure::new(FailureCode::BadParams, "A credential is 32 random bytes in base64url.")),
    }
}

fn fits(via: Via, kind: DeviceKind) -> bool {
    match (via, kind) {
        (Via::Loopback, DeviceKind::Loopback) => true,
        (Via::Tls { .. }, DeviceKind::Browser | DeviceKind::VerifiedBrowser | DeviceKind::Peer) => true,
        (Via::Window | Via::Local | Via::Loopback | Via::Tls { .. }, _) => false,
    }
}

fn not_any_more(lost: Option<VoidReason>) -> Failure {
    let sentence = match lost {
        None => return not_paired(),
        Some(VoidReason::Kicked) => "The owner has removed you. Only the owner can invite you again.",
        Some(VoidReason::Revoked) => "Your access was taken back. Ask the owner for a new invite.",
        Some(VoidReason::Expired) => "This share has ended. Ask the owner for a new invite.",
        Some(VoidReason::Left) => "You have left this host. Ask its owner for a new invite.",
    };
    Failure::new(FailureCode::NotPaired, sentence)
}

pub(super) fn not_paired() -> Failure {
    Failure::new(FailureCode::NotPaired, "This host does not know you. Ask its owner for an invite.")
}
