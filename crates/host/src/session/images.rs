//! The images of a prompt (TU11): checked as they come, kept as blobs once the prompt is accepted, and read again
//! for the agent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::{AgentKey, BlobHash, ImageKind, PromptImage, limits};
use ports::agent::{AgentError, AgentImage, AgentPrompt};
use ports::chain;
use ports::event_store::EventStore;
use wire::{Failure, FailureCode, ImageUpload};

use super::actor::Actor;

/// One that may be kept, and what the prompt says of it.
pub(super) struct Checked {
    pub image: PromptImage,
    bytes: Vec<u8>,
}

/// Nothing is kept here: a prompt that is refused leaves no trace (TU1).
pub(super) fn check(uploads: &[ImageUpload]) -> Result<Vec<Checked>, Failure> {
    if uploads.len() > limits::IMAGES {
        return Err(bad(format!(
            "A prompt takes {} images at most, and these are {}.",
            limits::IMAGES,
            uploads.len()
        )));
    }
    let checked = uploads.iter().map(check_one).collect::<Result<Vec<_>, _>>()?;
    let bytes: usize = checked.iter().map(|it| it.bytes.len()).sum();
    if bytes > limits::IMAGES_BYTES {
        let (most, kib) = (limits::IMAGES_BYTES / 1024, bytes.div_ceil(1024));
        let words = format!(
            "The images of a prompt take {most} KiB at most, and these take {kib}. Make them smaller."
        );
        return Err(bad(words));
    }
    Ok(checked)
}

fn check_one(upload: &ImageUpload) -> Result<Checked, Failure> {
    let bytes = STANDARD.decode(&upload.data).map_err(|_| bad("An image is not in base64.".to_owned()))?;
    let kind = ImageKind::of(&bytes);
    let kind = kind.ok_or_else(|| bad("Only PNG, JPEG, GIF and WebP go with a prompt.".to_owned()))?;
    let blob = BlobHash(chain::hex_digest(&bytes));
    Ok(Checked { image: PromptImage { blob, kind, bytes: bytes.len() as u64 }, bytes })
}

fn bad(words: String) -> Failure {
    Failure::new(FailureCode::BadImage, words)
}

/// Why an agent can't have the images.
pub(super) fn no_images(agent: &AgentKey) -> String {
    format!("{agent} takes no images. Choose another agent, or ask without them.")
}

/// With the images as they are kept.
pub(super) async fn prompt_of(
    store: &dyn EventStore,
    text: String,
    images: &[PromptImage],
) -> Result<AgentPrompt, AgentError> {
    let mut prompt = AgentPrompt::from(text);
    for image in images {
        let kept = store.blob(image.blob.clone()).await.map_err(|error| not_read(error.to_string()))?;
        let bytes = kept.ok_or_else(|| not_read("An image of this prompt was taken back.".to_owned()))?;
        prompt.images.push(AgentImage { kind: image.kind, base64: STANDARD.encode(bytes) });
    }
    Ok(prompt)
}

fn not_read(detail: String) -> AgentError {
    AgentError::NotStarted { detail }
}

impl Actor {
    /// What is known of it now; one that was never asked is found out with the turn.
    pub(super) fn takes_no_images(&self, agent: &AgentKey) -> bool {
        let told = self.crew.get(agent).map(|slot| slot.no_images);
        told.unwrap_or_else(|| {
            self.shared.parts.catalog.checked(agent).is_some_and(|checked| checked.offers.no_images)
        })
    }

    pub(super) async fn keep_images(&self, images: Vec<Checked>) -> Result<(), Failure> {
        for checked in images {
            self.shared.parts.store.put_blob(checked.bytes).await.map_err(crate::desk::storage)?;
        }
        Ok(())
    }
}
