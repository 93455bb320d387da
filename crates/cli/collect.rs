//! From the paths of the command line to the files to check.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zhengming::Text;
use zhengming_config::{Configurations, gate};
use zhengming_formats::{Format, LEGACY_ENDINGS};
use zhengming_report::{REPORT_START, is_report};

use crate::baseline::is_baseline;
use crate::failure::{self, Failure};
use crate::git::{Staged, path_of};
use crate::output;

/// Endings of the files that are looked for in folders. A file named outright is always read.
fn endings() -> impl Iterator<Item = &'static str> {
    Format::ALL.iter().flat_map(|format| format.endings()).chain(&LEGACY_ENDINGS).copied()
}

/// One input, or why there is none.
#[derive(Debug)]
pub(crate) enum Input {
    File(PathBuf),
    Stdin,
    /// A pipe or a device that was named outright.
    Stream(PathBuf),
    /// What is staged for the next commit, whatever the file holds by now.
    Staged(Staged),
    Missing {
        path: PathBuf,
        why: Text,
        /// Whether it is a folder that is there and cannot be looked into.
        is_folder: bool,
    },
}

impl Input {
    /// Whether it is a folder that cannot be looked into, and no document.
    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Self::Missing { is_folder: true, .. })
    }
}

/// The inputs in a fixed order: the paths as given, the files of a folder sorted by name, no file twice.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) inputs: Vec<Input>,
    /// How many files or folders the configuration excludes.
    excluded: usize,
    /// Files in folders that are not looked for, by ending.
    others: BTreeMap<String, usize>,
    /// Reports of this program among the documents of a folder.
    reports: Vec<PathBuf>,
}

/// Looks for the files to check. `forced` says that files named outright may be excluded as well.
pub(crate) fn inputs(
    paths: &[PathBuf],
    configurations: &mut Configurations,
    forced: bool,
) -> Result<Collected, Failure> {
    let mut collected = Collected::default();
    for path in paths {
        if path.as_os_str() == "-" {
            collected.inputs.push(Input::Stdin);
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if forced && configurations.is_excluded(path, metadata.is_dir())? => {
                collected.excluded += 1;
            }
            Ok(metadata) if metadata.is_dir() => {
                let mut found = collected.files_below(path, configurations)?;
                found.sort_by(|a, b| sort_key(a).cmp(sort_key(b)));
                collected.inputs.extend(found);
            }
            Ok(metadata) if !metadata.is_file() => collected.inputs.push(Input::Stream(path.clone())),
            Ok(_) => collected.inputs.push(Input::File(path.clone())),
            Err(error) => {
                let why = failure::io("无法读取", "cannot be read", &error);
                collected.inputs.push(Input::Missing { path: path.clone(), why, is_folder: false });
            }
        }
    }
    // One file under two names must not be mended twice at once.
    let mut seen = HashSet::new();
    collected.inputs.retain(|input| match input {
        Input::File(path) => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        _ => true,
    });
    collected.reports.sort();
    Ok(collected)
}

/// The documents among files that git named; those that the configuration excludes are left out.
pub(crate) fn selected<T>(
    files: Vec<T>,
    path: impl Fn(&T) -> &Path,
    input: impl Fn(T) -> Input,
    configurations: &mut Configurations,
) -> Result<Collected, Failure> {
    let mut collected = Collected::default();
    for file in files {
        if configurations.is_excluded(path(&file), false)? {
            collected.excluded += 1;
        } else if is_own_report(path(&file)) {
            collected.reports.push(path(&file).to_owned());
        } else if configurations.is_included(path(&file))?.unwrap_or_else(|| is_document(path(&file))) {
            collected.inputs.push(input(file));
        }
    }
    Ok(collected)
}

/// The paths that `list` names, one per line or, as `find -print0` writes them, with a zero byte after each; `-`
/// is standard input.
pub(crate) fn listed(list: &Path) -> Result<Vec<PathBuf>, Text> {
    let bytes = match list.as_os_str() == "-" {
        true => gate::read_stream(io::stdin().lock(), gate::Kind::List),
        false => gate::read_named(list, gate::Kind::List),
    };
    let bytes = bytes.map_err(|error| {
        let why = failure::io("文件清单无法读取", "the list of files cannot be read", &error);
        failure::named(&list.display().to_string(), &why)
    })?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(|&byte| byte == end).map(|name| match end {
        0 => name,
        _ => name.strip_suffix(b"\r").unwrap_or(name),
    });
    Ok(names.filter(|name| !name.trim_ascii().is_empty()).map(path_of).collect())
}

impl Collected {
    /// What to say when there is nothing to check.
    pub(crate) fn nothing(&self, paths: &[PathBuf]) -> Text {
        let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        let endings: Vec<_> = endings().map(|ending| format!(".{ending}")).collect();
        let mut text = Text::new(
            format!("没有可检查的文件：在 {} 里找了 {}", names.join("、"), endings.join("、")),
            format!("no files matched: looked for {} in {}", endings.join(", "), names.join(", ")),
        );
        if !self.others.is_empty() {
            let total: usize = self.others.values().sum();
            let kinds: Vec<_> = self.others.keys().take(5).map(String::as_str).collect();
            text.zh += &format!("；另有 {total} 个文件（{}）没有检查", kinds.join("、"));
            text.en += &format!("; {total} other files ({}) were left out", kinds.join(", "));
        }
        if self.excluded > 0 {
            text.zh += &format!("；配置的 exclude 排除了 {} 项", self.excluded);
            text.en += &format!("; {} were excluded by the configuration", self.excluded);
        }
        if let Some(left_out) = self.left_out() {
            text.zh += &format!("；{}", left_out.zh);
            text.en += &format!("; {}", left_out.en);
        }
        text.zh += "。可以直接写出文件名，或在 zhengming.toml 里设 include";
        text.en += ". Name files outright, or set `include` in zhengming.toml";
        text
    }

