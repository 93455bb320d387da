//! The text of PDF files: lines, columns and tables are put together from the places of the glyphs.

use crate::ReadError;
use crate::parts::Parts;

#[cfg(feature = "pdf")]
mod annotations;
#[cfg(feature = "pdf")]
pub mod engine;
#[cfg(feature = "pdf")]
mod glyphs;
#[cfg(feature = "pdf")]
mod limits;
#[cfg(feature = "pdf")]
mod strings;
#[cfg(feature = "pdf")]
mod work;

#[cfg(feature = "pdf")]
pub(crate) fn read(bytes: &[u8], parts: &mut Parts) -> Result<String, ReadError> {
    let engine::Pages(pages) = engine::ask(bytes).map_err(ReadError::Unreadable)?;
    crate::page::read("PDF", pages, parts)
}

#[cfg(not(feature = "pdf"))]
pub(crate) fn read(_bytes: &[u8], _parts: &mut Parts) -> Result<String, ReadError> {
    Err(ReadError::Unreadable(zhengming_text::message::Text::new(
        "此程序编译时未包含 PDF 的读取功能（特性 pdf）",
        "this program was built without the reader of PDF (feature `pdf`)",
    )))
}

#[cfg(all(test, feature = "pdf"))]
mod tests;
