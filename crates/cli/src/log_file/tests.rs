use identity::HostIdentity;
use model::{Event, LongText, PersonId, StreamId, Timestamp, TurnId};
use ports::signer::Signer;
use uuid::Uuid;

use super::*;

const SALT: [u8; 16] = [7; 16];

struct Host {
    signer: identity::HeadSigner,
    _folder: tempfile::TempDir,
}

impl Host {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let signer = HostIdentity::load_or_create(folder.path()).unwrap().signer().unwrap();
        Self { signer, _folder: folder }
    }

    fn sign(&self, file: &LogFile, seq: u64) -> SignedHead {
        let mut head = SignedHead {
            epoch: file.about.epoch,
            stream: file.about.stream,
            seq,
            hash: file.events[usize::try_from(seq).unwrap() - 1].hash.clone(),
            at: Timestamp(9),
            key: file.about.key.clone(),
            signature: String::new(),
        };
        head.signature = chain::hex(&self.signer.sign(head.text().as_bytes()).unwrap());
        head
    }

    /// Six events, a head signed at the fourth.
    fn log(&self) -> LogFile {
        let key = self.signer.public_key();
        let about = About {
            format: FORMAT,
            stream: StreamId::Session(model::SessionId(Uuid::from_u128(1))),
            epoch: EpochId(Uuid::from_u128(2)),
            fingerprint: Fingerprint::of_spki(&key).to_string(),
            key: chain::hex(&key),
        };
        let mut file = LogFile { about, events: vec![], heads: vec![] };
        for seq in 1..=5 {
            push(&mut file, &said(&format!("word {seq}")));
        }
        push(&mut file, &Event::Redacted { seqs: vec![2], by: PersonId(Uuid::from_u128(3)) });
        file.heads.push(self.sign(&file, 4));
        file
    }
}

fn said(text: &str) -> Event {
    let (turn, item) = (TurnId(Uuid::from_u128(4)), model::ItemId(Uuid::from_u128(5)));
    Event::MessageSaid { turn, item, text: LongText::inline(text).unwrap() }
}

fn push(file: &mut LogFile, event: &Event) {
    let body = serde_json::to_string(event).unwrap();
    let kind = serde_json::to_value(event).unwrap()["type"].as_str().unwrap().to_owned();
    let mut raw = RawEvent {
        seq: file.events.len() as u64 + 1,
        at: Timestamp(5),
        actor: r#"{"kind":"agent"}"#.into(),
        cause: None,
        kind,
        body,
        seal: RawSeal::Salt(chain::hex(&SALT)),
        hash: chain::hex(&ROOT),
    };
    let prev = file.events.last().map_or(ROOT, |event| hash_of(&event.hash).unwrap());
    raw.hash = chain::hex(&record(file.about.stream, &raw).unwrap().hash_after(&prev));
    file.events.push(raw);
}

fn erase(event: &mut RawEvent, tombstone: &str) {
    event.seal = RawSeal::Erased(chain::hex(&chain::body_hash(&SALT, &event.body)));
    event.body = tombstone.to_owned();
}

