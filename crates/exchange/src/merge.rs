//! Several dictionaries as one.
//!
//! Of the versions of an act the last one counts; an entry says which act, article and day it is from, and terms that
//! several acts define are kept apart by the act. What was left out or is doubtful is told.

use std::collections::HashMap;

use zhengming_terms::dictionary::{Authority, Concept, Dictionary, DictionaryError, Header, Matching};
use zhengming_text::date::Date;
use zhengming_text::message::{Text, quoted};

/// One dictionary made of several, and what a person should know of how it was made.
#[derive(Debug)]
pub struct Merged {
    /// The dictionary.
    pub dictionary: Dictionary,
    /// Versions that were left out, terms that several sources define otherwise.
    pub notices: Vec<Text>,
}

/// One dictionary of all entries of `parts`, in their order.
///
/// # Errors
/// If the entries do not make a valid dictionary, e.g. where one part's variant is another part's term.
pub fn merge(file: &str, header: Header, parts: Vec<Dictionary>) -> Result<Merged, DictionaryError> {
    let mut notices = Vec::new();
    let parts = last_versions(parts, &mut notices);
    let mut merging = Merging { concepts: Vec::new(), by_term: HashMap::new(), ids: HashMap::new(), notices };
    for part in &parts {
        merging.add(part);
    }
    let Merging { concepts, notices, .. } = merging;
    Ok(Merged { dictionary: Dictionary::new(file, header, concepts)?, notices })
}

/// The parts without those that another version of the same act has replaced.
fn last_versions(parts: Vec<Dictionary>, notices: &mut Vec<Text>) -> Vec<Dictionary> {
    let mut last: HashMap<String, (Option<Date>, usize)> = HashMap::new();
    for (number, part) in parts.iter().enumerate().filter(|(_, part)| is_act(part)) {
        let newest = last.entry(part.header().title.clone()).or_insert((version(part), number));
        if version(part) > newest.0 {
            *newest = (version(part), number);
        }
    }
    let mut kept = Vec::with_capacity(parts.len());
    for (number, part) in parts.into_iter().enumerate() {
        match last.get(&part.header().title).filter(|_| is_act(&part)) {
            Some(&(day, newest)) if newest != number => notices.push(superseded(&part, day)),
            _ => kept.push(part),
        }
    }
    kept
}

fn superseded(part: &Dictionary, by: Option<Date>) -> Text {
    let (title, count) = (&part.header().title, part.concept_count());
    let own = version(part).map_or_else(String::new, |day| day.to_string());
    let by = by.map_or_else(String::new, |day| day.to_string());
    Text::new(
        format!("《{title}》{own} 版已被 {by} 版取代，其中 {count} 条定义没有列入"),
        format!(
            "the version {own} of 《{title}》 is superseded by that of {by}; its {count} definitions are left out"
        ),
    )
}

/// Whether the dictionary was made from one statute: only there articles are numbered 第X条.
fn is_act(part: &Dictionary) -> bool {
    let is_article =
        |concept: &Concept| concept.clause.as_deref().is_some_and(|clause| clause.starts_with('第'));
    matches!(part.header().authority, Some(Authority::Law | Authority::LocalLaw | Authority::Policy))
        && part.concepts().first().is_some_and(is_article)
}

/// The day of the version: of its last amendment, else of its publication.
fn version(part: &Dictionary) -> Option<Date> {
    let header = part.header();
    let edition = header.edition.as_deref().and_then(Date::find);
    edition.or(header.published).or(header.effective)
}

struct Merging {
    concepts: Vec<Concept>,
    /// The entries of each preferred term.
    by_term: HashMap<String, Vec<usize>>,
    ids: HashMap<String, usize>,
    notices: Vec<Text>,
}

impl Merging {
    fn add(&mut self, part: &Dictionary) {
        let is_act = is_act(part);
        for concept in part.concepts() {
            let mut concept = concept.clone();
            if is_act {
                say_where_from(&mut concept, part);
            }
            let term = concept.preferred().to_owned();
            let same = self.by_term.get(&term).into_iter().flatten().map(|&at| &self.concepts[at]);
            let same: Vec<&Concept> = same.collect();
            if !is_act && same.iter().any(|other| other.definition == concept.definition) {
                self.notices.push(twice(&term, part));
                continue;
            }
            if let Some(other) = same.iter().find(|other| other.definition != concept.definition) {
                self.notices.push(otherwise(&term, other, &concept));
                concept.domain.get_or_insert_with(|| part.header().title.clone());
            }
            concept.id = self.free_id(&concept);
            self.by_term.entry(term).or_default().push(self.concepts.len());
            self.concepts.push(concept);
        }
    }

    fn free_id(&mut self, concept: &Concept) -> String {
        let id = match &concept.domain {
            Some(domain) if concept.matching == Matching::Definition => {
                format!("{domain}/{}", concept.preferred())
            }
            _ => concept.id.clone(),
        };
        let count = self.ids.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}-{count}") }
    }
}

