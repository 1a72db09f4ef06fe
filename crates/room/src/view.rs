use model::{
    AgentChoice, BallotView, Command, Delivery, May, Origin, ParticipantView, PermissionView, PersonId,
    Presence, PromptBody, PromptId, QuestionView, QueueItemState, QueueItemView, QueueView, Right, RoomRules,
    RoomView, SessionId, SessionState, SessionStatus, SuggestionView, TurnId, TurnPhase, TurnView, VoterView,
    WaitingOn, WorkspaceId, You,
};

use crate::ballot::Ballot;
use crate::by::By;
use crate::question::OpenQuestion;
use crate::queue::Item;
use crate::room::Room;
use crate::roster::{Participant, Reach};
use crate::turn::{Phase, Turn, TurnFacts};

/// What the host asks of a room.
impl Room {
    pub fn session(&self) -> SessionId {
        self.session.id
    }

    pub fn workspace(&self) -> WorkspaceId {
        self.session.workspace
    }

    pub fn number(&self) -> u32 {
        self.session.number
    }

    pub fn title(&self) -> &str {
        self.session.title()
    }

    pub fn owner(&self) -> PersonId {
        self.session.owner
    }

    pub fn state(&self) -> SessionState {
        self.session.state
    }

    pub fn choice(&self) -> &AgentChoice {
        &self.session.choice
    }

    pub fn rules(&self) -> &RoomRules {
        &self.rules
    }

    pub fn is_present(&self, person: PersonId) -> bool {
        self.roster.is_present(person)
    }

    /// Whoever is in the roster: present, or away for less than 30 s.
    pub fn present(&self) -> impl Iterator<Item = PersonId> {
        self.roster.here().map(|(person, _)| person)
    }

    pub fn turn(&self) -> Option<TurnFacts> {
        self.turn.as_ref().map(|turn| TurnFacts {
            turn: turn.id,
            prompt: turn.item.prompt,
            author: turn.item.author,
            driver: turn.driver,
            origin: turn.item.origin,
            choice: turn.choice.clone(),
            ceiling: self.ceiling_of(turn),
            phase: self.phase(turn),
            since: turn.since,
        })
    }

    /// Derived, never stored: for somebody nobody waits for. What waits is [`Room::wanted`].
    pub fn status(&self) -> SessionStatus {
        if self.turn.is_some() {
            return SessionStatus::Running;
        }
        match (self.session.state, self.agent.interrupted) {
            (SessionState::Ended, _) => SessionStatus::Ended,
            (SessionState::Active | SessionState::Paused, true) => SessionStatus::Interrupted,
            (SessionState::Active | SessionState::Paused, false) => SessionStatus::Idle,
        }
    }

    pub fn tags(&self) -> &[String] {
        &self.session.tags
    }

    pub fn queued(&self) -> u32 {
        self.queue.items().len() as u32
    }

    /// What its turns took (AG7).
    pub fn spending(&self) -> &model::Spending {
        &self.agent.bill.spending
    }

    /// All but the transcript, as `reader` may see and use it.
    pub fn view(&self, reader: &By) -> RoomView {
        RoomView {
            session: self.session.id,
            workspace: self.session.workspace,
            number: self.session.number,
            title: self.session.title().to_owned(),
            state: self.session.state,
            choice: self.session.choice.clone(),
            memory: self.agent.memory.get(&self.session.choice.agent).copied(),
            advisory: (self.rules.consensus || self.rules.plan_first)
                && self.agent.ungated.contains(&self.session.choice.agent),
            rules: self.rules.clone(),
            turn: self.turn.as_ref().map(|turn| self.turn_view(turn)),
            queue: QueueView {
                held: self.queue.held,
                items: self.queue.items().iter().map(|item| item_view(item, reader)).collect(),
            },
            suggestions: self.suggestion_views(reader),
            ballots: self.ballot.iter().map(|open| self.ballot_view(open, reader)).collect(),
            questions: self
                .questions
                .iter()
                .map(|(id, open)| self.question_view((*id, open), reader))
                .collect(),
            permissions: self.permission_views(reader),
            roster: self.roster.here().map(|(person, known)| self.participant_view(person, known)).collect(),
            commands: self.agent.commands.clone(),
            usage: self.agent.usage,
            interrupted: self.agent.interrupted,
            you: You {
                person: reader.person,
                rights: reader.rights.clone(),
                muted: reader.muted,
                may: self.may(reader),
            },
        }
    }

    /// Asked of the same code that will answer, so that a button never promises what is then refused.
    fn may(&self, reader: &By) -> May {
        let can = |command: &Command| self.answer(reader, command).is_ok();
        let prompt = |delivery| Command::Deliver {
            prompt: PromptId(Default::default()),
            turn: TurnId(Default::default()),
            body: PromptBody::text("?".to_owned()),
            delivery,
            origin: Origin::Human,
        };
        let steers = reader.admit(&[Right::Steer]).is_ok();
        May {
            prompt_now: steers
                && self.turn.is_none()
                && self.due().is_none()
                && self.session.state == SessionState::Active
                && can(&prompt(Delivery::Now)),
            queue: steers && can(&prompt(Delivery::Queue)),
            suggest: !steers && can(&prompt(Delivery::Queue)),
            stop: can(&Command::StopTurn),
            ask_to_drive: can(&Command::AskToDrive),
            hand_over: steers && self.drives(reader),
            take_lock: can(&Command::TakeLock),
            release_queue: can(&Command::ReleaseQueue),
            retry: self.retriable(reader),
            steer: steers,
        }
    }

