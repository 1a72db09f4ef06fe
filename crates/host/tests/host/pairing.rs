//! Pairing by a code at the host: who counts tries, and who is let in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use host::Via;
use model::*;
use pairing::{Begun, Code, PAIRING_VERSION, Parties, Seed, Wait};
use ports::chain;
use ports::signer::Signer;
use wire::*;

use crate::cast::Key;
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage, credential_of, tls};

/// A program that types a code.
struct Newcomer {
    client: Client,
    name: &'static str,
    credential: String,
    host_key: [u8; 32],
}

impl Newcomer {
    fn at(stage: &Stage, name: &'static str) -> Self {
        let host_key = chain::digest(&Key.public_key());
        Self { client: Client::new(&stage.host, tls()), name, credential: credential_of(name), host_key }
    }

    /// Up to the host's answer: from here on it is a try.
    async fn begin(&mut self, code: &str) -> Result<(Wait, String), Failure> {
        let credential = chain::digest(self.credential.as_bytes());
        let parties = Parties { credential, host_key: self.host_key };
        let seed = Seed(chain::digest(format!("{} {code}", self.name).as_bytes()));
        let (begun, message) = Begun::begin(&code.parse::<Code>().unwrap(), parties, seed);
        let begin = Auth::PairBegin {
            version: PAIRING_VERSION,
            message: URL_SAFE_NO_PAD.encode(message),
            credential_hash: chain::hex(&credential),
        };
        let Reply::PairAnswer { share, message } = self.client.hello(begin).await? else {
            panic!("an answer")
        };
        let (wait, mac) = begun.confirm(&URL_SAFE_NO_PAD.decode(message).unwrap(), share).unwrap();
        Ok((wait, URL_SAFE_NO_PAD.encode(mac)))
    }

    async fn confirm(&mut self, (wait, mac): (Wait, String)) -> Result<(), Failure> {
        let reply = self.client.hello(Auth::PairConfirm { mac }).await?;
        let Reply::PairConfirmed { mac } = reply else { panic!("a confirmation") };
        wait.done(&URL_SAFE_NO_PAD.decode(mac).unwrap()).unwrap();
        Ok(())
    }

    async fn finish(&mut self) -> Result<Reply, Failure> {
        let (credential, name) = (self.credential.clone(), self.name.to_owned());
        self.client.hello(Auth::PairFinish { credential, name }).await
    }

    async fn pair(&mut self, code: &str) -> Result<Reply, Failure> {
        let begun = self.begin(code).await?;
        self.confirm(begun).await?;
        self.finish().await
    }
}

async fn code_for(stage: &mut Stage, share: ShareId) -> Result<String, Failure> {
    let reply = stage.owner.call(Request::StartPairing { command: command(), share }).await?;
    let Reply::PairingCode { code, .. } = reply else { panic!("a code") };
    Ok(code)
}

/// A shared stage whose owner shows a code.
async fn with_code() -> (Stage, ShareId, String) {
    let mut stage = Stage::set().await;
    let (share, _) = stage.share(Preset::Collaborator, Consensus::No).await;
    let code = code_for(&mut stage, share).await.unwrap();
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    (stage, share, code)
}

async fn until_standing(stage: &mut Stage, tries: u8, outcome: PairingOutcome) {
    let met = |owner: &Client| {
        let view = owner.directory.as_ref().and_then(|directory| directory.pairing);
        view.is_some_and(|view| view.tries == tries && view.outcome == outcome)
    };
    stage.owner.until("the code's standing", met).await;
}

