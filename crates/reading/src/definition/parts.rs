//! Statements of what something is made of, what belongs to it or what kind of thing it is: X由甲、乙构成, 由甲、乙构成的X,
//! “X”包括甲、乙, X是一种…的…, …，称为“X”.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark, marker};

use super::{Definition, Pattern, name, sentence_end, window, without_layout};

/// Bytes before a cue in which its sentence may begin.
const REACH: usize = 600;
/// Longest word between an expression and what is said of it, in characters: “三张清单”制度，包括….
const LONGEST_CLASS: usize = 4;
/// Longest term that a sentence may begin with, in characters.
const LONGEST: usize = 20;
/// Shortest description before a name that is given to it, in Chinese characters.
const DESCRIBED: usize = 8;
/// Shortest statement of what something is, in Chinese characters.
const SHORTEST: usize = 10;
/// Words before 由 that are no part of the whole: X主要由….
const ADVERBS: [&str; 12] =
    ["主要", "共同", "一般", "通常", "是", "则", "应", "应当", "可", "均", "分别", "可以"];
/// What 一项 and 一个 introduce in praise, not in a definition.
const PRAISE: [&str; 12] =
    ["长期", "复杂", "系统", "重要", "艰巨", "庞大", "全新", "重大", "关键", "综合", "战略", "民生"];
/// Verbs that a statement about an activity begins with, which no term does.
const NO_TERMS: [&str; 14] =
    ["推进", "推动", "加快", "加强", "开展", "实施", "建设", "要", "既", "不", "做好", "坚持", "这", "其"];

/// Nouns of kind with which a statement of what something is ends, besides those that names end with.
const GENERA: [&str; 18] = [
    "方法", "过程", "活动", "行为", "形态", "能力", "手段", "集合", "总和", "总称", "层级", "形式", "类型",
    "组织", "机构", "数据", "信息", "产品",
];
/// Longest noun of kind with its attributes, in characters.
const LONGEST_GENUS: usize = 16;

/// What follows the name after 所称 but 指.
const SAYS: [&str; 7] = ["均包括", "包括", "包含", "涵盖", "仅涉及", "是", "为"];

/// What follows 本办法 before the name that it explains.
pub(super) const SO_CALLED: &str = "所称";

static LISTED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("包"));
static SO_CALLING: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(SO_CALLED));

/// Adds the statements in `text`.
pub(super) fn find(text: &str, block: usize, signs: Signs, found: &mut Vec<Definition>) {
    let mut push = |term: TextRange, body: TextRange, pattern: Pattern| {
        let term = super::trimmed(text, term);
        let label = without_layout(&text[term.range()]);
        if !term.is_empty() && !body.is_empty() && label.chars().any(|c| fold::is_han(c) || c.is_alphabetic())
        {
            found.push(Definition { block, term, text: label, body: vec![(block, body)], pattern });
        }
    };
    let bytes = text.as_bytes();
    if signs.any(Signs::COMPOSED) {
        composed(text, &mut push);
    }
    if signs.any(Signs::QUOTE) {
        if LISTED.find(bytes).is_some() || text.contains("分别") {
            listed(text, &mut push);
        }
        named(text, &mut push);
    }
    if signs.any(Signs::KIND) {
        said(text, &mut push);
    }
    if signs.any(Signs::SO_CALLED) {
        so_called(text, &mut push);
    }
}

/// X由甲、乙构成 and 由甲、乙构成的X.
fn composed(text: &str, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    for (at, cue) in cue::COMPOSED.iter().flat_map(|cue| text.match_indices(*cue)) {
        let from = floor_boundary(text, at.saturating_sub(REACH));
        let head = &text[from..at];
        let sentence =
            head.rfind(mark::STOPS).map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
        let Some(by) = head[sentence..].rfind('由').map(|by| from + sentence + by) else { continue };
        // 自由, 理由: no 由 that says of what.
        if text[..by].ends_with(['自', '理', '事', '缘']) {
            continue;
        }
        let members = &text[by + '由'.len_utf8()..at];
        let end = at + cue.len();
        // 由三大部分构成：… and 由甲和乙构成 name parts; 由我国自主构成 does not.
        let has_parts =
            members.contains('、') || members.contains(mark::JOINTS) || text[end..].starts_with(mark::COLONS);
        if !has_parts || members.len() > REACH || without_layout(members).chars().count() < 3 {
            continue;
        }
        if let Some(rest) = text[end..].trim_start_matches(fold::is_space).strip_prefix('的') {
            let start = text.len() - rest.trim_start_matches(fold::is_space).len();
            let whole = name::after(text, start);
            let flat = without_layout(&text[whole.range()]);
            // 由专家组成的小组负责评审: too short a name to be one.
            if flat.chars().filter(|&c| fold::is_han(c)).count() >= 5 && !flat.contains('的') {
                push(whole, TextRange::new(by, end), Pattern::Composition);
            }
            continue;
        }
        if let Some(whole) =
            subject(text, from + sentence, by).or_else(|| clause_before(text, from + sentence, by))
        {
            let end = if text[end..].starts_with(mark::COLONS) { sentence_end(text, end) } else { end };
            push(whole, TextRange::new(by, end), Pattern::Composition);
        }
    }
}

