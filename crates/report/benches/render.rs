//! What one finding costs to report, for files of any size and lines of any length.
//!
//! The goal is at most 25 µs for the pretty format, whatever the size of the file.

use zhengming_report::{FileReport, OutputFormat, Run, Style, write};
use zhengming_text::diagnostic::{Applicability, Diagnostic, Edit, Fix, Help, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::Text;
use zhengming_text::span::Span;

fn main() {
    divan::main();
}

const FINDINGS: usize = 10_000;
const PARAGRAPH: &str = "各级各部门要依托浙政盯开展“掌上办公”，推动公共数据归集、共享、开放和应用，形成一体化智能化公共\
    数据平台，支撑数字化改革各重点领域的多跨场景应用，做到标准统一、整体智治、高效协同、闭环管理。";

/// A document of about `bytes` bytes with evenly spread findings.
fn document(bytes: usize, line_break: &str) -> (Document, Vec<Diagnostic>) {
    let paragraph = format!("{PARAGRAPH}{line_break}");
    let source = paragraph.repeat(bytes / paragraph.len());
    let all: Vec<usize> = source.match_indices("浙政盯").map(|(at, _)| at).collect();
    let step = (all.len() / FINDINGS).max(1);
    let starts = all.iter().cycle().step_by(step).take(FINDINGS);
    let mut diagnostics: Vec<_> = starts.map(|&start| finding(Span::new(start, start + 9))).collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    (Document::new("a.md", "markdown", source), diagnostics)
}

fn finding(span: Span) -> Diagnostic {
    Diagnostic {
        rule: "nonstandard-variant",
        family: "variant",
        severity: Severity::Warning,
        message: Text::new("“浙政盯”不是规范用语", "`浙政盯` is not the standard term"),
        label: Text::new("应为“浙政钉”", "the standard term is `浙政钉`"),
        help: Help {
            basis: Some(Text::new("DB33/T 2350—2021《数字化改革术语定义》3.1.3.9 规定的用语是“浙政钉”", "")),
            ..Help::default()
        },
        span,
        block: 0,
        sentence: PARAGRAPH.to_owned(),
        key: None,
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

/// The line index is built anew each time, as in a real run.
fn render(bencher: divan::Bencher<'_, '_>, format: OutputFormat, bytes: usize, line_break: &str) {
    bencher
        .counter(divan::counter::ItemsCount::new(FINDINGS))
        .with_inputs(|| document(bytes, line_break))
        .bench_values(|(document, diagnostics)| {
            let files = [FileReport::checked("drafts/a.md", &document, &diagnostics)];
            let style = Style { color: true, width: 100 };
            write(format, Run::new("0.1.0"), &files, style, &mut std::io::sink()).unwrap()
        });
}

#[divan::bench(args = [100_000, 1_000_000, 10_000_000], sample_count = 5, sample_size = 1)]
fn pretty(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    render(bencher, OutputFormat::Pretty, bytes, "\n\n");
}

#[divan::bench(args = [10_000_000], sample_count = 5, sample_size = 1)]
fn pretty_one_line(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    render(bencher, OutputFormat::Pretty, bytes, "");
}

#[divan::bench(args = [100_000, 10_000_000], sample_count = 5, sample_size = 1)]
fn json(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    render(bencher, OutputFormat::Json, bytes, "\n\n");
}

#[divan::bench(args = [100_000, 10_000_000], sample_count = 5, sample_size = 1)]
fn concise(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    render(bencher, OutputFormat::Concise, bytes, "\n\n");
}
