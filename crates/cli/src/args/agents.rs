use clap::{Args, Subcommand};

#[derive(Subcommand, Debug)]
pub(crate) enum Agent {
    /// The agents of this host, with their keys.
    List,
    /// Start an agent's program to hear what it is and what it offers.
    Check { agent: String },
    /// It can be chosen.
    Enable { agent: String },
    /// It can't be chosen, and no turn of it starts.
    Disable { agent: String },
    /// The key with which an agent asks its model.
    #[command(subcommand)]
    Key(AgentKey),
}

#[derive(Subcommand, Debug)]
pub(crate) enum AgentKey {
    /// Keep the key that standard input says, in the system's keyring if there is one. That agent alone
    /// gets it, from the host's next start on.
    Set {
        /// As `conclave doctor` lists them.
        agent: String,
    },
    Remove {
        agent: String,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Mcp {
    /// Which there are. Secrets are not shown.
    List,
    /// Add one, or put it in the place of the one with this name. Counts when an agent is next started.
    Add(McpServer),
    Remove {
        name: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct McpServer {
    pub name: String,
    /// The address of a server that is dialled; one that is started has a command instead.
    #[arg(long, conflicts_with = "command")]
    pub url: Option<String>,
    /// For a server that is started, `NAME=value`; can be given again. `NAME` alone takes the value from
    /// standard input, one line each, so that no secret stands in the shell's history.
    #[arg(long, value_name = "NAME[=VALUE]")]
    pub env: Vec<String>,
    /// For a server that is dialled, as `--env`.
    #[arg(long, value_name = "NAME[=VALUE]", requires = "url")]
    pub header: Vec<String>,
    /// The program and its arguments, behind `--`.
    #[arg(last = true)]
    pub command: Vec<String>,
}
