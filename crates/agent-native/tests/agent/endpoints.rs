//! Against the scripted model server, over real HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use agent_native::{Api, Endpoint, FaultKind, Key, Limits, Mind, Settings};
use mock_model::{MockModel, Script};
use serde_json::{Value, json};

use crate::client::{Client, Stage};

const APIS: [(Api, &str); 3] = [(Api::Anthropic, ""), (Api::OpenAi, "/v1"), (Api::OpenAiResponses, "/v1")];

async fn server(script: Value) -> MockModel {
    MockModel::start(serde_json::from_value::<Script>(script).unwrap()).await.unwrap()
}

fn endpoint(api: Api, url: &str) -> Arc<Endpoint> {
    let env = BTreeMap::from([("CONCLAVE_AGENT_BASE_URL".to_owned(), url.to_owned())]);
    let settings = Settings::read(&env, Key::new("sk-a-secret")).unwrap();
    let base_url = if api == Api::Anthropic { settings.base_url.clone() } else { format!("{url}/") };
    Arc::new(Endpoint::new(&Settings { api, base_url, ..settings }).unwrap())
}

async fn client(model: &MockModel, (api, path): (Api, &str)) -> Client {
    Client::with(&endpoint(api, &format!("{}{path}", model.url()))).await
}

#[tokio::test]
async fn every_format_streams_text_thoughts_and_usage() {
    for api in APIS {
        let model = server(json!({ "steps": [] })).await;
        let mut client = client(&model, api).await;
        let end = client.prompt("THINK Hm hm.\nSAY Hello from here.").await;
        assert_eq!(end["result"]["stopReason"], "end_turn", "{api:?} {end}");
        assert_eq!(client.said(), "Hello from here.");
        let thoughts = client.updates("agent_thought_chunk");
        let thought: String = thoughts.iter().filter_map(|chunk| chunk["content"]["text"].as_str()).collect();
        assert_eq!(thought, "Hm hm.", "{api:?}");
        assert_eq!(end["result"]["usage"]["inputTokens"], 10, "{api:?}");
        assert!(client.updates("agent_message_chunk").len() > 1, "word by word");
        assert_eq!(model.requests()[0]["model"], "scripted", "as the endpoint lists it");
    }
}

#[tokio::test]
async fn every_format_calls_tools_and_is_told_their_results() {
    for api in APIS {
        let tool = |name: &str, input: Value| json!({ "tool": { "name_like": [name], "input": input } });
        let both = [tool("read", json!({ "path": "notes.txt" })), tool("list", json!({}))];
        let then = [[json!({ "text": "Now I know." })]];
        let steps = json!([{ "match": "look", "reply": [{ "text": "Let me see. " }, both[0], both[1]], "then": then }]);
        let model = server(json!({ "steps": steps })).await;
        let mut client = client(&model, api).await;
        assert_eq!(client.prompt("look").await["result"]["stopReason"], "end_turn", "{api:?}");
        assert!(client.said().ends_with("Now I know."), "{api:?} {}", client.said());
        assert_eq!(client.updates("tool_call").len(), 2);
        let told = model.requests().pop().unwrap().to_string();
        assert!(told.contains("one\\\\ntwo") || told.contains("one\\ntwo"), "{api:?} {told}");
        assert!(told.contains("src/main.rs"), "{api:?} {told}");
        let kept = told.matches("cache_control").count();
        assert_eq!(kept, usize::from(api.0 == Api::Anthropic), "what was told is kept: {told}");
        // A conversation with calls goes on.
        assert_eq!(client.prompt("SAY more").await["result"]["stopReason"], "end_turn", "{api:?}");
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_as_its_header_says() {
    for (api, path) in APIS {
        for status in [429, 503, 529] {
            let fault = json!({ "error": { "status": status, "retry_after": 0, "times": 2 } });
            let steps = json!([{ "match": "hi", "reply": [fault, { "text": "Here I am." }] }]);
            let model = server(json!({ "steps": steps })).await;
            let mut client = client(&model, (api, path)).await;
            assert_eq!(client.prompt("hi").await["result"]["stopReason"], "end_turn", "{api:?} {status}");
            assert!(client.said().ends_with("Here I am.") && client.said().contains("in 0 s"));
            assert_eq!(model.requests().len(), 3, "{api:?} {status}");
        }
    }
}

#[tokio::test]
async fn a_wrong_key_is_said_and_not_tried_again() {
    let message = "the key sk-a-secret is wrong";
    let fault = json!({ "error": { "status": 401, "message": message } });
    let steps = json!([{ "match": "hi", "reply": [fault] }]);
    for api in APIS {
        let model = server(json!({ "steps": steps })).await;
        let mut client = client(&model, api).await;
        let end = client.prompt("hi").await;
        let said = end["error"]["message"].as_str().unwrap();
        assert!(said.contains("401") && said.contains("the key ••• is wrong"), "{api:?} {said}");
        assert_eq!(model.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_overflow_is_not_asked_again() {
    let message = "prompt is too long: 210000 tokens > 200000 maximum";
    let fault = json!({ "error": { "status": 400, "message": message } });
    let steps = json!([{ "match": "hi", "reply": [fault] }]);
    for api in APIS {
        let model = server(json!({ "steps": steps })).await;
        let mut client = client(&model, api).await;
        assert!(client.prompt("hi").await["error"].is_object());
        assert_eq!(model.requests().len(), 1, "{api:?}");
    }
}

#[tokio::test]
async fn a_stop_hangs_up_in_the_middle_of_a_text() {
    for api in APIS {
        let model = server(json!({ "steps": [] })).await;
        let mut client = client(&model, api).await;
        let id = client.begin("SLOW 3").await;
        client.until_heard("agent_message_chunk").await;
        model.held().await;
        client.cancel().await;
        assert_eq!(client.until(id).await["result"]["stopReason"], "cancelled", "{api:?}");
        assert_eq!(client.said(), "chunk-1 ");
        assert_eq!(client.prompt("SAY next").await["result"]["stopReason"], "end_turn");
    }
}

#[tokio::test]
async fn a_broken_stream_is_asked_for_again() {
    // Each time it is cut: patience ends with the words of the break.
    let steps = json!([{ "match": "hi", "reply": [{ "text": "I be" }, "cut"] }]);
    let model = server(json!({ "steps": steps })).await;
    let limits = Limits { attempts: 2, first_wait: Duration::ZERO, ..Limits::default() };
    let stage = Stage { limits, ..Stage::new() };
    let mut client = stage.open(&endpoint(Api::Anthropic, &model.url())).await;
    let end = client.prompt("hi").await;
    assert!(end["error"]["message"].as_str().unwrap().contains("asked 2 times"), "{end}");
    assert_eq!(model.requests().len(), 2);
}

#[tokio::test]
async fn nobody_there_is_a_sentence() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let endpoint = endpoint(Api::OpenAi, &format!("http://{free}/v1"));
    let fault = endpoint.models().await.unwrap_err();
    assert!(matches!(fault.kind, FaultKind::Passing { .. }));
    assert!(fault.text.contains("could not be reached"), "{}", fault.text);
}