fn tombstone() -> String {
    let wordless = serde_json::to_string(&said("").wordless()).unwrap();
    format!(r#"{},"redacted":true}}"#, wordless.strip_suffix('}').unwrap())
}

#[test]
fn lo6_an_exported_log_proves_itself() {
    let file = Host::new().log();
    assert_eq!(LogFile::read(&file.write().unwrap()), Ok(file.clone()));
    let proven = file.verify().unwrap();
    assert_eq!((proven.events, proven.erased, proven.heads, proven.signed), (6, 0, 1, 4));
    assert_eq!(proven.fingerprint, file.about.fingerprint);
}

#[test]
fn lo6_the_first_bad_event_is_named() {
    let good = Host::new().log();
    let changes: [fn(&mut RawEvent); 6] = [
        |event| event.body.push(' '),
        |event| event.at = Timestamp(6),
        |event| event.actor.push(' '),
        |event| event.kind.push('x'),
        |event| event.seal = RawSeal::Salt("00".repeat(16)),
        |event| event.hash = event.hash.to_uppercase(),
    ];
    for change in changes {
        let mut bad = good.clone();
        change(&mut bad.events[2]);
        assert_eq!(bad.verify(), Err(Doubt::Changed { seq: 3 }));
    }
    let mut bad = good.clone();
    bad.events.remove(2);
    assert_eq!(bad.verify(), Err(Doubt::Missing { expected: 3, found: 4 }));
    let mut bad = good.clone();
    bad.events.swap(1, 2);
    assert_eq!(bad.verify(), Err(Doubt::Missing { expected: 2, found: 3 }));
}

#[test]
fn lo6_a_log_that_was_cut_or_written_anew_is_not_what_the_host_has_signed() {
    let host = Host::new();
    let good = host.log();
    let mut cut = good.clone();
    cut.events.truncate(3);
    assert_eq!(cut.verify(), Err(Doubt::Sworn { seq: 4 }));

    let mut anew = LogFile { events: vec![], ..good.clone() };
    (1..=6).for_each(|_| push(&mut anew, &said("another past")));
    assert_eq!(anew.verify(), Err(Doubt::Sworn { seq: 4 }));
    let mut forged = anew.clone();
    forged.heads[0].hash.clone_from(&forged.events[3].hash);
    assert_eq!(forged.verify(), Err(Doubt::Unsigned { seq: 4 }));

    let thief = Host::new();
    let mut stolen = LogFile { heads: vec![], ..anew.clone() };
    stolen.heads.push(thief.sign(&stolen, 4));
    assert_eq!(stolen.verify(), Err(Doubt::Unsigned { seq: 4 }), "another key");
}

#[test]
fn lo6_a_witness_tells_whether_it_saw_the_same_log() {
    let host = Host::new();
    let good = host.log();
    let witness = host.sign(&good, 5);
    assert_eq!(good.agrees_with(&witness), Ok(()));

    let mut anew = LogFile { events: vec![], heads: vec![], ..good.clone() };
    (1..=6).for_each(|_| push(&mut anew, &said("another past")));
    anew.heads.push(host.sign(&anew, 6));
    assert!(anew.verify().is_ok(), "a host can sign another past");
    assert_eq!(anew.agrees_with(&witness), Err(Doubt::Witnessed { seq: 5 }));
    let mut short = LogFile { heads: vec![], ..good.clone() };
    short.events.truncate(4);
    assert_eq!(short.agrees_with(&witness), Err(Doubt::Witnessed { seq: 5 }));

    let other = Host::new();
    let foreign = other.sign(&other.log(), 5);
    assert_eq!(good.agrees_with(&foreign), Err(Doubt::Foreign));
    let bent = SignedHead { seq: 4, ..witness };
    assert_eq!(good.agrees_with(&bent), Err(Doubt::Unsigned { seq: 4 }));
}

#[test]
fn lo11_a_redacted_log_proves_itself_and_a_forged_tombstone_does_not() {
    let good = Host::new().log();
    let mut redacted = good.clone();
    erase(&mut redacted.events[1], &tombstone());
    assert_eq!(redacted.verify().map(|proven| proven.erased), Ok(1));

    let mut unnamed = good.clone();
    erase(&mut unnamed.events[2], &tombstone());
    assert_eq!(unnamed.verify(), Err(Doubt::Forged { seq: 3 }), "no redaction speaks of it");
    for words in [serde_json::to_string(&said("put in its mouth")).unwrap(), "{}".into()] {
        let mut talking = good.clone();
        erase(&mut talking.events[1], &words);
        assert_eq!(talking.verify(), Err(Doubt::Forged { seq: 2 }));
    }
}

#[test]
fn what_is_no_exported_log_says_so() {
    assert_eq!(LogFile::read(""), Err(Doubt::Nameless));
    assert_eq!(LogFile::read("{}"), Err(Doubt::Nameless));
    let text = Host::new().log().write().unwrap();
    let torn = &text[..text.len() - 9];
    assert_eq!(LogFile::read(torn), Err(Doubt::Unreadable { line: 8 }));
    assert_eq!(unhex("0A"), None);
    assert_eq!(unhex("0"), None);
}