/// Makes the entry of an act speak for itself among those of others.
fn say_where_from(concept: &mut Concept, part: &Dictionary) {
    let title = &part.header().title;
    let day = version(part).map_or_else(String::new, |day| format!("（{day}）"));
    let article = concept.clause.as_deref().unwrap_or_default();
    concept.source = Some(format!("《{title}》{day}{article}"));
    // What told terms of one act apart goes on doing so.
    concept.domain = Some(match concept.domain.take() {
        Some(inner) => format!("{title}，{inner}"),
        None => title.clone(),
    });
    concept.matching = Matching::Definition;
}

fn twice(term: &str, part: &Dictionary) -> Text {
    let (term, title) = (quoted(term), &part.header().title);
    Text::new(
        format!("{term}在《{title}》里的条目与前面的相同，只列一次"),
        format!("the entry of {term} in 《{title}》 is the same as one before and stands once"),
    )
}

fn otherwise(term: &str, one: &Concept, other: &Concept) -> Text {
    let term = quoted(term);
    let source = |concept: &Concept| {
        concept
            .source
            .clone()
            .or_else(|| concept.domain.clone())
            .or_else(|| concept.clause.clone())
            .unwrap_or_default()
    };
    let (one, other) = (source(one), source(other));
    Text::new(
        format!("{term}有不同的定义，按出处分别列出：{one}；{other}"),
        format!("{term} is defined differently and kept apart by source: {one}; {other}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(title: &str, day: &str, term: &str, definition: &str) -> Dictionary {
        let text = format!(
            "[dictionary]\nid = \"{title}{day}\"\ntitle = \"{title}\"\nauthority = \"law\"\nedition = \"{day}\"\n\
             [[concept]]\nterm = \"{term}\"\nclause = \"第二条\"\ndefinition = \"{definition}\"\n"
        );
        Dictionary::from_toml("act.toml", &text).unwrap()
    }

    fn merged(parts: Vec<Dictionary>) -> Merged {
        let header = Header { id: "acts".into(), title: "法规".into(), ..Header::default() };
        merge("acts.toml", header, parts).unwrap()
    }

    #[test]
    fn the_last_version_counts_wherever_it_stands() {
        let new = act("数据法", "2023-12-29", "数据", "以电子方式对信息的记录。");
        let old = act("数据法", "2018-10-26", "数据", "对信息的记录。");
        for parts in [vec![new.clone(), old.clone()], vec![old, new]] {
            let Merged { dictionary, notices } = merged(parts);
            let [concept] = dictionary.concepts() else { panic!("{dictionary:?}") };
            assert_eq!(concept.definition.as_deref(), Some("以电子方式对信息的记录。"));
            assert_eq!(concept.source.as_deref(), Some("《数据法》（2023-12-29）第二条"));
            assert_eq!(notices[0].zh, "《数据法》2018-10-26 版已被 2023-12-29 版取代，其中 1 条定义没有列入");
        }
    }

    #[test]
    fn terms_of_several_acts_are_kept_apart_and_told() {
        let one = act("数据法", "2023-12-29", "运营者", "运营网络的单位。");
        let other = act("港口法", "2018-12-29", "运营者", "运营港口的企业。");
        let Merged { dictionary, notices } = merged(vec![one, other]);
        let domains: Vec<_> = dictionary.concepts().iter().map(|concept| concept.domain.as_deref()).collect();
        assert_eq!(domains, [Some("数据法"), Some("港口法")]);
        let ids: Vec<_> = dictionary.concepts().iter().map(|concept| concept.id.as_str()).collect();
        assert_eq!(ids, ["数据法/运营者", "港口法/运营者"]);
        assert!(notices[0].zh.contains("《数据法》（2023-12-29）第二条；《港口法》（2018-12-29）第二条"));
    }

    #[test]
    fn dictionaries_that_are_no_acts_keep_their_entries_as_they_are() {
        let house = |id: &str, definition: &str| {
            let text = format!(
                "[dictionary]\nid = \"{id}\"\ntitle = \"{id}\"\n[[concept]]\nid = \"x\"\nterm = \"数据桥\"\ndefinition = \"{definition}\"\n"
            );
            Dictionary::from_toml("house.toml", &text).unwrap()
        };
        let same = merged(vec![house("甲", "两地互通的通道。"), house("乙", "两地互通的通道。")]);
        assert_eq!((same.dictionary.concept_count(), same.notices.len()), (1, 1));
        let other = merged(vec![house("甲", "两地互通的通道。"), house("乙", "数据的桥梁。")]);
        let ids: Vec<_> = other.dictionary.concepts().iter().map(|concept| concept.id.as_str()).collect();
        assert_eq!(ids, ["x", "x-2"]);
        assert_eq!(other.dictionary.concepts()[1].domain.as_deref(), Some("乙"));
        assert_eq!(other.dictionary.concepts()[0].matching, Matching::Literal);
    }
}
