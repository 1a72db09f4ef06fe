//! Where things are on this machine is for its owner alone (LO8).

use wire::{Failure, FailureCode};

/// A refusal in the words of git or the system, without the places they name.
pub(crate) fn without_places(failure: Failure) -> Failure {
    let speaks_of_places = matches!(
        failure.code,
        FailureCode::Git
            | FailureCode::ChangesStale
            | FailureCode::PathMissing
            | FailureCode::NotARepository
            | FailureCode::BareRepository
            | FailureCode::NoCommits
    );
    if !speaks_of_places {
        return failure;
    }
    let message = failure.message.split_inclusive(char::is_whitespace).map(veiled).collect();
    Failure { message, ..failure }
}

fn veiled(word: &str) -> String {
    let bare = word.trim_start_matches(['\'', '"', '`', '(']);
    if !bare.starts_with("~/") && !bare.starts_with('/') {
        return word.to_owned();
    }
    let opening = &word[..word.len() - bare.len()];
    let place = bare.trim_end_matches(|letter: char| letter.is_whitespace() || "'\"`):;,.".contains(letter));
    format!("{opening}…{}", &bare[place.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: FailureCode, message: &str) -> String {
        without_places(Failure::new(code, message)).message
    }

    #[test]
    fn lo8_refusals_name_no_place_of_the_machine() {
        let said = "fatal: '/home/ada/x/.git/index.lock': File exists in ~/work (see src/a.rs and /tmp).";
        assert_eq!(told(FailureCode::Git, said), "fatal: '…': File exists in … (see src/a.rs and …).");
        assert_eq!(told(FailureCode::Archived, "/goal is fine"), "/goal is fine");
    }
}
