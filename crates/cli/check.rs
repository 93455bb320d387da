//! `zhengming check`: read, lint, fix, report.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};

use rayon::prelude::*;
use zhengming::formats::encoding;
use zhengming::{Date, Diagnostic, Document, Lang, Linter, Options, RULES, Severity, Text};
use zhengming_report::diff::unified_diff;
use zhengming_report::{Checked, DictionaryInfo, FileReport, OutputFormat, Reporter, Run, Style};

use crate::args::{CheckArgs, Color};
use crate::collect::{self, Input};
use crate::failure::{self, Failure, print_error};
use crate::output::Tolerant;
use crate::{FAILED, FOUND, dictionary, fix};

/// Files read and linted between two rounds of reporting: bounds memory, keeps every thread busy.
const BATCH: usize = 128;

/// What became of one input.
struct Outcome {
    name: String,
    result: Result<CheckedFile, Text>,
}

struct CheckedFile {
    document: Document,
    diagnostics: Vec<Diagnostic>,
    /// The unified diff, for `--diff`.
    diff: String,
    /// The mended bytes, for standard input with `--fix`.
    fixed: Option<Vec<u8>>,
    /// Number of fixes written.
    applied: usize,
    /// Whether the diff is only for reading, because the file is not in UTF-8.
    unpatchable: bool,
    /// Why a mended file could not be written.
    not_written: Option<Text>,
}

pub(crate) fn run(args: &CheckArgs, lang: Lang) -> Result<u8, Failure> {
    let linter = linter(args)?;
    if linter.termbase().dictionaries().is_empty() {
        return Err(Text::new(
            "没有加载任何词典：用 --dict 给出一部，或去掉 --no-builtin",
            "no dictionary is loaded: give one with --dict, or leave out --no-builtin",
        )
        .into());
    }
    let inputs = collect::inputs(&args.paths);
    if inputs.is_empty() {
        return Err(no_files(&args.paths).into());
    }
    let dictionaries = dictionary_infos(&linter);
    let rules: Vec<_> = linter.rules().collect();
    let run =
        Run { tool_version: env!("CARGO_PKG_VERSION"), dictionaries: &dictionaries, rules: &rules, lang };
    let reads_stdin = inputs.iter().any(|input| matches!(input, Input::Stdin));
    // The mended text of standard input goes to standard output, the report then to standard error.
    let mut out: Box<dyn Write> = match (args.quiet || args.diff, args.fix && reads_stdin) {
        (true, _) => Box::new(io::sink()),
        (false, true) => Box::new(io::stderr().lock()),
        (false, false) => Box::new(Tolerant::new(io::BufWriter::new(io::stdout().lock()))),
    };
    let mut reporter = Reporter::new(output_format(args), run, style(args), &mut *out)?;
    let pool = thread_pool(args, inputs.len())?;
    let mut failed = false;
    let mut worst = None;
    let mut mended = (0, 0);
    for batch in inputs.chunks(BATCH) {
        for outcome in outcomes(batch, args, &linter, pool.as_ref()) {
            match &outcome.result {
                Err(why) => {
                    failed = true;
                    if args.quiet || args.diff {
                        print_error(&failure::named(&outcome.name, why), lang);
                    }
                    reporter.file(&FileReport::unreadable(&outcome.name, why.clone()))?;
                }
                Ok(file) => {
                    worst = worst.max(file.diagnostics.iter().map(|diagnostic| diagnostic.severity).max());
                    if let Some(why) = &file.not_written {
                        failed = true;
                        print_error(&failure::named(&outcome.name, why), lang);
                    }
                    mended = (mended.0 + file.applied, mended.1 + usize::from(file.applied > 0));
                    if file.unpatchable {
                        let why = Text::new(
                            "不是 UTF-8 文件，补丁只供阅读；请用 --fix 修改",
                            "not in UTF-8: the patch is for reading, use --fix to mend the file",
                        );
                        failure::print_note(&failure::named(&outcome.name, &why), lang);
                    }
                    print_texts(file, args)?;
                    report(&mut reporter, &outcome.name, file)?;
                }
            }
        }
    }
    reporter.finish()?;
    if args.fix && !args.diff && !args.quiet {
        let (places, files) = mended;
        failure::print_note(
            &Text::new(
                format!("已修改 {places} 处，{files} 个文件"),
                format!("fixed {places} places in {files} files"),
            ),
            lang,
        );
    }
    // The process ends; taking the dictionaries apart piece by piece would only delay that.
    std::mem::forget(linter);
    Ok(match worst {
        _ if failed => FAILED,
        Some(severity) if severity >= Severity::from(args.fail_on) => FOUND,
        _ => 0,
    })
}

