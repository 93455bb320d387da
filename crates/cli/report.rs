//! `zhengming report`: one file about a whole folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use zhengming::{Lang, Text};
use zhengming_config::gate;
use zhengming_formats::encoding;
use zhengming_report::folder::{Day, Earlier, FolderFormat, FolderReport};
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
    /// 写入此文件，格式按扩展名：.html、.json、.xlsx、.csv、.md；可以写几个 || Write to this file; its ending says how: .html, .json, .xlsx, .csv or .md; repeatable
    #[arg(short, long, value_name = "FILE", required = true)]
    output: Vec<PathBuf>,
    /// 与以前的报告（-o 文件.json 写出的）比较：新增、已消失、仍存在，以及历次变化 || Compare with an earlier report (written by -o FILE.json): new, gone, still there, and how it went on
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// CSV 和 Excel 的列名用哪种语言，供脚本使用；缺省与提示信息相同 || The language of column names in CSV and Excel, for scripts; default: that of messages
    #[arg(long, value_enum, value_name = "LANG")]
    columns: Option<Language>,
}

/// Reads the documents, compares them and writes the report.
pub(crate) fn run(args: &ReportArgs, lang: Lang) -> Result<u8, Failure> {
    let formats = args.output.iter().map(|path| format_of(path)).collect::<Result<Vec<_>, _>>()?;
    let earlier = args.against.as_deref().map(earlier).transpose()?;
    let outputs: Vec<&Path> = args.output.iter().map(PathBuf::as_path).collect();
    let batch = Batch::plan(&args.batch, &outputs, lang)?;
    // Tried before the first document is read, so that a folder that cannot be written to is no surprise at
    // the end; and given up again, so that an interrupted run leaves nothing behind.
    for output in &outputs {
        drop(Output::file(output)?);
    }
    let (dictionaries, rules) = (batch.dictionaries(), batch.rules());
    let version = env!("CARGO_PKG_VERSION");
    let run = Run { dictionaries: &dictionaries, rules: &rules, lang, all: true, ..Run::new(version) };
    let linter = batch.linter();
    let mut report = FolderReport::new(run, linter.termbase());
    let day = batch.as_of().map_or_else(|| Day::Own(configure::today()), Day::All);
    if let Some(columns) = args.columns {
        report.columns(columns.into());
    }
    report.about(args.batch.paths.iter().map(|path| folder_name(path)).collect(), day, configure::today());
    if formats.contains(&FolderFormat::Html) {
        report.keep_text();
    }
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
                let checked = Checked::of(document, &read.findings, &stored_len);
                report.document(name, &checked, &read.summary);
                if let Some(link) = link(name, outputs[0]) {
                    report.link(name, link);
                }
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
    if let Some(earlier) = earlier {
        report.against(earlier);
    }
    for (path, &format) in outputs.iter().zip(&formats) {
        let page = report.render(format);
        let mut output = Output::file(path)?;
        output.write_all(&page)?;
        output.finish()?;
    }
    say_failed(&failed, lang);
    if !args.batch.quiet {
        let names: Vec<String> = outputs.iter().map(|path| path.display().to_string()).collect();
        let (count, found) = (batch.len(), report.found());
        let note = Text::new(
            format!("检查了 {count} 份文稿，发现 {found} 处问题；报告已写入 {}", names.join("、")),
            format!("{count} documents checked, {found} findings; report written to {}", names.join(", ")),
        );
        failure::print_note(&note, lang);
    }
    let code = if failed.is_empty() { 0 } else { FAILED };
    // The process ends; taking the dictionaries apart piece by piece would only delay that.
    std::mem::forget(batch);
    Ok(code)
}

/// The way from the folder of the report to a document, with `/` between folders; nothing where there is none, as
/// between two drives.
fn link(document: &str, report: &Path) -> Option<String> {
    let (document, report) = (std::path::absolute(document).ok()?, std::path::absolute(report).ok()?);
    let folder = report.parent()?;
    let shared = document.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = document.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}

/// How the file at `path` is written, by its ending.
fn format_of(path: &Path) -> Result<FolderFormat, Text> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ending.parse().map_err(|()| unknown_format(path))
}

/// The report to compare with. It may be one of the outputs: it is read before anything is written.
fn earlier(path: &Path) -> Result<Earlier, Text> {
    let name = path.display().to_string();
    let text = gate::text_named(path, gate::Kind::List)
        .map_err(|error| failure::named(&name, &failure::io("无法读取", "cannot be read", &error)))?;
    Earlier::read(&text).map_err(|why| failure::named(&name, &why))
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
