//! Repositories that are not as one would like them.

use std::fs;

use crate::checkout::Checkout;
use crate::host::Host;

/// Refused with all these words, and nothing is kept of it.
fn refused(host: &Host, path: &str, words: &[&str]) {
    let said = host.refuses(&["repo", "add", path]);
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said:?}");
    }
    assert_eq!(host.json(&["repo", "list"])["repositories"], serde_json::json!([]));
}

#[test]
fn a_path_without_a_repository_is_refused_in_words() {
    let host = Host::on();
    refused(&host, "/nowhere/at/all", &["/nowhere/at/all", "Nothing was changed"]);
    let plain = host.folder().join("plain");
    fs::create_dir(&plain).unwrap();
    refused(&host, plain.to_str().unwrap(), &["is not a git repository", "git init"]);
    assert_eq!(fs::read_dir(&plain).unwrap().count(), 0);
    let file = host.folder().join("file");
    fs::write(&file, "").unwrap();
    refused(&host, file.to_str().unwrap(), &[file.to_str().unwrap()]);
}

#[test]
fn a_bare_repository_and_one_without_commits_are_refused_in_words() {
    let host = Host::on();
    let source = Checkout::new(host.folder(), "source");
    source.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    refused(&host, host.folder().join("bare.git").to_str().unwrap(), &["bare repository", "Clone it"]);
    let empty = Checkout::empty(host.folder(), "empty");
    refused(&host, empty.path(), &["no commits yet", "first commit"]);
    assert!(empty.is_untouched());
}

#[test]
fn a_detached_head_works_and_stays_where_it_is() {
    let host = Host::on();
    let checkout = Checkout::new(host.folder(), "repository");
    checkout.git(&["checkout", "-q", "--detach"]);
    let head = checkout.git(&["rev-parse", "HEAD"]);
    let workspace = host.workspace(&checkout, "from nowhere");
    assert!(workspace.worktree.join("README.md").is_file());
    let worktree = Checkout(workspace.worktree);
    assert_eq!(worktree.git(&["rev-parse", "HEAD"]), head);
    assert_ne!(worktree.git(&["branch", "--show-current"]), "");
    assert_eq!(checkout.git(&["branch", "--show-current"]), "");
    assert!(checkout.is_untouched());
}

#[test]
fn a_path_and_a_name_in_any_script_work() {
    let host = Host::on();
    let checkout = Checkout::new(host.folder(), "Größe 🦀 — «ё» it's");
    let workspace = host.workspace(&checkout, "Größe prüfen: 試験");
    assert!(workspace.worktree.join("README.md").is_file());
    let rows = host.json(&["repo", "list"]);
    assert_eq!(rows["repositories"][0]["name"], "Größe 🦀 — «ё» it's");
    let asked = ["session", "new", "--workspace", "Größe prüfen: 試験", "--agent", "rehearsal"];
    assert!(host.json(&asked)["session"].is_string());
    assert!(checkout.is_untouched());
}

#[test]
fn a_name_that_is_no_name_makes_no_workspace() {
    let host = Host::on();
    let checkout = Checkout::new(host.folder(), "repository");
    host.json(&["repo", "add", checkout.path()]);
    host.workspace(&checkout, "taken");
    let branches = checkout.git(&["branch", "--list", "--all"]);
    let said = host.refuses(&["workspace", "new", "--repo", "repository", "--name", &"x".repeat(81)]);
    assert!(!said.trim().is_empty());
    assert_eq!(host.json(&["workspace", "list"])["workspaces"].as_array().unwrap().len(), 1);
    assert_eq!(checkout.git(&["branch", "--list", "--all"]), branches);
}
