//! What of a file could not be decoded: read around, counted and told.

use encoding_rs::{DecoderResult, Encoding as Codec};
use zhengming_text::message::Text;
use zhengming_text::span::Span;

use super::name_of;

/// Bytes of a file that could not be decoded, or that are in another encoding than the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The encoding of the rest.
    pub encoding: &'static str,
    /// The first such byte of the file.
    pub offset: usize,
    /// How many places there are; of stretches in another encoding, how many stretches.
    pub count: usize,
    /// Where the first one stands in the text.
    pub span: Span,
    /// Whether the damage is stretches in UTF-8.
    pub is_mixed: bool,
}

impl Damage {
    /// What people are told of it.
    pub fn message(&self) -> Text {
        let Self { encoding, offset, count, .. } = self;
        if self.is_mixed {
            return Text::new(
                format!(
                    "{encoding} 编码的文件里混有 {count} 段 UTF-8 文本（第 {offset} 字节起），两种都已检查，但不能修改；请先统一编码"
                ),
                format!(
                    "{count} stretches of UTF-8 in a file of {encoding}, from byte {offset} on: both were read, nothing can be mended; store it in one encoding first"
                ),
            );
        }
        Text::new(
            format!(
                "按 {encoding} 解码有 {count} 处损坏（第一处在第 {offset} 字节），这些位置未检查，文件不能修改；请先核对原文件"
            ),
            format!(
                "{count} damaged places when decoded as {encoding}, the first at byte {offset}: they were not read, and nothing can be mended; look at the original first"
            ),
        )
    }
}

/// So many damaged places are believed in a short text; in a longer one, one in a hundred characters.
const BOUND: usize = 3;

/// Whether so few places are damaged that the encoding may still be the right one.
pub(super) fn is_little(damaged: usize, characters: usize) -> bool {
    damaged <= BOUND.max(characters / 100)
}

/// The text with U+FFFD for what is damaged.
pub(super) fn read_around(codec: &'static Codec, bytes: &[u8]) -> (String, Option<Damage>) {
    let mut decoder = codec.new_decoder_without_bom_handling();
    let (mut text, mut at) = (String::new(), 0);
    let mut damage: Option<Damage> = None;
    // Where the damage that was found last ends: bytes in a row that are no character are one place.
    let mut last_end = usize::MAX;
    loop {
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len() - at);
        text.reserve(room.unwrap_or(bytes.len() - at));
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return (text, damage),
            // There is always room, as it was asked for; more of it is made.
            DecoderResult::OutputFull => text.reserve(64),
            DecoderResult::Malformed(length, pushed) => {
                let (start, end) = (text.len(), at.saturating_sub(usize::from(pushed)));
                let goes_on = last_end == end.saturating_sub(usize::from(length));
                last_end = end;
                if goes_on {
                    continue;
                }
                text.push(char::REPLACEMENT_CHARACTER);
                let found = damage.get_or_insert_with(|| Damage {
                    encoding: name_of(codec),
                    offset: at.saturating_sub(usize::from(length + pushed)),
                    count: 0,
                    span: Span::new(start, text.len()),
                    is_mixed: false,
                });
                found.count += 1;
            }
        }
    }
}
