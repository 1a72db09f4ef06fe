//! What the model is told before anything else.

use std::path::Path;

use vcs::WorktreeRoot;

use crate::mode::Mode;

const OURS: &str = "\
You are a coding agent in a shared session: several people may read along, and one of them prompts you.
You work in one git worktree, with the tools you are given and nothing else. Paths are relative to its root.
Read before you edit, and copy the text to replace from the file. Make the smallest change that does what was asked.
An edit or a command may need a person's leave; when it is refused, go on without it or ask.
Say what you do in few words. When you are done, say what you changed and how you checked it.";
const IN_PLAN_MODE: &str = "\
You are in plan mode: look around as you like, but edit nothing. When you know enough, call propose_plan and wait.";
/// A repository's own word for whoever works in it.
const ADVICE: &str = "AGENTS.md";
const LONGEST_ADVICE: u64 = 32 * 1024;

/// `named` is what a named agent is told.
pub async fn text(root: &WorktreeRoot, named: Option<&str>) -> String {
    let named = named.map(|named| format!("Your own instructions:\n\n{named}"));
    let advice = root.read_text(Path::new(ADVICE), LONGEST_ADVICE).await;
    // None, or none that can be used.
    let advice = advice.ok().map(|advice| format!("What this repository says in its {ADVICE}:\n\n{advice}"));
    [Some(OURS.to_owned()), named, advice].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

pub fn in_mode(text: String, mode: Mode) -> String {
    match mode {
        Mode::Plan => format!("{text}\n\n{IN_PLAN_MODE}"),
        Mode::Default | Mode::AcceptEdits | Mode::Bypass => text,
    }
}
