//! What can be wrong with a file of another tool, and what was noticed in one that could be read.

use std::fmt;

use zhengming_formats::ReadError;
use zhengming_formats::part_error::{PartError, PartPlace};
use zhengming_terms::dictionary::DictionaryError;
use zhengming_text::message::Text;

/// A place in a file, as exactly as its format allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line, from 1.
    Line(usize),
    /// A part of a package, e.g. `word/document.xml`; the line is 0 if unknown.
    Part {
        /// The name of the part.
        part: String,
        /// The line in the part, from 1.
        line: usize,
    },
    /// A row or cell of a table.
    Cell {
        /// The name of the sheet; empty if the file has only one table.
        sheet: String,
        /// The row number or cell reference, e.g. `12` or `B12`.
        cell: String,
    },
}

impl Place {
    /// The place in both languages; empty for the whole file.
    pub fn text(&self) -> Text {
        match self {
            Self::File => Text::default(),
            Self::Line(line) => Text::new(format!("第 {line} 行"), format!("line {line}")),
            Self::Part { part, line: 0 } => Text::new(part.as_str(), part.as_str()),
            Self::Part { part, line } => {
                Text::new(format!("{part} 第 {line} 行"), format!("{part} line {line}"))
            }
            Self::Cell { sheet, cell } => {
                let (zh, en) = if cell.bytes().all(|byte| byte.is_ascii_digit()) {
                    (format!("第 {cell} 行"), format!("row {cell}"))
                } else {
                    (format!("单元格 {cell}"), format!("cell {cell}"))
                };
                match sheet.as_str() {
                    "" => Text::new(zh, en),
                    _ => Text::new(format!("工作表“{sheet}”{zh}"), format!("sheet `{sheet}` {en}")),
                }
            }
        }
    }
}

/// Something in a file that was repaired, read in a particular way, or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Where it stands.
    pub place: Place,
    /// What was noticed and done.
    pub message: Text,
}

impl Notice {
    /// The notice with its place.
    pub fn text(&self) -> Text {
        located(&self.place.text(), &self.message)
    }
}

fn located(place: &Text, message: &Text) -> Text {
    if place.zh.is_empty() {
        return message.clone();
    }
    Text::new(format!("{}：{}", place.zh, message.zh), format!("{}: {}", place.en, message.en))
}

/// Notices, of which a broken file would have millions.
#[derive(Default)]
pub(super) struct Notices {
    list: Vec<Notice>,
    more: usize,
}

impl Notices {
    const MAX: usize = 1_000;

    pub(super) fn add(&mut self, place: Place, zh: impl Into<String>, en: impl Into<String>) {
        if self.list.len() < Self::MAX {
            self.list.push(Notice { place, message: Text::new(shortened(zh.into()), shortened(en.into())) });
        } else {
            self.more += 1;
        }
    }

    pub(super) fn into_list(mut self) -> Vec<Notice> {
        if self.more > 0 {
            let more = self.more;
            let message = Text::new(
                format!("另有 {more} 条同类提示未列出"),
                format!("{more} more notices are not listed"),
            );
            self.list.push(Notice { place: Place::File, message });
        }
        self.list
    }
}

/// A message that quotes a very long value is cut.
fn shortened(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(300) {
        message.truncate(end);
        message.push('…');
    }
    message
}

/// Why a file could not be read as a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExchangeError {
    /// A document, table or data of another kind. The importer may make a dictionary of it.
    NotADictionary {
        /// The file.
        file: String,
    },
    /// A format that is not read.
    Unsupported {
        /// The file.
        file: String,
        /// Which format it is and what to do instead.
        message: Text,
    },
    /// Bytes that are no text in a known encoding.
    Undecodable {
        /// The file.
        file: String,
        /// Where decoding failed.
        error: ReadError,
    },
    /// Damaged, truncated, or not what the format prescribes.
    Malformed {
        /// The file.
        file: String,
        /// The place of the damage.
        place: Place,
        /// What is wrong.
        message: Text,
    },
    /// More than can be read safely.
    Limit {
        /// The file.
        file: String,
        /// The place where the limit was passed.
        place: Place,
        /// Which limit.
        message: Text,
    },
    /// Readable, but not a valid dictionary.
    Dictionary(DictionaryError),
}

