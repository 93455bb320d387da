//! Text as the matcher sees it: one spelling for what a reader takes as the same characters.
//!
//! Folded away are full and half width of letters and digits, ASCII case, traditional characters,
//! compatibility radicals (`⽹`), zero-width characters, quotation marks, and white space next to a
//! Chinese character. Punctuation keeps its width, because NFKC would destroy what separates words.

mod folded;
mod kept;
pub mod signs;

pub use folded::Spare;
use folded::Step;
use signs::Signs;

pub use folded::Folded;
pub use kept::FoldedTexts;

/// Pairs of a traditional and a simplified character, one pair a line, sorted.
/// From OpenCC's TSCharacters (Apache-2.0), less the characters that are also in simplified use.
static TRADITIONAL: &[u8] = include_bytes!("fold/traditional.txt");

/// Pairs of a compatibility character and the one it stands for, from Unicode's NFKC data and,
/// for the CJK radicals supplement, from the equivalents of Unihan.
static COMPATIBILITY: &[u8] = include_bytes!("fold/compatibility.txt");

/// No character: U+FFFF is none.
const DROPPED: u16 = 0xFFFF;
const SPACE: u16 = 0x20;

/// What each character of the basic multilingual plane folds to.
static FOLDED: [u16; 0x10000] = table();

const fn table() -> [u16; 0x10000] {
    let mut table = [0; 0x10000];
    let mut code = 0;
    while code < 0x10000 {
        table[code] = code as u16;
        code += 1;
    }
    fill(&mut table, COMPATIBILITY);
    fill(&mut table, TRADITIONAL);
    // Compatibility ideographs may stand for traditional characters.
    let mut at = 0;
    while at + 6 < COMPATIBILITY.len() {
        let target = table[decode(COMPATIBILITY, at + 3)];
        table[decode(COMPATIBILITY, at)] = target;
        at += 7;
    }
    let mut letter = 0;
    while letter < 26 {
        table[0x41 + letter] = (0x61 + letter) as u16;
        table[0xFF21 + letter] = (0x61 + letter) as u16;
        table[0xFF41 + letter] = (0x61 + letter) as u16;
        letter += 1;
    }
    let mut digit = 0;
    while digit < 10 {
        table[0xFF10 + digit] = (0x30 + digit) as u16;
        digit += 1;
    }
    table[0xFF0B] = b'+' as u16;
    // The breaks of lines and pages are among them, typed ones (U+2028) as well: a term is read across them.
    let spaces = [
        0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007,
        0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
    ];
    let mut at = 0;
    while at < spaces.len() {
        table[spaces[at]] = SPACE;
        at += 1;
    }
    let mut code = 0;
    while code < 0x10000 {
        if is_invisible(code as u32) {
            table[code] = DROPPED;
        }
        code += 1;
    }
    let dropped = [
        0x22, // quotation mark
        0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x201F, 0xFF02, 0x300C, 0x300D, 0x300E, 0x300F, 0x301D,
        0x301E, // ‘’“”「」『』
    ];
    let mut at = 0;
    while at < dropped.len() {
        table[dropped[at]] = DROPPED;
        at += 1;
    }
    table
}

/// Characters that show nothing: soft hyphens, joiners, marks of direction, selectors of a glyph's variant.
const fn is_invisible(code: u32) -> bool {
    matches!(code, 0xAD | 0x034F | 0x061C | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x2064 | 0x2066..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xE0100..=0xE01EF)
}

/// One bit for each character of three bytes that folding leaves as it is, wherever it stands, and that is a
/// sign of nothing. The word is told by the last four bits of the first byte and the last six of the third, the
/// bit by the last six of the second: no code point need be put together. Small enough to stay in the
/// processor's first cache.
static PLAIN: [u64; 0x400] = plain();

const fn plain() -> [u64; 0x400] {
    let mut bits = [0; 0x400];
    let mut code = 0x800;
    while code < 0x10000 {
        if FOLDED[code] as usize == code && code != DROPPED as usize {
            bits[code >> 12 << 6 | code & 0x3F] |= 1 << (code >> 6 & 0x3F);
        }
        code += 1;
    }
    let mut sign = 0;
    while sign < signs::CHARACTERS.len() {
        let code = signs::CHARACTERS[sign].0 as usize;
        bits[code >> 12 << 6 | code & 0x3F] &= !(1 << (code >> 6 & 0x3F));
        sign += 1;
    }
    bits
}

/// Whether [`PLAIN`] holds a character, of which the bytes are given as a number, the first one lowest.
#[inline]
fn is_plain(bits: u64) -> bool {
    PLAIN[((bits & 0x0F) << 6 | bits >> 16 & 0x3F) as usize] >> (bits >> 8 & 63) & 1 != 0
}

