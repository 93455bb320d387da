//! The parts of an entry after its names: definition, notes, examples, source.

use super::characters;
use super::{designation, standard};
use zhengming_text::zh::mark;

/// What follows the names of an entry.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) domain: Option<String>,
    pub(super) definition: String,
    pub(super) notes: Vec<String>,
    pub(super) examples: Vec<String>,
    pub(super) source: Option<String>,
    /// Lines after the source that belong to nothing.
    pub(super) left: Vec<(usize, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Definition,
    Note,
    Example,
    Source,
    Closed,
}

/// Reads the lines, each with its number in the text.
pub(super) fn read<'t>(lines: impl IntoIterator<Item = (usize, &'t str)>) -> Parts {
    let mut parts = Parts::default();
    let mut source = String::new();
    let mut open = Open::Definition;
    for (number, line) in lines {
        for piece in pieces(line) {
            if let Some(note) = note(piece) {
                parts.notes.push(String::new());
                open = Open::Note;
                append(&mut parts, &mut source, open, note, number);
            } else if let Some(example) = example(piece) {
                parts.examples.push(String::new());
                open = Open::Example;
                append(&mut parts, &mut source, open, example, number);
            } else if parts.source.is_none() && source.is_empty() && is_source(piece) {
                open = Open::Source;
                append(&mut parts, &mut source, open, piece, number);
            } else {
                append(&mut parts, &mut source, open, piece, number);
            }
            if open == Open::Source && is_closed(&source) {
                parts.source = Some(clean_source(&source));
                open = Open::Closed;
            }
        }
    }
    if parts.source.is_none() && !source.is_empty() {
        parts.source = Some(clean_source(&source));
    }
    for note in &mut parts.notes {
        strip_note_bracket(note);
    }
    parts.notes.retain(|note| !note.is_empty());
    parts.examples.retain(|example| !example.is_empty());
    if let Some((domain, rest)) = designation::leading_domain(&parts.definition) {
        parts.definition = rest.to_owned();
        parts.domain = Some(domain);
    }
    parts
}

fn append(parts: &mut Parts, source: &mut String, open: Open, text: &str, number: usize) {
    let target = match open {
        Open::Definition => &mut parts.definition,
        Open::Note => parts.notes.last_mut().expect("opened with a note"),
        Open::Example => parts.examples.last_mut().expect("opened with an example"),
        Open::Source => source,
        Open::Closed if parts.definition.is_empty() => &mut parts.definition,
        Open::Closed => {
            parts.left.push((number, text.to_owned()));
            return;
        }
    };
    characters::join(target, text);
}

/// A line, broken before the labels that stand inside it.
fn pieces(line: &str) -> Vec<&str> {
    let mut cuts = Vec::new();
    let mut before = None;
    for (at, c) in line.char_indices() {
        // A label is short; looking no further keeps this linear.
        let rest = characters::head(&line[at..], 160);
        let cuts_here = at > 0
            && match c {
                '注' | '示' => {
                    before.is_some_and(|c| matches!(c, '。' | '；' | '）'))
                        && (note(rest).is_some() || example(rest).is_some())
                }
                c if mark::OPEN_SQUARE.contains(&c) => is_source(rest),
                '（' | '(' => is_source(rest) || (before == Some('。') && note(rest).is_some()),
                '来' => before == Some('。') && is_source(rest),
                _ => false,
            };
        if cuts_here {
            cuts.push(at);
        }
        if c != ' ' {
            before = Some(c);
        }
    }
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    let mut from = 0;
    for cut in cuts.into_iter().chain([line.len()]) {
        let piece = line[from..cut].trim();
        if !piece.is_empty() {
            pieces.push(piece);
        }
        from = cut;
    }
    pieces
}

/// What follows 注, 注1：, （注：
pub(super) fn note(text: &str) -> Option<&str> {
    let inner = text.trim_start_matches(['*', ' ', '（', '(', '【', '[']);
    let after = inner.strip_prefix('注').or_else(|| inner.strip_prefix("NOTE"))?;
    numbered_label(after)
}

/// What follows 示例：, 示例1：, 例：
fn example(text: &str) -> Option<&str> {
    if let Some(after) = text.strip_prefix("示例") {
        let trimmed = after.trim();
        if trimmed.is_empty() || (trimmed.len() <= 2 && trimmed.bytes().all(|byte| byte.is_ascii_digit())) {
            return Some("");
        }
        return numbered_label(after);
    }
    let after = text.strip_prefix("举例").or_else(|| text.strip_prefix('例'))?;
    numbered_label(after)
}

/// The text after an optional number and a colon, or after a number.
fn numbered_label(after: &str) -> Option<&str> {
    let body = after.trim_start();
    let digits: usize = body
        .chars()
        .take(3)
        .take_while(|&c| characters::digit(c).is_some() || matches!(c, 'l' | 'I' | '①'..='⑳'))
        .map(char::len_utf8)
        .sum();
    let rest = body[digits..].trim_start();
    if let Some(text) = rest.strip_prefix(['：', ':', '︰', '﹕']) {
        return Some(text.trim_start());
    }
    let rest = rest.strip_prefix(['.', '．', '、']).unwrap_or(rest).trim_start();
    (digits > 0 && rest.chars().next().is_some_and(|c| characters::is_wide(c) || c.is_ascii_alphabetic()))
        .then_some(rest)
}

