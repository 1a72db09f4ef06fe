//! Where an edit goes: the exact text first, then line by line without regard to white space. Pure.

/// Why an edit is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoMatch {
    #[error("The text to find is empty.")]
    Empty,
    #[error("The text to find is not in the file. Read the file again and copy the text from it.")]
    Missing,
    #[error("The text to find is in the file {0} times. Give more of the lines around it.")]
    Ambiguous(usize),
    #[error("The edit changes nothing.")]
    Same,
}

/// How many places an edit is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    One,
    All,
}

/// The file's text after the edit.
pub fn edited(text: &str, find: &str, replace: &str, places: Places) -> Result<String, NoMatch> {
    if find.trim().is_empty() {
        return Err(NoMatch::Empty);
    }
    let exact = text.matches(find).count();
    let new = match (exact, places) {
        (0, _) => by_lines(text, find, replace, places)?,
        (1, _) | (_, Places::All) => text.replace(find, replace),
        (many, Places::One) => return Err(NoMatch::Ambiguous(many)),
    };
    if new == text { Err(NoMatch::Same) } else { Ok(new) }
}

type SameLine = fn(&str, &str) -> bool;

/// Strictest first.
const LADDER: [SameLine; 2] = [|a, b| a.trim_end() == b.trim_end(), |a, b| a.trim() == b.trim()];

fn by_lines(text: &str, find: &str, replace: &str, places: Places) -> Result<String, NoMatch> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let wanted: Vec<&str> = find.trim_matches(['\n', '\r']).lines().collect();
    for same in LADDER {
        let found = places_of(&lines, &wanted, same);
        match (found.len(), places) {
            (0, _) => {}
            (1, _) | (_, Places::All) => return Ok(put(&lines, &wanted, replace, &found)),
            (many, Places::One) => return Err(NoMatch::Ambiguous(many)),
        }
    }
    Err(NoMatch::Missing)
}

/// Where the wanted lines begin; places that overlap an earlier one are left out.
fn places_of(lines: &[&str], wanted: &[&str], same: SameLine) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + wanted.len() <= lines.len() {
        if wanted.iter().zip(&lines[at..]).all(|(a, b)| same(a, b)) {
            found.push(at);
            at += wanted.len();
        } else {
            at += 1;
        }
    }
    found
}

fn put(lines: &[&str], wanted: &[&str], replace: &str, found: &[usize]) -> String {
    let mut new = String::new();
    let mut next = 0;
    for at in found {
        new.extend(lines[next..*at].iter().copied());
        next = at + wanted.len();
        new += &fitted(&lines[*at..next], wanted, replace);
    }
    new.extend(lines[next..].iter().copied());
    new
}

/// The replacement with the indentation and line ends of what it replaces.
fn fitted(old: &[&str], wanted: &[&str], replace: &str) -> String {
    let end = if old.iter().any(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let (from, to) = (indent(wanted), indent(old));
    let mut new = String::new();
    for line in replace.trim_matches(['\n', '\r']).lines() {
        match line.strip_prefix(from) {
            _ if line.trim().is_empty() => {}
            Some(rest) => new.extend([to, rest]),
            None => new += line,
        }
        new += end;
    }
    let is_open = old.last().is_some_and(|line| !line.ends_with('\n'));
    if is_open || replace.is_empty() && !new.is_empty() {
        new.truncate(new.trim_end_matches(['\n', '\r']).len());
    }
    if replace.is_empty() { String::new() } else { new }
}

/// Of the first line that is not blank.
fn indent<'a>(lines: &[&'a str]) -> &'a str {
    let line = lines.iter().find(|line| !line.trim().is_empty()).copied().unwrap_or_default();
    &line[..line.len() - line.trim_start().len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str, find: &str, replace: &str) -> Result<String, NoMatch> {
        edited(text, find, replace, Places::One)
    }

    #[test]
    fn the_exact_text_wins() {
        assert_eq!(one("let a = 1;\nlet b = 1;\n", "b = 1", "b = 2").unwrap(), "let a = 1;\nlet b = 2;\n");
        assert_eq!(edited("a a", "a", "b", Places::All).unwrap(), "b b");
    }

    #[test]
    fn white_space_is_forgiven_and_kept_as_the_file_has_it() {
        let cases = [
            ("f() {\n    x();   \n}\n", "f() {\n    x();\n}", "f() {\n    y();\n}", "f() {\n    y();\n}\n"),
            ("  if a {\n    b\n  }\n", "if a {\n  b\n}", "if a {\n  c\n}", "  if a {\n    c\n  }\n"),
            ("\tone\n\ttwo\n", "  one\n  two", "  one\n  three", "\tone\n\tthree\n"),
            ("a\r\n  b  \r\nc\r\n", "  b\nc", "  d\nc", "a\r\n  d\r\nc\r\n"),
            ("  last", "last ", "first", "  first"),
            ("a\n b \nc\n", "\tb", "", "a\nc\n"),
        ];
        for (text, find, replace, new) in cases {
            assert_eq!(one(text, find, replace).as_deref(), Ok(new), "{text:?} {find:?}");
        }
    }

    #[test]
    fn what_could_be_meant_twice_is_refused() {
        assert_eq!(one("x\ny\nx\n", "x", "z"), Err(NoMatch::Ambiguous(2)));
        assert_eq!(one("  x;\ny\n\tx;\n", " x; ", "z"), Err(NoMatch::Ambiguous(2)));
        assert_eq!(one("a", "b", "c"), Err(NoMatch::Missing));
        assert_eq!(one("a", " \n", "c"), Err(NoMatch::Empty));
        assert_eq!(one("a", "a", "a"), Err(NoMatch::Same));
        assert_eq!(one("a\n", "a\nb\nc", "d"), Err(NoMatch::Missing), "longer than the file");
    }

    proptest! {
        /// A tolerant edit touches nothing but the lines it names.
        #[test]
        fn lines_around_an_edit_stay(
            before in prop::collection::vec("[a-c ]{0,6}", 0..6),
            line in "[d-f]{1,5}",
            after in prop::collection::vec("[a-c ]{0,6}", 0..6),
            indent in "[ \t]{0,4}",
        ) {
            let whole = |middle: &str| {
                let lines = before.iter().map(String::as_str).chain([middle]).chain(after.iter().map(String::as_str));
                lines.map(|line| format!("{line}\n")).collect::<String>()
            };
            let text = whole(&format!("{indent}{line}  "));
            let find = format!("  {line}\t");
            let new = one(&text, &find, "  G").unwrap();
            let exact = text.contains(&find);
            prop_assert!(exact || new == whole(&format!("{indent}G")), "{text:?} {new:?}");
        }

        /// Nothing that is there once is missed, and nothing ambiguous is guessed.
        #[test]
        fn an_exact_text_is_found_or_called_ambiguous(text in "[ab\n ]{0,30}", from in 0usize..30, length in 1usize..6) {
            let from = from.min(text.len());
            let find = &text[from..(from + length).min(text.len())];
            prop_assume!(!find.trim().is_empty());
            match one(&text, find, "X") {
                Ok(new) => prop_assert_eq!(new, text.replacen(find, "X", 1)),
                Err(NoMatch::Ambiguous(many)) => prop_assert!(many > 1 && text.matches(find).count() == many),
                Err(other) => prop_assert!(false, "{other:?}"),
            }
        }
    }
}
