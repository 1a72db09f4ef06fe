use mock_model::{MockModel, Part, Script, Step};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A reply whose body is read as it comes: HTTP/1.0 has no chunks.
struct Answer {
    status: u16,
    body: BufReader<TcpStream>,
}

impl Answer {
    async fn text(mut self) -> String {
        let mut text = String::new();
        self.body.read_to_string(&mut text).await.unwrap();
        text
    }

    async fn json(self) -> Value {
        serde_json::from_str(&self.text().await).unwrap()
    }

    /// The data of the next event; `None` at the end.
    async fn event(&mut self) -> Option<Value> {
        loop {
            let mut line = String::new();
            if self.body.read_line(&mut line).await.unwrap() == 0 {
                return None;
            }
            if let Some(data) = line.trim().strip_prefix("data: ") {
                return Some(serde_json::from_str(data).unwrap_or_else(|_| json!(data)));
            }
        }
    }

    async fn events(mut self) -> Vec<Value> {
        let mut events = Vec::new();
        while let Some(event) = self.event().await {
            events.push(event);
        }
        events
    }
}

async fn post(model: &MockModel, path: &str, body: &Value) -> Answer {
    let mut socket = TcpStream::connect(model.addr).await.unwrap();
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.0\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut body = BufReader::new(socket);
    let mut status = String::new();
    body.read_line(&mut status).await.unwrap();
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        assert!(body.read_line(&mut line).await.unwrap() > 0, "no answer");
    }
    let status = status.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, body }
}

fn write_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "filePath": { "type": "string" },
            "content": { "type": "string" },
            "why": { "type": "string" },
        },
        "required": ["filePath", "content", "why"],
    })
}

fn messages(text: &str) -> Value {
    json!({
        "model": "m",
        "stream": true,
        "tools": [
            { "name": "TodoWrite", "input_schema": {} },
            { "name": "Write", "input_schema": write_schema() },
        ],
        "messages": [{ "role": "user", "content": [{ "type": "text", "text": text }] }],
    })
}

fn chat(text: &str) -> Value {
    json!({
        "model": "m",
        "stream": true,
        "tools": [{ "type": "function", "function": { "name": "write", "parameters": write_schema() } }],
        "messages": [
            { "role": "system", "content": "be good" },
            { "role": "user", "content": text },
        ],
    })
}

fn input() -> Value {
    json!({ "filePath": "/w/a.txt", "content": "one\ntwo", "why": "as scripted" })
}

async fn markers() -> MockModel {
    MockModel::start(Script::default()).await.unwrap()
}

#[tokio::test]
async fn anthropic_streams_text_thinking_and_a_tool_call() {
    let model = markers().await;
    let text = "<reminder/>\nTHINK let me see\nSAY hello there\nWRITE /w/a.txt one\\ntwo";
    let events = post(&model, "/v1/messages", &messages(text)).await.events().await;
    let kinds: Vec<&str> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(
        kinds,
        [
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop",
        ]
    );
    assert_eq!(events[10]["content_block"]["name"], "Write");
    let arguments: String =
        [&events[11], &events[12]].map(|event| event["delta"]["partial_json"].as_str().unwrap()).concat();
    assert_eq!(serde_json::from_str::<Value>(&arguments).unwrap(), input());
    assert_eq!(events[14]["delta"]["stop_reason"], "tool_use");
}

#[tokio::test]
async fn anthropic_answers_whole_and_after_a_tool_result() {
    let model = markers().await;
    let mut body = messages("SAY hello there");
    body["stream"] = json!(false);
    let message = post(&model, "/v1/messages", &body).await.json().await;
    assert_eq!(message["content"], json!([{ "type": "text", "text": "hello there" }]));
    assert_eq!(message["stop_reason"], "end_turn");

    let result = json!({ "type": "tool_result", "tool_use_id": "call_0_0", "content": "written" });
    body["messages"] = json!([
        { "role": "user", "content": "WRITE a b" },
        { "role": "assistant", "content": [] },
        { "role": "user", "content": [result] },
        { "role": "system", "content": "be quick" },
    ]);
    let message = post(&model, "/v1/messages", &body).await.json().await;
    assert_eq!(message["content"][0]["text"], "Tool said: written");
}

