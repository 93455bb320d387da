//! Which of a few characters a short text holds: a look that is cheaper than searching it for words.

/// Characters to look for, all of them at once.
#[derive(Debug)]
pub(super) struct Characters<const N: usize> {
    /// By the last twelve bits of a character, which of the characters has them. The first four say little
    /// of a Chinese character.
    bits: [u16; 1 << 12],
}

impl<const N: usize> Characters<N> {
    /// The characters to look for: at most sixteen, of three bytes in UTF-8.
    pub(super) const fn new(characters: [char; N]) -> Self {
        assert!(N <= 16);
        let mut bits = [0; 1 << 12];
        let mut index = 0;
        while index < N {
            assert!(characters[index].len_utf8() == 3);
            bits[characters[index] as usize & 0xFFF] |= 1 << index;
            index += 1;
        }
        Self { bits }
    }

    /// For each of the characters, whether `text` may hold it. Never wrong when it says no.
    pub(super) fn held_in(&self, text: &str) -> [bool; N] {
        let mut bytes = text.as_bytes();
        let mut found = 0;
        // From character to character by their first bytes.
        while let [first, second, third, ..] = *bytes {
            let length = match first {
                0x00..0x80 => 1,
                0x80..0xE0 => 2,
                _ => {
                    found |= self.bits[usize::from(second & 0x3F) << 6 | usize::from(third & 0x3F)];
                    if first < 0xF0 { 3 } else { 4 }
                }
            };
            bytes = bytes.get(length..).unwrap_or_default();
        }
        std::array::from_fn(|index| found >> index & 1 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_means_no(text in "[》号令中华指称（a，é𠮷]{0,12}") {
            const LOOKED_FOR: [char; 4] = ['》', '号', '中', '（'];
            for (held, c) in Characters::new(LOOKED_FOR).held_in(&text).into_iter().zip(LOOKED_FOR) {
                prop_assert!(held || !text.contains(c));
            }
        }
    }
}
