//! Two machines that share nothing but a network: two namespaces on a cable of their own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::host::{program, text};

/// The name says nothing of a container's network, which is passed over.
const CABLE: &str = "cable0";
const ADDRESSES: [&str; 2] = ["10.77.41.1", "10.77.41.2"];

struct Network {
    spaces: [String; 2],
}

impl Network {
    /// `None` where nobody may make one.
    fn made() -> Option<Self> {
        let spaces = ["a", "b"].map(|side| format!("conclave-{}-{side}", std::process::id()));
        let network = Self { spaces };
        for space in &network.spaces {
            if !ip(&["netns", "add", space]) {
                eprintln!("skipped: making network namespaces needs root and `ip` on Linux");
                return None;
            }
        }
        let [a, b] = &network.spaces;
        assert!(ip(&["-n", a, "link", "add", CABLE, "type", "veth", "peer", "name", CABLE, "netns", b]));
        for (space, address) in network.spaces.iter().zip(ADDRESSES) {
            assert!(ip(&["-n", space, "addr", "add", &format!("{address}/24"), "dev", CABLE]));
            assert!(ip(&["-n", space, "link", "set", CABLE, "up"]));
            assert!(ip(&["-n", space, "link", "set", "lo", "up"]));
        }
        Some(network)
    }

    fn machine(&self, side: usize) -> Machine<'_> {
        let folder = tempfile::Builder::new().prefix("conclave-").tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        Machine { space: &self.spaces[side], folder }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.spaces.iter().for_each(|space| {
            ip(&["netns", "delete", space]);
        });
    }
}

fn ip(arguments: &[&str]) -> bool {
    Command::new("ip").args(arguments).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

struct Machine<'a> {
    space: &'a str,
    folder: TempDir,
}

impl Machine<'_> {
    fn conclave(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", self.space]).arg(program("conclave"));
        command.env_clear().env("PATH", std::env::var("PATH").unwrap()).env("HOME", self.home());
        command.arg("--data").arg(self.data()).arg("--json").args(arguments).stdin(Stdio::null());
        command
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let said = self.conclave(arguments).output().unwrap();
        assert!(said.status.success(), "{arguments:?}: {}", text(&said.stderr));
        serde_json::from_slice(&said.stdout).unwrap()
    }

    /// One that goes on, and the first line it says.
    fn begin(&self, arguments: &[&str]) -> (Running, Value) {
        let log = fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let mut child = self.conclave(arguments).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let first = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{arguments:?}: {}", self.log()));
        (Running { child, _said: said }, first)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }
}

struct Running {
    child: Child,
    _said: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn repository(folder: &Path) -> PathBuf {
    let path = folder.join("ledger");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@conclave.invalid"];
        let status = Command::new("git").args(identity).arg("-C").arg(folder).args(arguments).status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    };
    git(&["init", "-q", "-b", "main", "ledger"]);
    git(&["-C", "ledger", "commit", "-q", "--no-gpg-sign", "--allow-empty", "-m", "Begin"]);
    path
}

#[test]
#[ignore = "slow: a proof"]
fn prove_faults_pa3_two_machines_find_each_other_and_pair_by_a_code() {
    let Some(network) = Network::made() else { return };
    let (ada, bea) = (network.machine(0), network.machine(1));
    let (_host, _link) = ada.begin(&["host", "--open-link", "--listen", ADDRESSES[0], "--name", "Ada"]);
    let ledger = repository(ada.folder.path());
    let known = ada.json(&["repo", "add", ledger.to_str().unwrap()]);
    let repo = known["repository"].as_str().unwrap();
    ada.json(&["workspace", "new", "--repo", repo, "--name", "licence"]);
    assert_eq!(bea.json(&["nearby"])["hosts"], serde_json::json!([]), "nothing is shared yet");
    let minted = ada.json(&["share", "new", "--workspace", "licence", "--preset", "collaborator"]);
    let (_shown, code) = ada.begin(&["share", "code", minted["share"].as_str().unwrap()]);

    let seen = bea.json(&["nearby"]);
    assert_eq!(
        (&seen["hosts"][0]["name"], &seen["hosts"][0]["addresses"][0]),
        (&"Ada".into(), &ADDRESSES[0].into())
    );
    let code = code["code"].as_str().unwrap();
    let joined = bea.json(&["join", "--nearby", "ada", "--code", code, "--name", "Bea"]);
    assert_eq!(joined["host"]["standing"], "in");
    let there = bea.json(&["--host", "Ada", "workspace", "list"]);
    assert_eq!(there["workspaces"][0]["name"], "licence");

    ada.json(&["settings", "change", "--nearby", "false"]);
    assert_eq!(bea.json(&["nearby"])["hosts"], serde_json::json!([]), "the owner wants not to be seen");
}
