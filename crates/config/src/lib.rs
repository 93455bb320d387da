//! `zhengming.toml`: found by walking up from each file, read with errors that name file, line and value, and
//! resolved to what one document is checked with.
//!
//! ```
//! use zhengming_config::{Configurations, Source};
//!
//! # let folder = tempfile::tempdir()?;
//! # let file = folder.path().join("zhengming.toml");
//! # std::fs::write(&file, "[rules]\nnear-miss-term = { severity = \"info\", max-distance = 1 }\n")?;
//! let mut configurations = Configurations::new(Source::Discovered);
//! let settings = configurations.for_path(&folder.path().join("notice.md"))?;
//! let linter = configurations.linter(&settings)?;
//! assert_eq!(settings.files(), [file]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Equal configurations share one linter, and linters with the same dictionaries share the compiled terms. A
//! server asks [`Configurations::files_read`] which files to watch, and begins anew when one of them changes.
//!
//! A new key is one field of [`ConfigFile`], with its meaning in both languages as its comment, and one line in
//! `settings.rs`; the schema, the checks and their messages follow from the type.

mod command_line;
mod configurations;
mod defined;
mod dictionaries;
mod dump;
mod error;
mod file;
mod files_read;
pub mod gate;
mod pattern;
mod read;
mod schema;
mod settings;
mod trust;

pub use command_line::CommandLine;
pub use configurations::{Configurations, FILE_NAME, Source};
pub use dictionaries::{DictionarySource, load_dictionary};
pub use dump::dump;
pub use error::{ConfigError, Error};
pub use file::{ConfigFile, Language, Level, Override, RuleSetting, Terms, Threshold};
pub use files_read::Digest;
pub use schema::{known_names, schema};
pub use settings::{Origin, RuleConfig, Settings, Sourced};
