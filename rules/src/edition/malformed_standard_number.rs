//! Tells of numbers that are not in their canonical form, and mends them.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::{Cited, Defect, Kind};
use zhengming_reading::prose::{self, ZoneKind};
use zhengming_text::diagnostic::{Applicability, Fix, Severity};
use zhengming_text::fold;
use zhengming_text::message::{Text, quoted};

use crate::variant::is_quoted;

/// Extensions of documents; longer ones first where one begins another.
const EXTENSIONS: [&str; 16] = [
    ".pdf", ".docx", ".doc", ".wps", ".ofd", ".xlsx", ".xls", ".et", ".pptx", ".ppt", ".txt", ".rtf", ".md",
    ".zip", ".rar", ".html",
];
/// Characters after a number that may belong to the name of a file.
const LONGEST_NAME: usize = 80;

/// Numbers with another dash, slash or spacing, or with parts lost.
#[derive(Debug, Default)]
pub struct MalformedStandardNumber;

impl MalformedStandardNumber {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "malformed-standard-number",
        name: ("标准号写法有误", "Malformed standard number"),
        family: "citation",
        severity: Severity::Info,
        also: Some(Severity::Warning),
        default: true,
        fix: Some(Applicability::Safe),
        summary: ("编号写法不规范", "a number that is not in its canonical form"),
        page: (include_str!("malformed_standard_number.md"), include_str!("malformed_standard_number.en.md")),
    };
}

impl Rule for MalformedStandardNumber {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let mut malformed: Vec<&Cited> = Vec::new();
        for cited in cx.citations() {
            let citation = &cited.citation;
            if citation.repaired.is_none() || !matches!(citation.kind, Kind::Standard | Kind::DocumentNumber)
            {
                continue;
            }
            let block = cx.block_at(cited.block);
            let zone = prose::zone_at(cx.facts().zones(block), citation.range);
            if matches!(zone, Some(ZoneKind::Title | ZoneKind::Code))
                || prose::is_identifier(block.text(), citation.range)
                || is_in_file_name(&block.text()[citation.range.end..])
            {
                continue;
            }
            if !is_of_the_layout(cx, cited) {
                malformed.push(cited);
            }
        }
        for cited in &malformed {
            let surface = cx.surface_at(cx.block_at(cited.block), cited.citation.range);
            let alike = malformed.iter().filter(|other| is_same_slip(cited, other)).count();
            let finding = if alike < ROWS { finding(cited, &surface) } else { one_of_many(cited, alike) };
            sink.report(match fix(cx, cited) {
                Some(fix) => finding.fix(fix),
                None => finding,
            });
        }
    }
}

/// From so many numbers of one series with the same slip on, as in a table of notices, they are one finding.
const ROWS: usize = 3;

/// What was wrong with a number.
fn defects(cited: &Cited) -> &[Defect] {
    cited.citation.repaired.as_ref().map_or(&[], |repair| repair.defects.as_slice())
}

fn is_same_slip(cited: &Cited, other: &Cited) -> bool {
    let (one, two) = (&cited.citation, &other.citation);
    one.kind == Kind::DocumentNumber
        && two.kind == Kind::DocumentNumber
        && one.series == two.series
        && defects(cited) == defects(other)
}

/// Whether only the layout is to blame: blanks in the number of a document that sets figures off with blanks, as justified lines
/// and PDF do, and full-width digits where the whole text is set with them, as gazettes are.
fn is_of_the_layout(cx: &Context<'_>, cited: &Cited) -> bool {
    if cited.citation.kind != Kind::DocumentNumber {
        return false;
    }
    match defects(cited) {
        [Defect::Space] => spaces_figures(cx),
        [Defect::Letter] | [Defect::Space, Defect::Letter] | [Defect::Letter, Defect::Space] => {
            let digits = |from: char, to: char| {
                let blocks =
                    cx.blocks().map(|block| block.text().chars().filter(|c| (from..=to).contains(c)).count());
                blocks.sum::<usize>()
            };
            digits('０', '９') > digits('0', '9')
        }
        _ => false,
    }
}

/// Whether the document has blanks between figures and Chinese characters: at a quarter of such places or more.
fn spaces_figures(cx: &Context<'_>) -> bool {
    let (mut spaced, mut all) = (0usize, 0usize);
    for block in cx.blocks() {
        let mut last = None;
        let mut blank = false;
        for c in block.text().chars() {
            if matches!(c, ' ' | '\u{3000}' | '\u{A0}') {
                blank = true;
                continue;
            }
            let meets = |one: char, other: char| one.is_ascii_digit() && fold::is_han(other);
            if last.is_some_and(|last| meets(last, c) || meets(c, last)) {
                all += 1;
                spaced += usize::from(blank);
            }
            (last, blank) = (Some(c), false);
        }
    }
    spaced * 4 >= all
}

