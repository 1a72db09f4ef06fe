//! Why an endpoint gave no answer, and whether asking again may help. Pure.

use std::time::Duration;

/// Shown to people; longer ones are pages of HTML.
const LONGEST: usize = 600;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It may go better later; the endpoint may have said when.
    Passing {
        after: Option<Duration>,
    },
    /// More was said than the model can hold: the same again would fail again.
    Overflow,
    Final,
}

/// What an endpoint answered instead of words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Refusal<'a> {
    pub status: Option<u16>,
    pub retry_after: Option<&'a str>,
    pub retry_after_ms: Option<&'a str>,
    pub body: &'a str,
}

const OVERFLOWS: &[&str] = &[
    "context_length_exceeded",
    "exceed_context_size",
    "prompt is too long",
    "input is too long",
    "maximum context length",
    "model_context_window_exceeded",
    "exceeds the context window",
    "exceeds the available context",
    "exceed context limit",
    "too many tokens in the prompt",
];
/// No waiting mends these, whatever their status.
const FINALS: &[&str] = &["insufficient_quota", "billing_hard_limit", "credit balance is too low"];
/// Told in the middle of a stream, where there is no status.
const PASSINGS: &[&str] = &[
    "overloaded_error",
    "rate_limit_error",
    "rate_limit_exceeded",
    "api_error",
    "server_error",
    "timeout_error",
];

impl Fault {
    pub fn of(refusal: Refusal) -> Self {
        let text = sentence(refusal);
        let has = |signs: &[&str]| {
            let body = refusal.body.to_lowercase();
            signs.iter().any(|sign| body.contains(sign))
        };
        let kind = match refusal.status {
            _ if has(OVERFLOWS) => FaultKind::Overflow,
            _ if has(FINALS) => FaultKind::Final,
            Some(408 | 425 | 429 | 500..=599) => FaultKind::Passing { after: after(refusal) },
            None if has(PASSINGS) => FaultKind::Passing { after: None },
            Some(_) | None => FaultKind::Final,
        };
        Self { kind, text }
    }

    /// The connection was not made, or broke.
    pub fn broken(text: &str) -> Self {
        Self { kind: FaultKind::Passing { after: None }, text: short(text) }
    }

    pub fn ending(text: &str) -> Self {
        Self { kind: FaultKind::Final, text: short(text) }
    }
}

fn after(refusal: Refusal) -> Option<Duration> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| *number >= 0.0);
    let millis = refusal.retry_after_ms.and_then(number).map(|millis| millis / 1000.0);
    let seconds = millis.or_else(|| refusal.retry_after.and_then(number))?;
    Duration::try_from_secs_f64(seconds).ok()
}

fn sentence(refusal: Refusal) -> String {
    let body: Option<serde_json::Value> = serde_json::from_str(refusal.body).ok();
    let said = body.as_ref().and_then(|body| {
        let places = [&body["error"]["message"], &body["message"], &body["error"]];
        places.into_iter().find_map(|place| place.as_str().filter(|text| !text.is_empty()))
    });
    let said = short(said.unwrap_or(refusal.body));
    match (refusal.status, said.is_empty()) {
        (Some(status), true) => format!("The model's endpoint answered with status {status}."),
        (Some(status), false) => format!("The model's endpoint answered with status {status}: {said}"),
        (None, _) => format!("The model's endpoint broke off: {said}"),
    }
}

fn short(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(status: impl Into<Option<u16>>, body: &str) -> FaultKind {
        Fault::of(Refusal { status: status.into(), body, ..Refusal::default() }).kind
    }

    #[test]
    fn what_may_pass_is_told_from_what_will_not() {
        let passing = FaultKind::Passing { after: None };
        for status in [408, 429, 500, 502, 503, 529] {
            assert_eq!(kind(status, ""), passing, "{status}");
        }
        for status in [400, 401, 403, 404, 422] {
            assert_eq!(kind(status, ""), FaultKind::Final, "{status}");
        }
        assert_eq!(kind(None, r#"{"error":{"type":"overloaded_error"}}"#), passing);
        assert_eq!(kind(None, r#"{"error":{"type":"invalid_request_error"}}"#), FaultKind::Final);
        assert_eq!(kind(429, r#"{"error":{"code":"insufficient_quota"}}"#), FaultKind::Final);
    }

    #[test]
    fn an_overflow_is_known_whatever_its_status() {
        for body in ["prompt is too long: 210000 tokens", r#"{"error":{"code":"context_length_exceeded"}}"#] {
            for status in [Some(400), Some(413), Some(500), None] {
                assert_eq!(kind(status, body), FaultKind::Overflow, "{status:?} {body}");
            }
        }
    }

    #[test]
    fn the_endpoint_says_when_to_come_back() {
        let after = |seconds: Option<&'static str>, millis: Option<&'static str>| {
            let refusal =
                Refusal { status: Some(429), retry_after: seconds, retry_after_ms: millis, body: "" };
            Fault::of(refusal).kind
        };
        let passing = |millis| FaultKind::Passing { after: Some(Duration::from_millis(millis)) };
        assert_eq!(after(Some("7"), None), passing(7000));
        assert_eq!(after(Some("7"), Some("250")), passing(250));
        for bad in ["-1", "NaN", "inf", "Wed, 21 Oct 2015 07:28:00 GMT"] {
            assert_eq!(after(Some(bad), None), FaultKind::Passing { after: None }, "{bad}");
        }
    }

    #[test]
    fn people_are_told_the_message_and_not_the_envelope() {
        let body =
            r#"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#;
        let fault = Fault::of(Refusal { status: Some(401), body, ..Refusal::default() });
        assert_eq!(fault.text, "The model's endpoint answered with status 401: invalid x-api-key");
        let page = "x".repeat(10_000);
        assert!(
            Fault::of(Refusal { status: Some(500), body: &page, ..Refusal::default() }).text.len() < 1000
        );
    }
}
