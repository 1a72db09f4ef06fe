use std::collections::BTreeSet;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item};

/// Files that hold nothing but tests and what tests are made of.
pub fn is_test_file(path: &str) -> bool {
    const FOLDERS: [&str; 3] = ["tests/", "crates/testkit/", "crates/sim/"];
    const ENDINGS: [&str; 2] = ["/tests.rs", "_tests.rs"];
    FOLDERS.iter().any(|folder| path.starts_with(folder))
        || path.contains("/tests/")
        || ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// The lines of a file that only exist under `cfg(test)`.
pub fn lines_of(file: &syn::File) -> BTreeSet<usize> {
    let mut reader = Reader::default();
    reader.visit_file(file);
    reader.lines
}

#[derive(Default)]
struct Reader {
    lines: BTreeSet<usize>,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if attributes(item).iter().any(is_for_tests) {
            let span = item.span();
            self.lines.extend(span.start().line..=span.end().line);
            return;
        }
        visit::visit_item(self, item);
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let path = attribute.path();
    if path.segments.last().is_some_and(|last| last.ident == "test") {
        return true;
    }
    let syn::Meta::List(list) = &attribute.meta else {
        return false;
    };
    let inner = list.tokens.to_string();
    path.is_ident("cfg") && (inner == "test" || inner.starts_with("all (test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_modules_and_test_functions_are_found() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n}\n#[tokio::test]\nasync fn b() {}\n";
        let lines: Vec<_> = lines_of(&syn::parse_file(text).unwrap()).into_iter().collect();
        assert_eq!(lines, [2, 3, 4, 5, 6]);
    }

    #[test]
    fn test_folders_are_known() {
        assert!(is_test_file("tests/src/lib.rs"));
        assert!(is_test_file("crates/room/tests/ballot.rs"));
        assert!(is_test_file("crates/room/src/turn/tests.rs"));
        assert!(!is_test_file("crates/room/src/turn.rs"));
    }
}
