//! Random edits of a worktree, and what is on disk after them.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use proptest::prelude::*;

/// Some are folders of others, some differ by case only, some look like options or patterns.
const PATHS: [&str; 12] = [
    "a.txt",
    "A.txt",
    "src",
    "src/main.rs",
    "src/deep/x",
    "src/deep/x/y",
    "-rf",
    ":(top)*",
    "ü \"q\"\n\t\\",
    "empty",
    "sp ace/file",
    "*.txt",
];

const TEXTS: [&[u8]; 9] = [
    b"",
    b"one\n",
    b"one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n",
    b"one\ntwo\nTHREE\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\n",
    b"zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\nNINE\nten",
    b"no final newline",
    b"windows\r\nlines\r\n",
    b"\0\x01binary\xff",
    b"caf\xe9 is no UTF-8\n",
];

/// Each case starts git dozens of times; `PROPTEST_CASES` asks for more.
pub fn few(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(cases), ..ProptestConfig::default() }
}

#[derive(Clone, Debug)]
pub enum Edit {
    Write(usize, usize),
    Delete(usize),
    Rename(usize, usize),
    Executable(usize),
    Link(usize, usize),
}

pub fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let path = || 0..PATHS.len();
    let edit = prop_oneof![
        5 => (path(), 0..TEXTS.len()).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => path().prop_map(Edit::Delete),
        2 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => path().prop_map(Edit::Executable),
        1 => (path(), path()).prop_map(|(path, to)| Edit::Link(path, to)),
    ];
    proptest::collection::vec(edit, 0..most)
}

pub fn apply(root: &Path, edits: &[Edit]) {
    for edit in edits {
        apply_one(root, edit);
    }
}

fn apply_one(root: &Path, edit: &Edit) {
    let path = |index: usize| root.join(PATHS[index]);
    match *edit {
        Edit::Write(at, text) => {
            clear(root, &path(at));
            std::fs::write(path(at), TEXTS[text]).unwrap();
        }
        Edit::Delete(at) => remove(&path(at)),
        Edit::Rename(from, to) => {
            let Ok(bytes) = std::fs::read(path(from)) else { return };
            remove(&path(from));
            clear(root, &path(to));
            std::fs::write(path(to), bytes).unwrap();
        }
        Edit::Executable(at) => {
            if path(at).symlink_metadata().is_ok_and(|it| it.is_file()) {
                std::fs::set_permissions(path(at), Permissions::from_mode(0o755)).unwrap();
            }
        }
        Edit::Link(at, to) => {
            clear(root, &path(at));
            symlink(PATHS[to], path(at)).unwrap();
        }
    }
}

/// Nothing stands at the path, and folders lead to it.
fn clear(root: &Path, path: &Path) {
    remove(path);
    let parent = path.parent().unwrap();
    let mut place = root.to_owned();
    for step in parent.strip_prefix(root).unwrap() {
        place.push(step);
        if place.symlink_metadata().is_ok_and(|it| !it.is_dir()) {
            std::fs::remove_file(&place).unwrap();
        }
    }
    std::fs::create_dir_all(parent).unwrap();
}

fn remove(path: &Path) {
    match path.symlink_metadata() {
        Ok(found) if found.is_dir() => std::fs::remove_dir_all(path).unwrap(),
        Ok(_) => std::fs::remove_file(path).unwrap(),
        Err(_) => {}
    }
}

/// Each file with its kind and its bytes; folders count only for what is in them.
pub fn on_disk(root: &Path) -> BTreeMap<PathBuf, (&'static str, Vec<u8>)> {
    let mut found = BTreeMap::new();
    walk(root, Path::new(""), &mut found);
    found
}

fn walk(root: &Path, below: &Path, found: &mut BTreeMap<PathBuf, (&'static str, Vec<u8>)>) {
    for entry in root.join(below).read_dir().unwrap().map(Result::unwrap) {
        let path = below.join(entry.file_name());
        let full = entry.path();
        let about = full.symlink_metadata().unwrap();
        if path == Path::new(".git") {
            continue;
        }
        if about.is_dir() {
            walk(root, &path, found);
        } else if about.is_symlink() {
            let target = full.read_link().unwrap().into_os_string().into_encoded_bytes();
            found.insert(path, ("link", target));
        } else {
            let kind = if about.permissions().mode() & 0o100 == 0 { "file" } else { "program" };
            found.insert(path, (kind, std::fs::read(full).unwrap()));
        }
    }
}
