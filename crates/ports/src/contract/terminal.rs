//! What every implementation of [`Terminals`] keeps to.

use std::path::Path;
use std::sync::Arc;

use model::TerminalSize;

use crate::terminal::{Output, Terminal, TerminalError, TerminalHead, TerminalStart, Terminals};

const SIZE: TerminalSize = TerminalSize { columns: 80, rows: 24 };

/// `worktree` is a folder that is there.
pub async fn all(terminals: &impl Terminals, worktree: &Path) {
    te4_output_is_read_by_offset(terminals, worktree).await;
    te4_what_is_not_kept_is_cut(terminals, worktree).await;
    te1_the_exit_follows_the_last_output(terminals, worktree).await;
    te5_input_after_the_end_is_refused(terminals, worktree).await;
}

pub async fn open(terminals: &impl Terminals, worktree: &Path) -> Arc<dyn Terminal> {
    terminals.open(TerminalStart { worktree: worktree.to_owned(), size: SIZE, script: None }).await.unwrap()
}

/// Everything from an offset to the end of the terminal.
pub async fn rest(terminal: &dyn Terminal, from: u64) -> Vec<u8> {
    read_until(terminal, from, |_| false).await
}

/// What is read from an offset until it is as wanted, or the terminal ends.
pub async fn read_until(terminal: &dyn Terminal, from: u64, wanted: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut head = terminal.head();
    let mut seen = Vec::new();
    let mut at = from;
    loop {
        let now = head.borrow_and_update().clone();
        loop {
            match terminal.read(at) {
                Output::Bytes(bytes) => {
                    assert!(!bytes.is_empty());
                    at += bytes.len() as u64;
                    seen.extend_from_slice(&bytes);
                }
                Output::Cut { oldest } => at = oldest,
                Output::Nothing => break,
            }
        }
        if wanted(&seen) || (now.exit.is_some() && at == now.end) {
            return seen;
        }
        head.changed().await.unwrap();
    }
}

/// Waits for the end.
pub async fn ended(terminal: &dyn Terminal) -> TerminalHead {
    let mut head = terminal.head();
    head.wait_for(|head| head.exit.is_some()).await.unwrap().clone()
}

pub fn has(seen: &[u8], word: &str) -> bool {
    seen.windows(word.len()).any(|window| window == word.as_bytes())
}

async fn te4_output_is_read_by_offset(terminals: &impl Terminals, worktree: &Path) {
    let terminal = open(terminals, worktree).await;
    terminal.write(b"one two three").unwrap();
    let seen = read_until(&*terminal, 0, |seen| has(seen, "three")).await;
    for from in 0..seen.len() {
        let again = read_until(&*terminal, from as u64, |again| again.len() >= seen.len() - from).await;
        assert!(again.starts_with(&seen[from..]));
    }
    terminal.end().await;
}

async fn te4_what_is_not_kept_is_cut(terminals: &impl Terminals, worktree: &Path) {
    let terminal = open(terminals, worktree).await;
    terminal.end().await;
    let end = terminal.head().borrow().end;
    assert_eq!(terminal.read(end), Output::Nothing);
    assert!(matches!(terminal.read(end + 1), Output::Cut { oldest } if oldest <= end));
}

async fn te1_the_exit_follows_the_last_output(terminals: &impl Terminals, worktree: &Path) {
    let terminal = open(terminals, worktree).await;
    terminal.write(b"exit 3\n").unwrap();
    let head = ended(&*terminal).await;
    assert_eq!(head.exit.unwrap().code, 3);
    assert!(has(&rest(&*terminal, 0).await, "exit 3"));
}

async fn te5_input_after_the_end_is_refused(terminals: &impl Terminals, worktree: &Path) {
    let terminal = open(terminals, worktree).await;
    terminal.end().await;
    assert!(terminal.head().borrow().exit.is_some());
    assert_eq!(terminal.write(b"x"), Err(TerminalError::Ended));
    assert_eq!(terminal.resize(SIZE), Err(TerminalError::Ended));
    terminal.end().await;
}
