//! The family consistency: what a document says of itself, held against what it does.

mod count_mismatch;
mod headings;
mod title_mismatch;

pub use count_mismatch::CountMismatch;
pub use title_mismatch::TitleMismatch;
