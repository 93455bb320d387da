//! An editor of our own speaks to the language server: every request, in every unit of columns.

#![allow(clippy::print_stderr, reason = "measurements and skipped tests are told")]

#[path = "lsp/client.rs"]
mod client;
#[path = "lsp/text.rs"]
mod text;

#[path = "lsp/actions.rs"]
mod actions;
#[path = "lsp/configuration.rs"]
mod configuration;
#[path = "lsp/diagnostics.rs"]
mod diagnostics;
#[path = "lsp/measure.rs"]
mod measure;
#[path = "lsp/protocol.rs"]
mod protocol;
#[path = "lsp/reading.rs"]
mod reading;
#[path = "lsp/writing.rs"]
mod writing;
