//! Runs Claude Code and talks to it.

mod files;
mod handshake;
mod offers;
mod settings;

use std::collections::BTreeMap;

use agent_process::adapter::{self, Conversation, Decoded, Failed, Protocol, Reader};
use agent_process::veil::Veil;
use model::{PermissionAnswer, PlanVerdict, PromptId, TurnId};
use ports::Later;
use ports::agent::{
    AgentBackend, AgentError, AgentEvents, AgentPrompt, AgentReady, AgentStart, AgentStarted, ModelChoice,
    ReasonCarried, RequestKey,
};
use serde_json::Value;

use crate::ClaudeError;
use crate::decoder::Decoder;

/// Claude Code, as its own program speaks over stdio.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClaudeBackend;

impl AgentBackend for ClaudeBackend {
    fn start(&self, start: AgentStart, events: AgentEvents) -> Later<'_, Result<AgentStarted, AgentError>> {
        Box::pin(handshake::begin(start, events))
    }

    fn end_leftover(&self, process: String) -> Later<'_, ()> {
        Box::pin(async move { adapter::end_left_over(&process).await })
    }
}

impl Protocol for Decoder {
    type Unread = ClaudeError;

    fn new(start: &AgentStart, veil: Veil) -> Self {
        Self::new(veil, files::look(&start.worktree)).limited_to(start.program.terms.tools.clone())
    }

    fn veil(&self) -> &Veil {
        self.veil()
    }

    fn decode(&mut self, line: &[u8]) -> Result<Vec<Decoded>, ClaudeError> {
        self.decode(line)
    }

    fn running(&self) -> Option<TurnId> {
        self.running()
    }

    fn prompt(&mut self, _: u64, turn: TurnId, prompt: &AgentPrompt) -> Option<Value> {
        self.prompt(turn, prompt)
    }

    fn steer(&mut self, turn: TurnId, prompt: PromptId, words: &AgentPrompt) -> Option<Value> {
        self.steer(turn, prompt, words)
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
        (self.answer_plan(key, verdict), ReasonCarried::Yes)
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
