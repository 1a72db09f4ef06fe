//! TU11: an image goes from the command line to the model, and from there to whoever may see it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mock_model::{MockModel, Script};
use model::{Event, TurnOutcome};
use wire::{Reply, Request};

use crate::host::Host;
use crate::room::{Room, said};

/// One grey pixel.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

#[tokio::test(flavor = "multi_thread")]
async fn tu11_the_model_of_the_built_in_agent_sees_an_image_and_so_do_people() {
    for (api, path) in [("anthropic", ""), ("openai", "/v1"), ("openai-responses", "/v1")] {
        let model = MockModel::start(Script::default()).await.unwrap();
        let mut host = Host::off();
        host.set("CONCLAVE_AGENT_API", api);
        host.set("CONCLAVE_AGENT_BASE_URL", format!("{}{path}", model.url()));
        host.set("CONCLAVE_AGENT_KEY", "a-key");
        host.start();
        let (_checkout, _workspace, session) = host.session("built-in");
        let room = Room::owner(&host, &session).await;
        the_model_sees_it(&host, &session, &room, &model).await;
        let body = room.held().facts().find_map(|event| match event {
            Event::TurnTaken { body, .. } => Some(body),
            _ => None,
        });
        let hash = body.unwrap().images[0].blob.clone();
        let reply = room.client.call(Request::Blob { session: room.session, hash }).await.unwrap();
        assert!(matches!(reply, Reply::Blob { image: Some(image), .. } if image.data == PIXEL));
        let other = host.folder().join("notes.txt");
        std::fs::write(&other, "no image").unwrap();
        let refused = host.refuses(&["chat", "send", &session, "Hm", "--image", other.to_str().unwrap()]);
        assert!(refused.contains("Only PNG, JPEG, GIF and WebP"), "{refused}");
    }
}

async fn the_model_sees_it(host: &Host, session: &str, room: &Room, model: &MockModel) {
    let file = host.folder().join("pixel.png");
    std::fs::write(&file, STANDARD.decode(PIXEL).unwrap()).unwrap();
    let file = file.to_str().unwrap();
    host.json(&["chat", "send", session, "SAY It is grey.", "--image", file]);
    assert_eq!(room.ended(1).await, TurnOutcome::Completed);
    assert_eq!(said(&room.held()), ["It is grey."]);
    assert!(model.requests().iter().any(|request| request.to_string().contains(PIXEL)));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn tu11_the_model_of_claude_sees_an_image() {
    let bench = crate::claude::bench().await;
    the_model_sees_it(&bench.host, &bench.session, &bench.room, &bench.model).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn tu11_the_model_of_opencode_sees_an_image() {
    let bench = crate::opencode::bench().await;
    the_model_sees_it(&bench.host, &bench.session, &bench.room, &bench.model).await;
}
