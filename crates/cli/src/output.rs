//! What is printed, for people and for programs.

use std::io::{self, Write};

use serde_json::Value;

/// Answers go to stdout, in one of two forms.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    People,
    /// One JSON value a line: the host's reply as it came.
    Json,
}

/// An answer in both forms.
pub struct Said {
    pub people: String,
    pub json: Value,
}

impl Form {
    /// # Errors
    /// Nobody reads any more.
    pub fn print(self, said: &Said) -> io::Result<()> {
        match self {
            Self::People if said.people.is_empty() => Ok(()),
            Self::People => print_line(&said.people),
            Self::Json => print_line(&said.json.to_string()),
        }
    }
}

/// The rows of a table, in columns.
pub fn table(rows: &[Vec<String>], empty: &str) -> String {
    if rows.is_empty() {
        return empty.to_owned();
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn print_line(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}
