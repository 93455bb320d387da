//! The other names of an entry: admitted, deprecated and superseded terms, and the domain.

use zhengming_terms::dictionary::Status;

use super::characters;
use zhengming_text::zh::mark;

/// A designation as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) text: String,
    pub(super) status: Status,
    pub(super) usage: Option<String>,
}

/// Labels before other names, with their status and, where the tradition has one, their kind.
const LABELS: [(&str, Status, Option<&str>); 28] = [
    ("许用术语", Status::Admitted, None),
    ("许用", Status::Admitted, None),
    ("同义词", Status::Admitted, None),
    ("同义术语", Status::Admitted, None),
    ("又称为", Status::Admitted, Some("又称")),
    ("又称", Status::Admitted, Some("又称")),
    ("也称为", Status::Admitted, Some("又称")),
    ("也称", Status::Admitted, Some("又称")),
    ("亦称", Status::Admitted, Some("又称")),
    ("别称", Status::Admitted, Some("又称")),
    ("别名", Status::Admitted, Some("又称")),
    ("又名", Status::Admitted, Some("又称")),
    ("以下简称", Status::Admitted, Some("简称")),
    ("以下统称", Status::Admitted, Some("简称")),
    ("以下称", Status::Admitted, Some("简称")),
    ("简称", Status::Admitted, Some("简称")),
    ("缩略形式", Status::Admitted, Some("简称")),
    ("缩略语", Status::Admitted, Some("简称")),
    ("全称", Status::Admitted, Some("全称")),
    ("拒用术语", Status::Deprecated, None),
    ("拒用", Status::Deprecated, None),
    ("不推荐使用的术语", Status::Deprecated, None),
    ("不推荐使用", Status::Deprecated, None),
    ("停止使用的术语", Status::Deprecated, None),
    ("俗称", Status::Deprecated, Some("俗称")),
    ("被取代术语", Status::Superseded, None),
    ("曾称", Status::Superseded, Some("曾称")),
    ("旧称", Status::Superseded, Some("曾称")),
];

/// The other names that a line of its own gives: `许用术语：……`, `又称……`, `拒用术语 ……`.
pub(super) fn labelled(text: &str) -> Option<Vec<Term>> {
    let text = text.trim().trim_matches(['（', '）', '(', ')', '［', '］', '[', ']']);
    let (label, status, usage) = LABELS.iter().find(|(label, ..)| text.starts_with(label))?;
    let after = &text[label.len()..];
    let names = after
        .trim_start_matches(['：', ':', ' ', '\t', '“', '"', '）', ')'])
        .trim_end_matches(['”', '"', '。', ' ']);
    let has_colon = after.trim_start().starts_with(['：', ':']);
    let is_names = !names.is_empty()
        && !names.contains(mark::CLAUSE_ENDS)
        && names.chars().count() <= if has_colon { 80 } else { 24 };
    is_names.then(|| {
        let names = names.split(['、', '；', ';']).map(|name| name.trim_matches(['“', '”', ' ', '"']));
        names.filter(|name| !name.is_empty()).map(|name| term(name, *status, *usage)).collect()
    })
}

pub(super) fn term(text: &str, status: Status, usage: Option<&str>) -> Term {
    Term { text: characters::despaced(text), status, usage: usage.map(str::to_owned) }
}

/// What a term's brackets hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Bracketed {
    /// The term without them.
    pub(super) term: String,
    pub(super) domain: Option<String>,
    pub(super) names: Vec<Term>,
    /// Whether the domain says that the term is a part of names: 应用名称.
    pub(super) is_affix: bool,
}

/// Takes 〈领域〉, （应用名称） and （又称……） off a term. Nothing if it has no such brackets.
pub(super) fn bracketed(term_text: &str) -> Option<Bracketed> {
    let text = term_text.trim();
    if let Some((domain, rest)) = leading_domain(text) {
        return Some(Bracketed { term: rest.to_owned(), domain: Some(domain), ..Bracketed::default() });
    }
    let closing = text.chars().next_back()?;
    let openers: &[char] = match closing {
        '〉' | '＞' | '>' => &['〈', '＜', '<'],
        '）' | ')' => &['（', '('],
        _ => return None,
    };
    let (open, c) = text.char_indices().rev().find(|(_, c)| openers.contains(c))?;
    let inner = text[open + c.len_utf8()..text.len() - closing.len_utf8()].trim();
    let outer = text[..open].trim();
    if outer.is_empty() || inner.is_empty() || inner.chars().count() > 30 {
        return None;
    }
    let mut found = Bracketed { term: outer.to_owned(), ..Bracketed::default() };
    if c != '（' && c != '(' {
        found.domain = Some(inner.to_owned());
        return Some(found);
    }
    if ["拒用", "禁用", "停用", "被取代"].contains(&inner) {
        return None;
    }
    if let Some(names) = labelled(inner) {
        found.names = names;
    } else if is_domain(inner) {
        found.is_affix = inner.ends_with("名称");
        found.domain = Some(inner.to_owned());
    } else {
        return None;
    }
    Some(found)
}

fn is_domain(text: &str) -> bool {
    const ENDS: [&str; 7] = ["名称", "领域", "行业", "专业", "方面", "用语", "学"];
    characters::has_han(text) && text.chars().count() <= 10 && ENDS.iter().any(|end| text.ends_with(end))
}

/// `〈信息安全〉……` at the beginning of a definition or term.
pub(super) fn leading_domain(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let inner = text.strip_prefix(['〈', '＜', '<'])?;
    let (end, close) = inner.char_indices().take(30).find(|&(_, c)| matches!(c, '〉' | '＞' | '>'))?;
    let domain = inner[..end].trim();
    let rest = inner[end + close.len_utf8()..].trim_start();
    (characters::has_han(domain) && !rest.is_empty()).then(|| (domain.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<Vec<(String, Status)>> {
        labelled(text).map(|terms| terms.into_iter().map(|term| (term.text, term.status)).collect())
    }

    #[test]
    fn labels_give_the_status() {
        assert_eq!(names("许用术语：甲桶"), Some(vec![("甲桶".into(), Status::Admitted)]));
        assert_eq!(names("拒用术语： 乙桶、丙桶").unwrap().len(), 2);
        assert_eq!(names("曾称：丁桶"), Some(vec![("丁桶".into(), Status::Superseded)]));
        assert_eq!(names("也称甲烷桶，由钢板制成。"), None);
    }

    #[test]
    fn brackets_of_a_term_are_understood() {
        let link = bracketed("链（应用名称）").unwrap();
        assert_eq!(
            (link.term.as_str(), link.domain.as_deref(), link.is_affix),
            ("链", Some("应用名称"), true)
        );
        assert_eq!(bracketed("桶〈化工〉").unwrap().domain.as_deref(), Some("化工"));
        assert_eq!(bracketed("〈化工〉桶").unwrap().term, "桶");
        assert_eq!(bracketed("甲烷桶（以下简称甲桶）").unwrap().names[0].text, "甲桶");
        assert_eq!(bracketed("建（构）筑物"), None);
    }
}
