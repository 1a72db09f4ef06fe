use std::collections::BTreeSet;

use syn::spanned::Spanned;

use super::finding::Finding;
use super::sources::Sources;

/// Enums of which every variant has a golden file.
const KEPT: [(&str, &str); 6] = [
    ("model", "Event"),
    ("model", "OwnerEvent"),
    ("model", "WorkspaceEvent"),
    ("wire", "Request"),
    ("wire", "Reply"),
    ("wire", "Notification"),
];

pub fn check(sources: &Sources) -> Vec<Finding> {
    KEPT.iter().flat_map(|(owner, name)| check_enum(sources, owner, name)).collect()
}

fn check_enum(sources: &Sources, owner: &str, name: &str) -> Vec<Finding> {
    let folder = format!("crates/{owner}/src/");
    let Some((path, found)) =
        sources.under(&folder, ".rs").find_map(|(path, text)| Some((path, public_enum(text, name)?)))
    else {
        let what = format!("pub enum {name} is missing: xtask/src/tidy/golden.rs counts on it");
        return vec![Finding::new(&format!("crates/{owner}/src/lib.rs"), 1, what)];
    };
    let kept = kept(sources, &format!("crates/{owner}/golden/"));
    let group = snake(name);
    found
        .variants
        .iter()
        .filter_map(|variant| {
            let file = snake(&variant.ident.to_string());
            let places = [file.clone(), format!("{group}/{file}"), format!("{group}_{file}")];
            if places.iter().any(|place| kept.contains(place.as_str())) {
                return None;
            }
            Some(Finding::new(
                path,
                variant.span().start().line,
                format!(
                    "{name}::{} has no golden file: add crates/{owner}/golden/{file}.json",
                    variant.ident
                ),
            ))
        })
        .collect()
}

fn kept<'a>(sources: &'a Sources, folder: &str) -> BTreeSet<&'a str> {
    sources
        .paths()
        .filter_map(|path| path.strip_suffix(".json"))
        .filter_map(|path| path.strip_prefix(folder))
        .collect()
}

fn public_enum(text: &str, name: &str) -> Option<syn::ItemEnum> {
    if !text.contains(&format!("pub enum {name}")) {
        return None;
    }
    let file = syn::parse_file(text).ok()?;
    file.items.into_iter().find_map(|item| match item {
        syn::Item::Enum(item) if item.ident == name => Some(item),
        _ => None,
    })
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: (&str, &str) =
        ("crates/model/src/event.rs", "pub enum Event {\n    TurnBegan { turn: u8 },\n    TurnEnded,\n}\n");

    #[test]
    fn a_variant_without_a_golden_file_is_refused() {
        let sources = Sources::from([EVENT, ("crates/model/golden/turn_began.json", "{}")]);
        let found = check_enum(&sources, "model", "Event");
        assert_eq!(found.len(), 1);
        assert!(found[0].to_string().starts_with("crates/model/src/event.rs:3:"), "{}", found[0]);
    }

    #[test]
    fn a_golden_file_may_stand_in_a_folder_of_its_enum() {
        let sources = Sources::from([
            EVENT,
            ("crates/model/golden/event/turn_began.json", "{}"),
            ("crates/model/golden/event_turn_ended.json", "{}"),
        ]);
        assert!(check_enum(&sources, "model", "Event").is_empty());
    }

    #[test]
    fn a_lost_enum_is_noticed() {
        assert_eq!(check_enum(&Sources::default(), "wire", "Reply").len(), 1);
    }
}
