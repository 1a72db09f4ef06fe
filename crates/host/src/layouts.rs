//! What the owner's pages have open, kept beside the log, so that their devices follow each other (WI9).

use model::{Rejection, limits};
use ports::event_store::Layout;
use serde::de::IgnoredAny;
use tokio::sync::Mutex;
use wire::{Failure, FailureCode, Reply};

use crate::desk::storage;
use crate::host::Host;
use crate::principal::Principal;

/// One is kept after the other: each counts up from the one before.
#[derive(Default)]
pub(crate) struct Layouts(Mutex<()>);

impl Host {
    pub(crate) async fn layout(&self, by: Principal) -> Result<Reply, Failure> {
        let kept = self.kept_layout(by.person).await?;
        Ok(match kept {
            Some(Layout { revision, text }) => Reply::Layout { revision, layout: Some(text) },
            None => Reply::Layout { revision: 0, layout: None },
        })
    }

    pub(crate) async fn keep_layout(&self, by: Principal, text: String) -> Result<Reply, Failure> {
        if text.len() > limits::LAYOUT_BYTES {
            return Err(Rejection::TooLarge { limit: limits::LAYOUT_BYTES as u64 }.into());
        }
        if serde_json::from_str::<IgnoredAny>(&text).is_err() {
            return Err(Failure::new(FailureCode::BadParams, "A layout is JSON. Nothing was kept."));
        }
        let _in_turn = self.inner.layouts.0.lock().await;
        let revision = self.kept_layout(by.person).await?.map_or(1, |kept| kept.revision + 1);
        let store = &self.inner.shared.parts.store;
        store.keep_layout(by.person, Layout { revision, text }).await.map_err(storage)?;
        self.globe().layout_is(revision);
        Ok(Reply::Layout { revision, layout: None })
    }

    /// What an earlier life kept.
    pub(crate) async fn recall_layout(&self) -> Result<(), Failure> {
        let owner = self.globe().now().grants.owner;
        if let Some(kept) = self.kept_layout(owner).await? {
            self.globe().layout_is(kept.revision);
        }
        Ok(())
    }

    async fn kept_layout(&self, person: model::PersonId) -> Result<Option<Layout>, Failure> {
        self.inner.shared.parts.store.layout(person).await.map_err(storage)
    }
}
