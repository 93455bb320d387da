//! The parts of a ZIP package (DOCX, XLSX, ODT, OFD), unpacked within limits whatever the archive declares.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::part_error::{PartError, PartPlace};
use crate::xml::Xml;

/// Packages above this size are refused.
pub const MAX_PACKAGE: usize = 128 << 20;
/// What all parts of a package may hold together.
pub const MAX_UNPACKED: u64 = 256 << 20;
/// What one part of a package may hold.
pub const MAX_PART: u64 = 32 << 20;
/// How many parts a package may have.
pub const MAX_PARTS: usize = 10_000;

/// A package whose parts are unpacked when asked for.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How much may still be unpacked.
    budget: u64,
}

impl<'a> Package<'a> {
    /// The package in `bytes`; nothing is unpacked yet.
    ///
    /// # Errors
    /// No ZIP archive, or beyond the limits.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PartError> {
        if bytes.len() > MAX_PACKAGE {
            let (size, max) = (bytes.len().div_ceil(1 << 20), MAX_PACKAGE >> 20);
            return Err(PartError::limit(
                PartPlace::default(),
                format!("文件过大：{size} MiB，上限为 {max} MiB"),
                format!("the file is too large: {size} MiB, expected at most {max} MiB"),
            ));
        }
        // Counted in the bytes, because the archive would first store every entry it declares.
        let entries = memchr::memmem::find_iter(bytes, b"PK\x01\x02").count();
        if entries > MAX_PARTS {
            return Err(PartError::limit(
                PartPlace::default(),
                format!("压缩包内文件超过 {MAX_PARTS} 个"),
                format!("the package has more than {MAX_PARTS} parts"),
            ));
        }
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(PartPlace::default(), &error))?;
        let declared = archive.decompressed_size();
        if declared.is_some_and(|size| size > u128::from(MAX_UNPACKED)) {
            return Err(too_large(PartPlace::default(), MAX_UNPACKED));
        }
        Ok(Self { archive, budget: MAX_UNPACKED })
    }

    /// Whether there is a part of this name.
    pub fn has(&self, part: &str) -> bool {
        self.index(part).is_some()
    }

    /// Whether any part's name begins with `folder`.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.archive.file_names_raw().any(|name| name.starts_with(folder.as_bytes()))
    }

    /// The names of the parts, as the archive lists them.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    fn index(&self, part: &str) -> Option<usize> {
        let same = |name: &[u8]| is_same_name(name, part.as_bytes());
        self.archive.index_for_name(part).or_else(|| self.archive.file_names_raw().position(same))
    }

    /// The text of a part, or nothing if there is no such part.
    ///
    /// # Errors
    /// A part that is damaged, encrypted, no text, or beyond the limits.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, PartError> {
        let Some(bytes) = self.bytes(part)? else { return Ok(None) };
        let (text, _) = crate::encoding::decode(&bytes).map_err(|error| {
            let text = error.text();
            PartError::malformed(PartPlace::part(part), text.zh, text.en)
        })?;
        Ok(Some(text))
    }

    /// The bytes of a part, or nothing if there is no such part.
    ///
    /// # Errors
    /// A part that is damaged, encrypted, or beyond the limits.
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, PartError> {
        let place = || PartPlace::part(part);
        let Some(index) = self.index(part) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| broken(place(), &error))?;
        let (packed, limit) = (file.compressed_size(), MAX_PART.min(self.budget));
        // Real parts shrink to a hundredth at most; only bombs come near deflate's thousandth.
        let ratio_limit = packed.saturating_mul(400).max(8 << 20);
        let mut bytes = Vec::new();
        file.take(limit.min(ratio_limit) + 1).read_to_end(&mut bytes).map_err(|error| {
            PartError::malformed(place(), "无法解压：内容已损坏", format!("cannot be unpacked: {error}"))
        })?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(too_large(place(), limit));
        }
        if size > ratio_limit {
            return Err(PartError::limit(
                place(),
                "压缩比异常，疑为压缩炸弹",
                "suspiciously high compression ratio, probably a zip bomb",
            ));
        }
        self.budget -= size;
        Ok(Some(bytes))
    }

    /// The main part, as the relationships of the package name it: its name and its text.
    ///
    /// # Errors
    /// No such part, or one that cannot be read.
    pub fn main_part(&mut self, usual: &str) -> Result<(String, String), PartError> {
        let named = match self.text("_rels/.rels")? {
            Some(text) => relationships(&text, "_rels/.rels")?
                .into_values()
                .find(|relationship| relationship.kind.ends_with("/officeDocument"))
                .map(|relationship| resolve("", &relationship.target)),
            None => None,
        };
        let part = named.filter(|part| self.has(part)).unwrap_or_else(|| usual.to_owned());
        match self.text(&part)? {
            Some(text) => Ok((part, text)),
            None => Err(PartError::malformed(
                PartPlace::default(),
                format!("压缩包内没有 {part}"),
                format!("the package has no {part}"),
            )),
        }
    }

    /// What `part` refers to, by relationship id.
    ///
    /// # Errors
    /// Relationships that cannot be read.
    pub fn related(&mut self, part: &str) -> Result<HashMap<String, Relationship>, PartError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let rels = resolve(folder, &format!("_rels/{file}.rels"));
        let Some(text) = self.text(&rels)? else { return Ok(HashMap::new()) };
        let mut found = relationships(&text, &rels)?;
        for relationship in found.values_mut() {
            relationship.target = resolve(folder, &relationship.target);
        }
        Ok(found)
    }
}

/// Whether two names mean the same part: some producers rely on it that capitals and small letters make no
/// difference, and some write folders as Windows does.
pub(crate) fn is_same_name(a: &[u8], b: &[u8]) -> bool {
    let folded = |byte: u8| if byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() };
    a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| folded(a) == folded(b))
}

/// What one part says of another.
pub struct Relationship {
    /// The type, a URL of which the last step tells the kind.
    pub kind: String,
    /// The name of the other part; an address, if it stands outside the package.
    pub target: String,
}

fn relationships(text: &str, part: &str) -> Result<HashMap<String, Relationship>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut found = HashMap::new();
    while let Some(node) = xml.node()? {
        let Some(tag) = node.open("Relationship") else { continue };
        if let (Some(id), Some(kind), Some(target)) =
            (tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
        {
            found.insert(id, Relationship { kind, target });
        }
    }
    Ok(found)
}

/// The name of the part that `target` means when a part in `folder` says so.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            _ => path.push(step),
        }
    }
    path.join("/")
}

fn broken(place: PartPlace, error: &ZipError) -> PartError {
    let reason = match error {
        ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword => {
            return PartError::malformed(
                place,
                "文件已加密或压缩方式不受支持",
                "encrypted, or compressed in an unsupported way",
            );
        }
        error => error.to_string(),
    };
    PartError::malformed(
        place,
        "文件已损坏或不完整，不是完好的压缩包",
        format!("damaged or truncated ({reason})"),
    )
}

fn too_large(place: PartPlace, limit: u64) -> PartError {
    let limit = limit >> 20;
    PartError::limit(place, format!("解压后超过 {limit} MiB"), format!("unpacks to more than {limit} MiB"))
}
