use ports::agent::AgentEvent;
use serde_json::Value;

use super::each;

/// The modes an agent offers and the one it says it is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Modes {
    pub offered: Vec<String>,
    pub current: Option<String>,
    /// The configuration option that holds the mode; without one it is set by `session/set_mode`.
    pub option: Option<String>,
}

impl Modes {
    /// From the answer to `session/new`, `session/load` or `session/set_config_option`, or from a
    /// `config_option_update`. Tells the current mode when it has changed.
    pub fn read(&mut self, said: &Value) -> Option<AgentEvent> {
        let before = self.current.clone();
        let modes = &said["modes"];
        if modes.is_object() {
            self.offered = texts(&modes["availableModes"], "id");
            self.now(&modes["currentModeId"]);
        }
        let mode = each(&said["configOptions"]).find(|option| option["category"] == "mode");
        if let Some(mode) = mode {
            self.option = mode["id"].as_str().map(str::to_owned);
            self.offered = choices(&mode["options"]);
            self.now(&mode["currentValue"]);
        }
        self.told(before)
    }

    /// From a `current_mode_update`. Tells the current mode when it has changed.
    pub fn now(&mut self, mode: &Value) -> Option<AgentEvent> {
        let before = self.current.clone();
        self.current = mode.as_str().map(str::to_owned).or(self.current.take());
        self.told(before)
    }

    /// The current mode, if the agent has told one.
    pub fn event(&self) -> Option<AgentEvent> {
        self.current.clone().map(AgentEvent::Mode)
    }

    fn told(&self, before: Option<String>) -> Option<AgentEvent> {
        (self.current != before).then(|| self.event()).flatten()
    }
}

/// Options can be in groups.
fn choices(options: &Value) -> Vec<String> {
    let flat = texts(options, "value");
    let grouped = each(options).flat_map(|group| texts(&group["options"], "value"));
    flat.into_iter().chain(grouped).collect()
}

fn texts(list: &Value, key: &str) -> Vec<String> {
    each(list).filter_map(|entry| entry[key].as_str()).map(str::to_owned).collect()
}
