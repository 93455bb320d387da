//! A position in a file as reports tell it.

use serde::{Deserialize, Serialize};

/// A position in a file, in the units of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "[usize; 5]", into = "[usize; 5]")]
pub struct Point {
    /// Bytes of the decoded text before it.
    pub byte: usize,
    /// Unicode scalar values before it.
    pub char: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in scalar values, from 1.
    pub column: usize,
    /// Column in UTF-16 code units, from 1.
    pub utf16: usize,
}

impl From<[usize; 5]> for Point {
    fn from([byte, char, line, column, utf16]: [usize; 5]) -> Self {
        Self { byte, char, line, column, utf16 }
    }
}

impl From<Point> for [usize; 5] {
    fn from(point: Point) -> Self {
        [point.byte, point.char, point.line, point.column, point.utf16]
    }
}
