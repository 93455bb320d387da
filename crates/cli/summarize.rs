//! `zhengming summarize` and `zhengming reduce`: the two halves of a run over a folder, for several machines.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use zhengming::{Lang, Severity, Text};
use zhengming_lint::linter::Options;
use zhengming_reading::summary::Summary;
use zhengming_report::{
    OutputFormat, Reporter, Run, Style, compared, folder_rules, report_compared, summary_of_line,
};

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
    let batch = Batch::plan(&args.batch, args.output.as_deref().as_slice(), lang)?;
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
    let rules = folder_rules();
    let run = Run { rules: &rules, lang, all: true, ..Run::new(env!("CARGO_PKG_VERSION")) };
    let on_terminal = args.output.is_none() && io::stdout().is_terminal();
    let format =
        args.format.unwrap_or(if on_terminal { OutputFormat::Pretty } else { OutputFormat::Concise });
    let mut output = output(args.output.as_ref())?;
    let mut reporter = Reporter::new(format, run, Style::default(), &mut output)?;
    report_compared(&mut reporter, &summaries, &found)?;
    let totals = reporter.finish()?;
    output.finish()?;
    if format == OutputFormat::Concise {
        failure::print_totals(&totals, lang);
    }
    Ok(if fails { FOUND } else { 0 })
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
        summaries.extend(summary_of_line(&name, &line, number)?);
    }
    Ok(summaries)
}
