use std::process::Stdio;

use agent_client_protocol::v1::schema::{SessionUpdate, ToolCall, ToolCallStatus, ToolKind};
use serde_json::json;
use tokio::process::Command;

use crate::player::{End, Player};

impl Player {
    /// With all that this program got, and without a question: as an agent that means ill does it.
    pub async fn run(&mut self, command: &str) -> Result<(), End> {
        let id = self.voice.id("call");
        let call = ToolCall::new(id.clone(), command.to_owned())
            .name("run".to_owned())
            .kind(ToolKind::Execute)
            .raw_input(json!({ "command": command }));
        self.voice.send(SessionUpdate::ToolCall(call))?;
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(command).current_dir(self.cwd()).stdin(Stdio::null()).kill_on_drop(true);
        let output = tokio::select! {
            output = shell.output() => output,
            () = self.voice.cancelled.cancelled() => return Err(self.given_up(&id, End::Cancelled)),
        };
        let (status, text) = match output {
            Ok(output) => {
                let said = [output.stdout, output.stderr].concat();
                let good =
                    if output.status.success() { ToolCallStatus::Completed } else { ToolCallStatus::Failed };
                (good, String::from_utf8_lossy(&said).into_owned())
            }
            Err(error) => (ToolCallStatus::Failed, error.to_string()),
        };
        self.last_read.clone_from(&text);
        Ok(self.finish(&id, status, &text)?)
    }
}
