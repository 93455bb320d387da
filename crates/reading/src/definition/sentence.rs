//! Definitions in running text: X是指…, X指…, X，即…, 注：X是…, X是…的简称.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_text::document::{BlockKind, Document};
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark, marker, numeral};

use super::{Definition, Pattern, sentence_end, trimmed, window, without_layout};

/// Longest term, in characters.
const LONGEST: usize = 36;
/// Most bytes before a cue to which its term with its lead-in words reaches.
const MOST_BEFORE: usize = 600;

// Characters are searched for as bytes: a search for a `char` goes by its last byte, which many share.
static MEANS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("指"));
static SO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("所"));
static NAMELY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("即"));
pub(super) static CALLED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("称"));

/// Words before a term that are no part of it.
const LEADS: [&str; 16] = [
    "所称的",
    "所称",
    "所谓的",
    "所谓",
    "所说的",
    "所指的",
    "其中",
    "这里的",
    "其中的",
    "上述",
    "前款规定的",
    "以下用语",
    "本标准的",
    "本文件的",
    "本标准中的",
    "本文件中的",
];
/// Words between a term and its cue.
const ADVERBS: [&str; 10] = ["主要", "一般", "通常", "就", "均", "都", "专", "特", "泛", "统"];
/// Words that stand for a term and are none.
const PRONOUNS: [&str; 16] = [
    "其", "这", "它", "此", "这里", "意思", "目的", "前者", "后者", "本意", "含义", "以上", "以下", "内容",
    "具体", "是",
];

/// What forms a word with 本 before it.
const OWN_WORDS: [char; 24] = [
    '科', '级', '土', '质', '地', '外', '体', '征', '身', '来', '金', '币', '期', '月', '周', '日', '年',
    '市', '省', '县', '区', '州', '国', '院',
];

/// Bytes around a term in which the cells of its row stand.
const NEAR: usize = 200;

/// Adds the definitions in block number `index`.
pub(super) fn find(document: &Document, index: usize, text: &str, signs: Signs, found: &mut Vec<Definition>) {
    let is_headed = index > 0 && is_definition_heading(document, index - 1);
    if !is_headed && !signs.any(Signs::MEANS.or(Signs::NAMELY).or(Signs::CALLED).or(Signs::NOTE)) {
        return;
    }
    let block = document.block(index);
    let mut push = |term: TextRange, body: TextRange, pattern: Pattern| {
        if let Some(definition) = definition(text, index, term, body, pattern) {
            found.push(definition);
        }
    };
    if signs.any(Signs::MEANS) {
        for at in MEANS.find_iter(text.as_bytes()) {
            meant(text, at, &mut push);
        }
    }
    if signs.any(Signs::NAMELY) {
        for at in NAMELY.find_iter(text.as_bytes()) {
            namely(text, at, &mut push);
        }
    }
    if signs.any(Signs::CALLED) {
        for called in CALLED.find_iter(text.as_bytes()) {
            let before = text[..called].chars().next_back().filter(|c| matches!(c, '简' | '统' | '总'));
            if let Some(before) = before {
                short_for(text, called - before.len_utf8(), &mut push);
            }
        }
    }
    if signs.any(Signs::NOTE) {
        notes(text, block.kind() == BlockKind::Note, &mut push);
    }
    if is_headed {
        is_statement(text, 0, Pattern::Heading, &mut push);
    }
}

fn definition(
    text: &str,
    block: usize,
    term: TextRange,
    body: TextRange,
    pattern: Pattern,
) -> Option<Definition> {
    let term = trimmed(text, without_lead_word(text, term));
    let name = without_layout(&text[term.range()]);
    let body_text = text[body.range()].trim();
    let length = name.chars().count();
    let sane = (1..=LONGEST).contains(&length)
        && name.chars().any(|c| fold::is_han(c) || c.is_ascii_alphabetic() || c == '+')
        && !PRONOUNS.contains(&name.as_str())
        && body_text.chars().count() >= if pattern == Pattern::SoCalled { 3 } else { 4 };
    sane.then(|| Definition { block, term, text: name, body: vec![(block, body)], pattern })
}

