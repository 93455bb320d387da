//! `textDocument/completion`: official terms, by their first characters or by pinyin initials.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse,
    CompletionTextEdit, CompletionTriggerKind, Documentation, MarkupContent, MarkupKind, TextEdit,
};
use zhengming_rules::builtin_pinyin;
use zhengming_terms::dictionary::Matching;
use zhengming_terms::pinyin::Pinyin;
use zhengming_terms::termbase::{Spelling, TermBase};
use zhengming_text::fold;
use zhengming_text::span::Span;

use crate::cards;
use crate::failure::Failure;
use crate::state::State;

/// Most terms that are offered at once.
const MOST: usize = 50;
/// Characters before the cursor that are looked at.
const REACH: usize = 24;
/// Characters and letters from which on terms are offered unasked.
const LEAST_HAN: usize = 2;
const LEAST_LETTERS: usize = 2;

static PINYIN: LazyLock<Pinyin> = LazyLock::new(builtin_pinyin);

/// What the author has typed of a term.
#[derive(Debug, PartialEq, Eq)]
enum Typed<'t> {
    /// The last characters, the longest stretch first.
    Characters(Vec<&'t str>),
    /// Letters, to be read as pinyin.
    Letters(&'t str),
}

pub(crate) fn complete(
    state: &mut State,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>, Failure> {
    let place = params.text_document_position;
    let Some(buffer) = state.buffers.get(place.text_document.uri.as_str()) else { return Ok(None) };
    if buffer.format.is_none() {
        return Ok(None);
    }
    let encoding = state.client.abilities.encoding;
    let offset = buffer.mapper(encoding).offset(place.position);
    let linter = state.workspace.linter(buffer.path.as_deref());
    let base = linter.termbase();
    let unasked = params
        .context
        .is_some_and(|context| context.trigger_kind == CompletionTriggerKind::TRIGGER_CHARACTER);
    let (prefix, terms) = match typed(&buffer.text[..offset]) {
        Typed::Letters(letters) if letters.len() >= LEAST_LETTERS => (letters, by_sound(base, letters)),
        Typed::Letters(_) => return Ok(None),
        Typed::Characters(ends) => {
            let least = if unasked { LEAST_HAN } else { 1 };
            let long = ends.into_iter().filter(|end| end.chars().count() >= least);
            let mut found =
                long.map(|end| (end, by_characters(base, end))).filter(|(_, terms)| !terms.is_empty());
            let Some(found) = found.next() else { return Ok(None) };
            found
        }
    };
    let range = buffer.mapper(encoding).range(Span::new(offset - prefix.len(), offset));
    let today = state.today();
    let items = terms.into_iter().take(MOST).enumerate().map(|(rank, spelling)| CompletionItem {
        label: spelling.text.clone(),
        kind: Some(CompletionItemKind::VALUE),
        // The entry that defines it; for a name that is only used, the one that names it.
        detail: base
            .entries(spelling.concept)
            .next()
            .map(|(dictionary, entry)| dictionary.cite(entry.clause.as_deref())),
        documentation: Some(Documentation::MarkupContent(MarkupContent {
            kind: MarkupKind::Markdown,
            value: cards::card(base, spelling, today, state.client.lang),
        })),
        // The editor filters by what was typed, which need not be part of the term.
        filter_text: Some(prefix.to_owned()),
        sort_text: Some(format!("{rank:03}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: spelling.text.clone() })),
        ..CompletionItem::default()
    });
    let list = CompletionList { is_incomplete: true, items: items.collect() };
    Ok(Some(CompletionResponse::List(list)))
}

/// The characters on which editors ask without being told to: the second one of each term.
pub(crate) fn triggers(base: &TermBase) -> Vec<String> {
    let second: BTreeSet<char> = names(base).filter_map(|it| it.text.chars().nth(LEAST_HAN - 1)).collect();
    second.into_iter().filter(|&c| fold::is_han(c)).map(String::from).collect()
}

/// The names that may be used, of concepts that are looked for in documents.
fn names(base: &TermBase) -> impl Iterator<Item = &Spelling> {
    base.all_spellings().iter().filter(|spelling| {
        spelling.role.is_allowed() && base.concept(spelling.concept).matching == Matching::Literal
    })
}

fn typed(before: &str) -> Typed<'_> {
    let tail = |wanted: fn(char) -> bool| {
        let rest = before.trim_end_matches(wanted);
        &before[rest.len()..]
    };
    let letters = tail(|c| c.is_ascii_alphabetic() || c == '\'');
    if !letters.is_empty() {
        return Typed::Letters(letters);
    }
    let stretch = tail(|c| fold::is_han(c) || c.is_ascii_digit() || fold::is_quote(c));
    let starts: Vec<usize> = stretch.char_indices().map(|(at, _)| at).collect();
    let ends = starts[starts.len().saturating_sub(REACH)..].iter().map(|&start| &stretch[start..]);
    Typed::Characters(ends.collect())
}

/// Terms that begin with `end` and go on after it, the shortest first.
fn by_characters<'b>(base: &'b TermBase, end: &str) -> Vec<&'b Spelling> {
    let key = fold::key(end);
    if key.is_empty() {
        return Vec::new();
    }
    sorted(names(base).filter(|spelling| fold::key(&spelling.text).starts_with(&key) && spelling.text != end))
}

/// Terms whose pinyin begins with the letters; those that have one character for each letter first.
fn by_sound<'b>(base: &'b TermBase, letters: &str) -> Vec<&'b Spelling> {
    let query: String =
        letters.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let mut found = sorted(names(base).filter(|spelling| PINYIN.begins(&spelling.text, &query)));
    found
        .sort_by_key(|spelling| spelling.text.chars().filter(|c| c.is_alphanumeric()).count() != query.len());
    found
}

