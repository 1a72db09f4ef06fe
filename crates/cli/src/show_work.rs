//! Work of a workspace, for a person at a shell.

use model::{ChangeMaker, Checkpoint, Edge, EntryKind, FileMakers, FolderEntry, Makers, RiskFound};
use wire::{PersonName, Reply};

pub(crate) fn shown(reply: &Reply) -> String {
    match reply {
        Reply::Makers { makers, people } => {
            let lines: Vec<String> =
                makers.files.iter().map(|file| file_makers(file, makers, people)).collect();
            or(lines, "Nothing has changed.")
        }
        Reply::Work { checkpoints, commits, .. } => {
            let kept = checkpoints.iter().map(checkpoint);
            let approved = commits.iter().map(|it| {
                let first = it.message.lines().next().unwrap_or_default();
                let reverted = if it.reverted { " (taken back)" } else { "" };
                format!("commit {} {first}{reverted}", &it.commit[..it.commit.len().min(12)])
            });
            or(kept.chain(approved).collect(), "Nothing was kept or approved yet.")
        }
        Reply::Folder { entries, more } => {
            let cut = more.then(|| "and more".to_owned());
            or(entries.iter().map(entry).chain(cut).collect(), "An empty folder.")
        }
        Reply::DiskUse { bytes } => format!("{bytes} bytes"),
        Reply::Risks { risks, bytes } => {
            let size = bytes.map(|bytes| format!("{bytes} bytes on disk"));
            let lines = risks.iter().map(|risk| {
                let kind = serde_json::to_string(&risk.kind).unwrap_or_default();
                let kind = kind.trim_matches('"').to_owned();
                match &risk.found {
                    RiskFound::Some { count, first } => format!("{kind}: {count} ({})", first.join(", ")),
                    RiskFound::Unknown { why } => format!("{kind}: not known ({why})"),
                }
            });
            or(lines.chain(size).collect(), "Nothing would be lost.")
        }
        _ => String::new(),
    }
}

pub(crate) fn commit(reply: &Reply, none: &str) -> String {
    match reply {
        Reply::Approved { commit: Some(commit) } => format!("Commit {commit}"),
        _ => none.to_owned(),
    }
}

pub(crate) fn merge(reply: &Reply) -> String {
    match reply {
        Reply::Merging { conflicts } if conflicts.is_empty() => "Merged.".to_owned(),
        Reply::Merging { conflicts } => {
            format!("In conflict, to be settled and finished:\n{}", conflicts.join("\n"))
        }
        Reply::TakenBack { undo } => format!("Taken back. What was there is checkpoint {undo}."),
        other => commit(other, "Done."),
    }
}

fn file_makers(file: &FileMakers, all: &Makers, people: &[PersonName]) -> String {
    let maker = |at: &u32| match all.makers.get(*at as usize) {
        Some(ChangeMaker::Turn { author, agent, .. }) => {
            let known = people.iter().find(|known| known.person == *author);
            let name = known.map_or_else(|| "somebody".to_owned(), |known| known.name.to_string());
            format!("{agent} for {name}")
        }
        Some(ChangeMaker::Hand) | None => "by hand".to_owned(),
    };
    format!("{}: {}", file.path, file.makers.iter().map(maker).collect::<Vec<_>>().join(", "))
}

fn checkpoint(checkpoint: &Checkpoint) -> String {
    let of = match &checkpoint.of {
        Some(of) if of.edge == Edge::Before => format!("before turn {}", of.turn),
        Some(of) => format!("after turn {}", of.turn),
        None => "before something was taken back".to_owned(),
    };
    format!("{} {of}", checkpoint.number)
}

fn entry(entry: &FolderEntry) -> String {
    match entry.kind {
        EntryKind::Folder => format!("{}/", entry.name),
        EntryKind::Link => format!("{}@", entry.name),
        EntryKind::File | EntryKind::Other => entry.name.clone(),
    }
}

fn or(lines: Vec<String>, none: &str) -> String {
    if lines.is_empty() { none.to_owned() } else { lines.join("\n") }
}
