//! Why the job could not be done, said in the user's language.

use std::io::{self, Write};

use zhengming::{DictionaryError, Lang, Text};
use zhengming_report::Summary;
use zhengming_text::leaving::Leaving;
use zhengming_text::message::io_reason_zh;

/// What ends a run with exit status 2.
#[derive(Debug)]
pub(crate) enum Failure {
    Dictionary(DictionaryError),
    Output(io::Error),
    Other(Text),
}

impl Failure {
    /// One line on standard error.
    pub(crate) fn print(self, lang: Lang) {
        print_error(&self.into_text(), lang);
    }

    /// What is to be said of it.
    pub(crate) fn into_text(self) -> Text {
        match self {
            Self::Dictionary(error) => error.text(),
            Self::Output(error) => io("无法写出结果", "cannot write the output", &error),
            Self::Other(text) => text,
        }
    }
}

/// One line on standard error, marked as an error. Nothing is left to do if that fails.
pub(crate) fn print_error(text: &Text, lang: Lang) {
    let mark = match lang {
        Lang::Zh => "错误：",
        Lang::En => "error: ",
    };
    let _ = writeln!(io::stderr(), "{mark}{}", Leaving(text.get(lang)).shown());
}

/// One line on standard error that is no error.
pub(crate) fn print_note(text: &Text, lang: Lang) {
    let _ = writeln!(io::stderr(), "{}", Leaving(text.get(lang)).shown());
}

/// The counts at the end of a report whose format has no place for them. Of nothing there is nothing to count, as in a
/// hook that has nothing to do.
pub(crate) fn print_totals(summary: &Summary, lang: Lang) {
    if summary.files + summary.folders == 0 {
        return;
    }
    let _ = writeln!(io::stderr(), "{}", summary.line(lang));
}

/// The message with the name of what it is about.
pub(crate) fn named(name: &str, text: &Text) -> Text {
    Text::new(format!("{name}: {}", text.zh), format!("{name}: {}", text.en))
}

/// What the system said, in words of our own where they are usual.
pub(crate) fn io(zh: &str, en: &str, error: &io::Error) -> Text {
    Text::new(format!("{zh}：{}", io_reason_zh(error)), format!("{en}: {error}"))
}

impl From<DictionaryError> for Failure {
    fn from(error: DictionaryError) -> Self {
        Self::Dictionary(error)
    }
}

impl From<zhengming_config::Error> for Failure {
    fn from(error: zhengming_config::Error) -> Self {
        match error {
            zhengming_config::Error::Dictionary(error) => Self::Dictionary(error),
            error => Self::Other(error.text()),
        }
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
