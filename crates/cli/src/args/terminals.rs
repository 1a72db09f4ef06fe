use clap::Subcommand;
use model::TerminalId;

#[derive(Subcommand, Debug)]
pub(crate) enum Terminal {
    /// Those of a workspace, with their ids.
    List {
        /// Workspace: id, start of it, or name.
        workspace: String,
    },
    /// Open a shell there, for a page to show.
    Open {
        workspace: String,
        #[arg(long, default_value_t = 80)]
        columns: u16,
        #[arg(long, default_value_t = 24)]
        rows: u16,
    },
    /// End its shell and all that it started.
    Close { workspace: String, terminal: TerminalId },
}
