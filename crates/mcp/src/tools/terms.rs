//! `lookup_term`, `define`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zhengming::Text as Said;
use zhengming_terms::termbase::Spelling;
use zhengming_text::fold;

use crate::{Desk, limits};

use super::word;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Word {
    /// 要查的词 || The word to look up
    term: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Known {
    /// 收录的写法；空表示词典没有收录 || What is known under that spelling; empty where no dictionary has it
    known: Vec<KnownSpelling>,
    /// 名称里含有这个词的术语 || Terms whose names contain the word
    near: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct KnownSpelling {
    /// 写法 || The spelling
    text: String,
    /// 是否可用 || Whether it may be used
    allowed: bool,
    /// 规范用语 || The term to use
    preferred: String,
    /// 依据：标准、版次、条号 || What says so: standard, edition, clause
    citation: Option<String>,
    /// 定义 || The definition
    definition: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Defined {
    /// 各部词典的定义，最该引用的在前；空表示没有官方定义 || What the dictionaries say, the one to quote first; empty where there is no official definition
    definitions: Vec<Definition>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Definition {
    /// 规范用语 || The term
    term: String,
    /// 定义原文 || The definition, verbatim
    definition: String,
    /// 标准、版次、条号 || Standard, edition and clause
    citation: String,
    /// 注 || Notes
    notes: Vec<String>,
    /// 词条自己注明的来源 || The source that the entry names
    source: Option<String>,
    /// 可以直接用的引文 || A sentence to quote
    quote: String,
}

pub(crate) fn lookup(desk: &Desk, asked: Word) -> Result<Known, Said> {
    let term = word(&asked.term)?;
    let known = desk.linter.lookup(term).into_iter().take(limits::ROWS).map(|known| KnownSpelling {
        text: known.text,
        allowed: known.is_allowed,
        preferred: known.concept.preferred,
        citation: known.citation,
        definition: known.definition,
    });
    let known: Vec<KnownSpelling> = known.collect();
    let key = fold::key(term);
    let base = desk.linter.termbase();
    let is_near = |spelling: &&Spelling| {
        let other = fold::key(&spelling.text);
        spelling.role.is_allowed() && other != key && other.contains(&key)
    };
    let mut near: Vec<&str> =
        base.all_spellings().iter().filter(is_near).map(|spelling| spelling.text.as_str()).collect();
    near.sort_by_key(|name| (name.chars().count(), *name));
    near.dedup();
    near.truncate(limits::ROWS);
    Ok(Known { known, near: near.into_iter().map(str::to_owned).collect() })
}

pub(crate) fn define(desk: &Desk, asked: Word) -> Result<Defined, Said> {
    let term = word(&asked.term)?;
    let base = desk.linter.termbase();
    let mut concepts = Vec::new();
    for spelling in base.lookup(term) {
        if !concepts.contains(&spelling.concept) {
            concepts.push(spelling.concept);
        }
    }
    let mut definitions = Vec::new();
    for concept in concepts {
        let first = base.definition(concept).map(|(dictionary, _)| dictionary.header().id.as_str());
        let mut entries: Vec<_> = base.entries(concept).collect();
        entries.sort_by_key(|(dictionary, _)| Some(dictionary.header().id.as_str()) != first);
        for (dictionary, entry) in entries {
            let Some(definition) = &entry.definition else { continue };
            let (term, citation) = (entry.preferred().to_owned(), dictionary.cite(entry.clause.as_deref()));
            let quote = format!("{term}，是指{}（{citation}）。", definition.trim_end_matches('。'));
            definitions.push(Definition {
                term,
                definition: definition.clone(),
                notes: entry.notes.clone(),
                source: entry.source.clone(),
                citation,
                quote,
            });
        }
    }
    definitions.truncate(limits::ROWS);
    Ok(Defined { definitions })
}
