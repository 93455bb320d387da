//! Whether a line goes on with the paragraph before it.

use zhengming_text::fold;

use super::layout::Layout;
use super::lines::Line;
use super::marker::{self, Marker};
use crate::{dates, furniture, titles};
use zhengming_text::zh::mark;

/// What stands between two lines of text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Between {
    pub(super) blank: usize,
    pub(super) furniture: bool,
}

/// The last line of the paragraph so far.
pub(super) struct Previous<'s> {
    pub(super) line: &'s Line,
    pub(super) text: &'s str,
    /// The marker, if the line is also the first one.
    pub(super) marker: Option<Marker>,
    pub(super) is_list: bool,
    /// A clause number or a term: nothing goes on after it.
    pub(super) is_complete: bool,
}

pub(super) fn joins(
    previous: &Previous<'_>,
    line: &Line,
    text: &str,
    marker: Option<Marker>,
    between: Between,
    layout: Layout,
) -> bool {
    if previous.is_complete || marker.is_some() || is_heading(previous, layout) {
        return false;
    }
    // No line of a Chinese text begins with these, so it was broken in the wrong place.
    if between.blank <= 1
        && text
            .starts_with(['，', '、', '。', '；', '！', '？', '”', '’', '）', '》', '〉', '」', '』', '】'])
    {
        return true;
    }
    // 《中华人民⏎共和国网络安全法》: a title is closed on the line below.
    if between.blank <= MOST_BLANK && is_title_broken(previous.text, text) {
        return true;
    }
    if is_complete(previous.text) || stands_alone(previous.text) || stands_alone(text) {
        return false;
    }
    if is_entry(previous.text) && is_entry(text) {
        return false;
    }
    if previous.text.contains("关于") && titles::is_title(previous.text) && !ends_open(previous.text) {
        return false;
    }
    if line.indent >= previous.line.indent + 2 || line.indent >= 4 {
        return indented(previous, line, between);
    }
    let filled = layout.filled(previous.line);
    let open = ends_open(previous.text);
    // A line far beyond the margin was not broken there, so its end is its own.
    if filled.is_some_and(|filled| filled > 150) && !open || is_address(previous.text) {
        return false;
    }
    if between.furniture {
        return open || filled.map_or(previous.line.width >= 40, |filled| filled >= 85);
    }
    match (between.blank, filled) {
        (0, Some(filled)) => open || filled >= 60,
        (0, None) => open || layout == Layout::Unknown,
        // A full line without an end is a paragraph that was torn apart; in double-spaced text all are.
        (1, Some(filled)) => filled >= 90 || layout.is_double_spaced() && (open || filled >= 85),
        // The end of a page without a number on it.
        (2..=4, Some(filled)) => filled >= 90,
        _ => false,
    }
}

/// Most blank lines over which a title goes on: the foot of one page and the head of the next.
const MOST_BLANK: usize = 4;
/// Longest piece of a title on either line, in characters.
const LONGEST_PIECE: usize = 45;

/// Whether the first line opens a title that the second one closes.
fn is_title_broken(above: &str, below: &str) -> bool {
    let opened = above.rfind('《').map(|at| &above[at + '《'.len_utf8()..]);
    let closed = below.find('》').map(|at| &below[..at]);
    let is_piece = |piece: &str| piece.chars().count() <= LONGEST_PIECE && !piece.contains(mark::STOPS);
    opened.is_some_and(|piece| !piece.contains('》') && is_piece(piece))
        && closed.is_some_and(|piece| !piece.contains('《') && is_piece(piece))
}

/// Whether a line ends as sentences and introductions of lists end.
pub(crate) fn is_complete(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '」', '』', '）', '》', ')', '"', '】', ']', '］']);
    match text.chars().next_back() {
        Some('。' | '；' | '：' | '！' | '？' | '…' | ';' | ':' | '!' | '?' | '｡') => true,
        // After a digit it may be the point of a number.
        Some('.') => !text.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// Whether a line ends where no sentence can end.
fn ends_open(text: &str) -> bool {
    text.ends_with([
        '，', '、', '（', '《', '“', '〈', '【', '(', ',', '﹑', '﹐', '-', '和', '与', '及', '或', '的',
    ])
}

/// A line that is a paragraph of its own: a date, a signature with its date, the number of a document.
fn stands_alone(text: &str) -> bool {
    dates::is_date(text) || dates::is_signature(text) || dates::is_issue(text) || is_document_number(text)
}

/// 云数发〔2024〕17号.
fn is_document_number(text: &str) -> bool {
    if text.len() > 120 || !text.ends_with('号') {
        return false;
    }
    let key = fold::key(text);
    let Some((issuer, number)) = key.split_once(mark::OPEN_BRACKETS) else {
        return false;
    };
    let issuer = issuer.chars().count();
    (1..=16).contains(&issuer)
        && number.trim_start().starts_with(|c: char| c.is_ascii_digit())
        && number.contains(mark::CLOSE_BRACKETS)
}

/// A heading is over at the end of its line, if the line was not broken at the margin.
fn is_heading(previous: &Previous<'_>, layout: Layout) -> bool {
    let numbered = matches!(
        previous.marker,
        Some(
            Marker::Chapter(_)
                | Marker::Clause { .. }
                | Marker::Integer(_)
                | Marker::HanNumber
                | Marker::HanParenthesis
                | Marker::Section
                | Marker::Annex
                | Marker::Caption
        )
    );
    let at_margin = layout.filled(previous.line).is_some_and(|filled| filled >= 85);
    numbered && !at_margin && marker::is_headline(previous.text)
}

/// A line with a web address in it is a reference and no part of a wrapped sentence.
fn is_address(text: &str) -> bool {
    text.contains("://") && text.split_whitespace().count() <= 3
}

/// An entry of a list of standards.
fn is_entry(text: &str) -> bool {
    furniture::standard_number(text).is_some()
}

/// An indented line begins a paragraph, unless it hangs below a list item or is the rest of a centred title.
fn indented(previous: &Previous<'_>, line: &Line, between: Between) -> bool {
    if between.blank > 0 || between.furniture {
        return false;
    }
    let hangs = previous.is_list && (2..=8).contains(&line.indent.saturating_sub(previous.line.indent))
        || previous.is_list && line.indent == previous.line.indent && previous.marker.is_none();
    let centred = previous.line.indent >= super::CENTRED && line.indent >= super::CENTRED;
    hangs || (centred && titles::is_unfinished_title(previous.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_sentences_are_told_from_points_and_quotes() {
        for text in ["应当及时。", "包括：", "“应当及时。”", "所列要求；", "norms."] {
            assert!(is_complete(text), "{text}");
        }
        for text in ["按照GB/T 1.", "实现“一件事”", "数据，", "（局）", "有效期为 2"] {
            assert!(!is_complete(text), "{text}");
        }
    }

    #[test]
    fn a_title_over_two_lines_is_told_from_two_titles() {
        assert!(is_title_broken("根据《中华人民", "共和国网络安全法》、"));
        assert!(!is_title_broken("根据《中华人民共和国网络安全法》", "、《条例》等规定"));
        assert!(!is_title_broken("按照《办法执行。", "其他见《条例》"));
    }

    #[test]
    fn numbers_of_documents_are_recognised() {
        for text in ["云数发〔2024〕17号", "黑 政 办 规 〔 2025〕 1 号", "烟数〔2025〕4 号"]
        {
            assert!(is_document_number(text), "{text}");
        }
        assert!(!is_document_number("根据《方案》（云改办〔2022〕6号"));
        assert!(!is_document_number("3号"));
    }
}
