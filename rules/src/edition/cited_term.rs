//! Which term a document cites a clause for: what stands beside the citation, or is defined there.

use zhengming_lint::rule::Context;
use zhengming_reading::citation::{Cited, Role};
use zhengming_reading::definition::{Definition, Pattern};
use zhengming_reading::facts::Mention;
use zhengming_reading::prose::{after_quotes, before_quotes};
use zhengming_terms::dictionary::{Concept, Dictionary};
use zhengming_terms::termbase::ConceptId;
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::zh::mark;

/// Blocks between the entry of a terms clause and its source.
const NEAR: usize = 4;
/// Definitions above a citation that are looked at.
const CLOSE: usize = 16;

/// Bytes of a clause before a bracket that are looked at.
const REACH: usize = 240;
/// Most bytes of punctuation between a definition and the bracket with its source.
const GAP: usize = 16;

/// What stands in a bracket before the citation.
const CUES: [&str; 14] = [
    "来源", "出处", "术语", "定义", "引自", "摘自", "依据", "根据", "详见", "参见", "按照", "采用", "《",
    "见",
];
/// What leads from a citation to the term that it defines: 第3.1.3.8条规定的“集成应用”.
const LINKS: [&str; 8] = ["规定的", "界定的", "定义的", "给出的", "所称的", "所称", "中的", "的"];

/// The term for which a clause is cited.
pub(super) struct Term {
    /// As the document writes it.
    pub(super) text: String,
    /// What it names, where a dictionary knows it.
    concept: Option<ConceptId>,
}

impl Term {
    /// Whether `entry` is the entry of the term.
    pub(super) fn is_named_by(&self, cx: &Context<'_>, entry: &Concept) -> bool {
        let key = fold::key(&self.text);
        let has = |name: &str| fold::key(name) == key;
        entry.designations.iter().any(|name| has(&name.text))
            || entry.heading.as_deref().is_some_and(has)
            || self.concept.is_some_and(|concept| {
                cx.termbase().entries(concept).any(|(_, other)| std::ptr::eq(other, entry))
            })
    }
}

/// The terms that the clause of `dictionary`, in which `here` stands, may be cited for, the likeliest first;
/// none if the text does not say.
pub(super) fn terms(
    cx: &Context<'_>,
    cited: &Cited,
    dictionary: &Dictionary,
    here: Option<&Concept>,
) -> Vec<Term> {
    let mut terms = match bracket(cx, cited) {
        Some(open) => before_bracket(cx, cited, open, dictionary, here),
        None => after_citation(cx, cited).into_iter().collect(),
    };
    if terms.is_empty() {
        terms.extend(of_source(cx, cited));
    }
    terms
}

/// Where the bracket opens that holds nothing but the citation and its cue.
fn bracket(cx: &Context<'_>, cited: &Cited) -> Option<usize> {
    let text = cx.block_at(cited.block).text();
    let mut inside = &text[..cited.citation.range.start];
    loop {
        let bare = inside.trim_end_matches(|c| fold::is_space(c) || matches!(c, '：' | ':'));
        match CUES.iter().find_map(|cue| bare.strip_suffix(cue)) {
            Some(shorter) => inside = shorter,
            None => return bare.strip_suffix(mark::OPEN_BRACKETS).map(str::len),
        }
    }
}

/// The terms before a bracket that opens at `open`: defined by the sentence that it closes, or right before
/// it, or the only term of `dictionary` in the clause.
fn before_bracket(
    cx: &Context<'_>,
    cited: &Cited,
    open: usize,
    dictionary: &Dictionary,
    here: Option<&Concept>,
) -> Vec<Term> {
    let text = cx.block_at(cited.block).text();
    let head = before_quotes(&text[..open]);
    let before = mentions_before(cx, cited.block, open);
    let nearest = before.last().filter(|last| last.range.end >= head.len()).map(|last| mentioned(cx, last));
    let closed = |one: &&Definition| defines_up_to(one, cited.block, text, open) && closes(one, text, cited);
    if let Some(definition) = definitions_above(cx, cited).find(closed) {
        // 甲，是指…的乙（…）: without a word of a source, the bracket may be about 乙 alone.
        let nearest = nearest.filter(|_| cited.citation.role != Role::Source);
        return [defined(cx, definition)].into_iter().chain(nearest).collect();
    }
    if nearest.is_some() {
        return nearest.into_iter().collect();
    }
    let from = floor_boundary(head, head.len().saturating_sub(REACH));
    let clause = from
        + head[from..].rfind(|c: char| mark::PART_ENDS.contains(&c) || matches!(c, '\n' | '\t')).unwrap_or(0);
    let is_entry = |mention: &&Mention| {
        let concept = mention.spelling(cx.termbase()).concept;
        cx.termbase().entries(concept).any(|(of, _)| std::ptr::eq(of, dictionary))
    };
    let mut named = before.iter().rev().take_while(|mention| mention.range.start >= clause).filter(is_entry);
    let Some(last) = named.next() else { return Vec::new() };
    let concept = last.spelling(cx.termbase()).concept;
    let is_alone = named.all(|other| other.spelling(cx.termbase()).concept == concept);
    // 依托集成应用建设门户（…）: the entry cited is called by its last word.
    let between = &text[last.range.end..open];
    let is_other = here.is_some_and(|here| ends_like(here.preferred(), between));
    if is_alone && !is_other { vec![mentioned(cx, last)] } else { Vec::new() }
}