const fn fill(table: &mut [u16; 0x10000], pairs: &[u8]) {
    let mut at = 0;
    while at + 6 < pairs.len() {
        table[decode(pairs, at)] = decode(pairs, at + 3) as u16;
        at += 7;
    }
}

/// The code point of the three-byte character at `at`.
const fn decode(bytes: &[u8], at: usize) -> usize {
    ((bytes[at] as usize & 0x0F) << 12)
        | ((bytes[at + 1] as usize & 0x3F) << 6)
        | (bytes[at + 2] as usize & 0x3F)
}

/// Whether the character is a Chinese ideograph.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{2E80}'..='\u{2FDF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

/// Whether the character is white space that is dropped next to a Chinese character.
pub fn is_space(c: char) -> bool {
    (c as u32) < 0x10000 && FOLDED[c as usize] == SPACE
}

/// Whether the character leaves no trace in the folded text: quotation marks and zero-width characters.
pub fn is_dropped(c: char) -> bool {
    folded_char(c).is_none()
}

/// Whether the character is a quotation mark.
pub fn is_quote(c: char) -> bool {
    is_dropped(c) && !is_zero_width(c)
}

/// Whether the character is invisible and has no width.
pub fn is_zero_width(c: char) -> bool {
    is_invisible(c as u32)
}

/// The simplified form of a traditional character, if it is one.
pub fn simplified(c: char) -> Option<char> {
    let folded = folded_char(c)?;
    (is_han(c) && folded != c && !is_compatibility(c)).then_some(folded)
}

/// Whether the character is a radical or compatibility form that stands for another character.
pub fn is_compatibility(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}')
}

/// What a single character folds to; nothing if it is dropped.
pub fn folded_char(c: char) -> Option<char> {
    if c as u32 >= 0x10000 {
        return (!is_invisible(c as u32)).then_some(c);
    }
    match FOLDED[c as usize] {
        DROPPED => None,
        code => char::from_u32(u32::from(code)),
    }
}

/// Folds `text`. A text that folding leaves as it is, is borrowed.
pub fn fold(text: &str) -> Folded<'_> {
    fold_seeing(text, Spare::default(), |_, _| {})
}

/// Folds `text` and shows every folded character to `see` on the way: its bytes in UTF-8 as a number, the
/// first one lowest, below those of the character before it, and where it ends in the folded text.
#[inline]
pub fn fold_seeing(text: &str, spare: Spare, mut see: impl FnMut(u64, usize)) -> Folded<'_> {
    let bytes = text.as_bytes();
    // What was changed so far is in `out`, as far as `copied`; from there on the text is its own folded form.
    let Spare { text: mut out, mut steps } = spare;
    out.clear();
    steps.clear();
    let mut copied = 0;
    let mut aligned = true;
    // A run of white space is looked over once, however long it is.
    let mut gap = (0, None);
    let mut signs = Signs::default();
    let (mut at, mut last) = (0, 0);
    while at < bytes.len() {
        if aligned {
            // Two at a time, so that the processor need not wait for the first.
            let shift = out.len().wrapping_sub(copied).wrapping_add(bytes.len());
            let rest;
            (rest, last) = see_plain(&bytes[at..], shift, last, &mut see);
            at = bytes.len() - rest.len();
            if rest.is_empty() {
                break;
            }
        }
        let (bits, length) = if let Some(bits) = plain_at(bytes, at) {
            (bits, 3)
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            signs.see_char(c);
            let folded = match folded_char(c) {
                Some(' ') => {
                    let before = text[copied..at].chars().next_back().or_else(|| out.chars().next_back());
                    space_at(text, at, before, &mut gap)
                }
                folded => folded,
            };
            if folded != Some(c) {
                if steps.is_empty() && out.is_empty() {
                    out.reserve(text.len());
                }
                out.push_str(&text[copied..at]);
                if let Some(folded) = folded {
                    steps.push(Step { folded: out.len(), original: at, changed: c.len_utf8() });
                    out.push(folded);
                    let bits = bits_of(folded);
                    see(last << 32 | bits, out.len());
                    last = bits;
                }
                at += c.len_utf8();
                copied = at;
                aligned = false;
                continue;
            }
            (bits_of(c), c.len_utf8())
        };
        if !aligned {
            steps.push(Step { folded: out.len() + (at - copied), original: at, changed: 0 });
            aligned = true;
        }
        at += length;
        see(last << 32 | bits, out.len() + (at - copied));
        last = bits;
    }
    if copied > 0 {
        out.push_str(&text[copied..]);
        signs = signs.or(Signs::FOLDED);
    }
    Folded::new(text, copied == 0, Spare { text: out, steps }, signs)
}

