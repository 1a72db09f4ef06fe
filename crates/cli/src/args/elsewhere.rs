use clap::{Args, Subcommand};

/// Join another host by an invite, and keep it as known.
#[derive(Args, Debug)]
pub(crate) struct Join {
    /// The whole link: `conclave://join/…`, or the `https://…` one.
    #[arg(required_unless_present = "nearby", conflicts_with = "nearby")]
    pub invite: Option<String>,
    /// A host in the same network instead, by its name or its id (`conclave nearby`), with the code that
    /// its owner reads out.
    #[arg(long, value_name = "HOST")]
    pub nearby: Option<String>,
    /// The six digits; asked for without it.
    #[arg(long, requires = "nearby")]
    pub code: Option<String>,
    /// What others see you called there [default: your name here].
    #[arg(long)]
    pub name: Option<String>,
    /// What you call that host [default: its owner's name].
    #[arg(long = "as", value_name = "LABEL")]
    pub label: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Remote {
    List,
    /// Forget a host, and what opens it.
    Forget {
        /// Its label, or the start of it or of its key.
        host: String,
    },
}