impl ExchangeError {
    /// The whole message, with file and place.
    pub fn text(&self) -> Text {
        let (file, place, message) = match self {
            Self::NotADictionary { file } => {
                let message = Text::new(
                    "不是词典文件；应为 TOML、TBX、JSON，或表头含“术语”等列的表格",
                    "not a dictionary; expected TOML, TBX, JSON, or a table whose header row names a `term` column",
                );
                (file, Text::default(), message)
            }
            Self::Unsupported { file, message } => (file, Text::default(), message.clone()),
            Self::Undecodable { file, error } => (file, Text::default(), error.text()),
            Self::Malformed { file, place, message } | Self::Limit { file, place, message } => {
                (file, place.text(), message.clone())
            }
            Self::Dictionary(error) => {
                // Line 0 says that the form, e.g. JSON, keeps no lines.
                let text = error.text();
                let (from, to) = (format!("{}:0:", error.file), format!("{}:", error.file));
                return Text::new(text.zh.replacen(&from, &to, 1), text.en.replacen(&from, &to, 1));
            }
        };
        let text = located(&place, &message);
        Text::new(format!("{file}: {}", text.zh), format!("{file}: {}", text.en))
    }
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for ExchangeError {}

impl From<DictionaryError> for ExchangeError {
    fn from(error: DictionaryError) -> Self {
        Self::Dictionary(error)
    }
}

/// An error of a reader, which does not know the name of the file.
#[derive(Debug)]
pub(super) struct Fault {
    limit: bool,
    place: Place,
    message: Text,
}

impl Fault {
    pub(super) fn malformed(place: Place, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { limit: false, place, message: Text::new(zh, en) }
    }

    pub(super) fn limit(place: impl Into<Place>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { limit: true, place: place.into(), message: Text::new(zh, en) }
    }

    pub(super) fn too_many_concepts(place: impl Into<Place>) -> Self {
        let max = super::MAX_CONCEPTS;
        Self::limit(place, format!("条目超过 {max} 条"), format!("more than {max} concepts"))
    }

    pub(super) fn too_many_rows(place: Place) -> Self {
        let max = super::MAX_ROWS;
        Self::limit(place, format!("表格超过 {max} 行"), format!("the table has more than {max} rows"))
    }

    pub(super) fn in_file(self, file: &str) -> ExchangeError {
        let Self { limit, place, message } = self;
        let file = file.to_owned();
        if limit {
            ExchangeError::Limit { file, place, message }
        } else {
            ExchangeError::Malformed { file, place, message }
        }
    }
}

impl From<PartPlace> for Place {
    fn from(place: PartPlace) -> Self {
        match (place.part, place.line) {
            (Some(part), line) => Self::Part { part, line },
            (None, 0) => Self::File,
            (None, line) => Self::Line(line),
        }
    }
}

impl From<PartError> for Fault {
    fn from(error: PartError) -> Self {
        Self { limit: error.limit, place: error.place.into(), message: error.message }
    }
}

/// Refuses a text in which the bytes `marks`, at least one for each value, occur too often.
pub(super) fn check_values(text: &str, marks: &[u8], max: usize) -> Result<(), Fault> {
    if text.bytes().filter(|byte| marks.contains(byte)).count() <= max {
        return Ok(());
    }
    Err(Fault::limit(Place::File, format!("值超过 {max} 个"), format!("more than {max} values")))
}

/// Refuses a text that is longer than its reader can take.
pub(super) fn check_size(bytes: usize, max: usize) -> Result<(), Fault> {
    if bytes <= max {
        return Ok(());
    }
    let (size, max) = (bytes.div_ceil(1 << 20), max >> 20);
    Err(Fault::limit(
        Place::File,
        format!("文件过大：{size} MiB，上限为 {max} MiB"),
        format!("the file is too large: {size} MiB, expected at most {max} MiB"),
    ))
}
