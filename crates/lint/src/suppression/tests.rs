//! Directives at work in a document of plain lines, where `finding` is found wherever 甲 stands.

use super::*;
use zhengming_text::diagnostic::{Help, Severity};
use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::message::Text;

const KNOWN: [KnownRule; 3] = [
    KnownRule { id: "rule-a", family: "one", runs: true },
    KnownRule { id: "rule-b", family: "one", runs: true },
    KnownRule { id: "rule-off", family: "two", runs: false },
];

fn known() -> KnownRules {
    KnownRules { rules: KNOWN.to_vec(), narrowed: false }
}

/// Every line a block, without the comments in it; comments as Markdown has them.
fn document(source: &str) -> Document {
    let mut document = Document::new("test", "test", source.to_owned());
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let mut block = BlockBuilder::new(BlockKind::Paragraph);
        let mut at = start;
        let end = start + line.trim_end().len();
        while let Some(open) = source[at..end].find("<!--").map(|offset| at + offset) {
            let close = open + source[open..end].find("-->").unwrap() + 3;
            block.verbatim(source, Span::new(at, open));
            let text = source[open + 4..close - 3].trim().to_owned();
            document.annotate(Annotation { span: Span::new(open, close), text });
            at = close;
        }
        block.verbatim(source, Span::new(at, end));
        if let Some(block) = block.finish() {
            document.push(block);
        }
        start += line.len();
    }
    document
}

fn findings(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for block in document.blocks() {
        for (word, rule) in [("甲", "rule-a"), ("乙", "rule-b")] {
            for (at, _) in block.text().match_indices(word) {
                found.push(Diagnostic {
                    rule,
                    family: "one",
                    severity: Severity::Warning,
                    message: Text::default(),
                    label: Text::default(),
                    help: Help::default(),
                    key: None,
                    span: block.span(zhengming_text::span::TextRange::new(at, at + word.len())),
                    block: block.index(),
                    sentence: String::new(),
                    concept: None,
                    fixes: Vec::new(),
                    related: Vec::new(),
                    sureness: None,
                });
            }
        }
    }
    found.sort_by_key(|diagnostic| diagnostic.span);
    found
}

/// What is still reported, as the text with `*` before each finding, and the faults.
fn run(document: &Document) -> (String, Vec<Fault>) {
    let mut suppressions = Suppressions::read(document, &known());
    let (kept, _) = suppressions.apply(document, findings(document));
    let mut text = document.source().to_owned();
    kept.iter().rev().for_each(|diagnostic| text.insert(diagnostic.span.start, '*'));
    (text, suppressions.faults(&known()))
}

#[track_caller]
fn check(marked: &str) {
    let (text, faults) = run(&document(&marked.replace('*', "")));
    assert_eq!(text, marked);
    assert_eq!(faults, []);
}

#[test]
fn from_a_comment_to_its_partner_nothing_is_reported() {
    check("*甲\n<!-- zhengming-disable -->\n甲乙\n<!-- zhengming-enable -->\n*甲\n");
    check("<!-- zhengming-disable rule-a -->\n甲*乙\n<!-- zhengming-enable rule-a -->\n*甲\n");
    check("<!-- zhengming-disable one -->\n甲乙\n");
    check("*甲<!-- zhengming-disable -->甲乙<!-- zhengming-enable -->*甲\n");
}

#[test]
fn one_rule_can_be_switched_on_again_by_itself() {
    check("<!-- zhengming-disable -->\n甲乙\n<!-- zhengming-enable rule-b -->\n甲*乙\n");
    check(
        "<!-- zhengming-disable rule-a -->\n甲\n<!-- zhengming-enable -->\n*甲\n<!-- zhengming-disable rule-a -->\n甲",
    );
}

#[test]
fn a_line_is_a_line_and_the_next_line_is_the_next_one_with_text() {
    check("*甲\n甲<!-- zhengming-disable-line -->乙\n*甲\n");
    check("<!-- zhengming-disable-next-line -->\n甲乙\n*甲\n");
    check(
        "<!-- zhengming-disable-next-line rule-a -->\n<!-- zhengming-disable-next-line rule-b -->\n\n甲乙\n*甲\n",
    );
    check("<!-- zhengming-disable-next-line -->\r\n\r\n甲\r\n*甲");
}

#[test]
fn a_term_covers_what_is_inside_it() {
    check("<!-- zhengming-disable rule-a：丙甲 -->\n丙甲*甲*甲丙丙甲\n");
    check("<!-- zhengming-disable : 甲、“甲乙” -->\n甲乙甲丙*乙“甲乙”\n");
    check("<!-- zhengming-disable : 丙甲 -->\n丙 甲丙<!-- 注 -->甲*甲\n");
}

#[test]
fn a_remark_acts_on_the_text_that_it_is_about() {
    let mut document = document("甲甲乙\n");
    let remark = |span, text: &str| Annotation { span, text: text.to_owned() };
    document.annotate(remark(Span::new(3, 9), "正名：忽略 rule-a —— 引文"));
    document.annotate(remark(Span::new(0, 3), "正名办公室：请核对"));
    let (text, faults) = run(&document);
    assert_eq!((text.as_str(), faults.len()), ("*甲甲*乙\n", 0));
    let mut suppressions = Suppressions::read(&document, &known());
    let (_, suppressed) = suppressions.apply(&document, findings(&document));
    assert_eq!(suppressed[0].reason.as_deref(), Some("引文"));
    assert_eq!(suppressed[0].directive, Span::new(3, 9));
}