/// The name with which the sentence at `from` begins, where a clause of circumstances stands before `by`: X在国家统筹下，由….
fn clause_before(text: &str, from: usize, by: usize) -> Option<TextRange> {
    let head = text[from..by].trim_end_matches(fold::is_space);
    let clause = head.trim_end_matches(mark::COMMAS);
    let bare = marker::strip(clause);
    if clause.len() == head.len() || bare.contains(mark::CLAUSE_ENDS) {
        return None;
    }
    let bare = bare.find("所称").map_or(bare, |at| bare[at + "所称".len()..].trim_start_matches('的'));
    let end =
        from + clause.len() - bare.len() + bare.find(['在', '以', '按', '经', '依']).unwrap_or(bare.len());
    // 大会会议设立秘书处，由…: the name is what the verb governs.
    let named = &text[from + clause.len() - bare.len()..end];
    let governed = cue::LEADS.iter().filter_map(|lead| Some(named.rfind(lead)? + lead.len())).max();
    subject(text, end - named.len() + governed.unwrap_or(0), end)
}

/// The name with which a clause begins that goes on at `end` with what is said of it.
fn subject(text: &str, from: usize, end: usize) -> Option<TextRange> {
    let mut head = text[from..end].trim_end_matches(fold::is_space);
    while let Some(shorter) = ADVERBS.iter().find_map(|word| head.strip_suffix(word)) {
        head = shorter.trim_end_matches(|c| fold::is_space(c) || mark::COMMAS.contains(&c));
    }
    let clause = head
        .rfind(|c| mark::CLAUSE_ENDS.contains(&c))
        .map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
    let clause_start = from + clause;
    let bare = marker::strip(&text[clause_start..from + head.len()]);
    // 第九条【实施机构】实施机构是…: the heading of the article.
    let bare = mark::bracket_at(bare).filter(|_| bare.starts_with('【')).map_or(bare, |(_, rest)| rest);
    let range = TextRange::new(from + head.len() - bare.len(), from + head.len());
    let name = without_layout(bare);
    let length = name.chars().count();
    let is_name = (2..=LONGEST).contains(&length)
        && name.starts_with(|c: char| fold::is_han(c) || fold::is_quote(c) || c.is_alphanumeric())
        && cue::starts_with_any(&name, &NO_TERMS).is_none()
        && !name.contains(['的', '、'])
        && !name.ends_with(['应', '可', '要', '须', '能', '是', '将', '并', '也', '已']);
    is_name.then_some(range)
}

/// “三张清单”包括甲、乙和丙, “三张清单”制度，包括甲、乙和丙.
fn listed(text: &str, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    for (close, mark_text) in text.match_indices('”') {
        let behind = close + mark_text.len();
        let after = window(text, behind, REACH);
        let plain = after.trim_start_matches(fold::is_space);
        let class: usize =
            plain.chars().take_while(|&c| fold::is_han(c)).take(LONGEST_CLASS).map(char::len_utf8).sum();
        let later = plain[class..].strip_prefix(mark::COMMAS);
        let mut places = [Some(plain), plain.strip_prefix(mark::COMMAS), later].into_iter().flatten();
        let cued = |place: &str| cue::starts_with_any(place, &cue::LISTS).map(str::len);
        let Some(list) = places.find_map(|place| cued(place).map(|cue| &place[cue..])) else { continue };
        // The list is what is left of the window.
        let start = behind + after.len() - list.len();
        let body = TextRange::new(start, sentence_end(text, start));
        let Some(open) = text[..close].rfind('“').filter(|open| close - open < 90) else { continue };
        if text[body.range()].contains(['、', '；']) {
            push(TextRange::new(open + '“'.len_utf8(), close), body, Pattern::Includes);
        }
    }
}

/// …免于申报，即“一线放开”; 这一做法称为“一线放开”.
fn named(text: &str, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    for (open, quote) in text.match_indices('“') {
        let from = floor_boundary(text, open.saturating_sub(REACH));
        let before = text[from..open].trim_end_matches(fold::is_space);
        let namely = || {
            let head = before.strip_suffix('即')?;
            head.ends_with(|c| mark::CLAUSE_ENDS.contains(&c) || mark::OPEN_ROUND.contains(&c))
                .then_some(head)
        };
        let naming = cue::NAMING.iter().find_map(|name| before.strip_suffix(name));
        let Some(head) = naming.or_else(namely) else { continue };
        let head = head.trim_end_matches(|c| mark::CLAUSE_ENDS.contains(&c) || mark::OPEN_ROUND.contains(&c));
        let start =
            head.rfind(mark::STOPS).map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
        let described = head[start..].trim_start();
        if described.chars().filter(|&c| fold::is_han(c)).count() < DESCRIBED {
            continue;
        }
        let term = open + quote.len();
        let Some(length) = window(text, term, 90).find(mark::CLOSE_QUOTES) else { continue };
        let body = TextRange::new(from + head.len() - described.len(), from + head.len());
        push(TextRange::new(term, term + length), body, Pattern::Named);
    }
}

