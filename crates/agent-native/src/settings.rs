//! What the program is told by its environment.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

pub const API: &str = "CONCLAVE_AGENT_API";
pub const BASE_URL: &str = "CONCLAVE_AGENT_BASE_URL";
pub const KEY: &str = "CONCLAVE_AGENT_KEY";
pub const MODEL: &str = "CONCLAVE_AGENT_MODEL";
pub const CONTEXT: &str = "CONCLAVE_AGENT_CONTEXT";
pub const STATE: &str = "CONCLAVE_AGENT_STATE";
/// Where the key is read from once it has left the environment; see `handover`.
pub const KEY_FROM: &str = "CONCLAVE_AGENT_KEY_FROM";

/// Tokens a model is taken to hold where nobody says.
const ANTHROPICS_CONTEXT: usize = 200_000;
const OTHERS_CONTEXT: usize = 128_000;
const LEAST_CONTEXT: usize = 4_000;

/// The format an endpoint speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    Anthropic,
    /// Chat completions: what compatible endpoints offer.
    OpenAi,
    OpenAiResponses,
}

/// Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

#[derive(Debug, Clone)]
pub struct Settings {
    pub api: Api,
    /// Ends with a slash.
    pub base_url: String,
    /// Local endpoints want none.
    pub key: Option<Key>,
    pub model: Option<String>,
    pub context: usize,
    /// Where sessions are kept; without it they cannot be loaded again.
    pub state: Option<PathBuf>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    #[error(
        "The built-in agent has no model to ask: set {KEY}, or {BASE_URL} for an endpoint that needs no key."
    )]
    NoEndpoint,
    #[error("{API} is {0:?}; it can be anthropic, openai or openai-responses.")]
    UnknownApi(String),
    #[error("{BASE_URL} is no address of the web: it must begin with http:// or https://.")]
    NoUrl,
    #[error("{CONTEXT} must be a number of tokens, at least {LEAST_CONTEXT}.")]
    BadContext,
}

impl Key {
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("•••")
    }
}

impl Settings {
    pub fn read(env: &BTreeMap<String, String>, key: Option<Key>) -> Result<Self, SettingsError> {
        let said = |name: &str| env.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let api = match said(API) {
            None | Some("anthropic") => Api::Anthropic,
            Some("openai") => Api::OpenAi,
            Some("openai-responses") => Api::OpenAiResponses,
            Some(other) => return Err(SettingsError::UnknownApi(other.to_owned())),
        };
        if key.is_none() && said(BASE_URL).is_none() {
            return Err(SettingsError::NoEndpoint);
        }
        let context = match said(CONTEXT) {
            None if api == Api::Anthropic => ANTHROPICS_CONTEXT,
            None => OTHERS_CONTEXT,
            Some(text) => match text.parse() {
                Ok(tokens) if tokens >= LEAST_CONTEXT => tokens,
                _ => return Err(SettingsError::BadContext),
            },
        };
        Ok(Self {
            api,
            base_url: base_url(api, said(BASE_URL))?,
            key,
            model: said(MODEL).map(str::to_owned),
            context,
            state: said(STATE).map(PathBuf::from),
        })
    }
}

/// As other programs have it: Anthropic's without the version, OpenAI's with it.
fn base_url(api: Api, said: Option<&str>) -> Result<String, SettingsError> {
    let usual = match api {
        Api::Anthropic => "https://api.anthropic.com",
        Api::OpenAi | Api::OpenAiResponses => "https://api.openai.com/v1",
    };
    let url = said.unwrap_or(usual).trim_end_matches('/');
    if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Err(SettingsError::NoUrl);
    }
    let version = if api == Api::Anthropic && !url.ends_with("/v1") { "/v1" } else { "" };
    Ok(format!("{url}{version}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)], key: Option<&str>) -> Result<Settings, SettingsError> {
        let env = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Settings::read(&env, key.and_then(Key::new))
    }

    #[test]
    fn an_endpoint_is_named_as_other_programs_name_it() {
        let cases = [
            (None, None, "https://api.anthropic.com/v1/"),
            (Some("openai"), None, "https://api.openai.com/v1/"),
            (Some("anthropic"), Some("http://127.0.0.1:1/"), "http://127.0.0.1:1/v1/"),
            (
                Some("anthropic"),
                Some("https://gate.example/anthropic/v1"),
                "https://gate.example/anthropic/v1/",
            ),
            (Some("openai"), Some("http://localhost:11434/v1"), "http://localhost:11434/v1/"),
        ];
        for (api, url, wanted) in cases {
            let pairs: Vec<(&str, &str)> =
                api.map(|api| (API, api)).into_iter().chain(url.map(|url| (BASE_URL, url))).collect();
            assert_eq!(read(&pairs, Some("k")).unwrap().base_url, wanted);
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_said_in_a_sentence() {
        assert_eq!(read(&[], None).unwrap_err(), SettingsError::NoEndpoint);
        assert_eq!(read(&[], Some("  ")).unwrap_err(), SettingsError::NoEndpoint);
        let unknown = read(&[(API, "smoke")], Some("k")).unwrap_err();
        assert!(unknown.to_string().contains("smoke"));
        assert_eq!(read(&[(BASE_URL, "file:///x")], None).unwrap_err(), SettingsError::NoUrl);
        assert_eq!(read(&[(CONTEXT, "12")], Some("k")).unwrap_err(), SettingsError::BadContext);
        assert!(read(&[(BASE_URL, "http://localhost:1/v1")], None).is_ok(), "a local endpoint needs no key");
    }

    #[test]
    fn a_key_is_not_shown() {
        let settings = read(&[], Some("sk-very-secret")).unwrap();
        assert!(!format!("{settings:?}").contains("secret"));
    }
}
