//! The lines of a paged document (PDF, OFD): read as plain text, with what the pages say of every line.

use zhengming_text::message::Text;
use zhengming_text::place::{Cell, Place};

use super::lines::{self, LineKind};
use crate::parts::Parts;

/// What the page says of a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageLine {
    /// The page, from 1.
    pub(crate) page: u32,
    pub(crate) role: LineRole,
}

/// What a line is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineRole {
    /// Text, or the empty line between two paragraphs.
    Text,
    /// The first line of a paragraph: the one before it ended short of the margin, or is set in another size.
    Begin,
    /// A running head, a page number.
    Furniture,
    /// A line in a cell of a table; those of one paragraph share its number.
    Cell { paragraph: u32, cell: Cell },
    /// A line of a comment or of a field of a form, which stand beside the page.
    Beside { paragraph: u32 },
}

impl PageLine {
    /// The place of a block that begins on this line and ends on the page `last`.
    pub(super) fn place(&self, last: u32) -> Place {
        let first = self.page;
        let mut words = if first == last {
            Text::new(format!("第{first}页"), format!("page {first}"))
        } else {
            Text::new(format!("第{first}—{last}页"), format!("pages {first}–{last}"))
        };
        let cell = match self.role {
            LineRole::Cell { cell, .. } => Some(cell),
            LineRole::Beside { .. } => {
                words.zh += " 批注";
                words.en += ", comment";
                None
            }
            LineRole::Text | LineRole::Begin | LineRole::Furniture => None,
        };
        if let Some(Cell { table, row, column }) = cell {
            words.zh += &format!(" 表{table} 第{row}行第{column}列");
            words.en += &format!(", table {table}, row {row}, column {column}");
        }
        Place { page: Some(first), cell, words, ..Place::default() }
    }
}

/// Reads `source`, of which `pages` describes every line.
pub(crate) fn read(source: &str, pages: &[PageLine], parts: &mut Parts) {
    let mut lines = lines::split(source, &[]);
    debug_assert_eq!(lines.len(), pages.len(), "every line is described");
    for (line, page) in lines.iter_mut().zip(pages) {
        line.kind = match (page.role, line.kind) {
            (_, LineKind::Blank) => LineKind::Blank,
            (LineRole::Furniture, _) => LineKind::Furniture,
            (LineRole::Cell { .. } | LineRole::Beside { .. }, _) => LineKind::Cell,
            // What looks like markup on a page is text.
            (_, LineKind::Markup | LineKind::Comment | LineKind::Code) => LineKind::Prose,
            (_, kind) => kind,
        };
    }
    super::read_lines(source, parts, Vec::new(), lines, pages);
}
