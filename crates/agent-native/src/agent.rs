use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use agent_client_protocol::schema::ProtocolVersion;
use agent_client_protocol::v1::schema::{
    AgentCapabilities, CancelNotification, ContentBlock, CurrentModeUpdate, EmbeddedResourceResource,
    Implementation, InitializeRequest, InitializeResponse, LoadSessionRequest, LoadSessionResponse,
    McpCapabilities, McpServer, NewSessionRequest, NewSessionResponse, PromptCapabilities, PromptRequest,
    PromptResponse, SessionNotification, SessionUpdate, SetSessionConfigOptionRequest,
    SetSessionConfigOptionResponse, SetSessionModeRequest, SetSessionModeResponse, StopReason, Usage,
};
use agent_client_protocol::v1::{ConnectionTo, Responder, schema};
use agent_client_protocol::{Agent, Client, Error, Lines};
use agent_client_protocol::{on_receive_notification, on_receive_request};
use futures_util::{Sink, Stream};
use tokio::sync::OnceCell;

use crate::choices::{MODEL, model_option, modes};
use crate::history::Image;
use crate::mind::{Mind, Tokens};
use crate::mode::Mode;
use crate::performer::{Performer, Prompt};
use crate::replay::replay;
use crate::servers::Servers;
use crate::session::Session;
use crate::terms::Terms;
use crate::tools::{Bench, Shell, Web};
use crate::turn::{Limits, Turn};
use crate::voice::{Quit, Voice};

/// What the agent works with.
pub struct Parts {
    pub mind: Arc<dyn Mind>,
    pub shell: Shell,
    pub web: Web,
    /// The model that was asked for; without one the endpoint's first is taken.
    pub model: Option<String>,
    /// Tokens it holds.
    pub context: usize,
    /// Where sessions are kept; without it they cannot be loaded again.
    pub state: Option<PathBuf>,
    pub limits: Limits,
    /// Of a named agent.
    pub terms: Terms,
}

/// Serves one client until it closes its end.
///
/// # Errors
/// When the transport fails.
pub async fn serve<O, I>(parts: Parts, transport: Lines<O, I>) -> Result<(), Error>
where
    O: Sink<String, Error = io::Error> + Send + 'static,
    I: Stream<Item = io::Result<String>> + Send + 'static,
{
    let stage = Stage {
        parts: Arc::new(parts),
        models: Arc::default(),
        sessions: Arc::default(),
        can_ask: Arc::default(),
    };
    let [a, b, c, d, e, f, g, h] = std::array::from_fn(|_| stage.clone());
    Agent
        .v1()
        .name("conclave-agent")
        .on_receive_request(
            async move |request, responder, _cx| a.initialize(&request, responder),
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, cx| cx.spawn(b.clone().new_session(request, responder)),
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, cx| {
                cx.spawn(c.clone().load_session(request, responder, cx.clone()))
            },
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, cx| d.set_mode(&request, responder, &cx),
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, cx| cx.spawn(e.clone().set_option(request, responder)),
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, cx| f.prompt(&request, responder, cx),
            on_receive_request!(),
        )
        .on_receive_notification(
            async move |notification: CancelNotification, _cx| {
                if let Some(session) = g.session(&notification.session_id.to_string()) {
                    session.cancel();
                }
                Ok(())
            },
            on_receive_notification!(),
        )
        .connect_with(transport, async |cx| {
            cx.incoming_closed().await;
            h.wind_up().await;
            Ok(())
        })
        .await
}

#[derive(Clone)]
struct Stage {
    parts: Arc<Parts>,
    models: Arc<OnceCell<Vec<String>>>,
    sessions: Arc<Mutex<BTreeMap<String, Session>>>,
    /// The client can show a question.
    can_ask: Arc<Mutex<bool>>,
}

