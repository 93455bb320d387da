//! Definitions that a document gives: which term, in which words, by which pattern.

mod clause;
mod gloss;
mod letters;
mod list;
mod name;
mod parts;
mod sentence;
mod short;
mod slogan;
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub(crate) use short::short_forms;

use serde::{Deserialize, Serialize};

use crate::prose::{Unwrapped, without_layout};
use zhengming_terms::lexicon::Lexicon;
use zhengming_text::document::Document;
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark, numeral};

/// Longest sentence that is read to its end, in bytes.
const LONGEST_SENTENCE: usize = 6_000;

/// A definition with its places in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The number of the block that holds the term.
    pub block: usize,
    /// Where the term stands, without quotation marks.
    pub term: TextRange,
    /// The term, without line breaks and English equivalent.
    pub text: String,
    /// The defining text, which may run over several blocks.
    pub body: Vec<(usize, TextRange)>,
    /// How it is said.
    pub pattern: Pattern,
}

/// The ways in which a text says what a term means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// An entry of a terms clause: number, term, definition.
    TermsClause,
    /// A row of a table with a column of definitions.
    Table,
    /// 本办法所称X，是指…
    SoCalled,
    /// X是指…, X，是指…, “X”是指：…
    Is,
    /// X指…
    Means,
    /// X，即…
    Namely,
    /// 注：X是…
    Note,
    /// X是… below a heading such as 定义内涵
    Heading,
    /// X是…的简称
    ShortFor,
    /// “三多三全”：一是…; …等“N张清单”
    Slogan,
    /// An item of a list of terms: 下列用语的含义：（一）X：…
    Listed,
    /// X是一种…的…, X是…的新型…
    Kind,
    /// X由甲、乙构成, 由甲、乙构成的X
    Composition,
    /// “X”包括甲、乙, X（含甲、乙）, 本办法所称X，包括甲、乙
    Includes,
    /// …，即“X”; …，称为“X”
    Named,
    /// （以下简称X）, （以下统称X）, 简称X
    ShortForm,
    /// 全称（ABC）, 全称（“X”）, ABC（全称）, 公共服务（X）平台
    Gloss,
}

impl Pattern {
    /// The pattern as one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TermsClause => "terms-clause",
            Self::Table => "table",
            Self::SoCalled => "so-called",
            Self::Is => "is",
            Self::Means => "means",
            Self::Namely => "namely",
            Self::Note => "note",
            Self::Heading => "heading",
            Self::ShortFor => "short-for",
            Self::Slogan => "slogan",
            Self::Listed => "listed",
            Self::Kind => "kind",
            Self::Composition => "composition",
            Self::Includes => "includes",
            Self::Named => "named",
            Self::ShortForm => "short-form",
            Self::Gloss => "gloss",
        }
    }

    /// Whether the body is a definition in form, which can be held against another one; not what else the term is
    /// called, what belongs to it, or what is said of it in passing.
    pub fn explains(self) -> bool {
        !matches!(
            self,
            Self::ShortForm
                | Self::Gloss
                | Self::Slogan
                | Self::ShortFor
                | Self::Kind
                | Self::Composition
                | Self::Includes
                | Self::Named
        )
    }
}

impl Definition {
    /// The defining text as it stands, blocks joined.
    pub fn body_text(&self, document: &Document) -> String {
        self.body.iter().map(|&(block, range)| &document.block(block).text()[range.range()]).collect()
    }
}

