//! What a text holds that makes some reading of it worth while, noted on the way while it is folded.
//!
//! Most blocks of a document cite nothing, define nothing and coin nothing. Which is which is seen while the
//! terms are looked for, so that nobody else needs to look at blocks that have nothing for him.

use serde::{Deserialize, Serialize};

use crate::fold;

/// A set of signs. A sign that is absent is certainly absent; one that is present may be an accident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Signs(u32);

impl Signs {
    /// 指, as in 是指.
    pub const MEANS: Self = Self(1);
    /// 即.
    pub const NAMELY: Self = Self(1 << 1);
    /// 称, with which every short form is declared.
    pub const CALLED: Self = Self(1 << 2);
    /// 注.
    pub const NOTE: Self = Self(1 << 3);
    /// An opening round bracket of either width.
    pub const BRACKET: Self = Self(1 << 4);
    /// A quotation mark: “, ”, 「, 」, 『 or 』.
    pub const QUOTE: Self = Self(1 << 5);
    /// 号 or 令: the number of a document or decree.
    pub const NUMBER: Self = Self(1 << 6);
    /// 》: a title.
    pub const TITLE: Self = Self(1 << 7);
    /// 华: the name of a law of the state.
    pub const STATE: Self = Self(1 << 8);
    /// 横 or 纵, as in 四横四纵.
    pub const AXIS: Self = Self(1 << 9);
    /// A plus sign of either width.
    pub const PLUS: Self = Self(1 << 16);
    /// A Latin letter, of half or full width.
    pub const LETTER: Self = Self(1 << 17);
    /// A Latin capital, of half or full width.
    pub const CAPITAL: Self = Self(1 << 18);
    /// White space, a zero-width or a compatibility character, a letter or digit of full width, 「 or 『: what
    /// a text without layout has otherwise or not at all.
    pub const LAYOUT: Self = Self(1 << 20);
    /// Folding the text changes it.
    pub const FOLDED: Self = Self(1 << 21);
    /// A word that makes an expression look coined (`reading::jargon`). This sign and those that follow are seen
    /// by the matcher, not by folding.
    pub const JARGON: Self = Self(1 << 24);
    /// 术语: a clause of terms.
    pub const TERMS: Self = Self(1 << 25);
    /// The name of a document that has no number, as the register knows it.
    pub const NAMED: Self = Self(1 << 26);
    /// One of [`HEADS`] before a mark that sets it off. Quotation marks set off, too; they are
    /// [`Self::QUOTE`].
    pub const SET_OFF: Self = Self(1 << 27);
    /// A small number before a word that counts things: 四项, 12个.
    pub const COUNTED: Self = Self(1 << 28);
    /// A word that names a column of definitions: 定义, 含义.
    pub const COLUMNS: Self = Self(1 << 29);
    /// A word for words: 用语, 术语.
    pub const WORDS: Self = Self(1 << 30);
    /// 是 before what says of what kind something is: 是一种.
    pub const KIND: Self = Self(1 << 31);
    /// A word that says that something is made of parts: 构成.
    pub const COMPOSED: Self = Self(1 << 10);
    /// 所称.
    pub const SO_CALLED: Self = Self(1 << 11);
    /// The word in which a name ends that rules compare with others. Its places are noted.
    pub const HEAD: Self = Self(1 << 12);
    /// A word that is joined with others in pairs: 分类分级. Its places are noted.
    pub const JOINED: Self = Self(1 << 13);
    /// A short form in common use, or a full form that has one.
    pub const CLIPPED: Self = Self(1 << 14);
    /// Those of which the places are noted.
    pub const PLACED: Self = Self::HEAD.or(Self::JOINED);
    /// Those that only the matcher sees.
    const MATCHED: Self = Self::JARGON
        .or(Self::TERMS)
        .or(Self::NAMED)
        .or(Self::SET_OFF)
        .or(Self::COUNTED)
        .or(Self::COLUMNS)
        .or(Self::WORDS)
        .or(Self::KIND)
        .or(Self::COMPOSED)
        .or(Self::SO_CALLED)
        .or(Self::PLACED)
        .or(Self::CLIPPED);
    /// All of them: whoever reads with these reads everything.
    pub const ALL: Self = Self(u32::MAX);

    /// Whether any of `signs` is present.
    pub const fn any(self, signs: Self) -> bool {
        self.0 & signs.0 != 0
    }

    /// Both sets together.
    pub const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The signs in a `text` that is not looked through for terms. What only the matcher sees may be there.
    pub fn of(text: &str) -> Self {
        fold::fold(text).signs().or(Self::MATCHED)
    }

