use std::sync::Arc;

use super::*;
use crate::knowledge::Background;
use zhengming_terms::dictionary::Dictionary;
use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::span::Span;

const DICTIONARY: &str = r#"
    [dictionary]
    id = "d"
    title = "数字化改革术语定义"
    [[concept]]
    term = "管理驾驶舱"
    variants = [{ surface = "驾驶舱", kind = "truncation", fix = "suggest", unless = ["客机"] }]
    [[concept]]
    term = "数字政府"
"#;

/// The exemptions of all mentions of 驾驶舱 in a document of one block a line; `# ` makes a heading.
fn exemptions(text: &str) -> Vec<Option<Exemption>> {
    let mut document = Document::new("t", "text", text.to_owned());
    let mut at = 0;
    for line in text.split('\n') {
        let heading = line.len() - line.trim_start_matches("# ").len();
        let kind = if heading > 0 { BlockKind::Heading(1) } else { BlockKind::Paragraph };
        let mut block = BlockBuilder::new(kind);
        block.verbatim(text, Span::new(at + heading, at + line.len()));
        document.push(block.finish().unwrap());
        at += line.len() + 1;
    }
    let dictionary = Dictionary::from_toml("d.toml", DICTIONARY).unwrap();
    let knowledge =
        Knowledge::new(Arc::new(TermBase::new(vec![Arc::new(dictionary)]).unwrap()), Background::default());
    let facts = Facts::read(&document, &knowledge);
    let variants = facts.mentions().iter().filter(|mention| mention.is_doubtful(knowledge.termbase()));
    variants.map(|mention| mention.exemption).collect()
}

#[test]
fn each_exemption_has_its_reason() {
    for (text, expected) in [
        ("建设驾驶舱", None),
        ("落实《驾驶舱建设规范》", Some(Exemption::Title)),
        ("见驾驶舱.docx", Some(Exemption::Code)),
        ("原称驾驶舱", Some(Exemption::Statement)),
        ("本办法所称驾驶舱，是指大屏", Some(Exemption::DefinedHere)),
        ("客机的驾驶舱", Some(Exemption::OtherSense)),
        ("# 数字化改革术语定义\n建设驾驶舱", Some(Exemption::OwnSource)),
        ("数字化改革术语定义\n建设驾驶舱", None),
    ] {
        assert_eq!(exemptions(text), [expected], "{text}");
    }
}

#[test]
fn a_short_form_is_allowed_from_its_declaration_on() {
    let found = exemptions("建设驾驶舱\n管理驾驶舱（以下简称驾驶舱）\n驾驶舱上线");
    assert_eq!(found, [None, Some(Exemption::Statement), Some(Exemption::DeclaredShort)]);
}

#[test]
fn over_a_typed_break_a_term_protects_its_text_and_only_misspellings_are_read() {
    for (text, expected) in [
        ("建设驾驶\u{2028}舱", vec![Some(Exemption::Broken)]),
        ("建设管理\u{2028}驾驶舱", vec![]),
        ("建设管理\n驾驶舱建设方案", vec![Some(Exemption::Broken)]),
        ("建设管理\n建设驾驶舱", vec![None]),
    ] {
        assert_eq!(exemptions(text), expected, "{text}");
    }
}

#[test]
fn correct_terms_are_never_in_doubt() {
    assert!(exemptions("管理驾驶舱、数字政府").is_empty());
}
