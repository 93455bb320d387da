//! Definitions in running text: X是指…, X指…, X，即…, 注：X是…, X是…的简称.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_text::document::{BlockKind, Document};
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

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

/// Words that 指 begins without defining anything.
const NOT_MEANS: &str = "标南挥导示引数定出向派明令纹望针责点称甲代战认控使教正头征路挂环控";
/// The same after 是: 是指导性文件 defines nothing, 是指向社会提供… does.
const NOT_IS: &str = "标导南引挥令定";
/// Characters before 指 with which it forms another word.
const NOT_BEFORE: &str = "所手食拇戒中无直弹屈染统五十剑意指";
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
/// Words for a word, which lead to the one in quotation marks: 本文件中的术语“一表通”.
const WORDS: [&str; 9] = ["术语", "名词", "词语", "词汇", "用语", "概念", "缩略语", "简称", "提法"];
/// Words between a term and its cue.
const ADVERBS: [&str; 10] = ["主要", "一般", "通常", "就", "均", "都", "专", "特", "泛", "统"];
/// Words that stand for a term and are none.
const PRONOUNS: [&str; 16] = [
    "其", "这", "它", "此", "这里", "意思", "目的", "前者", "后者", "本意", "含义", "以上", "以下", "内容",
    "具体", "是",
];

/// Adds the definitions in block number `index`.
pub(super) fn find(document: &Document, index: usize, signs: Signs, found: &mut Vec<Definition>) {
    let is_headed = index > 0 && is_definition_heading(document, index - 1);
    if !is_headed && !signs.any(Signs::MEANS.or(Signs::NAMELY).or(Signs::CALLED).or(Signs::NOTE)) {
        return;
    }
    let block = document.block(index);
    let text = block.text();
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
        && body_text.chars().count() >= 4;
    sane.then(|| Definition { block, term, text: name, body: vec![(block, body)], pattern })
}

/// `range` from the quotation marks on, where a word for a word leads to them: 术语“一表通”.
fn without_lead_word(text: &str, range: TextRange) -> TextRange {
    let term = text[range.range()].trim_end_matches(fold::is_space);
    if !term.ends_with(['”', '」']) {
        return range;
    }
    let Some(open) = term.rfind(['“', '「']) else { return range };
    let before = term[..open].trim_end_matches(fold::is_space);
    let leads = WORDS.iter().any(|word| before.ends_with(word));
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
        let prev = before.chars().next_back();
        if prev.is_none_or(|c| NOT_BEFORE.contains(c)) {
            return;
        }
        (at, Pattern::Means)
    };
    let clause_end = text[..term_end].trim_end_matches(fold::is_space);
    let comma = clause_end.ends_with(['，', ',']);
    let clause_end = clause_end.trim_end_matches(['，', ',']);
    // After 所称X or after a comma with 是, nothing but a definition can follow; elsewhere 指 may begin a
    // word: 是指导性文件, 指标.
    let certain = is_cue && (comma || clause_end.ends_with('”'));
    let is_word = !certain && begins_a_word(&text[after_cue..], if is_cue { NOT_IS } else { NOT_MEANS });
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
    if !so_called && !is_term_like(&text[term.range()]) {
        return;
    }
    let start = body_start(text, after_cue);
    let end = body_end(text, start);
    push(term, TextRange::new(start, end), if so_called { Pattern::SoCalled } else { pattern });
}

/// Whether 指 and what follows it are one word: 指标, 指导; but not 指｜标准, 指｜针对, 指｜数据.
fn begins_a_word(after: &str, words: &str) -> bool {
    let mut chars = after.chars().filter(|&c| !fold::is_space(c));
    let (first, second) = (chars.next(), chars.next());
    match (first, second) {
        (Some('标'), Some('准'))
        | (Some('针'), Some('对'))
        | (Some('数'), Some('据' | '字'))
        | (Some('定'), Some('期' | '点' | '向' | '量')) => false,
        (Some(c), _) => words.contains(c) || "，。；、）".contains(c),
        (None, _) => true,
    }
}

