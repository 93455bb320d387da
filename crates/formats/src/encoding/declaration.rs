//! The encoding that a page or an XML file says it is in.

use encoding_rs::{Encoding as Codec, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// Browsers look for `meta charset` in the first 1,024 bytes; pages that name all their style sheets first
/// have it later.
const HEAD: usize = 4096;

/// What the beginning of a page or XML file declares. UTF-16 is not believed: it could not be read there.
pub(super) fn find(bytes: &[u8]) -> Option<&'static Codec> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let is_xml = head.trim_ascii_start().starts_with(b"<?xml");
    let label = if is_xml { xml(head) } else { None };
    let codec = Codec::for_label(label.or_else(|| meta(head))?)?;
    (codec != UTF_16LE && codec != UTF_16BE).then_some(codec)
}

/// `<?xml version="1.0" encoding="GBK"?>`
fn xml(head: &[u8]) -> Option<&[u8]> {
    let declaration = &head[..memmem::find(head, b"?>")?];
    let at = memmem::find(declaration, b"encoding")?;
    value(&declaration[at + b"encoding".len()..])
}

/// `<meta charset="gbk">`, or `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`.
fn meta(head: &[u8]) -> Option<&[u8]> {
    let lower = head.to_ascii_lowercase();
    for start in memmem::find_iter(&lower, b"<meta") {
        let length = memchr::memchr(b'>', &lower[start..]).unwrap_or(lower.len() - start);
        let tag = &lower[start..start + length];
        if let Some(at) = memmem::find(tag, b"charset") {
            return value(&head[start + at + b"charset".len()..start + length]);
        }
    }
    None
}

/// The value after an equals sign, without quotation marks.
fn value(rest: &[u8]) -> Option<&[u8]> {
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_label = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    let length = rest.iter().take_while(is_label).count();
    (length > 0).then(|| &rest[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_read_as_browsers_read_them() {
        for (text, expected) in [
            ("<html><head><meta charset=\"gbk\">", Some("GBK")),
            ("<META content='text/html; charset=GB2312' http-equiv=Content-Type>", Some("GBK")),
            ("<?xml version='1.0' encoding='Big5'?><html>", Some("Big5")),
            ("<meta charset=utf-8>", Some("UTF-8")),
            ("<meta charset=utf-16le>", None),
            ("正文说 charset=gbk", None),
            ("<meta charset=nonsense>", None),
        ] {
            assert_eq!(find(text.as_bytes()).map(Codec::name), expected, "{text}");
        }
    }
}
