//! Glyphs that a file maps to characters nobody wrote: fonts without a proper table of characters give
//! private, rare or Latin ones, or blanks.

use zhengming_text::fold;
use zhengming_text::message::Text;

use super::Page;

/// Fewer strange characters are names, formulas or bullets.
const FEW: usize = 6;

/// The share of all characters, in percent, from which on they are no accident. Of 300 PDF files of standards,
/// notices and gazettes none had more than 3 % of such characters and could be read.
const SHARE: usize = 20;

/// What the characters of the pages say of the tables that they come from.
#[derive(Debug, Default)]
struct Counts {
    all: usize,
    private: usize,
    rare: usize,
    latin: usize,
    blank: usize,
}

/// Why the text of the pages is not what people see, if it is not.
pub(super) fn find(pages: &[Page]) -> Option<Text> {
    let mut counts = Counts::default();
    for glyph in pages.iter().flat_map(|page| &page.glyphs) {
        counts.add(glyph.c);
    }
    let Counts { all, private, rare, latin, blank } = counts;
    let is_many = |count: usize| count >= FEW && count * 100 >= all * SHARE;
    let told = |count: usize, zh: &str, en: &str| {
        Some(Text::new(
            format!(
                "{count} 个字形的文字对应{zh}，这些位置没有读到、未检查；请从原文件另存或重新识别（OCR）"
            ),
            format!(
                "{count} glyphs are mapped to {en} and are not checked: save the original again, or run OCR"
            ),
        ))
    };
    if is_many(private) {
        return told(private, "私用区字符", "private characters");
    }
    if is_many(rare) {
        return told(rare, "生僻文字", "rare scripts");
    }
    if is_many(latin) {
        return told(latin, "西文乱码", "Latin letters with accents");
    }
    // Prose holds one blank for several characters, and Chinese hardly any.
    if blank >= 20 && blank > 2 * all {
        return told(blank, "空格", "blanks");
    }
    None
}

impl Counts {
    fn add(&mut self, c: char) {
        if c.is_whitespace() {
            self.blank += 1;
            return;
        }
        self.all += 1;
        match c {
            // Fonts of symbols keep theirs at the end of this area.
            '\u{F000}'..='\u{F0FF}' => {}
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => self.private += 1,
            '\u{C0}'..='\u{24F}' if c != '×' && c != '÷' => self.latin += 1,
            '\u{A1}'..='\u{BF}' if !matches!(c, '·' | '°' | '±' | '§' | '«' | '»' | '©' | '®') => {
                self.latin += 1;
            }
            _ if is_rare(c) => self.rare += 1,
            _ => {}
        }
    }
}

/// Whether a character is of no script that Chinese documents hold.
fn is_rare(c: char) -> bool {
    if fold::is_han(c) {
        // Names hold a few of the characters that no older code has.
        return matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{20000}'..);
    }
    matches!(c, '\u{250}'..='\u{2AF}' | '\u{530}'..='\u{1FFF}' | '\u{2800}'..='\u{28FF}' | '\u{2C00}'..='\u{2DFF}'
        | '\u{A000}'..='\u{ABFF}' | '\u{D7B0}'..='\u{D7FF}' | '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10000}'..='\u{1CFFF}')
}

#[cfg(test)]
mod tests {
    use super::super::Glyph;
    use super::*;

    fn told(text: &str) -> Option<String> {
        let glyphs = text.chars().map(|c| Glyph { c, x: 0.0, y: 0.0, width: 1.0, size: 1.0 }).collect();
        find(&[Page { glyphs, ..Page::default() }]).map(|text| text.zh)
    }

    #[test]
    fn tables_that_say_nothing_are_found() {
        for (text, kind) in [
            ("\u{E001}\u{E002}\u{E003}\u{E004}\u{E005}\u{E006}", "私用区"),
            ("ᚠᚡᚢᚣᚤᚥ", "生僻"),
            ("ÕãÕþ¶¤ÓÃ", "西文"),
            (&" ".repeat(30), "空格"),
        ] {
            assert!(told(text).is_some_and(|told| told.contains(kind)), "{text}");
        }
        for text in [
            "各单位应当使用浙政钉。",
            "\u{F0B7}第一项\u{F0B7}第二项",
            "Café naïve：温度 36°，误差 ±1％",
            "甲　乙　丙",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
