//! Writers of findings: for people, for scripts, for other tools.
//!
//! Findings go in file by file and text comes out; nothing here opens a file, asks the clock or looks at
//! a terminal. A new format is one module that implements `Writer` and one variant of [`OutputFormat`].
//!
//! ```
//! use zhengming_text::document::Document;
//! use zhengming_report::{FileReport, OutputFormat, Run, Style, write};
//!
//! let document = Document::new("a.md", "markdown", "浙政钉".to_owned());
//! let mut out = Vec::new();
//! let files = [FileReport::checked("a.md", &document, &[])];
//! let summary = write(OutputFormat::Pretty, Run::new("0.1.0"), &files, Style::default(), &mut out)?;
//! assert_eq!(String::from_utf8(out).unwrap(), "共检查 1 个文件，未发现问题\n");
//! assert_eq!(summary.errors, 0);
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod diff;
pub mod folder;

mod annotated;
mod checkstyle;
mod compared;
mod concise;
mod dictionaries;
mod edition_diff;
mod facts;
mod finding;
mod format;
mod generator;
mod github;
mod input;
mod json;
mod jsonl;
mod junit;
mod located;
mod lookup;
mod own;
mod path;
mod pretty;
mod printable;
mod rdjson;
mod replacement;
mod reporter;
mod rules;
mod sarif;
mod shown;
mod snippet;
mod statistics;
mod summary;
mod words;
mod wrap;
mod writer;
mod xml;

pub use annotated::{Commented, Comments, Verdict, annotated, annotated_as};
pub use compared::{compared, folder_rules, reduced, report_compared, summary_of_line};
pub use dictionaries::dictionaries_json;
pub use edition_diff::{EditionDiffFormat, edition_diff};
pub use facts::{facts_json, status_name};
pub use format::{OutputFormat, UnknownFormat};
pub use input::{Checked, DictionaryInfo, FileReport, Run, Style};
pub use lookup::{lookup_json, relation_name, standing};
pub use own::{REPORT_START, is_report};
pub use printable::Disarmed;
pub use reporter::{Reporter, write};
pub use rules::metas;
pub use shown::{Weighed, shown};
pub use statistics::write_statistics;
pub use summary::Summary;
pub use zhengming_text::places::StoredLen;
