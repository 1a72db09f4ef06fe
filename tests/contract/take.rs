//! One agent on the stage, asked what the scenes ask.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use model::{Memory, PermissionAnswer, PlanVerdict, Question, StopReason, TurnId, Usage};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use ports::agent::{AgentError, AgentEvent, PermissionText, ReasonCarried, RequestKey};
use ports::contract::agent::{Live, said};
use uuid::Uuid;

use crate::scene::{Lacking, Scene, lacking};
use crate::stage::Stage;

/// Where an agent's words led.
#[derive(Debug)]
pub enum Met {
    Permission(RequestKey, PermissionText),
    Plan(RequestKey, String),
    Question(RequestKey, Question),
    Over(StopReason),
    Failed(String),
}

pub struct Take<'a> {
    stage: &'a Stage,
    live: Live,
    turn: TurnId,
    /// Since the prompt.
    seen: Vec<AgentEvent>,
}

impl fmt::Debug for Take<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = self.stage.model.requests();
        let last = asked.last().map(serde_json::Value::to_string).unwrap_or_default();
        let end: String = last.chars().rev().take(1000).collect::<Vec<_>>().into_iter().rev().collect();
        write!(f, "after {:?}; its model was asked {} times, last …{end}", self.seen, asked.len())
    }
}

/// After which an agent that says nothing of a refusal is taken to say nothing at all.
const SILENT: Duration = Duration::from_secs(60);

type Played = Result<(), Lacking>;

impl<'a> Take<'a> {
    pub async fn new(stage: &'a Stage) -> Self {
        Self::of(stage, stage.start().await)
    }

    pub fn of(stage: &'a Stage, live: Live) -> Self {
        Self { stage, live, turn: TurnId(Uuid::nil()), seen: Vec::new() }
    }

    pub async fn play(&mut self, scene: Scene) -> Played {
        match scene {
            Scene::Text => self.text().await,
            Scene::Thought => self.thought().await,
            Scene::Tool => self.tool().await,
            Scene::Allow => self.allow().await,
            Scene::Reject => self.reject().await,
            Scene::Command => self.command().await,
            Scene::PlanDenied => self.plan_denied().await.map(|_| ()),
            Scene::Critique => self.critique().await,
            Scene::PlanApproved => self.plan_approved().await,
            Scene::Question => self.question().await,
            Scene::StopInText => self.stop_in_text().await,
            Scene::StopInTool => self.stop_in_tool().await,
            Scene::StopInPermission => self.stop_in_permission().await,
            Scene::ModelError => self.model_error().await,
            Scene::RateLimit => self.rate_limit().await,
            Scene::Usage => self.usage().await,
            Scene::Widened => self.widened().await,
            Scene::DiesInTurn => self.dies_in_turn().await,
            Scene::DiesIdle => self.dies_idle().await,
            Scene::Deaf => self.deaf().await,
            Scene::Noise => self.noise().await,
            Scene::Resume | Scene::DiesAtHandshake => {
                unreachable!("{scene:?} begins before the agent is ready")
            }
            Scene::Garbage => self.text().await,
        }
    }

    async fn text(&mut self) -> Played {
        self.prompt("THINK Let me see.\nSAY All is well.").await;
        self.ends_well().await;
        self.has_said("All is well.");
        Ok(())
    }

    async fn thought(&mut self) -> Played {
        let thought = |event: &AgentEvent| match event {
            AgentEvent::Text { thought: true, text, .. } => Some(text.clone()),
            _ => None,
        };
        self.prompt("THINK Let me see.\nSAY All is well.").await;
        self.ends_well().await;
        let thoughts: String = self.seen.iter().filter_map(thought).collect();
        if thoughts.contains("Let me see.") { Ok(()) } else { lacking("shows no thoughts") }
    }

    async fn tool(&mut self) -> Played {
        self.prompt("READ notes.txt").await;
        loop {
            match self.meet().await {
                Met::Permission(key, _) => self.permit(key, PermissionAnswer::Allow).await,
                Met::Over(StopReason::EndTurn) => break,
                other => panic!("{other:?}"),
            }
        }
        let started = self.seen.iter().filter_map(|event| match event {
            AgentEvent::ToolStarted { item, .. } => Some(item),
            _ => None,
        });
        let ended = |wanted| move |event: &AgentEvent| matches!(event, AgentEvent::ToolEnded { item, .. } if item == wanted);
        let started: Vec<_> = started.collect();
        assert!(!started.is_empty(), "no tool call: {:?}", self.seen);
        started.iter().for_each(|item| assert_eq!(self.seen.iter().filter(|it| ended(*item)(it)).count(), 1));
        Ok(())
    }

