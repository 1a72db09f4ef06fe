//! The model, over HTTP.

use std::time::Duration;

use futures_util::StreamExt;
use genai::adapter::AdapterKind;
use genai::chat::{
    CacheControl, ChatMessage, ChatOptions, ChatRequest, ChatStreamEvent, ContentPart, MessageContent,
    StopReason, StreamEnd, Tool, ToolCall, ToolResponse, Usage,
};
use genai::resolver::{AuthData, Endpoint as Address};
use genai::{Client, ModelIden, ServiceTarget};

use crate::fault::{Fault, Refusal};
use crate::history::{Call, Image, Message, Outcome, Said, Thought};
use crate::mind::{Ask, Bit, Later, Mind, Reply, Tokens};
use crate::settings::{Api, Key, Settings};
use crate::turn::Stop;

const CONNECT: Duration = Duration::from_secs(20);
/// Large models think for a while before their first word.
const FIRST_BYTE: Duration = Duration::from_secs(240);
const BETWEEN_BYTES: Duration = Duration::from_secs(120);
const LIST: Duration = Duration::from_secs(8);
/// Endpoints that need none want to see something.
const NO_KEY: &str = "none";
const MASK: &str = "•••";

pub struct Endpoint {
    client: Client,
    kind: AdapterKind,
    address: Address,
    key: Option<Key>,
}

impl Endpoint {
    /// # Errors
    /// When the machine's certificates cannot be read.
    pub fn new(settings: &Settings) -> anyhow::Result<Self> {
        let client =
            Client::builder().with_reqwest(web(reqwest::Client::builder().connect_timeout(CONNECT))?);
        Ok(Self {
            client: client.build()?,
            kind: match settings.api {
                Api::Anthropic => AdapterKind::Anthropic,
                Api::OpenAi => AdapterKind::OpenAI,
                Api::OpenAiResponses => AdapterKind::OpenAIResp,
            },
            address: Address::from_owned(settings.base_url.clone()),
            key: settings.key.clone(),
        })
    }

    fn auth(&self) -> AuthData {
        AuthData::from_single(self.key.as_ref().map_or(NO_KEY, Key::reveal))
    }

    async fn stream(&self, ask: Ask, heard: &mut (dyn FnMut(Bit) + Send)) -> Result<Reply, Fault> {
        let target = ServiceTarget {
            endpoint: self.address.clone(),
            auth: self.auth(),
            model: ModelIden::new(self.kind, ask.model.clone()),
        };
        let (request, options) = (request(ask, self.kind), options());
        let begun = self.client.exec_chat_stream(target, request, Some(&options)).await;
        let mut stream = begun.map_err(|error| self.fault(&error))?.stream;
        while let Some(event) = stream.next().await {
            match event.map_err(|error| self.fault(&error))? {
                ChatStreamEvent::Chunk(chunk) => heard(Bit::Text(chunk.content)),
                ChatStreamEvent::ReasoningChunk(chunk) => heard(Bit::Thought(chunk.content)),
                ChatStreamEvent::End(end) => return Ok(reply(end)),
                ChatStreamEvent::Start
                | ChatStreamEvent::ThoughtSignatureChunk(_)
                | ChatStreamEvent::ToolCallChunk(_)
                | ChatStreamEvent::Heartbeat => {}
            }
        }
        Err(Fault::broken("The model's endpoint closed the connection in the middle of an answer."))
    }

    async fn list(&self) -> Result<Vec<String>, Fault> {
        let listed = self.client.all_model_names(self.kind, (self.address.clone(), self.auth()));
        match tokio::time::timeout(LIST, listed).await {
            Ok(Ok(names)) => Ok(names),
            Ok(Err(error)) => Err(self.fault(&error)),
            Err(_) => Err(Fault::broken("The model's endpoint does not list its models.")),
        }
    }

    fn fault(&self, error: &genai::Error) -> Fault {
        let mut fault = fault_of(error);
        if let Some(key) = &self.key {
            fault.text = fault.text.replace(key.reveal(), MASK);
        }
        fault
    }
}

impl Mind for Endpoint {
    fn ask<'a>(
        &'a self,
        ask: Ask,
        heard: &'a mut (dyn FnMut(Bit) + Send),
    ) -> Later<'a, Result<Reply, Fault>> {
        Box::pin(self.stream(ask, heard))
    }

    fn models(&self) -> Later<'_, Result<Vec<String>, Fault>> {
        Box::pin(self.list())
    }
}

/// TLS is rustls with ring, as everywhere in this house.
///
/// # Errors
/// When the machine's certificates cannot be read.
pub fn web(builder: reqwest::ClientBuilder) -> reqwest::Result<reqwest::Client> {
    // Fails only where it is done already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    builder.build()
}

fn options() -> ChatOptions {
    ChatOptions::default()
        .with_capture_content(true)
        .with_capture_tool_calls(true)
        .with_capture_reasoning_content(true)
        .with_capture_usage(true)
        .with_stream_header_timeout(FIRST_BYTE)
        .with_stream_read_timeout(BETWEEN_BYTES)
}

fn request(ask: Ask, kind: AdapterKind) -> ChatRequest {
    let tools = ask.tools.into_iter().map(|spec| {
        Tool::new(spec.name.into_owned()).with_description(spec.about.into_owned()).with_schema(spec.schema)
    });
    let mut messages = messages(ask.messages);
    // Each step tells the whole conversation again: this one keeps it only where it is told to.
    if let Some(last) = messages.last_mut().filter(|_| kind == AdapterKind::Anthropic) {
        last.options = Some(CacheControl::Ephemeral.into());
    }
    ChatRequest::new(messages).with_system(ask.system).with_tools(tools.collect::<Vec<_>>())
}

