//! What can be wrong with a configuration, always with file, line and value.

use std::fmt;

use zhengming::{DictionaryError, Text};

/// A defect of a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file as it is to be shown.
    pub file: String,
    /// The line of the value at fault, from 1; nothing if the file as a whole is.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: Text,
    /// What else is wrong in the same file, by line.
    pub others: Box<[ConfigError]>,
}

/// Why there is no configuration, or no linter for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// A configuration file is at fault.
    Config(ConfigError),
    /// A dictionary that the configuration names is at fault.
    Dictionary(DictionaryError),
    /// Something that is in no file.
    Other(Text),
}

impl ConfigError {
    /// The defect `message` in line `line` of `file`.
    pub(crate) fn new(file: impl Into<String>, line: Option<usize>, message: Text) -> Self {
        Self { file: file.into(), line, message, others: Box::default() }
    }

    /// Several defects as one: the first by line, which has the others. Nothing if there is none.
    pub(crate) fn together(mut errors: Vec<Self>) -> Option<Self> {
        errors.sort_by_key(|error| error.line);
        let mut errors = errors.into_iter();
        let first = errors.next()?;
        Some(Self { others: errors.collect(), ..first })
    }

    /// The message with its place, in both languages; that of each further defect on a line of its own.
    pub fn text(&self) -> Text {
        let place = match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        };
        let mut text =
            Text::new(format!("{place}: {}", self.message.zh), format!("{place}: {}", self.message.en));
        for other in self.others.iter().map(Self::text) {
            text.zh += &format!("\n{}", other.zh);
            text.en += &format!("\n{}", other.en);
        }
        text
    }
}

impl Error {
    /// The message with its place, in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::Config(error) => error.text(),
            Self::Dictionary(error) => error.text(),
            Self::Other(text) => text.clone(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for Error {}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<DictionaryError> for Error {
    fn from(error: DictionaryError) -> Self {
        Self::Dictionary(error)
    }
}
