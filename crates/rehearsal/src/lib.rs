//! The rehearsal agent: it speaks ACP over stdio like any other agent, and
//! plays a script where others ask a model. It says so itself, first thing.
//!
//! A script is a JSON file:
//!
//! ```json
//! {
//!   "turns": [
//!     { "when": "deploy", "steps": [{ "say": "I do not deploy." }] },
//!     { "steps": [
//!       { "think": "Let me look." },
//!       { "read": { "path": "src/greet.js" } },
//!       { "edit": { "path": "src/greet.js", "find": "a", "replace": "b" } },
//!       { "plan": { "text": "1. Do it", "on_approve": [{ "say": "Thanks." }] } },
//!       { "ask": { "question": "Which?", "options": [{ "label": "Red" }, { "label": "Blue" }] } },
//!       { "say": "{answer} it is." }
//!     ] },
//!     { "after_rejected_plan": true, "steps": [{ "plan": { "text": "1. Do less" } }] }
//!   ]
//! }
//! ```
//!
//! A prompt plays the first turn whose `when` is a part of it; else, after a
//! plan was rejected, the turn that says so; else the turns without either, one
//! after the other and round again. [`Step`] lists what a turn can do, the
//! faults of bad agents among them. Texts may name `{answer}` (to the last
//! question), `{lines}` and `{glimpse}` (of the file read last, or of what a command
//! said), `{prompt}` and `{session}` (as the client knows it).

mod agent;
mod calls;
mod client;
mod edit;
mod fault;
mod player;
mod script;
mod session;
mod shell;
mod voice;

pub use agent::{Options, run};
pub use script::{
    AtInitialize, Choice, Edit, Pace, Plan, Question, Script, SetMode, Step, Todo, TodoStatus, Turn,
};
