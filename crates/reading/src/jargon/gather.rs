//! The hits of all blocks gathered into candidates, explained ones left out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::definition::Definition;
use crate::prose::{self, ZoneKind};
use zhengming_terms::words::{FoundWord, Words};
use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::fold::is_han;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use super::evidence::{Setting, Use, weigh};
use super::explained::{Explained, is_counted_later, is_entry, is_unpacked};
use super::hit::Hit;
use super::knowledge::Jargon;
use super::scan::scan;
use super::stated::{is_glossary_entry, is_stated};
use super::view::View;
use super::{Candidate, Confidence, Family, latin, quoted};
use zhengming_text::zh::mark;

/// Articles from which on a document is taken for a law or regulation.
const ARTICLES: usize = 6;

/// Blocks before the first article of a law or regulation: the notice that issues it, its table of contents.
const FRONT: usize = 40;

/// Unexplained letter words from which on a document is written for readers who know them.
const TECHNICAL: usize = 8;

/// Blocks below a code or slogan in which its members may be items.
const BELOW: usize = 40;
/// Bytes of text in which they may be.
const MEMBERS: usize = 3000;

/// Bytes on either side of a place that may belong to a title.
const TITLE: usize = 120;

/// What a block must hold to be searched for expressions: a word that coins some, or what their quotation
/// marks, slogans, codes and letter words are made of.
const SIGNS: Signs = Signs::JARGON.or(Signs::QUOTE).or(Signs::PLUS).or(Signs::AXIS).or(Signs::CAPITAL);

/// What else is known of the document.
pub struct Surroundings<'a> {
    /// The signs in a block, by its number.
    pub signs: &'a dyn Fn(usize) -> Signs,
    /// Places that the dictionaries account for, in order: block and range.
    pub known: &'a [(usize, TextRange)],
    /// What the document defines; asked for only if there is anything that may be defined.
    pub definitions: &'a dyn Fn() -> &'a [Definition],
}

/// An expression on its way.
struct Entry {
    family: Family,
    places: Vec<(usize, TextRange)>,
    seen: Use,
    unpacked: bool,
    /// A label that is one of a series, which needs no words.
    is_label: bool,
}

/// The candidates of `document`, in the order of their first use.
pub fn candidates(document: &Document, jargon: &Jargon, around: &Surroundings<'_>) -> Vec<Candidate> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let mut blocks = Blocks::new(document, around.known);
    let mut views: FxHashMap<usize, View<'_>> = FxHashMap::default();
    for block in document.blocks() {
        let signs = (around.signs)(block.index());
        if !signs.any(SIGNS) {
            continue;
        }
        let view = View::new(block.text(), signs);
        for hit in scan(&view.text, signs, jargon) {
            add(&view, block.index(), hit, &mut blocks, jargon, &mut entries);
        }
        if view.is_owned() {
            views.insert(block.index(), view);
        }
    }
    if entries.is_empty() {
        return Vec::new();
    }
    let data = jargon.data();
    let explained = Explained::new((around.definitions)(), &data.families.classes);
    entries.retain(|text, entry| !entry.unpacked && !explained.defines(text, entry.family));
    add_bare_uses(document, around.signs, views, &mut blocks, &mut entries);
    drop_nested(&mut entries);
    let letters = entries.values().filter(|entry| entry.family == Family::Letters).count();
    entries.retain(|_, entry| !entry.is_label);
    let setting = Setting { normative: is_normative(document), technical: letters >= TECHNICAL };
    let weights = data.weights.as_ref();
    let mut found: Vec<Candidate> = entries
        .into_iter()
        .filter_map(|(text, entry)| {
            let count = entry.places.len() as u64;
            let evidence = weigh(&text, entry.family, &entry.seen, count, setting, jargon);
            let score = weights?.score(entry.family, &evidence);
            let confidence = weights
                .map_or(Confidence::Doubtful, |weights| weights.confidence(entry.family, &evidence, score));
            Some(Candidate { text, family: entry.family, places: entry.places, evidence, score, confidence })
        })
        .collect();
    drop_beginnings(document, &mut found);
    found.sort_by_key(|candidate| candidate.places[0]);
    found
}

