//! Texts as the protocol sees them: lines, columns, edits, addresses. Written apart from the server's own code.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The unit of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Utf8,
    Utf16,
    Utf32,
}

impl Unit {
    pub(crate) const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Edits of a protocol's text, all of one state.
pub(crate) fn apply(text: &str, edits: &[Value], unit: Unit) -> String {
    let mut places: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            let ends = (offset(text, &range["start"], unit), offset(text, &range["end"], unit));
            (ends.0, ends.1, edit["newText"].as_str().unwrap())
        })
        .collect();
    places.sort_by_key(|place| (place.0, place.1));
    let mut out = text.to_owned();
    for (start, end, new) in places.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

/// Where each line begins: after `\n`, `\r\n` or a lone `\r`.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    for (at, c) in text.char_indices() {
        if c == '\n' || (c == '\r' && !text[at + 1..].starts_with('\n')) {
            starts.push(at + 1);
        }
    }
    starts
}

pub(crate) fn position(text: &str, at: usize, unit: Unit) -> Value {
    let starts = starts(text);
    let line = starts.iter().rposition(|&start| start <= at).unwrap();
    let column: usize = text[starts[line]..at].chars().map(|c| unit.width(c)).sum();
    json!({ "line": line, "character": column })
}

pub(crate) fn offset(text: &str, position: &Value, unit: Unit) -> usize {
    let line = position["line"].as_u64().unwrap() as usize;
    let mut left = position["character"].as_u64().unwrap() as usize;
    let mut at = starts(text)[line];
    for c in text[at..].chars() {
        if left == 0 {
            break;
        }
        left = left.checked_sub(unit.width(c)).expect("no position inside a character");
        at += c.len_utf8();
    }
    at
}

pub(crate) fn uri(path: &Path) -> String {
    let text = path.to_str().unwrap();
    let encoded: String = text
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("file://{encoded}")
}

pub(crate) fn path(uri: &str) -> PathBuf {
    let text = uri.strip_prefix("file://").unwrap();
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    PathBuf::from(String::from_utf8(bytes).unwrap())
}
