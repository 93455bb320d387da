//! From the bytes of a file to text, and the exact way back.

mod damage;
mod declaration;
mod evidence;
mod utf32;

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding as Codec, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
};
use zhengming_text::document::Encoding;

use crate::ReadError;

pub use damage::Damage;

/// A character that the encoding of the file has no bytes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unencodable {
    /// The character.
    pub character: char,
    /// The encoding.
    pub encoding: &'static str,
}

impl fmt::Display for Unencodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be written in {}", self.character, self.encoding)
    }
}

impl std::error::Error for Unencodable {}

/// The text of a file, and how it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without the byte order mark.
    pub text: String,
    /// How it was stored.
    pub encoding: Encoding,
    /// What could not be decoded. Such a file cannot be written back.
    pub damage: Option<Damage>,
}

/// Decodes a file whose encoding is not known. The text never holds the byte order mark. Bytes that are
/// damaged are an error.
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    if has_binary_signature(bytes) { Err(ReadError::Binary) } else { decode_text(bytes) }
}

/// The same for bytes that may begin as a file of another kind does.
pub(crate) fn decode_text(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    let decoded = decode_any(bytes)?;
    match decoded.damage {
        None => Ok((decoded.text, decoded.encoding)),
        Some(damage) => {
            Err(ReadError::Undecodable { encoding: decoded.encoding.name, offset: damage.offset })
        }
    }
}

/// Decodes a document, also where a little of it is damaged or in another encoding.
pub fn decode_document(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if has_binary_signature(bytes) { Err(ReadError::Binary) } else { decode_any(bytes) }
}

/// An encoding that somebody named, who knows better than the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named(&'static Codec);

impl Named {
    /// The encoding that web pages call `label`: `gbk`, `UTF-8`, `big5`, `utf-16le`.
    pub fn find(label: &str) -> Option<Self> {
        Codec::for_label_no_replacement(label.as_bytes()).map(Self)
    }

    /// Its name, as documents carry it.
    pub fn name(self) -> &'static str {
        name_of(self.0)
    }
}

impl std::str::FromStr for Named {
    type Err = String;

    fn from_str(label: &str) -> Result<Self, Self::Err> {
        Self::find(label).ok_or_else(|| {
            format!("`{label}` is no encoding that is known; there are utf-8, gbk, gb18030, big5, utf-16le, utf-16be, shift_jis, euc-kr, windows-1252 …")
        })
    }
}

/// Decodes a text in an encoding that is known, whatever is damaged in it.
pub fn decode_named(bytes: &[u8], Named(codec): Named) -> Result<Decoded, ReadError> {
    if has_binary_signature(bytes) {
        return Err(ReadError::Binary);
    }
    let mark = bom_of(codec);
    let bom = !mark.is_empty() && bytes.starts_with(mark);
    let skipped = if bom { mark.len() } else { 0 };
    let (text, damage) = match name_of(codec) == name_of(GB18030) {
        true => evidence::gb18030_as_said(bytes),
        false => damage::read_around(codec, &bytes[skipped..]),
    };
    let damage = damage.map(|damage| Damage { offset: damage.offset + skipped, ..damage });
    Ok(Decoded { text, encoding: Encoding { name: name_of(codec), bom }, damage })
}

