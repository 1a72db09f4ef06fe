//! TU11: images that go with a prompt.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::*;
use ports::agent::AgentImage;
use ports::event_store::EventStore;
use wire::{FailureCode, ImageBytes, ImageUpload, Reply, Request};

use crate::cast::Asked;
use crate::client::command;
use crate::stage::{Consensus, Stage};

fn gif(more: &str) -> Vec<u8> {
    format!("GIF89a{more}").into_bytes()
}

fn upload(bytes: &[u8]) -> ImageUpload {
    ImageUpload { data: STANDARD.encode(bytes) }
}

fn prompt(stage: &Stage, images: Vec<ImageUpload>) -> Request {
    let (text, delivery) = ("what is this?".to_owned(), Delivery::Now);
    Request::Prompt { command: command(), session: stage.session, text, delivery, images }
}

fn hash(bytes: &[u8]) -> BlobHash {
    BlobHash(ports::chain::hex_digest(bytes))
}

fn taken(event: &Event) -> Option<PromptBody> {
    match event {
        Event::TurnTaken { body, .. } => Some(body.clone()),
        _ => None,
    }
}

fn ended(event: &Event) -> Option<TurnOutcome> {
    match event {
        Event::TurnEnded { outcome, .. } => Some(outcome.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn tu11_the_agent_gets_the_images_of_a_prompt_and_people_see_them() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Observer, Consensus::No).await;
    let bytes = gif("a");
    stage.owner.call(prompt(&stage, vec![upload(&bytes)])).await.unwrap();
    let mut player = stage.player().await;
    player.prompted().await;
    let image = AgentImage { kind: ImageKind::Gif, base64: STANDARD.encode(&bytes) };
    assert_eq!(stage.agents.images.lock().unwrap().as_slice(), std::slice::from_ref(&image));
    let body = bea.event("the turn", taken).await;
    let kept = PromptImage { blob: hash(&bytes), kind: ImageKind::Gif, bytes: 7 };
    assert_eq!((body.text.as_str(), body.images), ("what is this?", vec![kept]));
    let read = Request::Blob { session: stage.session, hash: hash(&bytes) };
    let shown = Some(ImageBytes { kind: ImageKind::Gif, data: image.base64 });
    match bea.call(read).await {
        Ok(Reply::Blob { image, text, .. }) => assert_eq!((image, text.as_str()), (shown, "")),
        other => panic!("an image, not {other:?}"),
    }
}

#[tokio::test]
async fn tu11_what_is_no_image_or_too_much_is_refused_and_leaves_no_trace() {
    let mut stage = Stage::set().await;
    let large = gif(&"x".repeat(300 * 1024));
    let cases = [
        (vec![upload(b"<svg/>")], "Only PNG, JPEG, GIF and WebP"),
        (vec![ImageUpload { data: "not base64!".into() }], "base64"),
        (vec![upload(&gif("a")); 9], "8 images at most"),
        (vec![upload(&large), upload(&large)], "512 KiB at most"),
    ];
    for (images, words) in cases {
        let first = images[0].clone();
        let refused = stage.owner.call(prompt(&stage, images)).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::BadImage);
        assert!(refused.message.contains(words), "{refused}");
        if let Ok(bytes) = STANDARD.decode(first.data) {
            assert_eq!(stage.store.blob(hash(&bytes)).await, Ok(None), "TU1");
        }
    }
    assert!(stage.owner.view.as_ref().unwrap().turn.is_none());
}

#[tokio::test]
async fn tu11_ag1_an_agent_that_takes_no_images_says_so_before_anything_is_written() {
    let mut stage = Stage::set().await;
    stage.agents.offers.lock().unwrap().no_images = true;
    stage.owner.call(prompt(&stage, vec![upload(&gif("a"))])).await.unwrap();
    let TurnOutcome::Failed { reason, .. } = stage.owner.event("the end", ended).await else {
        panic!("failed")
    };
    assert!(reason.contains("takes no images"), "the first time it is not known yet: {reason}");
    let mut player = stage.player().await;
    assert!(player.asked.try_recv().is_err(), "no byte of it reached the agent");
    let refused = stage.owner.call(prompt(&stage, vec![upload(&gif("b"))])).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NoImages);
    assert_eq!(stage.store.blob(hash(&gif("b"))).await, Ok(None));
    stage.owner.call(prompt(&stage, vec![])).await.unwrap();
    assert!(matches!(player.asked.recv().await, Some(Asked::Prompt(..))), "words it takes");
}

#[tokio::test]
async fn tu11_lo11_an_image_that_is_taken_back_is_gone() {
    let mut stage = Stage::set().await;
    let bytes = gif("secret");
    stage.owner.call(prompt(&stage, vec![upload(&bytes)])).await.unwrap();
    let mut player = stage.player().await;
    let turn = player.prompted().await;
    player.ends(turn).await;
    stage.owner.event("the end", ended).await;
    let found = stage.owner.events.iter().find(|(_, event)| taken(event).is_some());
    let seq = found.map(|(seq, _)| *seq).unwrap();
    let session = stage.session;
    stage.owner.call(Request::Redact { command: command(), session, seq }).await.unwrap();
    assert_eq!(stage.store.blob(hash(&bytes)).await, Ok(None));
    let read = Request::Blob { session, hash: hash(&bytes) };
    assert_eq!(stage.owner.call(read).await.unwrap_err().code, FailureCode::NotFound);
}

#[tokio::test]
async fn tu11_qu1_a_prompt_that_is_edited_keeps_its_images() {
    let mut stage = Stage::set().await;
    let (_player, _) = stage.running().await;
    let (session, delivery, text) = (stage.session, Delivery::Queue, "look".to_owned());
    let images = vec![upload(&gif("a"))];
    let queued = Request::Prompt { command: command(), session, text, delivery, images };
    let Ok(Reply::Prompted { prompt, .. }) = stage.owner.call(queued).await else { panic!("queued") };
    let text = "look again".to_owned();
    stage.owner.call(Request::EditPrompt { command: command(), session, prompt, text }).await.unwrap();
    let edited = |event: &Event| match event {
        Event::PromptEdited { body, .. } => Some(body.clone()),
        _ => None,
    };
    let body = stage.owner.event("the edit", edited).await;
    assert_eq!((body.text.as_str(), body.images.len()), ("look again", 1));
}
