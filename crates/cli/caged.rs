//! Where the program and the processes that it starts of itself begin.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cage;

/// From now on engines run in processes of their own. Only the program itself may ask for that: in the process of
/// another one, such as Python, starting “itself” would start that.
pub fn close() {
    cage::close();
    #[cfg(feature = "pdf")]
    zhengming_formats::pdf_engine::set(crate::engine::ask);
}

/// What a process inside a cage does in place of the program's work; nothing if this is none.
pub fn inside(arguments: &[OsString]) -> Option<ExitCode> {
    match arguments.get(1)?.to_str()? {
        #[cfg(feature = "pdf")]
        cage::READ_PDF => {
            cage::limit(Some(cage::MEMORY_OF_PDF), None);
            Some(crate::engine::serve())
        }
        cage::RUN => Some(cage::become_office(&arguments[2..])),
        _ => None,
    }
}
