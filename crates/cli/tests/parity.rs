//! Whatever a window asks of a host, a shell can ask too.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory};
use cli::Arguments;
use wire::Request;

/// How a request is made from a shell.
enum Way {
    /// By a command that asks a running host.
    By(&'static str),
    /// By a command that does the same without asking the host.
    Itself(&'static str),
    /// Not at all, and why.
    Not(&'static str),
}

use Way::{By, Itself, Not};

#[rustfmt::skip]
const WAYS: &[(&str, Way)] = &[
    ("hello", Not("every command says it first")),
    ("subscribe", By("chat tail")),
    ("unsubscribe", Not("a command ends with its connection")),
    ("watch_directory", By("session list")),
    ("page", Not("`chat tail` shows the newest, `log export` has them all")),
    ("blob", Not("a long text is read where it is shown; `log export` has its hash")),
    ("item_text", Not("heals a gap in the running text, which no command shows")),
    ("log_page", By("log export")),
    ("digest", By("session digest")),
    ("usage", By("session usage")),
    ("host_usage", By("session usage")),
    ("changes", By("workspace changes")),
    ("file_change", By("workspace diff")),
    ("read_file", By("workspace cat")),
    ("find_files", By("workspace files")),
    ("makers", By("workspace makers")),
    ("work", By("workspace log")),
    ("rewind_preview", By("workspace rewind")),
    ("folder", By("workspace ls")),
    ("risks", By("workspace risks")),
    ("worktrees", By("repo worktrees")),
    ("push_target", By("workspace push")),
    ("setup", By("workspace setup")),
    ("both_sides", Not("a picture is seen in a page")),
    ("clone_repository", By("repo clone")),
    ("remove_repository", By("repo remove")),
    ("import_worktree", By("repo import")),
    ("push_work", By("workspace push")),
    ("ask_pull", By("workspace pull")),
    ("trust_setup", By("workspace trust-setup")),
    ("forget_setup", By("repo forget-setup")),
    ("run_setup", By("workspace run-setup")),
    ("fork_session", By("session fork")),
    ("approve_changes", By("workspace approve")),
    ("reject_changes", By("workspace reject")),
    ("revert_commit", By("workspace revert")),
    ("restore_files", By("workspace rewind")),
    ("rewind_conversation", By("session rewind")),
    ("write_file", By("workspace write")),
    ("merge_base", By("workspace merge")),
    ("settle_conflict", By("workspace settle")),
    ("apply_work", By("workspace apply")),
    ("rename_workspace", By("workspace rename")),
    ("archive_workspace", By("workspace archive")),
    ("return_workspace", By("workspace return")),
    ("delete_workspace", By("workspace delete")),
    ("fork_workspace", By("workspace fork")),
    ("terminals", By("terminal list")),
    ("open_terminal", By("terminal open")),
    ("resize_terminal", Not("a terminal is as large as the page that shows it")),
    ("close_terminal", By("terminal close")),
    ("attach_terminal", Not("a page shows a terminal; a shell is one itself")),
    ("detach_terminal", Not("a page shows a terminal; a shell is one itself")),
    ("watch_files", Not("a page shows what is there now; a shell asks again")),
    ("unwatch_files", Not("a page shows what is there now; a shell asks again")),
    ("folders", Not("a shell lists folders itself")),
    ("disk_use", By("workspace disk")),
    ("read_picture", Not("a shell shows no pictures")),
    ("agents", By("agent list")),
    ("probe_agent", By("agent check")),
    ("repository_agents", By("repo agents")),
    ("health", By("doctor")),
    ("known_hosts", Itself("remote list")),
    ("shares", By("share list")),
    ("invites", By("invite list")),
    ("people", By("person list")),
    ("my_devices", By("me devices")),
    ("settings", By("settings show")),
    ("nearby", Itself("nearby")),
    ("layout", Not("a shell has no panes")),
    ("keep_layout", Not("a shell has no panes")),
    ("typing", Not("a command is typed before it is sent")),
    ("look", Not("a shell has no session in front of it")),
    ("prompt", By("chat send")),
    ("retry_turn", By("chat retry")),
    ("edit_prompt", By("chat edit")),
    ("edit_suggestion", By("chat edit")),
    ("withdraw_prompt", By("chat withdraw")),
    ("accept_suggestion", By("chat accept")),
    ("drop_suggestion", By("chat drop")),
    ("release_queue", By("chat run")),
    ("stop_turn", By("chat stop")),
    ("ask_to_drive", By("drive ask")),
    ("hand_over", By("drive give")),
    ("take_lock", By("drive take")),
    ("vote", By("vote")),
    ("override_ballot", By("overrule")),
    ("go_on_without_voter", By("without")),
    ("go_on_without_answer", By("without")),
    ("answer", By("answer")),
    ("answer_permission", By("permission")),
    ("rename_session", By("session rename")),
    ("tag_session", By("session tag")),
    ("choose_agent", By("session agent")),
    ("pause_session", By("session pause")),
    ("resume_session", By("session resume")),
    ("end_session", By("session end")),
    ("reopen_session", By("session reopen")),
    ("redact", By("session redact")),
    ("delete_session", By("session delete")),
    ("add_repository", By("repo add")),
    ("try_sample", By("repo sample")),
    ("create_workspace", By("workspace new")),
    ("open_session", By("session new")),
    ("mint_share", By("share new")),
    ("edit_share", By("share edit")),
    ("stop_share", By("share stop")),
    ("mint_invite", By("invite new")),
    ("cancel_invite", By("invite cancel")),
    ("start_pairing", By("share code")),
    ("stop_pairing", By("share stop-code")),
    ("admit", By("door admit")),
    ("refuse_knock", By("door refuse")),
    ("mute", By("person mute")),
    ("unmute", By("person unmute")),
    ("kick", By("person kick")),
    ("revoke_person", By("person revoke")),
    ("revoke_device", By("device revoke")),
    ("answer_fork_offer", By("workspace offer")),
    ("change_settings", By("settings change")),
    ("set_agent_enabled", By("agent enable")),
    ("trust_repository_agents", By("repo trust-agents")),
    ("forget_repository_agents", By("repo forget-agents")),
    ("add_my_device", By("device add")),
    ("revoke_my_device", By("me revoke")),
    ("rename_me", By("me name")),
    ("leave", By("me leave")),
    ("open_link", By("open")),
    ("join_host", Itself("join")),
    ("pair_host", Itself("join")),
    ("forget_host", Itself("remote forget")),
    ("stop_host", By("stop")),
];

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn row((method, way): &(&str, Way)) -> String {
    let said = match way {
        By(command) => format!("`conclave {command}`"),
        Itself(command) => format!("`conclave {command}`, which needs no running host"),
        Not(why) => format!("none: {why}"),
    };
    format!("| `{method}` | {said} |\n")
}

/// Every command with what it is for, as `--help` says it.
fn commands(of: &Command, path: &str) -> String {
    let shown = of.get_subcommands().filter(|it| !it.is_hide_set() && it.get_name() != "help");
    shown
        .map(|it| {
            let name = format!("{path} {}", it.get_name());
            let within = commands(it, &name);
            let about = it.get_about().map(ToString::to_string).unwrap_or_default();
            if within.is_empty() { format!("| `{name}` | {about} |\n") } else { within }
        })
        .collect()
}

#[test]
fn cl1_every_request_has_its_command_or_a_reason() {
    let table: String = WAYS.iter().map(row).collect();
    let commands = commands(&Arguments::command(), "conclave");
    let page = format!(
        "# The command line\n\nWritten by the tests of `crates/cli` (`UPDATE_GOLDEN=1`), so it is as the program is.\n\n\
         ## Commands\n\nEach says more with `--help`. `--json` answers for programs, `--host` asks another host that\n\
         you have joined. `conclave completions bash|zsh|fish` prints what a shell needs to complete them.\n\n\
         | command | what it does |\n|---|---|\n{commands}\n\
         ## By request\n\nWhat a window can ask of a host, and the command that asks the same.\n\n\
         | request | command |\n|---|---|\n{table}"
    );
    let file = checkout().join("docs/cli.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "docs/cli.md is stale: run this test with UPDATE_GOLDEN=1");
}

#[test]
fn cl1_every_command_that_is_named_is_there() {
    let root = Arguments::command();
    for (method, way) in WAYS {
        let (By(path) | Itself(path)) = way else { continue };
        let found = path.split(' ').try_fold(&root, |at, name| at.find_subcommand(name));
        assert!(found.is_some_and(|it| !it.is_hide_set()), "{method}: there is no `conclave {path}`");
    }
}

#[test]
fn cl1_every_request_has_its_line() {
    // The type itself names its variants when it is asked for one it has not.
    let error = serde_json::from_str::<Request>(r#"{"method":"?","params":{}}"#).unwrap_err().to_string();
    let (_, listed) = error.split_once("expected one of ").unwrap();
    let known: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    let told: Vec<&str> = WAYS.iter().map(|(method, _)| *method).collect();
    let lacking: Vec<&&str> = known.iter().filter(|name| !told.contains(name)).collect();
    assert!(lacking.is_empty(), "no command and no reason: {lacking:?}");
    assert_eq!(told.len(), known.len());
}