/// Shows the plain characters at the beginning of `rest`, and says what is left and which was the last. It is a function
/// of its own so that all of its variables stay in registers.
#[inline(never)]
fn see_plain<'b>(
    mut rest: &'b [u8],
    shift: usize,
    mut last: u64,
    see: &mut impl FnMut(u64, usize),
) -> (&'b [u8], u64) {
    while let Some((first, second)) = rest.first_chunk().and_then(two_plain) {
        let end = shift.wrapping_sub(rest.len());
        see(last << 32 | first, end + 3);
        see(first << 32 | second, end + 6);
        last = second;
        rest = &rest[6..];
    }
    (rest, last)
}

/// Shows every character of a `text` that is folded already, as [`fold_seeing`] does.
#[inline]
pub fn each_pair(text: &str, mut see: impl FnMut(u64, usize)) {
    let (mut rest, mut last) = (text.as_bytes(), 0);
    while !rest.is_empty() {
        (rest, last) = see_three_bytes(rest, text.len(), last, &mut see);
        let at = text.len() - rest.len();
        let Some(c) = text[at..].chars().next() else { return };
        let bits = bits_of(c);
        see(last << 32 | bits, at + c.len_utf8());
        last = bits;
        rest = &rest[c.len_utf8()..];
    }
}

/// Shows the characters of three bytes at the beginning of `rest`, two at a time, and says what is left and which was the
/// last. A function of its own, so that all of its variables stay in registers.
#[inline(never)]
fn see_three_bytes<'b>(
    mut rest: &'b [u8],
    length: usize,
    mut last: u64,
    see: &mut impl FnMut(u64, usize),
) -> (&'b [u8], u64) {
    while let Some(chunk) = rest.first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        if word & 0xF000_00F0 != 0xE000_00E0 {
            break;
        }
        let (first, second) = (word & 0xFF_FFFF, word >> 24 & 0xFF_FFFF);
        let end = length - rest.len();
        see(last << 32 | first, end + 3);
        see(first << 32 | second, end + 6);
        last = second;
        rest = &rest[6..];
    }
    (rest, last)
}

/// The bytes of the character at `at` as a number, if it is a plain one. Nearly
/// all of a Chinese text passes here, and is never decoded.
#[inline]
fn plain_at(bytes: &[u8], at: usize) -> Option<u64> {
    let word: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    let word = u32::from_le_bytes(word);
    if word & 0xF0 != 0xE0 {
        return None;
    }
    let bits = u64::from(word & 0xFF_FFFF);
    is_plain(bits).then_some(bits)
}

/// The same of the two characters at the beginning, both or none.
#[inline]
fn two_plain(bytes: &[u8; 8]) -> Option<(u64, u64)> {
    let word = u64::from_le_bytes(*bytes);
    if word & 0xF000_00F0 != 0xE000_00E0 {
        return None;
    }
    let (first, second) = (word & 0xFF_FFFF, word >> 24 & 0xFF_FFFF);
    (is_plain(first) & is_plain(second)).then_some((first, second))
}

/// `text` with `map` of each of its characters in place of it. Ideographs in common use, which are most of a
/// Chinese text, are copied as they are, a stretch at a time: `map` must leave ideographs from
/// U+4000 to U+9FFF that folding leaves.
pub fn mapped(text: &str, map: impl Fn(char) -> Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (same, others) = rest.split_at(common_ideographs(rest));
        out.push_str(same);
        let mut others = others.chars();
        let Some(c) = others.next() else { return out };
        out.extend(map(c));
        rest = others.as_str();
    }
}

/// How many bytes of ideographs `text` begins with that folding leaves as they are.
fn common_ideographs(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    // From U+4000 to U+9FFF.
    while bytes.get(at).is_some_and(|first| (0xE4..=0xE9).contains(first)) && plain_at(bytes, at).is_some() {
        at += 3;
    }
    at
}

