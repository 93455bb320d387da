//! Pages of glyphs that are set here.

use super::*;
use crate::Format;
use crate::hostile::placed;
use crate::properties::check;

/// Sets a line in 10 point type.
fn set(page: &mut Page, x: f32, y: f32, text: &str) {
    let mut at = x;
    for c in text.chars() {
        let width = if c.is_ascii() { 5.0 } else { 10.0 };
        page.glyphs.push(Glyph { c, x: at, y, width, size: 10.0 });
        at += width;
    }
}

fn page(number: u32) -> Page {
    Page { number, height: 800.0, ..Page::default() }
}

fn read_pages_of(pages: Vec<Page>) -> zhengming_text::document::Document {
    let mut parts = Parts::default();
    let text = read("PDF", Extracted { pages, ..Extracted::default() }, &mut parts).unwrap();
    let document = parts.into_document("a.pdf", Format::Pdf, text);
    check(&document);
    document
}

fn texts(pages: Vec<Page>) -> Vec<String> {
    placed(&read_pages_of(pages)).into_iter().map(|(_, text)| text.to_owned()).collect()
}

const LINE: &str = "各部门各单位应当按照职责分工抓好各项任务的落实并按月报送进展情况";

#[test]
fn a_short_line_ends_its_paragraph() {
    let mut one = page(1);
    for (index, text) in [LINE, "到此为止", LINE, LINE, LINE, LINE].iter().enumerate() {
        set(&mut one, 0.0, 100.0 + 16.0 * index as f32, text);
    }
    assert_eq!(texts(vec![one]), [format!("{LINE}\n到此为止"), [LINE; 4].join("\n")]);
}

#[test]
fn heads_recur_and_annex_titles_do_not() {
    let pages = (1..=4).map(|number| {
        let mut page = page(number);
        set(&mut page, 0.0, 40.0, &format!("云溪市改革简报 {number}"));
        set(&mut page, 0.0, 90.0, &format!("附件{number}"));
        set(&mut page, 0.0, 200.0, &format!("第{number}项任务另行部署。"));
        set(&mut page, 150.0, 770.0, &format!("— {number} —"));
        page
    });
    let found = texts(pages.collect());
    assert_eq!(found[..2], ["附件1", "第1项任务另行部署。"]);
    assert_eq!(found.len(), 8);
}

#[test]
fn cells_between_borders_are_kept_apart() {
    let mut one = page(1);
    let mut rule = |from: (f32, f32), to: (f32, f32)| one.rules.push(Rule { from, to });
    for y in [100.0, 140.0, 180.0] {
        rule((0.0, y), (200.0, y));
    }
    // The middle line is missing in the second row: its cells are one.
    rule((0.0, 100.0), (0.0, 180.0));
    rule((100.0, 100.0), (100.0, 140.0));
    rule((200.0, 100.0), (200.0, 180.0));
    set(&mut one, 2.0, 112.0, "公共数据");
    set(&mut one, 102.0, 112.0, "另一段");
    set(&mut one, 102.0, 128.0, "高铁新城管委会");
    set(&mut one, 2.0, 155.0, "合并的单元格");
    let document = read_pages_of(vec![one]);
    assert_eq!(
        placed(&document),
        [
            ("第1页 表1 第1行第1列", "公共数据"),
            ("第1页 表1 第1行第2列", "另一段"),
            ("第1页 表1 第1行第2列", "高铁新城管委会"),
            ("第1页 表1 第2行第1列", "合并的单元格"),
        ]
    );
}

#[test]
fn bold_type_is_read_once_and_raised_figures_stay_in_their_line() {
    let mut one = page(1);
    set(&mut one, 0.0, 100.0, "数据");
    set(&mut one, 0.4, 100.0, "数据");
    one.glyphs.push(Glyph { c: '1', x: 20.0, y: 96.5, width: 3.0, size: 6.0 });
    set(&mut one, 23.0, 100.0, "高铁");
    assert_eq!(texts(vec![one]), ["数据1高铁"]);
}

#[test]
fn spaces_are_those_between_words() {
    let mut one = page(1);
    set(&mut one, 0.0, 100.0, "data");
    set(&mut one, 23.0, 100.0, "steward");
    set(&mut one, 0.0, 160.0, "数据");
    set(&mut one, 21.0, 160.0, "专员");
    set(&mut one, 0.0, 220.0, "签发人");
    set(&mut one, 200.0, 220.0, "文号");
    assert_eq!(texts(vec![one]), ["data steward", "数据专员", "签发人", "文号"]);
}

#[test]
fn glyphs_that_are_nowhere_are_survived() {
    let mut one = page(1);
    for value in [f32::NAN, f32::INFINITY, -1e30, 0.0, 1e5] {
        one.glyphs.push(Glyph { c: '甲', x: value, y: value, width: value, size: value });
        one.glyphs.push(Glyph { c: '乙', x: value, y: 100.0, width: 10.0, size: 10.0 });
        one.glyphs.push(Glyph { c: '丙', x: 100.0, y: 100.0 + value, width: -50.0, size: 10.0 });
        one.rules.push(Rule { from: (value, 0.0), to: (value, 100.0) });
        one.rules.push(Rule { from: (0.0, value), to: (100.0, value) });
    }
    read_pages_of(vec![one]);
}

#[test]
fn a_drawing_of_many_lines_is_no_table() {
    let mut one = page(1);
    for index in 0..3_000 {
        let at = index as f32 * 7.0;
        one.rules.push(Rule { from: (0.0, at), to: (20_000.0, at) });
        one.rules.push(Rule { from: (at, 0.0), to: (at, 20_000.0) });
    }
    set(&mut one, 0.0, 100.0, "数据归集");
    assert_eq!(texts(vec![one]), ["数据归集"]);
}

#[test]
fn a_row_without_end_is_read_once() {
    let mut one = page(1);
    let long = "ab".repeat(100_000);
    set(&mut one, 0.0, 100.0, &long);
    // What stands further out than a million points is left out.
    assert_eq!(texts(vec![one]), [&long[..]]);
}
