//! Pairing by a code, the client's side (PA3). Until the host has confirmed, it is told nothing but a
//! SPAKE2 message, the hash of a credential and a confirmation; who one is comes after that.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::{Fingerprint, Secret256};
use model::ShareId;
use pairing::{Begun, Code, PAIRING_VERSION, Parties, Seed};
use sha2::{Digest, Sha256};
use tokio::time::timeout;
use wire::{Auth, Hello, HostFrame, Reply, Request, Welcome};

use crate::PeerError;
use crate::book::KnownHost;
use crate::client::CallError;
use crate::dial::{Target, dial_unknown};
use crate::home::{Guise, Home};
use crate::line::{Line, Say, Sound};
use crate::link::World;
use crate::vault::Pass;

/// A host answers each step at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// A host as it was seen in the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub name: String,
    /// Best first.
    pub addresses: Vec<String>,
    pub port: u16,
    /// The first hex digits of its key's hash. No proof, but another one there is not it.
    pub hint: String,
}

/// Pairs with the host that shows this code: its key is pinned only after it has confirmed, and only
/// then is the credential kept.
///
/// # Errors
/// [`PeerError::CodeWrong`], the host's refusal, or it is not there.
pub async fn pair(
    home: &Home,
    seen: &Seen,
    code: &Code,
    guise: Guise,
    program: &str,
) -> Result<KnownHost, PeerError> {
    let (line, pin) = dial_unknown(&seen.addresses, seen.port).await?;
    if !hex(pin.as_bytes()).starts_with(&seen.hint) {
        return Err(PeerError::NotTheOneSeen { name: seen.name.clone() });
    }
    let credential = home.apart(move |home| home.credential(pin)).await?;
    let mut talk = Talk { line, asked: 0 };
    talk.agree(code, pin, &credential).await?;
    let place = Target { addresses: seen.addresses.clone(), port: seen.port, pin };
    let finish = Auth::PairFinish { credential: credential.reveal(), name: guise.name.to_string() };
    let now = (World::of_this_machine().clock)();
    // Before the last step: a lost answer locks nobody out.
    let host =
        home.apart(move |home| home.enter(&place, Pass { credential, invite: None }, &guise, now)).await?;
    let key = host.key.clone();
    let outcome = match talk.welcomed(finish, program).await {
        Ok(welcome) => home.apart(move |home| home.welcomed(&key, &welcome, now)).await,
        Err(error) => Err(error),
    };
    let refused = matches!(outcome, Err(PeerError::Call(CallError::Refused(_)) | PeerError::OtherKey { .. }));
    if refused && host.welcomed_at.is_none() {
        home.apart(move |home| home.forget(&host.key)).await?;
    }
    outcome
}

/// One question after the other.
struct Talk {
    line: Line,
    asked: u64,
}

impl Talk {
    async fn agree(
        &mut self,
        code: &Code,
        pin: Fingerprint,
        credential: &Secret256,
    ) -> Result<(), PeerError> {
        let hash: [u8; 32] = Sha256::digest(credential.reveal().as_bytes()).into();
        let parties = Parties { credential: hash, host_key: *pin.as_bytes() };
        let (begun, message) = Begun::begin(code, parties, seed()?);
        let begin = Auth::PairBegin {
            version: PAIRING_VERSION,
            message: URL_SAFE_NO_PAD.encode(message),
            credential_hash: hex(&hash),
        };
        let (share, message) = self.answer(begin).await?;
        let (wait, mac) = begun.confirm(&message, share).map_err(|_| PeerError::CodeWrong)?;
        let Reply::PairConfirmed { mac } =
            self.ask(Auth::PairConfirm { mac: URL_SAFE_NO_PAD.encode(mac) }, "").await?
        else {
            return Err(CallError::Strange.into());
        };
        wait.done(&bytes(&mac)?).map_err(|_| PeerError::CodeWrong)
    }

    async fn answer(&mut self, begin: Auth) -> Result<(ShareId, Vec<u8>), PeerError> {
        match self.ask(begin, "").await? {
            Reply::PairAnswer { share, message } => Ok((share, bytes(&message)?)),
            _ => Err(CallError::Strange.into()),
        }
    }

    async fn welcomed(&mut self, finish: Auth, program: &str) -> Result<Welcome, PeerError> {
        match self.ask(finish, program).await? {
            Reply::Welcome(welcome) => Ok(welcome),
            _ => Err(CallError::Strange.into()),
        }
    }

    async fn ask(&mut self, auth: Auth, program: &str) -> Result<Reply, PeerError> {
        let id = self.asked;
        self.asked += 1;
        let frame = wire::encode_request(id, &Request::Hello(Hello { auth, client: program.to_owned() }));
        let gone = || PeerError::Call(CallError::Unreachable);
        self.line.say.send(Say::Frame(frame)).await.map_err(|_| gone())?;
        let heard = timeout(PATIENCE, self.hear(id)).await;
        heard.map_err(|_| gone())?
    }

    async fn hear(&mut self, id: u64) -> Result<Reply, PeerError> {
        while let Some(sound) = self.line.sounds.recv().await {
            let frame = match sound {
                Sound::Frame(frame) => frame,
                Sound::Beat | Sound::Bytes(_) => continue,
                Sound::Closed(_) => break,
            };
            match wire::decode_host(&frame).map_err(|_| CallError::Strange)? {
                HostFrame::Reply { id: of, reply } if of == id => return Ok(*reply),
                HostFrame::Failed { failure, .. } => return Err(refused(failure)),
                HostFrame::Reply { .. } | HostFrame::Notification(_) => {}
            }
        }
        Err(CallError::Unreachable.into())
    }
}

fn refused(failure: wire::Failure) -> PeerError {
    match failure.code {
        wire::FailureCode::CodeWrong => PeerError::CodeWrong,
        _ => CallError::Refused(failure).into(),
    }
}

fn seed() -> Result<Seed, PeerError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(identity::IdentityError::Random)?;
    Ok(Seed(bytes))
}

fn bytes(text: &str) -> Result<Vec<u8>, PeerError> {
    Ok(URL_SAFE_NO_PAD.decode(text).map_err(|_| CallError::Strange)?)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