/// The words without which a block defines nothing in some way, each with its sign.
pub(crate) fn cues() -> Vec<(Cow<'static, str>, Signs)> {
    let mut cues: Vec<(Cow<'static, str>, Signs)> = Vec::new();
    cues.extend(table::body_words().map(|word| (word.into(), Signs::COLUMNS)));
    cues.push((letters::LEAD.into(), Signs::WORDS));
    cues.extend(list::ABOUT.into_iter().map(|word| (word.into(), Signs::WORDS)));
    cues.extend(cue::COMPOSED.into_iter().map(|word| (word.into(), Signs::COMPOSED)));
    cues.extend(cue::KINDS.into_iter().map(|kind| (format!("是{kind}").into(), Signs::KIND)));
    cues.extend(cue::NEW_KINDS.into_iter().map(|kind| (format!("的{kind}").into(), Signs::KIND)));
    cues.push((parts::SO_CALLED.into(), Signs::SO_CALLED));
    for counter in numeral::COUNTERS {
        let counted = numeral::SMALL_ENDINGS.iter().map(|number| format!("{number}{counter}"));
        cues.extend(counted.map(|word| (word.into(), Signs::COUNTED)));
    }
    cues
}

/// All definitions of `document`, in reading order.
pub fn definitions(document: &Document) -> Vec<Definition> {
    definitions_seen(document, None, |block| Signs::of(document.block(block).text()))
}

/// The same of a document whose blocks have these signs; where ordinary words are known, names begin after the verbs
/// that govern them.
pub(crate) fn definitions_seen(
    document: &Document,
    lexicon: Option<&Lexicon>,
    signs: impl Fn(usize) -> Signs,
) -> Vec<Definition> {
    let mut found = Vec::new();
    if document.blocks().any(|block| signs(block.index()).any(Signs::TERMS)) {
        clause::find(document, &mut found);
    }
    table::find(document, &mut found);
    table::find_in_lines(document, &signs, &mut found);
    list::find(document, &signs, &mut found);
    letters::find(document, &signs, &mut found);
    for block in document.blocks() {
        let signs = signs(block.index());
        let line = if signs.any(Signs::LAYOUT) {
            Unwrapped::of(block.text())
        } else {
            Unwrapped::plain(block.text())
        };
        let (text, first) = (line.text(), found.len());
        sentence::find(document, block.index(), text, signs, &mut found);
        short::find(text, block.index(), signs, &mut found);
        gloss::find(text, block.index(), signs, lexicon, &mut found);
        parts::find(text, block.index(), signs, &mut found);
        slogan::find(text, block.index(), signs, &mut found);
        for one in &mut found[first..] {
            one.term = line.original(one.term);
            one.body.iter_mut().for_each(|(_, range)| *range = line.original(*range));
        }
    }
    found.iter_mut().for_each(|definition| continue_over_page(document, definition));
    // Of two readings of one place, the one that names the pattern more exactly comes first.
    found.sort_by_key(|one| (one.block, one.term.start, one.pattern));
    found.dedup_by(|later, first| {
        later.block == first.block
            && later.term.overlaps(first.term)
            && (later.pattern.explains() == first.pattern.explains()
                || (first.pattern.explains() && later.pattern == Pattern::Kind))
    });
    found
}

/// Adds what stands on the next page, where an upload site cut the text and numbered the pieces:
/// 针对多个领域⏎5、,汇聚一系列应用。
fn continue_over_page(document: &Document, definition: &mut Definition) {
    let [(block, range)] = definition.body[..] else { return };
    let text = document.block(block).text();
    let is_cut = definition.pattern.explains()
        && range.end >= text.trim_end().len()
        && !is_complete(text)
        && block + 1 < document.blocks().len();
    if !is_cut {
        return;
    }
    let next = document.block(block + 1).text();
    let rest = next.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < next.trim_start().len()
        && let Some(rest) = rest.strip_prefix('、')
    {
        let start = next.len() - rest.len();
        definition.body.push((block + 1, TextRange::new(start, sentence_end(next, start))));
    }
}

/// Whether the text ends where a sentence may end.
fn is_complete(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(mark::STOPS)
        || text.ends_with(mark::COLONS)
        || text.ends_with(mark::CLOSE_ROUND)
        || text.ends_with('.')
}

/// The part of `range` without white space and one pair of quotation marks around it.
fn trimmed(text: &str, range: TextRange) -> TextRange {
    let is_outer = |c: char| fold::is_quote(c) || fold::is_space(c) || c == '\u{FFFC}';
    let raw = &text[range.range()];
    let inner = raw.trim_matches(is_outer);
    // 教育“一张图” keeps its marks: only those that stand around the whole are no part of it.
    let opens = |text: &str| text.matches(mark::OPEN_QUOTES).count();
    let closes = |text: &str| text.matches(mark::CLOSE_QUOTES).count();
    let (start, end) = if opens(inner) == closes(inner) {
        let start = range.start + (raw.len() - raw.trim_start_matches(is_outer).len());
        (start, start + inner.len())
    } else {
        let spaces = raw.trim_matches(fold::is_space);
        let start = range.start + (raw.len() - raw.trim_start_matches(fold::is_space).len());
        (start, start + spaces.len())
    };
    TextRange::new(start.min(end), end)
}

/// Where the sentence that begins at `from` ends, its end mark included; marks in brackets and
/// quotations do not count.
fn sentence_end(text: &str, from: usize) -> usize {
    let mut depth = mark::Depth::default();
    for (at, c) in window(text, from, LONGEST_SENTENCE).char_indices() {
        // What was opened may never be closed: then the first mark ends it after all.
        let ends =
            mark::ends_sentence(c) && (depth.is_outside() || (c == '。' && !closes_soon(&text[from + at..])));
        if ends {
            return from + at + c.len_utf8();
        }
        depth.see(c);
    }
    (from + window(text, from, LONGEST_SENTENCE).trim_end().len()).max(from)
}

/// At most `bytes` of `text` from `from` on: text without any mark must not be read again and again.
fn window(text: &str, from: usize, bytes: usize) -> &str {
    &text[from..floor_boundary(text, from.saturating_add(bytes).min(text.len()))]
}

fn closes_soon(text: &str) -> bool {
    text.chars().take(200).take_while(|&c| c != '\n').any(mark::closes)
}
