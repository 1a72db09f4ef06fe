use std::time::Duration;

use agent_process::adapter::Conversation;
use ports::agent::{AgentError, ModelChoice};
use serde_json::json;

use super::request;
use crate::decoder::{Decoder, Dial};

/// A report of the mode can come after the answer to setting it, but not long.
const MODE_REPORT: Duration = Duration::from_millis(500);

pub async fn set_mode(conversation: &Conversation<Decoder>, mode: String) -> Result<(), AgentError> {
    let dial = conversation.decoder().dials().mode.clone();
    if dial.current.as_ref() == Some(&mode) {
        return Ok(());
    }
    let is_taken =
        dial.offers(&mode) && turn(conversation, &dial, ("session/set_mode", "modeId"), &mode).await?;
    if !is_taken {
        return Err(refused(mode, dial.current));
    }
    // GR5: only what the agent itself says of its mode counts.
    let mut told = conversation.modes_told();
    let is_wanted = |_: &()| conversation.decoder().dials().mode.current.as_ref() == Some(&mode);
    let confirmed =
        tokio::time::timeout(MODE_REPORT, told.wait_for(is_wanted)).await.is_ok_and(|told| told.is_ok());
    if confirmed { Ok(()) } else { Err(refused(mode, conversation.decoder().dials().mode.current.clone())) }
}

pub async fn set_model(conversation: &Conversation<Decoder>, choice: ModelChoice) -> Result<(), AgentError> {
    let dial = conversation.decoder().dials().model.clone();
    if let Some(model) = wanted(&dial, choice.model)? {
        take(conversation, &dial, &model).await?;
        conversation.decoder().model_set(&model);
    }
    let dial = conversation.decoder().dials().effort.clone();
    if let Some(effort) = wanted(&dial, choice.effort)? {
        take(conversation, &dial, &effort).await?;
    }
    Ok(())
}

/// What it is to be set to; `None` where it is so already.
fn wanted(dial: &Dial, choice: Option<String>) -> Result<Option<String>, AgentError> {
    let is_chosen = choice.is_some();
    let Some(wanted) = choice.or(dial.own.clone()).filter(|wanted| dial.current.as_ref() != Some(wanted))
    else {
        return Ok(None);
    };
    if is_chosen && !dial.offers(&wanted) {
        return Err(AgentError::ModelRefused {
            wanted,
            detail: "it is not among what the agent offers".to_owned(),
        });
    }
    Ok(Some(wanted))
}

async fn take(conversation: &Conversation<Decoder>, dial: &Dial, wanted: &str) -> Result<(), AgentError> {
    if turn(conversation, dial, ("session/set_model", "modelId"), wanted).await? {
        return Ok(());
    }
    Err(AgentError::ModelRefused { wanted: wanted.to_owned(), detail: "the agent said no".to_owned() })
}

/// False where it does not want to.
async fn turn(
    conversation: &Conversation<Decoder>,
    dial: &Dial,
    (method, key): (&str, &str),
    wanted: &str,
) -> Result<bool, AgentError> {
    let (method, params) = match &dial.option {
        Some(option) => ("session/set_config_option", json!({"configId": option, "value": wanted})),
        None => (method, json!({ key: wanted })),
    };
    let params = conversation.decoder().params(params);
    let Some(Ok(answer)) = conversation.request(|id| request(id, method, params)).await? else {
        return Ok(false);
    };
    conversation.decoder().configured(&answer);
    Ok(true)
}

fn refused(wanted: String, actual: Option<String>) -> AgentError {
    AgentError::ModeRefused { wanted, actual: actual.unwrap_or_else(|| "no mode it tells".to_owned()) }
}
