//! What the command line says of a run.

use zhengming::{Date, Lang, Severity};

use crate::dictionaries::DictionarySource;

/// What the command line says; it beats every file.
#[derive(Debug, Clone, Default)]
pub struct CommandLine {
    /// Dictionaries over those of the configuration.
    pub dictionaries: Vec<DictionarySource>,
    /// No built-in dictionary.
    pub no_builtin: bool,
    /// The only rules or families to run.
    pub select: Vec<String>,
    /// Rules and families to leave out as well.
    pub ignore: Vec<String>,
    /// Findings below this severity are dropped.
    pub min_severity: Option<Severity>,
    /// Findings from this severity on make a run fail.
    pub fail_on: Option<Severity>,
    /// The day the dictionaries are read for.
    pub as_of: Option<Date>,
    /// The language of messages.
    pub lang: Option<Lang>,
    /// Every place a finding of its own.
    pub all: bool,
}
