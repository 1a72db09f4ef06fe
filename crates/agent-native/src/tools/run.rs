use std::time::Duration;

use agent_process::{Exit, Launch, Process, Running};
use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use vcs::WorktreeRoot;

use super::fields;
use super::outlet::{Outlet, Shell};

const USUAL_SECONDS: u64 = 120;
const MOST_SECONDS: u64 = 1800;
/// Between asking a command to end and killing it with all it has started.
const GRACE: Duration = Duration::from_secs(1);
/// Both outputs in one, as a person sees them, and no input to wait for.
const WRAPPER: &str = "exec </dev/null 2>&1\neval \"$1\"";

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Run {
    pub command: String,
    #[serde(default)]
    seconds: Option<u64>,
}

enum Over {
    Closed,
    Late,
    Cancelled,
}

impl Run {
    pub fn of(input: &Value) -> Result<Self> {
        let run: Self = fields(input)?;
        anyhow::ensure!(!run.command.trim().is_empty(), "The command is empty.");
        Ok(run)
    }

    pub async fn perform(
        self,
        shell: &Shell,
        root: &WorktreeRoot,
        cancelled: &CancellationToken,
    ) -> Result<String> {
        let limit = Duration::from_secs(self.seconds.unwrap_or(USUAL_SECONDS).clamp(1, MOST_SECONDS));
        // The guard in it ends the tree, also when this future is dropped.
        let Running { process, input: _input, mut lines } = Process::spawn(&self.launch(shell, root))?;
        let mut outlet = Outlet::default();
        let reading = async {
            while let Some(line) = lines.next().await {
                match line {
                    Ok(line) => outlet.add(&String::from_utf8_lossy(&line)),
                    Err(error) => outlet.add(&format!("[{error}]")),
                }
            }
        };
        let over = tokio::select! {
            () = reading => Over::Closed,
            () = tokio::time::sleep(limit) => Over::Late,
            () = cancelled.cancelled() => Over::Cancelled,
        };
        let said = |end: &str| format!("{}[{end}]", outlet.text());
        match over {
            Over::Closed => finished(process.wait().await, &said),
            Over::Late => {
                process.stop(GRACE).await;
                anyhow::bail!(said(&format!("ended after {} s, its limit", limit.as_secs())))
            }
            Over::Cancelled => {
                process.stop(GRACE).await;
                anyhow::bail!(said("stopped"))
            }
        }
    }

    fn launch(&self, shell: &Shell, root: &WorktreeRoot) -> Launch {
        let own = uuid::Uuid::new_v4().to_string();
        Launch {
            program: shell.program.clone(),
            args: ["-c", WRAPPER, "sh", &self.command].map(Into::into).into(),
            env: shell.env.clone(),
            cwd: root.path().to_owned(),
            tag: shell.tag.as_ref().map_or(own.clone(), |tag| agent_process::tag_within(tag, &own)),
        }
    }
}

fn finished(exit: Exit, said: &impl Fn(&str) -> String) -> Result<String> {
    match exit {
        Exit { code: Some(0), .. } => Ok(said("exit code 0")),
        Exit { code: Some(code), .. } => anyhow::bail!(said(&format!("exit code {code}"))),
        Exit { signal: Some(signal), .. } => anyhow::bail!(said(&format!("ended by signal {signal}"))),
        Exit { code: None, signal: None } => anyhow::bail!(said("ended")),
    }
}
