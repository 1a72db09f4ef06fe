use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// What happens goes to stderr from here on; `CONCLAVE_LOG` says how much of it.
pub fn trace() {
    let usual = || EnvFilter::new("info,rusqlite_migration=warn");
    let filter = EnvFilter::try_from_env("CONCLAVE_LOG").unwrap_or_else(|_| usual());
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
}
