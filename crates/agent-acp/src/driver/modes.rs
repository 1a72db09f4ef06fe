use std::time::Duration;

use agent_process::adapter::Conversation;
use ports::agent::AgentError;
use serde_json::json;

use super::request;
use crate::decoder::{Decoder, Modes};

/// A report of the mode can come after the answer to setting it, but not long.
const MODE_REPORT: Duration = Duration::from_millis(500);

pub async fn set(conversation: &Conversation<Decoder>, mode: String) -> Result<(), AgentError> {
    let Modes { offered, current, option } = conversation.decoder().modes().clone();
    if current.as_ref() == Some(&mode) {
        return Ok(());
    }
    if !offered.contains(&mode) {
        return Err(refused(mode, current));
    }
    let (method, params) = match option {
        Some(option) => ("session/set_config_option", json!({"configId": option, "value": mode})),
        None => ("session/set_mode", json!({"modeId": mode})),
    };
    let params = conversation.decoder().params(params);
    let Some(Ok(answer)) = conversation.request(|id| request(id, method, params)).await? else {
        return Err(refused(mode, current));
    };
    conversation.decoder().configured(&answer);
    // GR5: only what the agent itself says of its mode counts.
    let mut told = conversation.modes_told();
    let is_wanted = |_: &()| conversation.decoder().modes().current.as_ref() == Some(&mode);
    let confirmed =
        tokio::time::timeout(MODE_REPORT, told.wait_for(is_wanted)).await.is_ok_and(|told| told.is_ok());
    if confirmed { Ok(()) } else { Err(refused(mode, conversation.decoder().modes().current.clone())) }
}

fn refused(wanted: String, actual: Option<String>) -> AgentError {
    AgentError::ModeRefused { wanted, actual: actual.unwrap_or_else(|| "no mode it tells".to_owned()) }
}
