//! What the program and its page tell each other beside the frames of hosts.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use tauri::ipc::{Channel, JavaScriptChannelId};
use tauri::{AppHandle, State, Webview};

use crate::closing;
use crate::notices::{self, Notice};
use crate::standing::{Ear, Standing};

/// Told to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Note {
    /// The window is to be closed while something goes on: ask what is meant (DT3).
    Closing(Standing),
    /// A link of ours was opened, as it was written; a stranger may have made it (DT4).
    Link {
        url: String,
    },
    /// Somebody wants to see this: the key of a notice.
    Open {
        key: String,
    },
    NewSession,
}

/// Asked by the page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Order {
    Notify(Notice),
    /// The answers to [`Note::Closing`]; to stay takes none.
    KeepRunning,
    Quit,
}

/// The page that is loaded now, and what waits for one.
#[derive(Default)]
pub struct Page(Mutex<Ears>);

#[derive(Default)]
struct Ears {
    channel: Option<Channel<Note>>,
    waiting: Vec<Note>,
}

/// Links that may wait for a page to load.
const WAITING: usize = 8;

impl Page {
    fn attach(&self, channel: Channel<Note>) {
        let Ok(mut ears) = self.0.lock() else { return };
        for note in ears.waiting.drain(..) {
            channel.send(note).ok();
        }
        ears.channel = Some(channel);
    }

    /// Now, or as soon as there is a page.
    pub fn tell(&self, note: Note) {
        let Ok(mut ears) = self.0.lock() else { return };
        let told = ears.channel.as_ref().is_some_and(|channel| channel.send(note.clone()).is_ok());
        if !told && ears.waiting.len() < WAITING {
            ears.waiting.push(note);
        }
    }

    pub fn ear(&self) -> Ear {
        match self.0.lock() {
            Ok(ears) if ears.channel.is_some() => Ear::Listening,
            Ok(_) | Err(_) => Ear::Deaf,
        }
    }
}

/// The window's other command: a page connects with a `channel` for notes, and gives orders.
#[tauri::command]
pub fn shell(
    app: AppHandle,
    webview: Webview,
    page: State<'_, Page>,
    channel: Option<JavaScriptChannelId>,
    order: Option<Order>,
) {
    if let Some(channel) = channel {
        page.attach(channel.channel_on(webview));
    }
    match order {
        Some(Order::Notify(notice)) => notices::show(&app, notice),
        Some(Order::KeepRunning) => closing::keep_running(&app),
        Some(Order::Quit) => closing::quit(&app),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn ear() -> (Channel<Note>, Arc<Mutex<Vec<String>>>) {
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        let channel = Channel::new(move |body| {
            heard.lock().unwrap().push(body.into_json_string());
            Ok(())
        });
        (channel, said)
    }

    trait IntoJson {
        fn into_json_string(self) -> String;
    }

    impl IntoJson for tauri::ipc::InvokeResponseBody {
        fn into_json_string(self) -> String {
            match self {
                Self::Json(text) => text,
                Self::Raw(bytes) => format!("{bytes:?}"),
            }
        }
    }

    #[test]
    fn dt4_a_link_that_came_before_its_page_waits_for_it() {
        let page = Page::default();
        assert_eq!(page.ear(), Ear::Deaf);
        page.tell(Note::Link { url: "conclave://join/1".to_owned() });
        let (channel, said) = ear();
        page.attach(channel);
        page.tell(Note::Closing(Standing { running: 2, ..Standing::default() }));
        assert_eq!(page.ear(), Ear::Listening);
        let expected = [
            r#"{"kind":"link","url":"conclave://join/1"}"#,
            r#"{"kind":"closing","needs_you":0,"running":2,"knocks":0,"guests":0,"terminals":0}"#,
        ];
        assert_eq!(*said.lock().unwrap(), expected);
    }

    #[test]
    fn orders_are_read_as_the_page_writes_them() {
        let order = |text| serde_json::from_str::<Order>(text).unwrap();
        let notice = r#"{"kind":"notify","key":"k","title":"t","body":"b"}"#;
        let expected = Notice { key: "k".to_owned(), title: "t".to_owned(), body: "b".to_owned() };
        assert_eq!(order(notice), Order::Notify(expected));
        assert_eq!(order(r#"{"kind":"quit"}"#), Order::Quit);
        assert_eq!(order(r#"{"kind":"keep_running"}"#), Order::KeepRunning);
    }
}
