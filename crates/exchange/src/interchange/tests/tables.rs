//! Tables in text: CSV, TSV, HTML.

use super::{lines, notices};
use crate::interchange::{ExchangeError, from_csv, from_html, read, text};

#[test]
fn headers_in_chinese_and_english_are_known() {
    for text in [
        "序号\t名词名称\t释义\t英文名称\n3.1\t数据\t信息的形式\tdata\n",
        "clause,Term,Definition,English\r\n3.1,数据,信息的形式,data\r\n",
        "编号;术语（中文）;定义;英文对应词\n3.1;数据;信息的形式;data\n",
        "\u{FEFF}\"条目编号\",\"术语\",\"定义\",\"英文\"\n\"3.1\",\"数据\",\"信息的形式\",\"data\"\n",
    ] {
        assert_eq!(lines(from_csv("a.csv", text)), ["数据 3.1 数据=data: 信息的形式"], "{text}");
    }
}

#[test]
fn names_in_one_cell_are_taken_apart() {
    let text = "术语,又称,拒用,曾用名,变体\n浙政钉,钉钉、浙钉,政钉;钉政,,浙政盯；浙正钉\n";
    assert_eq!(lines(from_csv("a.csv", text)), ["浙政钉 _ 浙政钉|+钉钉|+浙钉|-政钉|-钉政=: _"]);
    let (dictionary, _) = from_csv("a.csv", text).unwrap();
    let variants: Vec<&str> =
        dictionary.concepts()[0].variants.iter().map(|it| it.surface.as_str()).collect();
    assert_eq!(variants, ["浙政盯", "浙正钉"]);
}

#[test]
fn a_variant_table_is_an_overlay() {
    let text = "variant\tpreferred\tkind\tdict_refs\n浙政盯\t浙政钉\thomophone\tx\n浙正钉\t浙政钉\t\ty\n";
    let (dictionary, notices) = read("v.tsv", text.as_bytes()).unwrap();
    let expected = zhengming_terms::dictionary::Dictionary::from_table("v.tsv", text).unwrap();
    assert_eq!(dictionary, expected);
    assert_eq!(notices, []);
    let error = read("v.tsv", "variant\tpreferred\n浙政盯\t浙政钉\n甲\t甲\n".as_bytes()).unwrap_err();
    assert_eq!(error.text().en, "v.tsv:3: variant `甲` is its own preferred term");
}

#[test]
fn rows_that_are_no_entries_are_noticed() {
    let text = "数据术语集\n术语,定义,审定人\n\n甲,前半，,张\n,后半。,\n,,李\n甲,又一,\n\"乙\n丙\",二,\n";
    assert_eq!(lines(from_csv("a.csv", text)), ["甲 _ 甲=: 前半，后半。", "乙 _ 乙|+丙=: 二"]);
    assert_eq!(from_csv("a.csv", text).unwrap().0.header().title, "数据术语集");
    assert_eq!(
        notices(from_csv("a.csv", text)),
        [
            "row 2: columns that are not known are left out: 审定人",
            "row 5: the row has no term and continues `甲` above",
            "row 6: the row has no term and is left out: 李",
            "row 8: the term cell has several lines; `丙` is taken as an admitted term of `乙`",
            "row 7: `甲` is a term of the entry `甲` already; the later entry is left out",
        ]
    );
}

#[test]
fn documents_are_left_to_the_importer() {
    for (name, text) in [
        ("a.txt", "3 术语和定义\n3.1\n数据 data\n信息的形式。\n"),
        ("a.md", "# 术语\n\n| 术语 | 定义 |\n|--|--|\n| 甲 | 乙 |\n"),
        ("a.html", "<table><tr><th>术语<th>定义<tr><td>甲<td>乙</table>"),
        ("a.txt", "数字社会定义集\n序号\t名词名称\t定义\n1\t数字社会\t<p>是指</p>\n"),
        ("a.csv", "1,2,3\n4,5,6\n"),
        ("a.txt", ""),
    ] {
        let error = read(name, text.as_bytes()).unwrap_err();
        assert_eq!(error, ExchangeError::NotADictionary { file: name.to_owned() }, "{text}");
        assert_eq!(super::super::text(name, text.as_bytes()).unwrap(), text);
    }
    assert!(text("a.txt", &[0xE6, 0x95, 0xB0, 0xE6, 0x8D, 0xAE, 0xFF]).is_err());
}

#[test]
fn gb18030_tables_are_decoded() {
    let bytes = zhengming_formats::encoding::encode(
        "术语,定义\n公共数据,国家机关在依法履行职责过程中收集的数据\n",
        &zhengming_text::document::Encoding { name: "GB18030", bom: false },
    );
    assert_eq!(
        lines(read("a.csv", &bytes.unwrap())),
        ["公共数据 _ 公共数据=: 国家机关在依法履行职责过程中收集的数据"]
    );
}

#[test]
fn html_tables_are_read_with_merged_cells_and_without_end_tags() {
    let text = "<table><tr><td>导航</table><TABLE border=1>
      <tr><th>序号<th>术语<th>定义<th>解释单位
      <tr><td>1<td><b>甲</b><td>第一&amp;唯一，<br>见
          下。<td rowspan=2>省厅
      <tr><td>2<td>乙<td>第二。
      </TABLE><script>var x = '<td>丙</td>';</script>";
    assert_eq!(lines(from_html("a.html", text)), ["甲 1 甲=: 第一&唯一，\n见下。", "乙 2 乙=: 第二。"]);
    let (dictionary, _) = from_html("a.html", text).unwrap();
    assert!(dictionary.concepts().iter().all(|concept| concept.responsible.as_deref() == Some("省厅")));
    assert!(matches!(from_html("a.html", "<p>甲"), Err(ExchangeError::NotADictionary { .. })));
}
