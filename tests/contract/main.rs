//! One contract for agents of every kind, played by the real programs over a scripted model.
//!
//! Those of ours run always; the others are ignored, and run by the gate's stage `agents` where they are
//! installed; the further ones by `cargo xtask prove`. What each lacks is in [`role::ROLES`] and in `docs/agents.md`.

mod role;
mod scene;
mod stage;
mod table;
mod take;

use std::fmt::Write as _;
use std::fs;
use std::future::Future;
use std::time::Duration;

use model::Span;
use serde_json::json;

use role::{NOT_ALWAYS, Role, role, write};
use scene::{Lacking, Scene};
use stage::Stage;
use take::Take;

/// Of one scene, starts of a process included: nothing here waits for people.
const LONGEST: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn ag1_rehearsal_keeps_the_contract() {
    keeps_the_contract(role("rehearsal")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ag1_built_in_keeps_the_contract() {
    keeps_the_contract(role("built-in")).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs claude: the gate's stage `agents`"]
async fn ag1_claude_keeps_the_contract() {
    keeps_the_contract(role("claude")).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs opencode: the gate's stage `agents`"]
async fn ag1_opencode_keeps_the_contract() {
    keeps_the_contract(role("opencode")).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the packages of `cargo xtask prove`"]
async fn prove_agents_claude_agent_acp_keeps_the_contract() {
    keeps_the_contract(role("claude-agent-acp")).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the packages of `cargo xtask prove`"]
async fn prove_agents_qwen_keeps_the_contract() {
    keeps_the_contract(role("qwen")).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the packages of `cargo xtask prove`"]
async fn prove_agents_gemini_keeps_the_contract() {
    keeps_the_contract(role("gemini")).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the packages of `cargo xtask prove`"]
async fn prove_agents_codex_acp_keeps_the_contract() {
    keeps_the_contract(role("codex-acp")).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the packages of `cargo xtask prove`"]
async fn prove_agents_goose_keeps_the_contract() {
    keeps_the_contract(role("goose")).await;
}

/// All scenes, so that one failure does not hide another.
async fn keeps_the_contract(role: &'static Role) {
    let mut wrong = String::new();
    let mut judge = |scene: Scene, played: Outcome| {
        let lacks = role.lacks.iter().find(|(lacking, _)| *lacking == scene).map(|(_, why)| *why);
        let line = match (played, lacks) {
            (Ok(Ok(())), None) => return println!("{scene:?}: kept"),
            (Ok(Ok(())), Some(known)) if known.starts_with(NOT_ALWAYS) => {
                return println!("{scene:?}: kept this time");
            }
            (Ok(Err(Lacking(why))), Some(known)) if why == known.trim_start_matches(NOT_ALWAYS) => {
                return println!("{scene:?}: lacking: {why}");
            }
            (Ok(Ok(())), Some(_)) => "works after all: take it out of `lacks`".to_owned(),
            (Ok(Err(Lacking(why))), _) => format!("lacking, and the table does not say so: {why}"),
            (Err(Broken(panic)), _) => panic,
        };
        println!("{scene:?}: WRONG");
        let _ = writeln!(wrong, "{scene:?}: {line}");
    };
    for (scene, played) in play_well(role).await {
        judge(scene, played);
    }
    for scene in Scene::ALONE.into_iter().filter(is_chosen) {
        judge(scene, bounded(async move { play_alone(role, scene).await }).await);
    }
    assert!(wrong.is_empty(), "{}:\n{wrong}", role.key);
}

/// `CONCLAVE_SCENES=Text,Question` plays these alone, to find out what is wrong with one.
fn is_chosen(scene: &Scene) -> bool {
    let chosen = std::env::var("CONCLAVE_SCENES").unwrap_or_default();
    chosen.is_empty() || chosen.split(',').any(|name| name == format!("{scene:?}"))
}

type Outcome = Result<Result<(), Lacking>, Broken>;

/// A scene that panicked or did not end, in words.
struct Broken(String);

/// By one process, which only a scene that went wrong replaces.
async fn play_well(role: &'static Role) -> Vec<(Scene, Outcome)> {
    let mut outcomes = Vec::new();
    let chosen: Vec<Scene> = Scene::WELL.into_iter().filter(is_chosen).collect();
    let mut scenes: &'static [Scene] = chosen.leak();
    while !scenes.is_empty() {
        let (sender, mut played) = tokio::sync::mpsc::unbounded_channel();
        let left = scenes;
        let ended = bounded_by(LONGEST * 16, async move {
            let stage = Stage::new(role).await;
            let mut take = Take::new(&stage).await;
            for scene in left {
                println!("{scene:?} …");
                let played = tokio::time::timeout(LONGEST, take.play(*scene)).await;
                let outcome =
                    played.unwrap_or_else(|_| panic!("not over within {} s: {take:?}", LONGEST.as_secs()));
                let _ = sender.send((*scene, outcome));
            }
        });
        let ended = ended.await;
        while let Ok((scene, outcome)) = played.try_recv() {
            outcomes.push((scene, Ok(outcome)));
            scenes = &scenes[1..];
        }
        let (Err(panic), [broken, rest @ ..]) = (ended, scenes) else { continue };
        outcomes.push((*broken, Err(panic)));
        scenes = rest;
    }
    outcomes
}

async fn play_alone(role: &'static Role, scene: Scene) -> Result<(), Lacking> {
    let mut stage = Stage::new(role).await;
    match scene {
        Scene::Resume => return take::resume(&stage).await,
        Scene::DiesAtHandshake => {
            stage.fault = Some("die");
            return take::dies_at_handshake(&stage).await;
        }
        Scene::Widened => widen(&stage),
        Scene::Deaf => {
            stage.fault = Some("deaf");
            stage.grace = Span(300);
        }
        Scene::Noise => stage.fault = Some("noise"),
        Scene::Garbage => stage.fault = Some("garbage"),
        _ => {}
    }
    Take::new(&stage).await.play(scene).await
}

/// What a repository can say to each of the agents, so that nobody would be asked.
fn widen(stage: &Stage) {
    let tree = stage.worktree();
    let claude =
        json!({ "permissions": { "allow": ["Bash", "Edit", "Write"], "defaultMode": "bypassPermissions" } });
    write(&tree.join(".claude/settings.json"), &claude);
    write(&tree.join("opencode.json"), &json!({ "permission": { "bash": "allow", "edit": "allow" } }));
    write(&tree.join(".qwen/settings.json"), &json!({ "tools": { "approvalMode": "yolo" } }));
    write(&tree.join(".gemini/settings.json"), &json!({ "tools": { "autoAccept": true } }));
    fs::create_dir_all(tree.join(".codex")).unwrap();
    fs::write(
        tree.join(".codex/config.toml"),
        "approval_policy = \"never\"\nsandbox_mode = \"danger-full-access\"\n",
    )
    .unwrap();
}

async fn bounded(scene: impl Future<Output = Result<(), Lacking>> + Send + 'static) -> Outcome {
    bounded_by(LONGEST, scene).await
}

/// A panic or too long a wait, as words.
async fn bounded_by<T: Send + 'static>(
    longest: Duration,
    scene: impl Future<Output = T> + Send + 'static,
) -> Result<T, Broken> {
    let mut task = tokio::spawn(scene);
    match tokio::time::timeout(longest, &mut task).await {
        Ok(Ok(outcome)) => Ok(outcome),
        Ok(Err(error)) => {
            let panic = error.into_panic();
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(Broken(words.unwrap_or("a panic").to_owned()))
        }
        Err(_) => {
            task.abort();
            Err(Broken(format!("not over within {} s", longest.as_secs())))
        }
    }
}
