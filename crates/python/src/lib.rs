//! The native half of the Python package. What Python programs see is in `python/zhengming`, which turns the JSON
//! given here into typed values; nothing here is for them to call.

#![allow(missing_docs, reason = "the stubs in python/zhengming document what is here")]

mod dictionary;
mod error;
mod linter;

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command line and gives its exit status.
#[pyfunction]
fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| zhengming_cli::run(&arguments))
}

#[pymodule]
mod _zhengming {
    #[pymodule_export]
    use super::command;
    #[pymodule_export]
    use super::dictionary::{Dictionary, import_document, load_dictionary};
    #[pymodule_export]
    use super::error::{ConfigurationError, DictionaryError, DocumentError, ZhengmingError};
    #[pymodule_export]
    use super::linter::{Linter, reduce};

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
