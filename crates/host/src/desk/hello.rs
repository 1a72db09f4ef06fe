//! From a hello to a principal (GR4).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use door::{Admitted, Credential, Redemption};
use model::{DeviceId, DeviceKind, DisplayName, InviteId, KnockId, OwnerEvent, PersonId, Timestamp, limits};
use ports::chain;
use wire::{Auth, Failure, FailureCode, Hello, Reply, Welcome};

use super::door_orders::refused;
use super::{Decision, Desk};
use crate::principal::{Principal, Via};

/// What became of a hello.
pub(crate) enum Greeting {
    Welcome(Principal, Box<Welcome>),
    /// Somebody must let them in; `credential_hash` is how they are known when that has happened.
    Waiting {
        knock: KnockId,
        credential_hash: String,
    },
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
            (Via::Window, _) => Ok(self.welcome_owner(None)),
            (Via::Local, Auth::Local { token }) if self.is_local_token(&token) => {
                Ok(self.welcome_owner(None))
            }
            (Via::Loopback, Auth::OpenLink { secret }) => self.exchange_link(&secret, hello.client).await,
            (Via::Loopback | Via::Tls { .. }, Auth::Device { credential }) => {
                let hash = chain::hex_digest(credential.as_bytes());
                self.welcome_back(via, &hash).await.ok_or_else(not_paired)
            }
            (Via::Tls { .. }, Auth::Invite { invite, secret, credential, name }) => {
                let name = DisplayName::parse(&name)
                    .map_err(|error| Failure::new(FailureCode::NameRefused, error.to_string()))?;
                let hash = chain::hex_digest(credential.as_bytes());
                let device = hello.client.chars().take(80).collect();
                let who = Credential { hash, name, device, kind: DeviceKind::Browser };
                self.redeem(via, (invite, &secret), who).await
            }
            (
                Via::Local | Via::Loopback | Via::Tls { .. },
                Auth::Local { .. } | Auth::OpenLink { .. } | Auth::Device { .. } | Auth::Invite { .. },
            ) => Err(not_paired()),
        }
    }

    /// The principal of a credential, if it is good right now and came by the right pipe.
    pub async fn welcome_back(&self, via: Via, credential_hash: &str) -> Option<Greeting> {
        let now = self.parts.clock.now();
        let known = self.state.lock().await.door.recognise(credential_hash, now)?;
        let fits = match (via, known.kind) {
            (Via::Loopback, DeviceKind::Loopback) => true,
            (Via::Tls { .. }, DeviceKind::Browser | DeviceKind::Peer) => true,
            (Via::Window | Via::Local | Via::Loopback | Via::Tls { .. }, _) => false,
        };
        fits.then(|| self.welcome(known)).flatten()
    }

    /// The knock is still at the door, let in or not.
    pub async fn is_waiting(&self, knock: KnockId) -> bool {
        self.state.lock().await.door.knocks().any(|(id, _)| id == knock)
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
        let added = OwnerEvent::DeviceAdded {
            device: DeviceId(self.parts.ids.fresh()),
            person: owner,
            kind: DeviceKind::Loopback,
            label: client.chars().take(80).collect(),
            credential_hash: chain::hex_digest(credential.as_bytes()),
            share: None,
        };
        self.decide(None, move |_| Ok((Decision { owner: vec![added], ..Decision::default() }, Reply::Done)))
            .await?;
        Ok(self.welcome_owner(Some(credential)))
    }

    async fn redeem(
        &self,
        via: Via,
        (invite, secret): (InviteId, &str),
        who: Credential,
    ) -> Result<Greeting, Failure> {
        let now = self.parts.clock.now();
        let knock = KnockId(self.parts.ids.fresh());
        let secret_hash = chain::hex_digest(secret.as_bytes());
        let credential_hash = who.hash.clone();
        let reply = self.decide(None, move |state| {
            let redeemed = state.door.redeem(invite, &secret_hash, &who, knock, now).map_err(refused)?;
            Ok(match redeemed {
                Redemption::Known(_) => (Decision::default(), Reply::Done),
                Redemption::Waiting(knock) => (Decision::default(), Reply::Waiting { knock }),
                Redemption::Knock(knock, owner) => {
                    (Decision { owner, ..Decision::default() }, Reply::Waiting { knock })
                }
            })
        });
        if let Reply::Waiting { knock } = reply.await? {
            return Ok(Greeting::Waiting { knock, credential_hash });
        }
        self.welcome_back(via, &credential_hash).await.ok_or_else(not_paired)
    }

    fn welcome(&self, known: Admitted) -> Option<Greeting> {
        let world = self.globe.now();
        if known.person == world.grants.owner {
            return Some(self.welcome_owner(None));
        }
        let member = world.grants.members.get(&known.person)?;
        let principal = Principal { person: known.person, device: Some(known.device) };
        let welcome = self.letter(known.person, member.name.clone(), None);
        Some(Greeting::Welcome(principal, Box::new(welcome)))
    }

    fn welcome_owner(&self, credential: Option<String>) -> Greeting {
        let world = self.globe.now();
        let owner = world.grants.owner;
        let principal = Principal { person: owner, device: None };
        let letter = self.letter(owner, world.grants.owner_name.clone(), credential);
        Greeting::Welcome(principal, Box::new(letter))
    }

    fn letter(&self, person: PersonId, name: DisplayName, credential: Option<String>) -> Welcome {
        let world = self.globe.now();
        Welcome {
            host: model::HostId(world.grants.owner.0),
            host_name: world.grants.owner_name.clone(),
            epoch: self.parts.store.epoch(),
            person,
            name,
            owner: person == world.grants.owner,
            credential,
            version: self.config.version.clone(),
        }
    }

    fn is_local_token(&self, token: &str) -> bool {
        // Hashes are compared, so the time taken tells nothing of the token.
        chain::hex_digest(token.as_bytes()) == self.config.local_token_hash
    }
}

/// 256 random bits in base64url.
pub(super) fn fresh_secret() -> Result<String, Failure> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Failure::new(FailureCode::Internal, "The system gave no random numbers."))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn not_paired() -> Failure {
    Failure::new(FailureCode::NotPaired, "This host does not know you. Ask its owner for an invite.")
}
