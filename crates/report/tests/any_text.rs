//! What must hold for every text and every span, valid or not, in every format.

mod common;

use common::{finding, full, read_xml};
use proptest::prelude::*;
use zhengming_report::{FileReport, OutputFormat, Run, Style, write};
use zhengming_text::document::{Document, Encoding};
use zhengming_text::message::Lang;
use zhengming_text::span::Span;

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
        path in "[a甲,:%&<>'\"\\]\r\n\t\x00\x1b\u{ffff}#? /.-]{0,12}",
        spans in prop::collection::vec((span(), span()), 0..6),
        width in 0..300_usize,
        bom: bool,
        color: bool,
    ) {
        let mut document = Document::new("a.md", "markdown", text.clone());
        document.set_encoding(Encoding { name: "UTF-16LE", bom });
        let diagnostics: Vec<_> =
            spans.iter().map(|&(span, related)| full(finding(&text, span), related)).collect();
        let mut file = FileReport::checked(&path, &document, &diagnostics);
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
                    OutputFormat::Jsonl => {
                        let lines: Vec<serde_json::Value> =
                            out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                        prop_assert_eq!(lines.len(), diagnostics.len());
                    }
                    OutputFormat::Sarif | OutputFormat::Rdjson => {
                        serde_json::from_str::<serde_json::Value>(&out).unwrap();
                    }
                    OutputFormat::Pretty | OutputFormat::Concise | OutputFormat::Github
                    | OutputFormat::Junit | OutputFormat::Checkstyle => prop_assert!(
                        !out.chars().any(|c| c.is_control() && c != '\n' && !(color && c == '\u{1b}')),
                        "{out:?}"
                    ),
                }
                match format {
                    OutputFormat::Junit | OutputFormat::Checkstyle => read_xml(&out),
                    OutputFormat::Concise | OutputFormat::Github => {
                        prop_assert_eq!(out.lines().count(), diagnostics.len());
                    }
                    _ => {}
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
        let offset = zhengming_text::line_index::floor_boundary(source, offset);
        let position = document.lines().position(source, offset);
        let char = source[..offset].chars().count();
        let expected = serde_json::json!({
            "byte": 2 * (char + usize::from(bom)), "char": char,
            "line": position.line, "column": position.column, "utf16": position.utf16,
        });
        assert_eq!(place, &expected, "{name} of {span:?} in {source:?}");
    }
}

/// Columns in a terminal of the characters that [`no_line_is_wider_than_asked`] uses.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{3000}' { 2 } else { 1 }).sum()
}

proptest! {
    #[test]
    fn no_line_is_wider_than_asked(
        before in "[甲a ]{0,80}",
        inside in "[乙b \n]{1,60}",
        after in "[丙c ]{0,80}",
        label in "[应为，x ]{0,50}",
        lines in 0..12_000_usize,
        width in 40..170_usize,
    ) {
        let start = lines + before.len();
        let source = format!("{}{before}{inside}{after}\n", "\n".repeat(lines));
        let span = Span::new(start, start + inside.len());
        let document = Document::new("a.md", "markdown", source.clone());
        let mut diagnostic = finding(&source, span);
        diagnostic.label = zhengming_text::message::Text::new(label, "");
        let files = [FileReport::checked("a.md", &document, std::slice::from_ref(&diagnostic))];
        let mut out = Vec::new();
        let style = Style { color: false, width };
        write(OutputFormat::Pretty, Run::new("0.1.0"), &files, style, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        for line in out.lines().filter(|line| line.contains(['│', '·'])) {
            prop_assert!(columns(line.trim_end()) <= width, "{} columns: {line}\n{out}", columns(line));
        }
    }
}