/// Six digits that are not these.
fn other(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn refused(stage: &Stage, code: &str) -> FailureCode {
    Newcomer::at(stage, "Mallory").pair(code).await.unwrap_err().code
}

#[tokio::test]
async fn pa3_who_types_the_code_is_in_the_share_and_comes_back_by_their_credential() {
    let (mut stage, share, code) = with_code().await;
    let mut bea = Newcomer::at(&stage, "Bea");
    let Ok(Reply::Welcome(welcome)) = bea.pair(&code).await else { panic!("a welcome") };
    assert!(!welcome.unverified && welcome.name.as_str() == "Bea");
    assert!(bea.client.is_proven());
    bea.client.follow(stage.session).await;
    until_standing(&mut stage, 1, PairingOutcome::Done).await;
    let Ok(Reply::People { people }) = stage.owner.call(Request::People).await else { panic!("people") };
    assert_eq!((people[0].shares[0].share, people[0].devices[0].kind), (share, DeviceKind::Peer));
    let mut again = Client::new(&stage.host, tls());
    let credential = bea.credential.clone();
    assert!(matches!(again.hello(Auth::Device { credential }).await, Ok(Reply::Welcome(_))));
    assert_eq!(refused(&stage, &code).await, FailureCode::NoCode, "it is good once");
}

#[tokio::test]
async fn pa3_three_wrong_tries_burn_a_code_and_three_codes_bring_rest() {
    let (mut stage, share, mut code) = with_code().await;
    for burnt in 1..=3 {
        for tries in 1..=3 {
            assert_eq!(refused(&stage, &other(&code)).await, FailureCode::CodeWrong);
            let outcome = if tries < 3 { PairingOutcome::Waiting } else { PairingOutcome::Burnt };
            until_standing(&mut stage, tries, outcome).await;
        }
        assert_eq!(refused(&stage, &code).await, FailureCode::NoCode);
        if burnt < 3 {
            code = code_for(&mut stage, share).await.unwrap();
        }
    }
    assert_eq!(code_for(&mut stage, share).await.unwrap_err().code, FailureCode::CodesResting);
}

#[tokio::test]
async fn pa3_who_leaves_after_the_answer_has_had_a_try() {
    let (mut stage, _, code) = with_code().await;
    for tries in 1..=3 {
        let mut mallory = Newcomer::at(&stage, "Mallory");
        mallory.begin(&other(&code)).await.unwrap();
        drop(mallory);
        let outcome = if tries < 3 { PairingOutcome::Waiting } else { PairingOutcome::Burnt };
        until_standing(&mut stage, tries, outcome).await;
    }
}

#[tokio::test]
async fn pa3_a_client_that_sees_another_key_is_not_confirmed() {
    let (stage, _, code) = with_code().await;
    let mut bea = Newcomer::at(&stage, "Bea");
    bea.host_key = [66; 32];
    assert_eq!(bea.pair(&code).await.unwrap_err().code, FailureCode::CodeWrong);
    assert!(!bea.client.is_proven());
}

#[tokio::test]
async fn pa3_another_credential_than_the_confirmed_one_is_not_taken() {
    let (stage, _, code) = with_code().await;
    let mut bea = Newcomer::at(&stage, "Bea");
    let begun = bea.begin(&code).await.unwrap();
    bea.confirm(begun).await.unwrap();
    bea.credential = credential_of("somebody else's");
    assert_eq!(bea.finish().await.unwrap_err().code, FailureCode::NotPaired);
}

#[tokio::test]
async fn pa3_the_steps_come_in_order_or_not_at_all() {
    let (mut stage, _, code) = with_code().await;
    let mut bea = Newcomer::at(&stage, "Bea");
    assert_eq!(bea.finish().await.unwrap_err().code, FailureCode::NotPaired);
    let mut bea = Newcomer::at(&stage, "Bea");
    bea.begin(&code).await.unwrap();
    assert_eq!(bea.finish().await.unwrap_err().code, FailureCode::BadParams);
    until_standing(&mut stage, 1, PairingOutcome::Waiting).await;
    let mut bea = Newcomer::at(&stage, "Bea");
    let begin = |message: &str, version| Auth::PairBegin {
        version,
        message: message.into(),
        credential_hash: chain::hex(&[1; 32]),
    };
    assert_eq!(bea.client.hello(begin("AAAA", 1)).await.unwrap_err().code, FailureCode::BadParams);
    let mut bea = Newcomer::at(&stage, "Bea");
    assert_eq!(bea.client.hello(begin("AAAA", 99)).await.unwrap_err().code, FailureCode::Version);
    until_standing(&mut stage, 1, PairingOutcome::Waiting).await;
}

#[tokio::test]
async fn pa3_a_browser_cannot_pair_by_code() {
    let (stage, _, code) = with_code().await;
    let mut page = Newcomer::at(&stage, "Bea");
    let via = Via::Tls { from: "127.0.0.1".parse().unwrap(), kind: DeviceKind::Browser };
    page.client = Client::new(&stage.host, via);
    assert_eq!(page.pair(&code).await.unwrap_err().code, FailureCode::NotPaired);
}

#[tokio::test(start_paused = true)]
async fn pa3_a_code_is_gone_after_two_minutes_when_stopped_and_with_its_share() {
    let (mut stage, share, code) = with_code().await;
    tokio::time::advance(std::time::Duration::from_secs(121)).await;
    assert_eq!(refused(&stage, &code).await, FailureCode::NoCode);
    let code = code_for(&mut stage, share).await.unwrap();
    stage.owner.call(Request::StopPairing { command: command() }).await.unwrap();
    assert_eq!(refused(&stage, &code).await, FailureCode::NoCode);
    let code = code_for(&mut stage, share).await.unwrap();
    stage.owner.call(Request::StopShare { command: command(), share }).await.unwrap();
    assert_eq!(refused(&stage, &code).await, FailureCode::NoCode);
    assert_eq!(code_for(&mut stage, share).await.unwrap_err().code, FailureCode::NotFound);
}

#[tokio::test]
async fn pa3_a_code_is_never_in_the_log() {
    let (mut stage, _, code) = with_code().await;
    Newcomer::at(&stage, "Bea").pair(&code).await.unwrap();
    stage.restart().await;
    let reply = stage.owner.call(Request::Page { stream: StreamId::Owner, before: 999, limit: 200 }).await;
    let Ok(Reply::Page { events, .. }) = reply else { panic!("a page") };
    let written = serde_json::to_string(&events).unwrap();
    assert!(written.contains("person_admitted") && !written.contains(&format!("\"{code}\"")), "{written}");
    assert_eq!(refused(&stage, &code).await, FailureCode::NoCode);
}