/// The term that follows the citation and that it is said to define, or that is defined there:
/// DB33/T 2350—2021第3.1.3.8条规定的“集成应用”.
fn after_citation(cx: &Context<'_>, cited: &Cited) -> Option<Term> {
    let text = cx.block_at(cited.block).text();
    let from = cited.citation.clause_range?.end;
    let rest = text[from..].trim_start_matches(['条', '款', '项', '》', '，', ',', ' ']);
    let linked = LINKS.iter().find_map(|link| rest.strip_prefix(link));
    let start = text.len() - after_quotes(linked.unwrap_or(rest)).len();
    let mention = cx.facts().mentions().get(position(cx, cited.block, start + 1))?;
    let follows = mention.block == cited.block && mention.range.start <= start;
    (follows && (linked.is_some() || defines(cx, mention))).then(|| mentioned(cx, mention))
}

/// The term whose definition stands above a source.
fn of_source(cx: &Context<'_>, cited: &Cited) -> Option<Term> {
    if cited.citation.role != Role::Source {
        return None;
    }
    let text = cx.block_at(cited.block).text();
    // A source alone in its paragraph is that of the paragraph above.
    let is_alone = text.trim_start().starts_with(mark::OPEN_BRACKETS);
    let is_above = |one: &&Definition| match one.pattern {
        Pattern::TermsClause => cited.block - one.block <= NEAR,
        pattern => {
            let end = one.body.last().map_or(one.block, |&(block, _)| block);
            pattern.explains() && is_alone && end + 1 == cited.block
        }
    };
    definitions_above(cx, cited).find(is_above).map(|one| defined(cx, one))
}

/// The definitions before a citation, the nearest first.
fn definitions_above<'a>(cx: &Context<'a>, cited: &Cited) -> impl Iterator<Item = &'a Definition> {
    let place = (cited.block, cited.citation.range.start);
    let definitions = cx.definitions();
    let before = definitions.partition_point(|one| (one.block, one.term.start) < place);
    definitions[..before].iter().rev().take(CLOSE)
}

/// Whether the text of a definition in `block` runs up to the bracket at `open`, or over it.
fn defines_up_to(definition: &Definition, block: usize, text: &str, open: usize) -> bool {
    let body = definition.body.last().filter(|&&(of, body)| of == block && body.start <= open);
    let Some(&(_, body)) = body.filter(|_| definition.pattern.explains()) else { return false };
    let is_gap =
        |gap: &str| gap.len() <= GAP && gap.trim_matches(['。', '，', ' ', '\n', '\u{3000}']).is_empty();
    body.end > open || is_gap(&text[body.end..open])
}

/// Whether the bracket of the citation ends the text of a definition in its block, or follows it.
fn closes(definition: &Definition, text: &str, cited: &Cited) -> bool {
    let end = cited.citation.clause_range.map_or(cited.citation.range.end, |clause| clause.end);
    let is_end = |c: char| c.is_whitespace() || "条项章）)〕］]。；;".contains(c);
    definition
        .body
        .last()
        .is_some_and(|&(_, body)| body.end <= end || text[end..body.end].trim_matches(is_end).is_empty())
}

/// Whether `text` holds the last word of `name`.
fn ends_like(name: &str, text: &str) -> bool {
    let start = name.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    text.contains(&name[start..])
}

/// The number of the first mention that ends at byte `end` of `block` or after it.
fn position(cx: &Context<'_>, block: usize, end: usize) -> usize {
    cx.facts().mentions().partition_point(|mention| (mention.block, mention.range.end) < (block, end))
}

/// The mentions of `block` that end before byte `end`, or there.
fn mentions_before<'a>(cx: &Context<'a>, block: usize, end: usize) -> &'a [Mention] {
    &cx.facts().mentions()[position(cx, block, 0)..position(cx, block, end + 1)]
}

/// Whether the mention is what a definition defines.
fn defines(cx: &Context<'_>, mention: &Mention) -> bool {
    let from = cx.definitions().partition_point(|one| one.block < mention.block);
    let here = cx.definitions()[from..].iter().take_while(|one| one.block == mention.block);
    here.take_while(|one| one.term.start < mention.range.end)
        .any(|one| one.term.overlaps(mention.range) && one.pattern.explains())
}

fn mentioned(cx: &Context<'_>, mention: &Mention) -> Term {
    Term { text: cx.surface(mention), concept: Some(mention.spelling(cx.termbase()).concept) }
}

fn defined(cx: &Context<'_>, definition: &Definition) -> Term {
    let mention = cx.facts().mentions().get(position(cx, definition.block, definition.term.end));
    let is_it = |it: &&Mention| it.block == definition.block && it.range == definition.term;
    let concept = mention.filter(is_it).map(|it| it.spelling(cx.termbase()).concept);
    Term { text: definition.text.clone(), concept }
}
