//! Stage 1: what is to be done, known before the first file is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhengming::{Lang, Linter, Text};
use zhengming_config::Configurations;
use zhengming_report::DictionaryInfo;
use zhengming_rules::folder::FOLDER_RULES;

use super::cached;
use super::folder;
use super::input;
use super::job::{Job, Task};
use super::selection::{self, Selection};
use crate::args::CheckArgs;
use crate::collect::{self, Collected, Input};
use crate::configure;
use crate::failure::Failure;
use crate::output;

impl<'a> Job<'a> {
    /// Looks for the inputs and makes their linters.
    pub(super) fn plan(args: &'a CheckArgs, lang: Lang) -> Result<Self, Failure> {
        let mut configurations = configure::of_check(args)?;
        let paths = match &args.file_list {
            Some(list) => collect::listed(list)?,
            None => args.paths.clone(),
        };
        let selection = selection::select(args, &paths, &mut configurations)?;
        let is_selected = selection.is_some();
        let (mut collected, changed) = match selection {
            Some(Selection { collected, changed }) => (collected, changed),
            None => {
                let mut collected = collect::inputs(&paths, &mut configurations, args.force_exclude)?;
                if args.file_list.is_some() {
                    collected.without_streams();
                }
                (collected, None)
            }
        };
        if let Some(output) = &args.output {
            output::refuse(Some(output), args.dictionaries.sources())?;
            let lists = [&args.file_list, &args.baseline, &args.write_baseline];
            output::refuse(Some(output), lists.into_iter().filter_map(|list| list.as_deref()))?;
            collected.refuse(output)?;
        }
        let left_out = collected.left_out();
        if collected.inputs.is_empty() && is_selected {
            return Self::with_nothing(args, lang, configurations);
        }
        if collected.inputs.is_empty() {
            return Self::of_nothing(args, lang, &collected, &paths, configurations);
        }
        let pool = thread_pool(args, collected.inputs.len())?;
        let mut tasks = Vec::with_capacity(collected.inputs.len());
        for input in collected.inputs {
            let settings =
                configurations.for_path(Path::new(&input::name(&input, args.stdin_filename.as_deref())))?;
            tasks.push((input, settings));
        }
        let lang =
            tasks.iter().find_map(|(_, settings)| settings.lang.as_ref()).map_or(lang, |one| one.value);
        let mut made: Vec<Task> = Vec::with_capacity(tasks.len());
        for (input, settings) in tasks {
            // Neighbours share their settings.
            if made.last().is_none_or(|task| !Arc::ptr_eq(&task.settings, &settings)) {
                output::refuse(args.output.as_deref(), settings.sources())?;
            }
            let linter = configure::linter(&mut configurations, &settings, lang)?;
            let cache = match made.iter().find(|task| Arc::ptr_eq(&task.settings, &settings)) {
                Some(task) => task.cache.clone(),
                None if args.no_cache || args.fix || args.diff => None,
                None => {
                    let all = args.all || configure::filters_places(args);
                    cached::open(&mut configurations, &settings, all, args.reading.encoding).map(Arc::new)
                }
            };
            made.push(Task { input, linter, settings, cache });
        }
        Ok(Self { changed, left_out, ..Self::with(args, lang, made, pool) })
    }

    /// A job without files, where that is what the arguments say: all of those named are excluded, or the list
    /// is empty, as in a hook that has nothing to do.
    fn of_nothing(
        args: &'a CheckArgs,
        lang: Lang,
        collected: &Collected,
        paths: &[PathBuf],
        configurations: Configurations,
    ) -> Result<Self, Failure> {
        let named = args.force_exclude && collected.excluded() > 0 && paths.iter().all(|path| path.is_file());
        if !named && (args.file_list.is_none() || !paths.is_empty()) {
            return Err(collected.nothing(paths).into());
        }
        Self::with_nothing(args, lang, configurations)
    }

    fn with_nothing(
        args: &'a CheckArgs,
        lang: Lang,
        mut configurations: Configurations,
    ) -> Result<Self, Failure> {
        let settings = configure::here(&mut configurations)?;
        let lang = settings.lang.as_ref().map_or(lang, |one| one.value);
        Ok(Self::with(args, lang, Vec::new(), None))
    }

    fn with(args: &'a CheckArgs, lang: Lang, tasks: Vec<Task>, pool: Option<rayon::ThreadPool>) -> Self {
        let mut job = Self {
            args,
            lang,
            tasks,
            pool,
            dictionaries: Vec::new(),
            rules: Vec::new(),
            changed: None,
            left_out: None,
        };
        for linter in job.linters() {
            for info in dictionary_infos(&linter) {
                if !job.dictionaries.contains(&info) {
                    job.dictionaries.push(info);
                }
            }
            for rule in linter.rules() {
                if !job.rules.iter().any(|known| known.id == rule.id) {
                    job.rules.push(rule);
                }
            }
        }
        if folder::is_wanted(&job) {
            job.rules.extend(FOLDER_RULES.iter().map(|rule| rule.meta));
        }
        job
    }

    /// The linters of the job, each once.
    pub(super) fn linters(&self) -> Vec<Arc<Linter>> {
        let mut linters: Vec<Arc<Linter>> = Vec::new();
        for task in &self.tasks {
            if !linters.iter().any(|known| Arc::ptr_eq(known, &task.linter)) {
                linters.push(Arc::clone(&task.linter));
            }
        }
        linters
    }

    /// Whether standard input is among the inputs.
    pub(super) fn reads_stdin(&self) -> bool {
        self.tasks.iter().any(|task| matches!(task.input, Input::Stdin))
    }
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

fn dictionary_infos(linter: &Linter) -> Vec<DictionaryInfo> {
    let dictionaries = linter.termbase().dictionaries().iter();
    dictionaries.map(|dictionary| DictionaryInfo::from(&**dictionary)).collect()
}
