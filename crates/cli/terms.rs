//! `zhengming terms`: what the loaded dictionaries know of a word, and what they lack.

pub(crate) mod suggest;

use std::io::Write;

use clap::Subcommand;
use zhengming::{Lang, Text};
use zhengming_report::{relation_name, standing};
use zhengming_terms::termbase::{Spelling, TermBase};
use zhengming_text::fold;

use crate::FOUND;
use crate::args::DictionaryArgs;
use crate::configure;
use crate::failure::Failure;
use crate::output;

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
    let mut out = output::text();
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
