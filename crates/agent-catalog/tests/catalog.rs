use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use agent_catalog::{Catalog, CatalogError, Places, USER_FILE};
use model::{AgentKey, Ceiling};
use ports::agent::{AgentCatalog, AgentError, AgentKind, AgentProgram, ServerReach, ToolServer, Toolbox};
use tempfile::TempDir;

struct Machine {
    folder: TempDir,
    env: BTreeMap<String, String>,
    keys: BTreeMap<String, String>,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home").display().to_string();
        let path = folder.path().join("path").display().to_string();
        Self {
            folder,
            env: BTreeMap::from([("HOME".to_owned(), home), ("PATH".to_owned(), path)]),
            keys: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    fn install(&self, part: &str) -> PathBuf {
        let path = self.path(part);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn user_entries(&self, text: &str) {
        fs::create_dir_all(self.path("data")).unwrap();
        fs::write(self.path("data").join(USER_FILE), text).unwrap();
    }

    fn try_catalog(&self) -> Result<Catalog, CatalogError> {
        Catalog::new(Places {
            env: self.env.clone(),
            data: self.path("data"),
            beside: Some(self.path("beside")),
            system: vec![self.path("system")],
            keys: self.keys.clone(),
            toolbox: Some(toolbox()),
        })
    }

    fn find(&self, agent: &str) -> Result<AgentProgram, AgentError> {
        self.try_catalog().unwrap().find(&AgentKey(agent.to_owned()))
    }
}

#[test]
fn ag8_programs_are_found_where_version_managers_put_them() {
    for part in [
        "path/opencode",
        "home/.nvm/versions/node/v22.3.0/bin/opencode",
        "home/.local/share/fnm/node-versions/v22.3.0/installation/bin/opencode",
        "home/.local/share/mise/shims/opencode",
        "home/.local/share/mise/installs/node/22.3.0/bin/opencode",
        "home/.asdf/shims/opencode",
        "home/.volta/bin/opencode",
        "home/.npm-global/bin/opencode",
        "home/.linuxbrew/bin/opencode",
        "home/.local/bin/opencode",
        "home/.opencode/bin/opencode",
        "system/opencode",
    ] {
        let machine = Machine::new();
        let program = machine.install(part);
        assert_eq!(machine.find("opencode").unwrap().program, program, "{part}");
    }
    for (variable, below) in
        [("NVM_DIR", "versions/node/v1/bin"), ("HOMEBREW_PREFIX", "bin"), ("VOLTA_HOME", "bin")]
    {
        let machine = Machine::new();
        let moved = machine.path("moved").display().to_string();
        let machine = machine.with(variable, &moved);
        let program = machine.install(&format!("moved/{below}/opencode"));
        assert_eq!(machine.find("opencode").unwrap().program, program, "{variable}");
    }
}

#[test]
fn ag8_homebrew_is_looked_through() {
    let machine = Machine::new();
    let usual = Places::usual(machine.env.clone(), machine.path("data"), None);
    assert!(usual.system.contains(&PathBuf::from("/opt/homebrew/bin")));
}

#[test]
fn ag8_the_newest_version_and_path_come_first() {
    let machine = Machine::new();
    for version in ["v9.11.0", "v22.3.0", "v22.10.0", "v8.0.0"] {
        machine.install(&format!("home/.nvm/versions/node/{version}/bin/qwen"));
    }
    assert_eq!(
        machine.find("qwen").unwrap().program,
        machine.path("home/.nvm/versions/node/v22.10.0/bin/qwen")
    );
    let first = machine.install("path/qwen");
    assert_eq!(machine.find("qwen").unwrap().program, first);
}

#[test]
fn ag8_lo8_a_missing_program_says_which_where_and_how_to_get_it() {
    let machine = Machine::new();
    let error = machine.find("claude-agent-acp").unwrap_err();
    let said = error.to_string();
    for part in
        ["claude-agent-acp was not found", "/path", "~/.volta/bin", "npm install -g @agentclientprotocol/"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains(machine.path("home").to_str().unwrap()), "a room's log has it: {said}");
    let unknown = machine.find("no-such-agent").unwrap_err().to_string();
    assert!(unknown.contains("opencode, qwen, rehearsal"), "{unknown}");
}

#[test]
fn ag8_what_cannot_be_executed_is_not_found() {
    let machine = Machine::new();
    let program = machine.install("path/gemini");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(machine.find("gemini").is_err());
    fs::create_dir_all(machine.path("home/.local/bin/gemini")).unwrap();
    assert!(machine.find("gemini").is_err());
}

#[test]
fn ag6_an_agent_gets_the_allowed_environment_and_its_own_keys() {
    let machine = Machine::new()
        .with("LC_ALL", "C.UTF-8")
        .with("LANG", "C")
        .with("OPENAI_API_KEY", "openai")
        .with("ANTHROPIC_API_KEY", "anthropic")
        .with("GITHUB_TOKEN", "secret")
        .with("IS_SANDBOX", "1")
        .with("XDG_RUNTIME_DIR", "/run/user/1")
        .with("LD_PRELOAD", "/evil.so");
    machine.install("path/qwen");
    machine.install("path/conclave-rehearsal");
    let names = |agent: &str| machine.find(agent).unwrap().env.into_keys().collect::<Vec<_>>();
    assert_eq!(names("qwen"), ["HOME", "LANG", "LC_ALL", "OPENAI_API_KEY", "PATH"]);
    assert_eq!(names("rehearsal"), ["HOME", "LANG", "LC_ALL", "PATH"]);
    machine.install("path/opencode");
    let env = machine.find("opencode").unwrap().env;
    assert_eq!(env["OPENCODE_DISABLE_AUTOUPDATE"], "1");
    assert_eq!(env["ANTHROPIC_API_KEY"], "anthropic");
}

#[test]
fn ag6_a_worktree_cannot_bring_its_own_program() {
    let machine = Machine::new();
    let path = format!(":.:bin:{}", machine.path("path").display());
    let machine = machine.with("PATH", &path);
    let program = machine.install("path/opencode");
    let found = machine.find("opencode").unwrap();
    assert_eq!(found.program, program);
    assert_eq!(found.env["PATH"], machine.path("path").display().to_string());

    for program in ["./agent", "bin/agent", "../agent", "..", ".", ""] {
        machine.user_entries(&format!(r#"{{"mine": {{"name": "Mine", "program": "{program}"}}}}"#));
        let refused = machine.try_catalog().unwrap_err();
        assert!(matches!(refused, CatalogError::RelativeProgram { .. }), "{program}: {refused}");
    }
}

#[test]
fn ag8_a_script_finds_its_interpreter_beside_itself() {
    let machine = Machine::new();
    let program = machine.install("home/.nvm/versions/node/v22.3.0/bin/qwen");
    let path = machine.find("qwen").unwrap().env["PATH"].clone();
    let folders: Vec<&Path> = path.split(':').map(Path::new).collect();
    assert_eq!(folders, [program.parent().unwrap(), machine.path("path").as_path()]);
}

#[test]
fn the_rehearsal_agent_is_beside_the_program_and_known_as_one() {
    let machine = Machine::new();
    let program = machine.install("beside/conclave-rehearsal");
    machine.install("beside/opencode");
    let found = machine.find("rehearsal").unwrap();
    assert_eq!(found.program, program);
    assert_eq!(found.args, ["--state", machine.path("data/rehearsal").to_str().unwrap()]);
    let entries = machine.try_catalog().unwrap().entries();
    let shown: Vec<(&str, bool, bool)> =
        entries.iter().map(|entry| (entry.agent.0.as_str(), entry.found, entry.rehearsal)).collect();
    assert_eq!(
        shown,
        [
            ("built-in", false, false),
            ("claude", false, false),
            ("claude-agent-acp", false, false),
            ("codex-acp", false, false),
            ("gemini", false, false),
            ("goose", false, false),
            ("opencode", false, false),
            ("qwen", false, false),
            ("rehearsal", true, true),
        ]
    );
    assert!(entries.iter().all(|entry| entry.found == entry.hint.is_none()));
}

#[test]
fn ag6_ag8_the_built_in_agent_is_there_where_it_has_an_endpoint_and_gets_its_key_alone() {
    let machine = Machine::new();
    let program = machine.install("beside/conclave-agent");
    let refused = machine.find("built-in").unwrap_err().to_string();
    assert!(refused.contains("CONCLAVE_AGENT_KEY or CONCLAVE_AGENT_BASE_URL"), "{refused}");
    let row = |machine: &Machine| machine.try_catalog().unwrap().entries().remove(0);
    assert!(!row(&machine).found && row(&machine).hint.unwrap().contains("CONCLAVE_AGENT_KEY"));

    let machine = machine.with("CONCLAVE_AGENT_KEY", "k").with("OPENAI_API_KEY", "another");
    assert!(row(&machine).found && row(&machine).hint.is_none());
    let found = machine.find("built-in").unwrap();
    assert_eq!((found.program, found.env["CONCLAVE_AGENT_KEY"].as_str()), (program, "k"));
    assert_eq!(found.env["CONCLAVE_AGENT_STATE"], machine.path("data/built-in-agent").display().to_string());
    assert!(!found.env.contains_key("OPENAI_API_KEY"));
}

#[test]
fn ag6_a_kept_key_goes_to_its_agent_alone_and_what_the_environment_says_comes_first() {
    let mut machine = Machine::new();
    machine.install("beside/conclave-agent");
    for program in ["path/gemini", "path/qwen", "path/opencode"] {
        machine.install(program);
    }
    machine.keys = [("built-in", "ours"), ("gemini", "theirs"), ("opencode", "nobody's")]
        .map(|(agent, key)| (agent.to_owned(), key.to_owned()))
        .into();
    assert_eq!(machine.find("built-in").unwrap().env["CONCLAVE_AGENT_KEY"], "ours");
    assert_eq!(machine.find("gemini").unwrap().env["GEMINI_API_KEY"], "theirs");
    for agent in ["qwen", "opencode", "gemini"] {
        let env = machine.find(agent).unwrap().env;
        assert!(!env.values().any(|value| value == "ours" || value == "nobody's"), "{agent}");
    }
    let machine = machine.with("GEMINI_API_KEY", "said");
    assert_eq!(machine.find("gemini").unwrap().env["GEMINI_API_KEY"], "said");
    let catalog = machine.try_catalog().unwrap();
    assert_eq!(
        catalog.with_keys(),
        ["built-in", "claude", "claude-agent-acp", "codex-acp", "gemini", "qwen"]
    );
    assert_eq!(catalog.key_variable(&AgentKey("opencode".to_owned())), None);
}

#[test]
fn adding_an_agent_is_configuration() {
    let machine = Machine::new().with("MY_KEY", "mine").with("OTHER", "x");
    let program = machine.install("home/tools/my agent");
    machine.user_entries(
        r#"{"mine": {"name": "Mine", "program": "~/tools/my agent", "args": ["acp"], "env_keys": ["MY_KEY"]}}"#,
    );
    let found = machine.find("mine").unwrap();
    assert_eq!((&found.program, &found.args), (&program, &vec!["acp".to_owned()]));
    assert_eq!(found.env.get("MY_KEY").map(String::as_str), Some("mine"));
    assert!(!found.env.contains_key("OTHER"));

    assert_eq!(found.kind, AgentKind::Acp);

    machine.user_entries(r#"{"mine": {"name": "Mine", "program": "~/tools/my agent", "kind": "claude"}}"#);
    assert_eq!(machine.find("mine").unwrap().kind, AgentKind::Claude);

    for broken in [
        "",
        "[]",
        r#"{"mine": {"name": "M", "program": "m", "shell": 1}}"#,
        r#"{"mine": {"name": "M", "program": "m", "kind": "other"}}"#,
    ] {
        machine.user_entries(broken);
        assert!(matches!(machine.try_catalog(), Err(CatalogError::Malformed { .. })), "{broken}");
    }
}

#[test]
fn gr5_only_agents_that_keep_their_modes_against_a_repository_can_be_limited() {
    let machine = Machine::new();
    machine.user_entries(
        r#"{"vouched": {"name": "V", "program": "v", "modes": {"careful": "ask", "free": "bypass"}},
            "unknown": {"name": "U", "program": "u"}}"#,
    );
    let catalog = machine.try_catalog().unwrap();
    let limited = |entry: ports::agent::CatalogEntry| entry.can_be_limited().then_some(entry.agent.0);
    let limited: Vec<String> = catalog.entries().into_iter().filter_map(limited).collect();
    assert_eq!(limited, ["built-in", "claude", "opencode", "rehearsal", "vouched"]);
    let worktree = tempfile::tempdir().unwrap();
    let modes = |agent: &str| catalog.modes(&AgentKey(agent.to_owned()), worktree.path());
    assert_eq!(modes("vouched").get("free"), Some(&Ceiling::Bypass));
    assert_eq!(modes("opencode").get("build"), Some(&Ceiling::Ask));
    let claude = modes("claude");
    let most: Vec<(&str, Ceiling)> = claude.iter().map(|(mode, most)| (mode.as_str(), *most)).collect();
    assert_eq!(
        most,
        [
            ("acceptEdits", Ceiling::AcceptEdits),
            ("bypassPermissions", Ceiling::Bypass),
            ("default", Ceiling::Ask),
            ("plan", Ceiling::Ask),
        ]
    );
    assert!(modes("unknown").is_empty() && modes("nobody").is_empty());
}

#[test]
fn gr5_opencode_cannot_be_limited_where_a_repository_may_bring_plugins() {
    let machine = Machine::new();
    let catalog = machine.try_catalog().unwrap();
    let opencode = AgentKey("opencode".to_owned());
    for file in ["opencode.json", "opencode.jsonc", ".opencode/plugin", ".opencode/plugins"] {
        let worktree = tempfile::tempdir().unwrap();
        std::fs::create_dir(worktree.path().join(".opencode")).unwrap();
        assert!(!catalog.modes(&opencode, worktree.path()).is_empty());
        std::os::unix::fs::symlink("/nowhere", worktree.path().join(file)).unwrap();
        assert!(catalog.modes(&opencode, worktree.path()).is_empty(), "{file}");
    }
}

#[test]
fn gr5_opencode_is_told_to_ask_and_not_to_read_a_repositorys_settings() {
    let machine = Machine::new().with("OPENCODE_PERMISSION", r#"{"*":"allow"}"#);
    machine.install("path/opencode");
    let env = machine.find("opencode").unwrap().env;
    assert_eq!(env.get("OPENCODE_DISABLE_PROJECT_CONFIG").map(String::as_str), Some("1"));
    let told = |name: &str| serde_json::from_str::<serde_json::Value>(&env[name]).unwrap();
    let asked = told("OPENCODE_PERMISSION");
    assert_eq!((&asked["*"], &asked["bash"], &asked["edit"]), (&"ask".into(), &"ask".into(), &"ask".into()));
    let build = &told("OPENCODE_CONFIG_CONTENT")["agent"]["build"]["permission"];
    assert_eq!((&build["*"], &build["bash"], &build["edit"]), (&"ask".into(), &"ask".into(), &"ask".into()));
}

fn toolbox() -> Toolbox {
    let reach = ServerReach::Program { program: "/ours".to_owned(), args: vec![], env: BTreeMap::new() };
    Toolbox { server: ToolServer { name: "conclave".to_owned(), reach }, token_in: "TOKEN" }
}

#[test]
fn ba13_the_toolbox_is_for_agents_without_gates_of_their_own() {
    let machine = Machine::new();
    machine.user_entries(
        r#"{ "plain": { "name": "Plain", "program": "plain" },
             "voting": { "name": "Voting", "program": "voting", "own_gates": true },
             "my-claude": { "name": "Mine", "program": "claude", "kind": "claude" } }"#,
    );
    let catalog = machine.try_catalog().unwrap();
    let gets = |agent: &str| catalog.toolbox(&AgentKey(agent.to_owned())).is_some();
    for (agent, wanted) in [
        ("opencode", true),
        ("qwen", true),
        ("gemini", true),
        ("codex-acp", true),
        ("plain", true),
        ("voting", false),
        ("my-claude", false),
        ("claude", false),
        ("claude-agent-acp", false),
        ("built-in", false),
        ("rehearsal", false),
    ] {
        assert_eq!(gets(agent), wanted, "{agent}");
    }
}

#[test]
fn ag10_servers_are_read_anew_and_their_programs_found_like_agents() {
    let machine = Machine::new();
    let catalog = machine.try_catalog().unwrap();
    assert_eq!(catalog.servers().unwrap(), []);
    let program = machine.install("home/.nvm/versions/node/v22.3.0/bin/notes-mcp");
    let write = |text: &str| {
        fs::create_dir_all(machine.path("data")).unwrap();
        fs::write(machine.path("data").join("mcp.json"), text).unwrap();
    };
    write(
        r#"{ "mcpServers": { "notes": { "command": "notes-mcp", "args": ["-q"], "env": { "A": "1" } } } }"#,
    );
    let servers = catalog.servers().unwrap();
    let [ToolServer { name, reach: ServerReach::Program { program: found, args, env } }] = servers.as_slice()
    else {
        panic!("{servers:?}")
    };
    assert_eq!((name.as_str(), found.as_str(), args.len()), ("notes", program.to_str().unwrap(), 1));
    assert_eq!(env["A"], "1");
    assert!(env["PATH"].contains("v22.3.0/bin"), "a script finds its interpreter: {}", env["PATH"]);
    write(r#"{ "mcpServers": { "notes": { "command": "no-such-notes" } } }"#);
    let said = catalog.servers().unwrap_err().to_string();
    assert!(
        said.contains("no-such-notes") && !said.contains(machine.path("data").to_str().unwrap()),
        "LO8: {said}"
    );
}
