//! Characters that are typed or read for one another: the same sound, the same shape.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// Why one character may stand where another was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The same syllable, tones aside.
    Sound,
    /// A look-alike.
    Shape,
}

/// Which characters sound or look alike. The tables are read when first asked for.
#[derive(Debug)]
pub struct Confusions {
    pinyin: &'static str,
    shapes: &'static str,
    tables: OnceLock<Tables>,
}

#[derive(Debug, Default)]
struct Tables {
    syllables: FxHashMap<char, Vec<u16>>,
    groups: FxHashMap<char, Vec<u16>>,
}

impl Confusions {
    /// Tables of sounds (`zhe 浙这者…`, one syllable a line) and of shapes (`未末朱`, one group a line).
    /// Lines that begin with `#` are comments.
    pub fn new(pinyin: &'static str, shapes: &'static str) -> Self {
        Self { pinyin, shapes, tables: OnceLock::new() }
    }

    /// Why `found` may stand where `meant` should; nothing if the two are not alike.
    pub fn likeness(&self, found: char, meant: char) -> Option<Likeness> {
        let tables = self.tables.get_or_init(|| Tables::read(self.pinyin, self.shapes));
        if shares(&tables.syllables, found, meant) {
            Some(Likeness::Sound)
        } else if shares(&tables.groups, found, meant) {
            Some(Likeness::Shape)
        } else {
            None
        }
    }
}

impl Tables {
    fn read(pinyin: &str, shapes: &str) -> Self {
        let mut tables = Self::default();
        for (number, line) in pinyin.lines().filter(|line| !line.starts_with('#')).enumerate() {
            let characters = line.split_once(' ').map_or("", |(_, characters)| characters);
            enter(&mut tables.syllables, number, characters);
        }
        for (number, line) in shapes.lines().filter(|line| !line.starts_with('#')).enumerate() {
            enter(&mut tables.groups, number, line);
        }
        tables
    }
}

fn enter(table: &mut FxHashMap<char, Vec<u16>>, number: usize, characters: &str) {
    for c in characters.chars().filter(|c| !c.is_whitespace()) {
        table.entry(c).or_default().push(number as u16);
    }
}

fn shares(table: &FxHashMap<char, Vec<u16>>, a: char, b: char) -> bool {
    let (Some(a), Some(b)) = (table.get(&a), table.get(&b)) else { return false };
    a.iter().any(|group| b.contains(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_comes_before_shape() {
        let confusions = Confusions::new("# 注释\nding 钉盯订\nzhi 制治智", "# 注释\n未末\n钉盯");
        assert_eq!(confusions.likeness('盯', '钉'), Some(Likeness::Sound));
        assert_eq!(confusions.likeness('末', '未'), Some(Likeness::Shape));
        assert_eq!(confusions.likeness('制', '钉'), None);
        assert_eq!(confusions.likeness('注', '释'), None);
    }
}
