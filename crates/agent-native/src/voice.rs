//! What the agent lets its client hear, and what it asks of it.

use agent_client_protocol::v1::ConnectionTo;
use agent_client_protocol::v1::schema::{
    ContentBlock, ContentChunk, CreateElicitationRequest, ElicitationAction, ElicitationContentValue,
    ElicitationFormMode, ElicitationSchema, ElicitationSessionScope, EnumOption, MessageId, PermissionOption,
    PermissionOptionKind, RequestPermissionOutcome, RequestPermissionRequest, SessionNotification,
    SessionUpdate, StringPropertySchema, TextContent, ToolCallId, ToolCallUpdate,
};
use agent_client_protocol::{Client, Error, JsonRpcRequest, JsonRpcResponse};
use tokio_util::sync::CancellationToken;

use crate::tools::Question;

const ALLOW: &str = "allow";
const REJECT: &str = "reject";
/// Where Conclave says why it refused by itself.
const WORDS: &str = "conclave/words";
const CHOICE: &str = "answer";
const OTHER: &str = "other";

/// Why a turn ended before the model was done.
#[derive(Debug)]
pub enum Quit {
    Cancelled,
    Failed(Error),
}

impl From<Error> for Quit {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Allowed,
    /// With the words that came along, if any.
    Rejected(Option<String>),
}

#[derive(Clone)]
pub struct Voice {
    pub connection: ConnectionTo<Client>,
    pub session: String,
    pub cancelled: CancellationToken,
    /// Tells the ids of this turn from those of others.
    pub turn: usize,
    pub made: usize,
}

impl Voice {
    pub fn send(&self, update: SessionUpdate) -> Result<(), Error> {
        self.connection.send_notification(SessionNotification::new(self.session.clone(), update))
    }

    /// A fresh id, unlike any other of this session.
    pub fn id(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}_{}_{}", self.turn, self.made)
    }

    pub async fn permission(&self, call: ToolCallUpdate, labels: [&str; 2]) -> Result<Verdict, Quit> {
        let [allow, reject] = labels;
        let options = vec![
            PermissionOption::new(ALLOW, allow, PermissionOptionKind::AllowOnce),
            PermissionOption::new(REJECT, reject, PermissionOptionKind::RejectOnce),
        ];
        let request = RequestPermissionRequest::new(self.session.clone(), call, options);
        let response = self.request(request).await?;
        let words = response.meta.as_ref().and_then(|meta| meta.get(WORDS)?.as_str().map(str::to_owned));
        match response.outcome {
            RequestPermissionOutcome::Selected(chosen) if chosen.option_id.to_string() == ALLOW => {
                Ok(Verdict::Allowed)
            }
            RequestPermissionOutcome::Selected(_) => Ok(Verdict::Rejected(words)),
            _ => Err(Quit::Cancelled),
        }
    }

    /// The answer; `None` when the person declined.
    pub async fn question(&self, question: &Question, call: &str) -> Result<Option<String>, Quit> {
        let scope =
            ElicitationSessionScope::new(self.session.clone()).tool_call_id(ToolCallId::new(call.to_owned()));
        let form = ElicitationFormMode::new(scope, schema(question));
        let request = CreateElicitationRequest::new(form, question.question.clone());
        let ElicitationAction::Accept(accepted) = self.request(request).await?.action else {
            return Ok(None);
        };
        let content = accepted.content.unwrap_or_default();
        let text = |field: &str| match content.get(field) {
            Some(ElicitationContentValue::String(text)) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        };
        Ok(text(OTHER).or_else(|| text(CHOICE)))
    }

    async fn request<R>(&self, request: R) -> Result<R::Response, Quit>
    where
        R: JsonRpcRequest<Response: JsonRpcResponse + Send>,
    {
        let mut answer = Box::pin(self.connection.send_request(request).block_task());
        tokio::select! {
            answer = &mut answer => Ok(answer?),
            () = self.cancelled.cancelled() => {
                // Dropping it would tell the client to cancel a request that the end of the turn
                // settles anyway.
                tokio::spawn(answer);
                Err(Quit::Cancelled)
            }
        }
    }
}

/// With answers to choose from, another one can still be typed.
fn schema(question: &Question) -> ElicitationSchema {
    let field = StringPropertySchema::new().title("Answer".to_owned());
    if question.options.is_empty() {
        return ElicitationSchema::new().property(CHOICE, field, true);
    }
    let options = question.options.iter().map(|option| EnumOption::new(option, option)).collect::<Vec<_>>();
    let other = StringPropertySchema::new().title("Another answer".to_owned());
    ElicitationSchema::new().property(CHOICE, field.one_of(options), false).property(OTHER, other, false)
}

pub fn chunk(text: &str, message: &str) -> ContentChunk {
    ContentChunk::new(ContentBlock::Text(TextContent::new(text)))
        .message_id(MessageId::new(message.to_owned()))
}
