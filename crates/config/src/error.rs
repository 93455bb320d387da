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
    /// The message with its place, in both languages.
    pub fn text(&self) -> Text {
        let place = match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        };
        Text::new(format!("{place}: {}", self.message.zh), format!("{place}: {}", self.message.en))
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