fn sorted<'b>(names: impl Iterator<Item = &'b Spelling>) -> Vec<&'b Spelling> {
    let mut names: Vec<&Spelling> = names.collect();
    names.sort_by_key(|spelling| (spelling.text.chars().count(), &spelling.text));
    names.dedup_by(|a, b| a.text == b.text);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming::Linter;

    fn texts(found: Vec<&Spelling>) -> Vec<&str> {
        found.into_iter().map(|spelling| spelling.text.as_str()).collect()
    }

    #[test]
    fn initials_of_the_whole_term_come_first() {
        let linter = Linter::builder().build().unwrap();
        let found = texts(by_sound(linter.termbase(), "sjgj"));
        assert_eq!(found[0], "数据归集", "{found:?}");
        assert_eq!(texts(by_sound(linter.termbase(), "shujuguiji")), ["数据归集"]);
        assert_eq!(texts(by_sound(linter.termbase(), "SJgj"))[0], "数据归集");
        assert!(by_sound(linter.termbase(), "xyzxyz").is_empty());
    }

    #[test]
    fn characters_are_completed_also_after_other_words() {
        let linter = Linter::builder().build().unwrap();
        let Typed::Characters(ends) = typed("，开展数据归") else { panic!() };
        assert_eq!(ends[0], "开展数据归");
        let found = ends.into_iter().find_map(|end| {
            let terms = by_characters(linter.termbase(), end);
            (!terms.is_empty()).then(|| (end, texts(terms)))
        });
        assert_eq!(found, Some(("数据归", vec!["数据归集"])));
    }

    #[test]
    fn letters_are_pinyin_and_everything_else_ends_the_word() {
        assert_eq!(typed("甲 sjgj"), Typed::Letters("sjgj"));
        assert_eq!(typed("甲。"), Typed::Characters(Vec::new()));
        assert_eq!(typed(""), Typed::Characters(Vec::new()));
    }

    #[test]
    fn ordinary_words_are_no_completions() {
        let linter = Linter::builder().build().unwrap();
        assert!(names(linter.termbase()).all(|spelling| spelling.text != "应用"));
        assert!(triggers(linter.termbase()).contains(&"据".to_owned()));
    }
}