/// `（注：……）` leaves its closing bracket at the end of the note.
fn strip_note_bracket(note: &mut String) {
    if note.ends_with(mark::CLOSE_BRACKETS) {
        let opened = note.chars().filter(|c| mark::OPEN_BRACKETS.contains(c)).count();
        let closed = note.chars().filter(|c| mark::CLOSE_BRACKETS.contains(c)).count();
        if closed > opened {
            note.pop();
        }
    }
}

/// Whether the text begins with the source of an entry.
pub(super) fn is_source(text: &str) -> bool {
    let inner = text.trim_start_matches(|c: char| mark::OPEN_BRACKETS.contains(&c) || c == ' ');
    let is_bracketed = inner.len() < text.len();
    let is_labelled = ["来源", "出处", "引自", "改写自", "改自", "源自"].iter().any(|label| {
        inner.strip_prefix(label).is_some_and(|after| {
            let after = after.trim_start();
            after.starts_with(['：', ':']) || (is_bracketed && standard::parse(after).is_some())
        })
    });
    let square = text.starts_with(mark::OPEN_SQUARE);
    is_labelled
        || (square
            && (standard::parse(inner).is_some()
                || inner.starts_with("ISO")
                || inner.starts_with("IEC")
                || inner.starts_with('《')))
}

/// Whether every bracket of the source is closed.
fn is_closed(source: &str) -> bool {
    const LONGEST_SOURCE: usize = 600;
    let open = source.chars().filter(|c| mark::OPEN_BRACKETS.contains(c)).count();
    let close = source.chars().filter(|c| mark::CLOSE_BRACKETS.contains(c)).count();
    if source.len() > LONGEST_SOURCE {
        return true;
    }
    // Without brackets the source ends with its line, unless that is cut off.
    if open == 0 { !source.ends_with(['，', ',', '、', '—', '-', '：', ':']) } else { open <= close }
}

/// The source without label and brackets; numbers without the spaces of the scan.
fn clean_source(source: &str) -> String {
    let mut text = source.trim();
    while let Some(inner) = text.strip_prefix(mark::OPEN_BRACKETS) {
        let inner = inner.trim_start();
        text = inner.strip_suffix(mark::CLOSE_BRACKETS).unwrap_or(inner).trim();
    }
    for label in ["来源", "出处"] {
        if let Some(after) = text.strip_prefix(label) {
            text = after.trim_start_matches(['：', ':', ' ']);
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let after_dot =
            out.ends_with('.') || (out.ends_with(|c: char| c.is_ascii_digit()) && chars.peek() == Some(&'.'));
        let han_on_a_side = out.ends_with(zhengming_text::fold::is_han)
            && chars.peek().is_some_and(|&c| characters::is_wide(c) || c.is_ascii_digit());
        if c == ' ' && (after_dot || han_on_a_side) && !out.is_empty() {
            continue;
        }
        out.push(c);
    }
    let (_, _) = characters::repair_dashes(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(lines: &[&str]) -> Parts {
        read(lines.iter().enumerate().map(|(at, line)| (at + 1, *line)))
    }

    #[test]
    fn labels_separate_the_parts() {
        let parts = parts(&[
            "盛装液体的",
            "容器。",
            "注1：有盖。",
            "注 2：无盖的",
            "不算。",
            "示例：铁桶。",
            "［来源:GB/T 1.1—2020，定义 3. 2,有",
            "修改］",
        ]);
        assert_eq!(parts.definition, "盛装液体的容器。");
        assert_eq!(parts.notes, ["有盖。", "无盖的不算。"]);
        assert_eq!(parts.examples, ["铁桶。"]);
        assert_eq!(parts.source.as_deref(), Some("GB/T 1.1—2020，定义3.2,有修改"));
    }

    #[test]
    fn labels_inside_a_line_count() {
        let parts = parts(&["〈化工〉盛装液体的容器。注：有盖。[GB/T 2-2016,定义3.1]"]);
        assert_eq!(parts.domain.as_deref(), Some("化工"));
        assert_eq!(parts.definition, "盛装液体的容器。");
        assert_eq!(parts.notes, ["有盖。"]);
        assert_eq!(parts.source.as_deref(), Some("GB/T 2-2016,定义3.1"));
    }

    #[test]
    fn ordinary_words_are_no_labels() {
        let parts = parts(&["注册的容器。注意事项见说明。例如铁桶（来源于工厂）。"]);
        assert_eq!(parts.notes.len() + parts.examples.len(), 0);
        assert_eq!(parts.source, None);
    }

    #[test]
    fn a_note_in_brackets_loses_them() {
        assert_eq!(parts(&["容器。", "（注：有盖（或塞）。）"]).notes, ["有盖（或塞）。"]);
    }
}
