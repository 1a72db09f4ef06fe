use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{BlobHash, limits::INLINE_BYTES};

/// Text that may be long: whole when short, else a preview and the blob that holds the rest (LO11).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LongText {
    /// The whole text, or its first [`INLINE_BYTES`] bytes.
    pub text: String,
    /// Where the whole is, when `text` is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub blob: Option<BlobHash>,
    /// Bytes of the whole.
    pub bytes: u64,
    /// The blob itself was cut at its limit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub truncated: bool,
}

impl LongText {
    /// `None` when the text must go into a blob first.
    pub fn inline(text: &str) -> Option<Self> {
        (text.len() <= INLINE_BYTES).then(|| Self {
            text: text.to_owned(),
            blob: None,
            bytes: text.len() as u64,
            truncated: false,
        })
    }

    /// The longest prefix of at most `limit` bytes that ends on a character.
    pub fn preview(text: &str, limit: usize) -> &str {
        &text[..text.floor_char_boundary(limit)]
    }
}
