//! `zhengming completions`, `man` and `schema`: what shells, manuals and editors are told of the program.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap_complete::Shell;
use clap_mangen::Man;
use zhengming::{Lang, Text};

use crate::failure::{self, Failure};
use crate::help;

#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// 为哪种命令行解释器 || For which shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// 把各命令的手册页写进此文件夹；缺省只把总页写到标准输出 || Write the pages of all commands into this folder; default: the main page to standard output
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// Prints the completions for a shell.
pub(crate) fn completions(args: &CompletionsArgs, command: clap::Command, lang: Lang) -> Result<u8, Failure> {
    let mut command = help::localized(command, lang);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "zhengming", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(0)
}

/// Prints the JSON Schema of configuration files.
pub(crate) fn schema() -> Result<u8, Failure> {
    let schema = serde_json::to_string_pretty(&zhengming_config::schema()).map_err(io::Error::from)?;
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(0)
}

/// Prints the manual page, or writes one page per command into a folder.
pub(crate) fn man(args: &ManArgs, command: clap::Command, lang: Lang) -> Result<u8, Failure> {
    let mut command = help::localized(command, lang);
    command.build();
    match &args.output {
        None => io::stdout().lock().write_all(&page(command, "zhengming")?)?,
        Some(folder) => {
            fs::create_dir_all(folder).map_err(|error| not_written(folder, &error))?;
            let mut count = 0;
            write_pages(&command, "", folder, &mut count)?;
            let shown = folder.display();
            let note = Text::new(
                format!("已写出 {count} 页手册：{shown}"),
                format!("wrote {count} manual pages to {shown}"),
            );
            failure::print_note(&note, lang);
        }
    }
    Ok(0)
}

/// The page of a command and of those below it: `zhengming-dict-import.1`.
fn write_pages(
    command: &clap::Command,
    above: &str,
    folder: &Path,
    count: &mut usize,
) -> Result<(), Failure> {
    let name = if above.is_empty() {
        command.get_name().to_owned()
    } else {
        format!("{above}-{}", command.get_name())
    };
    let path = folder.join(format!("{name}.1"));
    crate::output::write_out(Some(&path), &page(command.clone(), &name)?)?;
    *count += 1;
    command.get_subcommands().try_for_each(|below| write_pages(below, &name, folder, count))
}

fn page(command: clap::Command, name: &str) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command).title(name).render(&mut page)?;
    Ok(page)
}

fn not_written(folder: &Path, error: &io::Error) -> Failure {
    let name = folder.display();
    failure::io(&format!("{name}: 无法建立文件夹"), &format!("{name}: cannot be made"), error).into()
}