/// What goes to standard output besides the report: the patch, the mended standard input.
fn print_texts(file: &CheckedFile, args: &CheckArgs) -> io::Result<()> {
    if !file.diff.is_empty() && !args.quiet {
        io::stdout().write_all(file.diff.as_bytes())?;
    }
    io::stdout().write_all(file.fixed.as_deref().unwrap_or_default())
}

fn output_format(args: &CheckArgs) -> OutputFormat {
    let default = if io::stdout().is_terminal() { OutputFormat::Pretty } else { OutputFormat::Concise };
    args.format.unwrap_or(default)
}

/// Threads are worth their start only for several files.
fn thread_pool(args: &CheckArgs, inputs: usize) -> Result<Option<rayon::ThreadPool>, Text> {
    if inputs < 2 || args.threads == Some(1) {
        return Ok(None);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0).min(inputs)).build();
    pool.map(Some).map_err(|error| {
        Text::new(format!("无法启动线程：{error}"), format!("cannot start threads: {error}"))
    })
}

fn outcomes(
    batch: &[Input],
    args: &CheckArgs,
    linter: &Linter,
    pool: Option<&rayon::ThreadPool>,
) -> Vec<Outcome> {
    match pool {
        Some(pool) => pool.install(|| batch.par_iter().map(|input| outcome(input, args, linter)).collect()),
        None => batch.iter().map(|input| outcome(input, args, linter)).collect(),
    }
}

fn report(reporter: &mut Reporter<'_>, name: &str, file: &CheckedFile) -> io::Result<()> {
    let inner = file.document.inner();
    let stored = inner.encoding();
    let stored_len = |text: &str| encoding::stored_len(text, stored);
    reporter.file(&FileReport {
        path: name,
        outcome: Ok(Checked {
            document: inner,
            diagnostics: &file.diagnostics,
            suppressed: 0,
            stored_len: (stored.name != "UTF-8").then_some(&stored_len),
        }),
    })
}

fn linter(args: &CheckArgs) -> Result<Linter, Failure> {
    let options = Options {
        select: known_rules(&args.select)?,
        ignore: known_rules(&args.ignore)?,
        all: args.all,
        min_severity: args.min_severity.map(Severity::from),
        as_of: args.as_of,
        today: today(),
        ..Options::default()
    };
    let mut builder = Linter::builder().builtin(!args.dictionaries.no_builtin).options(options);
    for path in &args.dictionaries.files {
        builder = builder.dictionary(dictionary::load(path)?);
    }
    Ok(builder.build()?)
}

fn today() -> Option<Date> {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    // The documents are Chinese official texts; their day begins in Beijing.
    let seconds = since_epoch.as_secs() + 8 * 3_600;
    Date::from_unix_days(i64::try_from(seconds / 86_400).ok()?)
}

fn dictionary_infos(linter: &Linter) -> Vec<DictionaryInfo> {
    let info = |dictionary: &std::sync::Arc<zhengming::Dictionary>| DictionaryInfo {
        id: dictionary.header().id.clone(),
        title: dictionary.header().title.clone(),
        edition: dictionary.header().edition.clone(),
        concepts: dictionary.concepts().len(),
    };
    linter.termbase().dictionaries().iter().map(info).collect()
}

