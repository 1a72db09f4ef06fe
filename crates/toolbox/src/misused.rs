use host::Unheard;

/// More would fill a person's screen.
pub const QUESTIONS: usize = 10;
pub const OPTIONS: usize = 20;

/// Why a call came to nothing, for the model to read.
#[derive(Debug, thiserror::Error)]
pub enum Misused {
    #[error("The input of the call does not fit the tool: {0}.")]
    Malformed(#[from] serde_json::Error),
    #[error("The plan is empty. Say in Markdown what you want to do.")]
    EmptyPlan,
    #[error("Ask one to {QUESTIONS} questions at once.")]
    QuestionCount,
    #[error("A question is empty.")]
    EmptyQuestion,
    #[error("Two of the questions are the same. Ask each once.")]
    SameQuestion,
    #[error("Give at most {OPTIONS} options.")]
    TooManyOptions,
    #[error("{0}")]
    Unheard(#[from] Unheard),
}
