//! What people see.

mod common;

use common::{finding, full, print, print_one, read};
use zhengming_report::{FileReport, OutputFormat, Run, Style, write};
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::Document;
use zhengming_text::message::{Lang, Text};
use zhengming_text::span::Span;

const ONE_WARNING: &str =
    "共检查 1 个文件，发现 0 个错误、1 个警告、0 条提示；其中 1 处可用 --fix 自动修改\n";

/// The whole output for the findings marked in the text.
#[track_caller]
fn check(marked: &str, findings: &str, summary: &str) {
    let (document, diagnostics) = read(marked);
    let actual = print_one(OutputFormat::Pretty, &document, &diagnostics);
    assert_eq!(actual, format!("{findings}{summary}"), "\n{actual}");
}

#[test]
fn carets_stand_under_han_after_an_emoji() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙政盯”不是规范用语
   ╭─[drafts/a.md:1:6]
 1 │ 😀全面推广浙政盯。
   ·           ───┬──
   ·              ╰── 应为“浙政钉”（可自动修改）
   ╰────

";
    check("😀全面推广«浙政盯»。\n", expected, ONE_WARNING);
}

#[test]
fn a_finding_across_a_line_break_shows_both_lines() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“政 盯”不是规范用语
   ╭─[drafts/a.md:2:4]
 1 │ 一
 2 │ 推广浙政
   ·       ──
 3 │ 盯办公。
   · ─┬
   ·  ╰── 应为“浙政钉”（可自动修改）
 4 │ 三
   ╰────

";
    check("一\n推广浙«政\n盯»办公。\n三\n四", expected, ONE_WARNING);
}

#[test]
fn carriage_returns_are_not_shown() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙政盯”不是规范用语
   ╭─[drafts/a.md:2:3]
 1 │ 标题
 2 │ 推广浙政盯办公。
   ·     ───┬──
   ·        ╰── 应为“浙政钉”（可自动修改）
 3 │ 下一行
   ╰────

";
    check("标题\r\n推广«浙政盯»办公。\r\n下一行\r\n", expected, ONE_WARNING);
}

#[test]
fn a_finding_at_the_end_of_a_file_without_line_feed() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙政盯”不是规范用语
   ╭─[drafts/a.md:1:3]
 1 │ 推广浙政盯
   ·     ───┬──
   ·        ╰── 应为“浙政钉”（可自动修改）
   ╰────

";
    check("推广«浙政盯»", expected, ONE_WARNING);
}

#[test]
fn an_empty_span_is_pointed_at() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“”不是规范用语
   ╭─[drafts/a.md:1:3]
 1 │ 推广办公
   ·     ▲
   ·     ╰── 应为“浙政钉”（可自动修改）
   ╰────

";
    check("推广«»办公\n", expected, ONE_WARNING);
}

#[test]
fn an_empty_file_has_a_line_to_point_at() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“”不是规范用语
   ╭─[drafts/a.md:1:1]
 1 │ \n   · ▲
   · ╰── 应为“浙政钉”（可自动修改）
   ╰────

";
    check("«»", expected, ONE_WARNING);
}

#[test]
fn a_line_of_200_000_characters_is_cut_around_the_finding() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙政盯”不是规范用语
   ╭─[drafts/a.md:1:100001]
 1 │ …甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲浙政盯乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙…
   ·                                ───┬──
   ·                                   ╰── 应为“浙政钉”（可自动修改）
   ╰────

";
    let marked = format!("{}«浙政盯»{}\n", "甲".repeat(100_000), "乙".repeat(99_997));
    check(&marked, expected, ONE_WARNING);
}

#[test]
fn a_finding_longer_than_a_line_is_shortened_in_the_middle() {
    let (document, mut diagnostics) = read(&format!("甲«{}»丙\n", "乙".repeat(200)));
    diagnostics[0].message = Text::new("句子过长", "the sentence is too long");
    diagnostics[0].label = Text::default();
    diagnostics[0].fixes.clear();
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：句子过长
   ╭─[drafts/a.md:1:2]
 1 │ 甲乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙…乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙丙
   ·   ─────────────────────────────────────────────────────────────
   ╰────

共检查 1 个文件，发现 0 个错误、1 个警告、0 条提示
";
    let actual = print_one(OutputFormat::Pretty, &document, &diagnostics);
    assert_eq!(actual, expected, "\n{actual}");
}

#[test]
fn of_a_finding_of_many_lines_both_ends_are_shown() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：定义重复
   ╭─[drafts/a.md:2:2]
 1 │ 一
 2 │ 甲二
   ·   ──
   ╰────
   ╭─[6:3]
 6 │   六乙
   ·   ─┬
   ·    ╰── 应为“浙政钉”
 7 │ 七
   ╰────