/// The finding for each of many numbers that differ in nothing but the number; the reader gets one.
fn one_of_many(cited: &Cited, count: usize) -> Finding {
    let series = &cited.citation.series;
    let what: Vec<Text> = defects(cited).iter().map(|&defect| describe(defect)).collect();
    let zh = what.iter().map(|text| text.zh.as_str()).collect::<Vec<_>>().join("，");
    let en = what.iter().map(|text| text.en.as_str()).collect::<Vec<_>>().join(", ");
    let message = Text::new(
        format!("{count}处“{series}”的文号写法不规范：{zh}"),
        format!("{count} numbers of `{series}` are malformed: {en}"),
    );
    let label =
        Text::new(format!("应写作{series}〔年份〕序号号"), format!("the form is {series}〔year〕number号"));
    let help = Text::new("发文字号的年份用六角括号，如 国发〔2018〕43号", "documents: 国发〔2018〕43号");
    Finding::new(cited.block, cited.citation.range, message, label).help(help).key(format!("{series} {zh}"))
}

/// Whether what follows a number ends as the name of a file does, with at most one blank before it:
/// GBT22239-2019 信息安全技术.pdf. A name must stay as the file is called.
fn is_in_file_name(after: &str) -> bool {
    let after = after.strip_prefix(' ').unwrap_or(after);
    let run: String = after
        .chars()
        .take(LONGEST_NAME)
        .take_while(|&c| !c.is_whitespace() && !"，。；、：！？《》“”<>|".contains(c))
        .collect::<String>()
        .to_ascii_lowercase();
    EXTENSIONS.iter().any(|extension| {
        run.find(extension)
            .is_some_and(|at| !run[at + extension.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

fn finding(cited: &Cited, surface: &str) -> Finding {
    let citation = &cited.citation;
    let right = &citation.normal;
    let repair = citation.repaired.as_ref();
    let defects = repair.map_or(&[][..], |repair| repair.defects.as_slice());
    let guessed = repair.is_some_and(|repair| repair.guessed);
    let what: Vec<Text> = defects.iter().map(|&defect| describe(defect)).collect();
    let zh = what.iter().map(|text| text.zh.as_str()).collect::<Vec<_>>().join("，");
    let en = what.iter().map(|text| text.en.as_str()).collect::<Vec<_>>().join(", ");
    let message =
        Text::new(format!("{}写法不规范：{zh}", quoted(surface)), format!("`{surface}` is malformed: {en}"));
    let (label, help) = if guessed {
        (
            Text::new(format!("疑为 {right}"), format!("probably {right}")),
            Text::new(
                "编号缺字，是按位数推测还原的，请核对原文；以下检查按还原后的编号进行",
                "parts of the number are lost and were guessed; check the original",
            ),
        )
    } else {
        (
            Text::new(format!("应为 {right}"), format!("the canonical form is {right}")),
            Text::new(
                "标准编号的写法：代号、一个空格、顺序号、一字线、四位年份，如 GB/T 1.1—2020；发文字号的年份用六角括号，如 国发〔2018〕43号",
                "code, one space, serial number, em dash, year of four digits: GB/T 1.1—2020; documents: 国发〔2018〕43号",
            ),
        )
    };
    let finding = Finding::new(cited.block, citation.range, message, label).help(help).key(surface);
    if guessed { finding.severity(Severity::Warning) } else { finding }
}

fn fix(cx: &Context<'_>, cited: &Cited) -> Option<Fix> {
    let citation = &cited.citation;
    let repair = citation.repaired.as_ref()?;
    if repair.defects.contains(&Defect::Glued) {
        return None;
    }
    let block = cx.block_at(cited.block);
    let edits = super::replace(block, citation.range, &citation.normal)?;
    let unsure = repair.guessed
        || repair.defects.iter().any(|defect| matches!(defect, Defect::LostDash | Defect::ShortYear));
    let applicability = if unsure || is_quoted(block, citation.range) {
        Applicability::Suggestion
    } else {
        Applicability::Safe
    };
    let right = &citation.normal;
    Some(Fix {
        title: Text::new(format!("改为 {right}"), format!("replace with {right}")),
        applicability,
        edits,
    })
}

fn describe(defect: Defect) -> Text {
    let (zh, en) = match defect {
        Defect::Dash => ("年份前应为一字线“—”", "the dash before the year is not —"),
        Defect::HanDash => ("把汉字“一”当成了一字线", "the character 一 stands for the dash"),
        Defect::LostDash => ("年份前的一字线丢失", "the dash before the year is lost"),
        Defect::Slash => ("斜线写法不对或丢失", "the slash is another character or lost"),
        Defect::Space => ("空格多余或缺少", "white space is missing or too much"),
        Defect::Letter => {
            ("字母或数字用了全角、小写或误识", "letters or digits are full-width, lower-case or misread")
        }
        Defect::ShortYear => ("年份应为四位", "the year has two digits"),
        Defect::Bracket => ("年份应放在六角括号“〔〕”内", "the year is not in 〔〕"),
        Defect::Glued => ("前面粘连了别的字母", "a letter is glued on the left"),
    };
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use zhengming_formats::{Format, read_str};
    use zhengming_lint::linter::{Findings, Linter, Options};
    use zhengming_reading::knowledge::Knowledge;
    use zhengming_terms::dictionary::Dictionary;
    use zhengming_terms::termbase::TermBase;
    use zhengming_text::diagnostic::apply_fixes;

    use super::*;
    use crate::builtin::builtin_background;
    use crate::testing::check;

    const NOTHING: &str = "[dictionary]\nid = \"d\"\ntitle = \"t\"";

    #[test]
    fn numbers_are_mended() {
        check::<MalformedStandardNumber>(NOTHING)
            .fix("按照GB∕T1.1-2020和国发[2018]43号", "按照GB/T 1.1—2020和国发〔2018〕43号")
            .fix("GB/T1.1一2020、GB/T1.1一2020", "GB/T 1.1—2020、GB/T 1.1—2020")
            .fix("见GB/T 1. 1-2020。", "见GB/T 1.1—2020。")
            .fix("见DB34/T 46292023", "见DB34/T 46292023")
            .fix("按照GB/T1.1-2020。\n\n> 按照GB/T1.1-2020。", "按照GB/T 1.1—2020。\n\n> 按照GB/T1.1-2020。")
            .fix(
                "原文为：“各有关单位应当按照GB/T1.1-2020的规定起草文件。”",
                "原文为：“各有关单位应当按照GB/T1.1-2020的规定起草文件。”",
            )
            .pass("见附件GBT1.1-2020标准化工作导则.pdf，GB/T1.1-2020 标准.DOCX和GB∕T1.1-2020(报批稿).ofd")
            .fix("GB/T1.1-2020。见a.pdf", "GB/T 1.1—2020。见a.pdf")
            .pass("GB/T 1.1—2020、国发〔2018〕43号、GB 12021.2");
    }

    /// As a reader gets it: places gathered, comments heeded.
    fn read(text: &str) -> Findings {
        let base = TermBase::new(vec![Arc::new(Dictionary::from_toml("d.toml", NOTHING).unwrap())]).unwrap();
        let rules: Vec<Box<dyn Rule>> = vec![Box::new(MalformedStandardNumber)];
        let linter = Linter::new(
            Arc::new(Knowledge::new(Arc::new(base), builtin_background())),
            rules,
            Options::default(),
        );
        linter.check(&read_str("a.md", text.to_owned(), Format::Markdown))
    }

    #[test]
    fn the_same_slip_is_one_finding_that_mends_every_place() {
        let text = "按照GB/T1.1-2020。\n\n又见GB/T1.1-2020。\n\n> 另见GB/T1.1-2020。\n";
        let found = read(text).diagnostics;
        assert_eq!((found.len(), found[0].related.len(), found[0].fixes.len()), (1, 2, 1));
        let mended = apply_fixes(text, &found[0].fixes).0;
        assert_eq!(mended, "按照GB/T 1.1—2020。\n\n又见GB/T 1.1—2020。\n\n> 另见GB/T1.1-2020。\n");
    }

    #[test]
    fn a_comment_acts_on_its_own_place_alone() {
        let comment = "<!-- zhengming-disable-next-line malformed-standard-number -- 原文如此 -->\n";
        let (one, two) = ("按照GB/T1.1-2020。\n", "又见GB/T1.1-2020。\n");
        for (text, mended) in [
            (
                format!("{comment}{one}\n{two}"),
                format!("{comment}{one}\n{}", two.replace("T1.1-2", "T 1.1—2")),
            ),
            (
                format!("{one}\n{comment}{two}"),
                format!("{}\n{comment}{two}", one.replace("T1.1-2", "T 1.1—2")),
            ),
        ] {
            let found = read(&text);
            assert_eq!((found.diagnostics.len(), found.suppressed.len()), (1, 1), "{text}");
            assert!(found.diagnostics[0].related.is_empty());
            assert_eq!(apply_fixes(&text, &found.diagnostics[0].fixes).0, mended);
        }
    }

    #[test]
    fn a_table_of_notices_is_one_finding() {
        let found = read("浙土告[2023]1号\n\n浙土告[2023]2号\n\n浙土告[2023]3号\n").diagnostics;
        assert_eq!((found.len(), found[0].related.len()), (1, 2));
    }

    #[test]
    fn blanks_and_digits_of_the_layout_are_nobodys_fault() {
        check::<MalformedStandardNumber>(NOTHING)
            .pass("根据国发〔2018〕43 号")
            .fail("2018年5月至2019年6月，第3章第15条，根据«国发〔2018〕43 号»")
            .pass("二〇一八年，根据国发〔２０１８〕４３号，２０１８年５月");
    }

    #[test]
    fn a_guess_is_a_warning() {
        let rule = check::<MalformedStandardNumber>(NOTHING);
        let found = rule.lint("见DB34/T 46292023");
        assert_eq!(
            (found[0].severity, found[0].label.zh.as_str()),
            (Severity::Warning, "疑为 DB34/T 4629—2023")
        );
        assert_eq!(rule.lint("GB/T 1.1-2020")[0].severity, Severity::Info);
    }
}