    /// The answer that ends the turn, after leave for this edit.
    async fn edit(&mut self, file: &str, answer: PermissionAnswer) -> Result<Met, Lacking> {
        self.prompt(&format!("WRITE {file} one\\n")).await;
        let Met::Permission(key, asked) = self.meet().await else {
            assert!(self.stage.file(file).is_some(), "neither asks nor edits: {self:?}");
            return lacking("edits without asking");
        };
        assert_eq!(self.stage.file(file), None, "before leave");
        let shown = format!("{asked:?}");
        assert!(shown.contains(file) && shown.contains("one"), "what it asks for: {shown}");
        let home = self.stage.home();
        assert!(!shown.contains(home.parent().unwrap().to_str().unwrap()), "LO8: {shown}");
        self.permit(key, answer).await;
        loop {
            match self.meet().await {
                Met::Permission(key, _) => self.permit(key, answer).await,
                other => return Ok(other),
            }
        }
    }

    async fn allow(&mut self) -> Played {
        let over = self.edit("made.txt", PermissionAnswer::Allow).await?;
        assert!(matches!(over, Met::Over(StopReason::EndTurn)), "{over:?}");
        assert_eq!(self.stage.file("made.txt").as_deref().map(str::trim_end), Some("one"), "{self:?}");
        Ok(())
    }

    async fn reject(&mut self) -> Played {
        let over = self.edit("refused.txt", PermissionAnswer::Reject).await?;
        assert!(matches!(over, Met::Over(_)), "{over:?}");
        assert_eq!(self.stage.file("refused.txt"), None);
        Ok(())
    }

    async fn command(&mut self) -> Played {
        self.prompt("SHELL touch made-by-command.txt").await;
        let (key, asked) = self.asks_for_command().await?;
        let command = asked.command.clone().unwrap_or_default();
        assert!(command.contains("touch made-by-command.txt"), "{asked:?}");
        self.permit(key, PermissionAnswer::Allow).await;
        self.ends_well().await;
        assert!(self.stage.file("made-by-command.txt").is_some());
        Ok(())
    }

    async fn asks_for_command(&mut self) -> Result<(RequestKey, PermissionText), Lacking> {
        if let Met::Permission(key, asked) = self.meet().await {
            return Ok((key, asked));
        }
        let ran = self.seen.iter().any(|event| matches!(event, AgentEvent::ToolStarted { .. }));
        lacking(if ran { "runs commands without asking" } else { "runs no commands" })
    }

    async fn planned(&mut self) -> Result<RequestKey, Lacking> {
        if let Some(mode) = self.stage.role.planning {
            self.live.agent.set_mode(mode.to_owned()).await.unwrap();
        }
        self.prompt("PLAN 1. Sweep").await;
        match self.meet().await {
            Met::Plan(key, text) => {
                assert!(text.contains("1. Sweep"), "the ballot carries the plan: {text}");
                return Ok(key);
            }
            Met::Over(_) | Met::Failed(_) | Met::Question(..) => {}
            Met::Permission(key, _) => {
                self.permit(key, PermissionAnswer::Reject).await;
                self.over().await;
            }
        }
        self.stage.ask_first(&self.live).await;
        lacking("no gate for plans of its own")
    }

    async fn plan_denied(&mut self) -> Result<ReasonCarried, Lacking> {
        let key = self.planned().await?;
        let verdict = PlanVerdict::Denied { reason: "No broom is here.".to_owned() };
        let carried = self.live.agent.answer_plan(key, verdict).await.unwrap();
        let over = self.over().await;
        assert!(matches!(over, Met::Over(_)), "{over:?}");
        Ok(carried)
    }

    async fn critique(&mut self) -> Played {
        if self.plan_denied().await? == ReasonCarried::No {
            return lacking("its protocol can't carry a reason: it follows as a turn of its own");
        }
        self.has_said("No broom is here.");
        Ok(())
    }

    async fn plan_approved(&mut self) -> Played {
        let key = self.planned().await?;
        self.live.agent.answer_plan(key, PlanVerdict::Approved).await.unwrap();
        let over = self.over().await;
        assert!(matches!(over, Met::Over(StopReason::EndTurn)), "{over:?}");
        self.stage.ask_first(&self.live).await;
        Ok(())
    }

