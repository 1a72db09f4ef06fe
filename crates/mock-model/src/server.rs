use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use futures_util::stream;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

use crate::asked::Asked;
use crate::reply::{Beat, Reply};
use crate::script::{Fault, Part, Script};
use crate::{anthropic, chat, gemini, responses};

/// Agents send whole files and images in a request.
const MAX_BODY: usize = 64 * 1024 * 1024;

const FLUSH: Duration = Duration::from_millis(20);

/// A running server. It ends when this is dropped.
pub struct MockModel {
    pub addr: SocketAddr,
    desk: Arc<Desk>,
    serving: JoinHandle<()>,
}

impl MockModel {
    /// Starts on a free port of loopback.
    ///
    /// # Errors
    /// When loopback cannot be bound.
    pub async fn start(script: Script) -> io::Result<Self> {
        Self::start_on(0, script).await
    }

    /// Starts on the given port of loopback.
    ///
    /// # Errors
    /// When the port is in use.
    pub async fn start_on(port: u16, script: Script) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let addr = listener.local_addr()?;
        let desk = Arc::new(Desk::new(script));
        let router = router(desk.clone());
        let serving = tokio::spawn(async move {
            // Serving ends with the task only; there is nobody to tell of an error.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { addr, desk, serving })
    }

    /// Without a path: Anthropic's clients add `/v1/messages`, OpenAI's want `{url}/v1`.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// The bodies asked so far, in order.
    pub fn requests(&self) -> Vec<Value> {
        self.desk.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets the given number of gates open, now or when a stream comes to one.
    pub fn release(&self, gates: usize) {
        self.desk.gate.add_permits(gates);
    }

    /// Waits until a stream is held at a gate.
    pub async fn held(&self) {
        let mut held = self.desk.held.subscribe();
        // The sender lives as long as `self`.
        let _ = held.wait_for(|streams| *streams > 0).await;
    }

    /// Serves until the process ends.
    pub async fn serve_for_ever(mut self) {
        let _ = (&mut self.serving).await;
    }
}

impl Drop for MockModel {
    fn drop(&mut self) {
        self.serving.abort();
        self.desk.gate.close();
    }
}

struct Desk {
    script: Script,
    asked: Mutex<Vec<Value>>,
    replies: AtomicU64,
    /// How often an error was the answer.
    faults: AtomicUsize,
    gate: Semaphore,
    held: watch::Sender<usize>,
}

impl Desk {
    fn new(script: Script) -> Self {
        Self {
            script,
            asked: Mutex::default(),
            replies: AtomicU64::new(0),
            faults: AtomicUsize::new(0),
            gate: Semaphore::new(0),
            held: watch::Sender::new(0),
        }
    }

    fn faults_so_far(&self) -> usize {
        self.faults.load(Ordering::Relaxed)
    }

    fn note(&self, body: &Value) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(body.clone());
    }
}

/// One of the formats.
#[derive(Clone, Copy)]
struct Format {
    parse: fn(&Value) -> Asked,
    whole: fn(&Reply) -> Value,
    stream: fn(&Reply) -> Vec<Beat>,
}

const ANTHROPIC: Format =
    Format { parse: anthropic::parse, whole: anthropic::whole, stream: anthropic::stream };
const CHAT: Format = Format { parse: chat::parse, whole: chat::whole, stream: chat::stream };
const RESPONSES: Format =
    Format { parse: responses::parse, whole: responses::whole, stream: responses::stream };
const GEMINI: Format = Format { parse: gemini::parse, whole: gemini::whole, stream: gemini::stream };

fn router(desk: Arc<Desk>) -> Router {
    let door = |format: Format| {
        post(move |State(desk): State<Arc<Desk>>, Json(body): Json<Value>| async move {
            answer(&desk, format, &body)
        })
    };
    Router::new()
        .route("/v1/messages", door(ANTHROPIC))
        .route("/v1/messages/count_tokens", post(async || Json(json!({ "input_tokens": 10 }))))
        .route("/v1/chat/completions", door(CHAT))
        .route("/v1/responses", door(RESPONSES))
        .route("/v1beta/models/{call}", post(generate))
        .route("/v1/models", get(models))
        .route("/requests", get(requests))
        .route("/release/{gates}", post(release))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(desk)
}

/// Gemini names the model and the method in the path.
async fn generate(
    State(desk): State<Arc<Desk>>,
    Path(call): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    match call.split_once(':') {
        Some((_, "countTokens")) => Json(json!({ "totalTokens": 10 })).into_response(),
        Some((model, method)) => answer(&desk, GEMINI, &gemini::with_path(body, model, method)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn models() -> Json<Value> {
    let model = json!({
        "id": "scripted",
        "object": "model",
        "type": "model",
        "display_name": "Scripted",
        "created": 1_700_000_000,
        "owned_by": "mock-model",
    });
    Json(json!({ "object": "list", "data": [model], "has_more": false }))
}

/// For tests that run the program instead of the library.
async fn requests(State(desk): State<Arc<Desk>>) -> Json<Vec<Value>> {
    Json(desk.asked.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

async fn release(State(desk): State<Arc<Desk>>, Path(gates): Path<usize>) -> StatusCode {
    desk.gate.add_permits(gates);
    StatusCode::NO_CONTENT
}

fn answer(desk: &Arc<Desk>, format: Format, body: &Value) -> Response {
    desk.note(body);
    let asked = (format.parse)(body);
    let parts = desk.script.answer(&asked);
    let fault = parts.iter().find_map(|part| match part {
        Part::Error(fault) => Some(fault),
        Part::Text(_) | Part::Thinking(_) | Part::Tool(_) => None,
        Part::DelayMs(_) | Part::Gate | Part::Cut => None,
    });
    if let Some(fault) = fault.filter(|fault| fault.times.is_none_or(|times| desk.faults_so_far() < times)) {
        desk.faults.fetch_add(1, Ordering::Relaxed);
        return refusal(fault);
    }
    let id = desk.replies.fetch_add(1, Ordering::Relaxed);
    let reply = Reply::new(id, &asked, &parts);
    if !asked.stream {
        return Json((format.whole)(&reply)).into_response();
    }
    let beats = (format.stream)(&reply).into_iter();
    let body = stream::unfold((desk.clone(), beats), async |(desk, mut beats)| {
        let chunk = next_chunk(&desk, &mut beats).await?;
        Some((chunk, (desk, beats)))
    });
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(body)).into_response()
}

fn refusal(fault: &Fault) -> Response {
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let error = json!({ "type": "scripted_error", "message": fault.message });
    let mut response = (status, Json(json!({ "type": "error", "error": error }))).into_response();
    if let Some(seconds) = fault.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

async fn next_chunk(desk: &Desk, beats: &mut impl Iterator<Item = Beat>) -> Option<io::Result<Bytes>> {
    loop {
        match beats.next()? {
            Beat::Frame(text) => return Some(Ok(Bytes::from(text))),
            Beat::Delay(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
            Beat::Gate => pass_gate(desk).await,
            Beat::Cut => {
                // What was said is flushed only while the body is waited for.
                tokio::time::sleep(FLUSH).await;
                return Some(Err(io::Error::other("cut, as scripted")));
            }
        }
    }
}

async fn pass_gate(desk: &Desk) {
    let _held = Held::new(&desk.held);
    // A closed gate means the server is being dropped; let the stream end.
    if let Ok(permit) = desk.gate.acquire().await {
        permit.forget();
    }
}

struct Held<'a>(&'a watch::Sender<usize>);

impl<'a> Held<'a> {
    fn new(held: &'a watch::Sender<usize>) -> Self {
        held.send_modify(|streams| *streams += 1);
        Self(held)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|streams| *streams -= 1);
    }
}
