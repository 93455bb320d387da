//! What a PDF says beside its pages: comments, and fields of forms that are filled in but not drawn.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;

use super::strings::decoded;

/// Texts of one page; a file that has more comments than this is no document.
const MAX_TEXTS: usize = 10_000;

/// Fields may hang below others, which hold their value.
const MAX_DEPTH: usize = 8;

/// The texts beside a page that its drawing does not show.
pub(super) fn texts(page: &Page<'_>) -> Vec<String> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return Vec::new() };
    let all = annotations.iter::<Dict<'_>>().take(MAX_TEXTS);
    let found = all.filter_map(|one| text(&one)).map(|text| text.replace("\r\n", "\n").replace('\r', "\n"));
    found.filter(|text| !text.trim().is_empty()).collect()
}

fn text(annotation: &Dict<'_>) -> Option<String> {
    let kind = annotation.get::<Name<'_>>(b"Subtype")?;
    let is_drawn = annotation.contains_key(b"AP");
    match kind.as_str() {
        // What stands in them is drawn, or is that of the comment that they show.
        "Link" | "Popup" => None,
        "FreeText" | "Stamp" | "Watermark" if is_drawn => None,
        "Widget" => (!is_drawn).then(|| value(annotation, 0)).flatten(),
        _ => annotation.get::<PdfString<'_>>(b"Contents").map(|text| decoded(text.as_bytes())),
    }
}

/// The value of a field, its own or that of the field above it.
fn value(field: &Dict<'_>, depth: usize) -> Option<String> {
    let own = field.get::<PdfString<'_>>(b"V").map(|text| decoded(text.as_bytes()));
    own.or_else(|| {
        let above = field.get::<Dict<'_>>(b"Parent").filter(|_| depth < MAX_DEPTH)?;
        value(&above, depth + 1)
    })
}
