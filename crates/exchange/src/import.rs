//! Official documents to dictionaries.
//!
//! [`import`] takes the text of a document as it is found in the wild and recognises its layout: the terms
//! clause of a standard, a table of definitions, a numbered glossary, or the definitions of a statute. What
//! was repaired, left out or could not be read is told by [`Notice`]s, so that nothing goes missing unseen.

mod assemble;
mod characters;
mod clause;
mod designation;
mod entry;
mod furniture;
mod glossary;
mod header;
mod headings;
mod html;
mod items;
mod json;
mod lines;
mod notice;
mod number;
mod parts;
mod rows;
mod standard;
mod statute;
mod table;
mod term;
#[cfg(test)]
mod tests;
mod unfold;
mod unnumbered;

use std::fmt;

use zhengming_terms::dictionary::{Dictionary, DictionaryError, Header};
use zhengming_text::message::Text;
use zhengming_text::span::Span;

use entry::Entry;
use lines::Line;

pub use json::to_json;

/// Texts above this size are refused: no official dictionary comes near it.
pub const MAX_BYTES: usize = 16 << 20;

/// Texts with more lines than this are refused.
pub const MAX_LINES: usize = 300_000;

/// The layouts of official documents that define terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// 术语和定义 of a standard laid out by GB/T 1.1 or GB/T 20001.1.
    TermsClause,
    /// A table 序号｜名词名称｜定义｜解释单位: TSV, Markdown or HTML.
    DefinitionTable,
    /// A list of explained terms: 1.X，是指…
    Glossary,
    /// Definitions in the articles of a statute: 本条例所称X，是指…
    Statute,
}

impl Layout {
    /// Every layout, in the order in which they are tried.
    pub const ALL: [Self; 4] = [Self::TermsClause, Self::DefinitionTable, Self::Statute, Self::Glossary];

    /// The name under which the command line knows the layout.
    pub fn name(self) -> &'static str {
        match self {
            Self::TermsClause => "terms-clause",
            Self::DefinitionTable => "definition-table",
            Self::Glossary => "glossary",
            Self::Statute => "statute",
        }
    }

    /// The layout called `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }
}

/// What the caller knows better than the document says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// The layout; recognised if not given.
    pub layout: Option<Layout>,
    /// The id of the dictionary; derived from number or title if not given.
    pub id: Option<String>,
    /// The title; read from the document if not given.
    pub title: Option<String>,
}

/// A dictionary that was read from a document, and what happened on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The dictionary.
    pub dictionary: Dictionary,
    /// Where each concept stands in the text, in the order of the concepts.
    pub spans: Vec<Span>,
    /// What was repaired, left out or could not be read, by line.
    pub notices: Vec<Notice>,
    /// The layout that was read.
    pub layout: Layout,
    places: Vec<json::Extent>,
}

/// Something about the text that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The line, from 1.
    pub line: usize,
    /// What was found and what was done about it.
    pub message: Text,
}

/// Why a text could not be read as a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// The text is larger than [`MAX_BYTES`] or has more than [`MAX_LINES`] lines.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// No layout fits, or the one asked for has no entry.
    NothingFound {
        /// The layout asked for.
        layout: Option<Layout>,
    },
    /// The entries do not make a valid dictionary.
    Invalid(DictionaryError),
}

impl ImportError {
    /// The message in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::TooLarge { bytes } => Text::new(
                format!("文本过大（{bytes} 字节），上限为 {MAX_BYTES} 字节、{MAX_LINES} 行"),
                format!(
                    "the text is too large ({bytes} bytes); the limit is {MAX_BYTES} bytes and {MAX_LINES} lines"
                ),
            ),
            Self::NothingFound { layout: None } => Text::new(
                "没有找到术语条目：既没有“术语和定义”一章，也没有定义表、名词解释或定义条款",
                "no entries found: neither a terms clause nor a table of definitions, a glossary or definition articles",
            ),
            Self::NothingFound { layout: Some(layout) } => Text::new(
                format!("按版式 {} 没有找到术语条目", layout.name()),
                format!("no entries found for the layout `{}`", layout.name()),
            ),
            Self::Invalid(error) => error.text(),
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for ImportError {}

/// What a layout's reader makes of the lines.
#[derive(Debug, Default)]
struct Reading {
    entries: Vec<Entry>,
    header: Header,
    notices: Vec<Notice>,
    /// The document is of this layout even if it has no entries.
    certain: bool,
}

/// Reads the dictionary in `text`. `name` is the file's name, for errors and where the text does not say
/// what it is.
///
/// # Errors
/// If the text is too large, or has no entries.
pub fn import(name: &str, text: &str, options: &ImportOptions) -> Result<Import, ImportError> {
    if text.len() > MAX_BYTES || line_breaks(text) > MAX_LINES {
        return Err(ImportError::TooLarge { bytes: text.len() });
    }
    let mut notices = Vec::new();
    let mut lines = lines::split(name, text, &mut notices);
    furniture::mark(&mut lines);
    let layouts: &[Layout] = match &options.layout {
        Some(layout) => std::slice::from_ref(layout),
        None => order(&lines),
    };
    for &layout in layouts {
        let reading = match layout {
            Layout::TermsClause => clause::read(name, &lines),
            Layout::DefinitionTable => table::read(name, &lines),
            Layout::Glossary => glossary::read(name, &lines),
            Layout::Statute => statute::read(name, &lines),
        };
        let Some(mut reading) = reading else { continue };
        if reading.entries.is_empty() && !reading.certain {
            continue;
        }
        if reading.entries.is_empty() {
            reading.notices.push(notice::no_entries());
        }
        reading.notices.append(&mut notices);
        return assemble::assemble(name, text, layout, reading, options);
    }
    Err(ImportError::NothingFound { layout: options.layout })
}

/// The layouts to try: a statute has articles, and its items are no glossary.
fn order(lines: &[Line]) -> &'static [Layout] {
    use Layout::{DefinitionTable, Glossary, Statute, TermsClause};
    if statute::has_articles(lines) {
        &[TermsClause, Statute, DefinitionTable]
    } else {
        &[TermsClause, DefinitionTable, Glossary, Statute]
    }
}

fn line_breaks(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}
