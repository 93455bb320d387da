//! The dictionaries that a configuration names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhengming::{Dictionary, Text, builtin_dictionaries};
use zhengming_exchange::interchange::{self, ExchangeError};
use zhengming_text::message::io_reason_zh;

use crate::error::Error;
use crate::files_read::FilesRead;
use crate::gate::Kind;

/// The prefix of the names of built-in dictionaries.
const BUILTIN: &str = "builtin:";
/// The name of all built-in dictionaries together.
const ALL: &str = "zhejiang";
/// The name that stands for no built-in dictionary.
const NONE: &str = "none";

/// Where a dictionary comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DictionarySource {
    /// `builtin:zhejiang`: all built-in dictionaries.
    Builtin,
    /// `builtin:none`: those that are not named are not loaded.
    None,
    /// `builtin:ID`: one built-in dictionary.
    One(String),
    /// A file.
    File(PathBuf),
}

impl DictionarySource {
    /// What `name` stands for; a path is relative to `folder`.
    pub fn named(name: &str, folder: &Path) -> Self {
        match name.strip_prefix(BUILTIN) {
            Some(ALL) => Self::Builtin,
            Some(NONE) => Self::None,
            Some(id) => Self::One(id.to_owned()),
            None => Self::File(folder.join(name)),
        }
    }

    /// Whether it is one of those compiled in.
    pub fn is_builtin(&self) -> bool {
        !matches!(self, Self::File(_))
    }

    /// The file, if it is one.
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            Self::File(path) => Some(path),
            _ => None,
        }
    }

    /// The name as it is written in a configuration.
    pub fn name(&self) -> String {
        match self {
            Self::Builtin => format!("{BUILTIN}{ALL}"),
            Self::None => format!("{BUILTIN}{NONE}"),
            Self::One(id) => format!("{BUILTIN}{id}"),
            Self::File(path) => path.display().to_string(),
        }
    }
}

/// The dictionaries of a list in the order of layering. The built-in ones are at the bottom unless the list
/// names one of them, or none.
pub(crate) fn load_all(
    sources: &[DictionarySource],
    files: &mut FilesRead,
    notices: &mut Vec<Text>,
) -> Result<Vec<Arc<Dictionary>>, (usize, Error)> {
    let builtin = builtin_dictionaries();
    let mut loaded = Vec::new();
    if !sources.iter().any(DictionarySource::is_builtin) {
        loaded.extend(builtin.iter().cloned());
    }
    for (index, source) in sources.iter().enumerate() {
        match source {
            DictionarySource::Builtin => loaded.extend(builtin.iter().cloned()),
            DictionarySource::None => {}
            DictionarySource::One(id) => {
                loaded.push(find(&builtin, id).map_err(|why| (index, Error::Other(why)))?);
            }
            DictionarySource::File(path) => {
                loaded.push(Arc::new(read(path, files, notices).map_err(|error| (index, error))?));
            }
        }
    }
    Ok(loaded)
}

/// Reads one dictionary: `builtin:ID`, or a file that is one already: TOML, a variant table, TBX, a
/// spreadsheet, JSON. What was noticed on the way is added to `notices`.
///
/// # Errors
/// If there is no such dictionary, or it is at fault; the error names file and line.
pub fn load_dictionary(path: &Path, notices: &mut Vec<Text>) -> Result<Dictionary, Error> {
    let source = path.to_str().filter(|name| name.starts_with(BUILTIN));
    match source.map(|name| DictionarySource::named(name, Path::new(""))) {
        Some(DictionarySource::One(id)) => {
            find(&builtin_dictionaries(), &id).map(|found| Dictionary::clone(&found)).map_err(Error::Other)
        }
        Some(several) => Err(Error::Other(Text::new(
            format!("{} 不是一部词典；请写出 builtin:ID", several.name()),
            format!("{} is not one dictionary; write builtin:ID", several.name()),
        ))),
        None => {
            let mut files = FilesRead::default();
            files.named(path);
            read(path, &mut files, notices)
        }
    }
}

fn find(builtin: &[Arc<Dictionary>], id: &str) -> Result<Arc<Dictionary>, Text> {
    builtin.iter().find(|dictionary| dictionary.header().id == id).cloned().ok_or_else(|| {
        let ids: Vec<_> = builtin.iter().map(|dictionary| dictionary.header().id.as_str()).collect();
        Text::new(
            format!("没有内置词典“{id}”；内置的有：{}，合称 {ALL}", ids.join("、")),
            format!("no built-in dictionary `{id}`; there are {}, together {ALL}", ids.join(", ")),
        )
    })
}

fn read(path: &Path, files: &mut FilesRead, notices: &mut Vec<Text>) -> Result<Dictionary, Error> {
    let name = path.display().to_string();
    let bytes = files.read(path, Kind::Dictionary).map_err(|error| {
        Error::Other(Text::new(
            format!("{name}: 词典无法读取：{}", io_reason_zh(&error)),
            format!("{name}: the dictionary cannot be read: {error}"),
        ))
    })?;
    match interchange::read_own(&name, &bytes) {
        Ok((dictionary, noticed)) => {
            notices.extend(noticed.iter().map(interchange::Notice::text));
            Ok(dictionary)
        }
        Err(ExchangeError::Dictionary(error)) => Err(error.into()),
        Err(ExchangeError::NotADictionary { .. }) => Err(Error::Other(Text::new(
            format!("{name}: 不是词典；官方文件请先用 zhengming dict import 转成词典"),
            format!("{name}: no dictionary; turn an official document into one with `zhengming dict import`"),
        ))),
        Err(error) => Err(Error::Other(error.text())),
    }
}
