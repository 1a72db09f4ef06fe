//! Speaks the Agent Client Protocol with any agent over its stdin and stdout: a pure [`decoder`] of
//! what the agent says, and a thin [`AcpBackend`] that runs it.

pub mod decoder;
mod driver;
mod error;

pub use driver::AcpBackend;
pub use error::AcpError;
