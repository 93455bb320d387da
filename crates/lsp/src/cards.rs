//! What is known of a concept, in Markdown: a card to hover over, and a page to open.

use zhengming::{Date, Lang, Text};
use zhengming_terms::dictionary::{Concept, Dictionary, EditionStatus, Status};
use zhengming_terms::diff::{Change, word_diff};
use zhengming_terms::termbase::{ConceptId, Role, Spelling, TermBase};
use zhengming_text::message::quoted;

/// The card of what `spelling` stands for, as it is on `day`.
pub(crate) fn card(base: &TermBase, spelling: &Spelling, day: Option<Date>, lang: Lang) -> String {
    let concept = spelling.concept;
    let preferred = base.preferred_on(concept, day);
    let mut out = format!("**{}** — {}\n", escaped(preferred), standing(base, spelling, preferred).get(lang));
    // Entries that define come first; the others may have notes.
    if let Some((dictionary, entry)) = base.entries(concept).next() {
        out += &described(dictionary, entry, lang);
    }
    for line in changes(base, concept) {
        out += &format!("\n*{}*\n", line.get(lang));
    }
    for relation in base.confusable_with(concept) {
        let target = &base.concept(relation.target).preferred;
        let note = relation.relation.note.as_deref().unwrap_or_default();
        let words = match lang {
            Lang::Zh => format!("易混：{target}。{note}"),
            Lang::En => format!("easily confused with {target}. {note}"),
        };
        out += &format!("\n{}\n", escaped(&words));
    }
    out
}

/// The page of a concept: every entry, every name, every relation.
pub(crate) fn page(base: &TermBase, concept: ConceptId, lang: Lang) -> String {
    let mut out = format!("# {}\n", escaped(&base.concept(concept).preferred));
    for (dictionary, entry) in base.entries(concept) {
        if entry.definition.is_some() || !entry.notes.is_empty() {
            out += &format!("\n## {}\n", escaped(&dictionary.cite(entry.clause.as_deref())));
            out += &described(dictionary, entry, lang);
        }
    }
    let changes = changes(base, concept);
    if !changes.is_empty() {
        out += Text::new("\n## 变化\n\n", "\n## Changes\n\n").get(lang);
        changes.iter().for_each(|line| out += &format!("- {}\n", line.get(lang)));
    }
    let names: Vec<String> = base
        .all_spellings()
        .iter()
        .filter(|spelling| spelling.concept == concept)
        .map(|spelling| format!("- {}：{}\n", escaped(&spelling.text), status(&spelling.role).get(lang)))
        .collect();
    out += Text::new("\n## 写法\n\n", "\n## Spellings\n\n").get(lang);
    out + &names.concat()
}

/// What the text is to the concept, in a few words.
fn standing(base: &TermBase, spelling: &Spelling, preferred: &str) -> Text {
    let text = escaped(&spelling.text);
    let source = escaped(&base.dictionaries()[spelling.dictionary].cite(None));
    match &spelling.role {
        Role::Designation { status: Status::Preferred, .. } => status(&spelling.role),
        // Before its day a superseded name is the one to use.
        Role::Designation { .. } if spelling.text == preferred => {
            Text::new("文稿日期当日的规范用语", "the preferred term on the day of the document")
        }
        Role::Designation { since: Some(day), .. } => Text::new(
            format!("{}自{}起{}（{source}）", quoted(&text), day.in_chinese(), status(&spelling.role).zh),
            format!("`{text}` is {} since {day} ({source})", status(&spelling.role).en),
        ),
        role => Text::new(
            format!("{}是{}（{source}）", quoted(&text), status(role).zh),
            format!("`{text}` is {} ({source})", status(role).en),
        ),
    }
}

fn status(role: &Role) -> Text {
    let (zh, en) = match role {
        Role::Designation { status: Status::Preferred, .. } => ("规范用语", "the preferred term"),
        Role::Designation { status: Status::Admitted, .. } => ("许用术语", "an admitted term"),
        Role::Designation { status: Status::Deprecated, .. } => ("拒用术语", "a deprecated term"),
        Role::Designation { status: Status::Superseded, .. } => ("被取代术语", "a superseded term"),
        Role::Variant { .. } => ("不规范写法", "a variant"),
    };
    Text::new(zh, en)
}

/// Definition, notes, source, and where the entry stands.
fn described(dictionary: &Dictionary, entry: &Concept, lang: Lang) -> String {
    let mut out = String::new();
    if let Some(definition) = &entry.definition {
        out += &format!("\n{}\n", escaped(definition));
    }
    for (number, note) in entry.notes.iter().enumerate() {
        let label = match lang {
            Lang::Zh if entry.notes.len() > 1 => format!("注{}：", number + 1),
            Lang::Zh => "注：".to_owned(),
            Lang::En => "Note: ".to_owned(),
        };
        out += &format!("\n{label}{}\n", escaped(note));
    }
    if let Some(source) = &entry.source {
        let label = Text::new("来源：", "Source: ");
        out += &format!("\n［{}{}］\n", label.get(lang), escaped(source));
    }
    let header = dictionary.header();
    let citation = dictionary.cite(entry.clause.as_deref());
    let mut parts = vec![escaped(&citation)];
    if !citation.contains(&header.title) {
        parts.push(format!("《{}》", escaped(&header.title)));
    }
    if let Some(edition) = header.edition.as_deref().filter(|edition| !citation.contains(edition)) {
        parts.push(escaped(edition));
    }
    parts.extend(header.status.map(|status| edition_status(status).get(lang).to_owned()));
    out + &format!("\n{}\n", parts.join(" · "))
}

