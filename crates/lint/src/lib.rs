//! Rules over documents and folders, what they find, and the comments that silence them.

mod allowed;
pub mod finding;
pub mod folder;
pub mod linter;
mod meta;
pub mod rule;
pub mod suppression;
