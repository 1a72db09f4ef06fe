/// Why a line of Claude Code was not understood. It is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaudeError {
    #[error("a line that is no JSON")]
    NotJson,
    #[error("a line that is no message")]
    NotMessage,
}
