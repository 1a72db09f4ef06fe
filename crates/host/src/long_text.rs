//! Long texts become blobs before they enter an event (LO11).

use model::{FileDiff, LongText, ToolCall, limits};
use ports::agent::{DiffText, ToolCallText};
use ports::event_store::{EventStore, StoreError};

pub(crate) async fn keep(store: &dyn EventStore, text: &str) -> Result<LongText, StoreError> {
    if let Some(inline) = LongText::inline(text) {
        return Ok(inline);
    }
    let kept = LongText::preview(text, limits::BLOB_BYTES);
    let blob = store.put_blob(kept.as_bytes().to_vec()).await?;
    Ok(LongText {
        text: LongText::preview(text, limits::INLINE_BYTES).to_owned(),
        blob: Some(blob),
        bytes: text.len() as u64,
        truncated: kept.len() < text.len(),
    })
}

pub(crate) async fn keep_call(store: &dyn EventStore, call: ToolCallText) -> Result<ToolCall, StoreError> {
    let input = keep(store, &call.input).await?;
    Ok(ToolCall { kind: call.kind, title: call.title, input, paths: call.paths })
}

pub(crate) async fn keep_diffs(
    store: &dyn EventStore,
    diffs: Vec<DiffText>,
) -> Result<Vec<FileDiff>, StoreError> {
    let mut kept = Vec::with_capacity(diffs.len());
    for diff in diffs {
        let unified = keep(store, &diff.unified).await?;
        kept.push(FileDiff { path: diff.path, added: diff.added, removed: diff.removed, unified });
    }
    Ok(kept)
}
