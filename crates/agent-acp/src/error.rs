/// Why a line of an agent was not understood. It is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcpError {
    #[error("a line that is no JSON")]
    NotJson,
    #[error("a line that is no JSON-RPC message")]
    NotRpc,
}
