//! TBX in all its dialects and styles.

use super::{lines, notices};
use crate::interchange::from_tbx;

const EXPECTED: &str = "c1 _ 数据归集|+数据汇集|-数据收集|~数据归并=data aggregation: 把数据集中起来。";

fn v3(style: &str, entry: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="{style}" xml:lang="zh" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:basic="http://www.tbxinfo.net/ns/basic" xmlns:min="http://www.tbxinfo.net/ns/min">
  <tbxHeader><fileDesc><titleStmt><title>样例</title></titleStmt>
    <sourceDesc><p>手写</p></sourceDesc></fileDesc></tbxHeader>
  <text><body>{entry}</body></text>
</tbx>"#
    )
}

#[test]
fn basic_in_dca_style() {
    let text = v3(
        "dca",
        r#"<conceptEntry id="c1">
      <descrip type="subjectField">数据</descrip>
      <langSec xml:lang="zh-Hans">
        <descripGrp><descrip type="definition">把数据
          集中起来。</descrip><admin type="source">GB/T 1&amp;2</admin></descripGrp>
        <note>注1：含个人数据。</note>
        <termSec><term>数据<hi>归集</hi></term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
        <termSec><term>数据汇集</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>
          <termNote type="termType">shortForm</termNote>
          <descripGrp><descrip type="context">先汇集后共享。</descrip><admin type="source">丙</admin></descripGrp></termSec>
        <termSec><term>数据收集</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
        <termSec><term>数据归并</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
      </langSec>
      <langSec xml:lang="en"><termSec><term>data
          aggregation</term></termSec></langSec>
    </conceptEntry>"#,
    );
    assert_eq!(lines(from_tbx("a.tbx", &text)), [EXPECTED]);
    let (dictionary, _) = from_tbx("a.tbx", &text).unwrap();
    let concept = &dictionary.concepts()[0];
    assert_eq!(dictionary.header().title, "样例");
    assert_eq!(concept.domain.as_deref(), Some("数据"));
    assert_eq!(concept.source.as_deref(), Some("GB/T 1&2"));
    assert_eq!(concept.notes, ["含个人数据。"]);
    assert_eq!(concept.examples, ["先汇集后共享。［来源：丙］"]);
    assert_eq!(concept.designations[1].usage.as_deref(), Some("简称"));
    assert_eq!(concept.line, 6);
}

#[test]
fn basic_in_dct_style() {
    let text = v3(
        "dct",
        r#"<conceptEntry id="c1"><min:subjectField>数据</min:subjectField>
      <langSec xml:lang="zh">
        <descripGrp><basic:definition>把数据集中起来。</basic:definition><basic:source>甲</basic:source></descripGrp>
        <termSec><term>数据归集</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
        <termSec><term>数据汇集</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
        <termSec><term>数据收集</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
        <termSec><term>数据归并</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
      </langSec>
      <langSec xml:lang="en"><termSec><term>data aggregation</term></termSec></langSec></conceptEntry>"#,
    );
    assert_eq!(lines(from_tbx("a.tbx", &text)), [EXPECTED]);
    assert_eq!(from_tbx("a.tbx", &text).unwrap().0.concepts()[0].source.as_deref(), Some("甲"));
}

#[test]
fn core_has_only_terms_and_notes() {
    let text = v3(
        "dca",
        r#"<conceptEntry id="c1"><langSec xml:lang="zh"><termSec><term>数据</term></termSec>
           <termSec><term>资料</term><note>旧</note></termSec></langSec></conceptEntry>"#,
    );
    assert_eq!(lines(from_tbx("a.tbx", &text)), ["c1 _ 数据|+资料=: _"]);
}

