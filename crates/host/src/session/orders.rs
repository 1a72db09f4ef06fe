//! From a request to a command: authority first, then memory, then the room's own word.

use model::{
    AgentKey, Budget, Command, Event, Origin, PersonId, PromptBody, PromptId, Rejection, StreamId,
    SuggestionId, TurnId, Usage,
};
use room::By;
use wire::{Failure, FailureCode, Reply, Request};

use super::actor::Actor;
use super::images;
use crate::authority::authorize;
use crate::desk::{Cause, storage};

impl Actor {
    pub(super) async fn order(&mut self, cause: Cause, request: Request) -> Result<Reply, Failure> {
        let world = self.shared.globe.now().clone();
        let by = authorize(&world, cause.principal, &request.need())?; // GR3
        self.mend().await?;
        if let Some(answer) = self.remembered_answer(&cause).await? {
            return Ok(answer);
        }
        if let Request::ChooseAgent { choice, .. } = &request
            && let Some(refused) = crate::agents::unchoosable(&world, &choice.agent, self.workspace)
        {
            return Err(refused);
        }
        if let Request::Redact { seq, .. } = request {
            return self.redact(cause, &by, seq).await;
        }
        if let Request::RewindConversation { turn, .. } = request {
            return self.rewind(cause, &by, turn).await;
        }
        let images = self.checked_images(&request)?;
        let Some(mut command) = self.command(request) else {
            return Err(Failure::new(FailureCode::BadParams, "This is not for a session."));
        };
        if let Command::Deliver { body, .. } = &mut command {
            body.images = images.iter().map(|checked| checked.image.clone()).collect();
        }
        self.obey(cause, &by, (&command, images)).await
    }

    /// Of a prompt; none of anything else.
    fn checked_images(&self, request: &Request) -> Result<Vec<images::Checked>, Failure> {
        let Request::Prompt { images, .. } = request else { return Ok(Vec::new()) };
        let agent = &self.room.choice().agent;
        if !images.is_empty() && self.takes_no_images(agent) {
            return Err(Failure::new(FailureCode::NoImages, images::no_images(agent)));
        }
        images::check(images)
    }

    /// LO5: a retry is answered, not run again.
    async fn remembered_answer(&self, cause: &Cause) -> Result<Option<Reply>, Failure> {
        let store = &self.shared.parts.store;
        let known = store.recall(cause.principal.person, cause.command).await.map_err(storage)?;
        known.map(|known| crate::desk::answer_again(&known, &cause.request)).transpose()
    }

    async fn obey(
        &mut self,
        cause: Cause,
        by: &By,
        (command, images): (&Command, Vec<images::Checked>),
    ) -> Result<Reply, Failure> {
        let events = self.room.decide(by, command, self.now())?;
        if let Some(spent) = events.iter().find_map(author).and_then(|author| self.exhausted(author)) {
            return Err(spent.into());
        }
        let agent = &self.room.choice().agent;
        if let Some(budget) = self.overdrawn(agent).filter(|_| events.iter().any(|it| author(it).is_some())) {
            return Err(Rejection::AgentBudgetSpent { agent: agent.clone(), budget }.into());
        }
        let stream = StreamId::Session(self.id);
        let epoch = self.shared.parts.store.epoch();
        let seq = self.ledger.head.seq + u64::from(!events.is_empty());
        let reply = match (command, events.iter().find_map(suggested)) {
            (Command::Deliver { .. }, Some(suggestion)) => {
                Reply::Suggested { stream, epoch, seq, suggestion }
            }
            (
                Command::Deliver { prompt, .. }
                | Command::AcceptSuggestion { prompt, .. }
                | Command::Retry { prompt, .. },
                _,
            ) => {
                let started = events.iter().any(|event| starts(event, *prompt));
                Reply::Prompted { stream, epoch, seq, prompt: *prompt, started }
            }
            // Every other command is accepted and no more.
            _ => Reply::Accepted { stream, epoch, seq },
        };
        if matches!(command, Command::Retry { .. }) {
            let agent = agent.clone();
            self.crew.forgive(&agent); // AG4
        }
        self.keep_images(images).await?;
        let actor = model::Actor::Person { person: by.person };
        self.commit(events, actor, Some((cause, reply.clone()))).await?;
        Ok(reply)
    }

