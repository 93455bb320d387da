//! Flags numbers that stand with another standard's title.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::{Cited, Kind};
use zhengming_terms::diff::similarity;
use zhengming_terms::register::{Register, Standard};
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::fold::canonical;
use zhengming_text::message::{Text, quoted};

use super::shown;

/// Number and title that do not belong together.
#[derive(Debug, Default)]
pub struct TitleNumberMismatch;

impl TitleNumberMismatch {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "title-number-mismatch",
        name: ("标准号与名称不符", "Number and title disagree"),
        family: "edition",
        severity: Severity::Error,
        also: Some(Severity::Warning),
        default: true,
        fix: None,
        summary: ("标准的编号与名称不符", "a number with another standard's title"),
        page: (include_str!("title_number_mismatch.md"), include_str!("title_number_mismatch.en.md")),
    };
}

/// From here on two titles are the same but for trivial differences.
const ALIKE: f64 = 0.9;
/// Shortest title that tells a standard from others, in characters: 术语 is the title of many.
const TELLING: usize = 8;

impl Rule for TitleNumberMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let Some(register) = cx.register() else { return };
        for cited in cx.citations().iter().filter(|cited| cited.citation.kind == Kind::Standard) {
            let Some(title) = title_of(cx, cited) else { continue };
            if title.chars().count() < TELLING {
                continue;
            }
            let own = register.standard(&cited.citation.series);
            let own_score = own.map_or(0.0, |standard| score(standard, &title));
            if own_score >= ALIKE {
                continue;
            }
            // Titles that few attest are as likely to be wrong as the document.
            let attested = |other: &&Standard| !other.is_mined || other.is_attested;
            let others =
                register.all().filter(attested).filter(|other| other.number != cited.citation.series);
            let best = others.map(|other| (other, score(other, &title))).max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((other, best_score)) = best
                && best_score >= ALIKE
            {
                sink.report(finding(cx, register, cited, &title, own, other));
            }
        }
    }
}

/// How much a title is that of a standard in any edition. Titles are quoted without their leading
/// elements: 网络安全等级保护基本要求 for 信息安全技术 网络安全等级保护基本要求.
fn score(standard: &Standard, title: &str) -> f64 {
    let editions = standard.editions.iter().filter_map(|edition| edition.title.as_deref());
    let one = |own: &str| {
        let whole = canonical(own);
        let last = canonical(own.rsplit(fold::is_space).next().unwrap_or(own));
        // Words of the sentence may stand before a title without marks.
        let ends = last.chars().count() >= TELLING && title.ends_with(&last);
        if whole.ends_with(title) || ends { 1.0 } else { similarity(&whole, title) }
    };
    editions.chain(standard.title.as_deref()).filter(|own| !own.is_empty()).map(one).fold(0.0, f64::max)
}

/// The title beside a number: 《…》 after it or before its bracket, or the words of its line in a list.
fn title_of(cx: &Context<'_>, cited: &Cited) -> Option<String> {
    let text = cx.block_at(cited.block).text();
    let range = cited.citation.range;
    let after = text[range.end..].trim_start_matches(fold::is_space);
    if let Some(rest) = after.strip_prefix('《') {
        let end = rest.find('》').filter(|&end| end < 240)?;
        return Some(canonical(&rest[..end]));
    }
    let before = text[..range.start].trim_end_matches(fold::is_space);
    if let Some(head) = before.strip_suffix(['（', '(']) {
        let head = head.trim_end_matches(fold::is_space);
        if let Some(inner) = head.strip_suffix('》') {
            return inner
                .rfind('《')
                .filter(|open| inner.len() - open < 240)
                .map(|open| canonical(&inner[open + 3..]));
        }
        let words: Vec<char> =
            head.chars().rev().take_while(|&c| fold::is_han(c) || fold::is_space(c)).take(30).collect();
        return Some(canonical(&words.into_iter().rev().collect::<String>()));
    }
    if let Some(head) = before.strip_suffix('》')
        && after.starts_with(['，', '。', '；', '）', '、'])
    {
        return head
            .rfind('《')
            .filter(|open| head.len() - open < 240)
            .map(|open| canonical(&head[open + 3..]));
    }
    // A line of a list of references holds nothing else.
    let opens = before
        .trim_start_matches(|c: char| c.is_ascii_digit() || "[]［］（）()【】. ：:⑴⑵⑶".contains(c))
        .is_empty();
    let words = after.trim_end();
    let is_line = opens
        && words.chars().count() <= 60
        && words.chars().all(|c| !matches!(c, '。' | '，' | '；' | '《'));
    (is_line && words.starts_with(fold::is_han)).then(|| canonical(words))
}

fn finding(
    cx: &Context<'_>,
    register: &Register,
    cited: &Cited,
    title: &str,
    own: Option<&Standard>,
    other: &Standard,
) -> Finding {
    let name = shown(&cited.citation);
    let right = match other.current(register, cx.as_of()) {
        Some(edition) => other.cite(&edition.edition),
        None => other.number.clone(),
    };
    let message = Text::new(
        format!("{}的编号是 {right}，不是 {name}", quoted(title)),
        format!("{} is {right}, not {name}", quoted(title)),
    );
    let label = match own.and_then(|own| own.title.as_deref()) {
        Some(own) => Text::new(format!("这个编号是《{own}》"), format!("this number is 《{own}》")),
        None => Text::new(format!("应为 {right}？"), format!("{right}?")),
    };
    let help = Text::new(
        "编号与名称总有一个写错了，请对照标准原文，编号、名称、年份一并核对",
        "either the number or the title is wrong; check number, title and year together",
    );
    let finding = Finding::new(cited.block, cited.citation.range, message, label).help(help);
    // What was looked up by hand is certain.
    if other.is_mined { finding.severity(Severity::Warning) } else { finding }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn number_and_title_belong_together() {
        check::<TitleNumberMismatch>("[dictionary]\nid = \"d\"\ntitle = \"t\"")
            .fail("党政机关电子印章应用规范（«GB/T 33841—2016»）")
            .fail("《网络安全等级保护实施指南》（«GB/T22240-2019»）")
            .fail("«GB/T 22240—2020»《信息安全技术 网络安全等级保护实施指南》")
            .pass("GB/T 22239—2019《信息安全技术 网络安全等级保护基本要求》")
            .pass("GB/T 22239—2008《信息系统安全等级保护基本要求》")
            .pass("网络安全等级保护定级指南（GB/T 22240—2020）")
            .pass("GB/T 22240信息安全技术网络安全等级保护定级指南")
            .pass("GB/T 99999—2020《别的标准的名称全文》");
    }
}