/// Leaves out the places of an expression in the sentences of a longer one that it begins and that is reported:
/// who explains 概念验证中心 explains 概念验证 with it, but no slogan explains its words. 数据空间 beside 可信数据空间
/// is another one of the kind, as in 跨境数据空间. The candidates come in the order of their texts.
fn drop_beginnings(document: &Document, found: &mut Vec<Candidate>) {
    let sentence = |&(block, range): &(usize, TextRange)| {
        (block, prose::sentence_around(document.block(block).text(), range).start)
    };
    for number in 0..found.len() {
        let (head, longer) = found[number..].split_at_mut(1);
        let part = &mut head[0];
        let wholes = longer.iter().take_while(|whole| whole.text.starts_with(part.text.as_str()));
        let is_compound = |whole: &&Candidate| !matches!(whole.family, Family::Code | Family::Number);
        let reported = wholes.filter(is_compound).filter(|whole| whole.confidence > Confidence::Doubtful);
        let told: FxHashSet<_> = reported.flat_map(|whole| &whole.places).map(sentence).collect();
        if !told.is_empty() {
            part.places.retain(|place| !told.contains(&sentence(place)));
        }
    }
    found.retain(|candidate| !candidate.places.is_empty());
}

fn add(
    view: &View<'_>,
    block: usize,
    hit: Hit,
    blocks: &mut Blocks<'_>,
    jargon: &Jargon,
    entries: &mut BTreeMap<String, Entry>,
) {
    let Some(family) = hit.family else { return };
    let range = view.raw(hit.start, hit.end);
    if !blocks.is_free(block, range) {
        return;
    }
    let text = &view.text[hit.start..hit.end];
    let seen = quoted::company(&view.text, &hit, jargon.data());
    if is_part_of_a_firm(&view.text, hit.end) || is_in_a_bare_title(&view.text, hit.start, hit.end) {
        return;
    }
    let counts = matches!(family, Family::Code | Family::Number);
    let unpacked = is_unpacked(&view.text, hit.start, hit.end, family)
        || (counts && is_counted_later(&following(blocks.document, block, &view.text[hit.end..]), text))
        || is_entry(&view.text, hit.start, hit.end)
        || is_stated(&view.text, hit.start, hit.end)
        || is_glossary_entry(blocks.document, block, &view.text, hit.start, hit.end);
    let entry = entries.entry(text.to_owned()).or_insert_with(|| Entry {
        family,
        places: Vec::new(),
        seen: Use::default(),
        unpacked: false,
        is_label: false,
    });
    entry.is_label |= family == Family::Letters && latin::is_in_series(&view.text, text);
    entry.family = entry.family.min(family);
    entry.places.push((block, range));
    entry.unpacked |= unpacked;
    entry.seen.quoted |= seen.quoted;
    entry.seen.informative |= seen.informative;
    let in_heading = matches!(blocks.document.block(block).kind(), BlockKind::Heading(_));
    entry.seen.class = entry.seen.class.take().or(seen.class);
    entry.seen.owner = entry.seen.owner.or(seen.owner);
    entry.seen.in_row |= seen.in_row;
    entry.seen.in_heading |= seen.in_heading || in_heading;
    if entry.seen.after.is_empty() {
        entry.seen.after = seen.after;
    }
}

/// The text after an expression: `rest` of its block, and the blocks below as far as a list of its members may reach.
fn following(document: &Document, block: usize, rest: &str) -> String {
    let mut text = rest.to_owned();
    for below in document.blocks().skip(block + 1).take(BELOW) {
        if text.len() > MEMBERS {
            break;
        }
        text.push('\n');
        text.push_str(below.text());
    }
    text
}

/// 城市大脑股份有限公司, OPPO广东移动通信有限公司.
fn is_part_of_a_firm(text: &str, end: usize) -> bool {
    let mut name = text[end..].char_indices().take(15).take_while(|&(_, c)| is_han(c));
    name.any(|(at, c)| c == '公' && text[end + at..].starts_with("公司"))
}

/// Titles without their marks: GB/T 40685—2021 信息技术服务数据资产管理要求, 关于印发…建设方案的通知.
fn is_in_a_bare_title(text: &str, start: usize, end: usize) -> bool {
    static CONCERNING: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("关于"));
    let is_end = |c: char| mark::PART_ENDS.contains(&c) || c == '\n';
    let before = &text[floor_boundary(text, start.saturating_sub(TITLE))..start];
    let before = before.rsplit(is_end).next().unwrap_or("");
    let numbered = before.bytes().any(|byte| byte.is_ascii_digit())
        && ["GB", "DB", "ISO", "T/"].iter().any(|series| before.contains(series));
    if numbered || CONCERNING.find(before.as_bytes()).is_none() {
        return numbered;
    }
    let after = &text[end..floor_boundary(text, (end + TITLE).min(text.len())).max(end)];
    let after = after.split(is_end).next().unwrap_or("");
    ["的通知", "的意见", "的函", "的公告", "的批复", "的决定"].iter().any(|kind| after.contains(kind))
}

