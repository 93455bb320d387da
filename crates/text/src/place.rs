//! Where a person finds a block in a document that is no text file.

use serde::{Deserialize, Serialize};

use crate::message::Text;

/// The place of a block in a container such as DOCX, XLSX, PDF or OFD, where line and column mean nothing
/// to a reader. All numbers count from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The part of the container, e.g. `word/document.xml`, or the name of a sheet.
    pub part: Option<String>,
    /// The paragraph within the part.
    pub paragraph: Option<u32>,
    /// The cell, if the block stands in a table.
    pub cell: Option<Cell>,
    /// The page.
    pub page: Option<u32>,
    /// The place in words that a person can follow, e.g. `第三章 一、（二） 第2段`, `术语表!B12`, `第5页`.
    pub words: Text,
}

impl Place {
    /// Whether it is in a text file after all, of which lines and columns can be told: a cell of CSV. A place in
    /// a container names its part or its page.
    pub fn is_in_text(&self) -> bool {
        self.part.is_none() && self.page.is_none()
    }
}

/// A cell of a table. All numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The table within the part.
    pub table: u32,
    /// The row within the table.
    pub row: u32,
    /// The column within the row.
    pub column: u32,
}
