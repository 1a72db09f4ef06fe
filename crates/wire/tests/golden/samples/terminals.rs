use model::*;
use wire::*;

use super::{command, id, name, workspace};

const SIZE: TerminalSize = TerminalSize { columns: 120, rows: 40 };

fn terminal() -> TerminalId {
    TerminalId(id(80))
}

fn row() -> TerminalRow {
    TerminalRow {
        is_setup: false,
        terminal: terminal(),
        workspace: workspace(),
        opened_by: PersonId(id(2)),
        name: name("Bea"),
        opened_at: Timestamp(1_795_000_000_000),
        size: SIZE,
        exit: None,
    }
}

pub fn requests() -> Vec<Request> {
    let (command, workspace, terminal) = (command(), workspace(), terminal());
    vec![
        Request::Terminals { workspace },
        Request::OpenTerminal { command, workspace, size: SIZE },
        Request::ResizeTerminal { command, workspace, terminal, size: SIZE },
        Request::CloseTerminal { command, workspace, terminal },
        Request::AttachTerminal { workspace, terminal, from: 4096 },
        Request::DetachTerminal { terminal },
    ]
}

pub fn replies() -> Vec<Reply> {
    let exit = Some(TerminalExit { code: 1, signal: Some("Hangup".into()) });
    let ended = TerminalRow { exit, ..row() };
    vec![
        Reply::Terminal { terminal: row() },
        Reply::Terminals { terminals: vec![ended], right: TerminalRight::View },
    ]
}

pub fn news() -> Notification {
    Notification::Terminal { terminal: terminal(), news: TerminalNews::Size { size: SIZE } }
}