    /// Notes any character.
    #[inline]
    pub fn see_char(&mut self, c: char) {
        match c {
            '\0'..='\x7F' => self.0 |= ASCII[c as usize],
            'Ａ'..='Ｚ' => *self = self.or(Self::LETTER.or(Self::CAPITAL).or(Self::LAYOUT)),
            'ａ'..='ｚ' => *self = self.or(Self::LETTER.or(Self::LAYOUT)),
            '０'..='９' => *self = self.or(Self::LAYOUT),
            '＋' => *self = self.or(Self::PLUS.or(Self::LAYOUT)),
            '「' | '」' | '『' | '』' => *self = self.or(Self::QUOTE.or(Self::LAYOUT)),
            _ => {
                if fold::is_space(c) || fold::is_zero_width(c) || fold::is_compatibility(c) {
                    *self = self.or(Self::LAYOUT);
                }
                if let Some((_, signs)) = CHARACTERS.iter().find(|(sign, _)| *sign == c) {
                    *self = self.or(*signs);
                }
            }
        }
    }
}

/// What the names that drafters coin are names of.
pub const HEADS: [&str; 14] = [
    "体系",
    "平台",
    "机制",
    "系统",
    "中心",
    "工程",
    "应用",
    "标准",
    "模式",
    "机构",
    "大脑",
    "场景",
    "门户",
    "数据库",
];

/// Marks that set off a name, besides quotation marks.
pub const MARKS: [char; 3] = ['、', '（', '）'];

/// Characters of three bytes in UTF-8 and what they are signs of.
pub static CHARACTERS: [(char, Signs); 13] = [
    ('指', Signs::MEANS),
    ('即', Signs::NAMELY),
    ('称', Signs::CALLED),
    ('注', Signs::NOTE),
    ('（', Signs::BRACKET),
    ('“', Signs::QUOTE),
    ('”', Signs::QUOTE),
    ('号', Signs::NUMBER),
    ('令', Signs::NUMBER),
    ('》', Signs::TITLE),
    ('华', Signs::STATE),
    ('横', Signs::AXIS),
    ('纵', Signs::AXIS),
];

/// What ASCII characters are signs of.
static ASCII: [u32; 0x80] = {
    let mut table = [0; 0x80];
    let mut letter = 0;
    while letter < 26 {
        table[b'a' as usize + letter] = Signs::LETTER.0;
        table[b'A' as usize + letter] = Signs::LETTER.or(Signs::CAPITAL).0;
        letter += 1;
    }
    table[b'+' as usize] = Signs::PLUS.0;
    table[b'(' as usize] = Signs::BRACKET.0;
    table[b' ' as usize] = Signs::LAYOUT.0;
    table[b'\t' as usize] = Signs::LAYOUT.0;
    table[b'\n' as usize] = Signs::LAYOUT.0;
    table[0x0B] = Signs::LAYOUT.0;
    table[0x0C] = Signs::LAYOUT.0;
    table[b'\r' as usize] = Signs::LAYOUT.0;
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every sign with the characters that it is seen by.
    const SEEN_BY: [(Signs, &[char]); 14] = [
        (Signs::MEANS, &['指']),
        (Signs::NAMELY, &['即']),
        (Signs::CALLED, &['称']),
        (Signs::NOTE, &['注']),
        (Signs::BRACKET, &['（', '(']),
        (Signs::QUOTE, &['“', '”', '「', '『']),
        (Signs::NUMBER, &['号', '令']),
        (Signs::TITLE, &['》']),
        (Signs::STATE, &['华']),
        (Signs::AXIS, &['横', '纵']),
        (Signs::PLUS, &['+', '＋']),
        (Signs::LETTER, &['a', 'Z', 'ｂ', 'Ｙ']),
        (Signs::CAPITAL, &['Z', 'Ｙ']),
        (Signs::LAYOUT, &[' ', '\n', '\u{3000}', '\u{200b}', 'ｂ', '０', '＋', '『', '⽹']),
    ];

    #[test]
    fn ordinary_prose_has_no_signs() {
        assert_eq!(fold::fold("各部门应当按照职责，做好数据共享工作。12%").signs(), Signs::default());
    }

    proptest! {
        /// Whatever stands around a character, and in whatever order: what is there is seen.
        #[test]
        fn a_sign_that_is_absent_is_absent(
            text in "[指即称注（(“”「『号令》华横纵+＋aZｂＹ０⽹数據é𠮷\u{200b}\u{3000} \n。0]{0,12}",
        ) {
            let signs = Signs::of(&text);
            for (sign, characters) in SEEN_BY {
                prop_assert!(signs.any(sign) || !text.contains(characters), "{sign:?}");
            }
        }
    }
}
