//! The language server of 正名: findings while one types, in any editor that speaks the Language Server Protocol.
//!
//! This is the only crate that knows the protocol. The main thread keeps the texts and answers requests; one
//! worker thread lints. Whatever is asked of a text waits until that very state of it was linted, so an answer
//! never mixes two states; while an author types faster than the worker lints, states in between are left out.

mod actions;
mod analysis;
mod buffers;
mod capabilities;
mod cards;
mod client;
mod commands;
mod completion;
mod definition;
mod diagnostics;
mod dispatch;
mod edits;
mod failure;
mod files;
mod hints;
mod hover;
mod inbox;
mod named;
mod pages;
mod position;
mod project;
mod references;
mod rename;
mod server;
mod settings;
mod state;
mod symbols;
mod tokens;
mod uri;
mod workspace;

use std::path::PathBuf;
use std::{fmt, io};

use lsp_server::Connection;
use zhengming::{Date, Lang};

/// What the program decides about a server.
#[derive(Debug, Clone)]
pub struct Options {
    /// The language of messages, unless the editor asks for another.
    pub lang: Lang,
    /// Today, for documents without a date.
    pub today: fn() -> Option<Date>,
    /// The folder for the pages of rules and terms that editors open; none are written without one.
    pub cache: Option<PathBuf>,
}

/// Why a server ended otherwise than by the editor's wish.
#[derive(Debug)]
pub enum ServeError {
    /// What the editor sent, or left out, breaks the protocol.
    Protocol(String),
    /// Standard input or output broke.
    Io(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Protocol(why) => f.write_str(why),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ServeError {}

/// Serves one editor on standard input and output until it says goodbye.
///
/// # Errors
/// If the connection breaks, or ends without the shutdown that the protocol asks for.
pub fn run(options: Options) -> Result<(), ServeError> {
    let (connection, threads) = Connection::stdio();
    let served = serve(connection, options);
    // The connection is gone, so that the writing thread ends. After a broken one the reading thread may wait
    // for ever, and the process ends anyway.
    match served {
        Ok(()) => threads.join().map_err(ServeError::Io),
        Err(error) => Err(error),
    }
}

/// Serves one editor on `connection` until it says goodbye.
///
/// # Errors
/// If the connection ends without the shutdown that the protocol asks for.
pub fn serve(connection: Connection, options: Options) -> Result<(), ServeError> {
    server::serve(connection, options)
}
