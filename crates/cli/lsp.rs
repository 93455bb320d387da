//! `zhengming lsp`: the language server on standard input and output.

use zhengming::{Lang, Text};
use zhengming_lsp::{Options, ServeError, run as serve};

use crate::cache;
use crate::configure;
use crate::failure::Failure;

#[derive(Debug, clap::Args)]
pub(crate) struct LspArgs {
    /// 通过标准输入输出通信（本来就是如此，为编辑器的习惯而设） || Talk on standard input and output, which is the only way; here because editors say so
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(crate) fn run(_: &LspArgs, lang: Lang) -> Result<u8, Failure> {
    let options = Options { lang, today: configure::today, cache: cache::folder() };
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
