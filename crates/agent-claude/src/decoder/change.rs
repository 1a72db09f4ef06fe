use agent_process::diff;
use agent_process::veil::Veil;
use ports::agent::DiffText;
use serde_json::Value;

use super::{Look, each};

/// What a call wants to change, from its input and the file as it is now.
pub fn wanted(name: &str, input: &Value, look: &Look, veil: &Veil) -> Vec<DiffText> {
    let Some(path) = input["file_path"].as_str() else { return Vec::new() };
    let now = look(path);
    let change = match name {
        "Write" => input["content"].as_str().map(|new| (now.unwrap_or_default(), new.to_owned())),
        "Edit" => edited(now, std::slice::from_ref(input)),
        "MultiEdit" => edited(now, input["edits"].as_array().map(Vec::as_slice).unwrap_or_default()),
        _ => None,
    };
    let diff = change.map(|(old, new)| diff::between(veil.path(path), &veil.text(&old), &veil.text(&new)));
    diff.into_iter().collect()
}

/// The file before and after; of a file that does not hold the words, only the words.
fn edited(now: Option<String>, edits: &[Value]) -> Option<(String, String)> {
    let words = |edit: &Value| {
        Some((edit["old_string"].as_str()?.to_owned(), edit["new_string"].as_str()?.to_owned()))
    };
    let edits: Vec<(String, String, bool)> = edits
        .iter()
        .filter_map(|edit| words(edit).map(|(old, new)| (old, new, edit["replace_all"] == true)))
        .collect();
    let fitted = now.and_then(|now| {
        let mut new = now.clone();
        for (from, to, everywhere) in &edits {
            if from.is_empty() || !new.contains(from.as_str()) {
                return None;
            }
            new = if *everywhere { new.replace(from, to) } else { new.replacen(from, to, 1) };
        }
        Some((now, new))
    });
    let bare = || {
        let join =
            |part: fn(&(String, String, bool)) -> &str| edits.iter().map(part).collect::<Vec<_>>().join("\n");
        (join(|edit| &edit.0), join(|edit| &edit.1))
    };
    (!edits.is_empty()).then(|| fitted.unwrap_or_else(bare))
}

/// What a call has changed, by its own account.
pub fn made(input: &Value, result: &Value, veil: &Veil) -> Option<Vec<DiffText>> {
    let path = result["filePath"].as_str().or(input["file_path"].as_str())?;
    let hunks: Vec<&Value> = each(&result["structuredPatch"]).collect();
    if hunks.is_empty() {
        let new = result["content"].as_str().filter(|_| result["type"] == "create")?;
        return Some(vec![diff::between(veil.path(path), "", &veil.text(new))]);
    }
    let lines = || hunks.iter().flat_map(|hunk| each(&hunk["lines"])).filter_map(Value::as_str);
    let count =
        |mark| u32::try_from(lines().filter(|line| line.starts_with(mark)).count()).unwrap_or(u32::MAX);
    Some(vec![DiffText {
        path: veil.path(path),
        added: count('+'),
        removed: count('-'),
        unified: veil.text(&hunks.iter().map(|hunk| hunk_text(hunk)).collect::<String>()),
    }])
}

fn hunk_text(hunk: &Value) -> String {
    let number = |key: &str| hunk[key].as_u64().unwrap_or_default();
    let header = format!(
        "@@ -{},{} +{},{} @@\n",
        number("oldStart"),
        number("oldLines"),
        number("newStart"),
        number("newLines")
    );
    each(&hunk["lines"]).filter_map(Value::as_str).fold(header, |text, line| text + line + "\n")
}
