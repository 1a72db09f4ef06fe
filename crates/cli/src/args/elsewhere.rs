use clap::{Args, Subcommand};

/// Join another host by an invite, and keep it as known.
#[derive(Args, Debug)]
pub(crate) struct Join {
    /// The whole link: `conclave://join/…`, or the `https://…` one.
    pub invite: String,
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
