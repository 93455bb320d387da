//! Tells of citations that are right and not written as is usual now.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::{Cited, Kind, Role};
use zhengming_text::date::Date;
use zhengming_text::diagnostic::{Applicability, Fix, Severity};
use zhengming_text::message::{Text, quoted};
use zhengming_text::span::TextRange;

use super::references;

/// Titles without 《》, sources with the word 定义 before the clause.
#[derive(Debug, Default)]
pub struct CitationFormat;

impl CitationFormat {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "citation-format",
        name: ("引用格式不规范", "Form of a citation"),
        family: "citation",
        severity: Severity::Info,
        also: None,
        default: false,
        fix: Some(Applicability::Suggestion),
        summary: ("引用的书写格式", "the form of citations"),
        page: (include_str!("citation_format.md"), include_str!("citation_format.en.md")),
    };
}

impl Rule for CitationFormat {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        // The form of sources changed with GB/T 1.1—2020, in force since then.
        let is_new_form =
            || Date::new(2020, 10, 1).is_some_and(|since| cx.as_of().is_none_or(|day| day >= since));
        for cited in references(cx) {
            let citation = &cited.citation;
            let text = cx.block_at(cited.block).text();
            if citation.kind == Kind::Title && !text[citation.range.range()].starts_with('《') {
                sink.report(bare_title(cx, cited));
            } else if citation.role == Role::Source && citation.kind == Kind::Standard && is_new_form() {
                source(cx, cited, sink);
            }
        }
    }
}

fn bare_title(cx: &Context<'_>, cited: &Cited) -> Finding {
    let block = cx.block_at(cited.block);
    let range = cited.citation.range;
    let surface = cx.surface_at(block, range);
    let right = format!("《{surface}》");
    let message =
        Text::new(format!("{}没有加书名号", quoted(&surface)), format!("`{surface}` stands without 《》"));
    let label = Text::new(format!("应为{right}"), format!("write {right}"));
    let finding = Finding::new(cited.block, range, message, label);
    match super::replace(block, range, &right) {
        None => finding,
        Some(edits) => {
            let title = Text::new(format!("改为{right}"), format!("replace with {right}"));
            finding.fix(Fix { title, applicability: Applicability::Suggestion, edits })
        }
    }
}

/// ［来源：GB/T 37043—2018,定义2.3.1］ is the form of before 2020.
fn source(cx: &Context<'_>, cited: &Cited, sink: &mut Sink<'_>) {
    let citation = &cited.citation;
    let (Some(clause), Some(at)) = (&citation.clause, citation.clause_range) else { return };
    let block = cx.block_at(cited.block);
    let between = TextRange::new(citation.range.end, at.start);
    if !block.text()[between.range()].contains('定') {
        return;
    }
    let right = format!("{}，{clause}", citation.normal);
    let message = Text::new("来源中的条号前写了“定义”", "the source has 定义 before the clause");
    let label = Text::new(format!("应为 {right}"), format!("write {right}"));
    let help = Text::new(
        "“定义”二字是2020年以前的写法，现行写法只写条号，如［来源：GB/T 20000.1—2014，5.2］",
        "the word 定义 is the form of before 2020; now the clause number stands alone",
    );
    sink.report(
        Finding::new(cited.block, TextRange::new(citation.range.start, at.end), message, label).help(help),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn titles_and_sources_have_one_form() {
        check::<CitationFormat>("[dictionary]\nid = \"d\"\ntitle = \"t\"")
            .fail("根据«浙江省公共数据条例»第三条")
            .pass("根据《浙江省公共数据条例》第三条")
            .fail("［来源：«GB/T 37043—2018,定义2.3.1»］")
            .pass("---\ndate: 2019-01-01\n---\n\n［来源：GB/T 37043—2018,定义2.3.1］")
            .pass("［来源：GB/T 37043—2018，2.3.1］");
    }
}
