//! What a check is based on: `--dump-config` and `--verbose`.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use zhengming::Text;
use zhengming_config::Settings;

use super::input;
use super::job::Job;
use crate::failure::{self, Failure};

/// Longest list of files in a heading.
const NAMED: usize = 5;

/// Prints the resolved configuration of the inputs, each once, with the inputs that it is for.
pub(super) fn dump(job: &Job<'_>) -> Result<u8, Failure> {
    let mut out = String::new();
    for (settings, names) in groups(job) {
        if !out.is_empty() {
            out += "\n";
        }
        let more = if names.len() > NAMED { format!(" … ({})", names.len()) } else { String::new() };
        out += &format!("# {}{more}\n", names[..names.len().min(NAMED)].join("  "));
        out += &zhengming_config::dump(&settings);
    }
    io::stdout().lock().write_all(out.as_bytes())?;
    Ok(0)
}

/// The different settings with the names of their inputs.
fn groups(job: &Job<'_>) -> Vec<(Arc<Settings>, Vec<String>)> {
    let mut groups: Vec<(Arc<Settings>, Vec<String>)> = Vec::new();
    for task in &job.tasks {
        let name = input::name(&task.input, job.args.stdin_filename.as_deref());
        match groups.iter_mut().find(|(settings, _)| Arc::ptr_eq(settings, &task.settings)) {
            Some((_, names)) => names.push(name),
            None => groups.push((Arc::clone(&task.settings), vec![name])),
        }
    }
    groups
}

/// Says on standard error what was used and how long it took.
pub(super) fn print_sources(job: &Job<'_>, elapsed: Duration) {
    let print = |zh: String, en: String| failure::print_note(&Text::new(zh, en), job.lang);
    for (settings, names) in groups(job) {
        let files: Vec<_> = settings.files().iter().map(|file| file.display().to_string()).collect();
        let (zh, en) = match files.as_slice() {
            [] => ("无".to_owned(), "none".to_owned()),
            files => (files.join("、"), files.join(", ")),
        };
        let count = names.len();
        print(format!("配置：{zh}（{count} 个文件）"), format!("configuration: {en} ({count} files)"));
    }
    for dictionary in &job.dictionaries {
        let (id, concepts) = (&dictionary.id, dictionary.concepts);
        print(format!("词典：{id}（{concepts} 个概念）"), format!("dictionary: {id} ({concepts} concepts)"));
    }
    let (rules, seconds) = (job.rules.len(), elapsed.as_secs_f64());
    print(format!("规则：{rules} 条；用时 {seconds:.3} 秒"), format!("rules: {rules}; time: {seconds:.3} s"));
}
