//! What the streams of a PDF unpack to, looked at before it is done: the library that interprets the file unpacks
//! streams of any size.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;
use zhengming_text::message::Text;

use crate::ReadError;

/// What one stream may unpack to.
pub(super) const MAX_STREAM: usize = 64 << 20;
/// The same for an image, which is never unpacked.
const MAX_IMAGE: usize = 512 << 20;
/// What may be packed and unpacked in all, to look at it.
const MAX_ALL: u64 = 2 << 30;
/// How many streams are looked at. Documents have a few for each page.
const MAX_STREAMS: usize = 500_000;
/// Other compressions are so rare that they are only allowed where they are harmless.
const MAX_UNUSUAL: usize = 256 << 10;

pub(super) fn too_much(zh: &str, en: &str) -> ReadError {
    ReadError::Unreadable(Text::new(
        format!("PDF 超出处理上限（{zh}）"),
        format!("the PDF is beyond what can be read safely ({en})"),
    ))
}

pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"/Encrypt").is_some()
}

/// How much may still be unpacked, and where to.
pub(super) struct Budget {
    left: u64,
    buffer: Vec<u8>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: MAX_ALL, buffer: vec![0; 16 << 10] }
    }
}

impl Budget {
    /// Unpacks `data` to see how large it gets.
    pub(super) fn inflate(&mut self, data: &[u8], limit: usize) -> Result<(), ReadError> {
        self.measure(ZlibDecoder::new(data), limit, ZlibDecoder::total_in)?;
        // Where the header is damaged, the library tries without.
        self.measure(DeflateDecoder::new(data), limit, DeflateDecoder::total_in)
    }

    fn measure<R: Read>(
        &mut self,
        mut decoder: R,
        limit: usize,
        read: impl Fn(&R) -> u64,
    ) -> Result<(), ReadError> {
        let mut size = 0;
        while let Ok(count @ 1..) = decoder.read(&mut self.buffer) {
            size += count;
            if size > limit {
                let limit = limit >> 20;
                return Err(too_much(
                    &format!("一个数据流解压后超过 {limit} MiB"),
                    &format!("a stream unpacks to more than {limit} MiB"),
                ));
            }
        }
        let spent = (size as u64).saturating_add(read(&decoder));
        self.left = self
            .left
            .checked_sub(spent)
            .ok_or_else(|| too_much("数据流解压后总量过大", "the streams unpack to too much in all"))?;
        Ok(())
    }
}

/// Looks at every stream of the file before anything is unpacked.
pub(super) fn check_streams(bytes: &[u8]) -> Result<(), ReadError> {
    check_at_most(bytes, MAX_STREAMS)
}

fn check_at_most(bytes: &[u8], most: usize) -> Result<(), ReadError> {
    let mut budget = Budget::default();
    let is_encrypted = is_encrypted(bytes);
    let ends = memmem::Finder::new(b"endstream");
    let mut next_end = 0;
    let mut count_of_streams = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let start = at + b"stream".len();
        let breaks = bytes[start..].iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if breaks == 0 {
            // A word in a text; the library, too, expects the end of a line.
            continue;
        }
        count_of_streams += 1;
        if count_of_streams > most {
            return Err(too_much(&format!("数据流超过 {most} 个"), &format!("more than {most} streams")));
        }
        if next_end < start {
            next_end = ends.find(&bytes[start..]).map_or(bytes.len(), |end| start + end);
        }
        let data = &bytes[start + breaks..next_end.max(start + breaks)];
        let dictionary = dictionary(bytes, at);
        let has = |name: &str| memmem::find(&dictionary, name.as_bytes()).is_some();
        let count = |name: &str| memmem::find_iter(&dictionary, name.as_bytes()).count();
        let is_image = has("/Image");
        // `/Fl` and `/LZW` are the short forms.
        let (packed, unusual) = (count("/Fl"), count("/LZW"));
        if packed + unusual > 1 && !is_image
            || unusual > 0 && !is_image && data.len() > MAX_UNUSUAL
            || is_encrypted && has("/ObjStm") && data.len() > MAX_UNUSUAL
        {
            return Err(too_much("多重压缩或罕见的压缩方式", "compressed twice, or in an unusual way"));
        }
        budget.inflate(data, if is_image { MAX_IMAGE } else { MAX_STREAM })?;
    }
    Ok(())
}

/// The dictionary before the stream at `at`, with escaped characters in names resolved.
fn dictionary(bytes: &[u8], at: usize) -> Vec<u8> {
    let before = &bytes[at.saturating_sub(4096)..at];
    let start = memmem::rfind(before, b"obj").unwrap_or(0);
    let mut found = Vec::with_capacity(before.len() - start);
    let mut rest = &before[start..];
    while let Some((&byte, after)) = rest.split_first() {
        let hex = (byte == b'#').then(|| after.get(..2)).flatten();
        let code = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        found.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_counted_and_words_are_not() {
        let streams = b"<< >>\nstream\nx\nendstream\n".repeat(3);
        assert!(check_at_most(&streams, 3).is_ok());
        assert!(check_at_most(&streams, 2).unwrap_err().text().zh.contains("数据流超过 2 个"));
        assert!(check_at_most(&b"(a stream of streams)\nendstream\n".repeat(9), 0).is_ok());
    }
}
