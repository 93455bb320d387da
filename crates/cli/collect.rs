//! From the paths of the command line to the files to check.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use zhengming::Text;

use crate::failure;

/// Endings of the files that are looked for in folders. A file named outright is always read.
const ENDINGS: [&str; 6] = ["md", "markdown", "txt", "text", "html", "htm"];

/// One input, or why there is none.
#[derive(Debug)]
pub(crate) enum Input {
    File(PathBuf),
    Stdin,
    Missing { path: PathBuf, why: Text },
}

/// The inputs in a fixed order: the paths as given, the files of a folder sorted by name, no file twice.
pub(crate) fn inputs(paths: &[PathBuf]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin);
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let mut found = files_below(path);
                found.sort_by(|a, b| sort_key(a).cmp(sort_key(b)));
                inputs.extend(found);
            }
            Ok(_) => inputs.push(Input::File(path.clone())),
            Err(error) => {
                let why = failure::io("无法读取", "cannot be read", &error);
                inputs.push(Input::Missing { path: path.clone(), why });
            }
        }
    }
    // One file under two names must not be mended twice at once.
    let mut seen = HashSet::new();
    inputs.retain(|input| match input {
        Input::File(path) => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        _ => true,
    });
    inputs
}

fn sort_key(input: &Input) -> &Path {
    match input {
        Input::File(path) | Input::Missing { path, .. } => path,
        Input::Stdin => Path::new("-"),
    }
}

fn files_below(folder: &Path) -> Vec<Input> {
    let walk = ignore::WalkBuilder::new(folder).build();
    walk.filter_map(|entry| match entry {
        Ok(entry) => {
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            (is_file && is_document(entry.path())).then(|| Input::File(tidy(entry.into_path())))
        }
        Err(error) => {
            let path = error_path(&error).unwrap_or(folder).to_owned();
            let why = match error.io_error() {
                Some(error) => failure::io("无法读取", "cannot be read", error),
                None => Text::new(error.to_string(), error.to_string()),
            };
            Some(Input::Missing { path, why })
        }
    })
    .collect()
}

/// The file or folder at fault, which the error carries inside.
fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// `./a.md` reads better as `a.md`.
fn tidy(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path)
}
