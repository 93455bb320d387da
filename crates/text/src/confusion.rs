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
    syllables: Groups,
    groups: Groups,
}

/// Which groups each character belongs to. Nearly all belong to one.
#[derive(Debug, Default)]
struct Groups {
    /// By code point, from [`FIRST`] on: the number of its first group plus one, or 0.
    one: Vec<u16>,
    /// The other groups, and all groups of characters before and after those.
    more: FxHashMap<char, Vec<u16>>,
}

/// The first and the last of the characters that most tables are about.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

impl Confusions {
    /// Tables of sounds (`zhe 浙这者…`, one syllable a line) and of shapes (`未末朱`, one group a line).
    /// Lines that begin with `#` are comments.
    pub fn new(pinyin: &'static str, shapes: &'static str) -> Self {
        Self { pinyin, shapes, tables: OnceLock::new() }
    }

    /// Why `found` may stand where `meant` should; nothing if the two are not alike.
    pub fn likeness(&self, found: char, meant: char) -> Option<Likeness> {
        let tables = self.tables.get_or_init(|| Tables::read(self.pinyin, self.shapes));
        if tables.syllables.shared(found, meant) {
            Some(Likeness::Sound)
        } else if tables.groups.shared(found, meant) {
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
            tables.syllables.enter(number, characters);
        }
        for (number, line) in shapes.lines().filter(|line| !line.starts_with('#')).enumerate() {
            tables.groups.enter(number, line);
        }
        tables
    }
}

impl Groups {
    fn enter(&mut self, number: usize, characters: &str) {
        self.one.resize((LAST - FIRST + 1) as usize, 0);
        for c in characters.chars().filter(|c| !c.is_whitespace()) {
            match place(c).map(|place| &mut self.one[place]) {
                Some(one) if *one == 0 => *one = number as u16 + 1,
                _ => self.more.entry(c).or_default().push(number as u16),
            }
        }
    }

    fn of(&self, c: char) -> impl Iterator<Item = u16> {
        let one = place(c).and_then(|place| self.one.get(place)?.checked_sub(1));
        one.into_iter().chain(self.more.get(&c).into_iter().flatten().copied())
    }

    fn shared(&self, a: char, b: char) -> bool {
        self.of(a).any(|group| self.of(b).any(|other| other == group))
    }
}

fn place(c: char) -> Option<usize> {
    let code = c as u32;
    (FIRST..=LAST).contains(&code).then(|| (code - FIRST) as usize)
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

    #[test]
    fn a_character_may_belong_to_several_groups_and_to_any_script() {
        let confusions = Confusions::new("le 了乐\nyue 乐月\nx 𠮷Ｘ", "乐牙\nO0");
        let alike = |a, b| confusions.likeness(a, b).is_some() && confusions.likeness(b, a).is_some();
        assert!(alike('了', '乐') && alike('乐', '月') && alike('乐', '牙'));
        assert!(alike('𠮷', 'Ｘ') && alike('O', '0'));
        assert!(!alike('了', '月') && !alike('了', '牙') && !alike('了', 'O'));
    }
}