共检查 1 个文件，发现 0 个错误、1 个警告、0 条提示
";
    let (document, mut diagnostics) = read("一\n甲«二\n三\n\n五\n  六»乙\n七");
    diagnostics[0].message = Text::new("定义重复", "the definition is repeated");
    diagnostics[0].fixes.clear();
    let actual = print_one(OutputFormat::Pretty, &document, &diagnostics);
    assert_eq!(actual, expected, "\n{actual}");
}

#[test]
fn a_finding_at_the_start_of_a_line_leaves_the_line_before_alone() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙政 盯 ”不是规范用语
   ╭─[drafts/a.md:2:1]
 1 │ 一
 2 │ 浙政
   · ────
 3 │ 盯
   · ─┬
   ·  ╰── 应为“浙政钉”（可自动修改）
 4 │ 三
   ╰────

";
    check("一\n«浙政\n盯\n»三\n", expected, ONE_WARNING);
}

#[test]
fn three_lines_are_shown_whole_and_blank_ones_have_no_mark() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙  政盯”不是规范用语
   ╭─[drafts/a.md:1:3]
 1 │ 推广浙
   ·     ──
 2 │ \n 3 │   政盯。
   ·   ──┬─
   ·     ╰── 应为“浙政钉”
   ╰────
  修改建议：改为“浙政钉”

";
    let (document, mut diagnostics) = read("推广«浙\n\n  政盯»。\n");
    diagnostics[0].message = Text::new("“浙  政盯”不是规范用语", "");
    diagnostics[0].fixes[0].title = Text::new("改为“浙政钉”", "");
    diagnostics[0].fixes[0].edits.clear();
    let actual = print_one(OutputFormat::Pretty, &document, &diagnostics);
    let summary = "共检查 1 个文件，发现 0 个错误、1 个警告、0 条提示\n";
    assert_eq!(actual, format!("{expected}{summary}"), "\n{actual}");
}

#[test]
fn two_findings_on_one_line_are_shown_one_after_the_other() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙政盯”不是规范用语
   ╭─[drafts/a.md:1:2]
 1 │ 甲浙政盯乙浙钉盯丙
   ·   ───┬──
   ·      ╰── 应为“浙政钉”（可自动修改）
   ╰────

不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙钉盯”不是规范用语
   ╭─[drafts/a.md:1:6]
 1 │ 甲浙政盯乙浙钉盯丙
   ·           ───┬──
   ·              ╰── 应为“浙政钉”（可自动修改）
   ╰────

";
    let summary = "共检查 1 个文件，发现 0 个错误、2 个警告、0 条提示；其中 2 处可用 --fix 自动修改\n";
    check("甲«浙政盯»乙«浙钉盯»丙\n", expected, summary);
}

