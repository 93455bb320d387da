//! Writes the report on a made-up folder of 3,000 documents with 50,000 findings, to see how a browser takes it:
//! `cargo run --release -p zhengming-report --example large_folder -- report.html`

use std::path::PathBuf;
use std::sync::Arc;

use zhengming_reading::facts::Facts;
use zhengming_reading::knowledge::{Background, Knowledge};
use zhengming_reading::summary::Summary;
use zhengming_report::folder::FolderReport;
use zhengming_report::{Checked, Run};
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::termbase::TermBase;
use zhengming_text::diagnostic::{ConceptRef, Diagnostic, Help, Severity};
use zhengming_text::document::{BlockBuilder, BlockKind, Document};
use zhengming_text::message::Text;
use zhengming_text::span::Span;

const DOCUMENTS: usize = 3_000;
const FINDINGS: usize = 50_000;
const RULES: [&str; 4] = ["nonstandard-variant", "near-miss-term", "stale-edition", "undefined-term"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let output = PathBuf::from(std::env::args_os().nth(1).ok_or("which file to write to?")?);
    let ending = output.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format = ending.parse().map_err(|()| "an ending such as .html")?;
    let dictionary = Dictionary::from_toml("d.toml", DICTIONARY)?;
    let knowledge =
        Knowledge::new(Arc::new(TermBase::new(vec![Arc::new(dictionary)])?), Background::default());
    let mut report = FolderReport::new(Run::new("0.1.0"), knowledge.termbase());
    report.keep_text();
    let mut left = FINDINGS;
    for number in 0..DOCUMENTS {
        let document = document(number);
        let facts = Facts::read(&document, &knowledge);
        let summary = Summary::read(&facts, None);
        let count = left / (DOCUMENTS - number);
        left -= count;
        let found: Vec<_> = (0..count).map(|index| finding(&document, number, index)).collect();
        let checked = Checked {
            document: &document,
            diagnostics: &found,
            suppressed: 0,
            unregistered: &[],
            stored_len: None,
        };
        report.document(document.name(), &checked, &summary);
    }
    std::fs::write(output, report.render(format))?;
    Ok(())
}

const DICTIONARY: &str = r#"
[dictionary]
id = "d"
title = "示例词典"
[[concept]]
id = "zhezhengding"
term = "浙政钉"
definition = "各级党政机关工作人员使用的统一的协同办公平台。"
variants = [{ surface = "浙政盯", kind = "homophone", fix = "safe" }]
"#;

fn document(number: usize) -> Document {
    let mut text = String::new();
    for line in 0..20 {
        text += &format!(
            "第{line}条　第{number}号文件要求各单位通过浙政盯和浙政钉报送第{line}项工作的进展情况，按照GB/T {number}—2020执行。\n"
        );
    }
    let mut document =
        Document::new(format!("草稿/{:02}/文件{number:04}.md", number % 40), "markdown", text.clone());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut block = BlockBuilder::new(BlockKind::Paragraph);
        block.verbatim(&text, Span::new(at, at + line.len() - 1));
        document.push(block.finish().expect("no line is empty"));
        at += line.len();
    }
    document
}

fn finding(document: &Document, number: usize, index: usize) -> Diagnostic {
    let block = document.block(index % document.blocks().len());
    let start = block.source_span().start + block.text().find("浙政盯").unwrap_or(0);
    Diagnostic {
        rule: RULES[(number + index) % RULES.len()],
        family: "variant",
        severity: [Severity::Warning, Severity::Info, Severity::Error][(number * 7 + index) % 3],
        message: Text::new(format!("“浙政盯”不是规范用语（第{}种）", index % 30), "not the standard term"),
        label: Text::new("应为“浙政钉”", "the standard term is `浙政钉`"),
        help: Help {
            basis: Some(Text::new(
                "DB33/T 2350—2021，3.1.3.9：“各级党政机关工作人员使用的统一的协同办公平台。”",
                "",
            )),
            ..Help::default()
        },
        key: None,
        span: Span::new(start, start + "浙政盯".len()),
        block: block.index(),
        sentence: block.text().to_owned(),
        concept: Some(ConceptRef {
            id: "zhezhengding".to_owned(),
            preferred: "浙政钉".to_owned(),
            dictionary: None,
            clause: None,
        }),
        fixes: Vec::new(),
        related: Vec::new(),
        sureness: None,
    }
}
