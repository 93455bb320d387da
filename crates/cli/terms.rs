//! `zhengming terms`: what the loaded dictionaries know of a word, and what they lack.

pub(crate) mod suggest;

use std::io::{self, Write};

use clap::Subcommand;
use serde_json::{Value, json};
use zhengming::{Lang, Text};
use zhengming_terms::dictionary::{Status, Subject};
use zhengming_terms::termbase::{Role, Spelling, TermBase};
use zhengming_text::fold;

use crate::FOUND;
use crate::args::DictionaryArgs;
use crate::failure::Failure;
use crate::{configure, facts};

#[derive(Debug, Subcommand)]
pub(crate) enum TermsCommand {
    /// 查一个词是不是术语、在哪部词典、什么定义 || Which dictionaries know a word, and as what
    Lookup {
        /// 要查的词 || The word to look up
        term: String,
        #[command(flatten)]
        dictionaries: DictionaryArgs,
    },
    /// 从一批文稿里列出值得收进词典的候选 || List what documents often say and no dictionary has
    Suggest(suggest::SuggestArgs),
}

pub(crate) fn terms(command: &TermsCommand, lang: Lang) -> Result<u8, Failure> {
    match command {
        TermsCommand::Lookup { term, dictionaries } => lookup(term, &termbase(dictionaries)?, lang),
        TermsCommand::Suggest(args) => suggest::run(args, lang),
    }
}

/// The terms of the dictionaries that arguments and configuration name.
pub(crate) fn termbase(args: &DictionaryArgs) -> Result<TermBase, Failure> {
    let mut configurations = configure::configurations(args);
    let settings = configure::here(&mut configurations)?;
    Ok(TermBase::new(configurations.dictionaries(&settings)?)?)
}

fn lookup(term: &str, base: &TermBase, lang: Lang) -> Result<u8, Failure> {
    if term.trim().is_empty() {
        return Err(Text::new(
            "要查的词是空的：请写一个词，如 zhengming terms lookup 浙政钉",
            "there is no word to look up: give one, such as `zhengming terms lookup 浙政钉`",
        )
        .into());
    }
    let mut out = io::stdout().lock();
    let spellings = base.lookup(term);
    if spellings.is_empty() {
        return search(term, base, lang, &mut out);
    }
    for spelling in spellings {
        writeln!(out, "{}", standing(spelling, base).get(lang))?;
        for (dictionary, entry) in base.entries(spelling.concept) {
            if entry.definition.is_none() && entry.notes.is_empty() {
                continue;
            }
            writeln!(out, "  {}", dictionary.cite(entry.clause.as_deref()))?;
            if let Some(definition) = &entry.definition {
                writeln!(out, "    {definition}")?;
            }
            for (number, note) in entry.notes.iter().enumerate() {
                let label =
                    if entry.notes.len() > 1 { format!("注{}", number + 1) } else { "注".to_owned() };
                writeln!(out, "    {label}：{note}")?;
            }
            if let Some(source) = &entry.source {
                writeln!(out, "    [来源：{source}]")?;
            }
        }
        for relation in base.relations(spelling.concept) {
            let note = relation.relation.note.as_deref().unwrap_or_default();
            let label =
                Text::new(relation_name(relation.relation.kind).0, relation_name(relation.relation.kind).1);
            writeln!(out, "  {}：{}  {note}", label.get(lang), base.concept(relation.target).preferred)?;
        }
    }
    Ok(0)
}

/// What the dictionaries say of a term, spelling by spelling; empty if none has it.
pub fn lookup_json(base: &TermBase, term: &str) -> Value {
    base.lookup(term).iter().map(|spelling| spelling_json(spelling, base)).collect()
}

fn spelling_json(spelling: &Spelling, base: &TermBase) -> Value {
    let concept = base.concept(spelling.concept);
    let dictionary = &base.dictionaries()[spelling.dictionary];
    let standing = standing(spelling, base);
    let entries: Vec<Value> = base
        .entries(spelling.concept)
        .filter(|(_, entry)| entry.definition.is_some() || !entry.notes.is_empty())
        .map(|(dictionary, entry)| {
            json!({
                "dictionary": dictionary.header().id,
                "citation": dictionary.cite(entry.clause.as_deref()),
                "clause": entry.clause,
                "definition": entry.definition,
                "notes": entry.notes,
                "examples": entry.examples,
                "source": entry.source,
            })
        })
        .collect();
    let relations: Vec<Value> = base
        .relations(spelling.concept)
        .iter()
        .map(|one| {
            json!({
                "kind": relation_name(one.relation.kind).1,
                "target": base.concept(one.target).preferred,
                "note": one.relation.note,
            })
        })
        .collect();
    json!({
        "text": spelling.text,
        "status": facts::status(&spelling.role),
        "concept": concept.id,
        "preferred": base.name_for(spelling.concept, &spelling.text, None),
        "dictionary": dictionary.header().id,
        "standing_zh": standing.zh,
        "standing_en": standing.en,
        "entries": entries,
        "relations": relations,
    })
}