/// The bytes of a character in UTF-8 as a number, the first one lowest.
pub fn bits_of(c: char) -> u64 {
    let mut bytes = [0; 8];
    c.encode_utf8(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// What the white space at `at` folds to after the folded character `before`: nothing next to a Chinese
/// character or at either end. `gap` is kept between calls, so that a long run is looked over once.
fn space_at(text: &str, at: usize, before: Option<char>, gap: &mut (usize, Option<char>)) -> Option<char> {
    if at >= gap.0 {
        *gap = gap_from(text, at);
    }
    let dropped = before.is_none_or(is_han) || before == Some(' ') || gap.1.is_none_or(is_han);
    (!dropped).then_some(' ')
}

/// Where the white space and dropped characters that begin at `at` end, and what follows them.
fn gap_from(text: &str, at: usize) -> (usize, Option<char>) {
    let rest = &text[at..];
    let length = rest.find(|c| !is_space(c) && !is_dropped(c)).unwrap_or(rest.len());
    (at + length, rest[length..].chars().next())
}

/// The key under which a designation or variant is found: its text, folded.
pub fn key(text: &str) -> String {
    fold(text.trim()).into_text()
}

/// `text` in one width, without white space and invisible characters, compatibility radicals resolved:
/// what titles are compared by.
pub fn canonical(text: &str) -> String {
    mapped(text, |c| match c {
        _ if is_space(c) || is_zero_width(c) || c.is_whitespace() => None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0),
        _ if is_compatibility(c) => folded_char(c).or(Some(c)),
        '﹑' => Some('、'),
        _ => Some(c),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn round_trip(text: &str, needle: &str) -> String {
        let folded = fold(text);
        let start = folded.text().find(needle).unwrap_or_else(|| panic!("{needle} in {}", folded.text()));
        text[folded.original(start, start + needle.len()).range()].to_owned()
    }

    #[test]
    fn every_folding_leads_back_to_the_bytes_it_came_from() {
        for (text, needle, original) in [
            ("按Ｖ字模型推进", "v字模型", "Ｖ字模型"),
            ("建设數字政府。", "数字政府", "數字政府"),
            ("接入视联⽹络", "视联网", "视联⽹"),
            ("都市\u{3000}大脑", "都市大脑", "都市\u{3000}大脑"),
            ("推进领导\u{200b}驾驶舱", "领导驾驶舱", "领导\u{200b}驾驶舱"),
            ("数字化\n社会", "数字化社会", "数字化\n社会"),
            ("数字化\u{2028}社会", "数字化社会", "数字化\u{2028}社会"),
            ("数字\u{b}化\u{c}社\u{85}会", "数字化社会", "数字\u{b}化\u{c}社\u{85}会"),
            ("数\u{e0100}字化\u{fe00}社\u{2066}会", "数字化社会", "数\u{e0100}字化\u{fe00}社\u{2066}会"),
            ("依托“总对总”服务办理", "总对总服务", "总对总”服务"),
            ("未来社区 CIM 应用", "未来社区cim应用", "未来社区 CIM 应用"),
            ("黑 龙 江 省", "黑龙江省", "黑 龙 江 省"),
        ] {
            assert_eq!(round_trip(text, needle), original, "{text}");
        }
    }

    #[test]
    fn spaces_between_latin_words_stay() {
        assert_eq!(fold("Big  Data 平台").text(), "big data平台");
    }

    #[test]
    fn long_gaps_cost_no_more_than_their_length() {
        let gap = " ".repeat(1 << 20);
        assert_eq!(fold(&format!("浙{gap}政钉{gap}a{gap}b")).text(), "浙政钉a b");
    }

    #[test]
    fn punctuation_keeps_its_width() {
        assert_eq!(fold("数据，共享。（试行）").text(), "数据，共享。（试行）");
        assert!(fold("数据，共享。（试行）").is_clean());
    }

    #[test]
    fn tables_fold_compatibility_forms_all_the_way() {
        assert_eq!(folded_char('⿓'), Some('龙'));
        assert_eq!(folded_char('⻢'), Some('马'));
        assert_eq!(simplified('釘'), Some('钉'));
        assert_eq!(simplified('⽹'), None);
    }

    proptest! {
        /// Nothing depends on where in a text a character stands, nor on how its neighbours are read.
        #[test]
        fn folding_twice_is_folding_once(text in "[甲數“” Ａa⽹\u{200b}\n。A1𠮷\u{ffff}]{0,24}") {
            let once = key(&text);
            prop_assert_eq!(key(&once), once.as_str());
            let is_dropped = !once.contains('\u{ffff}');
            prop_assert!(is_dropped);
        }

        #[test]
        fn mapping_a_stretch_at_a_time_is_mapping_every_character(text in "[甲數据指⽹“” Ａa\n。é𠮷\u{ffff}]{0,24}") {
            let all: String = text.chars().filter_map(folded_char).collect();
            prop_assert_eq!(mapped(&text, folded_char), all);
        }

        #[test]
        fn ranges_stay_on_character_boundaries(text in "[甲數“” Ａa⽹\u{200b}\n。A1𠮷]{0,24}") {
            let folded = fold(&text);
            let ends: Vec<usize> =
                folded.text().char_indices().map(|(at, _)| at).chain([folded.text().len()]).collect();
            for pair in ends.windows(2) {
                let range = folded.original(pair[0], pair[1]);
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                let back = key(&text[range.range()]);
                prop_assert_eq!(back.trim(), folded.text()[pair[0]..pair[1]].trim());
            }
        }
    }
}
