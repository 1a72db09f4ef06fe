//! Changes of a workspace, for a person at a shell.

use model::{ChangeBody, ChangeLine, ChangedFile, ChangedHow, Changes, LineHow};

pub(crate) fn files(changes: &Changes) -> String {
    if changes.files.is_empty() {
        return "Nothing has changed.".to_owned();
    }
    let mut lines: Vec<String> = changes.files.iter().map(file).collect();
    if changes.omitted > 0 {
        lines.push(format!("and {} more", changes.omitted));
    }
    lines.extend(changes.skipped.iter().map(|path| format!("? {path} (left out)")));
    lines.join("\n")
}

pub(crate) fn lines(body: &ChangeBody) -> String {
    match body {
        ChangeBody::Binary => "A binary file.".to_owned(),
        ChangeBody::TooLarge { bytes } => format!("Too large to show: {bytes} bytes."),
        ChangeBody::Lfs { .. } => "Its content is kept by Git LFS.".to_owned(),
        ChangeBody::Submodule => "A submodule.".to_owned(),
        ChangeBody::Text { hunks, omitted } => {
            let shown = |hunk: &model::ChangeHunk| hunk.lines.iter().map(line).collect::<Vec<_>>().join("\n");
            let mut parts: Vec<String> = hunks.iter().map(shown).collect();
            if *omitted > 0 {
                parts.push(format!("and {omitted} more parts"));
            }
            parts.join("\n…\n")
        }
    }
}

fn file(file: &ChangedFile) -> String {
    let mark = match file.how {
        ChangedHow::Added => 'A',
        ChangedHow::Modified => 'M',
        ChangedHow::Deleted => 'D',
        ChangedHow::Moved => 'R',
        ChangedHow::Retyped => 'T',
    };
    let counts = match (file.added, file.removed) {
        (Some(added), Some(removed)) => format!(" +{added} −{removed}"),
        (None, _) | (_, None) => String::new(),
    };
    let from = file.moved_from.as_ref().map(|from| format!(" (from {from})")).unwrap_or_default();
    format!("{mark} {}{from}{counts}", file.path)
}

fn line(line: &ChangeLine) -> String {
    let mark = match line.how {
        LineHow::Same => ' ',
        LineHow::Added => '+',
        LineHow::Removed => '-',
    };
    format!("{mark}{}", line.text)
}
