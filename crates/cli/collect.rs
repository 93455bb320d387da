//! From the paths of the command line to the files to check.

use std::io;
use std::path::{Path, PathBuf};

use zhengming::Text;

/// Endings of the files that are looked for in folders. A file named outright is always read.
const ENDINGS: [&str; 6] = ["md", "markdown", "txt", "text", "html", "htm"];

/// One input, or why there is none.
#[derive(Debug)]
pub(crate) enum Input {
    File(PathBuf),
    Stdin,
    Missing { path: PathBuf, why: Text },
}

/// The inputs in a fixed order: the paths as given, the files of a folder sorted by name, none twice.
pub(crate) fn inputs(paths: &[PathBuf]) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin);
        } else if path.is_dir() {
            let mut found = files_below(path);
            found.sort_by(|a, b| sort_key(a).cmp(sort_key(b)));
            inputs.extend(found.into_iter().filter(|input| match input {
                Input::File(file) => seen.insert(file.clone()),
                _ => true,
            }));
        } else if path.exists() {
            if seen.insert(path.clone()) {
                inputs.push(Input::File(path.clone()));
            }
        } else {
            let why = Text::new("没有这个文件或文件夹", "no such file or folder");
            inputs.push(Input::Missing { path: path.clone(), why });
        }
    }
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
            let why = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
            Some(Input::Missing { path: folder.to_owned(), why: Text::new(why.clone(), why) })
        }
    })
    .collect()
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// `./a.md` reads better as `a.md`.
fn tidy(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path)
}