/// A sentence that begins with a name and says what kind of thing it is: X是一种…的…, X是…的新型….
fn said(text: &str, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    let mut start = 0;
    for sentence in text.split_inclusive(mark::SENTENCE_ENDS) {
        let from = start;
        start += sentence.len();
        let Some(is) = sentence.find('是').filter(|&is| is > 0 && is < 120) else { continue };
        let asserts = !sentence[..is].ends_with([
            '应', '须', '要', '也', '仍', '正', '就', '将', '不', '并', '都', '既', '还', '便', '只',
        ]);
        if !asserts || !says_what(&sentence[is + '是'.len_utf8()..]) {
            continue;
        }
        if let Some(term) = subject(text, from, from + is) {
            let length =
                text[term.range()].chars().filter(|&c| fold::is_han(c) || c.is_alphanumeric()).count();
            // The name opens the sentence: nothing but a number may stand before it.
            let before = marker::strip(&text[from..term.start]).trim_matches(fold::is_space);
            let opens = before.is_empty() || (before.starts_with('【') && before.ends_with('】'));
            if opens && length <= 14 {
                let end = sentence_end(text, from + is);
                push(term, TextRange::new(from + is + '是'.len_utf8(), end), Pattern::Kind);
            }
        }
    }
}

/// Whether what follows X是 says what kind of thing X is: 一种…的…, …的一类…, …的新型…, 基于…的模式.
fn says_what(body: &str) -> bool {
    let body = body.trim_end_matches(mark::SENTENCE_ENDS);
    let han = body.chars().filter(|&c| fold::is_han(c)).count();
    let kind = cue::starts_with_any(body, &cue::KINDS);
    let praised = kind.is_some_and(|kind| PRAISE.iter().any(|word| body[kind.len()..].starts_with(word)));
    if han < SHORTEST || praised || body.starts_with(['指', '否']) || !body.contains('的') {
        return false;
    }
    if kind.is_some_and(|kind| kind.starts_with('一')) {
        return true;
    }
    // The noun of kind ends the sentence or one of its clauses.
    let mut clauses = body.split(|c| mark::COMMAS.contains(&c));
    clauses.any(|clause| {
        let Some((_, genus)) = clause.rsplit_once('的') else { return false };
        let is_new = cue::NEW_KINDS.iter().any(|new| genus.starts_with(new));
        let is_kind = kind.is_some()
            && GENERA.iter().chain(&cue::CLASSES).any(|noun| genus.ends_with(noun))
            && !cue::WORTHS.iter().any(|word| genus.starts_with(word) || genus.ends_with(word));
        genus.chars().count() <= LONGEST_GENUS && (is_new || is_kind)
    })
}

/// 本办法所称X，包括…; 本方案所称的X，是关于…的…; 指 is read elsewhere.
fn so_called(text: &str, push: &mut impl FnMut(TextRange, TextRange, Pattern)) {
    for at in SO_CALLING.find_iter(text.as_bytes()) {
        let mut start = at + SO_CALLED.len();
        if text[start..].starts_with('的') {
            start += '的'.len_utf8();
        }
        let rest = window(text, start, 240);
        let clause = mark::until(rest, &mark::CLAUSE_ENDS);
        // The verb follows the name, or the comma behind it.
        let inner =
            SAYS.iter().filter_map(|verb| Some((clause.find(verb).filter(|&at| at >= 6)?, *verb))).min();
        let behind = rest[clause.len()..].strip_prefix(mark::COMMAS).map(|after| {
            let after = after.trim_start_matches(fold::is_space);
            (rest.len() - after.len(), after)
        });
        let later = behind.and_then(|(at, after)| Some((at, cue::starts_with_any(after, &SAYS)?)));
        let (length, verb_at, verb) = match (inner, later) {
            (Some((at, verb)), _) => (at, at, verb),
            (None, Some((at, verb))) => (clause.len(), at, verb),
            (None, None) => continue,
        };
        let mut name = &rest[..length];
        // 引导区（以下简称示范区）: the short form is declared beside the term.
        if let Some((outer, inner)) = mark::bracket_before(name.trim_end())
            && inner.contains('称')
        {
            name = outer;
        }
        name = name.trim_end_matches(['还', '也', '应', '均', '皆', '，']);
        if rest[verb_at + verb.len()..].starts_with('指') || name.contains('指') || name.chars().count() > 36
        {
            continue;
        }
        let is_list = verb != "是" && verb != "为";
        let from = start + verb_at + if is_list { 0 } else { verb.len() };
        let pattern = if is_list { Pattern::Includes } else { Pattern::SoCalled };
        push(
            TextRange::new(start, start + name.len()),
            TextRange::new(from, sentence_end(text, from)),
            pattern,
        );
    }
}
