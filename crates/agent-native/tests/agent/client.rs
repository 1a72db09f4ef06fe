use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use agent_native::{Limits, Mind, Parts, Reach, Shell, Terms, Web, lines, serve};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf};
use tokio::task::JoinHandle;

const PIPE: usize = 1024 * 1024;

/// A client that answers what it is asked and keeps what it is told.
pub struct Client {
    pub folder: TempDir,
    agent: JoinHandle<()>,
    input: WriteHalf<DuplexStream>,
    output: Lines<BufReader<ReadHalf<DuplexStream>>>,
    pub session: String,
    /// Answers to permission requests, in order; then they are allowed.
    pub choices: Vec<&'static str>,
    /// The answer to questions; without it they cannot be shown.
    pub answer: Option<&'static str>,
    next_id: u64,
    /// Every message received.
    pub heard: Vec<Value>,
}

pub struct Stage {
    pub folder: TempDir,
    pub limits: Limits,
    pub terms: Terms,
    pub context: usize,
    pub reach: Reach,
    pub answer: Option<&'static str>,
}

impl Stage {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("tree")).unwrap();
        let stage = Self {
            folder,
            limits: Limits::default(),
            terms: Terms::default(),
            context: 100_000,
            reach: Reach::Public,
            answer: Some("Blue"),
        };
        stage.write("notes.txt", "one\ntwo\nthree\n");
        stage.write("src/main.rs", "fn main() {\n    greet();\n}\n");
        stage
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join("tree").join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Starts the agent and opens a session.
    pub async fn open(self, mind: &Arc<impl Mind + 'static>) -> Client {
        let mut client = self.start(mind);
        client.initialize().await;
        let params = json!({ "cwd": client.tree(), "mcpServers": [] });
        let opened = client.call("session/new", params).await;
        client.session = opened["result"]["sessionId"].as_str().unwrap().to_owned();
        client
    }

    pub fn start(self, mind: &Arc<impl Mind + 'static>) -> Client {
        let env: BTreeMap<String, String> = [
            ("PATH", std::env::var("PATH").unwrap()),
            ("CONCLAVE_AGENT_KEY", "sk-a-secret".to_owned()),
            ("OTHER_TOKEN", "another".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        let mind: Arc<dyn Mind> = mind.clone();
        let parts = Parts {
            mind,
            shell: Shell::new(&env),
            web: Web { reach: self.reach },
            model: None,
            context: self.context,
            state: Some(self.folder.path().join("state")),
            limits: self.limits,
            terms: self.terms,
        };
        let (ours, theirs) = tokio::io::duplex(PIPE);
        let (from_client, to_client) = tokio::io::split(theirs);
        let agent = tokio::spawn(async move { serve(parts, lines(from_client, to_client)).await.unwrap() });
        let (output, input) = tokio::io::split(ours);
        Client {
            folder: self.folder,
            agent,
            input,
            output: BufReader::new(output).lines(),
            session: String::new(),
            choices: Vec::new(),
            answer: self.answer,
            next_id: 0,
            heard: Vec::new(),
        }
    }
}

impl Client {
    pub async fn with(mind: &Arc<impl Mind + 'static>) -> Self {
        Stage::new().open(mind).await
    }

    pub fn tree(&self) -> String {
        self.folder.path().join("tree").display().to_string()
    }

    pub fn file(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.folder.path().join("tree").join(path)).ok()
    }

    pub async fn initialize(&mut self) -> Value {
        let mut capabilities = json!({ "fs": {}, "terminal": false });
        if self.answer.is_some() {
            capabilities["elicitation"] = json!({ "form": {} });
        }
        self.call("initialize", json!({ "protocolVersion": 1, "clientCapabilities": capabilities })).await
    }

    /// How the turn ended.
    pub async fn prompt(&mut self, text: &str) -> Value {
        let id = self.begin(text).await;
        self.until(id).await
    }

    /// Sends a prompt without waiting for its end.
    pub async fn begin(&mut self, text: &str) -> u64 {
        let prompt = json!([{ "type": "text", "text": text }]);
        self.request("session/prompt", json!({ "sessionId": self.session, "prompt": prompt })).await
    }

    pub async fn cancel(&mut self) {
        let params = json!({ "sessionId": self.session });
        self.write(json!({ "jsonrpc": "2.0", "method": "session/cancel", "params": params })).await;
    }

    pub async fn mode(&mut self, mode: &str) -> Value {
        self.call("session/set_mode", json!({ "sessionId": self.session, "modeId": mode })).await
    }

    pub async fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params).await;
        self.until(id).await
    }

    async fn request(&mut self, method: &str, params: Value) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.write(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        id
    }

    /// Goes on until the answer to a request has come.
    pub async fn until(&mut self, id: u64) -> Value {
        loop {
            let message = self.next().await.expect("the agent ended");
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            if message.get("id").is_some() && message.get("method").is_some() {
                self.reply(&message).await;
            }
        }
    }

    /// Goes on until a message of this method or kind of update has come; requests stay unanswered.
    pub async fn until_heard(&mut self, name: &str) -> Value {
        loop {
            let message = self.next().await.expect("the agent ended");
            if message["method"] == name || message["params"]["update"]["sessionUpdate"] == name {
                return message;
            }
        }
    }

    pub async fn next(&mut self) -> Option<Value> {
        let line = self.output.next_line().await.unwrap()?;
        let message: Value = serde_json::from_str(&line).unwrap();
        self.heard.push(message.clone());
        Some(message)
    }

    /// Closes our end and waits for the end of the agent.
    pub async fn close(mut self) -> TempDir {
        self.input.shutdown().await.unwrap();
        while self.next().await.is_some() {}
        self.agent.await.unwrap();
        self.folder
    }

    async fn write(&mut self, message: Value) {
        self.input.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    pub async fn reply(&mut self, request: &Value) {
        let result = match request["method"].as_str().unwrap() {
            "session/request_permission" => {
                let chosen = if self.choices.is_empty() { "allow" } else { self.choices.remove(0) };
                json!({ "outcome": { "outcome": "selected", "optionId": chosen } })
            }
            "elicitation/create" => match self.answer {
                Some("") | None => json!({ "action": "decline" }),
                Some(answer) => json!({ "action": "accept", "content": { "answer": answer } }),
            },
            method => panic!("unexpected {method}"),
        };
        self.write(json!({ "jsonrpc": "2.0", "id": request["id"], "result": result })).await;
    }

    /// The messages of one kind of session update.
    pub fn updates(&self, kind: &str) -> Vec<&Value> {
        let updates = self.heard.iter().map(|message| &message["params"]["update"]);
        updates.filter(|update| update["sessionUpdate"] == kind).collect()
    }

    pub fn requests(&self, method: &str) -> Vec<&Value> {
        let asked = self.heard.iter().filter(|message| message["method"] == method);
        asked.map(|message| &message["params"]).collect()
    }

    /// How many times leave was asked.
    pub fn asked(&self) -> usize {
        self.requests("session/request_permission").len()
    }

    pub fn said(&self) -> String {
        let chunks = self.updates("agent_message_chunk");
        chunks.iter().filter_map(|chunk| chunk["content"]["text"].as_str()).collect()
    }

    /// The last end of a tool call.
    pub fn tool(&self) -> (String, String) {
        let ended =
            self.updates("tool_call_update").into_iter().rfind(|update| !update["rawOutput"].is_null());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let ended = ended.expect("a tool call has ended");
        (text(&ended["status"]), text(&ended["rawOutput"]))
    }
}