/// `range` from the quotation marks on, where a word for a word leads to them: 术语“一表通”.
fn without_lead_word(text: &str, range: TextRange) -> TextRange {
    let term = text[range.range()].trim_end_matches(fold::is_space);
    if !term.ends_with(mark::CLOSE_QUOTES) {
        return range;
    }
    let Some(open) = term.rfind(mark::OPEN_QUOTES) else { return range };
    let before = term[..open].trim_end_matches(fold::is_space);
    let leads = cue::ends_with_any(before, &cue::WORDS).is_some();
    if leads { TextRange::new(range.start + open, range.end) } else { range }
}

/// `…是指…` and `…指…` with the 指 at `at`.
fn meant(text: &str, at: usize, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    let after_cue = at + '指'.len_utf8();
    let before = text[..at].trim_end_matches(fold::is_space);
    let is_cue = before.ends_with(['是', '系', '乃']);
    let (term_end, pattern) = if is_cue {
        (before.len() - '是'.len_utf8(), Pattern::Is)
    } else {
        if cue::is_finger(before) {
            return;
        }
        (at, Pattern::Means)
    };
    let clause_end = text[..term_end].trim_end_matches(fold::is_space);
    // 所称野生动物，均系指…: the adverb stands alone in its clause.
    let clause_end = clause_end
        .strip_suffix(['均', '都', '皆', '则'])
        .filter(|head| head.ends_with(mark::COMMAS))
        .unwrap_or(clause_end);
    let comma = clause_end.ends_with(mark::COMMAS) || clause_end.ends_with(mark::COLONS);
    let clause_end = clause_end.trim_end_matches(|c| mark::COMMAS.contains(&c) || mark::COLONS.contains(&c));
    // After 所称X or after a comma with 是, nothing but a definition can follow; elsewhere 指 may begin a
    // word: 是指导性文件, 指标.
    let certain = is_cue && (comma || clause_end.ends_with('”'));
    let is_word = !certain && cue::is_pointing(&text[after_cue..], is_cue);
    // Most 指 begin a word; only 所称X指 defines all the same.
    let from = floor_boundary(text, clause_end.len().saturating_sub(MOST_BEFORE));
    if is_word && SO.find(&text.as_bytes()[from..clause_end.len()]).is_none() {
        return;
    }
    let Some((term, so_called)) = term_before(text, clause_end.len()) else { return };
    if is_word && !so_called {
        return;
    }
    if pattern == Pattern::Means && !so_called && !comma && !may_be_bare(text, term) {
        return;
    }
    let term = if so_called || is_term_like(&text[term.range()]) {
        term
    } else if let Some(kind) = of_a_kind(text, term).filter(|_| comma) {
        kind
    } else {
        return;
    };
    let start = body_start(text, after_cue);
    let end = body_end(text, start);
    push(term, TextRange::new(start, end), if so_called { Pattern::SoCalled } else { pattern });
}

/// The name in a clause that says of what kind the thing is before its meaning is told: 电子病历是病历的一种形式，指….
fn of_a_kind(text: &str, clause: TextRange) -> Option<TextRange> {
    let name = text[clause.range()].split_once('是')?.0;
    let fits = (2..=14).contains(&name.chars().count()) && is_term_like(name);
    (fits && opens_statement(&text[..clause.start]))
        .then(|| TextRange::new(clause.start, clause.start + name.len()))
}

/// X指Y with nothing between: X opens a sentence or a note, or stands in quotation marks.
fn may_be_bare(text: &str, term: TextRange) -> bool {
    let before = text[..term.start].trim_end_matches(fold::is_space);
    let opens = before.is_empty()
        || before.ends_with(mark::STOPS)
        || before.ends_with(mark::COLONS)
        || before.ends_with(mark::CLOSE_ROUND)
        || before.ends_with(['.', '、', '“', '\u{FFFC}']);
    let ends_quoted = text[term.end..].starts_with(fold::is_quote);
    let last = text[term.range()].chars().next_back();
    (opens || ends_quoted)
        && last.is_some_and(|c| !"的了中上下可应要能".contains(c))
        && text[term.range()].chars().count() >= 2
}

