//! Pairing by a code, the host's side (PA3). Codes live in memory alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use door::{Credential, Door};
use model::{DeviceKind, DisplayName, InviteId, PairingOutcome, PairingView, ShareId, Timestamp};
use pairing::{Code, Codes, MAC_BYTES, Offered, Outcome, PAIRING_VERSION, Parties, Refusal, Seed, Ticket};
use ports::chain;
use ports::nearby::{Advert, HINT_CHARS};
use wire::{Auth, Failure, FailureCode, NearbyRow, Reply};

use super::door_orders::refused;
use super::hello::{Greeting, fresh_secret, hash_of, not_paired};
use super::{Cause, Decision, Desk, State};
use crate::authority::authorize;
use crate::principal::Via;

/// A try at the code that the host has answered, and that counts.
pub(crate) struct Try {
    offered: Offered,
    pub ticket: Ticket,
    credential_hash: String,
}

/// The code was right: who comes may say so now.
pub(crate) struct Proven {
    share: ShareId,
    credential_hash: String,
}

impl Desk {
    /// Answers only when the listener is bound. Not remembered by its id: a code must not reach the disk.
    pub async fn start_pairing(&self, cause: Cause, share: ShareId) -> Result<Reply, Failure> {
        let code = Code::pick(u64::from_be_bytes(random()?));
        self.bind().await?;
        let shown = code.reveal().to_owned();
        self.codes(Some(cause), |codes, door, now| {
            if !door.is_live(share, now) {
                return Err(Failure::not_found());
            }
            let until = codes.start(share, code, now).map_err(no_code)?;
            Ok(Reply::PairingCode { code: shown, until })
        })
        .await
    }

    pub async fn stop_pairing(&self, cause: Cause) -> Result<Reply, Failure> {
        self.codes(Some(cause), |codes, _, _| {
            codes.stop();
            Ok(Reply::Done)
        })
        .await
    }

    /// The host's answer to a first message; from here on the try counts.
    pub async fn answer_pairing(&self, via: Via, begin: Auth) -> Result<(Try, Reply), Failure> {
        let (Via::Tls { kind: DeviceKind::Peer, .. }, Auth::PairBegin { version, message, credential_hash }) =
            (via, begin)
        else {
            return Err(not_paired());
        };
        if version != PAIRING_VERSION {
            return Err(Failure::new(
                FailureCode::Version,
                "The two programs pair in different ways. Update both.",
            ));
        }
        let message = bytes(&message)?;
        let parties = Parties {
            credential: chain_hash(&credential_hash)?,
            host_key: chain::digest(&self.parts.signer.public_key()),
        };
        let seed = Seed(random()?);
        self.codes(None, |codes, door, now| {
            let (code, ticket) = codes.live(now).map_err(no_code)?;
            if !door.is_live(ticket.share, now) {
                return Err(no_code(Refusal::NoCode));
            }
            let answered = Offered::answer(code, parties, ticket.share, &message, seed);
            let (offered, answer) = answered.map_err(|_| malformed())?;
            codes.count(ticket);
            let message = URL_SAFE_NO_PAD.encode(answer);
            let reply = Reply::PairAnswer { share: ticket.share, message };
            Ok((Try { offered, ticket, credential_hash }, reply))
        })
        .await
    }

    /// The client confirms first; the host does so only if that was right.
    pub async fn confirm_pairing(&self, tried: Try, mac: &str) -> Result<(Proven, Reply), Failure> {
        let Try { offered, ticket, credential_hash } = tried;
        let confirmed = offered.confirm(&bytes(mac).unwrap_or_default());
        self.codes(None, |codes, _, now| match confirmed {
            Ok(mac) => {
                codes.succeed(ticket, now).map_err(no_code)?;
                let mac: [u8; MAC_BYTES] = mac;
                let reply = Reply::PairConfirmed { mac: URL_SAFE_NO_PAD.encode(mac) };
                Ok((Proven { share: ticket.share, credential_hash }, reply))
            }
            Err(failed) => {
                codes.miss(ticket, now);
                Err(Failure::new(FailureCode::CodeWrong, failed.to_string()))
            }
        })
        .await
    }

    /// Whoever tried went away.
    pub async fn miss_pairing(&self, ticket: Ticket) {
        let missed = self.codes(None, |codes, _, now| {
            codes.miss(ticket, now);
            Ok(())
        });
        if let Err(failure) = missed.await {
            tracing::warn!(%failure, "a try at a code could not be shown");
        }
    }

