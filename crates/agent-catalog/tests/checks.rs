//! What agents said of themselves is remembered for the program that said it, and no longer.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use agent_catalog::{Catalog, Places};
use model::{AgentCheck, AgentKey, AgentOffers, Login, Offer, Timestamp};
use ports::agent::{AgentCatalog, CatalogEntry, Checked};
use tempfile::TempDir;

struct Machine {
    folder: TempDir,
    env: BTreeMap<String, String>,
}

impl Machine {
    fn with_opencode() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home").display().to_string();
        let machine = Self { folder, env: BTreeMap::from([("HOME".to_owned(), home)]) };
        machine.install("#!/bin/sh\n");
        fs::create_dir_all(machine.data()).unwrap();
        machine
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn install(&self, text: &str) {
        let path = self.folder.path().join("home/.volta/bin/opencode");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn catalog(&self) -> Catalog {
        Catalog::new(Places { system: vec![], ..Places::usual(self.env.clone(), self.data(), None) }).unwrap()
    }
}

fn opencode() -> AgentKey {
    AgentKey("opencode".to_owned())
}

fn checked() -> Checked {
    let check = AgentCheck {
        at: Timestamp(7),
        version: Some("1.18".to_owned()),
        login: Login::Unknown,
        commands: Some(2),
        failure: None,
    };
    let model = Offer { id: "big".to_owned(), name: "Big".to_owned() };
    Checked { check, offers: AgentOffers { models: vec![model], ..AgentOffers::default() } }
}

#[test]
fn ag8_a_check_is_kept_over_a_restart() {
    let machine = Machine::with_opencode();
    assert_eq!(machine.catalog().checked(&opencode()), None);
    machine.catalog().keep_check(&opencode(), checked());
    assert_eq!(machine.catalog().checked(&opencode()), Some(checked()));
}

#[test]
fn ag8_another_program_or_another_way_to_reach_its_model_is_asked_anew() {
    let mut machine = Machine::with_opencode();
    machine.catalog().keep_check(&opencode(), checked());
    machine.install("#!/bin/sh\n# newer\n");
    assert_eq!(machine.catalog().checked(&opencode()), None, "the program is another one");
    machine.catalog().keep_check(&opencode(), checked());
    machine.env.insert("OPENAI_API_KEY".to_owned(), "sk".to_owned());
    assert_eq!(machine.catalog().checked(&opencode()), None, "it has a key now");
    machine.catalog().keep_check(&opencode(), checked());
    machine.env.insert("UNRELATED".to_owned(), "x".to_owned());
    assert_eq!(machine.catalog().checked(&opencode()), Some(checked()));
    let kept = fs::read_to_string(machine.data().join("agent-checks.json")).unwrap();
    assert!(!kept.contains("\"sk\""), "no key is written down");
}

#[test]
fn ag8_a_memory_that_cannot_be_read_is_none() {
    let machine = Machine::with_opencode();
    let file = machine.data().join("agent-checks.json");
    machine.catalog().keep_check(&opencode(), checked());
    let whole = fs::read(&file).unwrap();
    for bad in [&whole[..whole.len() / 2], b"[]", b"", b"\xff"] {
        fs::write(&file, bad).unwrap();
        assert_eq!(machine.catalog().checked(&opencode()), None);
    }
    let older = String::from_utf8(whole).unwrap().replace(env!("CARGO_PKG_VERSION"), "0.0.1");
    fs::write(&file, older).unwrap();
    assert_eq!(machine.catalog().checked(&opencode()), None, "an older program of ours asked less");
    machine.catalog().keep_check(&opencode(), checked());
    assert_eq!(machine.catalog().checked(&opencode()), Some(checked()));
}

#[test]
fn ag8_an_agent_is_asked_in_an_empty_folder_whatever_it_is_called() {
    let machine = Machine::with_opencode();
    let strange = AgentKey("../../up".to_owned());
    let folder = machine.catalog().empty_folder(&strange).unwrap();
    assert!(folder.starts_with(machine.data()) && folder != machine.data());
    fs::write(folder.join("left over"), "x").unwrap();
    assert_eq!(machine.catalog().empty_folder(&strange).unwrap(), folder);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
}

#[test]
fn ag8_the_owner_learns_whose_folder_a_program_is_in_and_which_key_it_lacks() {
    let mut machine = Machine::with_opencode();
    let row = |machine: &Machine, agent: &str| -> CatalogEntry {
        machine.catalog().entries().into_iter().find(|row| row.agent.0 == agent).unwrap()
    };
    let found = row(&machine, "opencode");
    assert_eq!(found.source.as_deref(), Some("Volta"));
    assert_eq!(found.program.as_deref(), Some("~/.volta/bin/opencode"));
    let claude = row(&machine, "claude");
    assert_eq!((claude.program, claude.source), (None, None));
    assert_eq!(claude.install.as_deref(), Some("npm install -g @anthropic-ai/claude-code"));
    let key = claude.key.unwrap();
    assert_eq!((key.variable.as_str(), key.is_set), ("ANTHROPIC_API_KEY", false));
    machine.env.insert("ANTHROPIC_API_KEY".to_owned(), "sk".to_owned());
    assert!(row(&machine, "claude").key.unwrap().is_set);
}
