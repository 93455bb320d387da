//! Builds the background of official language: in how many provinces' documents a phrase or letter word stands.
//! What two provinces or more use is known; what none uses may be.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use zhengming_text::fold::is_han;

/// Provinces from which on a phrase is everybody's: of words that so many use, a compound explains itself.
const COMMON: u64 = 15;
/// The least number of provinces of each step: all that rules ask for. Few values share more of their bytes.
const STEPS: [u64; 4] = [2, 4, 8, COMMON];
/// Different neighbours on either side from which on a run of characters is a phrase of its own and no piece of a
/// longer one: of 1.06 million runs 403,000 have three on both sides.
const NEIGHBOURS: u64 = 3;
/// Characters that neither begin nor end a phrase.
const PARTICLES: &str = "的了和与及在对为以于等并或其将被由从向是有按就且各该此本至所可应须宜需不未已均每经又时过让使给之者们这那";
/// Shortest run that may be left out because common phrases make it up, in characters.
const COMPOUND: usize = 4;
/// Provinces from which on it stays: suggestions of terms leave out what is everyday language as a whole.
const EVERYDAY: u64 = 8;

/// One line of the counts.
struct Counted<'t> {
    phrase: &'t str,
    provinces: u64,
    is_whole: bool,
}

/// Reads the table of counts (phrase, provinces, …, before, after, divided by tabs) and writes the map.
pub(crate) fn build(table: &str) -> Result<(), String> {
    let text = fs::read_to_string(table).map_err(|error| format!("{table}: {error}"))?;
    let rows: Vec<Counted<'_>> = text.lines().skip(1).filter_map(counted).collect();
    let is_common =
        |row: &&Counted<'_>| row.provinces >= COMMON && row.is_whole && row.phrase.chars().all(is_han);
    let common: HashSet<&str> = rows.iter().filter(is_common).map(|row| row.phrase).collect();
    let mut kept: BTreeMap<String, u64> = BTreeMap::new();
    for row in &rows {
        let Some(step) = STEPS.iter().rev().find(|&&step| row.provinces >= step) else { continue };
        if row.is_whole && (*step >= EVERYDAY || !is_made_up(row.phrase, &common)) {
            // IPV6 is the same word as IPv6.
            let provinces = kept.entry(row.phrase.to_ascii_uppercase()).or_default();
            *provinces = (*provinces).max(*step);
        }
    }
    let map = fst::Map::from_iter(kept.iter().map(|(phrase, provinces)| (phrase, *provinces)))
        .map_err(|error| error.to_string())?;
    let target = "rules/lexicon/background.fst";
    fs::write(target, map.as_fst().as_bytes()).map_err(|error| format!("{target}: {error}"))?;
    let bytes = map.as_fst().as_bytes().len();
    eprintln!("{target}: {} of {} phrases, {bytes} bytes", kept.len(), rows.len());
    Ok(())
}

fn counted(line: &str) -> Option<Counted<'_>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    let phrase = *fields.first()?;
    let is_whole = if phrase.chars().all(is_han) {
        let is_particle = |c: Option<char>| c.is_none_or(|c| PARTICLES.contains(c));
        let ends = [phrase.chars().next(), phrase.chars().next_back()];
        number(7)? >= NEIGHBOURS && number(8)? >= NEIGHBOURS && !ends.into_iter().any(is_particle)
    } else {
        phrase.contains(|c: char| c.is_ascii_alphabetic())
    };
    Some(Counted { phrase, provinces: number(1)?, is_whole })
}

/// Whether shorter common phrases make `phrase` up from end to end, so that the map need not hold it.
fn is_made_up(phrase: &str, common: &HashSet<&str>) -> bool {
    let starts: Vec<usize> = phrase.char_indices().map(|(at, _)| at).chain([phrase.len()]).collect();
    let count = starts.len() - 1;
    if count < COMPOUND {
        return false;
    }
    let mut reached = vec![false; starts.len()];
    reached[0] = true;
    for from in 0..count {
        for to in from + 2..=count {
            let is_shorter = to - from < count;
            reached[to] |= reached[from] && is_shorter && common.contains(&phrase[starts[from]..starts[to]]);
        }
    }
    reached[count]
}