    /// A report that is to be written over one of the inputs is a slip of the hand, unless the input is an earlier
    /// report, which is none then.
    pub(crate) fn refuse(&mut self, output: &Path) -> Result<(), Text> {
        if is_own_report(output)
            && let Ok(target) = fs::canonicalize(output)
        {
            self.inputs.retain(|input| match input {
                Input::File(path) => fs::canonicalize(path).ok().as_ref() != Some(&target),
                _ => true,
            });
        }
        let files = self.inputs.iter().filter_map(|input| match input {
            Input::File(path) => Some(path.as_path()),
            _ => None,
        });
        output::refuse(Some(output), files)
    }

    /// Which reports of this program lay among the documents and were left out; nothing if there were none.
    pub(crate) fn left_out(&self) -> Option<Text> {
        const NAMED: usize = 3;
        let count = self.reports.len();
        let names: Vec<_> = self.reports.iter().take(NAMED).map(|path| path.display().to_string()).collect();
        let (more_zh, more_en) = if count > NAMED { (" 等", ", …") } else { ("", "") };
        (count > 0).then(|| {
            Text::new(
                format!("略过本程序写的报告 {count} 份：{}{more_zh}", names.join("、")),
                format!("left out {count} reports that this program wrote: {}{more_en}", names.join(", ")),
            )
        })
    }

    /// Takes pipes and devices for the files that they are not: a list names files.
    pub(crate) fn without_streams(&mut self) {
        for input in &mut self.inputs {
            if let Input::Stream(path) = input {
                *input = Input::File(std::mem::take(path));
            }
        }
    }

    /// Whether the configuration left something out.
    pub(crate) fn excluded(&self) -> usize {
        self.excluded
    }

    fn files_below(
        &mut self,
        folder: &Path,
        configurations: &mut Configurations,
    ) -> Result<Vec<Input>, Failure> {
        let mut found = Vec::new();
        let mut left_out: HashSet<PathBuf> = HashSet::new();
        for entry in ignore::WalkBuilder::new(folder).build() {
            match entry {
                Ok(entry) => {
                    let path = entry.path();
                    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                    let inside = path.ancestors().skip(1).any(|above| left_out.contains(above));
                    if inside || (entry.depth() > 0 && configurations.is_excluded(path, is_folder)?) {
                        self.excluded += usize::from(!inside);
                        if is_folder {
                            left_out.insert(path.to_owned());
                        }
                    } else if entry.file_type().is_some_and(|kind| kind.is_file()) {
                        let wanted = configurations.is_included(path)?.unwrap_or_else(|| is_document(path));
                        let start = if wanted { start_of(path) } else { Vec::new() };
                        if wanted && configurations.is_dictionary(path)? {
                            // Its variants are listed there on purpose.
                        } else if is_report(&start) {
                            self.reports.push(tidy(entry.into_path()));
                        } else if wanted && !is_baseline(&start) {
                            found.push(Input::File(tidy(entry.into_path())));
                        } else {
                            *self.others.entry(ending(path)).or_default() += 1;
                        }
                    }
                }
                Err(error) => {
                    let path = error_path(&error).unwrap_or(folder).to_owned();
                    let why = match error.io_error() {
                        Some(error) => failure::io("无法读取", "cannot be read", error),
                        None => Text::new(error.to_string(), error.to_string()),
                    };
                    let is_folder = path.is_dir();
                    found.push(Input::Missing { path: tidy(path), why, is_folder });
                }
            }
        }
        Ok(found)
    }
}

fn sort_key(input: &Input) -> &Path {
    match input {
        Input::File(path) | Input::Stream(path) | Input::Missing { path, .. } => path,
        Input::Staged(staged) => &staged.path,
        Input::Stdin => Path::new("-"),
    }
}

/// The file or folder at fault, which the error carries inside.
fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

/// Whether the file at `path` is a report that this program wrote.
fn is_own_report(path: &Path) -> bool {
    is_report(&start_of(path))
}

/// The first bytes of a file, as many as tell a report; none if it cannot be read.
fn start_of(path: &Path) -> Vec<u8> {
    // A pipe would wait for a writer.
    if !fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
        return Vec::new();
    }
    let mut start = Vec::with_capacity(REPORT_START);
    let read = fs::File::open(path).and_then(|file| file.take(REPORT_START as u64).read_to_end(&mut start));
    read.map(|_| start).unwrap_or_default()
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    endings().any(|known| known.eq_ignore_ascii_case(ending))
}

/// The ending of a file with its point; the name of a file without one.
fn ending(path: &Path) -> String {
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    ending.unwrap_or_else(|| path.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

/// `./a.md` reads better as `a.md`.
fn tidy(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path)
}
