//! `zhengming annotate`: Word files back with review comments, and tracked changes if asked.

use std::fs;
use std::path::{Path, PathBuf};

use zhengming::{Date, Lang, Severity, Text};
use zhengming_config::{CommandLine, Configurations};
use zhengming_report::{Commented, Comments, annotated};

use crate::args::{DictionaryArgs, Level};
use crate::collect::{self, Input};
use crate::configure::{self, known_rules};
use crate::failure::{self, Failure};
use crate::output;
use zhengming_config::gate;

#[derive(Debug, clap::Args)]
pub(crate) struct AnnotateArgs {
    /// Word 文件（.docx），或者放这些文件的文件夹 || The Word file (.docx), or a folder of them
    pub(crate) file: PathBuf,
    /// 写入此文件；批注文件夹时写入此文件夹，子文件夹照旧 || Write to this file; for a folder, into this folder with the same tree
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
    let line = CommandLine {
        select: known_rules(&args.select)?,
        ignore: known_rules(&args.ignore)?,
        all: args.all,
        min_severity: args.min_severity.map(Severity::from),
        as_of: args.as_of,
        ..CommandLine::default()
    };
    let mut annotator = Annotator { args, lang, configurations: configure::with(&args.dictionaries, line) };
    if args.file.is_dir() {
        return annotator.folder();
    }
    let target = args.output.as_deref().unwrap_or(&args.file);
    let told = annotator.file(&args.file, target)?;
    failure::print_note(&told.text(target, args.tracked), lang);
    Ok(0)
}

struct Annotator<'a> {
    args: &'a AnnotateArgs,
    lang: Lang,
    configurations: Configurations,
}

impl Annotator<'_> {
    /// Every Word file below the folder, in a tree of the same names.
    fn folder(&mut self) -> Result<u8, Failure> {
        let root = self.args.file.as_path();
        let output = self.args.output.as_deref();
        if let Some(output) = output.filter(|output| output.is_file() || is_same(root, output)) {
            let why = Text::new(
                "要批注的是文件夹，输出应是另一个文件夹；确要改写原文件，请用 --in-place",
                "a folder is annotated, so the output has to be another folder; to rewrite the files, use --in-place",
            );
            return Err(failure::named(&output.display().to_string(), &why).into());
        }
        let collected = collect::inputs(&[root.to_owned()], &mut self.configurations, false)?;
        let own = output.and_then(|output| fs::canonicalize(output).ok());
        let (mut files, mut sum, mut failed) = (0, Told::default(), 0);
        for input in collected.inputs {
            let path = match input {
                Input::File(path) | Input::Stream(path) => path,
                Input::Missing { path, why, .. } => {
                    failed += 1;
                    failure::print_error(&failure::named(&path.display().to_string(), &why), self.lang);
                    continue;
                }
                Input::Stdin | Input::Staged(_) => continue,
            };
            let is_word = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"));
            let is_own =
                own.as_deref().is_some_and(|own| fs::canonicalize(&path).is_ok_and(|it| it.starts_with(own)));
            if !is_word || is_own {
                continue;
            }
            let target = match output {
                Some(output) => output.join(path.strip_prefix(root).unwrap_or(&path)),
                None => path.clone(),
            };
            match self.write_tree(&path, &target) {
                Ok(told) => {
                    files += 1;
                    sum.add(&told);
                    failure::print_note(&told.text(&target, self.args.tracked), self.lang);
                }
                Err(error) => {
                    failed += 1;
                    failure::print_error(&error, self.lang);
                }
            }
        }
        if files + failed == 0 {
            let why = Text::new("文件夹里没有 .docx 文件", "there is no .docx file in the folder");
            return Err(failure::named(&root.display().to_string(), &why).into());
        }
        let comments = sum.exact + sum.elsewhere;
        let mut text = Text::new(
            format!("共 {files} 个文件，批注 {comments} 条"),
            format!("{files} files, {comments} comments"),
        );
        if failed > 0 {
            text.zh += &format!("；{failed} 个文件没有批注");
            text.en += &format!("; {failed} files were not annotated");
        }
        failure::print_note(&text, self.lang);
        Ok(if failed > 0 { 2 } else { 0 })
    }

    fn write_tree(&mut self, path: &Path, target: &Path) -> Result<Told, Text> {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|error| {
                let why = failure::io("无法新建文件夹", "the folder cannot be made", &error);
                failure::named(&folder.display().to_string(), &why)
            })?;
        }
        self.file(path, target).map_err(Failure::into_text)
    }

    fn file(&mut self, path: &Path, target: &Path) -> Result<Told, Failure> {
        let name = path.display().to_string();
        let named = |text: &Text| Failure::from(failure::named(&name, text));
        if !self.args.in_place && is_same(path, target) {
            return Err(named(&Text::new(
                "输出就是原文件；确要改写原文件，请用 --in-place",
                "the output is the file itself; to rewrite it, use --in-place",
            )));
        }
        check_name(path, target)
            .map_err(|why| Failure::from(failure::named(&target.display().to_string(), &why)))?;
        let settings = self.configurations.for_path(path)?;
        let linter = configure::linter(&mut self.configurations, &settings, self.lang)?;
        let bytes = read(path).map_err(|why| named(&why))?;
        let comments = Comments { tracked: self.args.tracked, all: self.args.all };
        let Commented { annotated, hidden, missed } =
            annotated(&linter, &name, &bytes, comments, self.lang).map_err(|why| named(&why))?;
        for missed in &missed {
            failure::print_note(&failure::named(&name, missed), self.lang);
        }
        output::write_out(Some(target), &annotated.bytes)?;
        std::mem::forget(linter);
        Ok(Told {
            exact: annotated.exact,
            elsewhere: annotated.elsewhere,
            tracked: annotated.tracked,
            hidden,
        })
    }
}

