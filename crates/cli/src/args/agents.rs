use clap::Subcommand;

#[derive(Subcommand, Debug)]
pub(crate) enum Agent {
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