#[test]
fn escape_sequences_in_a_draft_are_disarmed() {
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙\u{fffd}”不是规范用语
   ╭─[drafts/a.md:1:9]
 1 │ a\u{fffd}[31m  b浙\u{fffd}c
   ·          ─┬─
   ·           ╰── 应为“浙政钉”（可自动修改）
   ╰────

";
    check("a\u{1b}[31m\tb«浙\u{9b}»c\n", expected, ONE_WARNING);
}

/// A finding with all parts, a suppressed one, and an unreadable file.
fn everything(lang: Lang) -> String {
    let (document, mut diagnostics) = read("推广«浙政钉»。\n\n使用«浙政盯»。\n");
    let related = diagnostics.remove(0).span;
    let mut diagnostics = [full(diagnostics.remove(0), related)];
    diagnostics[0].severity = Severity::Error;
    let mut readable = FileReport::checked("drafts/a.md", &document, &diagnostics);
    readable.outcome.as_mut().unwrap().suppressed = 2;
    let unreadable = FileReport::unreadable("drafts/b.doc", Text::new("文件已加密", "the file is encrypted"));
    print(OutputFormat::Pretty, lang, &[readable, unreadable])
}

#[test]
fn related_places_help_and_fixes_follow_the_snippet() {
    let expected = "\
不规范用语 [nonstandard-variant]

  × 错误：“浙政盯”不是规范用语
   ╭─[drafts/a.md:3:3]
 2 │ \n 3 │ 使用浙政盯。
   ·     ───┬──
   ·        ╰── 应为“浙政钉”（可自动修改）
   ╰────
  相关位置：drafts/a.md:1:3 这里用的是规范用语
  说明：DB33/T 2350—2021，3.1.3.9：浙政钉是全省统一的政务协同总平台，各地各部门的政务应用接入该平
        台，实现“掌上办公”。
  修改建议：改为“浙江政务钉钉”

  × 错误：drafts/b.doc: 文件已加密

共检查 2 个文件，发现 1 个错误、0 个警告、0 条提示；其中 1 处可用 --fix 自动修改；另有 2 处已按要求忽略；1 个文件无法读取
";
    let actual = everything(Lang::Zh);
    assert_eq!(actual, expected, "\n{actual}");
}

#[test]
fn of_many_related_places_five_are_listed_and_json_has_them_all() {
    let text = "用浙政盯办公。".repeat(2_000);
    let span = |start: usize| Span::new(start, start + "浙政盯".len());
    let mut diagnostic = full(finding(&text, span("用".len())), span("用".len()));
    let related = diagnostic.related[0].clone();
    diagnostic.related = vec![related; 1_999];
    let document = Document::new("drafts/a.md", "markdown", text);
    let shown =
        |format, lang| print(format, lang, &[FileReport::checked("a.md", &document, &[diagnostic.clone()])]);
    let pretty = shown(OutputFormat::Pretty, Lang::Zh);
    assert!(pretty.contains("另有 1994 处") && pretty.lines().count() < 30, "{pretty}");
    assert!(shown(OutputFormat::Pretty, Lang::En).contains("and 1994 more"));
    let message = &diagnostic.related[0].message.zh;
    assert_eq!(shown(OutputFormat::Json, Lang::Zh).matches(message.as_str()).count(), 1_999);
}

#[test]
fn in_english() {
    let expected = "\
Nonstandard term [nonstandard-variant]

  × error: `浙政盯` is not the standard term
   ╭─[drafts/a.md:3:3]
 2 │ \n 3 │ 使用浙政盯。
   ·     ───┬──
   ·        ╰── the standard term is `浙政钉` (applied by --fix)
   ╰────
  see also: drafts/a.md:1:3 the standard term is used here
  help: DB33/T 2350—2021, 3.1.3.9 defines the term
  fix: replace with `浙江政务钉钉`

  × error: drafts/b.doc: the file is encrypted

checked 2 files, found 1 error, 0 warnings and 0 infos; --fix can mend 1; 2 suppressed; 1 file could not be read
";
    let actual = everything(Lang::En);
    assert_eq!(actual, expected, "\n{actual}");
}

#[test]
fn nothing_found() {
    check("推广浙政钉。\n", "", "共检查 1 个文件，未发现问题\n");
    assert_eq!(print(OutputFormat::Pretty, Lang::En, &[]), "checked 0 files, no problems found\n");
}

#[test]
fn colour_is_the_callers_choice() {
    let (document, mut diagnostics) = read("推广«浙政盯»。\n");
    diagnostics[0].help.basis = Some(Text::new("依据", "why"));
    let files = [FileReport::checked("a.md", &document, &diagnostics)];
    let [plain, colored] = [false, true].map(|color| {
        let mut out = Vec::new();
        let style = Style { color, width: 80 };
        write(OutputFormat::Pretty, Run::new("0.1.0"), &files, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    });
    assert!(!plain.contains('\u{1b}'));
    assert!(colored.starts_with("\u{1b}[33m不规范用语 [nonstandard-variant]\u{1b}[0m\n"), "{colored}");
    assert!(colored.contains("\u{1b}[36m说明：\u{1b}[0m依据"), "{colored}");
}

#[test]
fn spans_that_are_no_spans_are_moved_into_the_text() {
    let document = Document::new("a.md", "markdown", "推广浙政盯\n".to_owned());
    for (start, end, column) in [(4, 8, 2), (90, 99, 1), (9, 3, 4)] {
        let diagnostic = finding(document.source(), Span { start, end });
        let actual = print_one(OutputFormat::Pretty, &document, &[diagnostic]);
        assert!(actual.contains(&format!(":{column}]\n")), "{actual}");
    }
}

#[test]
fn a_label_that_does_not_fit_is_broken_and_gets_room() {
    let (document, mut diagnostics) = read("各级各部门要依托全省统一的政务协同总平台«浙政盯»\n");
    diagnostics[0].label = Text::new("应为“浙政钉”，即全省统一的政务协同总平台，不是其他应用", "");
    diagnostics[0].fixes.clear();
    let files = [FileReport::checked("a.md", &document, &diagnostics)];
    let mut out = Vec::new();
    let style = Style { color: false, width: 50 };
    write(OutputFormat::Pretty, Run::new("0.1.0"), &files, style, &mut out).unwrap();
    let actual = String::from_utf8(out).unwrap();
    let expected = "\
不规范用语 [nonstandard-variant]

  ⚠ 警告：“浙政盯”不是规范用语
   ╭─[a.md:1:21]
 1 │ …一的政务协同总平台浙政盯
   ·                    ───┬──
   ·                       ╰─┤ 应为“浙政钉”，即全
   ·                         │ 省统一的政务协同总
   ·                         │ 平台，不是其他应用
   ╰────

共检查 1 个文件，发现 0 个错误、1 个警告、0 条提示
";
    assert_eq!(actual, expected, "\n{actual}");
}
