//! Inputs out of other inputs: bits, numbers, pieces cut out, doubled, moved and taken from elsewhere; in a package also
//! inside a part, after which the package is whole again.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Pieces that parsers have a place for.
const PIECES: [&str; 28] = [
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&#x0;",
    "&lt;",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "\u{feff}",
    "\0",
    "\r\n",
    "\r",
    "```",
    "$$",
    "[[",
    "]](",
    "|",
    "---\n",
    "zhengming-disable",
    "浙政盯",
    "\u{200b}",
    "𠀀",
    "\u{202e}",
    "\"\"",
    "obj",
    "endstream",
    "/W[0 99999999 500]",
    "4294967295",
    "-1",
];

/// A source of chance that gives the same run for the same seed (xorshift, Marsaglia 2003).
pub(super) struct Mutator(u64);

impl Mutator {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % end.max(1)
    }

    /// A seed that was changed.
    pub(super) fn input(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let seed = &seeds[self.below(seeds.len())];
        let other = &seeds[self.below(seeds.len())];
        if self.below(4) > 0
            && let Some(changed) = self.inside(seed, other)
        {
            return changed;
        }
        let mut bytes = seed.clone();
        self.change(&mut bytes, other);
        bytes
    }

    /// A package in which a part was changed; nothing if `seed` is none.
    fn inside(&mut self, seed: &[u8], other: &[u8]) -> Option<Vec<u8>> {
        let mut parts = parts(seed)?;
        let others = parts_of_same(other, &parts);
        let part = self.below(parts.len());
        let replacement = others.get(part).cloned().flatten().unwrap_or_default();
        match self.below(8) {
            0 => drop(parts.remove(part)),
            1 => parts[part].1 = replacement,
            _ => self.change(&mut parts[part].1, &replacement),
        }
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, content) in &parts {
            archive.start_file(name.as_str(), options).ok()?;
            archive.write_all(content).ok()?;
        }
        Some(archive.finish().ok()?.into_inner())
    }

    /// Changes bytes in one to six places.
    fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + 1 + self.below(64)).min(bytes.len());
            match self.below(9) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 if at < bytes.len() => bytes[at] = u8::try_from(self.below(256)).unwrap_or(0),
                2 => drop(bytes.drain(at..end.max(at))),
                3 => {
                    let piece = bytes[at..end.max(at)].repeat(1 + self.below(40));
                    bytes.splice(at..at, piece);
                }
                4 => {
                    let piece = PIECES[self.below(PIECES.len())];
                    bytes.splice(at..at, piece.bytes());
                }
                5 if !other.is_empty() => {
                    let from = self.below(other.len());
                    let to = (from + 1 + self.below(400)).min(other.len());
                    bytes.splice(at..end.max(at), other[from..to].iter().copied());
                }
                6 => self.number(bytes, at),
                7 => bytes.truncate(at),
                _ => self.element(bytes, at),
            }
        }
    }

    /// Puts an unusual number in the place of the next one.
    fn number(&mut self, bytes: &mut Vec<u8>, at: usize) {
        const NUMBERS: [&str; 8] =
            ["0", "1", "-1", "255", "65536", "2147483648", "99999999999999999999", "1e999"];
        let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|it| at + it) else { return };
        let length = bytes[start..].iter().take_while(|it| it.is_ascii_digit()).count();
        let number = NUMBERS[self.below(NUMBERS.len())];
        bytes.splice(start..start + length, number.bytes());
    }

    /// Doubles or takes away what stands between two angle brackets, tags included.
    fn element(&mut self, bytes: &mut Vec<u8>, at: usize) {
        let Some(start) = bytes[at..].iter().position(|&it| it == b'<').map(|it| at + it) else { return };
        let Some(end) = bytes[start..].iter().position(|&it| it == b'>').map(|it| start + it + 1) else {
            return;
        };
        if self.below(2) == 0 {
            bytes.drain(start..end);
        } else {
            let piece = bytes[start..end].repeat(1 + self.below(20));
            bytes.splice(start..start, piece);
        }
    }
}

fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).ok()?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).ok()?;
        found.push((file.name().ok()?.to_string(), content));
    }
    (!found.is_empty()).then_some(found)
}

/// The parts of another package under the same names.
fn parts_of_same(other: &[u8], parts: &[(String, Vec<u8>)]) -> Vec<Option<Vec<u8>>> {
    let others = self::parts(other).unwrap_or_default();
    let of = |name: &str| others.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone());
    parts.iter().map(|(name, _)| of(name)).collect()
}

/// A short sum of bytes, for names of files.
pub(super) fn sum(bytes: &[u8]) -> u32 {
    // FNV-1a.
    bytes.iter().fold(0x811C_9DC5, |sum, &byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
