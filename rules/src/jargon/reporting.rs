//! How candidates of jargon become findings.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::advice;
use zhengming_lint::rule::{Context, Finding};
use zhengming_reading::jargon::{Candidate, Confidence, Evidence, Family};
use zhengming_terms::dictionary::Subject;
use zhengming_terms::termbase::ConceptId;
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::BlockKind;
use zhengming_text::fold;
use zhengming_text::message::{Text, quoted};
use zhengming_text::span::TextRange;

/// Readers, by what they know. It is an option of the rules about jargon.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everybody: what trades and national policy call things is worth a hint.
    Public,
    /// Officials of other places, who read policy every week.
    #[default]
    Officials,
    /// People of the trade: only what is of one place alone is opaque to them.
    Trade,
}

impl Audience {
    /// From what confidence on something is told to these readers.
    pub(super) fn least(self) -> Confidence {
        match self {
            Self::Public => Confidence::Likely,
            Self::Officials | Self::Trade => Confidence::Confident,
        }
    }
}

/// Most places that are listed besides the first.
const MOST_PLACES: usize = 20;
/// What codes are codes of.
const NAMED: [&str; 12] =
    ["体系", "布局", "格局", "架构", "集群", "机制", "模式", "工程", "行动", "平台", "计划", "战略"];
/// Longest name of what a code is of, in characters: 现代制造业集群体系 has nine.
const LONGEST_NAME: usize = 10;
/// Most blocks that one title runs over.
const TITLE_LINES: usize = 3;
/// Heads that say too little for a term to be named that shares them.
const GENERAL: [&str; 12] =
    ["平台", "系统", "体系", "数据", "应用", "服务", "模式", "机制", "工程", "信息", "中心", "管理"];

/// The blocks of the document's own title: its first heading, which may run over several blocks.
pub(super) fn title(cx: &Context<'_>) -> Range<usize> {
    let Some((first, kind)) = cx.blocks().find_map(|block| match block.kind() {
        BlockKind::Heading(_) => Some((block.index(), block.kind())),
        _ => None,
    }) else {
        return 0..0;
    };
    let lines = cx.blocks().skip(first).take_while(|block| block.kind() == kind).count();
    // Headings that stand alone are the chapters of an outline.
    first..first + if lines > TITLE_LINES { 1 } else { lines }
}

/// The texts of the opaque candidates of some families that are surest to be: at most `most`.
pub(super) fn surest<'a>(cx: &Context<'a>, is_meant: impl Fn(Family) -> bool, most: usize) -> Vec<&'a str> {
    let all = cx.candidates().iter();
    let mut opaque: Vec<&Candidate> =
        all.filter(|one| is_meant(one.family) && one.confidence == Confidence::Confident).collect();
    // Of equally sure ones the first in the text.
    opaque.sort_by(|a, b| b.score.total_cmp(&a.score));
    opaque.into_iter().take(most).map(|one| one.text.as_str()).collect()
}

