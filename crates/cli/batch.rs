//! Reading the documents of a folder for its digest: what `report` and `summarize` have in common.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use zhengming::{Date, Document, Lang, Linter, Severity, Text};
use zhengming_config::{CommandLine, Settings};
use zhengming_lint::linter::Findings;
use zhengming_lint::linter::Options;
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::summary::Summary;
use zhengming_report::DictionaryInfo;

use crate::args::{DictionaryArgs, EncodingArgs, Level};
use crate::collect::{self, Input};
use crate::configure;
use crate::failure::{self, Failure};
use crate::output;
use crate::progress::Progress;
use zhengming_formats::encoding::Named;

/// Which documents, and how they are read.
#[derive(Debug, clap::Args)]
pub(crate) struct BatchArgs {
    /// 文件或文件夹 || Files or folders
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArgs,
    #[command(flatten)]
    pub(crate) reading: EncodingArgs,
    /// 只运行这些规则（规则名或类别，逗号分隔） || Run only these rules (names or families, separated by commas)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) select: Vec<String>,
    /// 不运行这些规则（规则名或类别，逗号分隔） || Leave these rules out (names or families, separated by commas)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) ignore: Vec<String>,
    /// 只列出此级别以上的结果 || List only findings of this severity and above
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) min_severity: Option<Level>,
    /// 按哪一天的词典检查（YYYY-MM-DD）；缺省为文稿日期，没有则为今天 || The day the dictionaries are read for (YYYY-MM-DD); default: the document's own date, else today
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// 线程数；缺省为处理器核数 || Number of threads; default: as many as there are processors
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// 逐份显示进度 || Name each document when it is read
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// 不显示进度 || Show no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// The documents of a run, each with the linter that its configuration asks for.
pub(crate) struct Batch {
    tasks: Vec<Task>,
    encoding: Option<Named>,
    pool: rayon::ThreadPool,
}

struct Task {
    input: Input,
    name: String,
    linter: Arc<Linter>,
    options: Arc<Options>,
}

/// A document that was read.
pub(crate) struct Read {
    pub(crate) document: Document,
    pub(crate) findings: Findings,
    pub(crate) summary: Summary,
}

/// Documents that are in memory at once.
const AT_ONCE: usize = 64;

impl Batch {
    /// Looks for the documents and makes their linters.
    /// None of `outputs` may be one of them.
    pub(crate) fn plan(args: &BatchArgs, outputs: &[&Path], lang: Lang) -> Result<Self, Failure> {
        for output in outputs {
            output::refuse(Some(output), args.dictionaries.sources())?;
        }
        let line = CommandLine {
            select: configure::known_rules(&args.select)?,
            ignore: configure::known_rules(&args.ignore)?,
            min_severity: args.min_severity.map(Severity::from),
            as_of: args.as_of,
            ..CommandLine::default()
        };
        let mut configurations = configure::with(&args.dictionaries, line);
        let mut collected = collect::inputs(&args.paths, &mut configurations, false)?;
        for output in outputs {
            collected.refuse(output)?;
        }
        if collected.inputs.is_empty() {
            return Err(collected.nothing(&args.paths).into());
        }
        if let Some(left_out) = collected.left_out().filter(|_| !args.quiet) {
            failure::print_note(&left_out, lang);
        }
        let mut tasks = Vec::with_capacity(collected.inputs.len());
        let mut last: Option<Arc<Settings>> = None;
        for input in collected.inputs {
            let name = crate::check::input::name(&input, None);
            let settings = configurations.for_path(Path::new(&name))?;
            // Neighbours share their settings.
            if last.as_ref().is_none_or(|last| !Arc::ptr_eq(last, &settings)) {
                for output in outputs {
                    output::refuse(Some(output), settings.sources())?;
                }
                last = Some(Arc::clone(&settings));
            }
            let linter = configure::linter(&mut configurations, &settings, lang)?;
            let options = Arc::new(settings.options(configure::today()));
            tasks.push(Task { input, name, linter, options });
        }
        let threads = args.threads.unwrap_or(0).min(tasks.len());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| {
            Text::new(format!("无法启动线程：{error}"), format!("cannot start threads: {error}"))
        })?;
        Ok(Self { tasks, encoding: args.reading.encoding, pool })
    }

    /// The number of documents.
    pub(crate) fn len(&self) -> usize {
        self.tasks.iter().filter(|task| !task.input.is_folder()).count()
    }

    /// Whether the path is that of a folder that cannot be looked into.
    pub(crate) fn is_folder(&self, path: &str) -> bool {
        self.tasks.iter().any(|task| task.name == path && task.input.is_folder())
    }

    /// The linter of the first document, of which a report takes terms and rules.
    pub(crate) fn linter(&self) -> &Arc<Linter> {
        &self.tasks[0].linter
    }

    /// The rules that run, over documents and over folders.
    pub(crate) fn rules(&self) -> Vec<&'static RuleMeta> {
        let over_folders = zhengming_rules::folder::FOLDER_RULES.iter().map(|rule| rule.meta);
        self.linter().rules().chain(over_folders).collect()
    }

    /// The day for which all documents are read, if arguments or configuration set one.
    pub(crate) fn as_of(&self) -> Option<Date> {
        let day = self.tasks[0].options.as_of;
        day.filter(|_| self.tasks.iter().all(|task| task.options.as_of == day))
    }

    /// The dictionaries that a report names.
    pub(crate) fn dictionaries(&self) -> Vec<DictionaryInfo> {
        let dictionaries = self.linter().termbase().dictionaries().iter();
        dictionaries.map(|dictionary| DictionaryInfo::from(&**dictionary)).collect()
    }

    /// The options of the document with this path.
    pub(crate) fn options(&self, path: &str) -> &Options {
        let task = self.tasks.iter().find(|task| task.name == path);
        &task.unwrap_or(&self.tasks[0]).options
    }

    /// Reads the documents and hands each over in order, then forgets it.
    pub(crate) fn read(
        &self,
        progress: &Progress,
        mut take: impl FnMut(&str, Result<Read, Text>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for tasks in self.tasks.chunks(AT_ONCE) {
            let read: Vec<_> = self.pool.install(|| {
                tasks
                    .par_iter()
                    .map(|task| {
                        let result = read(task, self.encoding);
                        progress.done(&task.name, result.as_ref().err());
                        result
                    })
                    .collect()
            });
            for (task, result) in tasks.iter().zip(read) {
                take(&task.name, result)?;
            }
        }
        Ok(())
    }
}

fn read(task: &Task, encoding: Option<Named>) -> Result<Read, Text> {
    let bytes = crate::check::input::bytes(&task.input)?;
    let document = crate::office::read_in(&task.name, &bytes, encoding)?;
    let (findings, summary) = task.linter.inner().check_and_summarize(document.inner());
    Ok(Read { document, findings, summary })
}

/// The exit status when some documents could not be read: each was named already, unless the progress was
/// not shown.
pub(crate) fn say_failed(failed: &[(String, Text)], lang: Lang) {
    for (name, why) in failed {
        failure::print_error(&failure::named(name, why), lang);
    }
}
