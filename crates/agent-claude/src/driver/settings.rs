use agent_process::adapter::Conversation;
use ports::agent::{AgentError, ModelChoice};
use serde_json::{Value, json};

use super::handshake;
use crate::decoder::{Decoder, control};

pub async fn set_mode(conversation: &Conversation<Decoder>, mode: String) -> Result<(), AgentError> {
    let actual = || conversation.decoder().mode().unwrap_or("no mode it tells").to_owned();
    if !handshake::modes().contains(&mode) {
        return Err(AgentError::ModeRefused { wanted: mode, actual: actual() });
    }
    let request = json!({"subtype": "set_permission_mode", "mode": mode});
    let answer = conversation.request(|id| control(id, request)).await?;
    if !matches!(answer, Some(Ok(said)) if said["mode"] == mode) {
        return Err(AgentError::ModeRefused { actual: actual(), wanted: mode });
    }
    conversation.decoder().mode_set(&mode);
    Ok(())
}

pub async fn set_model(conversation: &Conversation<Decoder>, choice: ModelChoice) -> Result<(), AgentError> {
    let before = conversation.decoder().model().clone();
    if choice == before {
        return Ok(());
    }
    if choice.model != before.model {
        ask(conversation, &choice.model, json!({"subtype": "set_model", "model": choice.model})).await?;
    }
    if choice.effort != before.effort {
        let settings = json!({"effortLevel": choice.effort});
        ask(conversation, &choice.effort, json!({"subtype": "apply_flag_settings", "settings": settings}))
            .await?;
        let told = ask(conversation, &choice.effort, json!({"subtype": "get_settings"})).await?;
        // It confirms any word; what it does not know it does not use.
        let actual = &told["applied"]["effort"];
        if let Some(wanted) = choice.effort.as_deref().filter(|wanted| actual != wanted) {
            return Err(refused(wanted, format!("its effort is {actual}")));
        }
    }
    conversation.decoder().model_set(choice);
    Ok(())
}

async fn ask(
    conversation: &Conversation<Decoder>,
    wanted: &Option<String>,
    request: Value,
) -> Result<Value, AgentError> {
    let wanted = wanted.as_deref().unwrap_or("its own choice");
    match conversation.request(|id| control(id, request)).await? {
        Some(Ok(said)) => Ok(said),
        Some(Err(no)) => Err(refused(wanted, no.message)),
        None => Err(refused(wanted, "it did not answer".to_owned())),
    }
}

fn refused(wanted: &str, detail: String) -> AgentError {
    AgentError::ModelRefused { wanted: wanted.to_owned(), detail }
}