/// Images and the words behind them are one message: some endpoints take no two of one person in a row.
fn messages(told: Vec<Message>) -> Vec<ChatMessage> {
    let mut messages = Vec::new();
    let mut person: Vec<ContentPart> = Vec::new();
    for message in told {
        let other = match message {
            Message::Images(images) => {
                person.extend(images.into_iter().map(image));
                continue;
            }
            Message::User(text) => {
                person.push(ContentPart::Text(text));
                continue;
            }
            Message::Said(said) => ChatMessage::assistant(MessageContent::from_parts(parts(said))),
            Message::Results(results) => {
                let response = |result: Outcome| ToolResponse::new(result.call, result.text);
                ChatMessage::from(results.into_iter().map(response).collect::<Vec<_>>())
            }
        };
        messages.extend(of_person(&mut person));
        messages.push(other);
    }
    messages.extend(of_person(&mut person));
    messages
}

fn of_person(parts: &mut Vec<ContentPart>) -> Option<ChatMessage> {
    let parts = std::mem::take(parts);
    (!parts.is_empty()).then(|| ChatMessage::user(MessageContent::from_parts(parts)))
}

fn image(image: Image) -> ContentPart {
    ContentPart::from_binary_base64(image.media_type, image.base64, None)
}

/// Only signed thoughts go back: no other endpoint wants to see them again.
fn parts(said: Said) -> Vec<ContentPart> {
    let mut parts = Vec::new();
    for Thought { text, signature } in said.thoughts {
        let Some(signature) = signature else { continue };
        parts.extend([ContentPart::ThoughtSignature(signature), ContentPart::ReasoningContent(text)]);
    }
    if !said.text.trim().is_empty() {
        parts.push(ContentPart::Text(said.text));
    }
    parts.extend(said.calls.into_iter().map(|call| {
        // A call whose input was no JSON is told as one without input.
        let fn_arguments = if call.input.is_object() { call.input } else { serde_json::json!({}) };
        ContentPart::ToolCall(ToolCall {
            call_id: call.id,
            fn_name: call.name,
            fn_arguments,
            thought_signatures: None,
        })
    }));
    parts
}

fn reply(end: StreamEnd) -> Reply {
    let stop = match &end.captured_stop_reason {
        Some(StopReason::MaxTokens(_)) => Stop::MaxTokens,
        Some(StopReason::ContentFilter(_)) => Stop::Refusal,
        Some(
            StopReason::Completed(_)
            | StopReason::ToolCall(_)
            | StopReason::StopSequence(_)
            | StopReason::Other(_),
        )
        | None => Stop::Over,
    };
    let tokens = end.captured_usage.map(tokens).unwrap_or_default();
    let mut said = Said::default();
    let mut signature = None;
    for part in end.captured_content.map(MessageContent::into_parts).unwrap_or_default() {
        match part {
            ContentPart::Text(text) => said.text += &text,
            ContentPart::ThoughtSignature(text) => signature = Some(text),
            ContentPart::ReasoningContent(text) => {
                said.thoughts.push(Thought { text, signature: signature.take() });
            }
            ContentPart::ToolCall(call) => said.calls.push(called(call)),
            ContentPart::Binary(_) | ContentPart::ToolResponse(_) | ContentPart::Custom(_) => {}
        }
    }
    if let Some(text) = end.captured_reasoning_content.filter(|_| said.thoughts.is_empty()) {
        said.thoughts.push(Thought { text, signature: None });
    }
    Reply { said, stop, tokens }
}

fn called(call: ToolCall) -> Call {
    Call { id: call.call_id, name: call.fn_name, input: call.fn_arguments }
}

/// What an endpoint counts as input holds what it had in its cache.
fn tokens(usage: Usage) -> Tokens {
    let count = |number: Option<i32>| number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0);
    let details = usage.prompt_tokens_details.unwrap_or_default();
    let (read, written) = (count(details.cached_tokens), count(details.cache_creation_tokens));
    Tokens {
        input: count(usage.prompt_tokens).saturating_sub(read + written),
        cache_read: read,
        cache_written: written,
        output: count(usage.completion_tokens),
    }
}

fn fault_of(error: &genai::Error) -> Fault {
    match error {
        genai::Error::HttpError { status, body, headers, .. } => refused(status.as_u16(), body, headers),
        genai::Error::WebModelCall { webc_error, .. } | genai::Error::WebAdapterCall { webc_error, .. } => {
            fault_of_call(webc_error)
        }
        genai::Error::WebStream { error, .. } => match error.downcast_ref::<genai::Error>() {
            Some(inner) => fault_of(inner),
            None => Fault::broken(&chain(error.as_ref())),
        },
        genai::Error::ChatResponse { body, .. } => {
            let body = body.to_string();
            Fault::of(Refusal { body: &body, ..Refusal::default() })
        }
        other => Fault::ending(&other.to_string()),
    }
}

fn fault_of_call(error: &genai::webc::Error) -> Fault {
    match error {
        genai::webc::Error::ResponseFailedStatus { status, body, headers } => {
            refused(status.as_u16(), body, headers)
        }
        genai::webc::Error::Reqwest(error) => Fault::broken(&chain(error)),
        other => Fault::ending(&other.to_string()),
    }
}

fn refused(status: u16, body: &str, headers: &reqwest::header::HeaderMap) -> Fault {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Fault::of(Refusal {
        status: Some(status),
        retry_after: header("retry-after"),
        retry_after_ms: header("retry-after-ms"),
        body,
    })
}

/// The web client says what it did; why it failed is below.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = "The model's endpoint could not be reached".to_owned();
    let mut cause = Some(error);
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}