    async fn question(&mut self) -> Played {
        self.prompt("ASK Which colour?").await;
        let Met::Question(key, asked) = self.meet().await else {
            return lacking("no questions over its protocol");
        };
        let field = &asked.fields[0];
        let red = field.options.iter().find(|option| option.starts_with("Red")).expect("an option");
        let answers = BTreeMap::from([(field.key.clone(), vec![red.clone()])]);
        self.live.agent.answer_question(key, answers).await.unwrap();
        self.ends_well().await;
        self.has_said("Red");
        Ok(())
    }

    async fn speaks_slowly(&mut self) {
        self.prompt("SLOW 2").await;
        self.live
            .until(|event| matches!(event, AgentEvent::Text { text, .. } if text.contains("chunk-1")))
            .await;
    }

    async fn stop_in_text(&mut self) -> Played {
        self.speaks_slowly().await;
        self.live.agent.cancel(self.turn).await.unwrap();
        let over = self.over().await;
        assert!(matches!(over, Met::Over(StopReason::Cancelled)), "{over:?}");
        // TU7: at once, while the old answer may still be on its way.
        self.prompt("SAY I go on.").await;
        self.stage.model.release(9);
        self.ends_well().await;
        assert!(!said(&self.seen).contains("chunk-2"), "{:?}", self.seen);
        Ok(())
    }

    async fn stop_in_tool(&mut self) -> Played {
        self.prompt("SHELL tail -f /dev/null > held.txt").await;
        let (key, _) = self.asks_for_command().await?;
        self.permit(key, PermissionAnswer::Allow).await;
        self.stopped().await;
        Ok(())
    }

    async fn stop_in_permission(&mut self) -> Played {
        self.prompt("WRITE waits.txt one\\n").await;
        let Met::Permission(..) = self.meet().await else {
            return lacking("edits without asking");
        };
        self.stopped().await;
        assert_eq!(self.stage.file("waits.txt"), None);
        Ok(())
    }

    /// AG2: the process lives on.
    async fn stopped(&mut self) {
        self.live.agent.cancel(self.turn).await.unwrap();
        let over = self.over().await;
        assert!(matches!(over, Met::Over(StopReason::Cancelled)), "{over:?}");
        self.prompt("SAY I go on.").await;
        self.ends_well().await;
        self.has_said("I go on.");
    }

    async fn model_error(&mut self) -> Played {
        self.prompt("REFUSE").await;
        let Ok(over) = tokio::time::timeout(SILENT, self.over()).await else {
            self.stopped().await;
            return lacking("goes on in silence until it is stopped");
        };
        let words = match over {
            Met::Failed(reason) => reason,
            Met::Over(_) => said(&self.seen),
            other => panic!("{other:?}"),
        };
        let told = words.contains("as scripted");
        if self.stage.model.requests().is_empty() {
            return lacking("has no model");
        }
        self.prompt("SAY I go on.").await;
        self.ends_well().await;
        if told { Ok(()) } else { lacking(format!("does not say its model's words: {words}")) }
    }

    async fn rate_limit(&mut self) -> Played {
        self.prompt("BUSY").await;
        let over = self.over().await;
        if said(&self.seen).contains("After the wait.") {
            return Ok(());
        }
        assert!(matches!(over, Met::Failed(_) | Met::Over(_)), "{over:?}");
        if self.stage.model.requests().is_empty() {
            return lacking("has no model");
        }
        lacking("gives up, in words")
    }

    async fn usage(&mut self) -> Played {
        self.prompt("SAY Count the tokens.").await;
        self.ends_well().await;
        let counted = |usage: &Usage| *usage != Usage::default();
        let told = self.seen.iter().any(|event| matches!(event, AgentEvent::Usage(usage) if counted(usage)));
        if told { Ok(()) } else { lacking("tells no tokens") }
    }

    /// What the catalogue promises must be true; what it does not promise is "cannot be limited" (GR5).
    async fn widened(&mut self) -> Played {
        let claims = self.stage.claims_to_ask();
        let edited = self.edit("widened.txt", PermissionAnswer::Reject).await;
        match (claims, edited) {
            (true, Ok(_)) => Ok(()),
            (true, Err(Lacking(why))) => panic!("the catalogue says that it asks: {why}"),
            (false, _) if self.stage.claims_to_ask_elsewhere() => {
                lacking("can be limited only where the repository has no settings for it")
            }
            (false, _) => lacking("cannot be limited"),
        }
    }

