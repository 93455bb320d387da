//! Dictionaries as Markdown, to be read.

use zhengming_terms::dictionary::{Concept, Dictionary, Status};
use zhengming_text::leaving::Leaving;

/// The dictionary as a glossary in Markdown.
pub fn to_markdown(dictionary: &Dictionary) -> String {
    let header = dictionary.header();
    let mut out = format!("# {}\n", escape(&header.title));
    let facts: Vec<String> =
        facts(dictionary).into_iter().map(|(name, value)| format!("- {name}：{}", escape(&value))).collect();
    if !facts.is_empty() {
        out.push_str(&format!("\n{}\n", facts.join("\n")));
    }
    for concept in dictionary.concepts() {
        write_concept(concept, &mut out);
    }
    out
}

/// What a reader wants to know of the whole dictionary.
pub(super) fn facts(dictionary: &Dictionary) -> Vec<(&'static str, String)> {
    let header = dictionary.header();
    let mut facts = Vec::new();
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    add("引用", header.citation.clone());
    add("版次", header.edition.clone());
    add("发布", header.issuer.clone());
    add("发布日期", header.published.map(|date| date.to_string()));
    add("实施日期", header.effective.map(|date| date.to_string()));
    add("废止日期", header.withdrawn.map(|date| date.to_string()));
    add("代替文件", header.superseded_by.clone());
    add("引入术语", Some(header.imports.join("、")).filter(|imports| !imports.is_empty()));
    add("条目", Some(format!("{} 条", dictionary.concepts().len())));
    facts
}

/// The other designations of a concept by status, each with its kind.
pub(super) fn names(concept: &Concept) -> Vec<(&'static str, String)> {
    let mut names = Vec::new();
    for (label, status) in
        [("许用术语", Status::Admitted), ("拒用术语", Status::Deprecated), ("被取代术语", Status::Superseded)]
    {
        let of_status = concept.designations.iter().filter(|designation| designation.status == status);
        let list: Vec<String> = of_status
            .map(|designation| match &designation.usage {
                Some(usage) => format!("{}（{usage}）", designation.text),
                None => designation.text.clone(),
            })
            .collect();
        if !list.is_empty() {
            names.push((label, list.join("；")));
        }
    }
    names
}

/// The notes or examples with their labels: 注, or 注1, 注2.
pub(super) fn labelled(label: &str, texts: &[String]) -> Vec<(String, String)> {
    let numbered =
        |index: usize| if texts.len() > 1 { format!("{label}{}", index + 1) } else { label.to_owned() };
    texts.iter().enumerate().map(|(index, text)| (numbered(index), text.clone())).collect()
}

fn write_concept(concept: &Concept, out: &mut String) {
    out.push_str("\n## ");
    if let Some(clause) = &concept.clause {
        out.push_str(&format!("{} ", escape(clause)));
    }
    out.push_str(&escape(concept.preferred()));
    if !concept.english.is_empty() {
        out.push_str(&format!(" {}", escape(&concept.english.join("; "))));
    }
    out.push('\n');
    for (label, list) in names(concept) {
        out.push_str(&format!("\n{label}：{}\n", escape(&list)));
    }
    let domain = concept.domain.as_ref().map(|domain| format!("〈{}〉", escape(domain))).unwrap_or_default();
    if concept.definition.is_some() || !domain.is_empty() {
        out.push_str(&format!("\n{domain}{}\n", escape(concept.definition.as_deref().unwrap_or(""))));
    }
    for (label, text) in labelled("注", &concept.notes).into_iter().chain(labelled("示例", &concept.examples))
    {
        out.push_str(&format!(
            "\n> {label}：{}\n",
            escape(&text).replace("\n\n", "\n").replace('\n', "\n> ")
        ));
    }
    if let Some(source) = &concept.source {
        out.push_str(&format!("\n［来源：{}］\n", escape(source)));
    }
    if let Some(responsible) = &concept.responsible {
        out.push_str(&format!("\n解释单位：{}\n", escape(responsible)));
    }
}

/// Text that means nothing to Markdown. Line breaks become paragraphs, except in headings, which have none.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        let line = Leaving(line).line();
        for (at, character) in line.char_indices() {
            let special = match character {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' => true,
                '#' | '+' | '-' | '=' => at == 0,
                // `1. ` at the beginning of a line would be a list.
                '.' | ')' => {
                    let rest = &line[at + 1..];
                    at > 0
                        && line[..at].bytes().all(|byte| byte.is_ascii_digit())
                        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
                }
                _ => false,
            };
            if special {
                out.push('\\');
            }
            out.push(character);
        }
    }
    out
}
