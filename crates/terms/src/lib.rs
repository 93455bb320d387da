//! Official terms: dictionaries, the terms of several of them together, and how their spellings are found in a text.

pub mod boundary;
pub mod dictionary;
pub mod diff;
pub mod lexicon;
pub mod matcher;
pub mod near_miss;
pub mod pinyin;
pub mod register;
pub mod termbase;
pub mod words;
