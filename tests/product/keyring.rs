//! Against a real secret service: `cargo xtask prove keyring`.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::host::{Host, program, text};

/// A session of its own with an unlocked keyring, and in it a command. What the keyring keeps is below
/// `home`, and outlives the session.
const SESSION: &str =
    "printf %s secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$0\" \"$@\"";

fn is_there(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn conclave(home: &Path, arguments: &[&str]) -> Command {
    let runtime = home.join("run");
    fs::create_dir_all(&runtime).unwrap();
    fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).unwrap();
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", SESSION]).arg(program("conclave"));
    command.arg("--data").arg(home.join("data")).arg("--json").args(arguments);
    command
        .env_clear()
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", runtime)
        .env("PATH", std::env::var("PATH").unwrap());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn answer(output: Output) -> Value {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    serde_json::from_str(said.trim().lines().last().unwrap()).unwrap()
}

fn is_missing() -> bool {
    let missing = ["dbus-run-session", "gnome-keyring-daemon"].into_iter().find(|needed| !is_there(needed));
    missing.inspect(|needed| eprintln!("skipped: {needed} is not installed")).is_some()
}

#[test]
#[ignore = "needs a secret service: a proof"]
fn prove_keyring_the_key_of_an_agent_is_in_the_secret_service_and_nowhere_else() {
    if is_missing() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let mut setting =
        conclave(home.path(), &["agent", "key", "set", "built-in"]).stdin(Stdio::piped()).spawn().unwrap();
    setting.stdin.take().unwrap().write_all(b"sk-kept-well\n").unwrap();
    assert_eq!(answer(setting.wait_with_output().unwrap())["kept"], "keyring");
    let data = home.path().join("data");
    assert!(!data.join("credentials").exists(), "no plain file beside it");
    let list = fs::read_to_string(data.join("agent-keys.json")).unwrap();
    assert_eq!(list, r#"{"built-in":"keyring"}"#);
    let removed = answer(conclave(home.path(), &["agent", "key", "remove", "built-in"]).output().unwrap());
    assert_eq!(removed["removed"], true);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a secret service: a proof"]
async fn prove_keyring_pa4_what_opens_a_host_is_in_the_secret_service_and_nowhere_else() {
    if is_missing() {
        return;
    }
    let ada = Host::on();
    let (_, workspace, _) = ada.session("rehearsal");
    let minted = ada.json(&["share", "new", "--workspace", &workspace.id, "--preset", "observer"]);
    let home = tempfile::tempdir().unwrap();
    let code = minted["invite"]["code"].as_str().unwrap();
    let joining = conclave(home.path(), &["join", code, "--name", "Bea"]).spawn().unwrap();
    ada.owner().await.let_somebody_in().await.unwrap();
    let joined = answer(joining.wait_with_output().unwrap());
    assert_eq!(joined["host"]["kept"], "keyring");
    assert!(!home.path().join("data/credentials").exists(), "no plain file beside it");

    // Another session, another process: it is read back and opens.
    let listed = answer(conclave(home.path(), &["--host", "Ada", "session", "list"]).output().unwrap());
    assert_eq!(listed["sessions"].as_array().unwrap().len(), 1);
    answer(conclave(home.path(), &["remote", "forget", "Ada"]).output().unwrap());
    let known = answer(conclave(home.path(), &["remote", "list"]).output().unwrap());
    assert!(known["hosts"].as_array().unwrap().is_empty());
}