#[test]
fn min_of_the_first_edition() {
    let text = r#"<TBX dialect="TBX-Min"><header><id>样例</id></header><body>
      <entry id="c1"><subjectField>数据</subjectField>
        <langGroup xml:lang="zh"><termGroup><term>数据归集</term><termStatus>preferred</termStatus></termGroup>
          <termGroup><term>数据汇集</term><termStatus>admitted</termStatus></termGroup>
          <termGroup><term>数据收集</term><termStatus>notRecommended</termStatus></termGroup>
          <termGroup><term>数据归并</term><termStatus>obsolete</termStatus></termGroup></langGroup>
        <langGroup xml:lang="en"><termGroup><term>data aggregation</term><partOfSpeech>noun</partOfSpeech></termGroup></langGroup>
      </entry></body></TBX>"#;
    assert_eq!(
        lines(from_tbx("a.tbx", text)),
        ["c1 _ 数据归集|+数据汇集|-数据收集|~数据归并=data aggregation: _"]
    );
}

#[test]
fn martif_with_tig_and_ntig_and_an_unread_dtd() {
    let text = r#"<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><titleStmt><title>样例</title></titleStmt></fileDesc></martifHeader>
<text><body><termEntry id="c1">
  <langSet xml:lang="zh-CN">
    <descrip type="definition">把数据集中起来。</descrip>
    <ntig><termGrp><term>数据归集</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
    <tig><term>数据汇集</term></tig>
    <tig><term>数据收集</term><termNote type="normativeAuthorization">deprecatedTerm</termNote></tig>
    <tig><term>数据归并</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="en"><tig><term>data aggregation</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>
</termEntry></body></text></martif>"#;
    assert_eq!(lines(from_tbx("a.tbx", text)), [EXPECTED]);
    assert_eq!(
        notices(from_tbx("a.tbx", text)),
        ["left out, as dictionaries have no place for it: partOfSpeech ×1"]
    );
}

#[test]
fn what_a_dictionary_cannot_hold_is_noticed() {
    let text = v3(
        "dca",
        r#"<conceptEntry id="c1"><ref type="crossReference" target="c2">乙</ref><ref type="crossReference" target="c9">丙</ref>
  <langSec xml:lang="zh"><termSec><term>甲</term></termSec></langSec>
  <langSec xml:lang="fr"><termSec><term>un</term></termSec></langSec></conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="zh"><termSec><term>乙</term></termSec></langSec></conceptEntry>
<conceptEntry id="c3"><langSec xml:lang="zh"><termSec><term>甲</term></termSec></langSec></conceptEntry>
<conceptEntry id="c4"><langSec xml:lang="en"><termSec><term>alone</term></termSec></langSec></conceptEntry>
<conceptEntry id="c5"></conceptEntry>"#,
    );
    assert_eq!(lines(from_tbx("a.tbx", &text)), ["c1 _ 甲=: _", "c2 _ 乙=: _", "c4 _ alone=: _"]);
    let relations = from_tbx("a.tbx", &text).unwrap().0.concepts()[0].relations.clone();
    assert_eq!(relations.len(), 1);
    assert_eq!(relations[0].target, "乙");
    assert_eq!(
        notices(from_tbx("a.tbx", &text)),
        [
            "line 6: the section in `fr` is left out; dictionaries hold Chinese and English",
            "line 11: the entry has no Chinese terms; those in `en` are taken",
            "line 6: the cross-reference to `c9` leads to no entry and is left out",
            "line 12: an entry without a term is left out",
            "line 10: `甲` is a term of the entry `甲` already; the later entry is left out",
        ]
    );
}

#[test]
fn xml_that_is_not_tbx_or_broken_says_so() {
    for (text, expected) in [
        ("<html/>", "a.tbx: not TBX: there is no root element `tbx` or `martif`"),
        ("<tbx>\n<text>", "a.tbx: line 2: truncated XML: the file ends inside an element"),
        ("<tbx>&boom;</tbx>", "a.tbx: line 1: unknown XML entity &boom;"),
    ] {
        assert_eq!(from_tbx("a.tbx", text).unwrap_err().text().en, expected);
    }
}
