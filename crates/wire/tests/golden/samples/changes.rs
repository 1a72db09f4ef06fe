use model::*;

pub(super) fn changed_file() -> ChangedFile {
    ChangedFile {
        id: "5f".repeat(16),
        path: "src/greet.js".into(),
        moved_from: Some("greet.js".into()),
        how: ChangedHow::Moved,
        added: Some(1),
        removed: Some(1),
    }
}

pub(super) fn change_body() -> ChangeBody {
    let line =
        |how, old, new, text: &str| ChangeLine { how, old, new, text: text.into(), open_end: false, cut: 0 };
    let lines = vec![
        line(LineHow::Same, Some(1), Some(1), "one"),
        line(LineHow::Removed, Some(2), None, "two"),
        line(LineHow::Added, None, Some(2), "zwei"),
    ];
    ChangeBody::Text { hunks: vec![ChangeHunk { id: Some("3-ab".into()), lines }], omitted: 0 }
}

pub(super) fn changes() -> Changes {
    Changes {
        files: vec![changed_file()],
        omitted: 2,
        skipped: vec!["core.1".into()],
        seen: "7a".repeat(20),
        merging: true,
        conflicts: vec!["src/store.rs".into()],
    }
}
