use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use agent_client_protocol::schema::ProtocolVersion;
use agent_client_protocol::v1::schema::{
    AgentCapabilities, CancelNotification, ContentBlock, CurrentModeUpdate, Implementation,
    InitializeRequest, InitializeResponse, LoadSessionRequest, LoadSessionResponse, NewSessionRequest,
    NewSessionResponse, PromptRequest, PromptResponse, SessionMode, SessionModeState, SessionNotification,
    SessionUpdate, SetSessionModeRequest, SetSessionModeResponse, StopReason, Usage, UsageUpdate,
};
use agent_client_protocol::v1::{ConnectionTo, Responder, schema};
use agent_client_protocol::{Agent, Client, Error};
use agent_client_protocol::{on_receive_notification, on_receive_request};

use crate::fault::{Fault, stdio};
use crate::player::{End, Player};
use crate::session::{ACCEPT_EDITS, DEFAULT, Memory, PLAN, Said, Session};
use crate::voice::{Voice, chunk};
use crate::{AtInitialize, Pace, Script, SetMode};

const INTRODUCTION: &str = "I am the rehearsal agent: I play a script, no model is involved.\n\n";

/// A number for the usage display, as large as today's models have it.
const CONTEXT_WINDOW: u64 = 200_000;

/// What the program was started with.
#[derive(Debug)]
pub struct Options {
    pub script: Script,
    pub pace: Pace,
    /// Where sessions are kept; without it they cannot be loaded again.
    pub state: Option<PathBuf>,
}

/// Serves one client over stdio until it closes our stdin.
///
/// # Errors
/// When stdio fails.
pub async fn run(options: Options) -> Result<(), Error> {
    let stage = Stage { options: Arc::new(options), sessions: Arc::default(), can_ask: Arc::default() };
    let [a, b, c, d, e, f] = std::array::from_fn(|_| stage.clone());
    Agent
        .v1()
        .name("rehearsal")
        .on_receive_request(
            async move |request, responder, cx| a.initialize(&request, responder, &cx),
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, _cx| b.new_session(request, responder),
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, cx| c.load_session(&request, responder, &cx),
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, cx| d.set_mode(&request, responder, &cx),
            on_receive_request!(),
        )
        .on_receive_request(
            async move |request, responder, cx| e.prompt(&request, responder, cx),
            on_receive_request!(),
        )
        .on_receive_notification(
            async move |notification: CancelNotification, _cx| {
                if let Some(session) = f.session(&notification.session_id.to_string()) {
                    session.cancel();
                }
                Ok(())
            },
            on_receive_notification!(),
        )
        .connect_with(stdio(), async |cx| {
            cx.incoming_closed().await;
            Ok(())
        })
        .await
}

#[derive(Clone)]
struct Stage {
    options: Arc<Options>,
    sessions: Arc<Mutex<BTreeMap<String, Session>>>,
    /// The client can show a question.
    can_ask: Arc<Mutex<bool>>,
}

impl Stage {
    fn initialize(
        &self,
        request: &InitializeRequest,
        responder: Responder<InitializeResponse>,
        cx: &ConnectionTo<Client>,
    ) -> Result<(), Error> {
        match self.options.script.at_initialize {
            AtInitialize::Answer => {}
            AtInitialize::Exit(code) => cx.send_notification(Fault::Exit(code).message()?)?,
            AtInitialize::Hang => {
                // Dropping the responder would answer with an error.
                return cx.spawn(async move {
                    let _unanswered = responder;
                    std::future::pending().await
                });
            }
        }
        let elicitation = request.client_capabilities.elicitation.as_ref();
        let can_ask = elicitation.is_some_and(|elicitation| elicitation.supports_form());
        *self.can_ask.lock().unwrap_or_else(PoisonError::into_inner) = can_ask;
        let capabilities = AgentCapabilities::new().load_session(self.options.state.is_some());
        let about =
            Implementation::new("rehearsal", env!("CARGO_PKG_VERSION")).title("Rehearsal agent".to_owned());
        responder.respond(
            InitializeResponse::new(ProtocolVersion::V1).agent_capabilities(capabilities).agent_info(about),
        )
    }

    fn new_session(
        &self,
        request: NewSessionRequest,
        responder: Responder<NewSessionResponse>,
    ) -> Result<(), Error> {
        let id = uuid::Uuid::new_v4().to_string();
        let session = Session::new(id.clone(), Memory::new(request.cwd), self.options.state.clone());
        if let Err(error) = session.save() {
            return responder.respond_with_internal_error(error);
        }
        self.keep(session);
        responder.respond(NewSessionResponse::new(id).modes(modes(DEFAULT)))
    }

