//! What a review comment says: to the author of a Word file, who has neither a command line nor a configuration.

use zhengming::{Document, Lang};
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::BlockRef;

use crate::rules::metas;

/// What is wrong, what is expected, why, the ways out, and the rule in words.
pub(super) fn text(found: &Diagnostic, document: &Document, lang: Lang) -> String {
    let mut lines = vec![found.message.get(lang).to_owned()];
    let place = document.inner().blocks().nth(found.block).and_then(BlockRef::place);
    let in_margin = place.filter(|place| {
        let body = place.part.as_deref().is_some_and(|part| part.ends_with("document.xml"));
        !body || place.words.zh.starts_with("文本框")
    });
    if let Some(place) = in_margin {
        lines[0] = format!("[{}] {}", place.words.get(lang), lines[0]);
    }
    let label = found.label.get(lang);
    add(&mut lines, label);
    if let Some(help) = found.help.for_author(lang) {
        add(&mut lines, &help);
    }
    for fix in &found.fixes {
        let title = fix.title.get(lang);
        // “改为‘甲’” says no more than “应为‘甲’”.
        let what = ["改为", "replace with "].iter().find_map(|verb| title.strip_prefix(verb));
        if !what.is_some_and(|what| label.contains(what.trim())) {
            add(&mut lines, title);
        }
    }
    if let Some(meta) = metas().find(|meta| meta.id == found.rule) {
        lines.push(match lang {
            Lang::Zh => format!("检查项目：{}", meta.name(lang)),
            Lang::En => format!("Check: {}", meta.name(lang)),
        });
    }
    lines.join("\n")
}

fn add(lines: &mut Vec<String>, text: &str) {
    if !text.is_empty() && !lines.iter().any(|line| line.contains(text)) {
        lines.push(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use zhengming::{Document, Format, Linter};
    use zhengming_rules::RULES;

    use super::*;

    /// What would mark advice as one for those who run the program.
    const TECHNICAL: [&str; 5] = ["--", "[terms]", "zhengming", ".toml", "`"];

    #[test]
    fn no_comment_on_the_examples_of_any_page_is_technical_or_says_a_thing_twice() {
        let linter = Linter::builder().build().unwrap();
        let mut seen = 0;
        for rule in RULES {
            for example in rule.meta.page.0.split("\n```").skip(1).step_by(2) {
                let text = example.split_once('\n').unwrap().1.replace(['«', '»'], "");
                let document: Document = zhengming_formats::read_str("a.md", text, Format::Markdown).into();
                for found in linter.check(&document).diagnostics {
                    if found.family == "suppression" {
                        continue;
                    }
                    seen += 1;
                    let comment = super::text(&found, &document, Lang::Zh);
                    let lines: Vec<&str> = comment.lines().collect();
                    assert!(TECHNICAL.iter().all(|mark| !comment.contains(mark)), "{comment}");
                    assert!(!comment.contains(found.rule), "{comment}");
                    for (index, line) in lines.iter().enumerate() {
                        let again =
                            lines[index + 1..].iter().any(|other| other.trim_end_matches('。') == *line);
                        assert!(!again, "{comment}");
                    }
                }
            }
        }
        assert!(seen > 40, "{seen}");
    }
}
