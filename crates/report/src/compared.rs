//! What the documents of a folder say against one another, from their summaries.

use std::io;

use zhengming::{Lang, Text};
use zhengming_lint::folder::FolderDiagnostic;
use zhengming_lint::linter::Options;
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::summary::{Summary, VERSION, stand_in};
use zhengming_rules::folder::{FOLDER_RULES, check_summaries};
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::message::reason_zh;
use zhengming_text::span::Span;

use crate::{FileReport, OutputFormat, Reporter, Run, Style};

/// What `zhengming reduce --format json` prints for summaries, one a line.
///
/// # Errors
/// If a line is no summary of this version, or two summaries of one path differ.
pub fn reduced(lines: &str, options: &Options, lang: Lang) -> Result<String, Text> {
    let mut summaries = Vec::new();
    for (line, number) in lines.lines().zip(1..) {
        summaries.extend(summary_of_line("summaries", line, number)?);
    }
    let (summaries, found) = compared(summaries, options)?;
    let rules = folder_rules();
    let run = Run { rules: &rules, lang, all: true, ..Run::new(env!("CARGO_PKG_VERSION")) };
    let mut out = Vec::new();
    let written = Reporter::new(OutputFormat::Json, run, Style::default(), &mut out)
        .and_then(|mut reporter| report_compared(&mut reporter, &summaries, &found).and(reporter.finish()));
    written.expect("a vector takes all that is written");
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The rules over folders.
pub fn folder_rules() -> Vec<&'static RuleMeta> {
    FOLDER_RULES.iter().map(|rule| rule.meta).collect()
}

/// The summaries by path, each once, and what the folder rules find in them.
///
/// # Errors
/// If two summaries of one path differ.
pub fn compared(
    mut summaries: Vec<Summary>,
    options: &Options,
) -> Result<(Vec<Summary>, Vec<FolderDiagnostic>), Text> {
    summaries.sort_by(|a, b| a.path.cmp(&b.path));
    summaries.dedup();
    if let Some(pair) = summaries.windows(2).find(|pair| pair[0].path == pair[1].path) {
        let path = &pair[0].path;
        return Err(Text::new(
            format!("{path}：有两份不同的摘要；不同文件夹里的同名文件，请从共同的上级文件夹运行 summarize"),
            format!(
                "{path}: there are two different summaries; run summarize from a folder above both files"
            ),
        ));
    }
    let mut found = check_summaries(&summaries, |_| options);
    found.retain(|one| !one.is_silenced());
    Ok((summaries, found))
}

/// Reports what was found, document by document.
///
/// # Errors
/// If it cannot be written.
pub fn report_compared(
    reporter: &mut Reporter<'_>,
    summaries: &[Summary],
    found: &[FolderDiagnostic],
) -> io::Result<()> {
    let mut rest = found;
    for summary in summaries {
        let (own, others) = rest.split_at(rest.partition_point(|one| one.path <= summary.path));
        rest = others;
        report(reporter, summary, own)?;
    }
    Ok(())
}

/// Reports the findings in one document, which need not be at hand.
fn report(reporter: &mut Reporter<'_>, summary: &Summary, found: &[FolderDiagnostic]) -> io::Result<()> {
    let document = stand_in(&summary.path, found.iter().map(|one| &one.site));
    let block = |span: Span| {
        let ends_after = document.blocks().position(|block| span.start < block.source_span().end);
        ends_after.unwrap_or_else(|| document.blocks().len().saturating_sub(1))
    };
    let diagnostics: Vec<Diagnostic> = found
        .iter()
        .map(|one| Diagnostic { block: block(one.diagnostic.span), ..one.diagnostic.clone() })
        .collect();
    reporter.file(&FileReport::checked(&summary.path, &document, &diagnostics))
}

/// The summary in a line; nothing in an empty one. An error names file and line.
///
/// # Errors
/// If it is no summary of this version.
pub fn summary_of_line(name: &str, line: &str, number: usize) -> Result<Option<Summary>, Text> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    let read: Result<Summary, _> = serde_json::from_str(line);
    let bad = |zh: String, en: String| {
        Text::new(format!("{name}：第{number}行：{zh}"), format!("{name}:{number}: {en}"))
    };
    match read {
        Ok(summary) if summary.version == VERSION => Ok(Some(summary)),
        _ if version(line).is_some_and(|version| version != u64::from(VERSION)) => {
            let version = version(line).unwrap_or_default();
            Err(bad(
                format!("摘要的版本是 {version}，本程序读的是 {VERSION}；请用同一版本的 zhengming summarize 重新生成"),
                format!("a summary of version {version}, this program reads {VERSION}; make it again with its own summarize"),
            ))
        }
        Ok(_) => Ok(None),
        Err(_) if is_findings(line) => {
            Err(bad(
                "这是 zhengming check 的结果，不是摘要；请先运行 zhengming summarize 文稿或文件夹 -o 摘要.jsonl，再用 reduce 比较".to_owned(),
                "findings of zhengming check, no summary; run `zhengming summarize FOLDER -o FILE.jsonl` first and reduce that".to_owned(),
            ))
        }
        Err(error) => {
            Err(bad(
                format!("不是 zhengming summarize 写的摘要：{}", reason_zh(&error.to_string())),
                format!("no summary as zhengming summarize writes it: {error}"),
            ))
        }
    }
}

/// Whether a line is of what `check` writes: as one JSON text, as a finding a line, or as SARIF.
fn is_findings(line: &str) -> bool {
    line.contains(r#""tool":{"name":"zhengming""#)
        || line.contains(r#""rule":"#) && line.contains(r#""severity":"#)
        || line.contains("sarif")
}

fn version(line: &str) -> Option<u64> {
    serde_json::from_str::<serde_json::Value>(line).ok()?.get("version")?.as_u64()
}
