//! From the parts that a reader collected to the document: breaks of layout, title, day.

use zhengming_text::document::{Document, Metadata};

use crate::parts::Parts;
use crate::{Format, breaks, dates, spaced, titles};

impl Parts {
    /// The document of `source`; what its metadata do not say is looked for in the blocks.
    pub(crate) fn into_document(self, name: &str, format: Format, source: String) -> Document {
        let mut blocks = breaks::settle(&source, self.blocks);
        blocks.iter_mut().for_each(|block| spaced::close(&source, block));
        let mut document = Document::new(name, format.name(), source).with_blocks(blocks);
        self.annotations.into_iter().for_each(|annotation| document.annotate(annotation));
        self.notes.into_iter().for_each(|note| document.note(note));
        document.set_pages(self.pages);
        if matches!(format, Format::Pdf | Format::Ofd) {
            document.set_inferred();
        }
        let title = match (self.metadata.title, format) {
            (Some(title), Format::Html) => Some(titles::without_site(title, &document)),
            (title, _) => title.or_else(|| titles::find(&document)),
        };
        *document.metadata_mut() = Metadata { title, date: self.metadata.date };
        document.set_date_finder(dates::find);
        document
    }
}
