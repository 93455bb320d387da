//! The suppression family: comments that should switch rules off, and do not.

mod removal;
mod unused_suppression;

pub use unused_suppression::UnusedSuppression;