#[track_caller]
fn problem(source: &str) -> Option<Problem> {
    let mut faults = run(&document(source)).1;
    assert!(faults.len() < 2, "{faults:?}");
    faults.pop().map(|fault| fault.problem)
}

#[test]
fn directives_without_effect_are_faults() {
    let unused = Some(Problem::Unused { targets: Vec::new() });
    assert_eq!(problem("<!-- zhengming-disable -->\n丙"), unused);
    assert_eq!(problem("甲\n<!-- zhengming-disable-line rule-a -->"), unused);
    assert_eq!(problem("<!-- zhengming-disable-next-line -->"), unused);
    assert_eq!(problem("<!-- zhengming-disable-next-line rule-b -->\n甲"), unused);
    assert_eq!(problem("丙\n<!-- zhengming-enable -->"), Some(Problem::NothingToEnable));
    assert_eq!(
        problem("<!-- zhengming-disable rule-a -->甲<!-- zhengming-enable rule-b -->"),
        Some(Problem::NothingToEnable)
    );
    assert_eq!(
        problem("<!-- zhengming-disable-line rule-a, rule-b -->甲"),
        Some(Problem::Unused { targets: vec![Target { rule: Some("rule-b".to_owned()), term: None }] })
    );
    let written = "rule-aa".to_owned();
    assert_eq!(
        problem("<!-- zhengming-disable rule-aa -->甲"),
        Some(Problem::UnknownRule { written, nearest: Some("rule-a") })
    );
}

#[test]
fn what_did_not_run_is_not_called_unused() {
    assert_eq!(problem("<!-- zhengming-disable rule-off -->甲"), None);
    assert_eq!(problem("<!-- zhengming-disable two -->甲"), None);
    let document = document("<!-- zhengming-disable -->丙");
    let narrowed = KnownRules { narrowed: true, ..known() };
    assert_eq!(Suppressions::read(&document, &narrowed).faults(&narrowed), []);
}

#[test]
fn many_directives_cost_no_more_than_the_text() {
    let next = "<!-- zhengming-disable-next-line -->\n".repeat(5_000) + "甲\n*甲\n";
    check(&next);
    let pairs =
        "<!-- zhengming-disable rule-a: 甲 -->甲<!-- zhengming-enable rule-a: 甲 -->*甲\n".repeat(2_000);
    check(&pairs);
}

#[test]
fn a_comment_is_stored_once_however_much_is_wrong_with_it() {
    let names: Vec<String> = (0..250).map(|number| format!("unknown-{number}")).collect();
    let faults = run(&document(&format!("<!-- zhengming-disable {} -->甲", names.join(", ")))).1;
    assert_eq!(faults.len(), 250);
    for fault in &faults {
        assert!(std::sync::Arc::ptr_eq(&fault.text, &faults[0].text));
        assert!(std::sync::Arc::ptr_eq(&fault.rules, &faults[0].rules));
    }
}

#[test]
fn a_directive_with_too_many_targets_does_nothing_and_says_so() {
    let terms: Vec<String> = (0..4_000).map(|number| format!("甲{number}")).collect();
    let list = format!("<!-- zhengming-disable rule-a, rule-b: 甲、{} -->甲", terms.join("、"));
    assert_eq!(problem(&list), Some(Problem::TooManyTargets));
    assert!(run(&document(&list)).0.contains("*甲"));
}

#[test]
fn what_is_switched_off_by_term_is_switched_on_by_term_family_or_rule() {
    let idle = |source: &str| {
        let faults = run(&document(source)).1;
        faults.iter().filter(|fault| fault.problem == Problem::NothingToEnable).count()
    };
    for (disable, enable, expected) in [
        ("rule-a: 甲", "rule-a: 甲", 0),
        ("rule-a: 甲", "rule-a: 乙", 1),
        ("rule-a: 甲", "one: 甲", 0),
        ("one", "rule-a: 甲", 0),
        ("rule-a", "two", 1),
        (": 甲", "rule-b", 0),
        ("rule-a: 甲", "", 0),
    ] {
        let source = format!("<!-- zhengming-disable {disable} -->甲<!-- zhengming-enable {enable} -->");
        assert_eq!(idle(&source), expected, "{source}");
    }
    // Closed once, there is nothing left to enable.
    let twice =
        "<!-- zhengming-disable rule-a: 甲 -->甲<!-- zhengming-enable rule-a --><!-- zhengming-enable -->";
    assert_eq!(idle(twice), 1);
    // None of the terms meets any other.
    let list = |action: &str, word: &str| {
        (0..4_000).map(|n| format!("<!-- zhengming-{action} rule-a: {word}{n} -->\n")).collect::<String>()
    };
    assert_eq!(idle(&(list("disable", "甲") + &list("enable", "乙"))), 4_000);
}
