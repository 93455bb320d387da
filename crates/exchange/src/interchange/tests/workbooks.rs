//! Workbooks as other programs write them.

use super::{lines, notices, package};
use crate::interchange::{ExchangeError, from_xlsx, read, text};

const RELS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="0.0"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="31"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<sst><si><t>术语</t></si><si><r><t>定</t></r><r><t>义</t></r><rPh><t>dingyi</t></rPh></si>
<si><t xml:space="preserve"> 数据_x000D_
归集 </t></si></sst>"#;

/// A workbook whose sheets hold these rows; a sheet whose name begins with 隐 is hidden.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let (mut entries, mut rels) = (String::new(), String::new());
    let mut parts: Vec<(String, String)> = Vec::new();
    for (index, (name, rows)) in sheets.iter().enumerate() {
        let state = if name.starts_with('隐') { "hidden" } else { "visible" };
        entries.push_str(&format!(
            r#"<sheet name="{name}" sheetId="{index}" state="{state}" r:id="s{index}"/>"#
        ));
        rels.push_str(&format!(
            r#"<Relationship Id="s{index}" Type="http://x/worksheet" Target="worksheets/s{index}.xml"/>"#
        ));
        parts.push((
            format!("xl/worksheets/s{index}.xml"),
            format!(r#"<x:worksheet xmlns:x="m">{rows}</x:worksheet>"#),
        ));
    }
    let book = format!(r#"<workbook xmlns:r="r"><sheets>{entries}</sheets></workbook>"#);
    let rels = format!(
        r#"<Relationships>{rels}<Relationship Id="a" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
        <Relationship Id="b" Type="http://x/styles" Target="styles.xml"/></Relationships>"#
    );
    let mut all = vec![
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &rels),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/styles.xml", STYLES),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    package(&all)
}

/// A sheet of inline strings.
fn sheet(rows: &[&[&str]]) -> String {
    let mut out = String::from("<sheetData>");
    for row in rows {
        out.push_str("<row>");
        for cell in *row {
            out.push_str(&format!(r#"<c t="inlineStr"><is><t>{cell}</t></is></c>"#));
        }
        out.push_str("</row>");
    }
    out + "</sheetData>"
}

#[test]
fn values_are_what_people_see() {
    let rows = r#"<sheetData>
      <row r="2"><c r="B2" t="inlineStr"><is><t>编号</t></is></c><c r="C2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c>
        <c r="E2" t="inlineStr"><is><t>来源</t></is></c><c r="F2" t="inlineStr"><is><t>注</t></is></c></row>
      <row r="3"><c r="B3" s="1"><v>3.1</v></c><c r="C3" t="s"><v>2</v></c><c r="D3" t="str"><f>A1</f><v>甲&amp;乙</v></c>
        <c r="E3" s="2"><v>44413</v></c><c r="F3"><f>1+1</f></c></row>
      <row r="4"><c r="C4" t="inlineStr"><is><t>数</t></is></c><c r="D4" t="e"><v>#N/A</v></c><c r="E4" t="b"><v>1</v></c>
        <c r="F4"><v>7</v></c></row></sheetData>"#;
    let reading = from_xlsx("a.xlsx", &workbook(&[("术语表", rows)]));
    let (dictionary, _) = reading.clone().unwrap();
    let concept = &dictionary.concepts()[0];
    assert_eq!(concept.clause.as_deref(), Some("3.1"));
    assert_eq!(concept.definition.as_deref(), Some("甲&乙"));
    assert_eq!(concept.source.as_deref(), Some("2021年8月5日"));
    assert_eq!(concept.line, 3);
    assert_eq!(dictionary.concepts()[1].notes, ["7"]);
    assert_eq!(
        notices(reading)[..2],
        [
            "sheet `术语表` cell F3: the formula has no stored result; read as empty",
            "sheet `术语表` cell D4: the value is the error #N/A; read as empty",
        ]
    );
}

#[test]
fn sheets_are_joined_and_variants_find_their_terms() {
    let bytes = workbook(&[
        ("甲类", &sheet(&[&["术语", "定义"], &["浙政钉", "应用"]])),
        ("乙类", &sheet(&[&["术语", "定义"], &["浙里办", "应用"]])),
        (
            "错写",
            &sheet(&[
                &["变体", "规范用语", "类型"],
                &["浙政盯", "浙政钉", "homophone"],
                &["丙丁", "丁丙", ""],
            ]),
        ),
        ("说明", &sheet(&[&["本表由省厅编制"]])),
        ("隐藏表", &sheet(&[&["术语", "定义"], &["旧", "旧"]])),
    ]);
    let reading = from_xlsx("a.xlsx", &bytes);
    assert_eq!(
        lines(reading.clone()),
        ["浙政钉 _ 浙政钉=: 应用", "浙里办 _ 浙里办=: 应用", "丁丙 _ 丁丙=: _"]
    );
    assert_eq!(reading.clone().unwrap().0.concepts()[0].variants[0].surface, "浙政盯");
    assert_eq!(
        notices(reading),
        [
            "sheet `隐藏表` row 1: the sheet is hidden and left out",
            "sheet `说明` row 1: no header row that is known; left out",
        ]
    );
}

#[test]
fn merged_cells_hold_for_all_their_rows() {
    let rows = sheet(&[
        &["序号", "术语", "定义", "解释单位"],
        &["1", "甲", "第一，", "省厅"],
        &["", "", "续。", ""],
        &["2", "乙", "第二。", ""],
    ]) + r#"<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="D2:D4"/></mergeCells>"#;
    let reading = from_xlsx("a.xlsx", &workbook(&[("表", &rows)]));
    assert_eq!(lines(reading.clone()), ["甲 1 甲=: 第一，续。", "乙 2 乙=: 第二。"]);
    let (dictionary, _) = reading.unwrap();
    assert_eq!(dictionary.concepts()[0].responsible.as_deref(), Some("省厅"));
}

#[test]
fn a_workbook_without_terms_is_text_for_the_importer() {
    let bytes = workbook(&[("表", &sheet(&[&["甲", "乙\n丙"], &["丁"]]))]);
    assert!(matches!(read("a.xlsx", &bytes), Err(ExchangeError::NotADictionary { .. })));
    assert_eq!(text("a.xlsx", &bytes).unwrap(), "甲\t<p>乙</p><p>丙</p>\n丁\n\n");
}