#[tokio::test]
async fn chat_completions_stream_text_and_a_tool_call() {
    let model = markers().await;
    let text = "SAY hello there\nWRITE /w/a.txt one\\ntwo";
    let events = post(&model, "/v1/chat/completions", &chat(text)).await.events().await;
    let choice = |n: usize| &events[n]["choices"][0];
    assert_eq!(choice(0)["delta"]["role"], "assistant");
    assert_eq!(choice(1)["delta"]["content"], "hello ");
    let call = &choice(3)["delta"]["tool_calls"][0];
    assert_eq!(call["function"]["name"], "write");
    let arguments: String = [choice(4), choice(5)]
        .map(|choice| choice["delta"]["tool_calls"][0]["function"]["arguments"].as_str().unwrap())
        .concat();
    assert_eq!(serde_json::from_str::<Value>(&arguments).unwrap(), input());
    assert_eq!(choice(6)["finish_reason"], "tool_calls");
    assert_eq!(events[7]["usage"]["prompt_tokens"], 10);
    assert_eq!(events[8], "[DONE]");
}

#[tokio::test]
async fn chat_completions_answer_whole_and_after_a_tool_result() {
    let model = markers().await;
    let mut body = chat("WRITE /w/a.txt one\\ntwo");
    body["stream"] = json!(false);
    let whole = post(&model, "/v1/chat/completions", &body).await.json().await;
    let call = &whole["choices"][0]["message"]["tool_calls"][0];
    let arguments = call["function"]["arguments"].as_str().unwrap();
    assert_eq!(serde_json::from_str::<Value>(arguments).unwrap(), input());

    let messages = body["messages"].as_array_mut().unwrap();
    messages.push(json!({ "role": "assistant", "tool_calls": [call] }));
    messages.push(json!({ "role": "tool", "tool_call_id": call["id"], "content": "written" }));
    let whole = post(&model, "/v1/chat/completions", &body).await.json().await;
    assert_eq!(whole["choices"][0]["message"]["content"], "Tool said: written");
    assert_eq!(whole["choices"][0]["finish_reason"], "stop");
}

#[tokio::test]
async fn a_path_is_written_whole_for_a_tool_that_takes_no_other() {
    let model = markers().await;
    let mut body = chat("WRITE a.txt one");
    body["stream"] = json!(false);
    body["messages"][0]["content"] = json!("You are in a working directory: /w\nbe good");
    body["tools"][0]["function"]["parameters"]["properties"]["filePath"]["description"] =
        json!("The absolute path.");
    let whole = post(&model, "/v1/chat/completions", &body).await.json().await;
    let call = &whole["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"];
    let input: Value = serde_json::from_str(call.as_str().unwrap()).unwrap();
    assert_eq!(input["filePath"], "/w/a.txt");
}

#[tokio::test]
async fn responses_stream_items_and_fall_back_to_the_shell() {
    let model = markers().await;
    let schema = json!({ "properties": { "command": { "type": "array" } }, "required": ["command"] });
    let body = json!({
        "model": "m",
        "stream": true,
        "tools": [{ "type": "function", "name": "shell", "parameters": schema }],
        "input": [{ "type": "message", "role": "user", "content": [
            { "type": "input_text", "text": "SAY hello\nWRITE it's.txt x" },
        ] }],
    });
    let events = post(&model, "/v1/responses", &body).await.events().await;
    for (number, event) in events.iter().enumerate() {
        assert_eq!(event["sequence_number"], number);
    }
    let last = events.last().unwrap();
    assert_eq!(last["type"], "response.completed");
    let output = &last["response"]["output"];
    assert_eq!(output[0]["content"][0]["text"], "hello");
    let arguments: Value = serde_json::from_str(output[1]["arguments"].as_str().unwrap()).unwrap();
    assert_eq!(arguments["command"][2], r"printf '%s' 'x' > 'it'\''s.txt'");

    let after = json!({ "input": [
        { "role": "user", "content": [{ "type": "input_text", "text": "SHELL ls" }] },
        { "type": "function_call", "call_id": "c", "name": "shell", "arguments": "{}" },
        { "type": "function_call_output", "call_id": "c", "output": "a.txt" },
    ] });
    let whole = post(&model, "/v1/responses", &after).await.json().await;
    assert_eq!(whole["output"][0]["content"][0]["text"], "Tool said: a.txt");
}

#[tokio::test]
async fn a_stream_is_held_at_the_gate_until_released() {
    let model = markers().await;
    let mut answer = post(&model, "/v1/chat/completions", &chat("SLOW 3")).await;
    answer.event().await;
    assert_eq!(answer.event().await.unwrap()["choices"][0]["delta"]["content"], "chunk-1 ");
    model.held().await;
    model.release(2);
    let rest = answer.events().await;
    assert_eq!(rest[0]["choices"][0]["delta"]["content"], "chunk-2 ");
    assert_eq!(rest[1]["choices"][0]["delta"]["content"], "chunk-3 ");
    assert_eq!(rest.last().unwrap(), "[DONE]");
}

