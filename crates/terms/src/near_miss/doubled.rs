//! A whole term with its first or last character written twice: 浙浙政钉, 系统重构构.

use zhengming_text::fold::is_han;

use super::{Change, Near};
use crate::lexicon::Lexicon;
use crate::termbase::ConceptId;

/// So many bytes beside a term show whether the character belongs to the word there.
const REACH: usize = 24;

/// The slip around the term at `start..end` of the folded `text`, if there is one.
pub(crate) fn find(
    lexicon: &Lexicon,
    text: &str,
    start: usize,
    end: usize,
    concept: ConceptId,
) -> Option<Near> {
    let near = |start, end, c: char| Some(Near { concept, start, end, change: Change::Added(c.to_string()) });
    let (first, last) = (text[start..end].chars().next()?, text[start..end].chars().next_back()?);
    if is_han(last) && text[end..].starts_with(last) {
        let rest = &text[end..zhengming_text::line_index::floor_boundary(text, end + REACH)];
        let length = rest.find(|c| !is_han(c)).unwrap_or(rest.len());
        // 平台｜台账: there the character begins a word.
        let is_alone = lexicon.cuts(&rest[..length]).get(1) == Some(&last.len_utf8());
        if is_alone && !text[end + last.len_utf8()..].starts_with(last) {
            return near(start, end + last.len_utf8(), last);
        }
    }
    if is_han(first) && text[..start].ends_with(first) {
        let from = zhengming_text::line_index::floor_boundary(text, start.saturating_sub(REACH));
        let before = &text[from..start];
        let chinese = before
            .rfind(|c| !is_han(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let before = &before[chinese..];
        // 江浙｜浙政钉: there it ends one.
        let cuts = lexicon.cuts(before);
        let is_alone = cuts.len() < 2 || cuts[cuts.len() - 2] == before.len() - first.len_utf8();
        if is_alone && !before[..before.len() - first.len_utf8()].ends_with(first) {
            return near(start - first.len_utf8(), end, first);
        }
    }
    None
}
