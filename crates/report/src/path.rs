//! Paths the way other tools want them.

use std::borrow::Cow;
use std::path::MAIN_SEPARATOR;

/// The path with `/` between its parts on every system, without a leading `./`.
pub(crate) fn slashed(path: &str) -> Cow<'_, str> {
    // Elsewhere a backslash is a character of a name.
    let path = if MAIN_SEPARATOR == '\\' && path.contains('\\') {
        Cow::Owned(path.replace('\\', "/"))
    } else {
        Cow::Borrowed(path)
    };
    match path.strip_prefix("./") {
        Some(rest) => Cow::Owned(rest.trim_start_matches('/').to_owned()),
        None => path,
    }
}

/// The path as a URI reference: percent-encoded, `file:` only if the path is absolute.
pub(crate) fn uri(path: &str) -> String {
    let path = slashed(path);
    let mut uri = String::with_capacity(path.len() * 3);
    let drive = MAIN_SEPARATOR == '\\' && path.as_bytes().get(1) == Some(&b':');
    if drive {
        uri += "file:///";
    } else if path.starts_with('/') {
        // Two slashes at the start would name a host.
        uri += "file://";
    }
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char);
            }
            b':' if drive && at == 1 => uri.push(':'),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                uri.push('%');
                uri.push(HEX[usize::from(byte >> 4)] as char);
                uri.push(HEX[usize::from(byte & 15)] as char);
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_reserved_characters_are_percent_encoded() {
        for (path, expected) in [
            ("drafts/a.md", "drafts/a.md"),
            ("./草稿/a b.md", "%E8%8D%89%E7%A8%BF/a%20b.md"),
            ("a:b,c%d#e?f\n.md", "a%3Ab%2Cc%25d%23e%3Ff%0A.md"),
            ("../a.md", "../a.md"),
            ("/srv/a.md", "file:///srv/a.md"),
            ("-", "-"),
        ] {
            assert_eq!(uri(path), expected, "{path}");
        }
    }
}