/// X指Y with nothing between: X opens a sentence or a note, or stands in quotation marks.
fn may_be_bare(text: &str, term: TextRange) -> bool {
    let before = text[..term.start].trim_end_matches(fold::is_space);
    let opens =
        before.is_empty() || before.ends_with(['。', '；', '：', ':', ';', '.', '、', '）', '“', '\u{FFFC}']);
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
    let mut depth = 0_i32;
    for (count, (at, c)) in before.char_indices().rev().enumerate() {
        if count > LONGEST + 24 {
            return None;
        }
        match c {
            '”' | '」' | '》' | '）' | ')' => depth += 1,
            '“' | '「' | '《' | '（' | '(' if depth > 0 => depth -= 1,
            '。' | '；' | '！' | '？' | '：' | ':' | '，' | ',' | ';' | '（' | '(' | '《' | '\t'
                if depth == 0 =>
            {
                start = at + c.len_utf8();
                break;
            }
            _ => {}
        }
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
    let range = skip_marker(text, TextRange::new(start, end));
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

/// `end` before a bracket that ends there: 一体化平台（以下简称平台）是指.
fn skip_bracket_back(text: &str, end: usize) -> usize {
    let before = text[..end].trim_end_matches(fold::is_space);
    if !before.ends_with(['）', ')', '〕']) {
        return before.len();
    }
    let open = before.rfind(['（', '(', '〔']).filter(|&open| before.len() - open < 200);
    // 链（应用名称） is a term with its domain.
    match open {
        Some(open)
            if open > 0 && (before[open..].contains(['，', '称', ',', '“']) || before[open..].is_ascii()) =>
        {
            before[..open].trim_end().len()
        }
        _ => before.len(),
    }
}

/// `range` without a number in front: 1.数据产权, （一）政务数据, 第三条 数据, ——数据.
fn skip_marker(text: &str, range: TextRange) -> TextRange {
    let mut rest = &text[range.range()];
    while let Some(shorter) = without_marker(rest) {
        rest = shorter;
    }
    TextRange::new(range.end - rest.len(), range.end)
}

/// `text` without the first marker or white space, if it begins with one.
fn without_marker(text: &str) -> Option<&str> {
    let is_numeral =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十百零".contains(c);
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    if fold::is_space(first) || "—-●•·■◆）)、".contains(first) || ('①'..='⓿').contains(&first)
    {
        return Some(rest);
    }
    if first == '（' || first == '(' {
        let inner = rest.trim_start_matches(|c| is_numeral(c) || fold::is_space(c));
        return (inner.len() < rest.len()).then(|| inner.strip_prefix(['）', ')']))?;
    }
    if first == '第' {
        let inner = rest.trim_start_matches(|c| is_numeral(c) || fold::is_space(c));
        return (inner.len() < rest.len()).then(|| inner.strip_prefix(['条', '章', '节', '款']))?;
    }
    // 一件事 begins with a numeral and no marker; a marker ends with a stop of its own.
    let after = text.trim_start_matches(|c| is_numeral(c) || c == '.' || c == '．');
    let marker = &text[..text.len() - after.len()];
    let dotted = marker.ends_with(['.', '．']) || (marker.contains('.') && after.starts_with(fold::is_han));
    if marker.is_empty() || marker.starts_with(['.', '．']) {
        return None;
    }
    if dotted {
        return Some(after);
    }
    let arabic = marker.chars().all(|c| c.is_ascii_digit() || c == '.');
    (after.starts_with('、') || (arabic && after.starts_with([' ', '\u{3000}']))).then_some(after)
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
    let rest = text[at..].trim_start_matches(|c| fold::is_space(c) || matches!(c, '：' | ':' | '，' | ','));
    text.len() - rest.len()
}

/// Where the body that begins at `start` ends: with the sentence, or before the next definition of a
/// row that is set apart by semicolons.
fn body_end(text: &str, start: usize) -> usize {
    let end = sentence_end(text, start);
    let sentence = &text[start..end];
    for (at, c) in sentence.match_indices(['；', ';']) {
        let rest = &sentence[at + c.len()..];
        let next = rest.split(['；', '，', '。', ';']).next().unwrap_or(rest);
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
    if text[after..].starts_with([
        '可', '将', '时', '使', '便', '为', '日', '刻', '期', '席', '兴', '位', '用', '应', '成', '止',
    ]) {
        return;
    }
    let before = text[..at].trim_end_matches(fold::is_space);
    let comma = before.ends_with(['，', ',']);
    let clause = before.trim_end_matches(['，', ',']);
    // 5 characters: “1+5”架构，即….
    let tail = clause.char_indices().rev().take(5);
    let close = tail.filter(|&(_, c)| c == '”').map(|(at, _)| at).next();
    if !comma && close.is_none() {
        return;
    }
    let Some((term, _)) = term_before(text, clause.len()) else { return };
    let opens = text[..term.start].trim_end_matches(|c| fold::is_space(c) || fold::is_quote(c));
    let opens = opens.is_empty() || opens.ends_with(['。', '；', '：', ':', '.']);
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

/// `X是…的简称`, with 简 at `at`.
fn short_for(text: &str, at: usize, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    if !text[..at].ends_with('的') {
        return;
    }
    let body_end = at - '的'.len_utf8();
    let from = zhengming_text::line_index::floor_boundary(text, body_end.saturating_sub(240));
    let sentence = text[from..body_end].rsplit(['。', '；', '！', '\t']).next().unwrap_or_default();
    let sentence_start = body_end - sentence.len();
    let Some(is) = sentence.find(['是', '为', '系']).map(|is| sentence_start + is) else { return };
    let Some((term, _)) = term_before(text, is) else { return };
    if is_term_like(&text[term.range()]) {
        push(term, TextRange::new(is + '是'.len_utf8(), body_end), Pattern::ShortFor);
    }
}

/// `注：X是…`, `注1：X是…`, also in the middle of a text without line breaks.
fn notes(text: &str, is_note: bool, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    for (at, _) in text.match_indices('注') {
        let mut rest = text[at + '注'.len_utf8()..].trim_start();
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        if let Some(inner) = rest.strip_prefix(['：', ':'])
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
    let name = text[from..is].trim_end_matches(['，', ',']);
    let plain = name.trim_matches(|c| fold::is_quote(c) || fold::is_space(c));
    if plain.chars().count() > 20
        || plain.contains(['，', '。', '、', '；', '：', '（'])
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