/// What the bytes say by themselves goes first, then what the text declares, then what is likely here: no
/// encoding is believed that only happens to fit.
fn decode_any(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let whole = |text: String, name: &'static str, bom: bool| Decoded {
        text,
        encoding: Encoding { name, bom },
        damage: None,
    };
    if let Some(form) = utf32::of_bom(bytes) {
        let text = utf32::decode(&bytes[4..], form)
            .map_err(|offset| ReadError::Undecodable { encoding: form.name(), offset: 4 + offset })?;
        return Ok(whole(text, form.name(), true));
    }
    if let Some((codec, length)) = Codec::for_bom(bytes) {
        let Some(decoded) = a_little_damaged(codec, &bytes[length..]) else {
            let offset = decode_strictly(codec, &bytes[length..]).err().unwrap_or(0);
            return Err(at(codec, length + offset));
        };
        let damage = decoded.damage.map(|damage| Damage { offset: damage.offset + length, ..damage });
        return Ok(Decoded { encoding: Encoding { name: name_of(codec), bom: true }, damage, ..decoded });
    }
    // Some systems fill up a file with NUL bytes.
    let content = &bytes[..bytes.len() - padding(bytes)];
    // Text without NUL bytes is the common case; UTF-16 of only ASCII letters would pass as UTF-8.
    let has_nul = memchr::memchr(0, content).is_some();
    // The bytes that fill up the file are ASCII, so that the whole is UTF-8 if the rest is.
    if !has_nul && let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        let is_text = !is_binary(content);
        return if is_text {
            Ok(whole(text.to_owned(), UTF_8.name(), false))
        } else {
            Err(ReadError::Binary)
        };
    }
    if let Some((text, codec)) = evidence::utf16_without_bom(bytes)
        && !is_binary(text.as_bytes())
    {
        return Ok(whole(text, name_of(codec), false));
    }
    if is_binary(content) {
        return Err(ReadError::Binary);
    }
    if has_nul && let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(whole(text.to_owned(), UTF_8.name(), false));
    }
    let gb = Encoding { name: name_of(GB18030), bom: false };
    if let Some(offset) = damaged_utf8(bytes) {
        // Lines of GB18030 among those of UTF-8 look like damage as well.
        return match evidence::gb18030(bytes, false) {
            Some((text, damage)) => Ok(Decoded { text, encoding: gb, damage }),
            None => a_little_damaged(UTF_8, bytes).ok_or(at(UTF_8, offset)),
        };
    }
    let declared = declaration::find(bytes).filter(|codec| *codec != UTF_8);
    if let Some(codec) = declared
        && let Ok(text) = decode_strictly(codec, bytes)
        && !evidence::is_mixed(bytes)
    {
        return Ok(whole(text, name_of(codec), false));
    }
    let is_gb = declared.is_some_and(|codec| name_of(codec) == name_of(GB18030));
    if let Some((text, damage)) = evidence::gb18030(bytes, is_gb) {
        return Ok(Decoded { text, encoding: gb, damage });
    }
    let guessed = guess(bytes).map(|(text, codec)| whole(text, name_of(codec), false));
    match declared {
        Some(codec) if guessed.is_err() => a_little_damaged(codec, bytes).map_or(guessed, Ok),
        _ => guessed,
    }
}

/// The text in an encoding for which there is evidence, if little of it is damaged.
fn a_little_damaged(codec: &'static Codec, bytes: &[u8]) -> Option<Decoded> {
    let (text, damage) = damage::read_around(codec, bytes);
    let damaged = damage.as_ref().map_or(0, |damage| damage.count);
    damage::is_little(damaged, text.chars().filter(|c| !c.is_ascii()).count()).then(|| Decoded {
        text,
        encoding: Encoding { name: name_of(codec), bom: false },
        damage,
    })
}

/// Whether nothing in the file says that it is in this encoding.
pub(crate) fn is_guessed(bytes: &[u8], encoding: &Encoding) -> bool {
    let is_said = |codec: &'static Codec| name_of(codec) == encoding.name;
    *encoding != Encoding::UTF_8 && !encoding.bom && !declaration::find(bytes).is_some_and(is_said)
}

/// Text of another East Asian encoding. Western ones are not guessed: a file of this kind that is none of
/// the others is a damaged one.
fn guess(bytes: &[u8]) -> Result<(String, &'static Codec), ReadError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // The top-level domain is left out: with `cn` the detector takes Big5 for GBK.
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let is_plausible = [BIG5, GBK, GB18030, SHIFT_JIS, EUC_JP, EUC_KR].contains(&guessed);
    let codec = if is_plausible { guessed } else { GB18030 };
    let text = decode_strictly(codec, bytes).map_err(|offset| at(codec, offset))?;
    if !is_plausible {
        return Err(at(codec, bytes.iter().position(|byte| *byte >= 0x80).unwrap_or(0)));
    }
    match first_doubtful(&text) {
        Some(offset) => Err(at(codec, codec.encode(&text[..offset]).0.len())),
        None => Ok((text, codec)),
    }
}

/// How many NUL bytes the file ends with, if it is text before them.
fn padding(bytes: &[u8]) -> usize {
    let count = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    // The last character of UTF-16 or UTF-32 may end with one to three.
    if count == bytes.len() || memchr::memchr(0, &bytes[..bytes.len() - count]).is_some() { 0 } else { count }
}

