//! The rules of 正名 and the official dictionaries that it carries.
//!
//! A rule is a file `FAMILY/NAME.rs` beside its pages `NAME.md` (Chinese) and `NAME.en.md` (English);
//! [`RULES`] is the one list of them. The examples on the Chinese page are executed by the tests.

mod advice;
mod builtin;
pub mod consistency;
pub mod definition;
pub mod dictionary;
pub mod edition;
pub mod folder;
pub mod jargon;
pub mod options;
mod region;
pub mod registry;
pub mod suppression;
#[cfg(test)]
#[path = "../templates/new_rule.rs"]
#[allow(unreachable_pub, reason = "it is public where `cargo xtask new-rule` writes it")]
mod template;
#[cfg(test)]
mod testing;
pub mod variant;

#[cfg(not(feature = "words"))]
pub use builtin::give_words;
pub use builtin::{
    BUILTIN_FILES, Compiled, WORD_FILES, builtin_background, builtin_dictionaries, builtin_lexicon,
    builtin_pinyin, builtin_register, has_words, looked_up_register,
};
pub use registry::{RULES, Registration};
