use serde::Deserialize;
use serde_json::value::RawValue;
use wire::{Bye, Failure};

use crate::machine::Fact;

/// The id of every hello of ours; requests count from 1.
pub const HELLO_ID: u64 = 0;

#[derive(Deserialize)]
struct Envelope<'a> {
    id: Option<u64>,
    method: Option<&'a str>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    data: Failure,
}

#[derive(Deserialize)]
struct Kind<'a> {
    kind: &'a str,
}

/// What a frame says about the link, when the hello went out as `hello`. Whatever it does not know is
/// a sign of life and no more: a newer host is understood as far as it goes (PA10).
pub fn fact_of(frame: &str, hello: u64) -> Fact {
    let Ok(envelope) = serde_json::from_str::<Envelope>(frame) else { return Fact::Sign };
    match envelope {
        Envelope { method: Some("welcome"), .. } => Fact::Welcome,
        Envelope { method: Some("bye"), params: Some(params), .. } => {
            serde_json::from_str::<Bye>(params.get()).map_or(Fact::Sign, Fact::Bye)
        }
        Envelope { id: Some(id), error: Some(refusal), .. } if id == hello => Fact::HelloFailed(refusal.data),
        Envelope { id: Some(id), result: Some(result), .. } if id == hello => {
            match serde_json::from_str::<Kind>(result.get()).map(|it| it.kind) {
                Ok("welcome") => Fact::Welcome,
                Ok("waiting") => Fact::Waiting,
                Ok(_) | Err(_) => Fact::Sign,
            }
        }
        Envelope { .. } => Fact::Sign,
    }
}

#[cfg(test)]
mod tests {
    use model::KnockId;
    use wire::{ByeReason, FailureCode, Notification, Reply};

    use super::*;

    #[test]
    fn pa10_a_host_is_understood_as_far_as_it_goes() {
        let waiting = wire::encode_reply(7, &Reply::Waiting { knock: KnockId(uuid::Uuid::nil()) });
        assert_eq!(fact_of(&waiting, 7), Fact::Waiting);
        assert_eq!(fact_of(&waiting, 8), Fact::Sign);
        let bye = Bye { reason: ByeReason::Kicked, message: "Out.".to_owned() };
        let said = wire::encode_notification(&Notification::Bye(bye.clone()));
        assert_eq!(fact_of(&said, 0), Fact::Bye(bye));
        let failure = Failure::new(FailureCode::InviteSpent, "Used.");
        assert_eq!(fact_of(&wire::encode_failure(Some(0), &failure), 0), Fact::HelloFailed(failure));
        for newer in [
            r#"{"jsonrpc":"2.0","method":"bye","params":{"reason":"moon_full","message":"x"}}"#,
            r#"{"jsonrpc":"2.0","method":"moon","params":{}}"#,
            r#"{"jsonrpc":"2.0","id":0,"result":{"kind":"riddle"}}"#,
            "no frame at all",
        ] {
            assert_eq!(fact_of(newer, 0), Fact::Sign, "{newer}");
        }
    }
}
