//! The parts of a ZIP package (XLSX, DOCX), unpacked within limits whatever the archive declares.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{Fault, Place, check_size};
use super::xml::Xml;
use super::{MAX_PACKAGE, MAX_PART, MAX_PARTS, MAX_UNPACKED};

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How much may still be unpacked.
    budget: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        check_size(bytes.len(), MAX_PACKAGE)?;
        // Counted in the bytes, because the archive would first store every entry it declares.
        let entries = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
        if entries > MAX_PARTS {
            return Err(Fault::limit(
                Place::File,
                format!("压缩包内文件超过 {MAX_PARTS} 个"),
                format!("the package has more than {MAX_PARTS} parts"),
            ));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(Place::File, &error))?;
        let declared = archive.decompressed_size();
        if declared.is_some_and(|size| size > u128::from(MAX_UNPACKED)) {
            return Err(too_large(Place::File, MAX_UNPACKED));
        }
        Ok(Self { archive, budget: MAX_UNPACKED })
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.archive.index_for_name(part).is_some()
    }

    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.archive.file_names_raw().any(|name| name.starts_with(folder.as_bytes()))
    }

    /// The text of a part, or nothing if there is no such part.
    pub(super) fn text(&mut self, part: &str) -> Result<Option<String>, Fault> {
        let place = || Place::Part { part: part.to_owned(), line: 0 };
        let Some(index) = self.archive.index_for_name(part) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| broken(place(), &error))?;
        let (packed, limit) = (file.compressed_size(), MAX_PART.min(self.budget));
        // Real parts shrink to a hundredth at most; only bombs come near deflate's thousandth.
        let ratio_limit = packed.saturating_mul(400).max(8 << 20);
        let mut bytes = Vec::new();
        file.take(limit.min(ratio_limit) + 1).read_to_end(&mut bytes).map_err(|error| {
            Fault::malformed(place(), format!("无法解压：{error}"), format!("cannot be unpacked: {error}"))
        })?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(too_large(place(), limit));
        }
        if size > ratio_limit {
            return Err(Fault::limit(
                place(),
                "压缩比异常，疑为压缩炸弹",
                "suspiciously high compression ratio, probably a zip bomb",
            ));
        }
        self.budget -= size;
        let (text, _) = zhengming_formats::encoding::decode(&bytes).map_err(|error| {
            let text = error.text();
            Fault::malformed(place(), text.zh, text.en)
        })?;
        Ok(Some(text))
    }

    /// The main part, as the relationships of the package name it: its name and its text.
    pub(super) fn main_part(&mut self, usual: &str) -> Result<(String, String), Fault> {
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
            None => Err(Fault::malformed(
                Place::File,
                format!("压缩包内没有 {part}"),
                format!("the package has no {part}"),
            )),
        }
    }

    /// What the main part refers to, by relationship id.
    pub(super) fn related(&mut self, part: &str) -> Result<HashMap<String, Relationship>, Fault> {
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

pub(super) struct Relationship {
    pub(super) kind: String,
    pub(super) target: String,
}

fn relationships(text: &str, part: &str) -> Result<HashMap<String, Relationship>, Fault> {
    let mut xml = Xml::in_part(text, part);
    let mut found = HashMap::new();
    while let Some(node) = xml.next()? {
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
fn resolve(folder: &str, target: &str) -> String {
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

fn broken(place: Place, error: &ZipError) -> Fault {
    let reason = match error {
        ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword => {
            return Fault::malformed(
                place,
                "文件已加密或压缩方式不受支持",
                "encrypted, or compressed in an unsupported way",
            );
        }
        error => error.to_string(),
    };
    Fault::malformed(
        place,
        format!("文件已损坏或不完整（{reason}）"),
        format!("damaged or truncated ({reason})"),
    )
}

fn too_large(place: Place, limit: u64) -> Fault {
    let limit = limit >> 20;
    Fault::limit(place, format!("解压后超过 {limit} MiB"), format!("unpacks to more than {limit} MiB"))
}
