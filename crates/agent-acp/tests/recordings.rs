//! The decoder on what real agents said.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use agent_acp::decoder::Decoder;
use agent_process::adapter::Decoded;
use agent_process::veil::Veil;
use model::{PermissionAnswer, TurnId};
use ports::agent::{AgentEvent, RequestKey};
use ports::contract::agent::story;
use serde_json::{Value, json};

fn recordings() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings")
}

fn lines(name: &str) -> Vec<(bool, Value)> {
    let text = fs::read_to_string(recordings().join(format!("{name}.jsonl"))).unwrap();
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        (line["dir"] == "<", line["msg"].clone())
    };
    text.lines().map(line).collect()
}

fn decoder() -> Decoder {
    let texts = |text: &str| vec![text.to_owned()];
    Decoder::new(Veil::new(&texts("/home/ada/demo"), &texts("/home/ada"), &[]))
}

/// Plays a recording, and checks that we would have answered as was answered then.
#[derive(Default)]
struct Play {
    decoder: Decoder,
    events: Vec<AgentEvent>,
    sent: Vec<Value>,
    ours: BTreeMap<u64, String>,
    asked: BTreeMap<String, (RequestKey, Value)>,
}

impl Play {
    fn of(name: &str) -> Self {
        let mut play = Self { decoder: decoder(), ..Self::default() };
        for (agent, message) in lines(name) {
            if agent { play.agent_says(&message) } else { play.we_said(&message) }
        }
        play
    }

    fn agent_says(&mut self, message: &Value) {
        let before = self.events.len();
        for decoded in self.decoder.decode(message.to_string().as_bytes()).unwrap() {
            match decoded {
                Decoded::Event(event) => self.events.push(event),
                Decoded::Send(message) => self.sent.push(message),
                Decoded::Reply { id, answer } => self.answered(id, answer.ok()),
            }
        }
        let key = self.events[before..].iter().find_map(request_key);
        if let Some(key) = key {
            self.asked.insert(message["id"].to_string(), (key.clone(), message["params"].clone()));
        }
    }

    fn answered(&mut self, id: u64, answer: Option<Value>) {
        let method = self.ours.get(&id).map(String::as_str);
        if let (Some("session/new"), Some(answer)) = (method, answer) {
            self.decoder.opened(answer["sessionId"].as_str().unwrap(), &answer);
        }
    }

    fn we_said(&mut self, message: &Value) {
        if let Some(method) = message["method"].as_str() {
            let id = message["id"].as_u64().unwrap();
            self.ours.insert(id, method.to_owned());
            if method == "session/prompt" {
                assert!(self.decoder.begin_turn(id, TurnId(uuid::Uuid::nil())));
            }
            return;
        }
        if let Some((key, params)) = self.asked.remove(&message["id"].to_string()) {
            let ours = self.answer(&key, &params, &message["result"]).unwrap();
            assert_eq!(ours, *message);
        }
    }

    fn answer(&mut self, key: &RequestKey, params: &Value, result: &Value) -> Option<Value> {
        if let Some(content) = result["content"].as_object() {
            let said = |value: &Value| vec![value.as_str().unwrap().to_owned()];
            let answers = content.iter().map(|(key, value)| (key.clone(), said(value))).collect();
            return self.decoder.answer_question(key, &answers);
        }
        let id = &result["outcome"]["optionId"];
        let option = params["options"].as_array()?.iter().find(|option| option["optionId"] == *id)?;
        let answer = match option["kind"].as_str()? {
            "allow_once" => PermissionAnswer::Allow,
            _ => PermissionAnswer::Reject,
        };
        self.decoder.answer_permission(key, answer)
    }

    fn story(&self) -> String {
        story(&self.events)
    }
}

fn request_key(event: &AgentEvent) -> Option<&RequestKey> {
    match event {
        AgentEvent::Permission { key, .. }
        | AgentEvent::Plan { key, .. }
        | AgentEvent::Question { key, .. } => Some(key),
        _ => None,
    }
}

const ALL: &[&str] = &[
    "claude-0.49-shell",
    "claude-ask",
    "claude-plan-allow",
    "claude-plan-reject",
    "claude-shell",
    "claude-shell-reject",
    "codex-shell",
    "gemini-shell",
    "opencode-shell",
    "opencode-write",
    "qwen-0.15-shell",
    "qwen-0.24-default-shell",
    "qwen-0.24-shell",
];

#[test]
fn pe5_recorded_agents_read_as_written_down() {
    for name in ALL {
        let story = Play::of(name).story();
        let golden = recordings().join(format!("{name}.events"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &story).unwrap();
        }
        assert_eq!(story, fs::read_to_string(&golden).unwrap(), "{name}");
    }
}

#[test]
fn every_recorded_tool_call_begins_and_ends_once() {
    for name in ALL {
        let play = Play::of(name);
        let started =
            play.events.iter().filter(|event| matches!(event, AgentEvent::ToolStarted { .. })).count();
        let ended = play.events.iter().filter(|event| matches!(event, AgentEvent::ToolEnded { .. })).count();
        assert!(started > 0, "{name}");
        assert_eq!(started, ended, "{name}");
    }
}

#[test]
fn lo8_no_recorded_event_names_a_path_of_the_home() {
    for name in ALL {
        assert!(!Play::of(name).story().contains("/home/ada"), "{name}");
    }
}

#[test]
fn every_recorded_turn_ends_once_and_last() {
    for name in ALL {
        let play = Play::of(name);
        let over = |event: &AgentEvent| matches!(event, AgentEvent::TurnOver { .. });
        assert_eq!(play.events.iter().filter(|event| over(event)).count(), 1, "{name}");
        assert!(over(play.events.last().unwrap()), "{name}");
    }
}

#[test]
fn files_and_unknown_requests_are_refused() {
    let refused = |name: &str| Play::of(name).sent;
    assert_eq!(
        refused("opencode-write"),
        [
            json!({"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "this client does not offer it"}})
        ]
    );
    assert_eq!(refused("qwen-0.24-shell").len(), 1);
    assert_eq!(refused("codex-shell").len(), 0);
}
