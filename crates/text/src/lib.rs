//! Text and documents of 正名, a terminology linter for official Chinese documents: spans and lines, blocks of
//! prose, folding, and what is known of the script.
//!
//! Like every crate below `zhengming`, it is pure: no file, no clock, no terminal, no global state.

pub mod confusion;
pub mod date;
pub mod diagnostic;
pub mod directive;
pub mod document;
pub mod fold;
pub mod leaving;
pub mod line_index;
pub mod message;
pub mod nearest;
pub mod place;
pub mod places;
pub mod point;
pub mod span;
pub mod zh;

pub use fold::signs;
