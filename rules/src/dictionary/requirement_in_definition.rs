//! Flags definitions that require something.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::lexicon::Lexicon;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink};

/// 应, 不应, 不得, 必须, 宜 and the like in a definition.
#[derive(Debug, Default)]
pub struct RequirementInDefinition;

impl RequirementInDefinition {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "requirement-in-definition",
        name: ("定义里写了要求", "Requirement in a definition"),
        family: "dictionary",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("定义里写了要求（应、不得、必须）", "a definition that requires something"),
        page: (include_str!("requirement_in_definition.md"), include_str!("requirement_in_definition.en.md")),
    };
}

/// Words that require wherever they stand as words.
const STRONG: [&str; 7] = ["应当", "不应", "不得", "必须", "务必", "严禁", "不宜"];

/// Single characters that require only before a verb.
const WEAK: [&str; 3] = ["应", "须", "宜"];

/// What follows 应, 须 or 宜 where they require.
const VERBS: [&str; 44] = [
    "符合", "具备", "具有", "满足", "采用", "采取", "包括", "包含", "设置", "设立", "确保", "保证", "保持",
    "使用", "提供", "进行", "建立", "制定", "遵守", "遵循", "按照", "按", "依照", "依据", "依法", "根据",
    "由", "能够", "能", "有", "在", "与", "经", "对", "将", "及时", "定期", "予以", "达到", "通过", "避免",
    "至少", "优先", "为",
];

/// Words before 应当 with which the definition reports a duty laid down elsewhere: 依法应当公开的数据.
const REPORTED: [&str; 6] = ["依法", "依照", "按照", "规定", "法律", "法规"];

impl DictionaryRule for RequirementInDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        for entry in cx.entries() {
            let Some((word, clause)) = requirement(cx.lexicon(), entry.body()) else { continue };
            let term = entry.term();
            let message = Text::new(
                format!("“{term}”的定义里有要求：“{clause}”"),
                format!("the definition of `{term}` requires something: `{clause}`"),
            );
            sink.report(Finding::at_entry(entry, message).help(Text::new(
                format!("定义只说明是什么，“{word}”表示的要求（{}）请移到正文条款里", entry.cite()),
                format!(
                    "a definition says what something is; move the requirement `{word}` ({}) to a clause of the text",
                    entry.cite()
                ),
            )));
        }
    }
}

/// The first word that requires something, with the clause around it.
fn requirement<'t>(lexicon: &Lexicon, text: &'t str) -> Option<(&'static str, &'t str)> {
    for (index, clause) in text.split(|c: char| "，。；：,;:".contains(c)).enumerate() {
        let cuts = lexicon.cuts(clause);
        // Before the concept's genus is named, the words set it apart: 不得向社会开放的数据.
        let attributive = |at: usize| index == 0 && clause[at..].contains('的');
        let strong = STRONG.into_iter().find(|word| {
            clause.match_indices(word).any(|(at, _)| {
                // 不得不 is no ban; 舍不得 is one word.
                let whole = cuts.contains(&at) && !clause[at..].starts_with("不得不");
                whole && !attributive(at) && !REPORTED.iter().any(|reported| clause[..at].ends_with(reported))
            })
        });
        let weak = || {
            WEAK.into_iter().find(|word| {
                clause.match_indices(word).any(|(at, _)| {
                    let end = at + word.len();
                    let alone = cuts.contains(&at) && cuts.contains(&end);
                    alone && !attributive(at) && VERBS.iter().any(|verb| clause[end..].starts_with(verb))
                })
            })
        };
        if let Some(word) = strong.or_else(weak) {
            return Some((word, clause));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::builtin_lexicon;

    #[test]
    fn only_words_that_require_count() {
        let lexicon = builtin_lexicon();
        for (text, word) in [
            ("用于存储公共数据的系统，应符合国家标准", Some("应")),
            ("公共数据的一种，不得向社会开放", Some("不得")),
            ("平台的功能。平台必须具备这些功能", Some("必须")),
            ("一种应用，宜采用统一接口", Some("宜")),
            ("可信数据空间须具备三类核心能力", Some("须")),
            ("不得向社会开放的数据", None),
            ("应急预案构成要素中必须规范的内容", None),
            ("规范业务后台供应，整合业务流程", None),
            ("以更快的响应来提供服务", None),
            ("突发事件的应急处置", None),
            ("由一个或多个组件构成的应用", None),
            ("适应制度变迁需要、应对风险的过程", None),
            ("生态宜居的乡村", None),
            ("对应有关部门的数据目录", None),
            ("依法应当公开的数据", None),
            ("人工智能、物联网等相应技术", None),
        ] {
            assert_eq!(requirement(&lexicon, text).map(|(word, _)| word), word, "{text}");
        }
    }
}
