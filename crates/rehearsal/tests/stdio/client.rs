use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A small client that answers what it is asked and keeps what it is told.
pub struct Client {
    pub folder: TempDir,
    pub child: Child,
    input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
    pub session: String,
    /// The option ids to answer permission requests with, in order; then the
    /// first option of each.
    pub choices: Vec<&'static str>,
    /// The answer to questions; without it they are declined.
    pub answer: Option<&'static str>,
    next_id: u64,
    /// Every message received.
    pub heard: Vec<Value>,
    pub not_json: Vec<String>,
}

impl Client {
    /// Starts the program on a repository like the sample one.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_in(sample(), arguments)
    }

    pub fn start_in(folder: TempDir, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_conclave-rehearsal"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap()).lines();
        Self {
            folder,
            child,
            input,
            output,
            session: String::new(),
            choices: Vec::new(),
            answer: Some("Hi"),
            next_id: 0,
            heard: Vec::new(),
            not_json: Vec::new(),
        }
    }

    /// Starts with a script of one turn and opens a session.
    pub async fn with_steps(steps: Value) -> Self {
        Self::with_script(json!({ "turns": [{ "steps": steps }] })).await
    }

    pub async fn with_script(script: Value) -> Self {
        let mut client = Self::script(&script);
        client.open().await;
        client
    }

    pub fn script(script: &Value) -> Self {
        let folder = sample();
        let path = folder.path().join("script.json");
        std::fs::write(&path, script.to_string()).unwrap();
        Self::start_in(folder, &["--script", path.to_str().unwrap()])
    }

    pub async fn open(&mut self) -> Value {
        let about = self.initialize().await;
        let params = json!({ "cwd": self.folder.path(), "mcpServers": [] });
        let opened = self.call("session/new", params).await;
        self.session = opened["result"]["sessionId"].as_str().unwrap().to_owned();
        assert_eq!(opened["result"]["modes"]["currentModeId"], "default");
        about
    }

    pub async fn initialize(&mut self) -> Value {
        let mut capabilities = json!({ "fs": {}, "terminal": false });
        if self.answer.is_some() {
            capabilities["elicitation"] = json!({ "form": {} });
        }
        let params = json!({ "protocolVersion": 1, "clientCapabilities": capabilities });
        self.call("initialize", params).await
    }

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

    pub async fn request(&mut self, method: &str, params: Value) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.write(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        id
    }

    /// Goes on until the answer to a request has come.
    pub async fn until(&mut self, id: u64) -> Value {
        loop {
            let message = self.next().await.expect("the program ended");
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            if message.get("id").is_some() && message.get("method").is_some() {
                self.reply(&message).await;
            }
        }
    }

    /// Goes on until a message of this method or session update has come.
    pub async fn until_heard(&mut self, name: &str) -> Value {
        loop {
            let message = self.next().await.expect("the program ended");
            if message["method"] == name || message["params"]["update"]["sessionUpdate"] == name {
                return message;
            }
        }
    }

    pub async fn next(&mut self) -> Option<Value> {
        loop {
            let line = self.output.next_line().await.unwrap()?;
            match serde_json::from_str::<Value>(&line) {
                Ok(message) => {
                    self.heard.push(message.clone());
                    return Some(message);
                }
                Err(_) => self.not_json.push(line),
            }
        }
    }

    pub async fn write(&mut self, message: Value) {
        let input = self.input.as_mut().expect("not closed");
        input.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    pub fn close(&mut self) {
        self.input = None;
    }

    async fn reply(&mut self, request: &Value) {
        let result = match request["method"].as_str().unwrap() {
            "session/request_permission" => {
                let first = request["params"]["options"][0]["optionId"].as_str().unwrap().to_owned();
                let chosen = match self.choices.is_empty() {
                    true => first,
                    false => self.choices.remove(0).to_owned(),
                };
                json!({ "outcome": { "outcome": "selected", "optionId": chosen } })
            }
            "elicitation/create" => match self.answer {
                Some(answer) => json!({ "action": "accept", "content": { "question_0": answer } }),
                None => json!({ "action": "decline" }),
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

    pub fn said(&self) -> String {
        let chunks = self.updates("agent_message_chunk");
        chunks.iter().filter_map(|chunk| chunk["content"]["text"].as_str()).collect()
    }

    pub fn file(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(path)).unwrap()
    }
}

fn sample() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("README.md", "# Greet\n");
    write("src/greet.js", "// Greets.\nexport function greet(name) {\n  return `Hello, ${name}!`;\n}\n");
    write("test/greet.test.js", "test(\"greets\", () => {});\n");
    folder
}
