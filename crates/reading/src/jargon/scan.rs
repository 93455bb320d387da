//! One pass over the text of a block: the places that some family lays claim to.

use std::collections::BTreeMap;

use memchr::memmem;

use zhengming_terms::lexicon::Lexicon;
use zhengming_text::fold::is_han;
use zhengming_text::signs::Signs;
use zhengming_text::zh::numeral;

use super::hit::Hit;
use super::knowledge::{Data, Jargon, Side, Trigger};
use super::{Family, clause, latin, quoted, slogan};

/// The hits in the `text` of a view of a text with these `signs`, in order and without overlap: the longest
/// claims its text.
pub(super) fn scan(text: &str, signs: Signs, jargon: &Jargon) -> Vec<Hit> {
    let data = jargon.data();
    let mut hits = Vec::new();
    if signs.any(Signs::QUOTE) {
        places(text, "“").for_each(|at| quoted::read(text, at, jargon, &mut hits));
    }
    if signs.any(Signs::PLUS) {
        let codes = places(text, "+").filter_map(|at| slogan::code(text, at));
        // 14+1个分地区方案 counts.
        let codes = codes.filter(|&(_, end)| !numeral::is_measured(&text[end..]));
        hits.extend(codes.map(|(start, end)| hit(Family::Code, start, end)));
    }
    if signs.any(Signs::AXIS) {
        let axes = places(text, "横").chain(places(text, "纵")).filter_map(|at| slogan::axes(text, at));
        hits.extend(axes.map(|(start, end)| hit(Family::Number, start, end)));
    }
    if signs.any(Signs::CAPITAL) {
        hits.extend(slogan::lettered_codes(text).map(|(start, end)| hit(Family::Code, start, end)));
        latin::words(text, data, |start, end| hits.push(hit(Family::Letters, start, end)));
    }
    // Where no word of the lists makes an expression, formulas are all that can be found; they only protect.
    if signs.any(Signs::JARGON) || !hits.is_empty() {
        for found in data.words.find(text) {
            named(text, data.triggers[found.word], found.start, found.end, jargon, &mut hits);
        }
    }
    claim(hits)
}

/// Where `mark` stands in `text`.
fn places<'t>(text: &'t str, mark: &'static str) -> impl Iterator<Item = usize> + 't {
    memmem::find_iter(text.as_bytes(), mark)
}

pub(super) fn hit(family: Family, start: usize, end: usize) -> Hit {
    Hit { family: Some(family), start, end, quoted: false }
}

