//! What a review comment says: to the author of a Word file, who has neither a command line nor a configuration.

use zhengming::text::document::BlockRef;
use zhengming::{Diagnostic, Document, Lang};

use crate::show;

/// What marks advice as one for those who run the program.
const TECHNICAL: [&str; 5] = ["--", "[terms]", "zhengming", ".toml", "`"];

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
    if let Some(help) = &found.help {
        add(&mut lines, &for_authors(help.get(lang), lang));
    }
    for fix in &found.fixes {
        let title = fix.title.get(lang);
        // “改为‘甲’” says no more than “应为‘甲’”.
        let what = ["改为", "replace with "].iter().find_map(|verb| title.strip_prefix(verb));
        if !what.is_some_and(|what| label.contains(what.trim())) {
            add(&mut lines, title);
        }
    }
    if let Some(meta) = show::metas().find(|meta| meta.id == found.rule) {
        lines.push(match lang {
            Lang::Zh => format!("检查项目：{}", meta.summary(lang)),
            Lang::En => format!("Check: {}", meta.summary(lang)),
        });
    }
    lines.join("\n")
}

fn add(lines: &mut Vec<String>, text: &str) {
    if !text.is_empty() && !lines.iter().any(|line| line.contains(text)) {
        lines.push(text.to_owned());
    }
}

/// `help` without the sentences that speak of options and configuration, and without such an alternative (或……)
/// at the end of a sentence.
fn for_authors(help: &str, lang: Lang) -> String {
    let is_technical = |part: &str| TECHNICAL.iter().any(|mark| part.contains(mark));
    let (ends, between, or): (&[char], _, &[&str]) = match lang {
        Lang::Zh => (&['。', '；'], '，', &["或"]),
        Lang::En => (&['.', ';'], ',', &[" or "]),
    };
    let mut kept = String::new();
    for sentence in sentences(help, ends) {
        if lang == Lang::En && !sentence.contains("--") && !sentence.contains("[terms]") {
            // What is quoted in English stands between backticks.
            kept += sentence;
        } else if !is_technical(sentence) {
            kept += sentence;
        } else if let Some((before, rest)) = sentence.rsplit_once(between)
            && or.iter().any(|word| rest.starts_with(word))
            && !is_technical(before)
        {
            kept += before;
            kept.extend(sentence.chars().last().filter(|c| ends.contains(c)));
        }
    }
    kept.trim().trim_end_matches(['；', ';']).to_owned()
}

/// The sentences of `text`, each with the mark at its end. A point inside a number ends nothing.
fn sentences<'t>(text: &'t str, ends: &[char]) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in text.match_indices(ends) {
        let next = at + mark.len();
        let ends_here = !mark.is_ascii() || text[next..].starts_with(' ') || next == text.len();
        if ends_here {
            found.push(&text[from..next]);
            from = next;
        }
    }
    found.push(&text[from..]);
    found
}

#[cfg(test)]
mod tests {
    use zhengming::{Document, Format, Linter, RULES};

    use super::*;

    #[test]
    fn advice_for_those_who_run_the_program_is_left_out() {
        for (help, expected) in [
            (
                "行业术语。在首次出现处定义或展开，或者注明出处；大家都懂的，列入 [terms] allow",
                "行业术语。在首次出现处定义或展开，或者注明出处",
            ),
            (
                "改引现行依据；写的是过去的事，请写明“已废止”，或用 --as-of 给出文稿日期",
                "改引现行依据；写的是过去的事，请写明“已废止”",
            ),
            ("请核对。讲的是当时，用 --as-of 给出文稿日期（登记表截至2025-12-02）", "请核对。"),
            ("照录原文", "照录原文"),
        ] {
            assert_eq!(for_authors(help, Lang::Zh), expected);
        }
        assert_eq!(
            for_authors(
                "Define it at first use, see GB/T 1.1; if everybody knows it, add it to [terms] allow",
                Lang::En
            ),
            "Define it at first use, see GB/T 1.1"
        );
    }

    #[test]
    fn no_comment_on_the_examples_of_any_page_is_technical_or_says_a_thing_twice() {
        let linter = Linter::builder().build().unwrap();
        let mut seen = 0;
        for rule in RULES {
            for example in rule.meta.page.0.split("\n```").skip(1).step_by(2) {
                let text = example.split_once('\n').unwrap().1.replace(['«', '»'], "");
                let document: Document = zhengming::formats::read_str("a.md", text, Format::Markdown).into();
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
