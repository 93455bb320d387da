//! 正名: a terminology linter for official Chinese documents, to embed.
//!
//! ```
//! use zhengming::{Document, Linter};
//!
//! let linter = Linter::builder().build()?;
//! let found = linter.lint(&Document::markdown("会议通知统一通过浙政盯发送。"));
//! assert_eq!(found[0].label.zh, "应为“浙政钉”");
//! # Ok::<(), zhengming::DictionaryError>(())
//! ```
//!
//! A [`Linter`] is made once and shared: it is `Send + Sync`, [`Linter::lint`] cannot fail and gives
//! the same answer on any thread. A [`Session`] follows a document while it is edited. The library reads no
//! file, clock or environment, and keeps nothing global but the read-only data that is compiled in.
//!
//! # How do I …
//!
//! … use my own terms?
//!
//! ```
//! use zhengming::{Dictionary, Document, Linter};
//!
//! let house = Dictionary::from_table("本单位.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n")?;
//! let linter = Linter::builder().dictionary(house).build()?;
//! assert_eq!(linter.lint(&Document::markdown("接入溪事快办。")).len(), 1);
//! # Ok::<(), zhengming::DictionaryError>(())
//! ```
//!
//! … mend what can be mended without asking? [`apply_fixes`]. … tell people where it stands? [`Finding::start`] counts
//! lines, characters, UTF-16 units and bytes. … put it into a table or send it on? A [`Finding`] is plain data and
//! serialises.
//!
//! … follow an editor? [`Session`]. Many files at once? The linter is shared by reference:
//! `examples/batch.rs`.
//!
//! # Features
//!
//! | feature | adds | default |
//! |---|---|---|
//! | `office` | DOCX, XLSX, ODT and OFD | yes |
//! | `pdf` | the text of PDF | yes |
//! | `words` | words in use, five megabytes: jargon is found, and fewer look-alikes are | yes |
//!
//! Without them Markdown, HTML, plain text and CSV are left, and nothing heavy. Nothing in this crate draws, reads
//! files or needs a C compiler: reports for the terminal (and miette with them) are in `zhengming-report`, and the
//! segmenter has a word list of its own in place of jieba at run time. It is meant to build for
//! `wasm32-unknown-unknown`, which `.ci/run` checks where that target is installed.
//!
//! # Versions
//!
//! The crate follows semantic versioning; before 1.0 the second number counts as the first. The promise is what stands
//! on this page and what the methods give; `crates/zhengming/public-items.txt` lists it, and a test compares. Rules and
//! readers of your own are written against the crates below (`zhengming-text`, `-terms`, `-reading`, `-lint`, `-formats`),
//! which may change in any minor version. Findings are no API: a rule that learns to see more, or a new edition of a
//! dictionary, comes with a minor version and a line in the changelog. The MSRV may rise with a minor version.

mod document;
mod finding;
mod fixed;
mod linter;
mod lookup;
mod session;

