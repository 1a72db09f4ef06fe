use std::time::Duration;

use agent_process::adapter::{Failed, Over, Reader, Refused};
use model::{AgentOffers, Login, Memory};
use ports::agent::{AgentReady, AgentStart};
use serde_json::{Value, json};

use super::request;
use super::servers::Servers;
use crate::decoder::{Decoder, Dial, each};

const PROTOCOL_VERSION: u64 = 1;
const AUTH_REQUIRED: i64 = -32000;
const LOAD: &str = "session/load";
/// Gemini CLI answers a load first and replays after it; what it says then must not count as said anew (LO8).
const REPLAY_PAUSE: Duration = Duration::from_millis(200);
const REPLAY: Duration = Duration::from_secs(5);

pub async fn shake(reader: &mut Reader<Decoder>, start: &AgentStart) -> Result<AgentReady, Failed> {
    let hello = ask(reader, "initialize", hello()).await??;
    if hello["protocolVersion"].as_u64() != Some(PROTOCOL_VERSION) {
        let version = &hello["protocolVersion"];
        return Err(Failed::Incompatible(format!(
            "it speaks version {version} of ACP, not {PROTOCOL_VERSION}"
        )));
    }
    let capabilities = &hello["agentCapabilities"];
    let Servers { told, left_out } = Servers::for_agent(&start.servers, capabilities);
    let place = json!({"cwd": start.worktree, "mcpServers": told});
    let resumed = match &start.resume {
        Some(earlier) => resume(reader, earlier, capabilities, &place).await?,
        None => None,
    };
    let (memory, id, answer) = match resumed {
        Some((id, answer)) => (Memory::Resumed, id, answer),
        None => open(reader, place, &hello["authMethods"]).await?,
    };
    let conversation = reader.conversation();
    conversation.decoder().opened(&id, &answer);
    let (mode, offers) = {
        let decoder = conversation.decoder();
        let dials = decoder.dials();
        let of = |dial: &Dial| dial.offered.clone();
        let offers = AgentOffers {
            models: of(&dials.model),
            modes: of(&dials.mode),
            efforts: of(&dials.effort),
            no_images: capabilities["promptCapabilities"]["image"] != true,
            // Its protocol has one prompt at a time.
            steers: false,
        };
        (dials.mode.clone(), offers)
    };
    let can_resume = !ways_back(capabilities).is_empty();
    let ready = AgentReady {
        name: text(&hello["agentInfo"], &["title", "name"]),
        version: text(&hello["agentInfo"], &["version"]),
        memory,
        conversation: can_resume.then_some(id),
        offers,
        // It opens sessions for whom it does not know, and asks at the first prompt.
        login: Login::Unknown,
        mode: mode.current.clone(),
        left_out,
        process: conversation.process_text(),
    };
    reader.hold(mode.event());
    Ok(ready)
}

/// Only what is built is offered: no files, no terminals (AG6); forms, for questions.
fn hello() -> Value {
    json!({
        "protocolVersion": PROTOCOL_VERSION,
        "clientCapabilities": {
            "fs": {"readTextFile": false, "writeTextFile": false},
            "terminal": false,
            "elicitation": {"form": {}},
        },
        "clientInfo": {"name": "conclave", "title": "Conclave", "version": env!("CARGO_PKG_VERSION")},
    })
}

/// `None` when the agent has forgotten, or never could: then it is not called resumed (AG5).
async fn resume(
    reader: &mut Reader<Decoder>,
    earlier: &str,
    capabilities: &Value,
    place: &Value,
) -> Result<Option<(String, Value)>, Over> {
    for method in ways_back(capabilities) {
        reader.conversation().decoder().begin_resume();
        let mut params = place.clone();
        params["sessionId"] = earlier.into();
        if let Ok(answer) = ask(reader, method, params).await? {
            if method == LOAD {
                reader.hear_out(REPLAY_PAUSE, REPLAY).await?;
            }
            return Ok(Some((earlier.to_owned(), answer)));
        }
    }
    reader.conversation().decoder().give_up_resume();
    Ok(None)
}

/// Without a replay first.
fn ways_back(capabilities: &Value) -> Vec<&'static str> {
    let resume = capabilities["sessionCapabilities"]["resume"].is_object().then_some("session/resume");
    let load = (capabilities["loadSession"] == true).then_some(LOAD);
    resume.into_iter().chain(load).collect()
}

async fn open(
    reader: &mut Reader<Decoder>,
    place: Value,
    ways_in: &Value,
) -> Result<(Memory, String, Value), Failed> {
    let answer = match ask(reader, "session/new", place).await? {
        Ok(answer) => answer,
        Err(refused) if refused.code == Some(AUTH_REQUIRED) => {
            return Err(Failed::LoggedOut(with_ways_in(refused.message, ways_in)));
        }
        Err(refused) => return Err(refused.into()),
    };
    let id = answer["sessionId"].as_str().map(str::to_owned);
    let id = id.ok_or_else(|| Failed::Incompatible("it opened a session without an id".to_owned()))?;
    Ok((Memory::New, id, answer))
}

/// The agent's own words for how to log in.
fn with_ways_in(message: String, ways_in: &Value) -> String {
    let ways: Vec<String> = each(ways_in).map(|way| text(way, &["description", "name"])).collect();
    let ways: Vec<String> = ways.into_iter().filter(|way| !way.is_empty()).collect();
    if ways.is_empty() { message } else { format!("{message}. It says: {}", ways.join("; ")) }
}

async fn ask(
    reader: &mut Reader<Decoder>,
    method: &str,
    params: Value,
) -> Result<Result<Value, Refused>, Over> {
    reader.ask(|id| request(id, method, params)).await
}

fn text(from: &Value, keys: &[&str]) -> String {
    keys.iter().find_map(|key| from[*key].as_str()).unwrap_or_default().to_owned()
}