    fn phase(&self, turn: &Turn) -> TurnPhase {
        match turn.phase {
            Phase::Starting => TurnPhase::Starting,
            Phase::Running if self.open_cards().next().is_some() => TurnPhase::Awaiting,
            Phase::Running => TurnPhase::Running,
            Phase::Stopping => TurnPhase::Stopping,
        }
    }

    fn turn_view(&self, turn: &Turn) -> TurnView {
        let votes = self.ballot.is_some().then_some(WaitingOn::Votes);
        let answers = (!self.questions.is_empty()).then_some(WaitingOn::Answers);
        let permission = (!self.permissions.is_empty()).then_some(WaitingOn::Permission);
        TurnView {
            turn: turn.id,
            phase: self.phase(turn),
            author: turn.item.author,
            driver: turn.driver,
            origin: turn.item.origin,
            since: turn.since,
            choice: turn.choice.clone(),
            ceiling: self.ceiling_of(turn),
            waiting_on: votes.into_iter().chain(answers).chain(permission).collect(),
            asked_to_drive: turn.asked.clone(),
            awaits_plan: self.awaits_plan(),
        }
    }

    fn suggestion_views(&self, reader: &By) -> Vec<SuggestionView> {
        let open = self.suggestions.open().iter();
        let touches = reader.admit(&[Right::Steer, Right::Suggest]).is_ok();
        open.map(|open| {
            let yours = touches && open.expect_hand_of(reader).is_ok();
            SuggestionView {
                suggestion: open.id,
                author: open.author,
                body: (*open.body).clone(),
                revision: open.revision,
                edited_by: open.edited_by,
                ceiling: open.ceiling,
                at: open.at,
                held: self.is_held(open),
                you_may_edit: yours,
                you_may_accept: reader.admit(&[Right::Steer]).is_ok() && !self.is_held(open),
                you_may_drop: yours,
            }
        })
        .collect()
    }

    fn ballot_view(&self, open: &Ballot, reader: &By) -> BallotView {
        let (ballot, plan) = (open.id, open.hash.clone());
        let vote = Command::Vote { ballot, plan, choice: model::Choice::Approve };
        let verdict = model::Verdict::Approved;
        let over = Command::Override { ballot, verdict, reason: "?".to_owned() };
        BallotView {
            ballot,
            turn: open.turn,
            plan: (*open.plan).clone(),
            plan_hash: open.hash.clone(),
            electorate: open.seats.electorate().clone(),
            voters: open.seats.words().map(|(person, word)| self.voter_view(person, word)).collect(),
            opened_at: open.opened_at,
            you_may: self.answer(reader, &vote).is_ok(),
            you_may_override: self.answer(reader, &over).is_ok(),
            waiting_for: self.waiting_for(&open.seats),
        }
    }

    fn voter_view(&self, person: PersonId, word: Option<&model::Choice>) -> VoterView {
        let away = self.roster.unreachable_since(person).is_some() || self.roster.get(person).is_none();
        VoterView { person, choice: word.cloned(), away }
    }

    fn question_view(&self, (id, open): (model::QuestionId, &OpenQuestion), reader: &By) -> QuestionView {
        let spoken = open.seats.words().filter(|(_, word)| word.is_some());
        QuestionView {
            question: id,
            turn: open.turn,
            asked: (*open.asked).clone(),
            electorate: open.seats.electorate().clone(),
            answered: spoken.map(|(person, _)| person).collect(),
            your_answers: open.seats.word(reader.person).cloned(),
            waiting_for: self.waiting_for(&open.seats),
            opened_at: open.opened_at,
            you_may: reader.admit(&[]).is_ok() && self.expect_answerer(reader, &open.seats).is_ok(),
        }
    }

    fn permission_views(&self, reader: &By) -> Vec<PermissionView> {
        let you_may = reader.admit(&[Right::Approve]).is_ok();
        let open = self.permissions.iter();
        open.map(|(permission, open)| PermissionView {
            permission: *permission,
            turn: open.turn,
            request: (*open.request).clone(),
            opened_at: open.opened_at,
            you_may,
        })
        .collect()
    }

    fn participant_view(&self, person: PersonId, known: &Participant) -> ParticipantView {
        ParticipantView {
            person,
            name: known.name.clone(),
            colour: known.colour,
            rights: known.rights.clone(),
            owner: person == self.session.owner,
            muted: known.muted,
            presence: match known.reach {
                Reach::Away { until, .. } => Presence::Away { until },
                Reach::Present | Reach::Gone { .. } => Presence::Present,
            },
        }
    }
}

fn item_view(item: &Item, reader: &By) -> QueueItemView {
    let (prompt, author, origin) = (item.prompt, item.author, item.origin);
    let touches = reader.admit(&[Right::Steer]).is_ok();
    QueueItemView {
        prompt,
        author,
        driver: item.driver,
        origin,
        body: (*item.body).clone(),
        state: item.hold.map_or(QueueItemState::Waiting, |reason| QueueItemState::Held { reason }),
        at: item.at,
        yours: touches && item.may_be_edited_by(reader),
        you_may_remove: reader.admit(&[Right::Steer, Right::Suggest]).is_ok()
            && item.may_be_removed_by(reader),
    }
}
