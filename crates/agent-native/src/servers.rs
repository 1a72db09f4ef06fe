//! Servers of tools that the client has named (MCP): started or dialled with the session, and asked what
//! they have. Whatever they do is done only after leave.

use std::borrow::Cow;
use std::collections::HashMap;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use agent_client_protocol::v1::schema::{McpServer, McpServerHttp, McpServerStdio};
use agent_process::TAG_VARIABLE;
use anyhow::{Context, Result, bail};
use futures_util::future::join_all;
use rmcp::model::{CallToolRequestParams, CallToolResult, JsonObject};
use rmcp::service::{Peer, RoleClient, RunningService};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{ServiceExt, serve_client};
use serde_json::Value;
use tokio::process::{Child, Command};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use vcs::WorktreeRoot;

use crate::endpoint::web;
use crate::mind::Spec;
use crate::tools::Shell;

/// A client waits for its session: less than its own patience.
const PATIENCE: Duration = Duration::from_secs(10);
/// For one call; people may be asked behind it.
const LONGEST_CALL: Duration = Duration::from_secs(600);
/// As endpoints take names of tools.
const LONGEST_NAME: usize = 64;
/// The one that asks people itself; the client lets nobody else be called so.
const ASKS_PEOPLE: &str = "conclave";

#[derive(Default)]
pub struct Servers {
    reached: Vec<Reached>,
    /// What people are told once.
    faults: Mutex<Vec<String>>,
}

struct Reached {
    name: String,
    tools: Vec<Spec>,
    /// By the server's own names, in the order of `tools`.
    own_names: Vec<String>,
    service: RunningService<RoleClient, ()>,
    /// Ends with this.
    _program: Option<Child>,
}

/// A call of such a tool, known and not done yet.
#[derive(Debug)]
pub struct Foreign {
    pub server: String,
    pub tool: String,
    pub input: JsonObject,
    peer: Peer<RoleClient>,
}

impl Servers {
    pub async fn reach(named: &[McpServer], shell: &Shell, root: &WorktreeRoot) -> Self {
        let reached = join_all(named.iter().map(|server| async move {
            let reached = timeout(PATIENCE, reach(server, shell, root)).await;
            reached.map_err(anyhow::Error::from).flatten().with_context(|| name(server).to_owned())
        }));
        let mut servers = Self::default();
        for reached in reached.await {
            match reached {
                Ok(reached) => servers.reached.push(reached),
                Err(error) => servers.faults().push(format!("A server of tools can't be used: {error:#}.")),
            }
        }
        servers
    }

    /// As the model sees their tools.
    pub fn specs(&self) -> impl Iterator<Item = Spec> {
        self.reached.iter().flat_map(|server| server.tools.iter().cloned())
    }

    /// Each is told once.
    pub fn take_faults(&self) -> Vec<String> {
        std::mem::take(&mut *self.faults())
    }

