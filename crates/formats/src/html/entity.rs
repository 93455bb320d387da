//! One character reference, and how many bytes it takes.

use html5gum::{Token, Tokenizer};

/// The reference with which `text` begins: its length in bytes and what it stands for.
pub(super) fn decode(text: &str) -> Option<(usize, String)> {
    const COMMON: [(&str, &str); 6] = [
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&emsp;", "\u{2003}"),
    ];
    if let Some((entity, decoded)) = COMMON.iter().find(|(entity, _)| text.starts_with(entity)) {
        return Some((entity.len(), (*decoded).to_owned()));
    }
    let bytes = text.as_bytes();
    // The longest name in the standard has 31 letters; a number has no need to be longer either.
    let body =
        bytes[1..].iter().take(40).take_while(|&&byte| byte.is_ascii_alphanumeric() || byte == b'#').count();
    if body == 0 {
        return None;
    }
    let length = 1 + body + usize::from(bytes.get(1 + body) == Some(&b';'));
    let raw = &text[..length];
    let decoded = Tokenizer::new(raw).flatten().find_map(|token| match token {
        Token::String(text) => String::from_utf8(text.value.0).ok(),
        _ => None,
    })?;
    if decoded == raw {
        return None;
    }
    // `&ampere` is `&` and then the letters as they stand. What remains is left to the caller.
    let kept = raw
        .bytes()
        .rev()
        .zip(decoded.bytes().rev())
        .take_while(|(a, b)| a == b && a.is_ascii_alphanumeric())
        .count();
    let kept = kept.min(decoded.len().saturating_sub(1));
    if decoded.is_char_boundary(decoded.len() - kept) {
        Some((length - kept, decoded[..decoded.len() - kept].to_owned()))
    } else {
        Some((length, decoded))
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_have_their_exact_length() {
        for (text, expected) in [
            ("&amp;乙", Some((5, "&"))),
            ("&#x4e01;", Some((8, "丁"))),
            ("&#19969;丁", Some((8, "丁"))),
            ("&copyright", Some((5, "©"))),
            ("&semi;;", Some((6, ";"))),
            ("&nosuch;", None),
            ("&", None),
            ("& b", None),
            ("&mdash;&mdash;", Some((7, "—"))),
        ] {
            assert_eq!(
                decode(text),
                expected.map(|(length, decoded)| (length, decoded.to_owned())),
                "{text}"
            );
        }
    }
}
