//! Runs an agent and talks to it.

mod handshake;
mod servers;
mod settings;

use std::collections::BTreeMap;

use agent_process::adapter::{self, Conversation, Decoded, Failed, Protocol, Reader};
use agent_process::veil::Veil;
use model::{PermissionAnswer, PlanVerdict, TurnId};
use ports::Later;
use ports::agent::{
    AgentBackend, AgentError, AgentEvents, AgentImage, AgentPrompt, AgentReady, AgentStart, AgentStarted,
    ModelChoice, ReasonCarried, RequestKey,
};
use serde_json::{Value, json};

use crate::AcpError;
use crate::decoder::Decoder;

/// Agents that speak ACP over stdio.
#[derive(Debug, Clone, Copy, Default)]
pub struct AcpBackend;

impl AgentBackend for AcpBackend {
    fn start(&self, start: AgentStart, events: AgentEvents) -> Later<'_, Result<AgentStarted, AgentError>> {
        Box::pin(adapter::begin::<Decoder>(start, events))
    }

    fn end_leftover(&self, process: String) -> Later<'_, ()> {
        Box::pin(async move { adapter::end_left_over(&process).await })
    }
}

impl Protocol for Decoder {
    type Unread = AcpError;

    fn new(_: &AgentStart, veil: Veil) -> Self {
        Self::new(veil)
    }

    fn veil(&self) -> &Veil {
        self.veil()
    }

    fn decode(&mut self, line: &[u8]) -> Result<Vec<Decoded>, AcpError> {
        self.decode(line)
    }

    fn running(&self) -> Option<TurnId> {
        self.running()
    }

    fn prompt(&mut self, id: u64, turn: TurnId, prompt: &AgentPrompt) -> Option<Value> {
        let text = json!({"type": "text", "text": prompt.text});
        let image = |image: &AgentImage| json!({"type": "image", "mimeType": image.kind.media_type(), "data": image.base64});
        let blocks: Vec<Value> = prompt.images.iter().map(image).chain([text]).collect();
        let prompt = json!({ "prompt": blocks });
        self.begin_turn(id, turn).then(|| request(id, "session/prompt", self.params(prompt)))
    }

    fn stop(&mut self, turn: TurnId) -> Option<Vec<Value>> {
        self.stop(turn)
    }

    fn answer_permission(&mut self, key: &RequestKey, answer: PermissionAnswer) -> Vec<Value> {
        self.answer_permission(key, answer).into_iter().collect()
    }

    fn refuse_permission(&mut self, key: &RequestKey, words: &str) -> Vec<Value> {
        self.refuse_permission(key, words).into_iter().collect()
    }

    fn answer_plan(&mut self, key: &RequestKey, verdict: &PlanVerdict) -> (Vec<Value>, ReasonCarried) {
        // An ACP answer is one of the agent's options and nothing else (BA12).
        let carried = match verdict {
            PlanVerdict::Approved => ReasonCarried::Yes,
            PlanVerdict::Denied { .. } => ReasonCarried::No,
        };
        (self.answer_plan(key, verdict).into_iter().collect(), carried)
    }

    fn answer_question(&mut self, key: &RequestKey, answers: &BTreeMap<String, Vec<String>>) -> Vec<Value> {
        self.answer_question(key, answers).into_iter().collect()
    }

    async fn shake(reader: &mut Reader<Self>, start: &AgentStart) -> Result<AgentReady, Failed> {
        handshake::shake(reader, start).await
    }

    async fn set_mode(conversation: &Conversation<Self>, mode: String) -> Result<(), AgentError> {
        settings::set_mode(conversation, mode).await
    }

    async fn set_model(conversation: &Conversation<Self>, choice: ModelChoice) -> Result<(), AgentError> {
        settings::set_model(conversation, choice).await
    }
}

fn request(id: u64, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}