    fn load_session(
        &self,
        request: &LoadSessionRequest,
        responder: Responder<LoadSessionResponse>,
        cx: &ConnectionTo<Client>,
    ) -> Result<(), Error> {
        let id = request.session_id.to_string();
        let folder = self.options.state.as_ref();
        let Some(session) = folder.and_then(|folder| Session::load(&id, folder)) else {
            return responder.respond_with_error(unknown(id));
        };
        session.memory().cwd.clone_from(&request.cwd);
        let memory = session.memory().clone();
        for said in &memory.said {
            let update = match said {
                Said::User(text) => SessionUpdate::UserMessageChunk(chunk(text)),
                Said::Agent(text) => SessionUpdate::AgentMessageChunk(chunk(text)),
            };
            cx.send_notification(SessionNotification::new(id.clone(), update))?;
        }
        self.keep(session);
        responder.respond(LoadSessionResponse::new().modes(modes(&memory.mode)))
    }

    fn set_mode(
        &self,
        request: &SetSessionModeRequest,
        responder: Responder<SetSessionModeResponse>,
        cx: &ConnectionTo<Client>,
    ) -> Result<(), Error> {
        let mode = request.mode_id.to_string();
        let known = [DEFAULT, PLAN, ACCEPT_EDITS].contains(&mode.as_str());
        let id = request.session_id.to_string();
        let Some(session) = self.session(&id) else {
            return responder.respond_with_error(unknown(id));
        };
        match self.options.script.set_mode {
            SetMode::Take if known => {
                session.memory().mode.clone_from(&mode);
                let update = SessionUpdate::CurrentModeUpdate(CurrentModeUpdate::new(mode));
                cx.send_notification(SessionNotification::new(session.id.clone(), update))?;
            }
            SetMode::Ignore => {}
            SetMode::Take | SetMode::Refuse => {
                return responder.respond_with_error(Error::invalid_params());
            }
        }
        responder.respond(SetSessionModeResponse::new())
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
        let Some(cancelled) = session.begin() else {
            return responder.respond_with_error(Error::invalid_request());
        };
        let prompt = text_of(&request.prompt);
        let turn = session.memory().said.len();
        let voice = Voice {
            connection: cx.clone(),
            session,
            cancelled,
            pace: self.options.pace,
            words: 0,
            made: 0,
            turn,
        };
        let player = Player {
            voice,
            prompt,
            can_ask: *self.can_ask.lock().unwrap_or_else(PoisonError::into_inner),
            late: Vec::new(),
            last_read: String::new(),
        };
        let options = self.options.clone();
        cx.spawn(perform(options, player, responder))
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
    options: Arc<Options>,
    mut player: Player,
    responder: Responder<PromptResponse>,
) -> Result<(), Error> {
    let end = play(&options.script, &mut player).await;
    let input = player.prompt.split_whitespace().count() as u64;
    let output = player.voice.words;
    let session = player.voice.session.clone();
    session.end();
    let reason = match end {
        Ok(()) => StopReason::EndTurn,
        Err(End::Cancelled) => StopReason::Cancelled,
        Err(End::Failed(error)) => return responder.respond_with_error(error),
    };
    let usage = UsageUpdate::new(input + output, CONTEXT_WINDOW);
    player.voice.send(SessionUpdate::UsageUpdate(usage))?;
    let response = PromptResponse::new(reason).usage(Usage::new(input + output, input, output));
    responder.respond(response)?;
    for text in &player.late {
        player.voice.send(SessionUpdate::AgentMessageChunk(chunk(text)))?;
    }
    Ok(())
}

async fn play(script: &Script, player: &mut Player) -> Result<(), End> {
    let (turn, first) = {
        let mut memory = player.voice.session.memory();
        let first = memory.said.is_empty();
        let (turn, next) = match memory.plan_rejected {
            true => script.revision(&player.prompt, memory.next_turn),
            false => script.turn(&player.prompt, memory.next_turn),
        };
        memory.next_turn = next;
        memory.plan_rejected = false;
        memory.said.push(Said::User(player.prompt.clone()));
        (turn, first)
    };
    if first {
        player.voice.say(INTRODUCTION).await?;
    }
    match turn {
        Some(turn) => player.play(&turn.steps).await,
        None => player.voice.say("My script has no turn for this.").await,
    }
}

fn unknown(session: String) -> Error {
    schema::Error::session_not_found(session).into()
}

fn modes(current: &str) -> SessionModeState {
    let mode = |id: &'static str, name: &str, description: &str| {
        SessionMode::new(id, name).description(description.to_owned())
    };
    SessionModeState::new(
        current.to_owned(),
        vec![
            mode(DEFAULT, "Default", "Asks before each edit"),
            mode(PLAN, "Plan", "Makes a plan and edits nothing"),
            mode(ACCEPT_EDITS, "Accept edits", "Edits without asking"),
        ],
    )
}

fn text_of(prompt: &[ContentBlock]) -> String {
    let texts: Vec<&str> = prompt
        .iter()
        .filter_map(|block| match block {
            ContentBlock::Text(text) => Some(text.text.as_str()),
            _ => None,
        })
        .collect();
    texts.join("\n")
}
