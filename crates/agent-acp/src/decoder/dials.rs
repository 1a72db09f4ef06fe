use model::Offer;
use ports::agent::AgentEvent;
use serde_json::Value;

use super::each;

/// Something an agent can be set to: what it offers, and what it says it is set to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dial {
    pub offered: Vec<Offer>,
    pub current: Option<String>,
    /// What it was set to before anybody set it.
    pub own: Option<String>,
    /// The configuration option that holds it; without one it is set by a request of its own.
    pub option: Option<String>,
}

/// The protocol's words for a dial.
struct Words {
    category: &'static str,
    group: &'static str,
    list: &'static str,
    id: &'static str,
    current: &'static str,
}

const MODE: Words =
    Words { category: "mode", group: "modes", list: "availableModes", id: "id", current: "currentModeId" };
const MODEL: Words = Words {
    category: "model",
    group: "models",
    list: "availableModels",
    id: "modelId",
    current: "currentModelId",
};
const EFFORT: Words = Words { category: "thought_level", group: "", list: "", id: "", current: "" };

/// The dials of one agent.
#[derive(Debug, Default)]
pub struct Dials {
    pub mode: Dial,
    pub model: Dial,
    pub effort: Dial,
}

impl Dials {
    /// From the answer to `session/new`, `session/load` or `session/set_config_option`, or from a
    /// `config_option_update`. Tells the current mode when it has changed.
    pub fn read(&mut self, said: &Value) -> Option<AgentEvent> {
        self.model.read(&MODEL, said);
        self.effort.read(&EFFORT, said);
        let before = self.mode.current.clone();
        self.mode.read(&MODE, said);
        self.told(before)
    }

    /// From a `current_mode_update`. Tells the current mode when it has changed.
    pub fn now_in(&mut self, mode: &Value) -> Option<AgentEvent> {
        let before = self.mode.current.clone();
        self.mode.now(mode);
        self.told(before)
    }

    fn told(&self, before: Option<String>) -> Option<AgentEvent> {
        (self.mode.current != before).then(|| self.mode.event()).flatten()
    }
}

impl Dial {
    fn read(&mut self, words: &Words, said: &Value) {
        let group = &said[words.group];
        if group.is_object() {
            self.offered = offers(&group[words.list], words.id);
            self.now(&group[words.current]);
        }
        let option = each(&said["configOptions"]).find(|option| option["category"] == words.category);
        if let Some(option) = option {
            self.option = option["id"].as_str().map(str::to_owned);
            self.offered = choices(&option["options"]);
            self.now(&option["currentValue"]);
        }
    }

    pub fn offers(&self, wanted: &str) -> bool {
        self.offered.iter().any(|offer| offer.id == wanted)
    }

    pub fn now(&mut self, value: &Value) {
        self.current = value.as_str().map(str::to_owned).or(self.current.take());
        self.own = self.own.take().or(self.current.clone());
    }

    /// The current mode, if the agent has told one.
    pub fn event(&self) -> Option<AgentEvent> {
        self.current.clone().map(AgentEvent::Mode)
    }
}

/// Options can be in groups.
fn choices(options: &Value) -> Vec<Offer> {
    let flat = offers(options, "value");
    let grouped = each(options).flat_map(|group| offers(&group["options"], "value"));
    flat.into_iter().chain(grouped).collect()
}

fn offers(list: &Value, key: &str) -> Vec<Offer> {
    let offer = |entry: &Value| {
        let id = entry[key].as_str()?;
        let name = entry["name"].as_str().filter(|name| !name.trim().is_empty()).unwrap_or(id);
        Some(Offer { id: id.to_owned(), name: name.to_owned() })
    };
    each(list).filter_map(offer).collect()
}
