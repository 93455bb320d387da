//! From the facts of a document to its digest.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxHashMap;

use crate::citation::{Cited, Role as CitationRole};
use crate::definition::{Definition, Pattern};
use crate::facts::{Facts, last_half};
use zhengming_terms::dictionary::{Status, Subject};
use zhengming_terms::diff::{SAME, similarity};
use zhengming_terms::register::{Register, Standing};
use zhengming_terms::termbase::{ConceptId, Role, TermBase};
use zhengming_text::date::Date;
use zhengming_text::document::Document;
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;

use super::{
    Abbreviated, Acronym, Defined, Framework, Mentioned, Referred, Site, Summary, Usage, VERSION, acronym,
    framework, place,
};

impl Summary {
    /// The digest of the document that `facts` are of. `as_of` is the day it is read for.
    pub fn read(facts: &Facts<'_>, as_of: Option<Date>) -> Self {
        let document = facts.document();
        let (termbase, register) = (facts.knowledge().termbase(), facts.knowledge().register());
        let (frameworks, acronyms) = expressions(facts, termbase);
        let abbreviations = facts.abbreviations().iter().map(|one| Abbreviated {
            site: Site::new(document, one.block, one.range),
            short: one.short.clone(),
        });
        let head = facts.head();
        let mut summary = Self {
            version: VERSION,
            path: document.name().to_owned(),
            title: head.title.clone(),
            issuer: head.issuer.clone(),
            number: head.number.clone(),
            date: head.date.map(|(date, _)| date),
            date_kind: head.date.map(|(_, kind)| kind),
            region: head.region.map(|region| region.name().to_owned()),
            region_confidence: head.region.map(|region| region.by.confidence().to_owned()),
            characters: document.blocks().map(|block| block.text().chars().count()).sum(),
            own_numbers: facts.own_numbers().to_vec(),
            standard: standard_in_force(facts.own_numbers(), register, as_of),
            mentions: mentions(facts, termbase, as_of),
            definitions: definitions(facts, termbase),
            abbreviations: abbreviations.collect(),
            citations: citations(document, facts.citations(), register, as_of),
            frameworks,
            acronyms,
        };
        place::locate(document, summary.sites_mut());
        summary
    }

    /// Every place that it speaks of.
    pub fn sites_mut(&mut self) -> impl Iterator<Item = &mut Site> {
        let mentions = self.mentions.iter_mut().map(|one| &mut one.site);
        let definitions = self.definitions.iter_mut().map(|one| &mut one.site);
        let abbreviations = self.abbreviations.iter_mut().map(|one| &mut one.site);
        let citations = self.citations.iter_mut().map(|one| &mut one.site);
        let frameworks = self.frameworks.iter_mut().map(|one| &mut one.site);
        let acronyms = self.acronyms.iter_mut().map(|one| &mut one.site);
        mentions.chain(definitions).chain(abbreviations).chain(citations).chain(frameworks).chain(acronyms)
    }
}

fn mentions(facts: &Facts<'_>, termbase: &TermBase, as_of: Option<Date>) -> Vec<Mentioned> {
    let mut found: Vec<Mentioned> = Vec::new();
    let mut known = HashMap::new();
    for mention in facts.mentions() {
        let spelling = mention.spelling(termbase);
        let concept = termbase.concept(spelling.concept);
        // Wording is free before the first standard that fixes it, as the rules have it.
        let is_free = match &spelling.role {
            Role::Variant { kind, .. } => {
                !kind.is_misspelling() && !termbase.is_in_force_on(spelling.concept, as_of)
            }
            Role::Designation { .. } => false,
        };
        let judged = mention.exemption.is_none() && !is_free;
        let index = *known.entry((spelling.concept, spelling.text.as_str())).or_insert_with(|| {
            found.push(Mentioned {
                concept: concept.id.clone(),
                preferred: termbase.preferred_on(spelling.concept, as_of).to_owned(),
                spelling: spelling.text.clone(),
                standing: usage(&spelling.role),
                organization: concept.subject != Subject::Terms,
                confusable: confusable(termbase, spelling.concept),
                count: 0,
                exempt: 0,
                site: Site::new(facts.document(), mention.block, mention.range),
            });
            found.len() - 1
        });
        let entry = &mut found[index];
        if judged && entry.count == 0 && entry.exempt > 0 {
            entry.site = Site::new(facts.document(), mention.block, mention.range);
        }
        entry.count += usize::from(judged);
        entry.exempt += usize::from(!judged);
    }
    found.sort_by(|a, b| (&a.concept, &a.spelling).cmp(&(&b.concept, &b.spelling)));
    found
}

