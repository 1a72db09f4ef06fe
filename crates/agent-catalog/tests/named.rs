//! Agents under names of their own, in the owner's `agents.json`.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use agent_catalog::{Catalog, CatalogError, Places, REPOSITORY_FILE, USER_FILE};
use model::{AgentKey, Budget, Ceiling, ToolGroup, ToolList};
use ports::agent::{AgentCatalog, AgentProgram, ModelChoice, Terms};

fn catalog(written: &str) -> Result<Catalog, CatalogError> {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let program = home.join(".volta/bin/claude");
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    fs::write(&program, "#!/bin/sh\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(folder.path().join(USER_FILE), written).unwrap();
    let env = BTreeMap::from([("HOME".to_owned(), home.display().to_string())]);
    let keys = BTreeMap::from([("claude".to_owned(), "sk".to_owned())]);
    let usual = Places::usual(env, folder.path().to_owned(), None);
    let catalog = Catalog::new(Places { keys, system: vec![], ..usual })?;
    // It looks for programs anew each time, so the folder stays for as long as the test.
    std::mem::forget(folder);
    Ok(catalog)
}

#[test]
fn ag9_a_named_agent_is_its_base_with_words_and_settings_of_its_own() {
    let reviewer = r#"{"reviewer": {"name": "Reviewer", "base": "claude", "prompt": "You review.",
        "model": "haiku", "mode": "plan"}}"#;
    let catalog = catalog(reviewer).unwrap();
    let key = AgentKey("reviewer".to_owned());
    let brief = catalog.brief(&key).unwrap();
    assert_eq!((brief.prompt.as_str(), brief.mode.as_deref()), ("", Some("plan")), "told as it starts");
    assert_eq!(brief.model, ModelChoice { model: Some("haiku".to_owned()), effort: None });
    assert_eq!(catalog.brief(&AgentKey("claude".to_owned())), None);
    let (named, base) = (catalog.find(&key).unwrap(), catalog.find(&AgentKey("claude".to_owned())).unwrap());
    assert_eq!(named.terms.prompt, "You review.");
    assert_eq!(
        AgentProgram { terms: Terms::default(), ..named },
        base,
        "the same program, with the same key"
    );
    let row = catalog.entries().into_iter().find(|row| row.agent == key).unwrap();
    assert_eq!((row.name.as_str(), row.found), ("Reviewer", true));
    assert_eq!(row.ceilings.get("plan"), Some(&Ceiling::Ask), "limited as its base is");
    assert!(!catalog.with_keys().contains(&"reviewer"), "its base has the key");
}

#[test]
fn ag11_each_kind_is_told_what_it_is_and_may_use_where_it_can_be_told() {
    let agent = |base: &str| {
        format!(
            r#"{{"x": {{"name": "X", "base": "{base}", "prompt": "You look.", "tools": ["read", "command"],
            "budget": {{"tokens": 9, "dollars": 0.25}}}}, "mine": {{"name": "Mine", "program": "/bin/sh"}}}}"#
        )
    };
    let (key, tools) = (AgentKey("x".to_owned()), ToolList([ToolGroup::Read, ToolGroup::Command].into()));
    let budget = Budget { tokens: Some(9), cost_micros: Some(250_000) };
    let claude = catalog(&agent("claude")).unwrap();
    let terms = Terms { prompt: "You look.".to_owned(), tools: Some(tools.clone()) };
    assert_eq!(claude.find(&key).unwrap().terms, terms);
    let other = catalog(&agent("mine")).unwrap();
    assert_eq!(other.find(&key).unwrap().terms, Terms::default());
    for (catalog, prompt) in [(&claude, ""), (&other, "You look.")] {
        let brief = catalog.brief(&key).unwrap();
        assert_eq!((brief.name.as_str(), brief.prompt.as_str()), ("X", prompt));
        assert_eq!((brief.tools, brief.budget), (Some(tools.clone()), Some(budget)));
    }
    let row = other.entries().into_iter().find(|row| row.agent == key).unwrap();
    assert_eq!(row.named.map(|named| named.base), Some(AgentKey("mine".to_owned())));
}

/// A repository with this in its file.
fn repository(written: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join(".conclave")).unwrap();
    fs::write(root.path().join(REPOSITORY_FILE), written).unwrap();
    root
}

