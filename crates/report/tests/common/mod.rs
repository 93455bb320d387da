//! Makes documents and findings from text in which the places are marked `«so»`.

#![allow(dead_code, reason = "each test program uses its own part")]

use quick_xml::events::Event;
use zhengming_report::{FileReport, OutputFormat, Run, Style, write};
use zhengming_text::diagnostic::{Applicability, ConceptRef, Diagnostic, Edit, Fix, Related, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::{Lang, Text};
use zhengming_text::span::Span;

/// The text without its marks, and the marked places.
pub(crate) fn unmark(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut start = 0;
    for c in marked.chars() {
        match c {
            '«' => start = text.len(),
            '»' => spans.push(Span::new(start, text.len())),
            c => text.push(c),
        }
    }
    (text, spans)
}

/// A document with one finding for each marked place.
pub(crate) fn read(marked: &str) -> (Document, Vec<Diagnostic>) {
    let (text, spans) = unmark(marked);
    let diagnostics = spans.into_iter().map(|span| finding(&text, span)).collect();
    (Document::new("a.md", "markdown", text), diagnostics)
}

/// A warning that the text at `span` should be 浙政钉, with a safe fix.
pub(crate) fn finding(text: &str, span: Span) -> Diagnostic {
    let quoted = text.get(span.start..span.end).unwrap_or_default();
    Diagnostic {
        rule: "nonstandard-variant",
        family: "variant",
        severity: Severity::Warning,
        message: Text::new(format!("“{quoted}”不是规范用语"), format!("`{quoted}` is not the standard term")),
        label: Text::new("应为“浙政钉”", "the standard term is `浙政钉`"),
        help: zhengming_text::diagnostic::Help::default(),
        key: None,
        span,
        block: 0,
        sentence: text.trim().to_owned(),
        concept: None,
        fixes: vec![Fix {
            title: Text::new("改为“浙政钉”", "replace with `浙政钉`"),
            applicability: Applicability::Safe,
            edits: vec![Edit { span, text: "浙政钉".to_owned() }],
        }],
        related: Vec::new(),
        sureness: None,
    }
}

/// The finding with everything that a finding may have.
pub(crate) fn full(mut diagnostic: Diagnostic, related: Span) -> Diagnostic {
    diagnostic.help.basis = Some(Text::new(
        "DB33/T 2350—2021，3.1.3.9：浙政钉是全省统一的政务协同总平台，各地各部门的政务应用接入该平台，\
         实现“掌上办公”。",
        "DB33/T 2350—2021, 3.1.3.9 defines the term",
    ));
    diagnostic.concept = Some(ConceptRef {
        id: "zhezhengding".to_owned(),
        preferred: "浙政钉".to_owned(),
        dictionary: Some("db33t-2350-2021".to_owned()),
        clause: Some("3.1.3.9".to_owned()),
    });
    diagnostic.fixes.push(Fix {
        title: Text::new("改为“浙江政务钉钉”", "replace with `浙江政务钉钉`"),
        applicability: Applicability::Suggestion,
        edits: vec![Edit { span: diagnostic.span, text: "浙江政务钉钉".to_owned() }],
    });
    diagnostic.related.push(Related {
        span: related,
        message: Text::new("这里用的是规范用语", "the standard term is used here"),
        elsewhere: None,
    });
    diagnostic
}

/// What a run over `files` prints.
pub(crate) fn print(format: OutputFormat, lang: Lang, files: &[FileReport<'_>]) -> String {
    let mut out = Vec::new();
    let run = Run { lang, ..Run::new("0.1.0") };
    write(format, run, files, Style::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What a run over one document prints.
pub(crate) fn print_one(format: OutputFormat, document: &Document, diagnostics: &[Diagnostic]) -> String {
    print(format, Lang::Zh, &[FileReport::checked("drafts/a.md", document, diagnostics)])
}

/// Reads the whole of an XML document, which panics if it is not well formed or holds a character that
/// XML cannot hold.
pub(crate) fn read_xml(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) => {
                read_attributes(&tag);
                depth += 1;
            }
            Event::Empty(tag) => read_attributes(&tag),
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{xml}");
    assert!(!xml.contains(['\u{fffe}', '\u{ffff}']) && !xml.chars().any(|c| c.is_control() && c != '\n'));
}

fn read_attributes(tag: &quick_xml::events::BytesStart<'_>) {
    for attribute in tag.attributes() {
        attribute.unwrap();
    }
}