/// How many comments and changes were written.
#[derive(Debug, Default)]
struct Told {
    exact: usize,
    elsewhere: usize,
    tracked: usize,
    /// Findings without a comment.
    hidden: usize,
}

impl Told {
    fn add(&mut self, other: &Self) {
        self.exact += other.exact;
        self.elsewhere += other.elsewhere;
        self.tracked += other.tracked;
        self.hidden += other.hidden;
    }

    fn text(&self, target: &Path, is_tracked: bool) -> Text {
        let Self { exact, elsewhere, tracked, hidden } = self;
        let (target, comments) = (target.display(), exact + elsewhere);
        let mut text = Text::new(
            format!("已写入 {target}：批注 {comments} 条"),
            format!("wrote {target}: {comments} comments"),
        );
        if *elsewhere > 0 {
            text.zh += &format!(
                "（其中 {elsewhere} 条针对页眉、页脚、脚注、文本框，Word 不允许批注在那里，附在正文相应处）"
            );
            text.en += &format!(
                " ({elsewhere} of them on headers, footers, notes or text boxes, where Word allows none, stand in the body)"
            );
        }
        if is_tracked {
            text.zh += &format!("，修订 {tracked} 处");
            text.en += &format!(", {tracked} tracked changes");
        }
        if *hidden > 0 {
            text.zh += &format!("，另有 {hidden} 处待解释的说法没有批注（--all 全部批注）");
            text.en +=
                &format!(", {hidden} more expressions to explain without comments (--all writes them, too)");
        }
        text
    }
}

/// Whether a file with comments is as this program wrote it: then writing it again changes nothing. Word writes its own
/// way, so whoever has worked on a file has changed it.
pub(crate) fn is_untouched(path: &Path, lang: Lang) -> bool {
    let mut configurations = configure::as_found();
    let mut same = || -> Result<bool, Failure> {
        let settings = configurations.for_path(path)?;
        let linter = configure::linter(&mut configurations, &settings, lang)?;
        let bytes = read(path)?;
        let again = annotated(&linter, &path.display().to_string(), &bytes, Comments::default(), lang)?;
        std::mem::forget(linter);
        Ok(again.annotated.bytes == bytes)
    };
    same().unwrap_or(false)
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

fn read(path: &Path) -> Result<Vec<u8>, Text> {
    gate::read_named(path, gate::Kind::Document)
        .map_err(|error| failure::io("无法读取", "cannot be read", &error))
}

/// Whether both names lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
