//! A prompt that joins the running turn, where its agent can (TU3).

use std::sync::Arc;

use model::{Ceiling, Occurrence, PromptBody, PromptId, TurnId};

use super::Mail;
use super::actor::Actor;
use super::images;

impl Actor {
    /// What is not done here stays in the queue and gets a turn of its own.
    pub(super) async fn steer(
        &mut self,
        (prompt, turn): (PromptId, TurnId),
        body: PromptBody,
        ceiling: Ceiling,
    ) {
        let author = self.room.author_of(prompt);
        if author.and_then(|author| self.exhausted(author)).is_some() {
            return; // AG7
        }
        let Some(running) = self.room.turn().filter(|running| running.turn == turn) else { return };
        let Some(slot) = self.crew.get(&running.choice.agent).filter(|slot| slot.steers) else { return };
        let agent = Arc::clone(&slot.agent);
        let fits =
            slot.mode.as_deref().is_some_and(|mode| !self.is_above(mode, ceiling.min(running.ceiling)));
        if !fits || (slot.no_images && !body.images.is_empty()) {
            return; // GR5, TU11
        }
        let Some(mail) = self.mail.upgrade() else { return };
        let steered = self.room.observe(&Occurrence::Steered { prompt, turn }, self.now());
        if steered.is_empty() || self.commit(steered, model::Actor::Host, None).await.is_err() {
            return;
        }
        self.sign_of_life();
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            let store = shared.parts.store.as_ref();
            let outcome = match images::prompt_of(store, body.text, &body.images).await {
                Ok(words) => agent.steer(turn, prompt, words).await,
                Err(error) => Err(error),
            };
            mail.send(Mail::Written { turn, outcome }).await.ok();
        });
    }
}
