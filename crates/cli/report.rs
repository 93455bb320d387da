//! `zhengming report`: one file about a whole folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use zhengming::{Lang, Text};
use zhengming_formats::encoding;
use zhengming_report::folder::{Day, FolderFormat, FolderReport};
use zhengming_report::{Checked, Run};
use zhengming_rules::folder::check_summaries;

use crate::FAILED;
use crate::args::Language;
use crate::batch::{Batch, BatchArgs, say_failed};
use crate::configure;
use crate::failure::{self, Failure};
use crate::output::Output;
use crate::progress::Progress;

#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    batch: BatchArgs,
    /// 写入此文件，格式按扩展名：.html、.json、.xlsx、.csv、.md || Write to this file; its ending says how: .html, .json, .xlsx, .csv or .md
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// CSV 和 Excel 的列名用哪种语言，供脚本使用；缺省与提示信息相同 || The language of column names in CSV and Excel, for scripts; default: that of messages
    #[arg(long, value_enum, value_name = "LANG")]
    columns: Option<Language>,
}

/// Reads the documents, compares them and writes the report.
pub(crate) fn run(args: &ReportArgs, lang: Lang) -> Result<u8, Failure> {
    let ending = args.output.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format: FolderFormat = ending.parse().map_err(|()| unknown_format(&args.output))?;
    let batch = Batch::plan(&args.batch, Some(&args.output), lang)?;
    // Tried before the first document is read, so that a folder that cannot be written to is no surprise at
    // the end; and given up again, so that an interrupted run leaves nothing behind.
    drop(Output::file(&args.output)?);
    let (dictionaries, rules) = (batch.dictionaries(), batch.rules());
    let version = env!("CARGO_PKG_VERSION");
    let run = Run { dictionaries: &dictionaries, rules: &rules, lang, all: true, ..Run::new(version) };
    let linter = batch.linter();
    let mut report = FolderReport::new(run, linter.termbase());
    let day = batch.as_of().map_or_else(|| Day::Own(configure::today()), Day::All);
    if let Some(columns) = args.columns {
        report.columns(columns.into());
    }
    report.about(args.batch.paths.iter().map(|path| folder_name(path)).collect(), day);
    let mut summaries = Vec::with_capacity(batch.len());
    let mut failed = Vec::new();
    let progress = Progress::new(batch.len(), args.batch.verbose, args.batch.quiet, lang);
    batch.read(&progress, |name, read| {
        match read {
            Err(why) => {
                if batch.is_folder(name) {
                    report.unreadable_folder(name, &why);
                } else {
                    report.unreadable(name, &why);
                }
                failed.push((name.to_owned(), why));
            }
            Ok(read) => {
                let document = read.document.inner();
                let stored = document.encoding();
                let stored_len = |text: &str| encoding::stored_len(text, stored);
                let checked = Checked {
                    document,
                    diagnostics: &read.findings.diagnostics,
                    suppressed: read.findings.suppressed.len(),
                    unregistered: &read.findings.unregistered,
                    stored_len: Some(&stored_len),
                };
                report.document(name, &checked, &read.summary);
                summaries.push(read.summary);
            }
        }
        Ok(())
    })?;
    progress.finish();
    // Nothing could be read: there is nothing to report on.
    if summaries.is_empty() && !failed.is_empty() {
        say_failed(&failed, lang);
        return Ok(FAILED);
    }
    let found = check_summaries(&summaries, |path| batch.options(path));
    report.folder(&found, &summaries);
    drop(summaries);
    let page = report.render(format);
    let mut output = Output::file(&args.output)?;
    output.write_all(&page)?;
    output.finish()?;
    say_failed(&failed, lang);
    if !args.batch.quiet {
        let (path, count) = (args.output.display(), batch.len());
        let note = Text::new(
            format!("{count} 份文稿的报告已写入 {path}"),
            format!("report on {count} documents written to {path}"),
        );
        failure::print_note(&note, lang);
    }
    let code = if failed.is_empty() { 0 } else { FAILED };
    // The process ends; taking the dictionaries apart piece by piece would only delay that.
    std::mem::forget(batch);
    Ok(code)
}

/// What a folder is called, wherever it is: a report is the same on every machine.
fn folder_name(path: &Path) -> String {
    let name = path.file_name().map(ToOwned::to_owned);
    let name = name.or_else(|| path.canonicalize().ok()?.file_name().map(ToOwned::to_owned));
    name.map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn unknown_format(path: &Path) -> Text {
    let path = path.display();
    Text::new(
        format!("{path}：看不出报告的格式；文件名请以 .html、.json、.xlsx、.csv 或 .md 结尾"),
        format!("{path}: no known format of reports; end the name in .html, .json, .xlsx, .csv or .md"),
    )
}
