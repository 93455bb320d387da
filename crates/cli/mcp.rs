//! `zhengming mcp`: tools for assistants, on standard input and output.

use std::path::PathBuf;

use zhengming::Lang;

use crate::args::DictionaryArgs;
use crate::failure::Failure;

#[derive(Debug, clap::Args)]
pub(crate) struct McpArgs {
    /// 助手可以读的文件夹；不写则不读任何文件 || Folders in which an assistant may have files read; default: none
    folders: Vec<PathBuf>,
    #[command(flatten)]
    dictionaries: DictionaryArgs,
}

/// Serves until the assistant hangs up. Configuration is that of the working folder at start: no document that is
/// checked later can change it.
#[cfg(feature = "mcp")]
pub(crate) fn run(args: &McpArgs, lang: Lang) -> Result<u8, Failure> {
    use std::sync::Arc;

    use zhengming_mcp::{Desk, Folders, serve};

    use crate::{configure, failure, own_register};

    let mut configurations = configure::configurations(&args.dictionaries);
    let settings = configure::here(&mut configurations)?;
    let linter = configure::linter(&mut configurations, &settings, lang)?;
    let register = own_register::register().unwrap_or_else(|| Arc::new(zhengming_rules::builtin_register()));
    let folders = Folders::new(&args.folders).map_err(|error| {
        let names: Vec<String> = args.folders.iter().map(|folder| folder.display().to_string()).collect();
        let why = failure::io("不是可以读的文件夹", "not all are folders that can be read", &error);
        failure::named(&names.join(" "), &why)
    })?;
    serve(Desk { linter, register, folders, lang, today: configure::today })?;
    Ok(0)
}

/// Says what is missing.
#[cfg(not(feature = "mcp"))]
pub(crate) fn run(args: &McpArgs, _: Lang) -> Result<u8, Failure> {
    let _ = (&args.folders, &args.dictionaries);
    Err(zhengming::Text::new(
        "这个程序编译时没有带助手的工具：请用安装包里的 zhengming，或者加 --features mcp 重新编译",
        "this program was built without the tools for assistants: use the one of the packages, or build it with --features mcp",
    )
    .into())
}
