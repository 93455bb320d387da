//! The difference of two editions, for people and for scripts.
//!
//! What a definition lost and gained is marked inline: `[-旧-]{+新+}` in text, `<del>` and `<ins>` in
//! Markdown and HTML.

mod json;
mod markup;
#[cfg(test)]
mod tests;
mod words;

use std::str::FromStr;

use zhengming_terms::diff::{Change, EditionDiff, Entry, FieldChange, Kept, Matched, word_diff};
use zhengming_text::message::Lang;

use self::json::json;
use self::markup::{Html, Markdown, Markup, Plain};
use self::words::Words;

/// How a difference of editions is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EditionDiffFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For scripts.
    Json,
    /// For a merge request or wiki.
    Markdown,
    /// A page of its own.
    Html,
}

impl FromStr for EditionDiffFormat {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name {
            "text" | "txt" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "markdown" | "md" => Ok(Self::Markdown),
            "html" | "htm" => Ok(Self::Html),
            _ => Err(()),
        }
    }
}

/// `diff` in `format`; `lang` is that of the words around the entries.
pub fn edition_diff(diff: &EditionDiff, format: EditionDiffFormat, lang: Lang) -> String {
    match format {
        EditionDiffFormat::Text => marked_up(diff, lang, &Plain),
        EditionDiffFormat::Markdown => marked_up(diff, lang, &Markdown),
        EditionDiffFormat::Html => marked_up(diff, lang, &Html { lang }),
        EditionDiffFormat::Json => json(diff).to_string() + "\n",
    }
}

fn marked_up(diff: &EditionDiff, lang: Lang, markup: &dyn Markup) -> String {
    let words = Words::of(lang);
    let mut out = markup.begin(&format!("{} → {}", diff.old.citation, diff.new.citation));
    out += &markup.summary(&summary(diff, lang));
    for (title, entries) in [(words.added, &diff.added), (words.removed, &diff.removed)] {
        if entries.is_empty() {
            continue;
        }
        out += &markup.section(&words.counted(title, entries.len()));
        for entry in entries {
            let definition = entry.definition.iter().map(|text| markup.text(text));
            out += &markup.item(&markup.text(&named(entry)), &definition.collect::<Vec<_>>());
        }
    }
    let changed: Vec<&Kept> = diff.kept.iter().filter(|kept| !kept.is_unchanged()).collect();
    if !changed.is_empty() {
        out += &markup.section(&words.counted(words.changed, changed.len()));
    }
    for kept in changed {
        out += &markup.item(&head(kept, words, markup), &details(kept, words, markup));
    }
    out + markup.end()
}

/// `3.1.1.3 党政机关整体智治`
fn named(entry: &Entry) -> String {
    match &entry.clause {
        Some(clause) => format!("{clause} {}", entry.term),
        None => entry.term.clone(),
    }
}

/// Number and term, with what they were before.
fn head(kept: &Kept, words: &Words, markup: &dyn Markup) -> String {
    let mut head = String::new();
    let clauses =
        [kept.old.clause.as_deref().unwrap_or_default(), kept.new.clause.as_deref().unwrap_or_default()];
    for [old, new] in [clauses, [&kept.old.term, &kept.new.term]] {
        if old != new && !old.is_empty() {
            head += &markup.removed(old);
        }
        head += &if old == new {
            markup.text(new)
        } else if new.is_empty() {
            String::new()
        } else {
            markup.added(new)
        };
        if !(old.is_empty() && new.is_empty()) {
            head.push(' ');
        }
    }
    let mut head = head.trim_end().to_owned();
    if let Matched::Definition(similarity) = kept.matched {
        head += &markup.text(&words.inferred(similarity));
    }
    head
}

fn details(kept: &Kept, words: &Words, markup: &dyn Markup) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(definition) = &kept.definition {
        let label = words.labelled(words.definition, &words.degree(definition));
        lines.push(markup.text(&label) + &inline(&definition.changes, markup));
    }
    for FieldChange { field, old, new } in &kept.fields {
        let label = words.labelled(words.field(*field), "");
        lines.push(markup.text(&label) + &inline(&word_diff(old, new), markup));
    }
    lines
}

fn inline(changes: &[Change], markup: &dyn Markup) -> String {
    let shown = changes.iter().map(|change| match change {
        Change::Same(text) => markup.text(text),
        Change::Removed(text) => markup.removed(text),
        Change::Added(text) => markup.added(text),
    });
    shown.collect()
}

fn summary(diff: &EditionDiff, lang: Lang) -> String {
    let Counts { added, removed, renamed, renumbered, redefined, unchanged } = Counts::of(diff);
    match lang {
        Lang::Zh => format!(
            "新增 {added}，删去 {removed}，改名 {renamed}，改号 {renumbered}，改写定义 {redefined}，未变 {unchanged}"
        ),
        Lang::En => format!(
            "{added} added, {removed} removed, {renamed} renamed, {renumbered} renumbered, {redefined} redefined, {unchanged} unchanged"
        ),
    }
}

struct Counts {
    added: usize,
    removed: usize,
    renamed: usize,
    renumbered: usize,
    redefined: usize,
    unchanged: usize,
}

impl Counts {
    fn of(diff: &EditionDiff) -> Self {
        Self {
            added: diff.added.len(),
            removed: diff.removed.len(),
            renamed: diff.renamed().count(),
            renumbered: diff.renumbered().count(),
            redefined: diff.redefined().count(),
            unchanged: diff.unchanged(),
        }
    }
}
