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
//! … mend what can be mended without asking?
//!
//! ```
//! use zhengming::{Applicability, Document, Linter, apply_fixes};
//!
//! let linter = Linter::builder().build()?;
//! let text = "会议通知统一通过浙政盯发送。";
//! let found = linter.lint(&Document::markdown(text));
//! let safe = found.iter().flat_map(|one| &one.fixes).filter(|fix| fix.applicability == Applicability::Safe);
//! assert_eq!(apply_fixes(text, safe).0, "会议通知统一通过浙政钉发送。");
//! # Ok::<(), zhengming::DictionaryError>(())
//! ```
//!
//! … tell people where it stands?
//!
//! ```
//! use zhengming::{Document, Linter};
//!
//! let linter = Linter::builder().build()?;
//! let document = Document::markdown("# 题\r\n\r\n😀通过浙政盯发送。");
//! let found = linter.lint(&document);
//! let inner = document.inner();
//! let place = inner.lines().position(inner.source(), found[0].span.start);
//! assert_eq!((place.line, place.column, place.utf16), (3, 4, 5));
//! # Ok::<(), zhengming::DictionaryError>(())
//! ```
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
//!
//! Without them Markdown, HTML, plain text and CSV are left, and nothing heavy. Nothing in this crate draws, reads
//! files or needs a C compiler: reports for the terminal (and miette with them) are in `zhengming-report`, and the
//! segmenter has a word list of its own in place of jieba at run time. It is meant to build for
//! `wasm32-unknown-unknown`, which `.ci/run` checks where that target is installed.
//!
//! # Versions
//!
//! The crate follows semantic versioning; before 1.0 the second number counts as the first. Part of the promise
//! are the items at the root of this crate and what their methods give. The modules under [`core`] and
//! [`formats`] are open for those who write rules and readers, and may change in any minor version. Findings
//! are no API: a rule that learns to see more, or a new edition of a dictionary, comes with a minor version and a
//! line in the changelog. The MSRV may rise with a minor version.

mod document;
mod linter;
mod session;

pub use document::Document;
pub use linter::{Builder, Linter};
pub use session::{Changes, Checked, Session};
pub use zhengming_formats as formats;
pub use zhengming_formats::{Format, ReadError};
pub use zhengming_lint as lint;
pub use zhengming_lint::linter::{Findings, Options};
pub use zhengming_lint::suppression::Suppressed;
pub use zhengming_reading as reading;
pub use zhengming_rules::{RULES, builtin_background, builtin_dictionaries, builtin_pinyin};
pub use zhengming_terms as terms;
pub use zhengming_terms::dictionary::{Dictionary, DictionaryError};
pub use zhengming_text as text;
pub use zhengming_text::date::Date;
pub use zhengming_text::diagnostic::{
    Applicability, ConceptRef, Diagnostic, Edit, Fix, Related, Severity, apply_fixes,
};
pub use zhengming_text::message::{Lang, Text};
pub use zhengming_text::span::{Span, TextRange};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_embedders_share_can_be_shared_between_threads() {
        fn assert_shared<T: Send + Sync>() {}
        assert_shared::<Linter>();
        assert_shared::<Document>();
        assert_shared::<Dictionary>();
        assert_shared::<Diagnostic>();
        assert_shared::<Session>();
        assert_shared::<Checked>();
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
