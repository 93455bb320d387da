//! Which of the encodings of mainland files some bytes are in, by what they would say in it.

use encoding_rs::{Encoding as Codec, GB18030, UTF_16BE, UTF_16LE};
use zhengming_text::span::Span;

use super::damage::{self, Damage};
use super::{decode_strictly, name_of};

/// Of the characters of Chinese text, read in the right encoding, so many in a hundred are among the 3,755
/// commonest (level 1 of GB 2312). Of Big5 read as GB18030 about 50 are, of random ideographs 18.
const COMMON: usize = 85;

/// The share that is enough beside other evidence, and for a text that declares its encoding.
const RATHER_COMMON: usize = 60;

/// UTF-16, if the bytes at both places say so: Chinese characters are the common ones, and ASCII characters
/// have their NUL always on the same side. Letters of ASCII, taken two by two, are ideographs as well, but rare ones.
pub(super) fn utf16_without_bom(bytes: &[u8]) -> Option<(String, &'static Codec)> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find_map(|codec| {
        let text = decode_strictly(codec, bytes).ok()?;
        let (mut common, mut narrow, mut all) = (0, 0, 0);
        for c in text.chars() {
            all += 1;
            match c {
                '\0' => return None,
                '\u{1}'..='\u{7E}' => narrow += 1,
                '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF5E}' | '\u{2010}'..='\u{2026}' => common += 1,
                _ => common += usize::from(is_common(c)),
            }
        }
        // A text of nothing but ideographs must be of the commonest; ASCII is told by its NUL bytes.
        let is_text = (common + narrow) * 100 >= all * RATHER_COMMON;
        let even = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
        let odd = bytes.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
        let other_side = if codec == UTF_16LE { even } else { odd };
        (is_text && other_side * 4 <= all).then_some((text, codec))
    })
}

/// Whether the character is one of the commonest 3,755.
fn is_common(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, lossy) = GB18030.encode(c.encode_utf8(&mut buffer));
    !lossy && bytes.len() == 2 && is_common_pair(bytes[0], bytes[1])
}

fn is_common_pair(lead: u8, trail: u8) -> bool {
    (0xB0..=0xD7).contains(&lead) && trail >= 0xA1
}

/// The text if the bytes are GB18030, a little damage allowed. A text that `declares` to be so need not be
/// proved to be.
pub(super) fn gb18030(bytes: &[u8], declares: bool) -> Option<(String, Option<Damage>)> {
    let reading = Reading::of(bytes);
    let Reading { common, all, damaged, mixed, .. } = reading;
    let share = if declares { RATHER_COMMON } else { COMMON };
    if all == 0 || common * 100 < all * share || !damage::is_little(damaged, all + mixed) {
        return None;
    }
    Some(reading.finish())
}

/// The text of bytes of which somebody said that they are GB18030, whatever is damaged in them.
pub(super) fn gb18030_as_said(bytes: &[u8]) -> (String, Option<Damage>) {
    Reading::of(bytes).finish()
}

/// Whether stretches in UTF-8 stand between those of another encoding.
pub(super) fn is_mixed(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte == b'\n').any(|line| is_utf8_line(line) || utf8_stretch(line).is_some())
}