/// Decodes bytes whose encoding is known, or says nothing if they are malformed.
pub fn decode_as(bytes: &[u8], encoding: &Encoding) -> Option<String> {
    if let Some(form) = utf32::Form::named(encoding.name) {
        let bytes = if encoding.bom { bytes.strip_prefix(&form.bytes('\u{FEFF}'))? } else { bytes };
        return utf32::decode(bytes, form).ok();
    }
    let codec = Codec::for_label(encoding.name.as_bytes())?;
    let bytes = if encoding.bom { bytes.strip_prefix(bom_of(codec))? } else { bytes };
    decode_strictly(codec, bytes).ok()
}

/// The bytes of a file that holds `text`, byte order mark included: the inverse of decoding.
pub fn encode(text: &str, encoding: &Encoding) -> Result<Vec<u8>, Unencodable> {
    if let Some(form) = utf32::Form::named(encoding.name) {
        let mark = encoding.bom.then_some('\u{FEFF}');
        return Ok(mark.into_iter().chain(text.chars()).flat_map(|c| form.bytes(c)).collect());
    }
    let codec = Codec::for_label(encoding.name.as_bytes()).unwrap_or(UTF_8);
    let mut bytes = if encoding.bom { bom_of(codec).to_vec() } else { Vec::new() };
    // encoding_rs decodes UTF-16 but does not encode it.
    if codec == UTF_16LE {
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    } else if codec == UTF_16BE {
        bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    } else {
        let (encoded, _, lossy) = codec.encode(text);
        if lossy {
            return Err(Unencodable { character: first_unencodable(text, codec), encoding: name_of(codec) });
        }
        bytes.extend_from_slice(&encoded);
    }
    Ok(bytes)
}

/// How many bytes `text` takes in the stored file, without a byte order mark.
pub fn stored_len(text: &str, encoding: &Encoding) -> usize {
    if utf32::Form::named(encoding.name).is_some() {
        return 4 * text.chars().count();
    }
    match Codec::for_label(encoding.name.as_bytes()) {
        Some(codec) if codec == UTF_16LE || codec == UTF_16BE => 2 * text.encode_utf16().count(),
        Some(codec) if codec != UTF_8 => codec.encode(text).0.len(),
        _ => text.len(),
    }
}

fn at(codec: &'static Codec, offset: usize) -> ReadError {
    ReadError::Undecodable { encoding: name_of(codec), offset }
}

/// GBK is reported as its superset, so that everything can be written back.
fn name_of(codec: &'static Codec) -> &'static str {
    if codec == GBK || codec == GB18030 { "GB18030" } else { codec.name() }
}

fn bom_of(codec: &'static Codec) -> &'static [u8] {
    if codec == UTF_16LE {
        b"\xFF\xFE"
    } else if codec == UTF_16BE {
        b"\xFE\xFF"
    } else if codec == UTF_8 {
        b"\xEF\xBB\xBF"
    } else {
        b""
    }
}

/// The text, or the offset of the first malformed byte.
fn decode_strictly(codec: &'static Codec, bytes: &[u8]) -> Result<String, usize> {
    if let Some(text) = codec.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text.into_owned());
    }
    let mut decoder = codec.new_decoder_without_bom_handling();
    let mut text =
        String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        encoding_rs::DecoderResult::Malformed(length, pushed) => {
            Err(read.saturating_sub(usize::from(length + pushed)))
        }
        _ => Err(read),
    }
}

fn has_binary_signature(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 5] =
        [b"%PDF-", b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"\x89PNG", b"\xFF\xD8\xFF"];
    SIGNATURES.iter().any(|signature| bytes.starts_with(signature))
}

/// One control character in a hundred bytes, or one NUL in a thousand, does not happen in text.
fn is_binary(bytes: &[u8]) -> bool {
    // Hardly a text has any of them, which is quickly seen many bytes at a time.
    let is_control = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7F;
    let has_any = |chunk: &[u8]| chunk.iter().fold(false, |any, &byte| any | is_control(byte));
    if !bytes.chunks(256).any(has_any) {
        return false;
    }
    let weight: usize = bytes
        .iter()
        .map(|byte| match byte {
            0 => 10,
            b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A | 0x1B => 0,
            1..=0x1F | 0x7F => 1,
            _ => 0,
        })
        .sum();
    weight * 100 > bytes.len()
}