/// The concepts at the other end of its `confusable` relations, by id.
fn confusable(termbase: &TermBase, concept: ConceptId) -> Vec<String> {
    let targets = termbase.confusable_with(concept).map(|relation| relation.target);
    let mut ids: Vec<String> = targets.map(|target| termbase.concept(target).id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn usage(role: &Role) -> Usage {
    match role {
        Role::Variant { .. } => Usage::Variant,
        Role::Designation { status, .. } => match status {
            Status::Preferred => Usage::Preferred,
            Status::Admitted => Usage::Admitted,
            Status::Deprecated => Usage::Deprecated,
            Status::Superseded => Usage::Superseded,
        },
    }
}

fn definitions(facts: &Facts<'_>, termbase: &TermBase) -> Vec<Defined> {
    let definitions = facts.definitions();
    let uses = uses(facts, definitions);
    let digests = definitions.iter().zip(uses).map(|(definition, uses)| {
        let body = definition.body_text(facts.document());
        Defined {
            term: definition.text.clone(),
            official: official(termbase, &definition.text, &body),
            body,
            pattern: definition.pattern,
            scoped: is_scoped(facts.document(), definition),
            uses,
            site: Site::new(facts.document(), definition.block, definition.term),
        }
    });
    digests.collect()
}

/// Dictionary and clause in which `term` is defined in the words of `body`.
fn official(termbase: &TermBase, term: &str, body: &str) -> Option<String> {
    let (dictionary, entry) = termbase.definition(termbase.concept_named(term)?)?;
    let same = similarity(entry.definition.as_deref()?, body) >= SAME;
    same.then(|| dictionary.cite(entry.clause.as_deref()))
}

/// The dictionary, and the clause, in which `term` is a preferred term.
fn dictionary_of(termbase: &TermBase, term: &str) -> Option<String> {
    let (dictionary, entry) = termbase.entries(termbase.concept_named(term)?).next()?;
    Some(dictionary.cite(entry.clause.as_deref()))
}

/// The first of a document's own numbers that may be relied on: the register knows nothing against it.
fn standard_in_force(own: &[String], register: Option<&Register>, as_of: Option<Date>) -> Option<String> {
    let is_in_force = |number: &&String| {
        let known = register.and_then(|register| Some((register, register.cited(number)?.1)));
        known.is_none_or(|(register, edition)| register.standing_on(edition, as_of) == Standing::Current)
    };
    own.iter().find(is_in_force).cloned()
}

/// How often each term stands in the document outside of the definitions of it. One that never does may be
/// used in short: 城市轨道交通设备 as 交通设备.
fn uses(facts: &Facts<'_>, definitions: &[Definition]) -> Vec<usize> {
    if definitions.is_empty() {
        return Vec::new();
    }
    let keys: Vec<String> = definitions.iter().map(|definition| fold::key(&definition.text)).collect();
    let counts = facts.occurrences().counts();
    let full = outside(facts, definitions, &counts, keys.iter().map(String::as_str));
    let halves = keys.iter().map(|key| last_half(key));
    let shortened = halves.zip(&full).map(|(half, &uses)| if uses == 0 { half } else { "" });
    let short = outside(facts, definitions, &counts, shortened);
    full.into_iter().zip(short).map(|(full, short)| if full == 0 { short } else { full }).collect()
}

/// How often each of `keys` stands in the document outside of the definition that it belongs to; `counts` says how often
/// each word stands there at all.
fn outside<'k>(
    facts: &Facts<'_>,
    definitions: &[Definition],
    counts: &[usize],
    keys: impl Iterator<Item = &'k str>,
) -> Vec<usize> {
    let mut counts = counts.to_vec();
    let numbered: Vec<(&str, Option<usize>)> =
        keys.map(|key| (key, facts.occurrences().number(key))).collect();
    for (definition, (key, number)) in definitions.iter().zip(&numbered) {
        let Some(number) = *number else { continue };
        let body = fold::key(&definition.body_text(facts.document()));
        counts[number] = counts[number].saturating_sub(1 + body.matches(key).count());
    }
    numbered.into_iter().map(|(_, number)| number.map_or(0, |number| counts[number])).collect()
}

/// Blocks before a definition in which its scope may be announced.
const SCOPE_REACH: usize = 30;
/// Bytes of the sentence before a term in which it may be announced.
const SENTENCE_REACH: usize = 240;

/// Whether a definition is said to hold for this document only.
fn is_scoped(document: &Document, definition: &Definition) -> bool {
    if matches!(definition.pattern, Pattern::TermsClause | Pattern::SoCalled) {
        return true;
    }
    let text = document.block(definition.block).text();
    let from = floor_boundary(text, definition.term.start.saturating_sub(SENTENCE_REACH));
    let announces = |text: &str| {
        ["所称", "用语", "本法", "本条例", "本办法", "本规定", "本细则", "本文件", "本标准"]
            .iter()
            .any(|word| text.contains(word))
            && ["所称", "含义", "是指", "定义"].iter().any(|word| text.contains(word))
    };
    let before = &text[from..definition.term.start];
    let sentence = before.rsplit(['。', '；']).next().unwrap_or(before);
    if sentence.contains('本') && announces(sentence) {
        return true;
    }
    let from = definition.block.saturating_sub(SCOPE_REACH);
    let intro = (from..definition.block).rev().map(|index| document.block(index).text());
    intro
        .filter(|text| text.len() < 300 && text.trim_end().ends_with(['：', ':', '义']))
        .any(|text| text.contains('本') && announces(text))
}

fn citations(
    document: &Document,
    cited: &[Cited],
    register: Option<&Register>,
    as_of: Option<Date>,
) -> Vec<Referred> {
    let mut found: Vec<Referred> = Vec::new();
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    let others =
        cited.iter().filter(|one| !matches!(one.citation.role, CitationRole::Own | CitationRole::ShortForm));
    for Cited { block, citation } in others {
        let index = *known.entry(&citation.normal).or_insert_with(|| {
            let site = Site::new(document, *block, citation.range);
            found.push(referred(citation, register, as_of, site));
            found.len() - 1
        });
        let entry = &mut found[index];
        entry.count += 1;
        let is_mere = |role| matches!(role, CitationRole::History | CitationRole::Listed);
        if is_mere(entry.role) && !is_mere(citation.role) {
            entry.role = citation.role;
            entry.site = Site::new(document, *block, citation.range);
        }
        if let Some(clause) = citation.clause.as_ref().filter(|clause| !entry.clauses.contains(clause)) {
            entry.clauses.push(clause.clone());
        }
    }
    found
}

fn referred(
    citation: &crate::citation::Citation,
    register: Option<&Register>,
    as_of: Option<Date>,
    site: Site,
) -> Referred {
    let edition = register.and_then(|register| {
        let standard = register.standard(&citation.series)?;
        Some((register, standard.edition(citation.edition.as_deref()?)?))
    });
    Referred {
        normal: citation.normal.clone(),
        series: citation.series.clone(),
        edition: citation.edition.clone(),
        kind: citation.kind,
        role: citation.role,
        clauses: Vec::new(),
        standing: edition.map(|(register, edition)| register.standing_on(edition, None)),
        standing_then: edition.map(|(register, edition)| register.standing_on(edition, as_of)),
        successor: edition
            .and_then(|(register, edition)| register.successor(edition))
            .map(|(citation, _)| citation.to_owned()),
        count: 0,
        site,
    }
}

fn expressions(facts: &Facts<'_>, termbase: &TermBase) -> (Vec<Framework>, Vec<Acronym>) {
    let mut frameworks: Vec<Framework> = Vec::new();
    let mut acronyms: Vec<Acronym> = Vec::new();
    let mut known: HashMap<(String, String, bool), usize> = HashMap::new();
    let mut expanded: HashSet<(String, String)> = HashSet::new();
    for block in facts.document().blocks() {
        let (text, index) = (block.text(), block.index());
        let signs = facts.signs(index);
        let frames = signs.any(Signs::AXIS.or(Signs::QUOTE)).then(|| framework::find(text));
        for found in frames.into_iter().flatten() {
            let number =
                *known.entry((found.text.clone(), found.head.clone(), found.past)).or_insert_with(|| {
                    frameworks.push(Framework {
                        site: Site::new(facts.document(), index, found.range),
                        official: dictionary_of(termbase, &found.text),
                        text: found.text,
                        shape: found.shape,
                        head: found.head,
                        past: found.past,
                        count: 0,
                    });
                    frameworks.len() - 1
                });
            frameworks[number].count += 1;
        }
        if !(signs.any(Signs::LETTER) && signs.any(Signs::BRACKET)) {
            continue;
        }
        for found in acronym::find(text) {
            if expanded.insert((found.acronym.clone(), found.expansion.clone())) {
                acronyms.push(Acronym {
                    site: Site::new(facts.document(), index, found.range),
                    acronym: found.acronym,
                    expansion: found.expansion,
                    exact: found.exact,
                });
            }
        }
    }
    (frameworks, acronyms)
}
