//! Terminals: which there are, opening and closing. A page draws them; a shell is one itself.

use anyhow::Result;
use model::TerminalSize;
use wire::{Reply, Request, TerminalRow};

use super::{Desk, fresh, said};
use crate::args::Terminal;
use crate::output::{Said, table};
use crate::resolve;

pub async fn terminal(desk: &mut Desk, order: Terminal) -> Result<Said> {
    let directory = desk.directory().await?;
    match order {
        Terminal::List { workspace } => {
            let workspace = resolve::workspace(&directory, &workspace)?;
            let reply = desk.call(Request::Terminals { workspace }).await?;
            let Reply::Terminals { terminals, .. } = &reply else { return said(&reply, "") };
            let lines: Vec<Vec<String>> = terminals.iter().map(line).collect();
            said(&reply, table(&lines, "No terminals there. Open one with `conclave terminal open`."))
        }
        Terminal::Open { workspace, columns, rows } => {
            let workspace = resolve::workspace(&directory, &workspace)?;
            let size = TerminalSize { columns, rows };
            let reply = desk.call(Request::OpenTerminal { command: fresh(), workspace, size }).await?;
            let Reply::Terminal { terminal } = &reply else { return said(&reply, "") };
            said(&reply, format!("Opened terminal {}", terminal.terminal))
        }
        Terminal::Close { workspace, terminal } => {
            let workspace = resolve::workspace(&directory, &workspace)?;
            let reply = desk.call(Request::CloseTerminal { command: fresh(), workspace, terminal }).await?;
            said(&reply, "It is closed, with all that it had started.")
        }
    }
}

fn line(row: &TerminalRow) -> Vec<String> {
    let size = format!("{}x{}", row.size.columns, row.size.rows);
    let standing = match &row.exit {
        None => "open".to_owned(),
        Some(exit) => format!("ended: {}", exit.signal.clone().unwrap_or_else(|| exit.code.to_string())),
    };
    vec![row.terminal.to_string(), row.name.to_string(), size, standing]
}
