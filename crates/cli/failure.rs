//! Why the job could not be done, said in the user's language.

use std::io::{self, Write};

use zhengming::{DictionaryError, Lang, Text};

/// What ends a run with exit status 2.
#[derive(Debug)]
pub(crate) enum Failure {
    Dictionary(DictionaryError),
    Output(io::Error),
    Other(Text),
}

impl Failure {
    /// One line on standard error.
    pub(crate) fn print(&self, lang: Lang) {
        let text = match self {
            Self::Dictionary(error) => error.text(),
            Self::Output(error) => {
                Text::new(format!("无法写出结果：{error}"), format!("cannot write the output: {error}"))
            }
            Self::Other(text) => text.clone(),
        };
        print_error(&text, lang);
    }
}

/// One line on standard error, marked as an error. Nothing is left to do if that fails.
pub(crate) fn print_error(text: &Text, lang: Lang) {
    let mark = match lang {
        Lang::Zh => "错误：",
        Lang::En => "error: ",
    };
    let _ = writeln!(io::stderr(), "{mark}{}", text.get(lang));
}

impl From<DictionaryError> for Failure {
    fn from(error: DictionaryError) -> Self {
        Self::Dictionary(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Text> for Failure {
    fn from(text: Text) -> Self {
        Self::Other(text)
    }
}
