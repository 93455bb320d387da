//! Lists of terms below a sentence that announces them: 下列用语的含义：（一）X，是指…；（二）Y：….

use zhengming_text::document::{BlockKind, Document};
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark, marker};

use super::{Definition, Pattern, sentence_end, trimmed, without_layout};

/// Longest sentence that announces a list, in characters.
const LONGEST_LEAD: usize = 50;
/// Longest term, in characters.
const LONGEST: usize = 40;
/// Bytes of an item in which its term ends.
const REACH: usize = 240;
/// What the words for words are here: 用语, 术语, ….
pub(super) const ABOUT: [&str; 5] = ["用语", "术语", "名词", "概念", "词语"];
/// What follows the term of an item: its meaning or what belongs to it.
const CUTS: [&str; 13] =
    ["，是指", "，指", "，系指", "，即", "，包括", "，", "：", ":", "是指", "系指", "指", "包括", "——"];

/// Adds the items of the lists in `document`.
pub(super) fn find(document: &Document, signs: impl Fn(usize) -> Signs, found: &mut Vec<Definition>) {
    let mut in_list = false;
    for block in document.blocks() {
        let text = block.text();
        let announces =
            signs(block.index()).any(Signs::WORDS) && ABOUT.iter().any(|word| text.contains(word));
        if !in_list && !announces {
            continue;
        }
        let mut any = false;
        for range in statements(text) {
            let statement = text[range.range()].trim_end();
            let first = marker::read(statement);
            let is_article = first.is_some_and(|marker| matches!(marker.kind, marker::Kind::Ordinal(_)));
            in_list &= !is_article;
            if in_list {
                let entry = item(text, range, block.index(), first.is_some());
                // A paragraph that explains nothing ends the list.
                in_list = entry.is_some() || first.is_some();
                any |= entry.is_some();
                found.extend(entry);
            }
            if !in_list && announces {
                in_list = is_lead(statement);
            }
        }
        // A heading between the items may be one of a group; with prose after it, it is not.
        if in_list && !any && matches!(block.kind(), BlockKind::Heading(_)) && !announces {
            in_list = false;
        }
    }
}

/// The statements of `text`: what begins with the number of an item or article, or is announced by a colon.
fn statements(text: &str) -> Vec<TextRange> {
    let mut starts = vec![0];
    for (at, c) in text.char_indices() {
        if !(mark::STOPS.contains(&c) || mark::COLONS.contains(&c) || c == '\n') {
            continue;
        }
        let next = at + c.len_utf8();
        let numbered = marker::read(&text[next..])
            .is_some_and(|marker| !matches!(marker.kind, marker::Kind::Bullet | marker::Kind::Clause));
        if numbered {
            starts.push(next);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(&start, end)| TextRange::new(start, end)).collect()
}

/// 下列用语的含义：, 有关术语定义如下：
fn is_lead(text: &str) -> bool {
    let text = marker::strip(text).trim_end();
    let says = cue::MEANINGS.iter().any(|word| text.contains(word)) || text.contains("是指");
    text.chars().count() <= LONGEST_LEAD
        && ABOUT.iter().any(|word| text.contains(word))
        && says
        && (text.ends_with(mark::COLONS) || text.ends_with('。') || text.ends_with("如下"))
}

/// The term and its meaning in the item that fills `range`.
fn item(text: &str, range: TextRange, block: usize, numbered: bool) -> Option<Definition> {
    let body = marker::strip(&text[range.range()]);
    let start = range.end - body.len();
    let head = &body[..floor_boundary(body, REACH)];
    let cuts = CUTS.iter().filter_map(|cut| {
        let at = head.match_indices(cut).map(|(at, _)| at).find(|&at| {
            let means = cut.ends_with('指') && cut.chars().count() < 3;
            at > 0 && !(means && cue::is_pointing(&head[at + cut.len()..], false))
        })?;
        Some((at, std::cmp::Reverse(cut.len()), *cut))
    });
    // A comma alone sets off any clause; only a number shows that its sentence is an item.
    let (at, _, cut) = cuts.min().filter(|&(.., cut)| numbered || cut != "，")?;
    let term = trimmed(text, TextRange::new(start, start + at));
    let name = without_layout(&text[term.range()]);
    // What belongs to the term is said with its verb: 包括平盖和凸盖.
    let keep = if cut.ends_with("包括") { "包括".len() } else { 0 };
    let from = start + at + cut.len() - keep;
    let meaning =
        text[from..range.end].trim_start_matches(|c| fold::is_space(c) || mark::COLONS.contains(&c));
    let from = range.end - meaning.len();
    let end = sentence_end(text, from).min(range.end);
    let is_term = (1..=LONGEST).contains(&name.chars().count())
        && !mark::outside_brackets(&name).contains(mark::CLAUSE_ENDS)
        && name.chars().any(|c| fold::is_han(c) || c.is_ascii_alphabetic());
    let explains = text[from..end].chars().filter(|&c| fold::is_han(c)).count() >= 2;
    (is_term && explains).then(|| Definition {
        block,
        term,
        text: name,
        body: vec![(block, TextRange::new(from, from + text[from..end].trim_end().len()))],
        pattern: Pattern::Listed,
    })
}