/// The first bad byte of what is plainly UTF-8 with some damage, which a guess would call something else.
fn damaged_utf8(bytes: &[u8]) -> Option<usize> {
    let (mut good, mut bad, mut offset, mut first) = (0, 0, 0, None);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        offset += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            bad += 1;
            first = first.or(Some(offset));
        }
        offset += chunk.invalid().len();
    }
    (good >= 2 * bad).then_some(first).flatten()
}

/// Where a text begins to look wrongly decoded: at its first private-use character if there are many.
fn first_doubtful(text: &str) -> Option<usize> {
    let private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFFD}');
    let (mut count, mut total) = (0, 0);
    for c in text.chars() {
        total += 1;
        count += usize::from(private(c));
    }
    (count > 3 && count * 200 > total).then(|| text.find(private)).flatten()
}

fn first_unencodable(text: &str, codec: &'static Codec) -> char {
    let mut buffer = [0; 4];
    text.chars().find(|c| codec.encode(c.encode_utf8(&mut buffer)).2).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POEM: &str =
        "数据归集应当符合《公共数据条例》的规定，𠮷安市各部门按照职责分工负责。\r\n第二条 本办法适用于\n";

    fn encoding(name: &'static str, bom: bool) -> Encoding {
        Encoding { name, bom }
    }

    #[test]
    fn every_encoding_is_recognised() {
        for (name, bom) in [
            ("UTF-8", false),
            ("UTF-8", true),
            ("UTF-16LE", false),
            ("UTF-16LE", true),
            ("UTF-16BE", false),
            ("UTF-16BE", true),
            ("GB18030", false),
        ] {
            let encoding = encoding(name, bom);
            let bytes = encode(POEM, &encoding).unwrap();
            assert_eq!(decode(&bytes), Ok((POEM.to_owned(), encoding)), "{name} {bom}");
        }
    }

    #[test]
    fn big5_is_not_taken_for_gbk() {
        let text = "政府機關應當依照職責分工，統籌推動資料歸集與資料共享工作，並確保資訊安全。";
        let bytes = encode(text, &encoding("Big5", false)).unwrap();
        assert_eq!(decode(&bytes), Ok((text.to_owned(), encoding("Big5", false))));
    }

    #[test]
    fn utf16_of_ascii_letters_is_not_taken_for_utf8() {
        let bytes = encode("plain ascii\n", &encoding("UTF-16LE", false)).unwrap();
        assert_eq!(decode(&bytes).unwrap().0, "plain ascii\n");
    }

    #[test]
    fn an_empty_file_is_empty_text() {
        assert_eq!(decode(b""), Ok((String::new(), Encoding::UTF_8)));
    }

    #[test]
    fn binary_files_are_refused() {
        for bytes in [&b"PK\x03\x04word/document.xml"[..], b"%PDF-1.7\n", &[0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 9]]
        {
            assert_eq!(decode(bytes), Err(ReadError::Binary));
        }
    }

    #[test]
    fn damaged_utf8_is_named_with_its_place() {
        let mut bytes = "数据共享数据开放".as_bytes().to_vec();
        bytes[12] = 0xFF;
        assert_eq!(decode(&bytes), Err(ReadError::Undecodable { encoding: "UTF-8", offset: 12 }));
    }

    #[test]
    fn a_character_that_the_file_cannot_hold_is_named() {
        let error = encode("數據䶮", &encoding("Big5", false)).unwrap_err();
        assert_eq!(error, Unencodable { character: '䶮', encoding: "Big5" });
    }

    proptest! {
        #[test]
        fn encoding_is_the_inverse_of_decoding(text in "[\\p{Han}a-z0-9，。\r\n😀𠮷é]{0,40}", bom: bool) {
            for name in ["UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"] {
                let encoding = encoding(name, bom && name != "GB18030");
                let bytes = encode(&text, &encoding).unwrap();
                let stored = bytes.len() - if encoding.bom { if name == "UTF-8" { 3 } else { 2 } } else { 0 };
                prop_assert_eq!(stored_len(&text, &encoding), stored);
                prop_assert_eq!(decode_as(&bytes, &encoding), Some(text.clone()));
                if encoding.bom {
                    prop_assert_eq!(decode(&bytes), Ok((text.clone(), encoding)));
                }
            }
        }

        #[test]
        fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }
    }
}
