use std::path::{Path, PathBuf};

/// LO8: takes the host's own folders out of a text before it is logged. The worktree's path becomes
/// relative and the home folder `~`.
#[derive(Clone, Debug)]
pub struct Paths {
    /// Longest first, so that a worktree below the home folder is found as the worktree.
    spellings: Vec<Spelling>,
}

#[derive(Clone, Debug)]
struct Spelling {
    text: String,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Worktree,
    Home,
}

impl Paths {
    /// Pure: give each path in every form it is known by, as resolved and as the person gave it.
    pub fn new(worktree: &[PathBuf], home: &[PathBuf]) -> Self {
        let of = |paths: &[PathBuf], place| -> Vec<Spelling> {
            let texts = paths.iter().flat_map(|path| spellings(path));
            texts.map(|text| Spelling { text, place }).collect()
        };
        let mut spellings = of(worktree, Place::Worktree);
        spellings.extend(of(home, Place::Home));
        spellings.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then(a.text.cmp(&b.text)));
        Self { spellings }
    }

    /// `<worktree>/a` → `a`, `<worktree>` → `.`, `<home>/a` → `~/a`. A longer name that only begins
    /// alike is left.
    pub fn relativise(&self, text: &str) -> String {
        let mut result = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let found = self.spellings.iter().find_map(|it| Some((it.place, after(rest, &it.text)?)));
            match found {
                Some((place, after)) => {
                    rest = write(&mut result, place, after);
                }
                None => {
                    result.push(letter);
                    rest = &rest[letter.len_utf8()..];
                }
            }
        }
        result
    }
}

fn write<'a>(result: &mut String, place: Place, after: &'a str) -> &'a str {
    match place {
        Place::Home => result.push('~'),
        Place::Worktree => {
            if let Some(inside) = after.strip_prefix('/')
                && inside.starts_with(|it| !is_end(it))
            {
                return inside;
            }
            result.push('.');
        }
    }
    after
}

/// What follows the path in the text, if the path really ends there.
fn after<'a>(text: &'a str, path: &str) -> Option<&'a str> {
    let after = text.strip_prefix(path)?;
    let mut next = after.chars();
    let goes_on = match next.next() {
        // A full stop ends a sentence; `.old` goes on with the name.
        Some('.') => next.next().is_some_and(char::is_alphanumeric),
        Some(letter) => letter.is_alphanumeric() || matches!(letter, '-' | '_' | '+' | '@' | '~'),
        None => false,
    };
    (!goes_on).then_some(after)
}

fn is_end(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | ')' | ']' | '}' | '>' | ',' | ';' | ':')
}

/// As it is, as a shell would have it escaped, and as in a `file://` address.
fn spellings(path: &Path) -> Vec<String> {
    let plain = path.to_string_lossy();
    let plain = plain.trim_end_matches('/');
    if plain.is_empty() {
        return Vec::new();
    }
    let mut all = vec![plain.to_owned(), plain.replace(' ', "\\ "), percent_encoded(plain)];
    all.dedup();
    all
}

fn percent_encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let encode = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    path.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paths() -> Paths {
        Paths::new(&["/home/ada/w/my repo".into(), "/home/ada/link".into()], &["/home/ada".into()])
    }

    #[test]
    fn lo8_worktree_and_home_paths_become_relative() {
        for (text, expected) in [
            ("/home/ada/w/my repo/src/a.rs:3", "src/a.rs:3"),
            ("cd '/home/ada/w/my repo' && ls", "cd '.' && ls"),
            ("cd '/home/ada/w/my repo/' && ls", "cd './' && ls"),
            ("in /home/ada/w/my repo.", "in .."),
            ("/home/ada/w/my repo.old/x", "~/w/my repo.old/x"),
            ("/home/ada/w/my repo2/x", "~/w/my repo2/x"),
            (r"cat /home/ada/w/my\ repo/x", "cat x"),
            ("file:///home/ada/w/my%20repo/x", "file://x"),
            ("/home/ada/link/x and /home/ada/.ssh/id", "x and ~/.ssh/id"),
            ("/home/adam/x", "/home/adam/x"),
            ("-I/home/ada/w/my repo/include", "-Iinclude"),
            ("größe /home/ada ü", "größe ~ ü"),
            ("", ""),
        ] {
            assert_eq!(paths().relativise(text), expected, "{text}");
        }
    }

    #[test]
    fn the_root_folder_is_never_taken_out() {
        let paths = Paths::new(&["/".into(), "".into()], &["/".into()]);
        assert_eq!(paths.relativise("/etc/passwd a / b"), "/etc/passwd a / b");
    }

    proptest! {
        // Without a, b and m: neither folder's name comes about by itself.
        #[test]
        fn lo8_no_folder_of_the_host_is_left(before in "[ c-ln-z\"=(]{0,12}", after in "[ \",:)][ -`c-ln-~]{0,12}") {
            for (path, name) in [("/home/ada/w/my repo", "my repo"), ("/home/ada", "ada")] {
                let text = format!("{before}{path}{after} {path}/x{after}");
                prop_assert!(!paths().relativise(&text).contains(name));
            }
        }

        #[test]
        fn a_text_without_the_paths_is_unchanged(text in "[a-zäß /.~]{0,40}") {
            prop_assume!(!text.contains("/home/ada"));
            prop_assert_eq!(paths().relativise(&text), text);
        }
    }
}
