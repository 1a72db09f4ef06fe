//! Keeps out of the log what some reader of it may not see (LO8): paths of this machine outside the
//! worktree's own, and the values of secrets.

use std::cmp::Reverse;

use serde_json::Value;

const MASK: &str = "•••";
/// Shorter values would blank out ordinary words.
const SHORTEST_SECRET: usize = 8;
/// A title is one line.
const TITLE_CHARS: usize = 300;

#[derive(Clone, Debug, Default)]
pub struct Veil {
    /// Longest first, so that a worktree below the home folder wins over it.
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    find: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Worktree,
    Home,
    Secret,
}

/// Whether more text may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    Open,
    Closed,
}

enum Met {
    Nothing,
    Replace {
        bytes: usize,
        with: &'static str,
    },
    /// Only what follows can tell.
    Undecided,
}

impl Veil {
    /// Folders that are the worktree under one of its names, home folders, and values to mask.
    pub fn new(worktree: &[String], home: &[String], secrets: &[String]) -> Self {
        let folders = |folders: &[String], kind| {
            let trimmed = folders.iter().map(|folder| folder.trim_end_matches('/').to_owned());
            let kept = trimmed.filter(|folder| folder.len() > 1);
            kept.map(|find| Rule { find, kind }).collect::<Vec<_>>()
        };
        let mut rules = folders(worktree, Kind::Worktree);
        rules.extend(folders(home, Kind::Home));
        let secrets = secrets.iter().filter(|secret| secret.len() >= SHORTEST_SECRET);
        rules.extend(secrets.map(|secret| Rule { find: secret.clone(), kind: Kind::Secret }));
        rules.sort_by_key(|rule| Reverse(rule.find.len()));
        Self { rules }
    }

    /// Worktree paths become relative, home paths begin with `~`, secrets become `•••`.
    pub fn text(&self, text: &str) -> String {
        self.scan(text, None, Tail::Closed).0
    }

    /// As [`Veil::text`], for one path.
    pub fn path(&self, path: &str) -> String {
        self.text(path.strip_prefix("file://").unwrap_or(path))
    }

    /// As [`Veil::text`], on one line of bounded length.
    pub fn title(&self, title: &str) -> String {
        let line = title.trim().replace(['\n', '\r'], " ");
        let mut shown = self.text(self.without_rootless_worktree(&line));
        if let Some((end, _)) = shown.char_indices().nth(TITLE_CHARS) {
            shown.truncate(end);
            shown.push('…');
        }
        shown
    }

    /// Every string in it, keys too.
    pub fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Value::Object(fields) => {
                let veiled = fields.iter().map(|(key, value)| (self.text(key), self.value(value)));
                Value::Object(veiled.collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    /// opencode names files relative to `/` in a folder that is no repository.
    fn without_rootless_worktree<'a>(&self, title: &'a str) -> &'a str {
        let worktrees = self.rules.iter().filter(|rule| rule.kind == Kind::Worktree);
        let mut rests = worktrees.filter_map(|rule| {
            let rest = title.strip_prefix(rule.find.trim_start_matches('/'))?;
            rest.strip_prefix('/')
        });
        rests.next().unwrap_or(title)
    }

    /// What is decided of the text, veiled, and how many bytes of it that was.
    fn scan(&self, text: &str, before: Option<char>, tail: Tail) -> (String, usize) {
        let mut shown = String::with_capacity(text.len());
        let mut before = before;
        let mut at = 0;
        while let Some(next) = text[at..].chars().next() {
            match self.meet(&text[at..], before, tail) {
                Met::Undecided => break,
                Met::Nothing => {
                    shown.push(next);
                    before = Some(next);
                    at += next.len_utf8();
                }
                Met::Replace { bytes, with } => {
                    shown.push_str(with);
                    before = text[..at + bytes].chars().last();
                    at += bytes;
                }
            }
        }
        (shown, at)
    }

    fn meet(&self, text: &str, before: Option<char>, tail: Tail) -> Met {
        let mut undecided = false;
        for rule in &self.rules {
            match rule.meet(text, before, tail) {
                Met::Nothing => {}
                Met::Undecided => undecided = true,
                // A longer rule may still come true with the next chunk.
                replace @ Met::Replace { .. } if !undecided => return replace,
                Met::Replace { .. } => return Met::Undecided,
            }
        }
        if undecided { Met::Undecided } else { Met::Nothing }
    }
}

impl Rule {
    fn meet(&self, text: &str, before: Option<char>, tail: Tail) -> Met {
        if self.kind != Kind::Secret && before.is_some_and(in_name) {
            return Met::Nothing;
        }
        let Some(rest) = text.strip_prefix(&self.find) else {
            let begun = tail == Tail::Open && self.find.starts_with(text);
            return if begun { Met::Undecided } else { Met::Nothing };
        };
        let bytes = self.find.len();
        match self.kind {
            Kind::Secret => Met::Replace { bytes, with: MASK },
            Kind::Home | Kind::Worktree => self.meet_folder(rest, tail),
        }
    }

