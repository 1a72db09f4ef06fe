//! A scripted model server on loopback, for tests and for trying agents
//! without a key. It speaks Anthropic Messages, OpenAI chat completions, OpenAI
//! responses and Gemini, streaming and whole, and calls the tools an agent offers.
//!
//! Without a script file it obeys markers at the start of a line of the last
//! user message:
//!
//! | line | reply |
//! |---|---|
//! | `SAY text` | the text |
//! | `THINK text` | the text as reasoning |
//! | `WRITE path content` | a call of the tool that writes files (`\n` is a newline) |
//! | `READ path` | a call of the tool that reads files |
//! | `SHELL command` | a call of the tool that runs commands |
//! | `PLAN text` | a call of the tool that proposes a plan; as text where there is none. Where the agent names a file for its plan, that is written first |
//! | `ASK question` | a call of the tool that asks people; as text where there is none |
//! | `SLOW n` | n chunks, each but the first held at the gate |
//! | `FAIL status` | an HTTP error |
//!
//! After a tool's result it answers `Tool said: …` and ends its turn.
//!
//! A script file is `{"steps": [{"match": "substring", "reply": [part, …],
//! "then": [[part, …], …]}]}`: the first step whose `match` is in the last user
//! message answers; `then` holds the replies to the tool results that follow.
//! A part is one of `{"text": "…"}`, `{"thinking": "…"}`, `{"tool":
//! {"name_like": ["write"], "input": {…}}}`, `{"error": {"status": 529}}` (with `retry_after` in seconds, and `times` if only so often),
//! `{"delay_ms": 5}`, `"gate"`, `"cut"`.

mod anthropic;
mod asked;
mod chat;
mod gemini;
mod markers;
mod reply;
mod responses;
mod script;
mod server;
mod tools;

pub use script::{Fault, Part, Script, Step, ToolCall};
pub use server::MockModel;