    async fn dies_in_turn(&mut self) -> Played {
        self.speaks_slowly().await;
        self.kill();
        let (reason, _) = self.live.until_exit().await;
        assert!(!reason.is_empty());
        let mut next = Take::new(self.stage).await;
        next.text().await
    }

    async fn dies_idle(&mut self) -> Played {
        self.kill();
        let (reason, _) = self.live.until_exit().await;
        assert!(!reason.is_empty());
        Ok(())
    }

    async fn deaf(&mut self) -> Played {
        self.speaks_slowly().await;
        self.live.agent.cancel(self.turn).await.unwrap();
        let (reason, _) = self.live.until_exit().await;
        assert!(reason.contains("stop"), "{reason}");
        assert!(!self.live.is_running());
        Ok(())
    }

    async fn noise(&mut self) -> Played {
        self.text().await?;
        let tail = self.live.agent.stderr_tail();
        assert!(tail.len() <= 64 * 1024, "AG3: {}", tail.len());
        Ok(())
    }

    fn kill(&self) {
        let pid = self.live.ready.process.split(':').next().unwrap().parse().unwrap();
        kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    }

    async fn prompt(&mut self, text: &str) {
        self.seen.clear();
        self.turn = self.live.prompt(text).await;
    }

    async fn permit(&self, key: RequestKey, answer: PermissionAnswer) {
        self.live.agent.answer_permission(key, answer).await.unwrap();
    }

    /// What comes next that somebody must see to.
    async fn meet(&mut self) -> Met {
        loop {
            let event = self.live.next().await;
            self.seen.push(event.clone());
            match event {
                AgentEvent::Permission { key, asked } => return Met::Permission(key, asked),
                AgentEvent::Plan { key, text } => return Met::Plan(key, text),
                AgentEvent::Question { key, asked } => return Met::Question(key, asked),
                AgentEvent::TurnOver { turn, reason } if turn == self.turn => return Met::Over(reason),
                AgentEvent::TurnFailed { turn, reason, .. } if turn == self.turn => {
                    return Met::Failed(reason);
                }
                AgentEvent::Exited { reason, detail } => panic!("it ended: {reason} {detail}"),
                _ => {}
            }
        }
    }

    async fn over(&mut self) -> Met {
        loop {
            match self.meet().await {
                over @ (Met::Over(_) | Met::Failed(_)) => return over,
                Met::Permission(key, _) => self.permit(key, PermissionAnswer::Reject).await,
                other @ (Met::Plan(..) | Met::Question(..)) => panic!("{other:?}"),
            }
        }
    }

    async fn ends_well(&mut self) {
        let over = self.meet().await;
        assert!(matches!(over, Met::Over(StopReason::EndTurn)), "{over:?} after {:?}", self.seen);
    }

    fn has_said(&self, words: &str) {
        let said = said(&self.seen);
        assert!(said.contains(words), "{words:?} is not in {said:?}");
    }
}

/// AG5: what it was told in the process before is what it tells its model now.
pub async fn resume(stage: &Stage) -> Played {
    let mut first = Take::new(stage).await;
    first.prompt("SAY I keep the kumquat.").await;
    first.ends_well().await;
    let Some(conversation) = first.live.ready.conversation.clone() else {
        return lacking("begins anew");
    };
    first.live.agent.stop().await;
    let live = stage.try_start(Some(conversation)).await.unwrap_or_else(|error| panic!("{error}"));
    if live.ready.memory != Memory::Resumed {
        return lacking("begins anew");
    }
    let mut again = Take::of(stage, live);
    again.prompt("SAY I go on.").await;
    again.ends_well().await;
    assert!(!said(&again.seen).contains("kumquat"), "LO8: what was replayed is not said again");
    let asked = stage.model.requests();
    let last = asked.iter().rev().find(|body| body.to_string().contains("I go on.")).cloned();
    if let Some(body) = last {
        assert!(body.to_string().contains("kumquat"), "its model is told: {body}");
    }
    Ok(())
}

pub async fn dies_at_handshake(stage: &Stage) -> Played {
    let Err(AgentError::DiedAtHandshake { detail }) = stage.try_start(None).await else {
        panic!("it dies");
    };
    assert!(detail.contains("my last words"), "{detail}");
    Ok(())
}