/// The finding for a candidate at the first of its places in a block that counts, the others beside it:
/// `message` and `label` say what is wrong, `ways_out` what can be done. Nothing without such a place.
pub(super) fn finding(
    cx: &Context<'_>,
    candidate: &Candidate,
    counts: impl Fn(usize) -> bool,
    message: Text,
    label: Text,
    ways_out: Text,
) -> Option<Finding> {
    let first = candidate.places.iter().position(|&(block, _)| counts(block))?;
    let (block, place) = candidate.places[first];
    let range = whole_name(cx.block_at(block).text(), candidate, place);
    let evidence: Vec<Text> = candidate.evidence.iter().map(Evidence::text).collect();
    let list = |pick: fn(&Text) -> &String, between: &str| {
        evidence.iter().map(|text| pick(text).as_str()).collect::<Vec<_>>().join(between)
    };
    let family = family(candidate.family);
    let (mut zh, mut en) = (family.zh, family.en);
    if !evidence.is_empty() {
        zh = format!("{zh}，{}", list(|text| &text.zh, "、"));
        en = format!("{en}: {}", list(|text| &text.en, ", "));
    }
    if let Some(concept) = nearest(cx, candidate) {
        let name = cx.preferred(concept);
        let source = cx.citation(concept).unwrap_or_default();
        zh = format!("{zh}。相近的规范术语：{}（{source}）", quoted(name));
        en = format!("{en}. An official term nearby: `{name}` ({source})");
    }
    let severity = match candidate.confidence {
        Confidence::Confident => Severity::Warning,
        _ => Severity::Info,
    };
    let sureness = (candidate.score * 100.0).round().clamp(0.0, 100.0) as u8;
    let mut finding = Finding::new(block, range, message, label)
        .basis(Text::new(zh, en))
        .help(ways_out)
        .operator(advice::well_known())
        .severity(severity)
        .sureness(sureness);
    let others = candidate.places.iter().enumerate().filter(|&(number, _)| number != first);
    for (_, &(block, range)) in others.take(MOST_PLACES) {
        finding = finding.related(block, range, Text::new("此处也用", "used here as well"));
    }
    Some(finding)
}

/// A bare number says what it is a code of only with the words behind it: “33618”现代制造业集群体系.
fn whole_name(text: &str, candidate: &Candidate, place: TextRange) -> TextRange {
    if candidate.family != Family::Code || !candidate.text.bytes().all(|byte| byte.is_ascii_digit()) {
        return place;
    }
    let mut name = String::new();
    let mut ends = Vec::new();
    for (at, c) in text[place.end..].char_indices() {
        if fold::is_quote(c) && name.is_empty() || fold::is_space(c) || matches!(c, '\n' | '\r') {
            continue;
        }
        if !fold::is_han(c) || name.chars().count() == LONGEST_NAME {
            break;
        }
        name.push(c);
        if NAMED.iter().any(|class| name.ends_with(class)) {
            ends.push(place.end + at + c.len_utf8());
        }
    }
    let Some(&end) = ends.last() else { return place };
    let quote =
        text[..place.start].chars().next_back().filter(|&c| fold::is_quote(c)).map_or(0, char::len_utf8);
    TextRange::new(place.start - quote, end)
}

/// What made the expression a candidate, in a few words.
fn family(family: Family) -> Text {
    match family {
        Family::Code => Text::new("数字代号", "a code of numbers"),
        Family::Number => Text::new("数字口号", "a slogan that counts"),
        Family::Brand => Text::new("品牌名", "a brand"),
        Family::Metaphor => Text::new("比喻造词", "a metaphor"),
        Family::Clipped => {
            Text::new("逐字缩略或新拼的词", "words clipped to single characters, or a new blend")
        }
        Family::Specialist => Text::new("行业术语", "a term of some trade"),
        Family::Coined => Text::new("含新造词", "a compound with a coined word"),
        Family::Letters => Text::new("字母词", "a letter word"),
        Family::Quoted => Text::new("引号里的造词", "a quoted coinage"),
    }
}

/// The official term with the same head: 用能大脑 → 城市大脑.
fn nearest(cx: &Context<'_>, candidate: &Candidate) -> Option<ConceptId> {
    if !matches!(candidate.family, Family::Metaphor | Family::Coined) {
        return None;
    }
    let chars: Vec<char> = candidate.text.chars().collect();
    [3, 2].into_iter().filter(|&length| chars.len() >= length).find_map(|length| {
        let head: String = chars[chars.len() - length..].iter().collect();
        if GENERAL.contains(&head.as_str()) {
            return None;
        }
        let base = cx.termbase();
        let defined = base.defined_concepts().iter().map(|&id| (id, base.concept(id)));
        let terms = defined
            .filter(|(_, concept)| concept.subject == Subject::Terms && concept.preferred.ends_with(&head));
        terms.min_by_key(|(_, concept)| concept.preferred.chars().count()).map(|(id, _)| id)
    })
}