#[tokio::test]
async fn a_script_answers_by_match_and_round() {
    let file = json!({ "steps": [{
        "match": "deploy",
        "reply": [{ "tool": { "name_like": ["write"], "input": { "filePath": "x" } } }],
        "then": [[{ "delay_ms": 1 }, { "text": "done" }]],
    }, {
        "match": "boom",
        "reply": [{ "error": { "status": 529, "message": "busy" } }],
    }, {
        "match": "break",
        "reply": [{ "text": "half" }, "cut"],
    }] });
    let script: Script = serde_json::from_value(file).unwrap();
    let model = MockModel::start(script).await.unwrap();

    let mut body = chat("please deploy");
    body["stream"] = json!(false);
    let whole = post(&model, "/v1/chat/completions", &body).await.json().await;
    assert_eq!(whole["choices"][0]["finish_reason"], "tool_calls");
    let messages = body["messages"].as_array_mut().unwrap();
    messages.push(json!({ "role": "assistant", "content": "" }));
    messages.push(json!({ "role": "tool", "content": "ok" }));
    body["stream"] = json!(true);
    let text = post(&model, "/v1/chat/completions", &body).await.text().await;
    assert!(text.contains("\"content\":\"done\""));

    let failed = post(&model, "/v1/chat/completions", &chat("boom")).await;
    assert_eq!(failed.status, 529);
    assert_eq!(failed.json().await["error"]["message"], "busy");

    let mut cut = post(&model, "/v1/chat/completions", &chat("break")).await;
    cut.event().await;
    assert_eq!(cut.event().await.unwrap()["choices"][0]["delta"]["content"], "half");
    let mut rest = String::new();
    let ended = cut.body.read_to_string(&mut rest).await;
    assert!(ended.is_err() || !rest.contains("[DONE]"));
    assert_eq!(model.requests().len(), 4);
}

#[tokio::test]
async fn a_title_is_answered_without_holding_or_calling() {
    let model = markers().await;
    let body = json!({ "messages": [
        { "role": "system", "content": "You are a title generator." },
        { "role": "user", "content": "SLOW 3" },
    ] });
    let whole = post(&model, "/v1/chat/completions", &body).await.json().await;
    assert_eq!(whole["choices"][0]["message"]["content"], "Scripted session");
}

#[test]
fn a_script_with_an_unknown_word_is_refused() {
    let step = Step { when: "x".to_owned(), reply: vec![Part::Gate], then: Vec::new() };
    let mut file = serde_json::to_value(Script { steps: vec![step] }).unwrap();
    assert!(serde_json::from_value::<Script>(file.clone()).is_ok());
    file["steps"][0]["mach"] = json!("y");
    assert!(serde_json::from_value::<Script>(file).is_err());
}

#[tokio::test]
async fn gemini_streams_text_thinking_and_a_tool_call() {
    let model = markers().await;
    let tools = json!([{ "functionDeclarations": [{ "name": "write_file", "parametersJsonSchema": write_schema() }] }]);
    let text = "THINK hm\nSAY hello there\nWRITE /w/a.txt one\\ntwo";
    let said = json!({ "role": "user", "parts": [{ "text": text }] });
    let body = json!({ "contents": [said], "tools": tools });
    let events = post(&model, "/v1beta/models/m:streamGenerateContent?alt=sse", &body).await.events().await;
    let parts: Vec<&Value> =
        events.iter().map(|event| &event["candidates"][0]["content"]["parts"][0]).collect();
    assert_eq!(parts[0], &json!({ "text": "hm", "thought": true }));
    assert_eq!((&parts[1]["text"], &parts[2]["text"]), (&json!("hello "), &json!("there")));
    let call = &parts[3]["functionCall"];
    assert_eq!((&call["name"], &call["args"]), (&json!("write_file"), &input()));
    assert_eq!(events[4]["candidates"][0]["finishReason"], "STOP");

    let result = json!({ "functionResponse": { "name": "write_file", "response": { "output": "done" } } });
    let contents = json!([said, { "role": "model", "parts": [] }, { "role": "user", "parts": [result] }]);
    let whole = post(&model, "/v1beta/models/m:generateContent", &json!({ "contents": contents })).await;
    let text = whole.json().await["candidates"][0]["content"]["parts"].to_string();
    assert!(text.contains("Tool") && text.contains("done"), "{text}");
}
