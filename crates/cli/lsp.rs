//! `zhengming lsp`: the language server on standard input and output.

use std::env;
use std::path::PathBuf;

use zhengming::{Lang, Text};
use zhengming_lsp::{Options, ServeError, run as serve};

use crate::configure;
use crate::failure::Failure;

#[derive(Debug, clap::Args)]
pub(crate) struct LspArgs {
    /// 通过标准输入输出通信（本来就是如此，为编辑器的习惯而设） || Talk on standard input and output, which is the only way; here because editors say so
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(crate) fn run(_: &LspArgs, lang: Lang) -> Result<u8, Failure> {
    let options = Options { lang, today: configure::today, cache: cache() };
    match serve(options) {
        Ok(()) => Ok(0),
        Err(ServeError::Io(error)) => Err(Failure::Output(error)),
        Err(ServeError::Protocol(why)) => Err(Text::new(
            format!("编辑器没有按约定结束语言服务：{why}"),
            format!("the editor broke the protocol: {why}"),
        )
        .into()),
    }
}

/// The user's folder for files that can be made again.
fn cache() -> Option<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("ZHENGMING_CACHE_DIR").or_else(|| {
        let base = if cfg!(windows) {
            absolute("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            absolute("HOME").map(|home| home.join("Library/Caches"))
        } else {
            absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        };
        base.map(|base| base.join("zhengming"))
    })
}
