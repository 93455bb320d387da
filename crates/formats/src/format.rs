//! The formats that can be read: what they are called, and how the names of their files end. Everything that lists
//! formats asks here.

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown, also with front matter and HTML inside.
    Markdown,
    /// Plain text, usually with hard line breaks.
    PlainText,
    /// HTML, a whole page or a part of one.
    Html,
    /// Word (Office Open XML).
    Docx,
    /// Excel (Office Open XML); every cell a block.
    Xlsx,
    /// A table as text, fields separated by commas, semicolons or tabs; every field a block.
    Csv,
    /// OpenDocument text.
    Odt,
    /// PDF; only what can be extracted as text.
    Pdf,
    /// OFD (GB/T 33190).
    Ofd,
}

/// Endings of files that can be read once an office program has converted them: old Word, Excel and WPS.
pub const LEGACY_ENDINGS: [&str; 4] = ["doc", "xls", "wps", "et"];

/// The ending of a file name, without the dot; nothing if it has none.
pub fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Markdown,
        Self::PlainText,
        Self::Html,
        Self::Docx,
        Self::Xlsx,
        Self::Csv,
        Self::Odt,
        Self::Pdf,
        Self::Ofd,
    ];

    /// The name under which documents carry the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::PlainText => "text",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Odt => "odt",
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
        }
    }

    /// How the names of its files end, in small letters; the usual ending first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => &["md", "markdown", "mdx", "mdown", "mkd", "qmd", "rmd"],
            Self::PlainText => &["txt", "text"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Csv => &["csv", "tsv"],
            Self::Odt => &["odt"],
            Self::Pdf => &["pdf"],
            Self::Ofd => &["ofd"],
        }
    }

    /// The format called `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format whose files end so, if there is one.
    pub fn from_ending(ending: &str) -> Option<Self> {
        let is_its = |format: &Self| format.endings().iter().any(|one| ending.eq_ignore_ascii_case(one));
        Self::ALL.into_iter().find(is_its)
    }

    /// Whether a document's source is the text of its file, so that edits can be written back.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Markdown | Self::PlainText | Self::Html | Self::Csv)
    }

    /// The format of a text of which the file name is known.
    pub fn recognise(name: &str, text: &str) -> Self {
        crate::recognise::format(name, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings_lead_back_to_one_format_each() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            for ending in format.endings() {
                assert_eq!(Format::from_ending(&ending.to_uppercase()), Some(format));
                assert!(!LEGACY_ENDINGS.contains(ending));
            }
        }
        assert_eq!(Format::from_ending(ending("甲.tar.gz")), None);
        assert_eq!(ending("没有后缀"), "");
    }
}