#[test]
fn ag12_what_a_repository_brings_can_only_narrow() {
    let catalog = catalog(r#"{"mine": {"name": "Mine", "base": "claude"}}"#).unwrap();
    let good =
        r#"{"reviewer": {"name": "Reviewer", "base": "claude", "prompt": "You review.", "tools": ["read"]}}"#;
    let brought = catalog.brought(repository(good).path()).unwrap();
    assert_eq!(brought.hash, ports::chain::hex_digest(good.as_bytes()));
    let named = brought.agents.unwrap().remove("reviewer").unwrap();
    assert_eq!((named.base.0.as_str(), named.mode.as_deref()), ("claude", None));
    assert_eq!(catalog.entries().iter().filter(|row| row.name == "Reviewer").count(), 0, "not by itself");
    for (written, says) in [
        (r#"{"x": {"name": "X", "base": "claude", "program": "/bin/sh"}}"#, "unknown field `program`"),
        (r#"{"x": {"name": "X", "base": "claude", "args": ["-c"]}}"#, "unknown field `args`"),
        (r#"{"x": {"name": "X", "base": "claude", "env_keys": ["SECRET"]}}"#, "unknown field `env_keys`"),
        (r#"{"x": {"name": "X", "base": "claude", "mode": "bypassPermissions"}}"#, "unknown field `mode`"),
        (r#"{"x": {"name": "X", "base": "mine"}}"#, "based on \"mine\""),
        (r#"{"x": {"name": "X", "base": "/bin/sh"}}"#, "based on \"/bin/sh\""),
        (r#"{"a@b": {"name": "X", "base": "claude"}}"#, "can't name an agent"),
        (r#"{"x": {"name": "a\u202eb", "base": "claude"}}"#, "can't be shown"),
        ("nonsense", "not a list of named agents"),
    ] {
        let fault = catalog.brought(repository(written).path()).unwrap().agents.unwrap_err().0;
        assert!(fault.contains(says), "{written}: {fault}");
    }
    assert_eq!(catalog.brought(tempfile::tempdir().unwrap().path()), None);
}

#[test]
fn ag12_a_file_that_leads_out_of_the_repository_is_not_read() {
    let (catalog, root, outside) = (catalog("{}").unwrap(), repository("{}"), tempfile::tempdir().unwrap());
    let secret = outside.path().join("secret.json");
    fs::write(&secret, "{}").unwrap();
    let file = root.path().join(REPOSITORY_FILE);
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(&secret, &file).unwrap();
    let brought = catalog.brought(root.path()).unwrap();
    assert_eq!(
        (brought.hash.as_str(), brought.agents.unwrap_err().0.as_str()),
        ("", "it leads out of the repository")
    );
}

#[test]
fn ag12_an_adopted_agent_is_its_base_under_another_name_until_it_is_dropped() {
    let catalog = catalog("{}").unwrap();
    let written = r#"{"x": {"name": "X", "base": "claude", "prompt": "You look.", "tools": ["read"]}}"#;
    let named = catalog.brought(repository(written).path()).unwrap().agents.unwrap().remove("x").unwrap();
    let key = AgentKey("x@0a1b2c3d".to_owned());
    catalog.adopt([(key.clone(), named)].into());
    let (mine, base) = (catalog.find(&key).unwrap(), catalog.find(&AgentKey("claude".to_owned())).unwrap());
    assert_eq!(mine.terms.prompt, "You look.");
    assert_eq!(AgentProgram { terms: Terms::default(), ..mine }, base);
    assert!(catalog.entries().iter().any(|row| row.agent == key && row.named.is_some()));
    catalog.adopt(BTreeMap::new());
    assert!(catalog.find(&key).is_err());
}

#[test]
fn ag8_an_entry_that_is_neither_a_program_nor_a_name_is_refused_in_words() {
    for (written, says) in [
        (r#"{"x": {"name": "X"}}"#, "must name either its \"program\" or"),
        (r#"{"x": {"name": "X", "base": "claude", "program": "x"}}"#, "must name either"),
        (r#"{"x": {"name": "X", "program": "x", "prompt": "You."}}"#, "must name either"),
        (r#"{"x": {"name": "X", "base": "claude", "args": ["--yolo"]}}"#, "must name either"),
        (r#"{"x": {"name": "X", "base": "claude", "tools": ["sudo"]}}"#, "unknown variant `sudo`"),
        (r#"{"x": {"name": "X", "base": "claude", "budget": {}}}"#, "must give \"tokens\" or \"dollars\""),
        (r#"{"x": {"name": "X", "base": "claude", "budget": {"dollars": -1}}}"#, "be more than nothing"),
        (r#"{"x": {"name": "X", "base": "claude", "prompt": "a\u0000b"}}"#, "no program can be told"),
        (r#"{"x": {"name": "X", "program": "x", "tools": []}}"#, "must name either"),
        (r#"{"x@y": {"name": "X", "base": "claude"}}"#, "an @ is for those that repositories bring"),
        (r#"{"x": {"name": "X", "base": "nobody"}}"#, "based on \"nobody\", which is no agent"),
        (r#"{"x": {"name": "X", "base": "y"}, "y": {"name": "Y", "base": "claude"}}"#, "based on \"y\""),
    ] {
        let refused = catalog(written).unwrap_err().to_string();
        assert!(refused.contains(says), "{written}: {refused}");
    }
}