/// A line that is UTF-8 and holds at least three ideographs: bytes of GB18030 hardly ever are, for as long.
fn is_utf8_line(line: &[u8]) -> bool {
    memchr::memchr3(0xE4, 0xE5, 0xE6, line).is_some()
        && std::str::from_utf8(line)
            .is_ok_and(|text| text.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')).count() >= 3)
}

/// Characters of three bytes in a row that make a stretch in a line of GB18030 one of UTF-8. Each of them takes a
/// lead byte of rare ideographs at a fixed place among six bytes.
const STRETCH: usize = 5;

/// The first stretch of a line that is UTF-8, where text was appended to what had no line break at its end.
fn utf8_stretch(line: &[u8]) -> Option<std::ops::Range<usize>> {
    let length = |at: usize| match line[at..] {
        [0..=0x7F, ..] => Some(1),
        [0xE2..=0xEF, 0x80..=0xBF, 0x80..=0xBF, ..] => Some(3),
        _ => None,
    };
    let mut start = 0;
    while let Some(at) = line[start..].iter().position(|byte| (0xE2..=0xEF).contains(byte)) {
        start += at;
        let (mut end, mut wide) = (start, 0);
        while end < line.len()
            && let Some(length) = length(end)
        {
            wide += usize::from(length == 3);
            end += length;
        }
        if wide >= STRETCH && std::str::from_utf8(&line[start..end]).is_ok() {
            return Some(start..end);
        }
        start += 1;
    }
    None
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    text: String,
    /// Two-byte characters, less punctuation, and the common ones of them.
    all: usize,
    common: usize,
    damaged: usize,
    mixed: usize,
    first: Option<(usize, Span)>,
}

impl Reading {
    fn of(bytes: &[u8]) -> Self {
        let mut reading = Self { text: String::with_capacity(bytes.len() * 3 / 2), ..Self::default() };
        let mut offset = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            reading.line(line, offset);
            offset += line.len();
        }
        reading
    }

    fn finish(self) -> (String, Option<Damage>) {
        let Self { text, damaged, mixed, first, .. } = self;
        let damage = first.map(|(offset, span)| Damage {
            encoding: name_of(GB18030),
            offset,
            count: if damaged > 0 { damaged } else { mixed },
            span,
            is_mixed: damaged == 0,
        });
        (text, damage)
    }

    fn line(&mut self, line: &[u8], offset: usize) {
        if is_utf8_line(line) {
            return self.utf8(line, offset);
        }
        let mut at = 0;
        while let Some(stretch) = utf8_stretch(&line[at..]) {
            let (start, end) = (at + stretch.start, at + stretch.end);
            self.gb(&line[at..start], offset + at);
            self.utf8(&line[start..end], offset + start);
            at = end;
        }
        self.gb(&line[at..], offset + at);
    }

    fn gb(&mut self, line: &[u8], offset: usize) {
        if let Ok(text) = decode_strictly(GB18030, line)
            && !text.contains('\u{FFFD}')
        {
            self.count(line);
            self.text.push_str(&text);
            return;
        }
        let mut at = 0;
        for end in damaged_bytes(line) {
            self.piece(&line[at..end]);
            let start = self.text.len();
            self.text.push(char::REPLACEMENT_CHARACTER);
            self.damaged += 1;
            self.first.get_or_insert((offset + end, Span::new(start, self.text.len())));
            at = end + 1;
        }
        self.piece(&line[at..]);
    }

    fn utf8(&mut self, bytes: &[u8], offset: usize) {
        let start = self.text.len();
        self.text.push_str(&String::from_utf8_lossy(bytes));
        self.mixed += 1;
        self.first.get_or_insert((offset, Span::new(start, self.text.len())));
    }

    fn piece(&mut self, bytes: &[u8]) {
        self.count(bytes);
        self.text.push_str(&GB18030.decode_without_bom_handling(bytes).0);
    }

    fn count(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() {
            let length = unit(&bytes[at..]).unwrap_or(1);
            if length > 1 && !(0xA1..=0xA3).contains(&bytes[at]) {
                self.all += 1;
                self.common += usize::from(length == 2 && is_common_pair(bytes[at], bytes[at + 1]));
            }
            at += length;
        }
    }
}

/// How many bytes the character at the beginning takes in GB18030, if there is one.
fn unit(bytes: &[u8]) -> Option<usize> {
    match *bytes {
        [0..=0x7F, ..] => Some(1),
        [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..] => Some(4),
        [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..] => Some(2),
        _ => None,
    }
}