impl Stage {
    fn initialize(
        &self,
        request: &InitializeRequest,
        responder: Responder<InitializeResponse>,
    ) -> Result<(), Error> {
        let elicitation = request.client_capabilities.elicitation.as_ref();
        let can_ask = elicitation.is_some_and(|elicitation| elicitation.supports_form());
        *self.can_ask.lock().unwrap_or_else(PoisonError::into_inner) = can_ask;
        let capabilities = AgentCapabilities::new()
            .load_session(self.parts.state.is_some())
            .prompt_capabilities(PromptCapabilities::new().image(true))
            .mcp_capabilities(McpCapabilities::new().http(true));
        let about = Implementation::new("conclave-agent", env!("CARGO_PKG_VERSION"))
            .title("Built-in agent".to_owned());
        responder.respond(
            InitializeResponse::new(ProtocolVersion::V1).agent_capabilities(capabilities).agent_info(about),
        )
    }

    async fn new_session(
        self,
        request: NewSessionRequest,
        responder: Responder<NewSessionResponse>,
    ) -> Result<(), Error> {
        let Some(model) = self.model().await else {
            return responder.respond_with_error(no_model());
        };
        let begun = Session::begin(&request.cwd, self.parts.state.as_deref(), &model);
        let session = match begun {
            Ok(session) => self.with_servers(session, &request.mcp_servers).await,
            Err(error) => return responder.respond_with_internal_error(error),
        };
        let opened = NewSessionResponse::new(session.id.clone())
            .modes(modes(Mode::default()))
            .config_options(vec![model_option(&model, self.models().await)]);
        self.keep(session);
        responder.respond(opened)
    }

    async fn load_session(
        self,
        request: LoadSessionRequest,
        responder: Responder<LoadSessionResponse>,
        cx: ConnectionTo<Client>,
    ) -> Result<(), Error> {
        let id = request.session_id.to_string();
        let Some(folder) = &self.parts.state else {
            return responder.respond_with_error(unknown(id));
        };
        let usual = self.model().await.unwrap_or_default();
        let session = match Session::load(&id, &request.cwd, folder, &usual) {
            Ok(Some(session)) => self.with_servers(session, &request.mcp_servers).await,
            Ok(None) => return responder.respond_with_error(unknown(id)),
            Err(error) => return responder.respond_with_internal_error(error),
        };
        let (entries, mode, model) = {
            let memory = session.memory();
            (memory.entries.clone(), memory.mode, memory.model.clone())
        };
        for update in replay(&entries) {
            cx.send_notification(SessionNotification::new(id.clone(), update))?;
        }
        let loaded = LoadSessionResponse::new()
            .modes(modes(mode))
            .config_options(vec![model_option(&model, self.models().await)]);
        self.keep(session);
        responder.respond(loaded)
    }

    async fn with_servers(&self, mut session: Session, named: &[McpServer]) -> Session {
        session.servers = Arc::new(Servers::reach(named, &self.parts.shell, &session.root).await);
        session
    }

    fn set_mode(
        &self,
        request: &SetSessionModeRequest,
        responder: Responder<SetSessionModeResponse>,
        cx: &ConnectionTo<Client>,
    ) -> Result<(), Error> {
        let id = request.session_id.to_string();
        let Some(session) = self.session(&id) else {
            return responder.respond_with_error(unknown(id));
        };
        let Some(mode) = Mode::of(&request.mode_id.to_string()) else {
            return responder.respond_with_error(Error::invalid_params());
        };
        session.memory().set_mode(mode);
        let update = SessionUpdate::CurrentModeUpdate(CurrentModeUpdate::new(mode.id()));
        cx.send_notification(SessionNotification::new(id, update))?;
        responder.respond(SetSessionModeResponse::new())
    }

    async fn set_option(
        self,
        request: SetSessionConfigOptionRequest,
        responder: Responder<SetSessionConfigOptionResponse>,
    ) -> Result<(), Error> {
        let id = request.session_id.to_string();
        let Some(session) = self.session(&id) else {
            return responder.respond_with_error(unknown(id));
        };
        let chosen = request.value.as_value_id().map(ToString::to_string);
        let listed = self.models().await;
        // Where the endpoint lists nothing, it will say itself what it does not have.
        let chosen = chosen.filter(|model| listed.is_empty() || listed.contains(model));
        let Some(model) = chosen.filter(|_| request.config_id.to_string() == MODEL) else {
            return responder.respond_with_error(Error::invalid_params());
        };
        session.memory().set_model(&model);
        responder.respond(SetSessionConfigOptionResponse::new(vec![model_option(&model, listed)]))
    }

