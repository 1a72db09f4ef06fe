//! Data folders that can't be used, or not as they are.

use std::fs;
use std::net::TcpListener;

use crate::checkout::Checkout;
use crate::host::Host;

const DATABASE: &str = "conclave.db";

#[test]
fn lo10_a_second_host_is_refused_and_the_first_goes_on() {
    let host = Host::on();
    let words = host.refuses_to_start();
    assert!(words.contains("is using this data folder"), "{words}");
    assert!(words.contains(&host.pid().to_string()), "{words}");
    host.json(&["repo", "list"]);
}

#[test]
fn a_page_port_in_use_is_told_and_another_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut host = Host::off();
    fs::create_dir_all(host.data()).unwrap();
    host.ask_for_port(port);
    host.start();
    assert!(!host.link.contains(&format!(":{port}/")), "{}", host.link);
    assert!(host.log().contains("moves to another port"), "{}", host.log());
    let other = host.link.clone();
    host.stop();
    host.forget_port();
    host.start();
    let origin = |link: &str| link.split("/#").next().unwrap().to_owned();
    assert_eq!(origin(&host.link), origin(&other), "the port is kept");
}

#[test]
fn a_corrupt_database_is_moved_aside_and_kept() {
    let mut host = Host::on();
    let checkout = Checkout::new(host.folder(), "repository");
    let workspace = host.workspace(&checkout, "first");
    host.stop();
    let database = host.data().join(DATABASE);
    fs::write(&database, vec![0x5a; 8192]).unwrap();
    host.start();
    assert!(host.log().contains("the database was damaged"), "{}", host.log());
    assert_eq!(host.json(&["repo", "list"])["repositories"], serde_json::json!([]));
    let kept = fs::read_dir(host.data())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| *path != database && fs::read(path).is_ok_and(|bytes| bytes == vec![0x5a; 8192]));
    assert!(kept.is_some(), "the damaged one is kept");
    assert!(workspace.worktree.join("README.md").is_file(), "the work is where it was");
}

#[test]
#[ignore = "needs root: the gate's stage `disks`"]
fn a_read_only_folder_on_a_mount_is_refused_in_words() {
    let mut host = Host::off();
    fs::create_dir_all(host.data()).unwrap();
    host.mount("ro");
    let words = host.refuses_to_start();
    assert!(words.contains(&format!("{} can't be written", host.data().display())), "{words}");
}

#[test]
#[ignore = "needs root: the gate's stage `disks`"]
fn a_read_only_database_file_on_a_mount_is_refused_in_words() {
    let mut host = Host::on();
    host.json(&["repo", "sample"]);
    host.stop();
    let before = fs::read(host.data().join(DATABASE)).unwrap();
    host.freeze(DATABASE);
    let words = host.refuses_to_start();
    assert!(words.contains(&format!("{} can't be written", host.data().display())), "{words}");
    assert_eq!(fs::read(host.data().join(DATABASE)).unwrap(), before);
}

#[test]
fn a_data_folder_that_is_a_file_is_refused_in_words() {
    let host = Host::off();
    fs::write(host.data(), "mine").unwrap();
    let words = host.refuses_to_start();
    assert!(words.contains(host.data().to_str().unwrap()), "{words}");
    assert_eq!(fs::read_to_string(host.data()).unwrap(), "mine");
}

#[test]
#[ignore = "needs root: the gate's stage `disks`"]
fn a_full_disk_on_a_mount_refuses_commands_with_a_sentence_and_keeps_what_was_there() {
    let mut host = Host::off();
    fs::create_dir_all(host.data()).unwrap();
    host.mount("size=32m");
    host.start();
    host.json(&["repo", "sample"]);
    let filling = host.inside("sh", &["-c", &format!("cat /dev/zero > {}/fill", host.data().display())]);
    assert!(!filling.status.success(), "the disk is full now");

    let long = "word ".repeat(20_000);
    let words = host.refuses(&["chat", "send", "1", &long]);
    assert!(words.contains("disk") && words.contains("full"), "{words}");
    let events = host.json(&["session", "show", "1"])["events"].as_array().unwrap().clone();
    let prompted = |event: &serde_json::Value| event["event"]["type"] == "prompt_queued";
    assert!(!events.iter().any(prompted), "nothing was changed");

    assert!(host.inside("rm", &[&host.data().join("fill").display().to_string()]).status.success());
    let reply = host.json(&["chat", "send", "1", &long]);
    assert_eq!(reply["started"], true);
    host.forgive("full");
}
