//! Tells of numbers that are not in their canonical form, and mends them.

use std::collections::HashMap;

use zhengming_core::citation::{Cited, Defect, Kind};
use zhengming_core::diagnostic::{Applicability, Fix, Severity};
use zhengming_core::message::{Text, quoted};
use zhengming_core::prose::{self, ZoneKind};
use zhengming_core::rule::{Context, Finding, Rule, RuleMeta, Sink};

use crate::variant::is_quoted;

/// Numbers with another dash, slash or spacing, or with parts lost.
#[derive(Debug, Default)]
pub struct MalformedStandardNumber;

impl MalformedStandardNumber {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "malformed-standard-number",
        family: "citation",
        severity: Severity::Info,
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
        // The same slip on every page is one slip: the first is reported, and its fix mends all.
        let mut groups: Vec<(String, Vec<&Cited>)> = Vec::new();
        let mut known: HashMap<(String, &str), usize> = HashMap::new();
        let mut zones = (usize::MAX, Vec::new());
        for cited in cx.citations() {
            let citation = &cited.citation;
            if citation.repaired.is_none() || !matches!(citation.kind, Kind::Standard | Kind::DocumentNumber)
            {
                continue;
            }
            let block = cx.block_at(cited.block);
            if zones.0 != cited.block {
                zones = (cited.block, prose::zones(block.text()));
            }
            let zone = prose::zone_at(&zones.1, citation.range);
            if matches!(zone, Some(ZoneKind::Title | ZoneKind::Code))
                || prose::is_identifier(block.text(), citation.range)
            {
                continue;
            }
            let surface = cx.surface_at(block, citation.range);
            let group = *known.entry((surface.clone(), citation.normal.as_str())).or_insert(groups.len());
            if group == groups.len() {
                groups.push((surface, Vec::new()));
            }
            groups[group].1.push(cited);
        }
        for (surface, places) in groups {
            let mut finding = finding(places[0], &surface);
            for cited in &places[1..] {
                finding =
                    finding.related(cited.block, cited.citation.range, Text::new("这里也是", "here as well"));
            }
            let fixes: Vec<Fix> = places.iter().filter_map(|cited| fix(cx, cited)).collect();
            let safe = fixes.iter().any(|fix| fix.applicability == Applicability::Safe);
            // What is quoted stays as it is when the other places are mended.
            let mut fixes = fixes.into_iter().filter(|fix| !safe || fix.applicability == Applicability::Safe);
            if let Some(mut first) = fixes.next() {
                first.edits.extend(fixes.flat_map(|fix| fix.edits));
                finding = finding.fix(first);
            }
            sink.report(finding);
        }
    }
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
    let finding = Finding::new(cited.block, citation.range, message, label).help(help);
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
    use super::*;
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
            .pass("GB/T 1.1—2020、国发〔2018〕43号、GB 12021.2");
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
