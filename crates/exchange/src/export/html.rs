//! Dictionaries as one HTML page, to be read, searched and printed without network.

use zhengming_terms::dictionary::{Concept, Dictionary};

use super::escape;
use super::markdown::{facts, labelled, names};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The dictionary as a self-contained page.
pub fn to_html(dictionary: &Dictionary) -> String {
    let header = dictionary.header();
    let title = escape(&header.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<dl class=\"facts\">\n"
    );
    for (name, value) in facts(dictionary) {
        out.push_str(&format!("<div><dt>{name}</dt><dd>{}</dd></div>\n", escape(&value)));
    }
    out.push_str(
        "</dl>\n<form role=\"search\" hidden>\n<label for=\"search\">查找术语、英文或定义</label>\n\
         <input id=\"search\" type=\"search\" autocomplete=\"off\">\n<p id=\"count\" role=\"status\"></p>\n</form>\n</header>\n<main>\n",
    );
    for (index, concept) in dictionary.concepts().iter().enumerate() {
        write_concept(concept, index + 1, &mut out);
    }
    out.push_str(&format!("</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    out
}

fn write_concept(concept: &Concept, number: usize, out: &mut String) {
    out.push_str(&format!("<article id=\"c{number}\" aria-labelledby=\"t{number}\">\n<h2 id=\"t{number}\">"));
    if let Some(clause) = &concept.clause {
        out.push_str(&format!("<a class=\"clause\" href=\"#c{number}\">{}</a> ", escape(clause)));
    }
    out.push_str(&format!("<dfn>{}</dfn>", escape(concept.preferred())));
    if !concept.english.is_empty() {
        out.push_str(&format!(
            " <span class=\"english\" lang=\"en\">{}</span>",
            escape(&concept.english.join("; "))
        ));
    }
    out.push_str("</h2>\n");
    for (label, list) in names(concept) {
        out.push_str(&format!("<p class=\"names\">{label}：{}</p>\n", escape(&list)));
    }
    let domain = concept.domain.as_ref().map(|domain| format!("〈{}〉", escape(domain))).unwrap_or_default();
    if concept.definition.is_some() || !domain.is_empty() {
        let definition = escape(concept.definition.as_deref().unwrap_or(""));
        out.push_str(&format!("<p class=\"definition\">{domain}{definition}</p>\n"));
    }
    for (label, text) in labelled("注", &concept.notes).into_iter().chain(labelled("示例", &concept.examples))
    {
        out.push_str(&format!("<p class=\"note\">{label}：{}</p>\n", escape(&text)));
    }
    if let Some(source) = &concept.source {
        out.push_str(&format!("<p class=\"source\">［来源：{}］</p>\n", escape(source)));
    }
    if let Some(responsible) = &concept.responsible {
        out.push_str(&format!("<p class=\"source\">解释单位：{}</p>\n", escape(responsible)));
    }
    out.push_str("</article>\n");
}