/// The term that ends at `end`: back to the beginning of its clause, without markers and lead-in words.
/// And whether it is introduced by 所称.
fn term_before(text: &str, end: usize) -> Option<(TextRange, bool)> {
    let end = skip_bracket_back(text, end);
    let before = &text[..end];
    let mut start = 0;
    let mut depth = mark::Depth::default();
    let ends = |c: char| mark::ends_clause(c) || mark::OPEN_ROUND.contains(&c) || matches!(c, '《' | '\t');
    for (count, (at, c)) in before.char_indices().rev().enumerate() {
        if count > LONGEST + 24 {
            return None;
        }
        if depth.is_outside() && ends(c) {
            start = at + c.len_utf8();
            break;
        }
        depth.see_back(c);
    }
    let clause = &before[start..];
    let mut so_called = false;
    let clause_start = start;
    let may_lead = |c| matches!(c, '所' | '其' | '这' | '上' | '前' | '以' | '本');
    for (at, _) in clause.char_indices().filter(|&(_, c)| may_lead(c)) {
        for lead in LEADS.iter().filter(|lead| clause[at..].starts_with(**lead)) {
            so_called |= lead.starts_with('所');
            start = start.max(clause_start + at + lead.len());
        }
    }
    let range = own_cell(text, skip_marker(text, TextRange::new(start, end)));
    let range = without_subject(text, range);
    let mut name = text[range.range()].trim_end();
    for adverb in ADVERBS {
        let shorter = name.strip_suffix(adverb).unwrap_or(name);
        // 专、特、统 may be part of a term; the two-character words never are.
        if adverb.len() > 3 || shorter.ends_with(['，', '”']) {
            name = shorter;
        }
    }
    let range = TextRange::new(range.start, range.start + name.len());
    (!text[range.range()].trim().is_empty()).then_some((range, so_called))
}

