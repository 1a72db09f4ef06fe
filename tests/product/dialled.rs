//! A server of tools that is dialled (AG10): streamable HTTP, with a header that is the key to it.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::host::Host;
use crate::room::Room;
use crate::toolbox::{Asks, SECRET, a_note_is_read, gateless, model};

/// Serves until the test is over. Its one tool gives back what opened the door, to be masked (LO8).
async fn served() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    let router = Router::new().route("/mcp", post(answer)).with_state(format!("Bearer {SECRET}"));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

async fn answer(State(key): State<String>, headers: HeaderMap, body: axum::Json<Value>) -> Response {
    if headers.get("authorization").is_none_or(|given| given.as_bytes() != key.as_bytes()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Some(id) = body.get("id") else { return StatusCode::ACCEPTED.into_response() };
    let outcome = match body["method"].as_str() {
        Some("initialize") => ("result", welcome()),
        Some("tools/list") => ("result", tools()),
        Some("tools/call") => ("result", json!({ "content": [{ "type": "text", "text": note() }] })),
        _ => ("error", json!({ "code": -32601, "message": "unknown" })),
    };
    axum::Json(json!({ "jsonrpc": "2.0", "id": id, (outcome.0): outcome.1 })).into_response()
}

fn welcome() -> Value {
    json!({
        "protocolVersion": "2025-06-18",
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "notes", "version": "1" },
    })
}

fn tools() -> Value {
    let schema = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
    json!({ "tools": [{ "name": "read_note", "description": "Reads a note.", "inputSchema": schema }] })
}

fn note() -> String {
    format!("amaranth {SECRET}")
}

async fn notes(host: &Host) {
    let url = served().await;
    host.tell(
        &["mcp", "add", "notes", "--url", &url, "--header", "Authorization"],
        &format!("Bearer {SECRET}\n"),
    );
    let listed = host.json(&["mcp", "list"]);
    assert!(listed.to_string().contains(&url) && !listed.to_string().contains(SECRET), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ag10_the_built_in_agent_dials_the_owners_servers() {
    let model = model().await;
    let mut host = Host::off();
    gateless(&mut host, &model);
    notes(&host).await;
    host.start();
    let (_checkout, _workspace, session) = host.session("gateless");
    let room = Room::owner(&host, &session).await;
    a_note_is_read(&room, Asks::Whole).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn ag10_opencode_dials_the_owners_servers() {
    let bench = crate::opencode::bench().await;
    notes(&bench.host).await;
    a_note_is_read(&bench.room, Asks::ByName).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn ag10_claude_dials_the_owners_servers() {
    let bench = crate::claude::bench().await;
    notes(&bench.host).await;
    a_note_is_read(&bench.room, Asks::Whole).await;
}
