//! Web archives (`.mht`), as programs put them into Word files: the page in a MIME message.

use encoding_rs::{Encoding as Codec, UTF_8};

use crate::encoding;

/// How far the head of a message is looked for.
const HEAD: usize = 16 << 10;

/// Messages in messages.
const MAX_DEPTH: usize = 4;

/// Whether the bytes begin as a MIME message does: with header lines, one of which names the version or the
/// type of the content.
pub(crate) fn is_message(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = &bytes[..bytes.len().min(HEAD)];
    // The name of the first field ends in a letter before a colon: hardly a text goes on from here.
    let colon = memchr::memchr(b':', head).and_then(|at| at.checked_sub(1));
    if !colon.is_some_and(|before| is_named_with(&head[before])) {
        return false;
    }
    let head = String::from_utf8_lossy(head);
    let mut is_named = false;
    for line in head.trim_start().lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.as_bytes().iter().all(is_named_with) {
            return false;
        }
        is_named |= ["MIME-Version", "Content-Type"].iter().any(|known| name.eq_ignore_ascii_case(known));
    }
    is_named
}

/// Whether names of fields are made of such bytes.
fn is_named_with(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'-'
}

/// The page in a web archive; nothing if the bytes are none.
pub(crate) fn page(bytes: &[u8]) -> Option<String> {
    if !is_message(bytes) {
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    page_of(bytes.trim_ascii_start(), 0)
}

fn page_of(message: &[u8], depth: usize) -> Option<String> {
    let (head, body) = split_head(message);
    let kind = field(&head, "content-type").unwrap_or_default();
    if kind.to_ascii_lowercase().starts_with("multipart/") {
        let boundary = parameter(&kind, "boundary").filter(|_| depth < MAX_DEPTH)?;
        return parts(body, &format!("--{boundary}")).into_iter().find_map(|part| page_of(part, depth + 1));
    }
    if !kind.to_ascii_lowercase().starts_with("text/html") {
        return None;
    }
    let body =
        match field(&head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "quoted-printable" => quoted_printable(body),
            "base64" => base64(body),
            _ => body.to_vec(),
        };
    let codec = parameter(&kind, "charset").and_then(|label| Codec::for_label(label.as_bytes()));
    match codec {
        Some(codec) if codec != UTF_8 => Some(codec.decode(&body).0.into_owned()),
        _ => encoding::decode_text(&body).ok().map(|(text, _)| text),
    }
}

/// The head of a message, one field a line, and its body.
fn split_head(message: &[u8]) -> (String, &[u8]) {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"]
        .map(|end| memchr::memmem::find(message, end).map(|at| (at, at + end.len())));
    let (end, body) = ends.into_iter().flatten().min().unwrap_or((message.len(), message.len()));
    let head = String::from_utf8_lossy(&message[..end.min(HEAD)]).replace("\r\n", "\n");
    // Long fields go on on lines that begin with a blank.
    (head.replace("\n ", " ").replace("\n\t", " "), &message[body..])
}

fn field(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })
}

/// What stands between lines that begin with `mark`.
fn parts<'b>(body: &'b [u8], mark: &str) -> Vec<&'b [u8]> {
    let starts: Vec<usize> = memchr::memmem::find_iter(body, mark.as_bytes()).collect();
    let mut found = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(body.len());
        let part = &body[(start + mark.len()).min(end)..end];
        found.push(part.trim_ascii_start());
    }
    found
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let hex = rest.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        if let Some(code) = hex {
            out.push(code);
            rest = &rest[2..];
        } else {
            // A line that goes on.
            rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        }
    }
    out
}

/// Decodes up to the first character that is none of base64.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_taken_out_of_archives() {
        let plain = "MIME-Version: 1.0\nContent-Type: text/html; charset=\"utf-8\"\n\n<p>甲</p>";
        assert_eq!(page(plain.as_bytes()).unwrap(), "<p>甲</p>");
        let related = "From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--=_b\"\r\n\r\n\
            ----=_b\r\nContent-Type: image/png\r\n\r\nx\r\n----=_b\r\nContent-Type: text/html; charset=gb2312\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=\r\n=BC=D7</p>\r\n----=_b--";
        assert_eq!(page(related.as_bytes()).unwrap().trim(), "<p>甲</p>");
        let packed = "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+55Sy\nPC9wPg==";
        assert_eq!(page(packed.as_bytes()).unwrap(), "<p>甲</p>");
        assert_eq!(page("说明：MIME-Version: 1.0".as_bytes()), None);
        assert_eq!(page(b"Content-Type: multipart/mixed; boundary=a\n\n--a--"), None);
    }
}
