//! What lies on the disk.

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};

use model::Preset;
use serde_json::json;
use testkit::command;
use wire::{Reply, Request};

use super::Scene;

/// What git checks out has the modes of git, and lies in a folder of the owner's alone.
const WORKTREES: &str = "worktrees";
/// Written by people, and by this test.
const BY_HAND: &str = "agents.json";

fn all(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let within = |path: PathBuf| {
        let deeper = path.is_dir() && !path.is_symlink() && !path.ends_with(WORKTREES);
        [vec![path.clone()], if deeper { all(&path) } else { Vec::new() }].concat()
    };
    entries.flat_map(within).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    all(folder).into_iter().filter(|path| path.is_file()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pa1_pa4_nothing_in_the_data_folder_can_be_read_by_others() {
    let steps =
        json!([{ "say": "word ".repeat(20_000) }, { "edit": { "path": "README.md", "append": "x" } }]);
    let mut scene = Scene::playing(Preset::CoHost, &json!([{ "steps": steps }])).await;
    let bea = scene.guest("Bea").await;
    let Ok(Reply::Minted { .. }) = scene
        .owner
        .call(Request::MintShare {
            command: command(),
            terms: wire::ShareWish::of(vec![scene.workspace], Preset::Observer),
        })
        .await
    else {
        panic!("a second share")
    };
    scene.owner.call(scene.prompt(&"a long prompt ".repeat(10_000))).await.unwrap();
    let asks = |replica: &testkit::Replica| {
        replica.view(scene.session).is_some_and(|view| !view.permissions.is_empty())
    };
    scene.owner.wait_for("a question", asks).await;
    is_private(&scene.host.data());
    scene.host.end().await;
    is_private(&scene.host.data());

    let data = scene.host.data();
    let holders = |secret: &str| -> Vec<String> {
        let holds = |path: &PathBuf| match fs::read(path) {
            // The log's side files go with its last reader, which may be a moment behind the host.
            Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => false,
            read => read.unwrap().windows(secret.len()).any(|it| it == secret.as_bytes()),
        };
        let name = |path: PathBuf| path.strip_prefix(&data).unwrap().display().to_string();
        files(&data).into_iter().filter(holds).map(name).collect()
    };
    let token = fs::read_to_string(data.join("owner-token")).unwrap();
    assert_eq!(holders(token.trim()), ["owner-token"]);
    assert_eq!(holders("PRIVATE KEY"), ["host-key.pem"]);
    assert!(holders(&bea.credential).is_empty(), "only hashes of what opens the host are kept");
    assert!(holders(&scene.invitation.link.secret.reveal()).is_empty());
}

fn is_private(data: &Path) {
    let kept = [vec![data.to_owned()], all(data)].concat();
    let open = kept.iter().filter(|path| {
        let meta = fs::symlink_metadata(path).unwrap();
        !meta.is_symlink() && meta.permissions().mode() & 0o077 != 0
    });
    let open: Vec<_> = open.filter(|path| !path.ends_with(BY_HAND)).map(|path| (path, mode(path))).collect();
    assert!(open.is_empty(), "{open:?}");
    let sockets = kept.iter().filter(|path| fs::symlink_metadata(path).unwrap().file_type().is_socket());
    let doors = ["conclave.sock", "toolbox.sock"];
    let known = |path: &PathBuf| doors.iter().any(|door| path.ends_with(door));
    let unknown: Vec<_> = sockets.filter(|path| !known(path)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(kept.iter().any(|path| path.ends_with("conclave.db")), "{kept:?}");
}

fn mode(path: &Path) -> String {
    format!("{:o}", fs::symlink_metadata(path).unwrap().permissions().mode())
}

#[tokio::test(flavor = "multi_thread")]
async fn sh2_lo5_a_lost_answer_is_given_again_though_no_disk_has_the_invite() {
    let mut scene = Scene::set(Preset::Collaborator).await;
    let invite = Request::MintInvite {
        command: command(),
        share: scene.share(),
        uses: None,
        lifetime: None,
        consent: None,
    };
    let Ok(Reply::Invited { invite: first }) = scene.owner.call(invite.clone()).await else {
        panic!("an invite")
    };
    assert_eq!(scene.owner.call(invite.clone()).await, Ok(Reply::Invited { invite: first.clone() }));
    super::restart(&mut scene.host).await;
    let owner = scene.host.owner().await.unwrap();
    assert_eq!(owner.call(invite).await, Ok(Reply::Invited { invite: first }));
}
