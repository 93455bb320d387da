//! Finding terms by how they sound: sjgj, shujuguiji or sju'gji for 数据归集.

use rustc_hash::FxHashMap;

/// The readings of characters, without tones.
#[derive(Debug)]
pub struct Pinyin {
    readings: FxHashMap<char, Vec<&'static str>>,
}

impl Pinyin {
    /// Reads a table of lines `zhe 浙这者…`, one syllable a line; lines that begin with `#` are comments.
    pub fn new(table: &'static str) -> Self {
        let mut readings: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((syllable, characters)) = line.split_once(' ') else { continue };
            for c in characters.chars() {
                readings.entry(c).or_default().push(syllable);
            }
        }
        Self { readings }
    }

    /// Whether `query`, in lower-case letters, spells the beginning of `term`: each character by its
    /// initial letter or by any beginning of its syllable. Quotation marks and other signs are passed over.
    pub fn begins(&self, term: &str, query: &str) -> bool {
        let letters: Vec<char> = term.chars().filter(|c| c.is_alphanumeric()).collect();
        !query.is_empty() && self.spells(&letters, query)
    }

    fn spells(&self, letters: &[char], query: &str) -> bool {
        if query.is_empty() {
            return true;
        }
        let Some((first, rest)) = letters.split_first() else { return false };
        if first.is_ascii() {
            let folded = first.to_ascii_lowercase();
            return query.strip_prefix(folded).is_some_and(|query| self.spells(rest, query));
        }
        let readings = self.readings.get(first).map_or(&[][..], Vec::as_slice);
        readings.iter().any(|syllable| {
            let shared = syllable.bytes().zip(query.bytes()).take_while(|(a, b)| a == b).count();
            (1..=shared).rev().any(|length| self.spells(rest, &query[length..]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_by_initials_syllables_and_mixtures() {
        let pinyin = Pinyin::new("# 注释\nshu 数书\nju 据\ngui 归\nji 集\nzhong 中重\nchong 重");
        for query in ["sjgj", "shujuguiji", "shjg", "sjgui", "s"] {
            assert!(pinyin.begins("数据归集", query), "{query}");
        }
        for query in ["sjgjx", "jgj", "shujugj数"] {
            assert!(!pinyin.begins("数据归集", query), "{query}");
        }
        assert!(pinyin.begins("“重”据", "cj") && pinyin.begins("重据", "zj"));
    }
}
