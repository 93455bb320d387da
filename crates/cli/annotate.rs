//! `zhengming annotate`: a Word file back with review comments, and tracked changes if asked.

mod comment;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhengming::{Applicability, Date, Document, Lang, Linter, Severity, Text};
use zhengming_config::CommandLine;
use zhengming_formats::docx::annotate::{Note, annotate, strip};
use zhengming_report::shown;
use zhengming_text::diagnostic::Diagnostic;

use crate::args::{DictionaryArgs, Level};
use crate::configure::{self, known_rules};
use crate::failure::{self, Failure};
use crate::output;

#[derive(Debug, clap::Args)]
pub(crate) struct AnnotateArgs {
    /// Word 文件（.docx） || The Word file (.docx)
    pub(crate) file: PathBuf,
    /// 写入此文件 || Write to this file
    #[arg(short, long, value_name = "FILE", required_unless_present = "in_place")]
    pub(crate) output: Option<PathBuf>,
    /// 直接改写原文件 || Rewrite the file itself
    #[arg(long, conflicts_with = "output")]
    pub(crate) in_place: bool,
    /// 有把握的修改同时写成修订，可在 Word、WPS 中逐条接受或拒绝 || Write safe fixes as tracked changes too, to be accepted or rejected in Word
    #[arg(long)]
    pub(crate) tracked: bool,
    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArgs,
    /// 只运行这些规则（规则名或类别，逗号分隔） || Run only these rules (names or families, separated by commas)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) select: Vec<String>,
    /// 不运行这些规则（规则名或类别，逗号分隔） || Leave these rules out (names or families, separated by commas)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) ignore: Vec<String>,
    /// 只批注此级别以上的结果 || Comment only on findings of this severity and above
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) min_severity: Option<Level>,
    /// 每一处单独批注；缺省时同一段里同一概念只批注一处 || Comment on every place; default: one comment for one concept in one paragraph
    #[arg(long)]
    pub(crate) all: bool,
    /// 按哪一天的词典检查（YYYY-MM-DD）；缺省为文稿日期，没有则为今天 || The day the dictionaries are read for (YYYY-MM-DD); default: the document's own date, else today
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
}

pub(crate) fn run(args: &AnnotateArgs, lang: Lang) -> Result<u8, Failure> {
    let name = args.file.display().to_string();
    let named = |text: &Text| Failure::from(failure::named(&name, text));
    let target = args.output.as_deref().unwrap_or(&args.file);
    if !args.in_place && is_same(&args.file, target) {
        return Err(named(&Text::new(
            "输出就是原文件；确要改写原文件，请用 --in-place",
            "the output is the file itself; to rewrite it, use --in-place",
        )));
    }
    check_name(&args.file, target)
        .map_err(|why| Failure::from(failure::named(&target.display().to_string(), &why)))?;
    let linter = linter(args, lang)?;
    let bytes = read(&args.file).map_err(|why| named(&why))?;
    if Document::read(&name, &bytes).map_err(|error| named(&error.text()))?.inner().format() != "docx" {
        return Err(named(&Text::new("只能批注 .docx 文件", "only .docx files can be annotated")));
    }
    // What an earlier run wrote goes first, so that nothing stacks up.
    let clean = strip(&bytes).map_err(|error| named(&error.text()))?;
    let document = Document::read(&name, &clean).map_err(|error| named(&error.text()))?;
    let found = linter.check(&document).diagnostics;
    let (told, hidden) = shown(&found, args.all);
    let notes: Vec<Note> = told.into_iter().map(|one| note(one, &document, args.tracked, lang)).collect();
    let annotated = annotate(&clean, &notes).map_err(|error| named(&error.text()))?;
    output::write_out(Some(target), &annotated.bytes)?;
    let (comments, elsewhere, tracked) =
        (annotated.exact + annotated.elsewhere, annotated.elsewhere, annotated.tracked);
    let mut text = Text::new(
        format!("{}：批注 {comments} 条", target.display()),
        format!("{}: {comments} comments", target.display()),
    );
    if elsewhere > 0 {
        text.zh += &format!(
            "（其中 {elsewhere} 条针对页眉、页脚、脚注、文本框，Word 不允许批注在那里，附在正文相应处）"
        );
        text.en += &format!(
            " ({elsewhere} of them on headers, footers, notes or text boxes, where Word allows none, stand in the body)"
        );
    }
    if args.tracked {
        text.zh += &format!("，修订 {tracked} 处");
        text.en += &format!(", {tracked} tracked changes");
    }
    if hidden > 0 {
        text.zh += &format!("，另有 {hidden} 处待解释的说法没有批注（--all 全部批注）");
        text.en +=
            &format!(", {hidden} more expressions to explain without comments (--all writes them, too)");
    }
    failure::print_note(&text, lang);
    std::mem::forget(linter);
    Ok(0)
}

fn note(found: &Diagnostic, document: &Document, tracked: bool, lang: Lang) -> Note {
    let safe = found.fixes.iter().find(|fix| fix.applicability == Applicability::Safe);
    let edits = safe.filter(|_| tracked).map(|fix| fix.edits.clone()).unwrap_or_default();
    Note { span: found.span, text: comment::text(found, document, lang), edits }
}

/// Refuses an output that Word would not open by its name.
fn check_name(file: &Path, target: &Path) -> Result<(), Text> {
    let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let wanted = ending(target);
    if wanted.as_deref() == Some("docx") || (wanted.is_some() && wanted == ending(file)) {
        return Ok(());
    }
    let name = target.with_extension("docx");
    let name = name.display();
    Err(Text::new(
        format!("写出的是 Word 文件，文件名应以 .docx 结尾；请写 -o {name}"),
        format!("what is written is a Word file, its name should end in .docx: -o {name}"),
    ))
}

fn linter(args: &AnnotateArgs, lang: Lang) -> Result<Arc<Linter>, Failure> {
    let line = CommandLine {
        select: known_rules(&args.select)?,
        ignore: known_rules(&args.ignore)?,
        all: args.all,
        min_severity: args.min_severity.map(Severity::from),
        as_of: args.as_of,
        ..CommandLine::default()
    };
    let mut configurations = configure::with(&args.dictionaries, line);
    let settings = configurations.for_path(&args.file)?;
    configure::linter(&mut configurations, &settings, lang)
}

fn read(path: &Path) -> Result<Vec<u8>, Text> {
    let limit = zhengming_formats::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| failure::io("无法读取", "cannot be read", &error))
}

/// Whether both names lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