    fn prompt(
        &self,
        request: &PromptRequest,
        responder: Responder<PromptResponse>,
        cx: ConnectionTo<Client>,
    ) -> Result<(), Error> {
        let id = request.session_id.to_string();
        let Some(session) = self.session(&id) else {
            return responder.respond_with_error(unknown(id));
        };
        let Some(cancelled) = session.start() else {
            return responder.respond_with_error(Error::invalid_request());
        };
        let turn = session.memory().entries.len();
        let performer = Performer {
            mind: self.parts.mind.clone(),
            bench: Bench {
                root: session.root.clone(),
                shell: self.parts.shell.clone(),
                web: self.parts.web,
                servers: Arc::clone(&session.servers),
            },
            voice: Voice { connection: cx.clone(), session: id, cancelled, turn, made: 0 },
            session,
            turn: Turn::new(self.parts.limits),
            context: self.parts.context,
            terms: self.parts.terms.clone(),
            can_ask: *self.can_ask.lock().unwrap_or_else(PoisonError::into_inner),
            tokens: Tokens::default(),
            measured: 0,
        };
        let prompt = Prompt { text: text_of(&request.prompt), images: images_of(&request.prompt) };
        cx.spawn(perform(performer, prompt, responder))
    }

    /// What commands have started must not outlive the program.
    async fn wind_up(&self) {
        let sessions: Vec<Session> = {
            let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
            sessions.values().cloned().collect()
        };
        for session in &sessions {
            session.cancel();
        }
        for session in &sessions {
            session.is_idle().await;
        }
    }

    /// As the endpoint lists them; none where it does not.
    async fn models(&self) -> &[String] {
        let list = async || {
            let listed = self.parts.mind.models().await;
            listed.inspect_err(|fault| eprintln!("no list of models: {}", fault.text)).unwrap_or_default()
        };
        self.models.get_or_init(list).await
    }

    async fn model(&self) -> Option<String> {
        match &self.parts.model {
            Some(model) => Some(model.clone()),
            None => self.models().await.first().cloned(),
        }
    }

    fn keep(&self, session: Session) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(session.id.clone(), session);
    }

    fn session(&self, id: &str) -> Option<Session> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(id).cloned()
    }
}

async fn perform(
    mut performer: Performer,
    prompt: Prompt,
    responder: Responder<PromptResponse>,
) -> Result<(), Error> {
    let end = performer.perform(prompt).await;
    performer.session.end();
    let reason = match end {
        Ok(reason) => reason,
        Err(Quit::Cancelled) => StopReason::Cancelled,
        Err(Quit::Failed(error)) => return responder.respond_with_error(error),
    };
    let tokens = performer.tokens;
    let usage = Usage::new(tokens.all(), tokens.input, tokens.output)
        .cached_read_tokens(tokens.cache_read)
        .cached_write_tokens(tokens.cache_written);
    responder.respond(PromptResponse::new(reason).usage(usage))
}

fn unknown(session: String) -> Error {
    schema::Error::session_not_found(session).into()
}

fn no_model() -> Error {
    let text =
        format!("The built-in agent does not know which model to ask: set {}.", crate::settings::MODEL);
    Error::new(Error::internal_error().code, text)
}

fn images_of(prompt: &[ContentBlock]) -> Vec<Image> {
    let image = |block: &ContentBlock| match block {
        ContentBlock::Image(image) => {
            Some(Image { media_type: image.mime_type.clone(), base64: image.data.clone() })
        }
        _ => None,
    };
    prompt.iter().filter_map(image).collect()
}

fn text_of(prompt: &[ContentBlock]) -> String {
    let texts: Vec<String> = prompt
        .iter()
        .filter_map(|block| match block {
            ContentBlock::Text(text) => Some(text.text.clone()),
            ContentBlock::ResourceLink(link) => Some(format!("[{}]({})", link.name, link.uri)),
            ContentBlock::Resource(resource) => match &resource.resource {
                EmbeddedResourceResource::TextResourceContents(text) => Some(text.text.clone()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    texts.join("\n")
}