/// Adds the places where an expression that was found in quotation marks stands without them. Some blocks have
/// their views already.
fn add_bare_uses<'d>(
    document: &'d Document,
    signs: &dyn Fn(usize) -> Signs,
    mut views: FxHashMap<usize, View<'d>>,
    blocks: &mut Blocks<'_>,
    entries: &mut BTreeMap<String, Entry>,
) {
    let only_quoted =
        |family: Family| matches!(family, Family::Quoted | Family::Number | Family::Brand | Family::Code);
    let texts: Vec<String> =
        entries.iter().filter(|(_, entry)| only_quoted(entry.family)).map(|(text, _)| text.clone()).collect();
    if texts.is_empty() {
        return;
    }
    let words = Words::new(&texts);
    for block in document.blocks() {
        let view = views.remove(&block.index());
        let view = view.unwrap_or_else(|| View::new(block.text(), signs(block.index())));
        for FoundWord { word, start, end } in words.longest(&view.text) {
            let place = (block.index(), view.raw(start, end));
            let Some(entry) = entries.get_mut(&texts[word]) else { continue };
            let glued = is_glued(&view.text, start, end);
            if !glued && blocks.is_free(place.0, place.1) {
                entry.places.push(place);
            }
        }
    }
    for entry in entries.values_mut() {
        entry.places.sort_unstable();
        entry.places.dedup();
    }
}

/// Leaves out the places that stand inside a longer expression: 数据要素 in 数据要素×三年.
fn drop_nested(entries: &mut BTreeMap<String, Entry>) {
    let mut all: Vec<_> = entries.values().flat_map(|entry| &entry.places).copied().collect();
    // Of those that begin at one place, the longest comes first.
    all.sort_unstable_by_key(|&(block, range)| (block, range.start, std::cmp::Reverse(range.end)));
    let mut nested = FxHashSet::default();
    let mut outer: Option<(usize, TextRange)> = None;
    for place in all {
        match outer.filter(|outer| outer.0 == place.0 && outer.1.contains(place.1)) {
            Some(outer) if outer.1 != place.1 => drop(nested.insert(place)),
            Some(_) => {}
            None => outer = Some(place),
        }
    }
    if nested.is_empty() {
        return;
    }
    entries.retain(|_, entry| {
        entry.places.retain(|place| !nested.contains(place));
        !entry.places.is_empty()
    });
}

/// Whether a digit or letter at either end goes on: 1+5 in 11+52.
fn is_glued(text: &str, start: usize, end: usize) -> bool {
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '+');
    (ascii(text[..start].chars().next_back()) && ascii(text[start..].chars().next()))
        || (ascii(text[..end].chars().next_back()) && ascii(text[end..].chars().next()))
}

/// Articles 第一条, 第二条… make a law or regulation, where they are not those of an annex.
fn is_normative(document: &Document) -> bool {
    let is_article = |text: &str| {
        let mut head = text.trim_start().chars().take(9);
        head.next() == Some('第') && head.any(|c| c == '条')
    };
    let mut articles = document.blocks().filter(|block| is_article(block.text()));
    let first = articles.next().map_or(usize::MAX, BlockRef::index);
    first <= FRONT.max(document.blocks().len() / 5) && articles.take(ARTICLES - 1).count() == ARTICLES - 1
}

/// Which places of the blocks are the author's own words, and unknown to the dictionaries.
struct Blocks<'a> {
    document: &'a Document,
    known: FxHashMap<usize, Vec<TextRange>>,
    zones: FxHashMap<usize, Vec<(TextRange, ZoneKind)>>,
}

impl<'a> Blocks<'a> {
    fn new(document: &'a Document, known: &[(usize, TextRange)]) -> Self {
        let mut by_block: FxHashMap<usize, Vec<TextRange>> = FxHashMap::default();
        for &(block, range) in known {
            by_block.entry(block).or_default().push(range);
        }
        Self { document, known: by_block, zones: FxHashMap::default() }
    }

    fn is_free(&mut self, block: usize, range: TextRange) -> bool {
        let text = self.document.block(block).text();
        // A known term inside a longer expression does not explain the whole.
        let known = self.known.get(&block).map_or(&[][..], Vec::as_slice);
        let inside = |other: &TextRange| range.contains(*other) && other.len() < range.len();
        let before = known.partition_point(|other| other.start < range.end);
        // Known places hardly overlap, so those that reach into the range are among the last few.
        let mut near = known[..before].iter().rev().take(range.len());
        // 行业｜产业大脑 is the known term with a modifier; of a longer name it may be a small part.
        let accounts = |other: &TextRange| {
            !inside(other) || other.end == range.end || other.len() * 3 >= range.len() * 2
        };
        if near.any(|other| other.overlaps(range) && accounts(other)) {
            return false;
        }
        let zones = self.zones.entry(block).or_insert_with(|| prose::zones(text));
        prose::zone_at(zones, range).is_none()
            && !prose::is_identifier(text, range)
            && !prose::is_document_number(text, range)
    }
}
