//! For the tests of those who speak with agents.

use std::path::Path;

use model::{StopReason, TurnId};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::agent::{
    Agent, AgentBackend, AgentError, AgentEvent, AgentReady, AgentStart, AgentStarted, ItemKey,
};

/// A started agent and what it says.
pub struct Live {
    pub ready: AgentReady,
    pub agent: Box<dyn Agent>,
    pub events: mpsc::Receiver<AgentEvent>,
}

impl Live {
    /// # Errors
    /// As [`AgentBackend::start`].
    pub async fn start(backend: &impl AgentBackend, start: AgentStart) -> Result<Self, AgentError> {
        let (sender, events) = mpsc::channel(16);
        let AgentStarted { ready, agent } = backend.start(start, sender).await?;
        Ok(Self { ready, agent, events })
    }

    pub async fn prompt(&self, text: &str) -> TurnId {
        let turn = TurnId(Uuid::new_v4());
        self.agent.prompt(turn, text.into()).await.unwrap();
        turn
    }

    pub async fn next(&mut self) -> AgentEvent {
        self.events.recv().await.expect("the last event is the exit")
    }

    /// All events until, and with, the one that is asked for.
    pub async fn until(&mut self, wanted: impl Fn(&AgentEvent) -> bool) -> Vec<AgentEvent> {
        let mut seen = Vec::new();
        loop {
            let event = self.next().await;
            let found = wanted(&event);
            assert!(found || !matches!(event, AgentEvent::Exited { .. }), "exit: {event:?}");
            seen.push(event);
            if found {
                return seen;
            }
        }
    }

    pub async fn until_over(&mut self, turn: TurnId) -> (StopReason, Vec<AgentEvent>) {
        let seen = self.until(|event| matches!(event, AgentEvent::TurnOver { .. })).await;
        let Some(AgentEvent::TurnOver { turn: over, reason }) = seen.last() else { unreachable!() };
        assert_eq!(*over, turn);
        (*reason, seen)
    }

    /// The reason and detail of the exit, the very last event.
    pub async fn until_exit(&mut self) -> (String, String) {
        let mut seen = self.until(|event| matches!(event, AgentEvent::Exited { .. })).await;
        let Some(AgentEvent::Exited { reason, detail }) = seen.pop() else { unreachable!() };
        assert!(self.events.recv().await.is_none());
        (reason, detail)
    }

    /// The process that the handshake named.
    pub fn is_running(&self) -> bool {
        let pid = self.ready.process.split(':').next().unwrap();
        std::fs::read_to_string(Path::new("/proc").join(pid).join("stat"))
            .is_ok_and(|stat| !stat.contains(") Z "))
    }
}

/// What it said to people.
pub fn said(events: &[AgentEvent]) -> String {
    let mut said = String::new();
    for event in events {
        if let AgentEvent::Text { thought: false, text, .. } = event {
            said.push_str(text);
        }
    }
    said
}

/// What an agent said and did as text: one line an event, chunks of one text together.
pub fn story(events: &[AgentEvent]) -> String {
    let mut story: Vec<String> = Vec::new();
    let mut speaking: Option<&ItemKey> = None;
    for event in events {
        let item = if let AgentEvent::Text { item, .. } = event { Some(item) } else { None };
        match (event, story.last_mut()) {
            (AgentEvent::Text { text, .. }, Some(last)) if speaking == item => {
                last.push_str(&text.replace('\n', "⏎"));
            }
            _ => story.push(shown(event)),
        }
        speaking = item;
    }
    story.join("\n") + "\n"
}

fn shown(event: &AgentEvent) -> String {
    let line = match event {
        AgentEvent::Text { thought: true, text, .. } => format!("thought: {text}"),
        AgentEvent::Text { text, .. } => format!("text: {text}"),
        AgentEvent::ToolStarted { call, .. } => {
            format!("tool started: {:?} {:?} {} {:?}", call.kind, call.title, call.input, call.paths)
        }
        AgentEvent::ToolChanged { call, .. } => {
            format!("tool changed: {:?} {:?} {} {:?}", call.kind, call.title, call.input, call.paths)
        }
        AgentEvent::ToolEnded { status, output, diffs, .. } => {
            let diffs: Vec<String> =
                diffs.iter().map(|diff| format!("{} +{} -{}", diff.path, diff.added, diff.removed)).collect();
            format!("tool ended: {status:?} {output:?} {diffs:?}")
        }
        AgentEvent::Permission { asked, .. } => format!(
            "permission: {} {:?} {:?} command {:?} in {:?} changes {:?}",
            asked.tool,
            asked.kind,
            asked.title,
            asked.command,
            asked.directory,
            asked.diffs.iter().map(|diff| format!("{} {}", diff.path, diff.unified)).collect::<Vec<_>>()
        ),
        AgentEvent::Plan { text, .. } => format!("plan: {text}"),
        AgentEvent::Question { asked, .. } => format!("question: {asked:?}"),
        AgentEvent::TakenBack { .. } => "taken back".to_owned(),
        AgentEvent::Tasks(tasks) => format!("tasks: {tasks:?}"),
        AgentEvent::Usage(usage) => format!("usage: {usage:?}"),
        AgentEvent::Mode(mode) => format!("mode: {mode}"),
        AgentEvent::Commands(commands) => {
            format!("commands: {:?}", commands.iter().map(|command| &command.name).collect::<Vec<_>>())
        }
        AgentEvent::TurnOver { reason, .. } => format!("over: {reason:?}"),
        AgentEvent::TurnFailed { reason, .. } => format!("failed: {reason}"),
        AgentEvent::Exited { reason, .. } => format!("exited: {reason}"),
    };
    line.replace('\n', "⏎")
}
