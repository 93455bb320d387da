//! `zhengming summarize` and `zhengming reduce`: the two halves of a run over a folder, for several machines.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use zhengming::{Lang, Severity, Text};
use zhengming_lint::folder::FolderDiagnostic;
use zhengming_lint::linter::Options;
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::summary::{Summary, VERSION, stand_in};
use zhengming_report::{FileReport, OutputFormat, Reporter, Run, Style};
use zhengming_rules::folder::{FOLDER_RULES, check_summaries};
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::message::reason_zh;
use zhengming_text::span::Span;

use crate::args::Level;
use crate::batch::{Batch, BatchArgs, say_failed};
use crate::failure::{self, Failure};
use crate::output::{self, Output};
use crate::progress::Progress;
use crate::{FAILED, FOUND};

#[derive(Debug, clap::Args)]
pub(crate) struct SummarizeArgs {
    #[command(flatten)]
    batch: BatchArgs,
    /// 写入此文件（每份文稿一行 JSON）；缺省写到标准输出 || Write to this file (one line of JSON for each document) instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReduceArgs {
    /// zhengming summarize 写的文件；“-”表示标准输入 || Files that zhengming summarize wrote; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 输出格式，与 check 相同 || Output format, as with check
    #[arg(long, value_name = "FORMAT")]
    format: Option<OutputFormat>,
    /// 只运行这些规则（规则名或类别，逗号分隔） || Run only these rules (names or families, separated by commas)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    select: Vec<String>,
    /// 不运行这些规则（规则名或类别，逗号分隔） || Leave these rules out (names or families, separated by commas)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    ignore: Vec<String>,
    /// 只计此级别以上的结果，其余不显示，也不影响退出码 || Count only findings of this severity and above; others are not shown and do not change the exit status
    #[arg(long, value_enum, value_name = "LEVEL")]
    min_severity: Option<Level>,
    /// 达到此级别时退出码为 1；缺省为 warning || Exit with status 1 from this severity on; default: warning
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Warning)]
    fail_on: Level,
    /// 写入此文件；缺省写到标准输出 || Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the digest of each document as a line of JSON.
pub(crate) fn summarize(args: &SummarizeArgs, lang: Lang) -> Result<u8, Failure> {
    let batch = Batch::plan(&args.batch, args.output.as_deref(), lang)?;
    let mut output = output(args.output.as_ref())?;
    let progress = Progress::new(batch.len(), args.batch.verbose, args.batch.quiet, lang);
    let mut failed = Vec::new();
    batch.read(&progress, |name, read| {
        match read {
            Err(why) => failed.push((name.to_owned(), why)),
            Ok(read) => {
                let mut line = serde_json::to_vec(&read.summary).map_err(io::Error::from)?;
                line.push(b'\n');
                output.write_all(&line)?;
            }
        }
        Ok(())
    })?;
    progress.finish();
    output.finish()?;
    say_failed(&failed, lang);
    std::mem::forget(batch);
    Ok(if failed.is_empty() { 0 } else { FAILED })
}

/// Compares the documents of which the digests are given.
pub(crate) fn reduce(args: &ReduceArgs, lang: Lang) -> Result<u8, Failure> {
    let options = Options {
        select: crate::configure::known_rules(&args.select)?,
        ignore: crate::configure::known_rules(&args.ignore)?,
        min_severity: args.min_severity.map(Severity::from),
        ..Options::default()
    };
    output::refuse(args.output.as_deref(), args.files.iter().map(PathBuf::as_path))?;
    let mut summaries = Vec::new();
    for file in &args.files {
        summaries.extend(load(file)?);
    }
    let (summaries, found) = compared(summaries, &options)?;
    let fails = found.iter().any(|one| one.diagnostic.severity >= Severity::from(args.fail_on));
    let rules = rules();
    let run = Run { rules: &rules, lang, all: true, ..Run::new(env!("CARGO_PKG_VERSION")) };
    let on_terminal = args.output.is_none() && io::stdout().is_terminal();
    let format =
        args.format.unwrap_or(if on_terminal { OutputFormat::Pretty } else { OutputFormat::Concise });
    let mut output = output(args.output.as_ref())?;
    let mut reporter = Reporter::new(format, run, Style::default(), &mut output)?;
    report_all(&mut reporter, &summaries, &found)?;
    let totals = reporter.finish()?;
    output.finish()?;
    if format == OutputFormat::Concise {
        failure::print_totals(&totals, lang);
    }
    Ok(if fails { FOUND } else { 0 })
}

/// What `zhengming reduce --format json` prints for summaries, one a line.
///
/// # Errors
/// If a line is no summary of this version, or two summaries of one path differ.
pub fn reduced(lines: &str, options: &Options, lang: Lang) -> Result<String, Text> {
    let mut summaries = Vec::new();
    for (line, number) in lines.lines().zip(1..) {
        summaries.extend(parsed("summaries", line, number)?);
    }
    let (summaries, found) = compared(summaries, options)?;
    let rules = rules();
    let run = Run { rules: &rules, lang, all: true, ..Run::new(env!("CARGO_PKG_VERSION")) };
    let mut out = Vec::new();
    let written = Reporter::new(OutputFormat::Json, run, Style::default(), &mut out)
        .and_then(|mut reporter| report_all(&mut reporter, &summaries, &found).and(reporter.finish()));
    written.map_err(|error| failure::io("无法写出结果", "cannot write the output", &error))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn rules() -> Vec<&'static RuleMeta> {
    FOLDER_RULES.iter().map(|rule| rule.meta).collect()
}

/// The summaries by path, each once, and what the folder rules find in them.
fn compared(
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
fn report_all(
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

fn output(path: Option<&PathBuf>) -> Result<Output, Failure> {
    path.map_or_else(|| Ok(Output::stdout()), |path| Output::file(path))
}

/// The digests in a file. An error names the line.
fn load(path: &PathBuf) -> Result<Vec<Summary>, Text> {
    let name = path.display().to_string();
    let unreadable =
        |error: &io::Error| failure::named(&name, &failure::io("无法读取", "cannot be read", error));
    let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(io::BufReader::new(fs::File::open(path).map_err(|error| unreadable(&error))?))
    };
    let mut summaries = Vec::new();
    for (line, number) in reader.lines().zip(1..) {
        let line = line.map_err(|error| unreadable(&error))?;
        summaries.extend(parsed(&name, &line, number)?);
    }
    Ok(summaries)
}

/// The summary in a line; nothing in an empty one. An error names file and line.
fn parsed(name: &str, line: &str, number: usize) -> Result<Option<Summary>, Text> {
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