    fn meet_folder(&self, rest: &str, tail: Tail) -> Met {
        let bytes = self.find.len();
        let alone = if self.kind == Kind::Home { "~" } else { "." };
        let mut after = rest.chars();
        match (after.next(), after.next()) {
            (None | Some('/' | '.'), None) if tail == Tail::Open => Met::Undecided,
            (Some('/'), Some(next)) if in_name(next) && self.kind == Kind::Worktree => {
                Met::Replace { bytes: bytes + 1, with: "" }
            }
            // `/home/ada/demo.bak` is another folder; `in /home/ada/demo.` ends a sentence.
            (Some('.'), Some(next)) if in_name(next) => Met::Nothing,
            (Some(next), _) if in_name(next) && next != '.' => Met::Nothing,
            (Some(_) | None, _) => Met::Replace { bytes, with: alone },
        }
    }
}

fn in_name(next: char) -> bool {
    next.is_alphanumeric() || matches!(next, '_' | '-' | '.')
}

/// A text that comes in chunks: what might be the beginning of something hidden is held back until
/// the next chunk tells.
#[derive(Debug, Default)]
pub struct VeiledStream {
    held: String,
    before: Option<char>,
}

impl VeiledStream {
    /// What may be shown now.
    pub fn push(&mut self, veil: &Veil, chunk: &str) -> String {
        self.held.push_str(chunk);
        self.take(veil, Tail::Open)
    }

    /// The rest.
    pub fn finish(&mut self, veil: &Veil) -> String {
        self.take(veil, Tail::Closed)
    }

    fn take(&mut self, veil: &Veil, tail: Tail) -> String {
        let (shown, used) = veil.scan(&self.held, self.before, tail);
        self.before = self.held[..used].chars().last().or(self.before);
        self.held.drain(..used);
        shown
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn veil() -> Veil {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Veil::new(&texts(&["/home/ada/demo"]), &texts(&["/home/ada"]), &texts(&["sk-very-secret", "short"]))
    }

    const CASES: &[(&str, &str)] = &[
        ("/home/ada/demo/src/a.rs", "src/a.rs"),
        ("/home/ada/demo", "."),
        ("/home/ada/demo/", "./"),
        ("in /home/ada/demo.", "in .."),
        ("cd '/home/ada/demo' && ls", "cd '.' && ls"),
        ("/home/ada/demo-evil/x", "~/demo-evil/x"),
        ("/home/ada/demo.bak/x", "~/demo.bak/x"),
        ("/home/ada/.ssh/id", "~/.ssh/id"),
        ("/home/adam/x", "/home/adam/x"),
        ("/mnt/home/ada/demo/x", "/mnt/home/ada/demo/x"),
        ("file:///home/ada/demo/x", "file://x"),
        ("/home/ada/demo/.git/x and /home/ada/demo/y", ".git/x and y"),
        ("key=sk-very-secret;", "key=•••;"),
        ("short", "short"),
        ("/usr/bin/env", "/usr/bin/env"),
        ("größe /home/ada/demo/ü", "größe ü"),
    ];

    #[test]
    fn lo8_paths_are_relative_and_secrets_masked() {
        for (text, shown) in CASES {
            assert_eq!(veil().text(text), *shown, "{text}");
        }
    }

    #[test]
    fn lo8_a_text_cut_anywhere_is_veiled_the_same() {
        for (text, shown) in CASES {
            for cut in (0..=text.len()).filter(|cut| text.is_char_boundary(*cut)) {
                let mut stream = VeiledStream::default();
                let mut seen = stream.push(&veil(), &text[..cut]);
                seen += &stream.push(&veil(), &text[cut..]);
                seen += &stream.finish(&veil());
                assert_eq!(seen, *shown, "{text} cut at {cut}");
            }
        }
    }

    #[test]
    fn lo8_every_string_of_a_value_is_veiled() {
        let raw = json!({"/home/ada/demo/a": ["sk-very-secret", 1, null, {"p": "/home/ada/x"}]});
        assert_eq!(veil().value(&raw), json!({"a": ["•••", 1, null, {"p": "~/x"}]}));
    }

    #[test]
    fn lo8_a_title_is_one_line_without_the_worktree() {
        assert_eq!(veil().title("home/ada/demo/w.txt"), "w.txt");
        assert_eq!(veil().title("touch a\n&& touch b\n"), "touch a && touch b");
        assert_eq!(veil().title(&"x".repeat(1000)).chars().count(), TITLE_CHARS + 1);
    }
}
