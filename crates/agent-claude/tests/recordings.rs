//! The decoder on what Claude Code really said.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use agent_claude::decoder::Decoder;
use agent_process::adapter::Decoded;
use agent_process::veil::Veil;
use model::{PermissionAnswer, PlanVerdict, TurnId};
use ports::agent::{AgentEvent, RequestKey};
use ports::contract::agent::story;
use serde_json::Value;
use uuid::Uuid;

fn recordings() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings")
}

/// All that lie there.
fn names() -> Vec<String> {
    let entries = fs::read_dir(recordings()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> =
        entries.filter_map(|name| Some(name.to_str()?.strip_suffix(".jsonl")?.to_owned())).collect();
    names.sort();
    assert!(names.len() > 8, "{names:?}");
    names
}

/// Plays a recording, and checks that we would have answered as was answered then.
struct Play {
    decoder: Decoder,
    events: Vec<AgentEvent>,
    asked: BTreeMap<String, RequestKey>,
    /// What we would have answered at once.
    sent: Vec<Value>,
}

impl Play {
    fn of(name: &str) -> Self {
        let texts = |text: &str| vec![text.to_owned()];
        let veil = Veil::new(&texts("/home/ada/demo"), &texts("/home/ada"), &[]);
        let decoder = Decoder::new(veil, Box::new(|_| None));
        let mut play = Self { decoder, events: Vec::new(), asked: BTreeMap::new(), sent: Vec::new() };
        let text = fs::read_to_string(recordings().join(format!("{name}.jsonl"))).unwrap();
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            if line["dir"] == "<" { play.agent_says(&line["msg"]) } else { play.we_said(&line["msg"]) }
        }
        play
    }

    fn agent_says(&mut self, message: &Value) {
        let before = self.events.len();
        for decoded in self.decoder.decode(message.to_string().as_bytes()).unwrap() {
            match decoded {
                Decoded::Event(event) => self.events.push(event),
                Decoded::Send(message) => self.sent.push(message),
                Decoded::Reply { .. } => {}
            }
        }
        if let Some(key) = self.events[before..].iter().find_map(request_key) {
            self.asked.insert(message["request_id"].to_string(), key.clone());
        }
    }

    fn we_said(&mut self, message: &Value) {
        match message["type"].as_str().unwrap() {
            "user" => {
                let turn = message["uuid"].as_str().map_or(Uuid::nil(), |uuid| uuid.parse().unwrap());
                assert!(self.decoder.prompt(TurnId(turn), &"".into()).is_some(), "a turn still runs");
            }
            "control_request" if message["request"]["subtype"] == "interrupt" => {
                let turn = self.decoder.running().unwrap();
                self.sent.extend(self.decoder.stop(turn).unwrap());
                self.asked.clear();
            }
            "control_request" if message["request"]["subtype"] == "set_permission_mode" => {
                self.decoder.mode_set(message["request"]["mode"].as_str().unwrap());
            }
            "control_response" => {
                if let Some(key) = self.asked.remove(&message["response"]["request_id"].to_string()) {
                    assert_eq!(self.answer(&key, &message["response"]["response"]), *message);
                } else {
                    assert!(self.sent.contains(message), "{message} is not among {:#?}", self.sent);
                }
            }
            _ => {}
        }
    }

    fn answer(&mut self, key: &RequestKey, response: &Value) -> Value {
        let asked = self.events.iter().find(|event| request_key(event) == Some(key)).unwrap();
        let allowed = response["behavior"] == "allow";
        match asked {
            AgentEvent::Plan { .. } => {
                let verdict = match response["message"].as_str() {
                    Some(message) => {
                        PlanVerdict::Denied { reason: message.rsplit(": ").next().unwrap().to_owned() }
                    }
                    None => PlanVerdict::Approved,
                };
                self.decoder.answer_plan(key, &verdict).remove(0)
            }
            AgentEvent::Question { asked, .. } => {
                let said = response["updatedInput"]["answers"].as_object().unwrap().values();
                let fields = asked.fields.iter().map(|field| field.key.clone());
                let said = said.map(|value| vec![value.as_str().unwrap().to_owned()]);
                self.decoder.answer_question(key, &fields.zip(said).collect()).unwrap()
            }
            _ if allowed => self.decoder.answer_permission(key, PermissionAnswer::Allow).unwrap(),
            _ => self.decoder.answer_permission(key, PermissionAnswer::Reject).unwrap(),
        }
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

fn count(play: &Play, wanted: impl Fn(&AgentEvent) -> bool) -> usize {
    play.events.iter().filter(|event| wanted(event)).count()
}

#[test]
fn pe5_recorded_conversations_read_as_written_down() {
    for name in names() {
        let story = story(&Play::of(&name).events);
        let golden = recordings().join(format!("{name}.events"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &story).unwrap();
        }
        assert_eq!(story, fs::read_to_string(&golden).unwrap(), "{name}");
    }
}

#[test]
fn every_recorded_tool_call_begins_and_ends_once() {
    for name in names() {
        let play = Play::of(&name);
        let started = count(&play, |event| matches!(event, AgentEvent::ToolStarted { .. }));
        assert_eq!(started, count(&play, |event| matches!(event, AgentEvent::ToolEnded { .. })), "{name}");
    }
}

#[test]
fn lo8_no_recorded_event_names_a_path_of_the_home() {
    for name in names() {
        assert!(!story(&Play::of(&name).events).contains("/home/ada"), "{name}");
    }
}

#[test]
fn tu6_every_recorded_turn_ends_once() {
    for name in names() {
        let play = Play::of(&name);
        let over =
            |event: &AgentEvent| matches!(event, AgentEvent::TurnOver { .. } | AgentEvent::TurnFailed { .. });
        assert!(count(&play, over) > 0, "{name}");
        assert_eq!(play.decoder.running(), None, "{name}");
    }
}