    pub async fn finish_pairing(
        &self,
        via: Via,
        proven: Proven,
        finish: Auth,
        client: &str,
    ) -> Result<Greeting, Failure> {
        let Auth::PairFinish { credential, name } = finish else { return Err(malformed()) };
        if hash_of(&credential)? != proven.credential_hash {
            return Err(not_paired());
        }
        let name = DisplayName::parse(&name)
            .map_err(|error| Failure::new(FailureCode::NameRefused, error.to_string()))?;
        let device = client.chars().take(80).collect();
        let who = Credential { hash: proven.credential_hash.clone(), name, device, kind: DeviceKind::Peer };
        let (fresh, now) = (self.fresh(), self.parts.clock.now());
        let invite = InviteId(self.parts.ids.fresh());
        let secret_hash = chain::hex_digest(fresh_secret()?.as_bytes());
        let admitted = self.decide(None, move |state| {
            let owner = state.door.admit_by_code(proven.share, (invite, secret_hash), &who, fresh, now);
            Ok((Decision { owner: owner.map_err(refused)?, ..Decision::default() }, Reply::Done))
        });
        admitted.await?;
        self.welcome_back(via, &proven.credential_hash).await
    }

    /// Hosts around, for the owner's window.
    pub fn nearby(&self) -> Reply {
        let row = |seen: ports::nearby::Sighting| NearbyRow {
            hint: seen.hint,
            name: seen.name,
            port: seen.port,
            addresses: seen.addresses.iter().map(ToString::to_string).collect(),
            version: seen.version,
        };
        Reply::Nearby { hosts: self.parts.nearby.seen().into_iter().map(row).collect() }
    }

    /// Says in the network that this host shares something, or nothing any more.
    pub(super) fn be_seen(&self, state: &State, port: Option<u16>) {
        let now = self.parts.clock.now();
        let shares = state.door.shares().any(|(share, _)| state.door.is_live(share, now));
        match (port, state.door.owner_name()) {
            (Some(port), Some(name)) if shares && state.door.settings().nearby => {
                let key = chain::hex(&chain::digest(&self.parts.signer.public_key()));
                let hint = key[..HINT_CHARS].to_owned();
                self.parts.nearby.announce(Advert { name: name.clone(), port, hint });
            }
            (Some(_) | None, _) => self.parts.nearby.withdraw(),
        }
    }

    async fn codes<T>(
        &self,
        cause: Option<Cause>,
        change: impl FnOnce(&mut Codes, &Door, Timestamp) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let now = self.parts.clock.now();
        let mut state = self.state.lock().await;
        if let Some(cause) = cause {
            authorize(&self.globe.now(), cause.principal, &cause.need)?; // GR3
        }
        let State { codes, door, .. } = &mut *state;
        let changed = change(codes, door, now);
        self.globe.replace(state.world(&self.parts)?);
        changed
    }
}

pub(super) fn view(codes: &Codes, now: Timestamp) -> Option<PairingView> {
    let standing = codes.standing(now)?;
    let outcome = match standing.outcome {
        Outcome::Waiting => PairingOutcome::Waiting,
        Outcome::Done => PairingOutcome::Done,
        Outcome::Burnt => PairingOutcome::Burnt,
        Outcome::Expired => PairingOutcome::Expired,
    };
    let (share, until, tries) = (standing.share, standing.until, standing.tries);
    Some(PairingView { share, until, tries, outcome, resting_until: codes.resting(now) })
}

fn no_code(refusal: Refusal) -> Failure {
    let code = match refusal {
        Refusal::NoCode => FailureCode::NoCode,
        Refusal::Resting { .. } => FailureCode::CodesResting,
    };
    Failure::new(code, refusal.to_string())
}

fn malformed() -> Failure {
    Failure::new(FailureCode::BadParams, "That was no step of a pairing.")
}

fn bytes(text: &str) -> Result<Vec<u8>, Failure> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed())
}

fn chain_hash(hex: &str) -> Result<[u8; 32], Failure> {
    let digits = hex.as_bytes();
    let good = digits.len() == 64 && digits.iter().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    if !good {
        return Err(malformed());
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| malformed())?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| malformed())?;
    }
    Ok(hash)
}

fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|_| Failure::new(FailureCode::Internal, "The system gave no random numbers."))?;
    Ok(bytes)
}
