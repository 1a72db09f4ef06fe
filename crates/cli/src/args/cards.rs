use clap::{Args, ValueEnum};

/// Vote on the plan that is open in a session.
#[derive(Args, Debug)]
pub(crate) struct Vote {
    pub session: String,
    #[arg(value_enum)]
    pub choice: ChoiceName,
    /// Goes to the agent with a deny.
    #[arg(long, required_if_eq("choice", "deny"))]
    pub reason: Option<String>,
    /// Which, if more than one is open: start of its id.
    #[arg(long, value_name = "ID")]
    pub ballot: Option<String>,
}

/// Answer the question that is open in a session.
#[derive(Args, Debug)]
pub(crate) struct Answer {
    pub session: String,
    /// The answer; or `field=answer` for each field, when there are several.
    #[arg(required = true)]
    pub answers: Vec<String>,
    /// Which, if more than one is open: start of its id.
    #[arg(long, value_name = "ID")]
    pub question: Option<String>,
}

/// Answer the permission request that is open in a session.
#[derive(Args, Debug)]
pub(crate) struct Permission {
    pub session: String,
    #[arg(value_enum)]
    pub answer: PermissionName,
    /// Which, if more than one is open: start of its id.
    #[arg(long, value_name = "ID")]
    pub request: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ChoiceName {
    Approve,
    Deny,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PermissionName {
    Allow,
    Reject,
}
