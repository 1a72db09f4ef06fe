//! What the agent asks of its client and waits for.

use agent_client_protocol::v1::schema::{
    CreateElicitationRequest, ElicitationAction, ElicitationContentValue, ElicitationFormMode,
    ElicitationSchema, ElicitationSessionScope, EnumOption, PermissionOption, PermissionOptionKind,
    ReadTextFileRequest, RequestPermissionOutcome, RequestPermissionRequest, StringPropertySchema,
    ToolCallId, ToolCallUpdate, WriteTextFileRequest,
};
use agent_client_protocol::{Error, JsonRpcRequest, JsonRpcResponse};

use crate::Question;
use crate::player::End;
use crate::voice::Voice;

const FIELD: &str = "question_0";
const OTHER_FIELD: &str = "question_0_custom";

impl Voice {
    /// The id of the chosen option.
    pub async fn permission(
        &self,
        call: ToolCallUpdate,
        options: &[(&str, &str, PermissionOptionKind)],
    ) -> Result<String, End> {
        let options = options
            .iter()
            .map(|(id, name, kind)| PermissionOption::new(id.to_string(), name.to_string(), *kind))
            .collect();
        let request = RequestPermissionRequest::new(self.session.id.clone(), call, options);
        match self.request(request).await?.outcome {
            RequestPermissionOutcome::Selected(selected) => Ok(selected.option_id.to_string()),
            _ => Err(End::Cancelled),
        }
    }

    /// The answer; `None` when the person declined.
    pub async fn question(&self, question: &Question, call: &str) -> Result<Option<String>, End> {
        let scope = ElicitationSessionScope::new(self.session.id.clone())
            .tool_call_id(ToolCallId::new(call.to_owned()));
        let form = ElicitationFormMode::new(scope, schema(question));
        let request = CreateElicitationRequest::new(form, question.question.clone());
        let ElicitationAction::Accept(accepted) = self.request(request).await?.action else {
            return Ok(None);
        };
        let content = accepted.content.unwrap_or_default();
        let text = |field: &str| match content.get(field) {
            Some(ElicitationContentValue::String(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        Ok(text(OTHER_FIELD).or_else(|| text(FIELD)))
    }

    pub async fn client_read(&self, path: &str) -> Result<Result<String, Error>, End> {
        let request = ReadTextFileRequest::new(self.session.id.clone(), path);
        Ok(self.try_request(request).await?.map(|response| response.content))
    }

    pub async fn client_write(&self, path: &str, content: &str) -> Result<Result<(), Error>, End> {
        let request = WriteTextFileRequest::new(self.session.id.clone(), path, content);
        Ok(self.try_request(request).await?.map(|_| ()))
    }

    async fn request<R>(&self, request: R) -> Result<R::Response, End>
    where
        R: JsonRpcRequest<Response: JsonRpcResponse + Send>,
    {
        Ok(self.try_request(request).await??)
    }

    async fn try_request<R>(&self, request: R) -> Result<Result<R::Response, Error>, End>
    where
        R: JsonRpcRequest<Response: JsonRpcResponse + Send>,
    {
        let mut answer = Box::pin(self.connection.send_request(request).block_task());
        tokio::select! {
            answer = &mut answer => Ok(answer),
            () = self.cancelled.cancelled() => {
                // Dropping it would tell the client to cancel a request that
                // the end of the turn settles anyway.
                tokio::spawn(answer);
                Err(End::Cancelled)
            }
        }
    }
}

fn schema(question: &Question) -> ElicitationSchema {
    let options: Vec<EnumOption> = question
        .options
        .iter()
        .map(|option| EnumOption::new(&option.label, &option.label).description(option.description.clone()))
        .collect();
    let choice = StringPropertySchema::new().title(question.header.clone()).one_of(options);
    let other = StringPropertySchema::new()
        .title("Other".to_owned())
        .description("Type your own answer (optional).".to_owned());
    ElicitationSchema::new().property(FIELD, choice, false).property(OTHER_FIELD, other, false)
}
