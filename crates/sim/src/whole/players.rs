//! Agents that do what the plan says, below the agent's port.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use model::{
    Memory, PermissionAnswer, PlanVerdict, Question, QuestionField, StopReason, ToolKind, ToolStatus, TurnId,
};
use ports::Later;
use ports::agent::*;

use super::below::lock;
use super::plan::Deed;

/// All agents that hosts have started.
#[derive(Default)]
pub(super) struct Players {
    heard: Mutex<Heard>,
}

#[derive(Default)]
struct Heard {
    started: u32,
    /// The process that runs now, if any.
    player: Option<Player>,
    /// Prompts as they arrived, over all lives.
    prompts: Vec<(TurnId, String)>,
}

struct Player {
    events: AgentEvents,
    turn: Option<TurnId>,
    stopping: bool,
    deeds: u32,
}

struct Puppet {
    players: Arc<Players>,
    number: u32,
}

/// What `Arc<Players>` is to a host.
pub(super) struct Backend(pub Arc<Players>);

impl Players {
    /// Prompts that reached an agent since they were last taken.
    pub fn take_prompts(&self) -> Vec<(TurnId, String)> {
        std::mem::take(&mut lock(&self.heard).prompts)
    }

    /// With the host its agents are gone.
    pub fn die(&self) {
        lock(&self.heard).player = None;
    }

    pub fn does(&self, deed: Deed) {
        let mut heard = lock(&self.heard);
        let Some(player) = &mut heard.player else { return };
        let Some(turn) = player.turn else { return };
        player.deeds += 1;
        let ends = matches!(deed, Deed::Ends | Deed::Fails | Deed::Dies);
        for event in events(deed, turn, player.deeds) {
            // A full channel is the agent's backpressure; what does not fit is not done.
            player.events.try_send(event).ok();
        }
        if ends {
            (player.turn, player.stopping) = (None, false);
        }
        if deed == Deed::Dies {
            heard.player = None;
        }
    }
}

fn events(deed: Deed, turn: TurnId, n: u32) -> Vec<AgentEvent> {
    let key = RequestKey(format!("request {n}"));
    let item = ItemKey(format!("item {n}"));
    match deed {
        Deed::Says => vec![AgentEvent::Text { item, thought: false, text: format!("words {n}") }],
        Deed::Thinks => vec![AgentEvent::Text { item, thought: true, text: format!("thoughts {n}") }],
        Deed::Works => {
            let call =
                ToolCallText { kind: ToolKind::Read, title: format!("tool {n}"), ..ToolCallText::default() };
            let ended = AgentEvent::ToolEnded {
                item: item.clone(),
                status: ToolStatus::Completed,
                output: "done".to_owned(),
                diffs: vec![],
            };
            vec![AgentEvent::ToolStarted { item, call }, ended]
        }
        Deed::Plans => vec![AgentEvent::Plan { key, text: format!("plan {n}") }],
        Deed::Asks => {
            let field = QuestionField {
                key: "drink".to_owned(),
                text: String::new(),
                options: vec![],
                many: false,
                optional: false,
            };
            let asked = Question { text: "What?".to_owned(), fields: vec![field] };
            vec![AgentEvent::Question { key, asked }]
        }
        Deed::Begs => {
            let asked = PermissionText {
                item: None,
                tool: "shell".to_owned(),
                kind: ToolKind::Execute,
                title: "make tea".to_owned(),
                command: None,
                directory: ".".to_owned(),
                diffs: vec![],
                expires_at: None,
            };
            vec![AgentEvent::Permission { key, asked }]
        }
        Deed::Ends => vec![AgentEvent::TurnOver { turn, reason: StopReason::EndTurn }],
        Deed::Fails => {
            vec![AgentEvent::TurnFailed { turn, reason: "tired".to_owned(), detail: String::new() }]
        }
        Deed::Dies => vec![AgentEvent::Exited { reason: "gone".to_owned(), detail: String::new() }],
    }
}

impl AgentBackend for Backend {
    fn start(&self, start: AgentStart, events: AgentEvents) -> Later<'_, Result<AgentStarted, AgentError>> {
        Box::pin(async move {
            let mut heard = lock(&self.0.heard);
            heard.started += 1;
            heard.player = Some(Player { events, turn: None, stopping: false, deeds: 0 });
            let memory = if start.resume.is_some() { Memory::Resumed } else { Memory::New };
            let ready = AgentReady {
                name: "Puppet".to_owned(),
                version: "1".to_owned(),
                memory,
                conversation: Some("talk".to_owned()),
                offers: model::AgentOffers::default(),
                login: model::Login::Unknown,
                mode: Some("default".to_owned()),
                left_out: vec![],
                process: heard.started.to_string(),
            };
            let agent = Puppet { players: Arc::clone(&self.0), number: heard.started };
            Ok(AgentStarted { ready, agent: Box::new(agent) })
        })
    }

    fn end_leftover(&self, _process: String) -> Later<'_, ()> {
        Box::pin(async {})
    }
}

impl Puppet {
    /// `Gone` if another process has taken its place.
    fn with(&self, act: impl FnOnce(&mut Player)) -> Result<(), AgentError> {
        let mut heard = lock(&self.players.heard);
        if heard.started != self.number {
            return Err(AgentError::Gone);
        }
        heard.player.as_mut().map(act).ok_or(AgentError::Gone)
    }

    fn answer(&self) -> Later<'_, Result<(), AgentError>> {
        let outcome = self.with(|_| ());
        Box::pin(async { outcome })
    }
}

impl Agent for Puppet {
    fn set_mode(&self, _mode: String) -> Later<'_, Result<(), AgentError>> {
        self.answer()
    }

    fn set_model(&self, _choice: ModelChoice) -> Later<'_, Result<(), AgentError>> {
        self.answer()
    }

    fn prompt(&self, turn: TurnId, prompt: AgentPrompt) -> Later<'_, Result<(), AgentError>> {
        let outcome = self.with(|player| player.turn = Some(turn));
        if outcome.is_ok() {
            lock(&self.players.heard).prompts.push((turn, prompt.text));
        }
        Box::pin(async { outcome })
    }

    fn cancel(&self, turn: TurnId) -> Later<'_, Result<(), AgentError>> {
        let outcome = self.with(|player| player.stopping = player.turn == Some(turn));
        Box::pin(async { outcome })
    }

    fn answer_permission(
        &self,
        _key: RequestKey,
        _answer: PermissionAnswer,
    ) -> Later<'_, Result<(), AgentError>> {
        self.answer()
    }

    fn answer_plan(
        &self,
        key: RequestKey,
        _verdict: PlanVerdict,
    ) -> Later<'_, Result<ReasonCarried, AgentError>> {
        let outcome = self.with(|_| ());
        let carried = if key.0.ends_with('7') { ReasonCarried::No } else { ReasonCarried::Yes };
        Box::pin(async move { outcome.map(|()| carried) })
    }

    fn answer_question(
        &self,
        _key: RequestKey,
        _answers: BTreeMap<String, Vec<String>>,
    ) -> Later<'_, Result<(), AgentError>> {
        self.answer()
    }

    fn stop(&self) -> Later<'_, ()> {
        let mut heard = lock(&self.players.heard);
        if heard.started == self.number {
            heard.player = None;
        }
        Box::pin(async {})
    }

    fn stderr_tail(&self) -> String {
        String::new()
    }

    fn veiled(&self, text: &str) -> String {
        text.to_owned()
    }
}
