//! What the program says of itself as it is greeted.

use model::{AgentOffers, Login, Offer};
use serde_json::Value;

use crate::decoder::{ACCEPT_EDITS, BYPASS, DEFAULT, PLAN, each};

const NO_SOURCE: &str = "none";

/// What it can be set to: of its modes those that it takes here.
pub fn offers(hello: &Value, modes: &[String]) -> AgentOffers {
    let models = each(&hello["models"]).filter_map(model).collect();
    let mut efforts: Vec<Offer> = Vec::new();
    let levels = each(&hello["models"]).flat_map(|model| each(&model["supportedEffortLevels"]));
    for level in levels.filter_map(Value::as_str) {
        if efforts.iter().all(|known| known.id != level) {
            efforts.push(offer(level, level));
        }
    }
    let modes = modes.iter().map(|mode| offer(mode, mode_name(mode))).collect();
    AgentOffers { models, modes, efforts, no_images: false, steers: steers(hello) }
}

/// Since this version it is known to say what becomes of a message that comes in mid-turn.
const STEERS_SINCE: [u64; 3] = [2, 1, 329];

fn steers(hello: &Value) -> bool {
    let version = hello["claude_code_version"].as_str().unwrap_or_default();
    let parts: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
    parts.is_some_and(|parts| parts.as_slice() >= STEERS_SINCE.as_slice())
}

/// By the account it names, or by where it has its key from. An older program says nothing of either.
pub fn login(hello: &Value) -> Login {
    let account = &hello["account"];
    let named = |field: &&str| account[*field].as_str().is_some_and(|text| !text.trim().is_empty());
    let sources: Vec<&str> =
        ["tokenSource", "apiKeySource"].iter().filter_map(|field| account[*field].as_str()).collect();
    if ["email", "subscriptionType"].iter().any(named) {
        return Login::In;
    }
    match sources.as_slice() {
        [] => Login::Unknown,
        sources if sources.iter().any(|source| *source != NO_SOURCE) => Login::In,
        _ => Login::Out,
    }
}

fn model(said: &Value) -> Option<Offer> {
    let id = said["value"].as_str()?;
    Some(offer(id, said["displayName"].as_str().unwrap_or(id)))
}

fn offer(id: &str, name: &str) -> Offer {
    Offer { id: id.to_owned(), name: name.to_owned() }
}

fn mode_name(mode: &str) -> &str {
    match mode {
        DEFAULT => "Ask first",
        PLAN => "Plan",
        ACCEPT_EDITS => "Accept edits",
        BYPASS => "Bypass permissions",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ag9_models_modes_and_efforts_are_what_the_program_says() {
        let hello = json!({"models": [
            {"value": "default", "displayName": "Default (recommended)", "supportedEffortLevels": ["low", "high"]},
            {"value": "haiku", "supportedEffortLevels": ["low"]},
            {"displayName": "without a name of its own"},
        ]});
        let known = offers(&hello, &[DEFAULT.to_owned()]);
        assert_eq!(known.models, [offer("default", "Default (recommended)"), offer("haiku", "haiku")]);
        assert_eq!(known.modes, [offer(DEFAULT, "Ask first")]);
        assert_eq!(known.efforts, [offer("low", "low"), offer("high", "high")]);
        assert_eq!(offers(&json!({}), &[]), AgentOffers::default());
    }

    #[test]
    fn tu3_an_older_version_is_not_steered() {
        let by = |version: &str| steers(&json!({ "claude_code_version": version }));
        assert!(by("2.1.329") && by("2.2.0") && by("3.0.1"));
        assert!(!by("2.1.328") && !by("2.0.999") && !by("") && !by("2.1.x"));
    }

    #[test]
    fn ag8_a_login_is_known_only_where_the_program_tells() {
        for (account, known) in [
            (json!({"email": "ada@example.org"}), Login::In),
            (json!({"tokenSource": "none", "apiKeySource": "ANTHROPIC_API_KEY"}), Login::In),
            (json!({"tokenSource": "none", "apiKeySource": "none"}), Login::Out),
            (json!({"email": " "}), Login::Unknown),
            (json!(null), Login::Unknown),
        ] {
            assert_eq!(login(&json!({ "account": account })), known, "{account}");
        }
    }
}
