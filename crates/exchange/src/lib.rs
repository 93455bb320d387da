//! Dictionaries from and to other forms.
//!
//! [`import`] reads what terminologists have: standards laid out by GB/T 1.1, definition sets, glossaries,
//! statutes; [`export`] and the readers beside it exchange dictionaries with other tools.

pub mod export;
pub mod import;
pub mod interchange;
pub mod merge;
mod wire;