/// Names that contain `term`, or that it spells in pinyin or initials.
fn search(term: &str, base: &TermBase, lang: Lang, out: &mut impl Write) -> Result<u8, Failure> {
    let pinyin = zhengming_rules::builtin_pinyin();
    let part = fold::key(term);
    let letters: String = part.chars().filter(char::is_ascii_lowercase).collect();
    let by_sound = !letters.is_empty() && letters.len() == part.chars().filter(|&c| c != '\'').count();
    let names = base.all_spellings().iter().filter(|spelling| spelling.role.is_allowed());
    let mut found: Vec<&Spelling> = names
        .filter(|spelling| {
            !part.is_empty() && fold::key(&spelling.text).contains(&part)
                || by_sound && pinyin.begins(&spelling.text, &letters)
        })
        .collect();
    found.sort_by_key(|spelling| (spelling.text.chars().count(), &spelling.text));
    if found.is_empty() {
        let text =
            Text::new(format!("已加载的词典都没有“{term}”"), format!("no loaded dictionary has `{term}`"));
        writeln!(out, "{}", text.get(lang))?;
        return Ok(FOUND);
    }
    for spelling in found {
        let entry = base.definition(spelling.concept);
        let source = entry.map_or_else(String::new, |(source, entry)| source.cite(entry.clause.as_deref()));
        writeln!(out, "{}  {source}", spelling.text)?;
    }
    Ok(0)
}

fn relation_name(kind: zhengming_terms::dictionary::RelationKind) -> (&'static str, &'static str) {
    use zhengming_terms::dictionary::RelationKind as Kind;
    match kind {
        Kind::SupersededBy => ("取代者", "superseded by"),
        Kind::Broader => ("上位概念", "broader"),
        Kind::Narrower => ("下位概念", "narrower"),
        Kind::PartOf => ("所属整体", "part of"),
        Kind::Confusable => ("易混", "confusable with"),
        Kind::AbbreviationOf => ("全称", "abbreviation of"),
        Kind::Related => ("参见", "see also"),
    }
}

/// The full name of an organisation of which `name` is the short form.
fn full_name(spelling: &Spelling, base: &TermBase, name: &str) -> Text {
    let full = &base.concept(spelling.concept).preferred;
    if full == name {
        return Text::new("", "");
    }
    Text::new(format!("全称“{full}”，"), format!("in full `{full}`, "))
}

fn standing(spelling: &Spelling, base: &TermBase) -> Text {
    let text = &spelling.text;
    let preferred = base.name_for(spelling.concept, text, None);
    let full = full_name(spelling, base, preferred);
    let whole = &base.concept(spelling.concept).preferred;
    let is_organization = base.concept(spelling.concept).subject == Subject::Organizations;
    let source = base.dictionaries()[spelling.dictionary].cite(None);
    match &spelling.role {
        Role::Designation { status: Status::Preferred, .. } => {
            if base.definition(spelling.concept).is_some() {
                Text::new(format!("“{text}”是规范用语"), format!("`{text}` is a preferred term"))
            } else {
                Text::new(
                    format!("“{text}”没有定义条目，见于{source}"),
                    format!("`{text}` has no entry of its own; it is named in {source}"),
                )
            }
        }
        Role::Designation { status: Status::Admitted, .. } => Text::new(
            format!("“{text}”是“{whole}”的{}", if is_organization { "规范名称" } else { "许用术语" }),
            format!(
                "`{text}` is an admitted {} `{whole}`",
                if is_organization { "name of" } else { "term for" }
            ),
        ),
        Role::Designation { status, since, .. } => {
            let since_zh = since.map_or(String::new(), |day| format!("自{}起", day.in_chinese()));
            let since_en = since.map_or(String::new(), |day| format!(" since {day}"));
            let (zh, en) = match status {
                Status::Superseded => ("被取代", "superseded"),
                _ => ("列为拒用", "deprecated"),
            };
            Text::new(
                format!("“{text}”{since_zh}{zh}，应为“{preferred}”（{}{source}）", full.zh),
                format!(
                    "`{text}` is {en}{since_en}; the preferred term is `{preferred}` ({}{source})",
                    full.en
                ),
            )
        }
        Role::Variant { .. } if is_organization => Text::new(
            format!("“{text}”不是规范的机构名称，应为“{preferred}”（{}{source}；只用于浙江的文稿）", full.zh),
            format!(
                "`{text}` is not the department's official name, which is `{preferred}` ({}{source}; for documents of Zhejiang)",
                full.en
            ),
        ),
        Role::Variant { .. } => Text::new(
            format!("“{text}”不是规范用语，应为“{preferred}”（{}{source}）", full.zh),
            format!("`{text}` is a variant; the preferred term is `{preferred}` ({}{source})", full.en),
        ),
    }
}