fn edition_status(status: EditionStatus) -> Text {
    let (zh, en) = match status {
        EditionStatus::Draft => ("征求意见稿", "draft"),
        EditionStatus::Pending => ("已发布、未实施", "published, not yet in force"),
        EditionStatus::Current => ("现行", "in force"),
        EditionStatus::Superseded => ("被代替", "superseded"),
        EditionStatus::Withdrawn => ("废止", "withdrawn"),
    };
    Text::new(zh, en)
}

/// What changed with the last edition: names given up, and the definition where two editions are loaded.
fn changes(base: &TermBase, concept: ConceptId) -> Vec<Text> {
    let mut lines = Vec::new();
    for spelling in base.all_spellings().iter().filter(|it| it.concept == concept) {
        if let Role::Designation { status: Status::Superseded, since: Some(day), .. } = &spelling.role {
            let (old, new) = (escaped(&spelling.text), escaped(&base.concept(concept).preferred));
            lines.push(Text::new(
                format!("{}起由{}改称{}", day.in_chinese(), quoted(&old), quoted(&new)),
                format!("renamed from `{old}` to `{new}` on {day}"),
            ));
        }
    }
    lines.extend(redefined(base, concept));
    lines
}

fn redefined(base: &TermBase, concept: ConceptId) -> Option<Text> {
    let mut editions: Vec<(&Dictionary, &str)> = base
        .entries(concept)
        .filter_map(|(dictionary, entry)| Some((dictionary, entry.definition.as_deref()?)))
        .collect();
    editions.sort_by_key(|(dictionary, _)| dictionary.header().published.or(dictionary.header().effective));
    let &(latest, new) = editions.last()?;
    let series = latest.header().series.as_ref()?;
    let same_series = |dictionary: &Dictionary| dictionary.header().series.as_ref() == Some(series);
    let &(before, old) = editions.iter().rev().skip(1).find(|(dictionary, _)| same_series(dictionary))?;
    let cited = escaped(&before.cite(None));
    if old == new {
        return Some(Text::new(
            format!("定义与{cited}相同"),
            format!("the definition is the same as in {cited}"),
        ));
    }
    let marked: String = word_diff(old, new)
        .iter()
        .map(|change| match change {
            Change::Same(text) => escaped(text),
            Change::Removed(text) => format!("~~{}~~", escaped(text)),
            Change::Added(text) => format!("**{}**", escaped(text)),
        })
        .collect();
    Some(Text::new(format!("与{cited}相比：{marked}"), format!("since {cited}: {marked}")))
}

/// `text` with the characters of Markdown taken literally.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn base(files: &[&str]) -> TermBase {
        let read = |text: &&str| Arc::new(Dictionary::from_toml("d.toml", text).unwrap());
        TermBase::new(files.iter().map(read).collect()).unwrap()
    }

    const OLD: &str = "[dictionary]\nid = \"d1\"\ntitle = \"定义集\"\nseries = \"定义集\"\nedition = \"1.0版\"\n\
        citation = \"定义集（1.0版）\"\npublished = \"2021-01-01\"\n\
        [[concept]]\nterm = \"云脑\"\nclause = \"3\"\ndefinition = \"处理数据的平台。\"\nvariants = [{ surface = \"云恼\", \
        kind = \"homophone\", fix = \"safe\" }]";
    const NEW: &str = "[dictionary]\nid = \"d2\"\ntitle = \"定义集\"\nseries = \"定义集\"\nedition = \"2.0版\"\n\
        citation = \"定义集（2.0版）\"\npublished = \"2022-01-01\"\nstatus = \"current\"\n\
        [[concept]]\nterm = \"云脑\"\nclause = \"4\"\ndefinition = \"汇聚数据的平台。\"\n\
        superseded = [{ text = \"云大脑\", since = \"2022-01-01\" }]";

    #[test]
    fn a_card_says_what_changed_since_the_last_edition() {
        let base = base(&[OLD, NEW]);
        let card = card(&base, &base.lookup("云脑")[0], None, Lang::Zh);
        assert!(card.starts_with("**云脑** — 规范用语\n"), "{card}");
        assert!(card.contains("2022年1月1日起由“云大脑”改称“云脑”"), "{card}");
        assert!(card.contains("与定义集（1.0版）相比："), "{card}");
        assert!(card.contains("~~处理~~") && card.contains("**汇聚**"), "{card}");
    }

    #[test]
    fn the_card_of_a_variant_says_so_and_names_the_term() {
        let base = base(&[OLD]);
        let spelling = &base.lookup("云恼")[0];
        let zh = card(&base, spelling, None, Lang::Zh);
        assert!(zh.starts_with("**云脑** — “云恼”是不规范写法（定义集（1.0版））"), "{zh}");
        assert!(zh.contains("定义集（1.0版）第3项"), "{zh}");
        assert!(card(&base, spelling, None, Lang::En).contains("`云恼` is a variant"));
    }

    #[test]
    fn before_its_day_a_superseded_name_is_the_one_to_use() {
        let base = base(&[NEW]);
        let day = "2021-06-01".parse().ok();
        let card = card(&base, &base.lookup("云大脑")[0], day, Lang::Zh);
        assert!(card.starts_with("**云大脑** — 文稿日期当日的规范用语"), "{card}");
    }

    #[test]
    fn a_page_lists_every_spelling() {
        let base = base(&[OLD, NEW]);
        let page = page(&base, base.concept_named("云脑").unwrap(), Lang::Zh);
        for line in
            ["- 云脑：规范用语", "- 云恼：不规范写法", "- 云大脑：被取代术语", "## 定义集（1.0版）第3项"]
        {
            assert!(page.contains(line), "{page}");
        }
    }
}
