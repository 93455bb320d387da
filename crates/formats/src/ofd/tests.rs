//! OFD files: templates, groups, units, matrices, tables.

use crate::hostile::{document, fixture, notes, package, parts, placed, refusal};

fn changed(from: &str, to: &str) -> Vec<u8> {
    let mut files = parts(fixture!("plan.ofd"));
    let mut found = false;
    for (_, content) in &mut files {
        let text = String::from_utf8(content.clone()).unwrap();
        found |= text.contains(from);
        *content = text.replace(from, to).into_bytes();
    }
    assert!(found, "{from}");
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, content)| (name.as_str(), &content[..])).collect();
    package(&files)
}

#[test]
fn pages_are_read_in_lines_whatever_the_order_of_objects() {
    let document = document("a.ofd", fixture!("plan.ofd"));
    let blocks = placed(&document);
    assert_eq!(blocks[0], ("第1页", "云溪市数字化改革2022年工作要点"));
    assert!(
        blocks[1].1.starts_with("2022年全市数字化改革工作的总体要求是：坚持以人民为\n中心，"),
        "{}",
        blocks[1].1
    );
    assert!(blocks.contains(&("第3页 表1 第3行第2列", "建成市级管理驾驶仓，接入关键指标120项")));
    // Running head from the template and page numbers.
    assert_eq!(notes(&document), ["略去 6 行页码、页眉或目次"]);
    assert_eq!(document.ledger().text().zh, "读到 1 个部分、3 页、1315 字：全部，次序或编码系推断");
    assert!(!blocks.iter().any(|(_, text)| text.contains("专刊") || text.starts_with('—')));
    assert_eq!(document.date().map(|date| date.to_string()).as_deref(), Some("2022-03-18"));
}

#[test]
fn names_count_without_their_prefix_and_namespace() {
    let bytes = changed("http://www.ofdspec.org/2016", "http://example.org/other");
    assert_eq!(placed(&document("a.ofd", &bytes)), placed(&document("a.ofd", fixture!("plan.ofd"))));
}

#[test]
fn hidden_text_is_left_out_and_missing_characters_are_counted() {
    let bytes = changed("<ofd:TextObject ID=\"203\"", "<ofd:TextObject Visible=\"false\" ID=\"203\"");
    assert!(
        document("a.ofd", &bytes).source().len() < document("a.ofd", fixture!("plan.ofd")).source().len()
    );
    let bytes = changed(
        "专刊</ofd:TextCode>",
        "¤¤</ofd:TextCode><ofd:CGTransform><ofd:Glyphs>1 2</ofd:Glyphs></ofd:CGTransform>",
    );
    assert!(notes(&document("a.ofd", &bytes)).iter().any(|note| note.contains("6 个字形的文本不可提取")));
}

#[test]
fn units_that_hold_each_other_end() {
    let inner = "<ofd:CompositeObject ResourceID=\"5\"/>".repeat(50);
    let bytes = changed(
        "<ofd:Content><ofd:TextObject ID=\"1\"",
        &format!("<ofd:Content>{inner}<ofd:TextObject ID=\"1\""),
    );
    let read = crate::read("a.ofd", &bytes);
    assert!(read.is_ok() || read.unwrap_err().text().zh.contains("超过"));
}

#[test]
fn broken_and_encrypted_packages_are_told() {
    let without = |name: &str| {
        let files = parts(fixture!("plan.ofd"));
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .filter(|(it, _)| it != name)
            .map(|(name, content)| (name.as_str(), &content[..]))
            .collect();
        package(&files)
    };
    assert_eq!(refusal("a.ofd", &without("Doc_0/Document.xml")), "OFD 中没有 Doc_0/Document.xml");
    let files = [("OFD.xml", &b"<OFD/>"[..]), ("Encryptions.xml", b"<a/>")];
    assert_eq!(refusal("a.ofd", &package(&files)), "OFD 已加密，请先解除加密再检查");
}

/// A document of one page and one template of these objects.
fn with_template(page: &str, template: &str) -> Vec<u8> {
    package(&[
        ("OFD.xml", b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"),
        (
            "D.xml",
            b"<Document><TemplatePage ID=\"1\" BaseLoc=\"T.xml\"/><Page BaseLoc=\"P.xml\"/></Document>",
        ),
        ("T.xml", format!("<Page>{template}</Page>").as_bytes()),
        ("P.xml", format!("<Page>{page}</Page>").as_bytes()),
    ])
}

#[test]
fn what_a_template_draws_counts_as_often_as_it_is_used() {
    let text = "<TextObject Boundary=\"10 10 90 9\"><TextCode X=\"0\" Y=\"5\">浙政盯</TextCode></TextObject>";
    let once = with_template("<Template TemplateID=\"1\"/>", text);
    assert_eq!(placed(&document("a.ofd", &once)), [("第1页", "浙政盯")]);
    let lines = "L 0 9 L 9 9 ".repeat(10_000);
    let lines = format!("<PathObject><AbbreviatedData>M 0 0 {lines}</AbbreviatedData></PathObject>");
    let often = "<Template TemplateID=\"1\"/>".repeat(1_001);
    assert!(refusal("a.ofd", &with_template(&often, &lines)).contains("超过 20000000 个"));
}

#[test]
fn annotations_are_read_but_for_links_and_watermarks() {
    let text = "<ofd:PageAnnot xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:Annot Type=\"Highlight\"><ofd:Remark>请核对</ofd:Remark></ofd:Annot>\
        <ofd:Annot Type=\"Watermark\"><ofd:Appearance><ofd:TextObject><ofd:TextCode>内部</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot>\
        <ofd:Annot Type=\"Stamp\"><ofd:Appearance><ofd:TextObject><ofd:TextCode>同</ofd:TextCode><ofd:TextCode>意</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot>\
        </ofd:PageAnnot>";
    assert_eq!(super::remarks(text, "Annot.xml").unwrap(), ["请核对", "同意"]);
    let list = "<ofd:Annotations><ofd:Page PageID=\"7\"><ofd:FileLoc>Page_0/Annot.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>";
    let found = super::annotated(list, "Doc_0/Annots/Annotations.xml").unwrap();
    assert_eq!(found, [("7".to_owned(), "Doc_0/Annots/Page_0/Annot.xml".to_owned())]);
}
