//! Which of a few characters a text holds at all: one look that is cheaper than any reading.
//!
//! Most blocks of a document cite nothing and define nothing, and a look at their bytes says so.

/// For each of `characters`, all of three bytes in UTF-8, whether `text` may hold it. Never wrong when it
/// says no.
pub fn held<const N: usize>(text: &str, characters: [char; N]) -> [bool; N] {
    let bytes = text.as_bytes();
    characters.map(|c| {
        // The first byte says little of a Chinese character, the other two nearly everything.
        let mut encoded = [0; 4];
        c.encode_utf8(&mut encoded);
        memchr::memchr_iter(encoded[2], bytes).any(|at| at > 0 && bytes[at - 1] == encoded[1])
    })
}

/// Whether `text` may hold a Latin letter of half or full width. Never wrong when it says no.
pub fn holds_letter(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Loops without a way out early: compilers make vector instructions of them.
    let ascii =
        bytes.iter().fold(0_u8, |found, byte| found | u8::from((byte | 0x20).wrapping_sub(b'a') < 26));
    // Letters of full width: EF BC A1 … EF BD 9A.
    let wide = bytes.iter().zip(bytes.get(1..).unwrap_or_default()).zip(bytes.get(2..).unwrap_or_default());
    let wide = wide.fold(0_u8, |found, ((&a, &b), &c)| {
        let tail = u8::from(b == 0xBC) & u8::from(c >= 0xA1) | u8::from(b == 0xBD) & u8::from(c <= 0x9A);
        found | u8::from(a == 0xEF) & tail
    });
    ascii | wide != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_of_both_widths_are_seen() {
        for (text, holds) in
            [("数a", true), ("Ｚ", true), ("Ａ，", true), ("ｚ数", true), ("数据，。１+", false), ("", false)]
        {
            assert_eq!(holds_letter(text), holds, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_means_no(text in "[》号令中华指称（a，é𠮷]{0,12}") {
            let characters = ['》', '号', '中', '（'];
            for (held, c) in held(&text, characters).into_iter().zip(characters) {
                prop_assert!(held || !text.contains(c));
            }
            prop_assert_eq!(holds_letter(&text), text.contains('a'));
        }
    }
}
