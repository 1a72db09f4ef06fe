//! The steps that are tool calls and ask their client.

use agent_client_protocol::Error;
use agent_client_protocol::v1::schema::{
    CurrentModeUpdate, Diff, PermissionOptionKind, SessionUpdate, ToolCall, ToolCallContent,
    ToolCallLocation, ToolCallStatus, ToolCallUpdate, ToolCallUpdateFields, ToolKind,
};
use serde_json::json;

use crate::edit::Change;
use crate::player::{End, Player};
use crate::session::{ACCEPT_EDITS, DEFAULT, PLAN};
use crate::{Edit, Plan, Question};

const REFUSED: &str = "User refused permission to run tool";

impl Player {
    pub async fn edit(&mut self, edit: &Edit) -> Result<(), End> {
        let id = self.voice.id("call");
        let change = match Change::of(edit, &self.cwd()) {
            Ok(change) => change,
            Err(error) => return self.voice.say(&format!("I cannot edit: {error}.\n\n")).await,
        };
        self.voice.send(SessionUpdate::ToolCall(edit_call(&id, edit, &change)))?;
        let (mode, allowed) = {
            let memory = self.voice.session.memory();
            (memory.mode.clone(), memory.edits_allowed)
        };
        if mode == PLAN {
            self.finish(&id, ToolCallStatus::Failed, "No edits in plan mode")?;
            return Ok(());
        }
        let free = allowed || mode == ACCEPT_EDITS;
        if !free && !self.may_edit(&id, edit, &change).await? {
            self.finish(&id, ToolCallStatus::Failed, REFUSED)?;
            return self.play(&edit.on_reject).await;
        }
        self.update(&id, ToolCallUpdateFields::new().status(ToolCallStatus::InProgress))?;
        if let Err(error) = change.write() {
            return Ok(self.finish(&id, ToolCallStatus::Failed, &error.to_string())?);
        }
        let done = ToolCallUpdateFields::new()
            .status(ToolCallStatus::Completed)
            .content(vec![diff(&change)])
            .raw_output(json!(format!("{} was edited", edit.path)));
        self.update(&id, done)?;
        self.play(&edit.on_allow).await
    }

    async fn may_edit(&mut self, id: &str, edit: &Edit, change: &Change) -> Result<bool, End> {
        let call = edit_call(id, edit, change);
        let options = [
            ("allow", "Allow", PermissionOptionKind::AllowOnce),
            ("always", "Allow all edits in this session", PermissionOptionKind::AllowAlways),
            ("reject", "Reject", PermissionOptionKind::RejectOnce),
        ];
        let chosen = self.asked(id, call, &options).await?;
        if chosen == "always" {
            self.voice.session.memory().edits_allowed = true;
        }
        Ok(chosen == "allow" || chosen == "always")
    }

    pub async fn plan(&mut self, plan: &Plan) -> Result<(), End> {
        let id = self.voice.id("call");
        let call = ToolCall::new(id.clone(), "Approve Plan")
            .name("present_plan".to_owned())
            .kind(ToolKind::SwitchMode)
            .content(vec![text(&plan.text)])
            .raw_input(json!({ "plan": plan.text }));
        self.voice.send(SessionUpdate::ToolCall(call.clone()))?;
        let options = [
            ("default", "Yes, and ask before each edit", PermissionOptionKind::AllowOnce),
            (ACCEPT_EDITS, "Yes, and accept edits", PermissionOptionKind::AllowAlways),
            ("reject", "No, keep planning", PermissionOptionKind::RejectOnce),
        ];
        let mode = match self.asked(&id, call, &options).await?.as_str() {
            "default" => DEFAULT,
            ACCEPT_EDITS => ACCEPT_EDITS,
            _ => {
                self.finish(&id, ToolCallStatus::Failed, "The plan was rejected")?;
                self.voice.session.memory().plan_rejected = true;
                self.play(&plan.on_reject).await?;
                return Err(End::Cancelled);
            }
        };
        self.voice.session.memory().mode = mode.to_owned();
        let update = CurrentModeUpdate::new(mode);
        self.voice.send(SessionUpdate::CurrentModeUpdate(update))?;
        self.finish(&id, ToolCallStatus::Completed, "The plan was approved")?;
        self.play(&plan.on_approve).await
    }

    pub async fn ask(&mut self, question: &Question) -> Result<(), End> {
        let first = question.options.first().map(|option| option.label.clone());
        let first = first.unwrap_or_default();
        if !self.can_ask {
            self.voice.session.memory().answer.clone_from(&first);
            let asked = &question.question;
            let text = format!("I would ask “{asked}”, but nobody can be asked here. I take {first}.\n\n");
            return self.voice.say(&text).await;
        }
        let id = self.voice.id("call");
        let call = ToolCall::new(id.clone(), question.question.clone())
            .name("ask_question".to_owned())
            .kind(ToolKind::Other)
            .content(vec![text(&question.question)])
            .raw_input(json!({ "questions": [question] }));
        self.voice.send(SessionUpdate::ToolCall(call))?;
        let answer = match self.voice.question(question, &id).await {
            Ok(answer) => answer,
            Err(end) => return Err(self.given_up(&id, end)),
        };
        let output = match &answer {
            Some(answer) => format!("“{}” was answered: {answer}", question.question),
            None => "The question was declined".to_owned(),
        };
        self.voice.session.memory().answer = answer.unwrap_or(first);
        Ok(self.finish(&id, ToolCallStatus::Completed, &output)?)
    }

    async fn asked(
        &self,
        id: &str,
        call: ToolCall,
        options: &[(&str, &str, PermissionOptionKind)],
    ) -> Result<String, End> {
        let answer = self.voice.permission(call.into(), options).await;
        answer.map_err(|end| self.given_up(id, end))
    }

    /// Closes the tool call of a turn that ends.
    pub fn given_up(&self, id: &str, end: End) -> End {
        match self.finish(id, ToolCallStatus::Failed, "The turn was cancelled") {
            Ok(()) => end,
            Err(error) => End::Failed(error),
        }
    }

    pub fn finish(&self, id: &str, status: ToolCallStatus, output: &str) -> Result<(), Error> {
        let fields =
            ToolCallUpdateFields::new().status(status).content(vec![text(output)]).raw_output(json!(output));
        self.update(id, fields)
    }

    fn update(&self, id: &str, fields: ToolCallUpdateFields) -> Result<(), Error> {
        let update = ToolCallUpdate::new(id.to_owned(), fields);
        self.voice.send(SessionUpdate::ToolCallUpdate(update))
    }
}

fn edit_call(id: &str, edit: &Edit, change: &Change) -> ToolCall {
    ToolCall::new(id.to_owned(), format!("Edit {}", edit.path))
        .name("edit".to_owned())
        .kind(ToolKind::Edit)
        .locations(vec![ToolCallLocation::new(&change.path)])
        .content(vec![diff(change)])
        .raw_input(json!({ "path": change.path, "content": change.new }))
}

fn diff(change: &Change) -> ToolCallContent {
    ToolCallContent::Diff(Diff::new(&change.path, &change.new).old_text(change.old.clone()))
}

fn text(text: &str) -> ToolCallContent {
    ToolCallContent::from(text)
}
