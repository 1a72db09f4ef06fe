//! The hunks of one file as bytes: read from git's patch, put onto a text again.

/// Lines `start..start + count`, counted from 1. Without lines, `start` is the line before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) count: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawHunk {
    pub(crate) old: Span,
    pub(crate) new: Span,
    pub(crate) lines: Vec<RawLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawLine {
    pub(crate) kind: LineKind,
    /// With its line feed, if it has one.
    pub(crate) text: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LineKind {
    Same,
    Added,
    Removed,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Patch {
    Text(Vec<RawHunk>),
    Binary,
}

/// `None` when it is no patch as git writes it.
pub(crate) fn parse(patch: &[u8]) -> Option<Patch> {
    let mut hunks: Vec<RawHunk> = Vec::new();
    let (mut old_left, mut new_left) = (0, 0);
    for line in patch.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"\\") {
            let text = &mut hunks.last_mut()?.lines.last_mut()?.text;
            text.pop_if(|byte| *byte == b'\n');
        } else if old_left + new_left > 0 {
            let kind = kind(*line.first()?)?;
            old_left -= usize::from(kind != LineKind::Added);
            new_left -= usize::from(kind != LineKind::Removed);
            hunks.last_mut()?.lines.push(RawLine { kind, text: line[1..].to_vec() });
        } else if line.starts_with(b"@@ -") {
            let (old, new) = spans(line)?;
            (old_left, new_left) = (old.count, new.count);
            hunks.push(RawHunk { old, new, lines: Vec::new() });
        } else if line.starts_with(b"Binary files ") {
            return Some(Patch::Binary);
        }
    }
    (old_left + new_left == 0).then_some(Patch::Text(hunks))
}

/// The hunks of each file of a patch, in its order.
pub(crate) fn parse_all(patch: &[u8]) -> Option<Vec<Patch>> {
    let (mut files, mut begin, mut at, mut left) = (Vec::new(), None, 0, (0, 0));
    for line in lines_of(patch) {
        if left != (0, 0) {
            let kind = kind(*line.first()?);
            left.0 -= usize::from(matches!(kind, Some(LineKind::Same | LineKind::Removed)));
            left.1 -= usize::from(matches!(kind, Some(LineKind::Same | LineKind::Added)));
        } else if line.starts_with(b"@@ -") {
            let (old, new) = spans(line)?;
            left = (old.count, new.count);
        } else if line.starts_with(b"diff --git ")
            && let Some(begin) = begin.replace(at)
        {
            files.push(parse(&patch[begin..at])?);
        }
        at += line.len();
    }
    if let Some(begin) = begin {
        files.push(parse(&patch[begin..])?);
    }
    Some(files)
}

/// The text with these hunks of it, in their order; `None` when they are not of this text.
pub(crate) fn apply<'a>(text: &[u8], hunks: impl IntoIterator<Item = &'a RawHunk>) -> Option<Vec<u8>> {
    let lines: Vec<&[u8]> = lines_of(text).collect();
    let (mut result, mut at) = (Vec::with_capacity(text.len()), 0);
    for hunk in hunks {
        let begin = if hunk.old.count == 0 { hunk.old.start } else { hunk.old.start.checked_sub(1)? };
        result.extend(lines.get(at..begin)?.concat());
        at = begin;
        for line in &hunk.lines {
            if line.kind != LineKind::Added {
                (*lines.get(at)? == line.text).then_some(())?;
                at += 1;
            }
            if line.kind != LineKind::Removed {
                result.extend_from_slice(&line.text);
            }
        }
    }
    result.extend(lines[at..].concat());
    Some(result)
}

pub(crate) fn lines_of(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| *byte == b'\n')
}

fn kind(mark: u8) -> Option<LineKind> {
    match mark {
        b' ' => Some(LineKind::Same),
        b'+' => Some(LineKind::Added),
        b'-' => Some(LineKind::Removed),
        _ => None,
    }
}

/// Of `@@ -12,3 +12,4 @@ …`
fn spans(header: &[u8]) -> Option<(Span, Span)> {
    let text = String::from_utf8_lossy(header);
    let mut fields = text.split(' ').skip(1);
    let old = span(fields.next()?.strip_prefix('-')?)?;
    let new = span(fields.next()?.strip_prefix('+')?)?;
    Some((old, new))
}

fn span(text: &str) -> Option<Span> {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    Some(Span { start: start.parse().ok()?, count: count.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws6_lines_that_look_like_headers_are_lines() {
        let patch =
            b"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@ fn x()\n--- a/y\n+++ b/y\n same\n";
        let Some(Patch::Text(hunks)) = parse(patch) else { panic!() };
        assert_eq!(hunks[0].lines[0].text, b"-- a/y\n");
        assert_eq!(apply(b"-- a/y\nsame\n", &hunks).unwrap(), b"++ b/y\nsame\n");
        assert_eq!(apply(b"other\nsame\n", &hunks), None);
    }

    #[test]
    fn ws6_a_missing_last_line_feed_is_kept_apart() {
        let patch =
            b"@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n\\ No newline at end of file\n";
        let Some(Patch::Text(hunks)) = parse(patch) else { panic!() };
        assert_eq!(apply(b"a", &hunks).unwrap(), b"a\nb");
        assert_eq!(apply(b"a\n", &hunks), None);
    }

    #[test]
    fn half_a_patch_is_none() {
        assert_eq!(parse(b"@@ -1,2 +1,2 @@\n same\n"), None);
        assert_eq!(parse(b"Binary files a/x and b/x differ\n"), Some(Patch::Binary));
    }
}
