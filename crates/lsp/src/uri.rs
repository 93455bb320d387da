//! Between the addresses of the protocol and the paths of files.

use std::path::{Component, Path, PathBuf, Prefix};
use std::str::FromStr;

use lsp_types::Uri;
use serde_json::Value;

/// The file that a `file:` address names.
pub(crate) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    // An empty host or localhost; a share of the network keeps its host.
    let (host, path) = rest.split_at(rest.find('/')?);
    let decoded = decoded(path)?;
    let is_drive = decoded.as_bytes().get(2) == Some(&b':');
    Some(match host {
        "" | "localhost" if is_drive => PathBuf::from(&decoded[1..]),
        "" | "localhost" => PathBuf::from(decoded),
        host => PathBuf::from(format!("//{host}{decoded}")),
    })
}

/// The address of a file. Nothing for a path that is not absolute.
pub(crate) fn from_path(path: &Path) -> Option<Uri> {
    if !path.is_absolute() {
        return None;
    }
    let mut text = "file://".to_owned();
    for component in path.components() {
        match component {
            Component::Prefix(prefix) => match prefix.kind() {
                Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => {
                    text += &format!("/{}%3A", char::from(letter).to_ascii_lowercase());
                }
                _ => text += &encoded(&prefix.as_os_str().to_string_lossy().replace('\\', "/")),
            },
            Component::RootDir => {}
            other => {
                text.push('/');
                text += &encoded(&other.as_os_str().to_string_lossy());
            }
        }
    }
    if text == "file://" {
        text.push('/');
    }
    Uri::from_str(&text).ok()
}

/// What every other character becomes: its bytes in hexadecimal.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

fn decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match (bytes[at], hex.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

/// Encodes what some editors leave as it is in addresses: Chinese characters and spaces.
pub(crate) fn mend(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if key == "uri" || key.ends_with("Uri") => *text = mended(text),
                    Value::Object(_) | Value::Array(_) => mend(value),
                    _ => {}
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mend),
        _ => {}
    }
}

fn mended(text: &str) -> String {
    let keep =
        |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`');
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if keep(byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn paths_lead_there_and_back() {
        for path in ["/", "/文稿/2024年 要点#1.md", "/a/100%.md", "/a/[b]?.md"] {
            let uri = from_path(Path::new(path)).unwrap();
            assert_eq!(to_path(&uri).unwrap(), Path::new(path));
        }
        assert!(from_path(Path::new("a.md")).is_none());
    }

    #[test]
    fn drives_lose_their_slash_and_other_schemes_are_no_files() {
        let path = |text: &str| to_path(&Uri::from_str(text).unwrap());
        assert_eq!(path("file:///c%3A/%E6%96%87.md").unwrap(), Path::new("c:/文.md"));
        assert_eq!(path("file://localhost/a.md").unwrap(), Path::new("/a.md"));
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("file:///%FF"), None);
    }

    #[test]
    fn characters_that_an_editor_left_as_they_are_get_encoded() {
        let mut value = serde_json::json!({ "textDocument": { "uri": "file:///文 稿.md", "text": "文 稿" } });
        mend(&mut value);
        assert_eq!(value["textDocument"]["uri"], "file:///%E6%96%87%20%E7%A8%BF.md");
        assert_eq!(value["textDocument"]["text"], "文 稿");
    }
}
