//! Who does what: the client begins, the host answers, the client confirms first, the host confirms.
//! Each side's value is used up by its step, so that nobody gets two guesses out of one exchange.

use hmac::{Hmac, KeyInit, Mac};
use model::ShareId;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::Sha256;
use spake2::{Ed25519Group, Identity, Password, Spake2};

use crate::Code;

/// Of the exchange; both sides put it under their confirmations.
pub const PAIRING_VERSION: u32 = 1;
/// One side's SPAKE2 message: its role and a point of the curve.
pub const MESSAGE_BYTES: usize = 33;
/// A confirmation: HMAC-SHA-256.
pub const MAC_BYTES: usize = 32;

const LABEL: &[u8] = b"conclave pairing";
const CLIENT: &[u8] = b"client";
const HOST: &[u8] = b"host";

/// 32 fresh random bytes, for one exchange and no other.
pub struct Seed(pub [u8; 32]);

/// The two that pair, each known by a SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parties {
    /// Of the credential that the client will show from now on.
    pub credential: [u8; 32],
    /// Of the host's public key (SPKI): on the client's side the one that was proven in this very TLS
    /// session, so that somebody in the middle, who has another, shares no confirmation with the host.
    pub host_key: [u8; 32],
}

/// The exchange came to nothing. That is all anybody is told: not whether it was the code, the key or
/// the bytes.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("The code did not match, or somebody is in between.")]
pub struct ExchangeFailed;

/// The client has sent its first message.
pub struct Begun {
    spake: Spake2<Ed25519Group>,
    parties: Parties,
    message: Vec<u8>,
}

/// The host has answered: from here on this is a try (PA3).
pub struct Offered(Confirmations);

/// The client has confirmed and waits for the host to do the same.
pub struct Wait(Confirmations);

struct Confirmations {
    client: Hmac<Sha256>,
    host: Hmac<Sha256>,
}

impl Begun {
    /// The client's first step, and its message.
    pub fn begin(code: &Code, parties: Parties, seed: Seed) -> (Self, Vec<u8>) {
        let (client, host) = identities(&parties);
        let rng = ChaCha20Rng::from_seed(seed.0);
        let (spake, message) = Spake2::start_a_with_rng(&password(code), &client, &host, rng);
        (Self { spake, parties, message: message.clone() }, message)
    }

    /// The client's second step, and its confirmation.
    ///
    /// # Errors
    /// The host's message is none.
    pub fn confirm(
        self,
        host_message: &[u8],
        share: ShareId,
    ) -> Result<(Wait, [u8; MAC_BYTES]), ExchangeFailed> {
        let key = self.spake.finish(host_message).map_err(|_| ExchangeFailed)?;
        let said = Said { parties: &self.parties, share, client: &self.message, host: host_message };
        let both = Confirmations::new(&key, &said)?;
        let mine = both.client.clone().finalize().into_bytes().into();
        Ok((Wait(both), mine))
    }
}

impl Offered {
    /// The host's first step, and its message. Nothing about the code can be learnt from it.
    ///
    /// # Errors
    /// The client's message is none; nothing was answered, so it is no try.
    pub fn answer(
        code: &Code,
        parties: Parties,
        share: ShareId,
        client_message: &[u8],
        seed: Seed,
    ) -> Result<(Self, Vec<u8>), ExchangeFailed> {
        let (client, host) = identities(&parties);
        let rng = ChaCha20Rng::from_seed(seed.0);
        let (spake, message) = Spake2::<Ed25519Group>::start_b_with_rng(&password(code), &client, &host, rng);
        let key = spake.finish(client_message).map_err(|_| ExchangeFailed)?;
        let said = Said { parties: &parties, share, client: client_message, host: &message };
        Ok((Self(Confirmations::new(&key, &said)?), message))
    }

    /// The host's second step. Its own confirmation exists only once the client's was right.
    ///
    /// # Errors
    /// The client's confirmation is wrong.
    pub fn confirm(self, client_mac: &[u8]) -> Result<[u8; MAC_BYTES], ExchangeFailed> {
        self.0.client.verify_slice(client_mac).map_err(|_| ExchangeFailed)?;
        Ok(self.0.host.finalize().into_bytes().into())
    }
}

impl Wait {
    /// The client's last step: only now is the host's key the right one.
    ///
    /// # Errors
    /// The host's confirmation is wrong.
    pub fn done(self, host_mac: &[u8]) -> Result<(), ExchangeFailed> {
        self.0.host.verify_slice(host_mac).map_err(|_| ExchangeFailed)
    }
}

/// What both sides must have seen alike.
struct Said<'a> {
    parties: &'a Parties,
    share: ShareId,
    client: &'a [u8],
    host: &'a [u8],
}

impl Confirmations {
    fn new(key: &[u8], said: &Said<'_>) -> Result<Self, ExchangeFailed> {
        let version = PAIRING_VERSION.to_be_bytes();
        let mac = |role| {
            let parts: [&[u8]; 8] = [
                LABEL,
                &version,
                role,
                &said.parties.credential,
                &said.parties.host_key,
                said.share.0.as_bytes(),
                said.client,
                said.host,
            ];
            let mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| ExchangeFailed)?;
            Ok(mac.chain_update(framed(&parts)))
        };
        Ok(Self { client: mac(CLIENT)?, host: mac(HOST)? })
    }
}

fn identities(parties: &Parties) -> (Identity, Identity) {
    let version = PAIRING_VERSION.to_be_bytes();
    let identity = |role, key: &[u8]| Identity::new(&framed(&[LABEL, &version, role, key]));
    (identity(CLIENT, &parties.credential), identity(HOST, &parties.host_key))
}

fn password(code: &Code) -> Password {
    Password::new(code.reveal())
}

/// Each part behind its length, so that no two lists of parts give the same bytes.
fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let length = |part: &[u8]| u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes();
    parts.iter().flat_map(|part| length(part).into_iter().chain(part.iter().copied())).collect()
}
