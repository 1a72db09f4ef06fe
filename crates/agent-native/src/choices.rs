//! What a person can choose for a session.

use agent_client_protocol::v1::schema::{
    SessionConfigOption, SessionConfigOptionCategory, SessionConfigSelectOption, SessionMode,
    SessionModeState,
};

use crate::mode::Mode;

pub const MODEL: &str = "model";

pub fn modes(current: Mode) -> SessionModeState {
    let mode = |mode: Mode| SessionMode::new(mode.id(), mode.name()).description(mode.about().to_owned());
    SessionModeState::new(current.id(), Mode::ALL.map(mode).into())
}

/// The one that is used is always among them.
pub fn model_option(current: &str, listed: &[String]) -> SessionConfigOption {
    let unlisted = Some(current).filter(|current| !listed.iter().any(|model| model == current));
    let names = unlisted.into_iter().chain(listed.iter().map(String::as_str));
    let options: Vec<SessionConfigSelectOption> =
        names.map(|name| SessionConfigSelectOption::new(name.to_owned(), name.to_owned())).collect();
    SessionConfigOption::select(MODEL, "Model", current.to_owned(), options)
        .category(SessionConfigOptionCategory::Model)
}