    fn faults(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` where no server has such a tool.
    pub fn call(&self, tool: &str, input: &Value) -> Option<Result<Foreign>> {
        self.reached.iter().find_map(|server| {
            let at = server.tools.iter().position(|spec| spec.name == tool)?;
            let input = match input {
                Value::Null => JsonObject::new(),
                Value::Object(fields) => fields.clone(),
                _ => return Some(Err(anyhow::anyhow!("The input of the call is no JSON object."))),
            };
            Some(Ok(Foreign {
                server: server.name.clone(),
                tool: server.own_names[at].clone(),
                input,
                peer: server.service.peer().clone(),
            }))
        })
    }
}

impl Foreign {
    pub fn asks_people(&self) -> bool {
        self.server == ASKS_PEOPLE
    }

    pub async fn perform(self, cancelled: &CancellationToken) -> Result<String> {
        let call = CallToolRequestParams::new(self.tool).with_arguments(self.input);
        let answered = tokio::select! {
            answered = timeout(LONGEST_CALL, self.peer.call_tool(call)) => answered,
            () = cancelled.cancelled() => bail!("Stopped."),
        };
        let result = answered.context("The server did not answer in time.")??;
        let text = text(&result);
        if result.is_error == Some(true) {
            bail!(text);
        }
        Ok(text)
    }
}

async fn reach(server: &McpServer, shell: &Shell, root: &WorktreeRoot) -> Result<Reached> {
    let (service, program) = match server {
        McpServer::Stdio(server) => {
            let (service, program) = start(server, shell, root).await?;
            (service, Some(program))
        }
        McpServer::Http(server) => (dial(server).await?, None),
        _ => bail!("it is reached in a way this agent does not know"),
    };
    let listed = service.list_all_tools().await.context("it does not say which tools it has")?;
    let own_names = listed.iter().map(|tool| tool.name.to_string()).collect();
    let tools = listed.into_iter().map(|tool| Spec {
        name: offered(name(server), &tool.name).into(),
        about: tool.description.unwrap_or(Cow::Borrowed("")),
        schema: Value::Object((*tool.input_schema).clone()),
    });
    Ok(Reached {
        name: name(server).to_owned(),
        tools: tools.collect(),
        own_names,
        service,
        _program: program,
    })
}

/// It gets nothing of ours but what a command would get, and what the client gave it.
async fn start(
    server: &McpServerStdio,
    shell: &Shell,
    root: &WorktreeRoot,
) -> Result<(RunningService<RoleClient, ()>, Child)> {
    let told = server.env.iter().map(|variable| (&variable.name, &variable.value));
    let mut program = Command::new(&server.command)
        .args(&server.args)
        .env_clear()
        .envs(&shell.env)
        .envs(told)
        .envs(shell.tag.iter().map(|tag| (TAG_VARIABLE, tag)))
        .current_dir(root.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{} can't be started", server.command.display()))?;
    let (Some(into), Some(from)) = (program.stdin.take(), program.stdout.take()) else {
        bail!("it has no input or output");
    };
    Ok((
        serve_client((), (from, into)).await.context("it does not speak the Model Context Protocol")?,
        program,
    ))
}

async fn dial(server: &McpServerHttp) -> Result<RunningService<RoleClient, ()>> {
    let headers = server.headers.iter().map(|header| {
        let name: reqwest::header::HeaderName = header.name.parse().context("a header's name is wrong")?;
        anyhow::Ok((name, header.value.parse().context("a header's value is wrong")?))
    });
    let config = StreamableHttpClientTransportConfig::with_uri(server.url.as_str())
        .custom_headers(headers.collect::<Result<HashMap<_, _>>>()?);
    let client = web(reqwest::Client::builder())?;
    let transport = StreamableHttpClientTransport::with_client(client, config);
    ().serve(transport).await.context("it can't be dialled")
}

fn name(server: &McpServer) -> &str {
    match server {
        McpServer::Stdio(server) => &server.name,
        McpServer::Http(server) => &server.name,
        McpServer::Sse(server) => &server.name,
        _ => "unnamed",
    }
}

/// With the server's name before its own, in letters that every endpoint takes.
fn offered(server: &str, tool: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let name = format!("{server}_{tool}");
    name.chars().map(|letter| if plain(letter) { letter } else { '_' }).take(LONGEST_NAME).collect()
}

fn text(result: &CallToolResult) -> String {
    let texts: Vec<&str> =
        result.content.iter().filter_map(|part| Some(part.as_text()?.text.as_str())).collect();
    match (texts.is_empty(), &result.structured_content) {
        (true, Some(value)) => value.to_string(),
        (true, None) => "(no text)".to_owned(),
        (false, _) => texts.join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_offered_by_a_name_that_endpoints_take() {
        assert_eq!(offered("notes", "read"), "notes_read");
        assert_eq!(offered("a b", "ré/ad"), "a_b_r__ad");
        assert_eq!(offered("notes", &"x".repeat(100)).len(), LONGEST_NAME);
    }
}
