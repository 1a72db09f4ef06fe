//! Agents under names of their own, in the owner's `agents.json`.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use agent_catalog::{Catalog, CatalogError, Places, USER_FILE};
use model::{AgentKey, Ceiling};
use ports::agent::{AgentCatalog, ModelChoice};

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
    assert_eq!((brief.prompt.as_str(), brief.mode.as_deref()), ("You review.", Some("plan")));
    assert_eq!(brief.model, ModelChoice { model: Some("haiku".to_owned()), effort: None });
    assert_eq!(catalog.brief(&AgentKey("claude".to_owned())), None);
    let (named, base) = (catalog.find(&key).unwrap(), catalog.find(&AgentKey("claude".to_owned())).unwrap());
    assert_eq!(named, base, "the same program, with the same key");
    let row = catalog.entries().into_iter().find(|row| row.agent == key).unwrap();
    assert_eq!((row.name.as_str(), row.found), ("Reviewer", true));
    assert_eq!(row.ceilings.get("plan"), Some(&Ceiling::Ask), "limited as its base is");
    assert!(!catalog.with_keys().contains(&"reviewer"), "its base has the key");
}

#[test]
fn ag8_an_entry_that_is_neither_a_program_nor_a_name_is_refused_in_words() {
    for (written, says) in [
        (r#"{"x": {"name": "X"}}"#, "must name either its \"program\" or"),
        (r#"{"x": {"name": "X", "base": "claude", "program": "x"}}"#, "must name either"),
        (r#"{"x": {"name": "X", "program": "x", "prompt": "You."}}"#, "must name either"),
        (r#"{"x": {"name": "X", "base": "claude", "args": ["--yolo"]}}"#, "must name either"),
        (r#"{"x": {"name": "X", "base": "nobody"}}"#, "based on \"nobody\", which is no agent"),
        (r#"{"x": {"name": "X", "base": "y"}, "y": {"name": "Y", "base": "claude"}}"#, "based on \"y\""),
    ] {
        let refused = catalog(written).unwrap_err().to_string();
        assert!(refused.contains(says), "{written}: {refused}");
    }
}
