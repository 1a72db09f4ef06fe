//! The built-in agent: it speaks ACP over stdio like any other agent, and asks a model behind an
//! Anthropic- or OpenAI-compatible endpoint.
//!
//! | variable | what it says |
//! |---|---|
//! | `CONCLAVE_AGENT_API` | `anthropic` (if not said), `openai` (chat completions) or `openai-responses` |
//! | `CONCLAVE_AGENT_BASE_URL` | where, if not at the API's own place; Anthropic's without `/v1`, OpenAI's with it |
//! | `CONCLAVE_AGENT_KEY` | the key; an endpoint that is named may need none |
//! | `CONCLAVE_AGENT_MODEL` | which model; else the endpoint's first |
//! | `CONCLAVE_AGENT_CONTEXT` | how many tokens it holds; else 200000 with `anthropic`, 128000 with others |
//! | `CONCLAVE_AGENT_STATE` | a folder for sessions, so that they can be loaded again |
//! | `CONCLAVE_AGENT_INSTRUCTIONS` | what a named agent is told |
//! | `CONCLAVE_AGENT_TOOLS` | all it may use: `read`, `search`, `edit`, `command`, `fetch`, `mcp`, with commas |
//!
//! The middle is pure: [`turn`] says what comes next, [`history`] what the model sees, `compact` what is
//! left out of it, `matching` where an edit goes. Around it, `performer` carries a turn out.

mod agent;
mod calls;
mod choices;
mod compact;
mod endpoint;
mod fault;
mod handover;
mod history;
mod instructions;
mod matching;
mod mind;
mod mode;
mod performer;
mod replay;
mod servers;
mod session;
mod settings;
mod stdio;
mod terms;
mod tools;
mod transcript;
mod turn;
mod voice;

pub use agent::{Parts, serve};
pub use endpoint::Endpoint;
pub use fault::{Fault, FaultKind};
pub use handover::key;
pub use history::{Call, Message, Said, Thought};
pub use mind::{Ask, Bit, Later, Mind, Reply, Spec, Tokens};
pub use settings::{Api, Key, Settings, SettingsError};
pub use stdio::lines;
pub use terms::Terms;
pub use tools::{Reach, Shell, Web};
pub use turn::{Limits, Stop};
