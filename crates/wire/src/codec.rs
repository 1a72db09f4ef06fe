use model::{Actor, CommandId, StreamId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Failure, FailureCode, Notification, Reply, Request, Snapshot};

/// A request with the id its answer will carry. Signals and subscriptions have one too.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientFrame {
    pub id: u64,
    pub request: Request,
}

/// Anything a host sends.
#[derive(Clone, Debug, PartialEq)]
pub enum HostFrame {
    Reply { id: u64, reply: Box<Reply> },
    Failed { id: Option<u64>, failure: Failure },
    Notification(Box<Notification>),
}

/// Why a client's text is not a request.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FrameRefused {
    /// Not even an envelope: the connection is closed.
    #[error("this is not a JSON-RPC 2.0 request")]
    Malformed,
    /// A good envelope around something else: answered, the connection lives.
    #[error("{failure}")]
    Refused { id: u64, failure: Failure },
}

#[derive(Deserialize)]
struct Envelope<'a> {
    jsonrpc: &'a str,
    id: u64,
    method: String,
}

/// # Errors
/// [`FrameRefused::Malformed`] closes the connection, [`FrameRefused::Refused`] is answered.
pub fn decode_client(text: &str) -> Result<ClientFrame, FrameRefused> {
    let envelope: Envelope = serde_json::from_str(text).map_err(|_| FrameRefused::Malformed)?;
    if envelope.jsonrpc != "2.0" {
        return Err(FrameRefused::Malformed);
    }
    match serde_json::from_str(text) {
        Ok(request) => Ok(ClientFrame { id: envelope.id, request }),
        Err(error) => {
            Err(FrameRefused::Refused { id: envelope.id, failure: refusal(&envelope.method, &error) })
        }
    }
}

fn refusal(method: &str, error: &serde_json::Error) -> Failure {
    let shown: String = method.chars().take(40).collect();
    if error.to_string().starts_with("unknown variant `") && !is_method(method) {
        let message = format!("This host does not know the method {shown:?}. It may be older than you.");
        return Failure::new(FailureCode::UnknownMethod, message);
    }
    let reason: String = error.to_string().chars().take(200).collect();
    Failure::new(FailureCode::BadParams, format!("The params of {shown:?} do not fit: {reason}"))
}

fn is_method(method: &str) -> bool {
    #[derive(Serialize)]
    struct Probe<'a> {
        method: &'a str,
        params: (),
    }
    let probe = serde_json::to_string(&Probe { method, params: () }).unwrap_or_default();
    match serde_json::from_str::<Request>(&probe) {
        Ok(_) => true,
        Err(error) => !error.to_string().starts_with("unknown variant `"),
    }
}

#[derive(Serialize)]
struct Outgoing<'a, T> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    #[serde(flatten)]
    body: &'a T,
}

pub fn encode_request(id: u64, request: &Request) -> String {
    json(&Outgoing { jsonrpc: "2.0", id: Some(id), body: request })
}

pub fn encode_notification(notification: &Notification) -> String {
    json(&Outgoing { jsonrpc: "2.0", id: None, body: notification })
}

pub fn encode_reply(id: u64, reply: &Reply) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{}}}"#, json(reply))
}

pub fn encode_failure(id: Option<u64>, failure: &Failure) -> String {
    let id = id.map_or_else(|| "null".to_owned(), |id| id.to_string());
    let message = json(&failure.message);
    let number = failure.code.number();
    let data = json(failure);
    format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":{number},"message":{message},"data":{data}}}}}"#)
}

/// One event of the log, encoded once for every reader; `body` is what is on disk (LO8).
pub fn event_json(
    place: (u64, Timestamp),
    actor: &str,
    cause: Option<CommandId>,
    hash: &str,
    body: &str,
) -> String {
    let (seq, at) = place;
    let cause = cause.map(|id| format!(r#""cause":"{id}","#)).unwrap_or_default();
    format!(r#"{{"seq":{seq},"at":{},"actor":{actor},{cause}"hash":"{hash}","event":{body}}}"#, at.0)
}

/// The delivery frame around already encoded events.
pub fn encode_events<'a>(stream: StreamId, prev: u64, events: impl Iterator<Item = &'a str>) -> String {
    let mut frame = format!(
        r#"{{"jsonrpc":"2.0","method":"events","params":{{"stream":"{stream}","prev":{prev},"events":["#
    );
    join(&mut frame, events);
    frame.push_str("]}}");
    frame
}

/// A snapshot frame around already encoded events; `snapshot.events` is left out of account.
pub fn encode_snapshot<'a>(snapshot: &Snapshot, events: impl Iterator<Item = &'a str>) -> String {
    let head = snapshot.head.as_ref().map(|head| format!(r#""head":{},"#, json(head))).unwrap_or_default();
    let mut frame = format!(
        r#"{{"jsonrpc":"2.0","method":"snapshot","params":{{"stream":"{}","cursor":{},"view":{},"whole":{},"partials":{},"replaced":{},{head}"events":["#,
        snapshot.stream,
        json(&snapshot.cursor),
        json(&snapshot.view),
        snapshot.whole,
        json(&snapshot.partials),
        snapshot.replaced,
    );
    join(&mut frame, events);
    frame.push_str("]}}");
    frame
}

fn join<'a>(frame: &mut String, events: impl Iterator<Item = &'a str>) {
    for (i, event) in events.enumerate() {
        if i > 0 {
            frame.push(',');
        }
        frame.push_str(event);
    }
}

/// # Errors
/// [`FrameRefused::Malformed`] for anything a host of a known version would not send.
pub fn decode_host(text: &str) -> Result<HostFrame, FrameRefused> {
    #[derive(Deserialize)]
    struct Incoming {
        id: Option<u64>,
        method: Option<String>,
        result: Option<Reply>,
        error: Option<ErrorObject>,
    }
    #[derive(Deserialize)]
    struct ErrorObject {
        data: Failure,
    }
    let malformed = |_| FrameRefused::Malformed;
    let incoming: Incoming = serde_json::from_str(text).map_err(malformed)?;
    match (incoming.method, incoming.id, incoming.result, incoming.error) {
        (Some(_), None, None, None) => {
            serde_json::from_str(text).map(|n| HostFrame::Notification(Box::new(n))).map_err(malformed)
        }
        (None, Some(id), Some(reply), None) => Ok(HostFrame::Reply { id, reply: Box::new(reply) }),
        (None, id, None, Some(error)) => Ok(HostFrame::Failed { id, failure: error.data }),
        _ => Err(FrameRefused::Malformed),
    }
}

/// The JSON of an actor, as [`event_json`] takes it.
impl crate::LoggedEvent {
    pub fn actor_json(actor: &Actor) -> String {
        json(actor)
    }
}

#[expect(clippy::expect_used, reason = "our own types have string keys only, so this can't fail")]
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("our own types serialise")
}