    /// AG7: what keeps this person's next turn from starting.
    pub(super) fn exhausted(&self, person: PersonId) -> Option<Rejection> {
        let workspace = self.shared.globe.now().workspace_of(self.id)?;
        crate::spending::exhausted(&self.shared, person, workspace)
    }

    /// AG11: what keeps the next turn of this agent in this session from starting.
    pub(super) fn overdrawn(&self, agent: &AgentKey) -> Option<Budget> {
        let budget = self.shared.parts.catalog.brief(agent)?.budget?;
        let theirs = self.room.spending().spent.iter().filter(|spent| spent.agent == *agent);
        let taken = theirs.fold(Usage::default(), |sum, spent| sum.and(spent.usage));
        budget.is_spent(&taken).then_some(budget)
    }

    fn command(&self, request: Request) -> Option<Command> {
        let ids = &self.shared.parts.ids;
        Some(match request {
            Request::Prompt { text, delivery, .. } => Command::Deliver {
                prompt: PromptId(ids.fresh()),
                turn: TurnId(ids.fresh()),
                body: PromptBody::text(text),
                delivery,
                origin: Origin::Human,
            },
            Request::EditPrompt { prompt, text, .. } => {
                Command::EditPrompt { prompt, body: PromptBody::text(text) }
            }
            Request::WithdrawPrompt { prompt, .. } => Command::WithdrawPrompt { prompt },
            Request::AcceptSuggestion { suggestion, revision, text, delivery, .. } => {
                let (prompt, turn) = (PromptId(ids.fresh()), TurnId(ids.fresh()));
                let body = text.map(PromptBody::text);
                Command::AcceptSuggestion { suggestion, revision, prompt, turn, body, delivery }
            }
            Request::EditSuggestion { suggestion, text, .. } => {
                Command::EditSuggestion { suggestion, body: PromptBody::text(text) }
            }
            Request::DropSuggestion { suggestion, reason, .. } => {
                Command::DropSuggestion { suggestion, reason }
            }
            Request::ReleaseQueue { .. } => Command::ReleaseQueue,
            Request::RetryTurn { turn: broken, .. } => {
                Command::Retry { broken, prompt: PromptId(ids.fresh()), turn: TurnId(ids.fresh()) }
            }
            Request::StopTurn { .. } => Command::StopTurn,
            Request::AskToDrive { .. } => Command::AskToDrive,
            Request::HandOver { to, .. } => Command::HandOver { to },
            Request::TakeLock { .. } => Command::TakeLock,
            Request::Vote { ballot, plan, choice, .. } => Command::Vote { ballot, plan, choice },
            Request::OverrideBallot { ballot, verdict, reason, .. } => {
                Command::Override { ballot, verdict, reason }
            }
            Request::GoOnWithoutVoter { ballot, person, .. } => Command::GoOnWithoutVoter { ballot, person },
            Request::GoOnWithoutAnswer { question, person, .. } => {
                Command::GoOnWithoutAnswer { question, person }
            }
            Request::Answer { question, answers, .. } => Command::Answer { question, answers },
            Request::AnswerPermission { permission, answer, .. } => {
                Command::AnswerPermission { permission, answer }
            }
            Request::RenameSession { title, .. } => Command::Rename { title },
            Request::TagSession { tags, .. } => Command::Tag { tags },
            Request::ChooseAgent { choice, .. } => Command::ChooseAgent { choice },
            Request::PauseSession { .. } => Command::Pause,
            Request::ResumeSession { .. } => Command::Resume,
            Request::EndSession { .. } => Command::End,
            Request::ReopenSession { .. } => Command::Reopen,
            // `Request::need` has sorted them by scope, exhaustively.
            _ => return None,
        })
    }
}

/// Of a prompt that would be queued: what it takes counts for them.
fn author(event: &Event) -> Option<PersonId> {
    match event {
        Event::PromptQueued { author, .. } => Some(*author),
        _ => None,
    }
}

fn suggested(event: &Event) -> Option<SuggestionId> {
    match event {
        Event::SuggestionMade { suggestion, .. } => Some(*suggestion),
        _ => None,
    }
}

fn starts(event: &Event, wanted: PromptId) -> bool {
    matches!(event, Event::TurnTaken { prompt, .. } if *prompt == wanted)
}
