//! The vocabulary of the language, once: numerals, marks, brackets, item numbers and the cues with which texts define, rename,
//! abbreviate and list. Every reading asks here; `tests/architecture.rs` keeps second lists out.
//!
//! ```
//! use zhengming_text::zh::{mark, marker, numeral};
//!
//! assert_eq!(numeral::value("二十三"), Some(23));
//! assert_eq!(numeral::without_count("开通几十"), Some("开通"));
//! assert_eq!(marker::strip("（三）数据桥"), "数据桥");
//! assert_eq!(mark::bracket_at("（试行）的通知"), Some(("试行", "的通知")));
//! ```

pub mod cue;
pub mod mark;
pub mod marker;
pub mod numeral;
pub mod spoken;
