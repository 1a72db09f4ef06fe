//! Notices of the desktop. The page decides which there are; here they are only shown.

use serde::Deserialize;
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

use crate::closing::raise;
use crate::page::{Note, Page};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Notice {
    /// What a click on it opens; given back as it is.
    pub key: String,
    pub title: String,
    pub body: String,
}

const KEY: &str = "key";
/// Enough for two lines of any desktop.
const LONGEST: usize = 200;

pub fn show(app: &AppHandle, notice: Notice) {
    let builder = app.notification().builder().title(shortened(&notice.title));
    let shown = builder.body(plain(&shortened(&notice.body))).extra(KEY, notice.key).show();
    if let Err(error) = shown {
        tracing::debug!(%error, "a notice could not be shown");
    }
}

/// A click leads to what the notice is about.
pub fn follow_clicks(app: &AppHandle) {
    let then = app.clone();
    let followed = app.notification().on_action(move |action| {
        raise(&then);
        let extra = action.notification().and_then(|notification| notification.extra().get(KEY).cloned());
        if let Some(key) = extra.as_ref().and_then(|key| key.as_str()) {
            then.state::<Page>().tell(Note::Open { key: key.to_owned() });
        }
    });
    if let Err(error) = followed {
        tracing::debug!(%error, "clicks on notices lead nowhere");
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Linux desktops read markup in a body, and what agents and guests wrote is none.
fn plain(text: &str) -> String {
    if cfg!(target_os = "linux") {
        return text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dt5_words_of_others_are_short_and_no_markup() {
        assert_eq!(shortened(&"é".repeat(300)).chars().count(), LONGEST + 1);
        assert_eq!(shortened("as it is"), "as it is");
        if cfg!(target_os = "linux") {
            assert_eq!(plain("<a href=x>&</a>"), "&lt;a href=x&gt;&amp;&lt;/a&gt;");
        }
    }
}