/// The bytes of a line that belong to no character, in the cheapest reading: common characters cost little,
/// a byte left out costs more than any character. So one lost byte does not garble the rest of the line.
fn damaged_bytes(line: &[u8]) -> Vec<usize> {
    const LEFT_OUT: u32 = 24;
    let cost = |at: usize, length: usize| match length {
        1 => 0,
        2 if is_common_pair(line[at], line[at + 1]) || (0xA1..=0xA3).contains(&line[at]) => 1,
        2 => 4,
        _ => 8,
    };
    // From each place on: the least cost, and what to take there (0: nothing, the byte is left out).
    let mut best = vec![(0_u32, 0_usize); line.len() + 1];
    for at in (0..line.len()).rev() {
        let left_out = (best[at + 1].0 + LEFT_OUT, 0);
        best[at] = match unit(&line[at..]) {
            Some(length) => {
                let taken = (best[at + length].0 + cost(at, length), length);
                if taken.0 <= left_out.0 { taken } else { left_out }
            }
            None => left_out,
        };
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let length = best[at].1;
        if length == 0 {
            found.push(at);
        }
        at += length.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Decoded, decode_document, encode};
    use crate::ReadError;
    use zhengming_text::document::Encoding;

    const LINE: &str = "各单位统一通过浙政盯发送会议通知，不得使用其他软件，并及时反馈办理情况。\n";

    fn gbk(text: &str) -> Vec<u8> {
        encode(text, &Encoding { name: "GB18030", bom: false }).unwrap()
    }

    fn read(bytes: &[u8]) -> Decoded {
        decode_document(bytes).unwrap()
    }

    #[test]
    fn a_few_chinese_words_in_latin_text_are_gb18030_whatever_their_parity() {
        for ascii in ["id,name\nuser,a\n", "id,name\nuser,ab\n", &"lorem ipsum\n".repeat(200)] {
            let text = format!("{ascii}通过浙政盯发送\n");
            let found = read(&gbk(&text));
            assert_eq!((found.text, found.encoding.name, found.damage), (text, "GB18030", None));
        }
    }

    #[test]
    fn one_bad_byte_costs_one_character_and_is_told() {
        let whole = gbk(&LINE.repeat(4));
        let line = whole.len() / 4;
        for (at, bytes) in [
            (line + 10, [&whole[..line + 10], &whole[line + 11..]].concat()),
            (line + 10, [&whole[..line + 10], b"\xFF", &whole[line + 10..]].concat()),
            (0, whole[1..].to_vec()),
            (whole.len() - 3, whole[..whole.len() - 2].to_vec()),
        ] {
            let found = read(&bytes);
            let damage = found.damage.unwrap();
            assert!(damage.offset.abs_diff(at) <= 2, "{damage:?} {at}");
            assert_eq!(damage.count, 1, "{}", found.text);
            assert!(found.text.matches("浙政盯").count() >= 3, "{}", found.text);
        }
    }

    #[test]
    fn lines_in_another_encoding_are_read_in_theirs_and_told() {
        for bytes in [[gbk(LINE), LINE.into()].concat(), [Vec::from(LINE), LINE.into(), gbk(LINE)].concat()] {
            let found = read(&bytes);
            assert!(found.damage.unwrap().is_mixed);
            assert!(found.text.lines().all(|line| line == LINE.trim()), "{}", found.text);
        }
    }

    #[test]
    fn text_in_utf8_after_a_line_without_an_end_is_read_as_such() {
        let found = read(&[gbk(&LINE.repeat(2)), gbk("附件："), LINE.into()].concat());
        assert_eq!(found.text, format!("{LINE}{LINE}附件：{LINE}"));
        assert!(found.damage.unwrap().is_mixed);
    }

    #[test]
    fn a_little_damage_in_utf8_is_told_and_read_around() {
        let whole = LINE.repeat(3).into_bytes();
        let at = LINE.len() + 9;
        let bad = [&whole[..at], b"\xFF", &whole[at..]].concat();
        let lost = [&whole[..at], &whole[at + 1..]].concat();
        let cut = whole[..whole.len() - 3].to_vec();
        for bytes in [bad, lost, cut] {
            let found = read(&bytes);
            let damage = found.damage.unwrap();
            assert_eq!((damage.encoding, damage.is_mixed), ("UTF-8", false));
            assert!(found.text.matches("通过浙政盯发送").count() >= 2, "{}", found.text);
            assert_eq!(&found.text[damage.span.range()], "\u{FFFD}");
        }
    }

    #[test]
    fn an_encoding_that_is_named_is_believed() {
        use super::super::{Named, decode_named};
        let named = |label| Named::find(label).unwrap();
        let bytes = b"R\xE9sum\xE9 de la r\xE9union\n";
        assert_eq!(decode_named(bytes, named("latin1")).unwrap().text, "Résumé de la réunion\n");
        let mut bytes = gbk(LINE);
        bytes.insert(4, 0xFF);
        let found = decode_named(&bytes, named("gb2312")).unwrap();
        assert_eq!((found.encoding.name, found.damage.unwrap().count), ("GB18030", 1));
        assert_eq!(decode_named(LINE.as_bytes(), named("utf8")).unwrap().text, LINE);
        let marked = encode(LINE, &Encoding { name: "UTF-16BE", bom: true }).unwrap();
        assert_eq!(decode_named(&marked, named("utf-16be")).unwrap().text, LINE);
        assert!(Named::find("nonsense").is_none());
    }

    #[test]
    fn no_western_encoding_is_guessed() {
        let bytes = b"R\xE9sum\xE9 de la r\xE9union du comit\xE9\n";
        assert!(matches!(decode_document(bytes), Err(ReadError::Undecodable { .. })));
        let declared = [b"<meta charset=iso-8859-1>".as_slice(), bytes].concat();
        assert!(read(&declared).text.contains("Résumé"));
    }

    #[test]
    fn nul_bytes_at_the_end_are_padding_and_utf32_goes_by_its_mark() {
        assert_eq!(read(format!("{LINE}\0\0\0").as_bytes()).text, format!("{LINE}\0\0\0"));
        for name in ["UTF-32LE", "UTF-32BE"] {
            let encoding = Encoding { name, bom: true };
            let found = read(&encode(LINE, &encoding).unwrap());
            assert_eq!((found.text.as_str(), found.encoding), (LINE, encoding));
        }
    }

    #[test]
    fn a_declaration_decides_what_the_bytes_leave_open() {
        let text = "<html><head><meta charset=\"big5\"></head><p>通過浙政盯發送，數位</p>";
        let bytes = encode(text, &Encoding { name: "Big5", bom: false }).unwrap();
        assert_eq!(read(&bytes).encoding.name, "Big5");
        let lie = "<meta charset=gb2312><p>通过浙政盯发送。</p>";
        assert_eq!(read(lie.as_bytes()).encoding, Encoding::UTF_8);
    }
}
