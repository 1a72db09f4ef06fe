use agent_acp::AcpBackend;
use agent_claude::ClaudeBackend;
use ports::Later;
use ports::agent::{AgentBackend, AgentError, AgentEvents, AgentKind, AgentStart, AgentStarted};

/// Runs each agent as its kind is run.
pub struct EveryKind;

impl AgentBackend for EveryKind {
    fn start(&self, start: AgentStart, events: AgentEvents) -> Later<'_, Result<AgentStarted, AgentError>> {
        match start.program.kind {
            AgentKind::Acp => AcpBackend.start(start, events),
            AgentKind::Claude => ClaudeBackend.start(start, events),
        }
    }

    fn end_leftover(&self, process: String) -> Later<'_, ()> {
        // A process is a process.
        AcpBackend.end_leftover(process)
    }
}