/// A word of the lists at `start..end`.
fn named(text: &str, trigger: Trigger, start: usize, end: usize, jargon: &Jargon, hits: &mut Vec<Hit>) {
    let data = jargon.data();
    let lexicon = &*jargon.lexicon;
    match trigger {
        Trigger::Formula => hits.push(Hit { family: None, start, end, quoted: false }),
        Trigger::Union => hits.extend(slogan::union(text, start).map(|from| hit(Family::Number, from, end))),
        Trigger::Specialist => {
            if !is_inside_a_word(text, start, end, jargon) && !lexicon.runs_on(text, start, end) {
                hits.push(hit(Family::Specialist, start, end));
            }
        }
        Trigger::Coined => {
            if is_inside_a_word(text, start, end, jargon) {
                return;
            }
            let side = data.coined.get(&text[start..end]).copied().unwrap_or(Side::None);
            let (from, to) = match side {
                Side::Before => (clause::left(text, start, 1, data, lexicon), end),
                Side::After => (start, clause::right(text, end, data, lexicon)),
                Side::None => (start, end),
            };
            hits.push(hit(Family::Coined, from, to));
        }
        Trigger::Head => {
            let from = clause::left(text, start, 1, data, lexicon);
            let whole = &text[from..end];
            let excluded = data.heads.get(&text[start..end]).is_some_and(|except| {
                let reach = text[end..].chars().take(3).map(char::len_utf8).sum::<usize>();
                let near = &text[from..end + reach];
                except.iter().any(|word| near.contains(word.as_str()))
            });
            let stands_alone = text[start..end].chars().count() >= 3;
            let long_enough = (from < start || stands_alone) && whole.chars().count() <= 8;
            // 危险化学品｜码头
            if !excluded && long_enough && !is_inside_a_word(text, start, end, jargon) {
                hits.push(hit(Family::Metaphor, from, end));
            }
        }
        Trigger::Brand => {
            let rest: Vec<char> = text[end..].chars().take(2).take_while(|&c| is_han(c)).collect();
            // 皖事通, 浙里办; what follows a longer promise is anybody's guess without quotation marks.
            let ends = |length: usize| {
                let tail: String = rest.iter().take(length).collect();
                rest.len() >= length
                    && data.families.brand_ends.iter().any(|end| tail.ends_with(end.as_str()))
            };
            if let Some(length) = (1..=2).find(|&length| ends(length)) {
                let end = end + rest.iter().take(length).map(|c| c.len_utf8()).sum::<usize>();
                // 驻京｜办事机构
                if !is_inside_a_word(text, start, end, jargon) {
                    hits.push(hit(Family::Brand, start, end));
                }
            }
        }
        Trigger::Clipped => {
            let (from, to) = clipped(text, start, end, data, jargon);
            let length = text[from..to].chars().count();
            // 学校｜地址; 社会 in 政银企社｜会商 is an accident.
            let is_piece =
                has_known_pair(&text[from..to], lexicon) && is_inside_a_word(text, from, to, jargon);
            if (3..=8).contains(&length) && !is_piece {
                hits.push(hit(Family::Clipped, from, to));
            }
        }
    }
}

/// The run of clipped bodies around `start..end`, less what belongs to a word beside it: 政企社｜会.
fn clipped(text: &str, start: usize, end: usize, data: &Data, jargon: &Jargon) -> (usize, usize) {
    let is_body = |c: &char| data.families.bodies.contains(*c);
    let before: usize = text[..start].chars().rev().take_while(is_body).map(char::len_utf8).sum();
    let after: usize = text[end..].chars().take_while(is_body).map(char::len_utf8).sum();
    let (mut from, mut to) = (start - before, end + after);
    let joins = |left: Option<char>, right: Option<char>| match (left, right) {
        (Some(left), Some(right)) => jargon.lexicon.frequency(&format!("{left}{right}")).is_some(),
        _ => false,
    };
    while to > end && joins(text[..to].chars().next_back(), text[to..].chars().next()) {
        to -= text[..to].chars().next_back().map_or(0, char::len_utf8);
    }
    while from < start && joins(text[..from].chars().next_back(), text[from..].chars().next()) {
        from += text[from..].chars().next().map_or(0, char::len_utf8);
    }
    (from, to)
}

/// Whether two neighbouring characters of `text` are a word.
fn has_known_pair(text: &str, lexicon: &Lexicon) -> bool {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    starts.windows(3).any(|pair| lexicon.frequency(&text[pair[0]..pair[2]]).is_some())
}

/// Whether a longer word runs into the listed word: 人工智能体验, 公共数据产权威.
fn is_inside_a_word(text: &str, start: usize, end: usize, jargon: &Jargon) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let glued = |before: &str, after: &str| latin(before.chars().next_back()) && latin(after.chars().next());
    glued(&text[..start], &text[start..])
        || glued(&text[..end], &text[end..])
        || !jargon.lexicon.stands_alone(text, start, end)
}

/// The longest hits first come first served; of equal ones the formula, then the more telling family.
fn claim(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.end - hit.start), hit.family, hit.start));
    let mut kept: BTreeMap<usize, Hit> = BTreeMap::new();
    for hit in hits {
        let before = kept.range(..hit.end).next_back();
        if before.is_none_or(|(_, other)| other.end <= hit.start) {
            kept.insert(hit.start, hit);
        }
    }
    kept.into_values().filter(|hit| hit.family.is_some()).collect()
}
