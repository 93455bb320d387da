//! Files without a command: `zhengming 文稿.docx`, which is also what dropping files on the program's icon does.
//!
//! A Word file gets a copy with comments beside it, anything else a report. Nothing that somebody may have worked on
//! is written over: a copy with comments that is not as this program left it stays, and the new one gets a number.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Command, FromArgMatches, Subcommand};
use zhengming::{Lang, Text};

use crate::failure::{self, Failure};
use crate::{FAILED, annotate, command, help, obey};

/// Copies with comments that are kept beside a file before the program asks to tidy up.
const MOST_COPIES: u32 = 99;

/// The files that the arguments name and nothing else; nothing if they are a command.
pub(crate) fn paths(arguments: &[OsString], program: &Command) -> Option<Vec<PathBuf>> {
    let mut named = Vec::new();
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        let text = argument.to_string_lossy();
        if text == "--lang" {
            rest.next();
        } else if text.starts_with("--lang=") || asks_for_help(argument) {
            // Heeded elsewhere, and all that may be said.
        } else if text.starts_with('-') {
            return None;
        } else {
            named.push(PathBuf::from(argument));
        }
    }
    let first = named.first()?;
    let is_command = program.get_subcommands().any(|known| first.as_os_str() == known.get_name());
    // A slip in the name of a command is no file; what looks like a path and is not there is a slip in a path.
    let is_path =
        first.exists() || first.extension().is_some() || first.to_string_lossy().contains(['/', '\\']);
    (!is_command && is_path).then_some(named)
}

/// Whether an argument asks for help.
pub(crate) fn asks_for_help(argument: &OsString) -> bool {
    argument == "--help" || argument == "-h"
}

/// Checks the files one after the other and says what was written where.
pub(crate) fn run(paths: &[PathBuf], lang: Lang) -> u8 {
    let mut code = 0;
    for path in paths {
        match one(path, lang) {
            Ok(ended) => code = code.max(ended),
            Err(failure) => {
                failure.print(lang);
                code = FAILED;
            }
        }
    }
    if is_dropped(paths) {
        // The window closes with the program, and what it says with the window.
        failure::print_note(&Text::new("按回车键结束", "press Enter to close"), lang);
        let _ = io::stdin().read_line(&mut String::new());
    }
    code
}

/// Whether files were dropped on the icon: Windows then gives whole paths, which nobody types.
fn is_dropped(paths: &[PathBuf]) -> bool {
    cfg!(windows) && paths.iter().all(|path| path.is_absolute()) && io::stdin().is_terminal()
}

fn one(path: &Path, lang: Lang) -> Result<u8, Failure> {
    let metadata = std::fs::metadata(path).map_err(|error| {
        let why = failure::io("无法读取", "cannot be read", &error);
        failure::named(&path.display().to_string(), &why)
    })?;
    let (command, target) = if metadata.is_file() && is_word(path) {
        ("annotate", free(path, lang)?)
    } else {
        ("report", beside(path, (".检查报告.html", ".report.html"), lang))
    };
    // The same as if the command had been written.
    let arguments = [OsString::from(command), path.into(), "-o".into(), target.into()];
    let mut program = help::localized(command::Command::augment_subcommands(Command::new("zhengming")), lang)
        .no_binary_name(true);
    let matches = program.try_get_matches_from_mut(arguments);
    let command = matches.and_then(|matches| command::Command::from_arg_matches(&matches));
    let command = command.map_err(|error| Text::new(error.to_string(), error.to_string()))?;
    obey(command, lang)
}

fn is_word(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"))
}

/// Where a copy with comments goes: beside the file, under a name that is free or whose file is as this program
/// left it. A copy that somebody has worked on and that is checked again gets the next number.
fn free(path: &Path, lang: Lang) -> Result<PathBuf, Text> {
    let mut numbered = (1..=MOST_COPIES).map(|number| {
        let number = if number == 1 { String::new() } else { number.to_string() };
        let (zh, en) = (format!(".批注{number}.docx"), format!(".comments{number}.docx"));
        beside(&original(path), (&zh, &en), lang)
    });
    let is_free =
        |target: &PathBuf| target != path && (!target.exists() || annotate::is_untouched(target, lang));
    numbered.find(is_free).ok_or_else(|| {
        let first = path.display();
        Text::new(
            format!("{first} 的批注文件已经有 {MOST_COPIES} 个，请先清理"),
            format!("there are {MOST_COPIES} files with comments on {first}: tidy up first"),
        )
    })
}

/// The name of the file of which this may be a copy with comments.
fn original(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    match bare.strip_suffix(".批注").or_else(|| bare.strip_suffix(".comments")) {
        Some(name) if !name.is_empty() => path.with_file_name(format!("{name}.docx")),
        _ => path.to_owned(),
    }
}

/// A file beside `path` with its name and another ending.
fn beside(path: &Path, ending: (&str, &str), lang: Lang) -> PathBuf {
    // `.` and `..` have no name of their own.
    let whole =
        if path.file_name().is_some() { path.to_owned() } else { path.canonicalize().unwrap_or_default() };
    let name = if whole.is_dir() { whole.file_name() } else { whole.file_stem() };
    let mut name = name.unwrap_or_default().to_owned();
    name.push(match lang {
        Lang::Zh => ending.0,
        Lang::En => ending.1,
    });
    whole.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn files_are_told_from_commands_and_slips() {
        let program = command::Args::command();
        let named = |text: &str| {
            let arguments: Vec<OsString> = text.split(' ').map(OsString::from).collect();
            paths(&arguments, &program).map(|paths| paths.len())
        };
        for (arguments, expected) in [
            ("zhengming 文稿.docx", Some(1)),
            ("zhengming --lang en a.docx b.md", Some(2)),
            ("zhengming 文件夹/文稿.pdf --lang=zh", Some(1)),
            ("zhengming .", Some(1)),
            ("zhengming 文稿.docx --help", Some(1)),
            ("zhengming --help", None),
            ("zhengming check 文稿.docx", None),
            ("zhengming chekc", None),
            ("zhengming 文稿.docx --format json", None),
            ("zhengming --version", None),
            ("zhengming", None),
        ] {
            assert_eq!(named(arguments), expected, "{arguments}");
        }
    }

    #[test]
    fn what_is_written_stands_beside_what_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let beside = |path: &Path| beside(path, (".批注.docx", ".comments.docx"), Lang::Zh);
        assert_eq!(beside(Path::new("夹/文稿.docx")), Path::new("夹/文稿.批注.docx"));
        assert_eq!(beside(folder.path()).parent(), folder.path().parent());
        assert!(beside(Path::new(".")).is_absolute());
        for copy in ["夹/文稿.批注.docx", "夹/文稿.批注2.docx", "夹/文稿.docx"] {
            assert_eq!(original(Path::new(copy)), Path::new("夹/文稿.docx"), "{copy}");
        }
        assert_eq!(original(Path::new("通知2025.docx")), Path::new("通知2025.docx"));
    }
}
