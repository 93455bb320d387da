//! `zhengming hook`: a git hook for repositories that do without a framework.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::Subcommand;
use zhengming::{Lang, Text};

use crate::failure::{self, Failure};
use crate::git::Repository;

/// The line by which our own hook is known.
const MARK: &str = "# zhengming: hook";

#[derive(Debug, Subcommand)]
pub(crate) enum HookCommand {
    /// 安装 pre-commit 钩子：提交前检查暂存的内容 || install a pre-commit hook that checks what is staged
    Install {
        /// 交给 check 的其他参数，如 -- --min-severity error || more arguments for check, e.g. -- --min-severity error
        #[arg(last = true, value_name = "ARGS")]
        arguments: Vec<String>,
    },
    /// 删除用 install 装的钩子 || remove the hook that install wrote
    Uninstall,
}

pub(crate) fn run(command: &HookCommand, lang: Lang) -> Result<u8, Failure> {
    let folder = Repository::here()?.hooks()?;
    let path = folder.join("pre-commit");
    let shown = path.display();
    let existing = match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(failure::named(
                &shown.to_string(),
                &failure::io("无法读取", "cannot be read", &error),
            )
            .into());
        }
    };
    let is_ours = existing.as_deref().is_some_and(|text| text.contains(MARK));
    let said = match command {
        HookCommand::Install { arguments } => {
            if existing.is_some() && !is_ours {
                return Err(foreign(&path).into());
            }
            write(&folder, &path, &script(arguments)).map_err(|error| {
                failure::named(&shown.to_string(), &failure::io("无法写入", "cannot be written", &error))
            })?;
            Text::new(
                format!("已安装 {shown}：每次提交前检查暂存的内容。要跳过一次：git commit --no-verify"),
                format!(
                    "installed {shown}: checks what is staged before each commit. To skip it once: git commit --no-verify"
                ),
            )
        }
        HookCommand::Uninstall if is_ours => {
            fs::remove_file(&path).map_err(|error| {
                failure::named(&shown.to_string(), &failure::io("无法删除", "cannot be removed", &error))
            })?;
            Text::new(format!("已删除 {shown}"), format!("removed {shown}"))
        }
        HookCommand::Uninstall => {
            return Err(Text::new(
                format!("{shown} 不是 zhengming hook install 安装的，没有改动"),
                format!("{shown} was not written by zhengming hook install: left as it is"),
            )
            .into());
        }
    };
    writeln!(io::stdout(), "{}", said.get(lang))?;
    Ok(0)
}

/// The hook of somebody else stays; its owner is told what to add to it.
fn foreign(path: &Path) -> Text {
    let shown = path.display();
    Text::new(
        format!("{shown} 已有别的钩子，没有改动；请在其中加一行：zhengming check --staged"),
        format!("{shown} is a hook of its own, left as it is; add this line to it: zhengming check --staged"),
    )
}

fn script(arguments: &[String]) -> String {
    let program = env::current_exe().map(|path| path.display().to_string()).unwrap_or_default();
    let arguments: String = arguments.iter().map(|argument| format!(" {}", shell_word(argument))).collect();
    format!(
        "#!/bin/sh\n{MARK}\n# 提交前检查暂存的内容；删除：zhengming hook uninstall\n\
         # Checks what is staged before a commit; remove with: zhengming hook uninstall\n\
         program=zhengming\n\
         command -v \"$program\" >/dev/null 2>&1 || program={}\n\
         \"$program\" check --staged{arguments} && exit 0\n\
         status=$?\n\
         echo '正名没有通过，没有提交。要跳过这一次：git commit --no-verify' >&2\n\
         echo 'zhengming: not committed. To skip the check this once: git commit --no-verify' >&2\n\
         exit $status\n",
        shell_word(&program)
    )
}

fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn write(folder: &Path, path: &Path, script: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(script.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o755))?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_reach_the_program_as_they_were_given() {
        let script = script(&["--ignore".to_owned(), "it's; rm".to_owned()]);
        assert!(script.contains("check --staged '--ignore' 'it'\\''s; rm' &&"), "{script}");
        assert!(script.starts_with("#!/bin/sh\n") && script.contains(MARK));
    }
}