pub use document::Document;
pub use finding::{Edit, Finding, Fix, Location, Related, apply_fixes};
pub use linter::{Builder, Linter};
pub use lookup::KnownTerm;
pub use session::{Changes, Session};
/// ```
/// use zhengming::Format;
///
/// assert_eq!(Format::recognise("通知", "<!doctype html><p>通知</p>"), Format::Html);
/// assert!(Format::Html.is_text());
/// assert_eq!(Format::from_name("docx").map(Format::name), Some("docx"));
/// ```
pub use zhengming_formats::Format;
/// ```
/// use zhengming::{Document, ReadError};
///
/// let error = Document::read("a.bin", &[0; 64]).unwrap_err();
/// assert_eq!(error, ReadError::Binary);
/// assert_eq!(error.text().zh, "文件不是文本");
/// ```
pub use zhengming_formats::ReadError;
/// ```
/// use zhengming::{Document, Linter, Options, Severity};
///
/// let options = Options {
///     severities: [("nonstandard-variant".to_owned(), Some(Severity::Error))].into(),
///     ignore: vec!["jargon".to_owned()],
///     ..Options::default()
/// };
/// let linter = Linter::builder().options(options).build()?;
/// assert_eq!(linter.lint(&Document::markdown("通过浙政盯发送。"))[0].severity, Severity::Error);
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
pub use zhengming_lint::linter::Options;
/// ```
/// use zhengming::{Lang, Linter};
///
/// let linter = Linter::builder().build()?;
/// for rule in linter.rules() {
///     println!("{} ({}): {}", rule.id, rule.family, rule.summary(Lang::Zh));
/// }
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
pub use zhengming_lint::rule::RuleMeta;
/// ```
/// let ids: Vec<String> = zhengming::builtin_dictionaries().iter().map(|one| one.header().id.clone()).collect();
/// assert!(ids.iter().any(|id| id == "db33t-2350-2021"));
/// ```
pub use zhengming_rules::builtin_dictionaries;
/// ```
/// use zhengming::Dictionary;
///
/// let text = "[dictionary]\nid = \"house\"\ntitle = \"本单位用语\"\n[[concept]]\nterm = \"溪事速办\"\n";
/// let dictionary = Dictionary::from_toml("house.toml", text)?;
/// assert_eq!((dictionary.header().title.as_str(), dictionary.concept_count()), ("本单位用语", 1));
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
pub use zhengming_terms::dictionary::Dictionary;
/// ```
/// use zhengming::Dictionary;
///
/// let error = Dictionary::from_toml("house.toml", "[dictionary]\nid = 1\n").unwrap_err();
/// assert_eq!((error.file.as_str(), error.line), ("house.toml", 2));
/// ```
pub use zhengming_terms::dictionary::DictionaryError;
/// ```
/// use zhengming::Date;
///
/// let day: Date = "2021-07-05".parse()?;
/// assert_eq!(day.in_chinese(), "2021年7月5日");
/// assert!(day < Date::new(2022, 1, 1).unwrap());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use zhengming_text::date::Date;
/// ```
/// use zhengming::{Document, Lang, Linter};
///
/// let linter = Linter::builder().build()?;
/// let help = &linter.lint(&Document::markdown("会议通知统一通过浙政盯发送。"))[0].help;
/// assert!(help.basis.as_ref().unwrap().zh.contains("DB33/T 2350—2021"));
/// assert!(help.whole(Lang::Zh).unwrap().starts_with(&help.for_author(Lang::Zh).unwrap()));
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
pub use zhengming_text::diagnostic::Help;
/// ```
/// use zhengming::{Applicability, Severity};
///
/// assert!(Severity::Info < Severity::Error);
/// assert_eq!(Severity::Warning.name(), "warning");
/// assert_eq!(serde_json::to_string(&Applicability::Safe)?, "\"safe\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub use zhengming_text::diagnostic::{Applicability, ConceptRef, Severity};
/// ```
/// use zhengming::{Lang, Text};
///
/// let text = Text::new("应为“浙政钉”", "the standard term is `浙政钉`");
/// assert_eq!(text.get(Lang::Zh), "应为“浙政钉”");
/// ```
pub use zhengming_text::message::{Lang, Text};
/// ```
/// use zhengming::{Document, Linter};
///
/// let linter = Linter::builder().build()?;
/// let table = Document::read("表.csv", "名称,用途\n会议,通过浙政盯发送\n".as_bytes())?;
/// let location = linter.lint(&table)[0].location.clone().expect("a cell");
/// assert_eq!(location.table.map(|cell| (cell.row, cell.column)), Some((2, 2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use zhengming_text::place::Cell;
/// ```
/// use zhengming::{Document, Linter};
///
/// let linter = Linter::builder().build()?;
/// let start = linter.lint(&Document::markdown("😀浙政盯"))[0].start;
/// assert_eq!((start.byte, start.char, start.utf16, start.column, start.line), (4, 1, 3, 2, 1));
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
pub use zhengming_text::point::Point;

/// What the other crates of this workspace need, and nobody else: it may change in any version.
#[doc(hidden)]
pub mod internal {
    pub use crate::finding::{Bytes, NamedPoint, findings};
    pub use crate::fixed::{Fixed, fix, fix_once, stored_bytes};
    pub use crate::session::Checked;
    pub use zhengming_rules::registry::rule_name;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_embedders_share_can_be_shared_between_threads() {
        fn assert_shared<T: Send + Sync>() {}
        assert_shared::<Linter>();
        assert_shared::<Document>();
        assert_shared::<Dictionary>();
        assert_shared::<Finding>();
        assert_shared::<Session>();
        assert_shared::<internal::Checked>();
    }

    #[test]
    fn a_dictionary_of_ones_own_stands_alone() {
        let text = "[dictionary]\nid = \"house\"\ntitle = \"本单位\"\n[[concept]]\nterm = \"主节点\"\n\
                    variants = [{ surface = \"主结点\", kind = \"homophone\", fix = \"safe\" }]";
        let dictionary = Dictionary::from_toml("house.toml", text).unwrap();
        let linter = Linter::builder().builtin(false).dictionary(dictionary).build().unwrap();
        let found = linter.lint(&Document::plain_text("主结点与浙政盯"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].concept.as_ref().unwrap().preferred, "主节点");
    }
}