/// `range` without the document that speaks and what leads from it to the term: 本指南中所述的数据 → 数据.
fn without_subject(text: &str, range: TextRange) -> TextRange {
    let raw = &text[range.range()];
    let Some(subject) = cue::starts_with_any(raw, &cue::SUBJECTS) else {
        // 本专项资金 is the fund that the document is about; 本科生 and 本市 are words.
        let own =
            raw.strip_prefix('本').filter(|rest| rest.chars().count() >= 4 && !rest.starts_with(OWN_WORDS));
        return own.map_or(range, |own| TextRange::new(range.end - own.len(), range.end));
    };
    let mut rest = raw[subject.len()..].trim_start_matches(['中', '内', '里', '的']);
    // 所述的, 所保护的, 规定的.
    let leads = rest.starts_with('所') || rest.starts_with("规定") || rest.starts_with("界定");
    if let Some(at) = rest.find('的').filter(|&at| leads && rest[..at].chars().count() <= 6) {
        rest = &rest[at + '的'.len_utf8()..];
    }
    for lead in ["所述", "所提", "提到的", "涉及的"] {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    if rest.is_empty() { range } else { TextRange::new(range.end - rest.len(), range.end) }
}

/// `end` before a bracket that ends there: 一体化平台（以下简称平台）是指.
fn skip_bracket_back(text: &str, end: usize) -> usize {
    let before = text[..end].trim_end_matches(fold::is_space);
    let Some((outer, inner)) = mark::bracket_before(before).filter(|(_, inner)| inner.len() < 200) else {
        return before.len();
    };
    // 链（应用名称） is a term with its domain.
    let is_aside = inner.contains(mark::COMMAS) || inner.contains(['称', '“']) || inner.is_ascii();
    if outer.is_empty() || !is_aside { before.len() } else { outer.trim_end().len() }
}

/// `range` without a number in front, another name's cue, or what closes before it: 1.数据产权, （一）政务数据, 也称数据.
fn skip_marker(text: &str, range: TextRange) -> TextRange {
    let is_left_over = |c: char| mark::CLOSE_BRACKETS.contains(&c) || mark::PAUSES.contains(&c);
    let mut rest = &text[range.range()];
    loop {
        let shorter = marker::strip(rest.trim_start_matches(is_left_over));
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    // 一是服务器托管业务场景，指….
    let counted = rest.strip_prefix(numeral::is_han).and_then(|rest| rest.strip_prefix('是'));
    let rest = counted.filter(|rest| rest.chars().count() >= 2).unwrap_or(rest);
    let other = cue::starts_with_any(rest, &["也称为", "又称为", "也称", "又称", "亦称", "俗称"]);
    let rest = &rest[other.map_or(0, str::len)..];
    TextRange::new(range.end - rest.len(), range.end)
}

/// `range` from the last cell on, where a table lost its lines: in `5 归零 归零是指` only the second one is the term. A
/// word is a cell if it also stands alone near by.
fn own_cell(text: &str, range: TextRange) -> TextRange {
    let raw = text[range.range()].trim_end();
    let Some((head, word)) = raw.rsplit_once(fold::is_space) else { return range };
    if word.chars().count() < 2 || head.trim().is_empty() {
        return range;
    }
    let from = floor_boundary(text, range.start.saturating_sub(NEAR));
    let to = floor_boundary(text, (range.end + NEAR).min(text.len()));
    let start = range.start + raw.len() - word.len();
    let mut cells = text[from..start].split(fold::is_space).chain(text[range.end..to].split(fold::is_space));
    if cells.any(|cell| cell == word) { TextRange::new(start, range.end) } else { range }
}

/// Whether a clause before the cue can be a term, and is no sentence about something.
fn is_term_like(name: &str) -> bool {
    let name = name.trim();
    let inner = name.trim_matches(fold::is_quote);
    let quoted = inner.len() < name.len() && name.starts_with(fold::is_quote);
    let phrases = ["包括", "应当", "不得", "可以", "按照", "根据", "是", "的是", "如果", "以及"];
    let ends = ["的", "了", "并", "而", "也", "不", "又", "要", "应"];
    quoted
        || (!phrases.iter().any(|word| inner.contains(word))
            && !ends.iter().any(|word| inner.ends_with(word))
            && inner.chars().count() <= 24)
}

fn body_start(text: &str, at: usize) -> usize {
    let is_link = |c: char| fold::is_space(c) || mark::COLONS.contains(&c) || mark::COMMAS.contains(&c);
    let rest = text[at..].trim_start_matches(is_link);
    text.len() - rest.len()
}

/// Where the body that begins at `start` ends: with the sentence, or before the next definition of a
/// row that is set apart by semicolons.
fn body_end(text: &str, start: usize) -> usize {
    let end = sentence_end(text, start);
    let sentence = &text[start..end];
    for (at, c) in sentence.match_indices(mark::SEMICOLONS) {
        let rest = &sentence[at + c.len()..];
        let next = rest.split(mark::CLAUSE_ENDS).next().unwrap_or(rest);
        let head = rest.chars().take(30).collect::<String>();
        if next.contains("是指") || head.contains("，是指") || head.contains("”指") {
            return start + at;
        }
    }
    start + sentence.trim_end().len()
}

/// `X，即…` and `“X”即…`, with the 即 at `at`.
fn namely(text: &str, at: usize, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    let after = at + '即'.len_utf8();
    if cue::is_soon(&text[after..]) {
        return;
    }
    let before = text[..at].trim_end_matches(fold::is_space);
    let comma = before.ends_with(mark::COMMAS);
    let clause = before.trim_end_matches(mark::COMMAS);
    // 5 characters: “1+5”架构，即….
    let tail = clause.char_indices().rev().take(5);
    // “直达快享”“免申即享”: the 即 of another name.
    let close = tail.take_while(|&(_, c)| c != '“').filter(|&(_, c)| c == '”').map(|(at, _)| at).next();
    if !comma && close.is_none() {
        return;
    }
    let Some((term, _)) = term_before(text, clause.len()) else { return };
    let opens = opens_statement(&text[..term.start]);
    let term = match close.filter(|_| !opens || !clause.ends_with('”')) {
        // Only what is in the last quotation marks: 构建“1+5”架构 is described, “1+5” is named.
        Some(close) => {
            let Some(open) = clause.get(term.start..close).and_then(|inner| inner.rfind('“')) else {
                return;
            };
            TextRange::new(term.start + open, close + '”'.len_utf8())
        }
        None if opens => term,
        None => return,
    };
    let name = &text[term.range()];
    if !is_term_like(name) || name.chars().count() > 20 {
        return;
    }
    let start = body_start(text, after);
    push(term, TextRange::new(start, body_end(text, start)), Pattern::Namely);
}

/// Whether a statement may begin after `before`: nothing, a stop, a colon or the number of an item.
fn opens_statement(before: &str) -> bool {
    let before = before.trim_end_matches(|c| fold::is_space(c) || fold::is_quote(c));
    let number = mark::bracket_before(before).map(|(_, inner)| inner.trim()).or_else(|| {
        let item = before.strip_suffix(mark::PAUSES)?;
        Some(&item[item.trim_end_matches(numeral::is_numeral).len()..])
    });
    before.is_empty()
        || before.ends_with(mark::STOPS)
        || before.ends_with(mark::COLONS)
        || before.ends_with('.')
        || number.is_some_and(|number| numeral::value(number).is_some())
}

/// `X是…的简称`, with 简 at `at`.
fn short_for(text: &str, at: usize, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    if !text[..at].ends_with('的') {
        return;
    }
    let body_end = at - '的'.len_utf8();
    let from = zhengming_text::line_index::floor_boundary(text, body_end.saturating_sub(240));
    let is_end = |c: char| mark::STOPS.contains(&c) || c == '\t';
    let sentence = text[from..body_end].rsplit(is_end).next().unwrap_or_default();
    let sentence_start = body_end - sentence.len();
    let Some(is) = sentence.find(['是', '为', '系']).map(|is| sentence_start + is) else { return };
    let Some((term, _)) = term_before(text, is) else { return };
    if is_term_like(&text[term.range()]) && !text[term.range()].contains(mark::PAUSES) {
        push(term, TextRange::new(is + '是'.len_utf8(), body_end), Pattern::ShortFor);
    }
}

/// `注：X是…`, `注1：X是…`, also in the middle of a text without line breaks.
fn notes(text: &str, is_note: bool, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    for (at, _) in text.match_indices('注') {
        let mut rest = text[at + '注'.len_utf8()..].trim_start();
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        if let Some(inner) = rest.strip_prefix(mark::COLONS)
            && (is_note
                || text[..at].is_empty()
                || text[..at].trim_end().ends_with(['。', '\n', '.', '（', '(', '\u{FFFC}']))
        {
            is_statement(text, text.len() - inner.len(), Pattern::Note, push);
        }
    }
}

/// `X是…` at the beginning of the text from `from` on.
fn is_statement(
    text: &str,
    from: usize,
    pattern: Pattern,
    push: &mut impl FnMut(TextRange, TextRange, Pattern),
) {
    let Some(is) = window(text, from, 160).find('是').map(|at| from + at) else { return };
    let after = is + '是'.len_utf8();
    let name = text[from..is].trim_end_matches(mark::COMMAS);
    let plain = name.trim_matches(|c| fold::is_quote(c) || fold::is_space(c));
    if plain.chars().count() > 20
        || plain.contains(mark::PART_ENDS)
        || plain.contains(mark::OPEN_ROUND)
        || !is_term_like(name)
        || PRONOUNS.iter().any(|word| plain.starts_with(word))
        || text[after..].starts_with(['指', '否', '由', '在', '因', '按'])
        || plain.ends_with(['但', '只', '还', '可', '若', '凡', '不'])
    {
        return;
    }
    let start = body_start(text, after);
    push(
        skip_marker(text, TextRange::new(from, from + name.len())),
        TextRange::new(start, body_end(text, start)),
        pattern,
    );
}

/// Whether a heading says that a definition comes below it.
fn is_definition_heading(document: &Document, index: usize) -> bool {
    let block = document.block(index);
    if !matches!(block.kind(), BlockKind::Heading(_) | BlockKind::ListItem) {
        return false;
    }
    let text = block.text().trim();
    text.chars().count() <= 16
        && ["定义内涵", "概念内涵", "内涵定义", "基本定义", "概念定义", "基本概念"]
            .iter()
            .any(|word| text.ends_with(word))
}
