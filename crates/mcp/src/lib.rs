//! The linter as tools of an assistant: a server of the Model Context Protocol on standard input and output. The only
//! place that knows that protocol; it is spoken by `rmcp`, the official SDK.
//!
//! Every tool only reads. Files are read inside the folders that were named at start and nowhere else
//! ([`Folders`]); texts, files, answers and times have limits ([`limits`]), so that a call can neither exhaust the
//! machine nor fill the memory of an assistant.

mod folders;
pub mod limits;
mod server;
mod shown;
mod tools;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use zhengming::{Date, Lang, Linter};
use zhengming_terms::register::Register;

pub use folders::{Folders, Refused};

/// What the server works with. Configuration and dictionaries are those of its start: no document that is checked
/// can change them.
#[derive(Debug)]
pub struct Desk {
    /// What checks documents and knows terms.
    pub linter: Arc<Linter>,
    /// What knows standards and their editions.
    pub register: Arc<Register>,
    /// Where files may be read.
    pub folders: Folders,
    /// The language of messages.
    pub lang: Lang,
    /// Today, asked at each call: a server may run for weeks.
    pub today: fn() -> Option<Date>,
}

impl Desk {
    /// The folders in which files may be read, as absolute paths without links.
    pub fn roots(&self) -> &[PathBuf] {
        self.folders.roots()
    }
}

/// Serves until standard input ends.
///
/// # Errors
/// If the other side does not speak the protocol, or a stream breaks.
pub fn serve(desk: Desk) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let served = runtime.block_on(server::serve(Arc::new(desk)));
    // A call that went over its time may still be at work; it only reads.
    runtime.shutdown_background();
    served
}
