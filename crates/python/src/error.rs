//! What can be wrong, as Python exceptions that carry file and line.

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::{PyTypeInfo, create_exception};
use zhengming::{Lang, Text};
use zhengming_config::Error;

create_exception!(zhengming, ZhengmingError, PyException);
create_exception!(zhengming, ConfigurationError, ZhengmingError);
create_exception!(zhengming, DictionaryError, ZhengmingError);
create_exception!(zhengming, DocumentError, ZhengmingError);

/// The exception `T` about `file` and `line`, with the message in `lang` as its text and in both languages as data.
pub(crate) fn raise<T: PyTypeInfo>(
    lang: Lang,
    file: Option<&str>,
    line: Option<usize>,
    text: &Text,
) -> PyErr {
    let error = PyErr::new::<T, _>((text.get(lang).to_owned(),));
    Python::attach(|py| {
        let value = error.value(py);
        let set = || -> PyResult<()> {
            value.setattr("file", file)?;
            value.setattr("line", line)?;
            value.setattr("message_zh", &text.zh)?;
            value.setattr("message_en", &text.en)
        };
        set().err().unwrap_or_else(|| error.clone_ref(py))
    })
}

/// What a configuration or a dictionary that it names lacks.
pub(crate) fn configuration(lang: Lang, error: &Error) -> PyErr {
    match error {
        Error::Config(one) => raise::<ConfigurationError>(lang, Some(&one.file), one.line, &error.text()),
        Error::Dictionary(one) => dictionary(lang, one),
        Error::Other(text) => raise::<ConfigurationError>(lang, None, None, text),
    }
}

/// A defect of a dictionary.
pub(crate) fn dictionary(lang: Lang, error: &zhengming::DictionaryError) -> PyErr {
    let line = Some(error.line).filter(|&line| line > 0);
    raise::<DictionaryError>(lang, Some(&error.file), line, &error.text())
}