fn style(args: &CheckArgs) -> Style {
    let color = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let asked_not = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
            !asked_not && !dumb && io::stdout().is_terminal()
        }
    };
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Style { color, width: columns.or(terminal).unwrap_or(Style::default().width) }
}

fn no_files(paths: &[std::path::PathBuf]) -> Text {
    let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    let paths = paths.join("、");
    Text::new(
        format!("{paths} 中没有可检查的文件（.md、.txt、.html）；其他文件请直接写出文件名"),
        format!("no files to check in {paths} (.md, .txt, .html); name other files outright"),
    )
}

/// The names without white space, if each is a rule or a family.
fn known_rules(names: &[String]) -> Result<Vec<String>, Text> {
    let names: Vec<String> =
        names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    for name in &names {
        if !RULES.iter().any(|rule| rule.meta.id == name || rule.meta.family == name) {
            let ids: Vec<_> = RULES.iter().map(|rule| rule.meta.id).collect();
            let mut families: Vec<_> = RULES.iter().map(|rule| rule.meta.family).collect();
            families.dedup();
            let (ids, families) = (ids.join("、"), families.join("、"));
            return Err(Text::new(
                format!("没有规则或类别“{name}”；规则有：{ids}；类别有：{families}"),
                format!(
                    "no rule or family `{name}`; the rules are {}; the families are {}",
                    ids.replace('、', ", "),
                    families.replace('、', ", ")
                ),
            ));
        }
    }
    Ok(names)
}

fn outcome(input: &Input, args: &CheckArgs, linter: &Linter) -> Outcome {
    let limit = zhengming::formats::MAX_BYTES as u64 + 1;
    let (name, bytes) = match input {
        Input::Missing { path, why } => {
            return Outcome { name: path.display().to_string(), result: Err(why.clone()) };
        }
        Input::Stdin => {
            let name = args.stdin_filename.clone().unwrap_or_else(|| "-".to_owned());
            let mut bytes = Vec::new();
            let read = io::stdin().lock().take(limit).read_to_end(&mut bytes);
            (name, read.map(|_| bytes))
        }
        Input::File(path) => {
            let mut bytes = Vec::new();
            let read = fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
            (path.display().to_string(), read.map(|_| bytes))
        }
    };
    let result = bytes
        .map_err(|error| failure::io("无法读取", "cannot be read", &error))
        .and_then(|bytes| check(input, &name, &bytes, args, linter));
    Outcome { name, result }
}

fn check(
    input: &Input,
    name: &str,
    bytes: &[u8],
    args: &CheckArgs,
    linter: &Linter,
) -> Result<CheckedFile, Text> {
    let document = Document::read(name, bytes).map_err(|error| error.text())?;
    let diagnostics = linter.lint(&document);
    let mut file = CheckedFile {
        document,
        diagnostics,
        diff: String::new(),
        fixed: None,
        applied: 0,
        unpatchable: false,
        not_written: None,
    };
    if !args.diff && !args.fix {
        return Ok(file);
    }
    let fixed = fix::fix(linter, &file.document, &file.diagnostics, args.r#unsafe);
    if args.diff {
        let before = file.document.inner();
        let after = fixed.as_ref().map_or(before.source(), |fixed| fixed.text.as_str());
        file.diff = unified_diff(name, before.source(), after);
        file.unpatchable = !file.diff.is_empty() && before.encoding().name != "UTF-8";
        return Ok(file);
    }
    let text = fixed.as_ref().map_or(file.document.inner().source(), |fixed| fixed.text.as_str());
    let written = match input {
        Input::Stdin => fix::bytes(bytes, &file.document, text).map(|mended| file.fixed = Some(mended)),
        Input::File(path) if fixed.is_some() => fix::write(path, bytes, &file.document, text),
        _ => Ok(()),
    };
    match (written, fixed) {
        (Err(why), _) => file.not_written = Some(why),
        (Ok(()), Some(fixed)) => {
            file.document = fixed.document;
            file.diagnostics = fixed.diagnostics;
            file.applied = fixed.applied;
        }
        (Ok(()), None) => {}
    }
    Ok(file)
}
