//! What a person calls a thing, to its id.

use model::{Directory, RepositoryId, SessionId, WorkspaceId};

/// Why a name leads nowhere.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    #[error("There is no {kind} {asked:?}. `{list}` shows what there is.")]
    None { kind: &'static str, asked: String, list: &'static str },
    #[error("{asked:?} may be any of these; say which by more of its id: {}", .choices.join(", "))]
    Many { asked: String, choices: Vec<String> },
}

/// One thing and all it is called.
pub struct Candidate<T> {
    pub id: T,
    pub written: String,
    pub names: Vec<String>,
}

/// What is looked for, in words for people.
pub struct Kind {
    pub name: &'static str,
    pub list: &'static str,
}

pub fn repository(directory: &Directory, asked: &str) -> Result<RepositoryId, Unclear> {
    let all = directory.repositories.iter().map(|row| Candidate {
        id: row.repository,
        written: row.repository.to_string(),
        names: vec![row.name.clone()],
    });
    find(all, asked, Kind { name: "repository", list: "conclave repo list" })
}

pub fn workspace(directory: &Directory, asked: &str) -> Result<WorkspaceId, Unclear> {
    let all = directory.workspaces.iter().map(|row| Candidate {
        id: row.workspace,
        written: row.workspace.to_string(),
        names: vec![row.name.clone(), row.branch.clone()],
    });
    find(all, asked, Kind { name: "workspace", list: "conclave workspace list" })
}

/// Also by `#n` and by plain `n`, since a shell takes `#` for a comment.
pub fn session(directory: &Directory, asked: &str) -> Result<SessionId, Unclear> {
    let all = directory.sessions.iter().map(|row| Candidate {
        id: row.session,
        written: row.session.to_string(),
        names: vec![format!("#{}", row.number), row.number.to_string(), row.title.clone()],
    });
    find(all, asked, Kind { name: "session", list: "conclave session list" })
}

/// By a name that fits whole, else by the start of an id.
pub fn find<T: Copy>(all: impl Iterator<Item = Candidate<T>>, asked: &str, kind: Kind) -> Result<T, Unclear> {
    let all: Vec<Candidate<T>> = all.collect();
    let named = |it: &&Candidate<T>| it.written == asked || it.names.iter().any(|name| name == asked);
    let mut found: Vec<&Candidate<T>> = all.iter().filter(named).collect();
    if found.is_empty() && !asked.is_empty() {
        found = all.iter().filter(|it| it.written.starts_with(asked)).collect();
    }
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Unclear::None { kind: kind.name, asked: asked.to_owned(), list: kind.list }),
        many => {
            let choices = many.iter().map(|it| it.written.clone()).collect();
            Err(Unclear::Many { asked: asked.to_owned(), choices })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(asked: &str) -> Result<u8, Unclear> {
        let all = [(1, "aa11", "#1"), (2, "aa22", "#2"), (3, "bb33", "#2")];
        let all = all.map(|(id, written, name)| Candidate {
            id,
            written: written.to_owned(),
            names: vec![name.to_owned()],
        });
        find(all.into_iter(), asked, Kind { name: "thing", list: "list" })
    }

    #[test]
    fn a_name_or_a_unique_start_of_an_id_leads_to_it() {
        assert_eq!(ask("#1"), Ok(1));
        assert_eq!(ask("aa2"), Ok(2));
        assert_eq!(ask("bb33"), Ok(3));
    }

    #[test]
    fn what_is_unclear_is_asked_back() {
        assert!(matches!(ask("aa"), Err(Unclear::Many { choices, .. }) if choices == ["aa11", "aa22"]));
        assert!(matches!(ask("#2"), Err(Unclear::Many { choices, .. }) if choices == ["aa22", "bb33"]));
        for nothing in ["", "cc", "11"] {
            assert!(matches!(ask(nothing), Err(Unclear::None { .. })));
        }
    }
}
