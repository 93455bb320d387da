//! What must hold for every text and every span, valid or not, in every format.

mod common;

use common::{finding, full};
use proptest::prelude::*;
use zhengming_core::document::{Document, Encoding};
use zhengming_core::message::Lang;
use zhengming_core::span::Span;
use zhengming_report::{FileReport, OutputFormat, Run, Style, write};

/// Text with much of what positions can stumble over.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        "[甲乙丙。，“”]{1,60}",
        "[\\x00-\\x1f\u{80}-\u{9f}]{0,3}",
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("😀𠮷👨\u{200d}👩\u{200d}👧\u{fe0f}e\u{301}\u{202e}".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn span() -> impl Strategy<Value = Span> {
    // Built without `Span::new`, which would object to a span that ends before it starts.
    (0..600_usize, 0..600_usize).prop_map(|(start, end)| Span { start, end })
}

fn two_bytes_each(text: &str) -> usize {
    2 * text.chars().count()
}

proptest! {
    #[test]
    fn no_format_panics_or_lets_control_characters_through(
        text in text(),
        spans in prop::collection::vec((span(), span()), 0..6),
        width in 0..300_usize,
        bom: bool,
        color: bool,
    ) {
        let mut document = Document::new("a.md", "markdown", text.clone());
        document.set_encoding(Encoding { name: "UTF-16LE", bom });
        let diagnostics: Vec<_> =
            spans.iter().map(|&(span, related)| full(finding(&text, span), related)).collect();
        let mut file = FileReport::checked("a.md", &document, &diagnostics);
        file.outcome.as_mut().unwrap().stored_len = Some(&two_bytes_each);
        for &format in OutputFormat::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let mut out = Vec::new();
                let run = Run { lang, ..Run::new("0.1.0") };
                let style = Style { color, width };
                write(format, run, std::slice::from_ref(&file), style, &mut out).unwrap();
                let out = String::from_utf8(out).unwrap();
                match format {
                    OutputFormat::Json => {
                        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
                        for (shown, diagnostic) in
                            json["files"][0]["diagnostics"].as_array().unwrap().iter().zip(&diagnostics)
                        {
                            check_positions(shown, diagnostic.span, &document, bom);
                        }
                    }
                    _ => prop_assert!(
                        !out.chars().any(|c| c.is_control() && c != '\n' && !(color && c == '\u{1b}')),
                        "{out:?}"
                    ),
                }
            }
        }
    }
}

/// The swept positions agree with those that the line index finds one at a time.
fn check_positions(shown: &serde_json::Value, span: Span, document: &Document, bom: bool) {
    let source = document.source();
    for (name, offset) in [("start", span.start), ("end", span.end.max(span.start))] {
        let place = &shown["span"][name];
        let offset = zhengming_core::line_index::floor_boundary(source, offset);
        let position = document.lines().position(source, offset);
        let char = source[..offset].chars().count();
        let expected = serde_json::json!({
            "byte": 2 * (char + usize::from(bom)), "char": char,
            "line": position.line, "column": position.column, "utf16": position.utf16,
        });
        assert_eq!(place, &expected, "{name} of {span:?} in {source:?}");
    }
}
