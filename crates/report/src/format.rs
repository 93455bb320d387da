//! The list of output formats.

use std::fmt;
use std::str::FromStr;

use crate::checkstyle::Checkstyle;
use crate::concise::Concise;
use crate::github::Github;
use crate::input::Style;
use crate::json::Json;
use crate::jsonl::Jsonl;
use crate::junit::Junit;
use crate::pretty::Pretty;
use crate::rdjson::Rdjson;
use crate::sarif::Sarif;
use crate::writer::Writer;

/// A way to write findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputFormat {
    /// For people: each finding with the lines around it, and a summary.
    Pretty,
    /// One finding per line: `path:line:col: severity[rule] message；label`.
    Concise,
    /// One JSON document, schema version 1.
    Json,
    /// One JSON object per finding, each on a line of its own.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// Reviewdog Diagnostic Format.
    Rdjson,
    /// JUnit XML: one test suite per file.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
}

impl OutputFormat {
    /// All formats, in the order in which help lists them.
    pub const ALL: &[Self] = &[
        Self::Pretty,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Rdjson,
        Self::Junit,
        Self::Checkstyle,
    ];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Rdjson => "rdjson",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
        }
    }

    pub(crate) fn writer(self, style: Style) -> Box<dyn Writer> {
        match self {
            Self::Pretty => Box::new(Pretty::new(style)),
            Self::Concise => Box::new(Concise),
            Self::Json => Box::new(Json::default()),
            Self::Jsonl => Box::new(Jsonl),
            Self::Sarif => Box::new(Sarif::default()),
            Self::Github => Box::new(Github),
            Self::Rdjson => Box::new(Rdjson::default()),
            Self::Junit => Box::new(Junit),
            Self::Checkstyle => Box::new(Checkstyle),
        }
    }
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for OutputFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.name() == name)
            .ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

/// A name that no output format has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat {
    /// The name.
    pub name: String,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = OutputFormat::ALL.iter().map(|format| format.name()).collect();
        write!(f, "unknown output format `{}`, expected one of {}", self.name, known.join(", "))
    }
}

impl std::error::Error for UnknownFormat {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for &format in OutputFormat::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        let error = "xml".parse::<OutputFormat>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown output format `xml`, expected one of pretty, concise, json, jsonl, sarif, github, rdjson, \
             junit, checkstyle"
        );
    }
}
