//! The program as people run it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use model::TerminalSize;
use serde_json::Value;
use testkit::TestHost;
use wire::{Reply, Request};

const CONCLAVE: &str = env!("CARGO_BIN_EXE_conclave");

/// A host in a process of its own.
struct Host {
    folder: tempfile::TempDir,
    child: Child,
    link: String,
}

impl Host {
    fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("conclave-").tempdir().unwrap();
        testkit::rehearsal_folder();
        let mut child = Command::new(CONCLAVE)
            .args(["host", "--open-link", "--json", "--listen", "127.0.0.1", "--name", "Ada"])
            .env("CONCLAVE_DATA", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        Self { folder, child, link: said["url"].as_str().unwrap().to_owned() }
    }

    fn ask(&self, arguments: &[&str]) -> Output {
        conclave(self.folder.path(), arguments)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.ask(&[&["--json"], arguments].concat());
        assert!(output.status.success(), "{arguments:?}: {}", words(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn conclave(data: &Path, arguments: &[&str]) -> Output {
    Command::new(CONCLAVE).args(arguments).env("CONCLAVE_DATA", data).output().unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_share_is_minted_listed_and_stopped_from_a_shell() {
    let mut host = Host::start();
    assert!(host.link.starts_with("http://127.0.0.1:"), "{}", host.link);
    assert!(host.link.contains("/#"));
    assert_ne!(host.json(&["open"])["url"], Value::from(host.link.clone()));

    host.json(&["repo", "sample"]);
    assert_eq!(host.json(&["repo", "list"])["repositories"][0]["name"], "greeter");
    let made = host.json(&["workspace", "new", "--repo", "greeter", "--name", "second try"]);
    let workspace = made["workspace"].as_str().unwrap();
    host.json(&["session", "new", "--workspace", &workspace[..8], "--agent", "rehearsal", "--title", "T"]);
    let sessions = host.json(&["session", "list"]);
    assert_eq!(sessions["sessions"].as_array().unwrap().len(), 2);
    assert_eq!(host.json(&["session", "show", "#2"])["view"]["title"], "T");

    let minted = host.json(&["share", "new", "--workspace", "second try", "--preset", "co-host"]);
    let link = minted["invite"]["link"].as_str().unwrap();
    assert!(link.starts_with("https://127.0.0.1:") && link.contains("/join#1."), "{link}");
    let share = minted["share"].as_str().unwrap();
    assert_eq!(host.json(&["invite", "list", share])["invites"][0]["used"], 0);
    let invite = host.json(&["invite", "new", share])["invite"]["invite"].as_str().unwrap().to_owned();
    host.json(&["invite", "cancel", &invite[..13]]);
    assert_eq!(host.json(&["invite", "list", share])["invites"].as_array().unwrap().len(), 1);
    host.json(&["share", "stop", share]);
    assert_eq!(host.json(&["share", "list"])["shares"].as_array().unwrap().len(), 0);

    assert_eq!(host.json(&["chat", "send", "2", "Hello"])["started"], true);
    let tail = words(&host.ask(&["--json", "chat", "tail", "2"]).stdout);
    assert!(tail.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    assert!(tail.contains("turn_taken"), "{tail}");

    host.json(&["stop"]);
    assert!(host.child.wait().unwrap().success());
}

#[test]
fn cl1_a_session_is_named_paused_queued_and_ended_from_a_shell() {
    let host = Host::start();
    host.json(&["repo", "sample"]);
    host.json(&["session", "rename", "1", "First"]);
    host.json(&["session", "pause", "First"]);
    assert_eq!(host.json(&["chat", "send", "1", "Wait"])["started"], false);
    let queue = host.json(&["chat", "queue", "1"]);
    let prompt = queue["queue"]["items"][0]["prompt"].as_str().unwrap().to_owned();
    host.json(&["chat", "edit", "1", &prompt[..8], "Wait longer"]);
    assert_eq!(host.json(&["chat", "queue", "1"])["queue"]["items"][0]["body"]["text"], "Wait longer");
    host.json(&["chat", "withdraw", "1", &prompt]);
    assert_eq!(words(&host.ask(&["chat", "queue", "1"]).stdout), "Nothing waits.\n");
    host.json(&["session", "resume", "1"]);
    host.json(&["session", "end", "1"]);
    assert_eq!(host.json(&["session", "list"])["sessions"][0]["status"], "ended");
    host.json(&["session", "reopen", "1"]);
    assert_eq!(host.json(&["session", "usage"])["kind"], "usage");

    let nothing = host.ask(&["chat", "accept", "1"]);
    assert!(words(&nothing.stderr).contains("There is no open suggestion"), "{}", words(&nothing.stderr));
    let idle = host.ask(&["drive", "take", "1"]);
    assert_eq!(idle.status.code(), Some(1), "{}", words(&idle.stderr));
    host.json(&["agent", "disable", "rehearsal"]);
    let agents = host.json(&["agent", "list"]);
    let rehearsal =
        agents["agents"].as_array().unwrap().iter().find(|it| it["agent"] == "rehearsal").unwrap();
    assert_eq!(rehearsal["enabled"], false);
    assert_eq!(host.json(&["me", "name", "Ada"])["name"], "Ada");
    assert_eq!(host.ask(&["me", "leave"]).status.code(), Some(1), "only with --yes");
}

#[test]
fn cl2_each_shell_gets_what_completes_the_commands() {
    let folder = tempfile::tempdir().unwrap();
    for (shell, sign) in
        [("bash", "complete -F"), ("zsh", "#compdef conclave"), ("fish", "complete -c conclave")]
    {
        let said = conclave(folder.path(), &["completions", shell]);
        let said = words(&said.stdout);
        assert!(said.contains(sign) && said.contains("trust-agents"), "{shell}: {said:.200}");
    }
}

#[test]
fn lo10_a_second_host_on_the_folder_is_refused_with_a_sentence() {
    let host = Host::start();
    let second = host.ask(&["host"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(second.stdout.is_empty());
    let said = words(&second.stderr);
    assert!(said.contains(&format!("Another Conclave (process {})", host.child.id())), "{said}");
    assert_eq!(host.json(&["repo", "list"])["repositories"], Value::Array(Vec::new()));
}

#[test]
fn exit_codes_tell_refused_misused_and_not_running_apart() {
    let folder = tempfile::tempdir().unwrap();
    let none = conclave(folder.path(), &["repo", "list"]);
    assert_eq!(none.status.code(), Some(3));
    assert!(words(&none.stderr).contains("Start it with `conclave host`"));
    assert_eq!(conclave(folder.path(), &["repo", "burn"]).status.code(), Some(2));

    let host = Host::start();
    let missing = host.ask(&["repo", "add", "/nowhere/at/all"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(words(&missing.stderr).contains("/nowhere/at/all"));
    let unknown = host.ask(&["chat", "send", "#9", "Hello"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(words(&unknown.stderr).contains("conclave session list"));
}

#[test]
fn doctor_says_what_is_there_without_a_host() {
    let folder = tempfile::tempdir().unwrap();
    let said = conclave(folder.path(), &["--json", "doctor"]);
    let findings: Value = serde_json::from_slice(&said.stdout).unwrap();
    let of = |what: &str| {
        let rows = findings["findings"].as_array().unwrap();
        rows.iter().find(|row| row["what"] == what).unwrap()["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!((of("git").as_str(), of("host").as_str()), ("ok", "note"));
    assert!(said.status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn gr8_a_descendant_of_the_host_does_not_speak_for_its_owner() {
    let host = TestHost::start().await.unwrap();
    let data = host.data();
    // Its child, with the owner's uid and token.
    let child = Command::new(CONCLAVE)
        .args(["repo", "list"])
        .env("CONCLAVE_DATA", &data)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let refused = tokio::task::spawn_blocking(|| child.wait_with_output().unwrap()).await.unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused.stderr).contains("do not speak for its owner"), "{}", words(&refused.stderr));

    // An orphan, whose parent is gone before it calls.
    let out = host.folder().join("orphan");
    let script = format!(
        // The pipe has its end of file only when the shell, which holds the other end, is gone.
        "mkfifo {out}.gone; exec 3<>{out}.gone 4<{out}.gone; \
         ( exec 3>&-; cat <&4; \
         {CONCLAVE} repo list 2> {out}.draft; mv {out}.draft {out} ) & exit 0",
        out = out.display()
    );
    let mut shell = Command::new("sh").args(["-c", &script]).env("CONCLAVE_DATA", &data).spawn().unwrap();
    assert!(shell.wait().unwrap().success());
    while !out.exists() {
        tokio::task::yield_now().await;
    }
    let said = std::fs::read_to_string(&out).unwrap();
    assert!(said.contains("do not speak for its owner"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn gr8_a_shell_of_the_host_does_not_speak_for_its_owner() {
    let host = TestHost::start().await.unwrap();
    let owner = host.owner().await.unwrap();
    let workspace = owner.workspace(&host, "shared").await.unwrap();
    let size = TerminalSize { columns: 200, rows: 24 };
    let open = Request::OpenTerminal { command: testkit::command(), workspace, size };
    let Ok(Reply::Terminal { terminal }) = owner.call(open).await else { panic!("a terminal") };
    let terminal = terminal.terminal;
    owner.call(Request::AttachTerminal { workspace, terminal, from: 0 }).await.unwrap();
    owner.type_into(terminal, &format!("{CONCLAVE} --data {} repo list\n", host.data().display()));
    owner.wait_for("the refusal", |seen| seen.shows(terminal, "do not speak for its owner")).await;
}

#[test]
fn lo6_lo11_a_log_is_exported_verified_replayed_redacted_and_deleted_from_a_shell() {
    let host = Host::start();
    host.json(&["repo", "sample"]);
    let file = host.folder.path().join("log.jsonl");
    let file = file.to_str().unwrap();
    let exported = host.json(&["log", "export", "1", "--out", file]);
    let verified = host.json(&["log", "verify", file]);
    assert_eq!(verified["events"], exported["events"]);
    assert_eq!(host.json(&["log", "verify", "1"])["fingerprint"], verified["fingerprint"]);
    assert_eq!(host.json(&["log", "replay", file])["view"]["number"], 1);
    assert!(words(&host.ask(&["log", "export", "1"]).stdout).starts_with(r#"{"log":{"format":1"#));

    let text = std::fs::read_to_string(file).unwrap();
    let bad = host.folder.path().join("bad.jsonl");
    std::fs::write(&bad, text.replacen("A first look", "A second look", 1)).unwrap();
    let refused = conclave(Path::new("/nowhere"), &["log", "verify", bad.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused.stderr).contains("Event 1 is not the one"), "{}", words(&refused.stderr));

    assert_eq!(host.json(&["session", "digest", "1"])["kind"], "digest");
    let nothing = host.ask(&["session", "redact", "1", "1"]);
    assert!(words(&nothing.stderr).contains("Nothing that anybody said"), "{}", words(&nothing.stderr));
    assert_eq!(host.ask(&["session", "delete", "1"]).status.code(), Some(1), "it wants a --yes");
    host.json(&["session", "delete", "1", "--yes"]);
    assert_eq!(host.json(&["session", "list"])["sessions"], Value::Array(vec![]));
}
