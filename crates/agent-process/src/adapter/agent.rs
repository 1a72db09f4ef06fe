use std::collections::BTreeMap;
use std::sync::Arc;

use model::{PermissionAnswer, PlanVerdict, PromptId, TurnId};
use ports::Later;
use ports::agent::{Agent, AgentError, AgentPrompt, ModelChoice, ReasonCarried, RequestKey};
use tokio::sync::Notify;

use super::{Conversation, Protocol};

/// The host's hold on the agent.
pub(super) struct HeldAgent<P: Protocol> {
    conversation: Arc<Conversation<P>>,
    dropped: Arc<Notify>,
}

impl<P: Protocol> HeldAgent<P> {
    pub fn new(conversation: Arc<Conversation<P>>) -> Self {
        let dropped = Arc::new(Notify::new());
        tokio::spawn(end_when_dropped(conversation.clone(), dropped.clone()));
        Self { conversation, dropped }
    }
}

async fn end_when_dropped<P: Protocol>(conversation: Arc<Conversation<P>>, dropped: Arc<Notify>) {
    tokio::select! {
        () = dropped.notified() => conversation.end("The agent was let go.").await,
        _ = conversation.process().wait() => {}
    }
}

impl<P: Protocol> Drop for HeldAgent<P> {
    fn drop(&mut self) {
        self.dropped.notify_one();
    }
}

impl<P: Protocol> Agent for HeldAgent<P> {
    fn set_mode(&self, mode: String) -> Later<'_, Result<(), AgentError>> {
        Box::pin(P::set_mode(&self.conversation, mode))
    }

    fn set_model(&self, choice: ModelChoice) -> Later<'_, Result<(), AgentError>> {
        Box::pin(P::set_model(&self.conversation, choice))
    }

    fn prompt(&self, turn: TurnId, prompt: AgentPrompt) -> Later<'_, Result<(), AgentError>> {
        Box::pin(self.conversation.clone().prompt(turn, prompt))
    }

    fn steer(&self, turn: TurnId, prompt: PromptId, words: AgentPrompt) -> Later<'_, Result<(), AgentError>> {
        // Over meanwhile: what it was told is in the transcript, and nobody waits for an answer (TU7).
        let message = self.conversation.decoder().steer(turn, prompt, &words);
        Box::pin(self.conversation.send_all(message.into_iter().collect()))
    }

    fn cancel(&self, turn: TurnId) -> Later<'_, Result<(), AgentError>> {
        Box::pin(self.conversation.clone().cancel(turn))
    }

    fn answer_permission(
        &self,
        key: RequestKey,
        answer: PermissionAnswer,
    ) -> Later<'_, Result<(), AgentError>> {
        let messages = self.conversation.decoder().answer_permission(&key, answer);
        Box::pin(self.conversation.send_all(messages))
    }

    fn refuse_permission(&self, key: RequestKey, words: String) -> Later<'_, Result<(), AgentError>> {
        let messages = self.conversation.decoder().refuse_permission(&key, &words);
        Box::pin(self.conversation.send_all(messages))
    }

    fn answer_plan(
        &self,
        key: RequestKey,
        verdict: PlanVerdict,
    ) -> Later<'_, Result<ReasonCarried, AgentError>> {
        let (messages, carried) = self.conversation.decoder().answer_plan(&key, &verdict);
        Box::pin(async move { self.conversation.send_all(messages).await.map(|()| carried) })
    }

    fn answer_question(
        &self,
        key: RequestKey,
        answers: BTreeMap<String, Vec<String>>,
    ) -> Later<'_, Result<(), AgentError>> {
        let messages = self.conversation.decoder().answer_question(&key, &answers);
        Box::pin(self.conversation.send_all(messages))
    }

    fn stop(&self) -> Later<'_, ()> {
        Box::pin(self.conversation.end("The agent was stopped."))
    }

    fn stderr_tail(&self) -> String {
        self.conversation.stderr()
    }

    fn veiled(&self, text: &str) -> String {
        self.conversation.decoder().veil().text(text)
    }
}
