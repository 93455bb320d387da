//! The command line: every command with its arguments.

use clap::{Parser, Subcommand};

use crate::annotate::AnnotateArgs;
use crate::args::{CheckArgs, DictCommand, FactsArgs, Language};
use crate::completions::{CompletionsArgs, ManArgs};
use crate::hook::HookCommand;
use crate::init::InitArgs;
use crate::lsp::LspArgs;
use crate::mcp::McpArgs;
use crate::report::ReportArgs;
use crate::show::RulesArgs;
use crate::standards::StandardsArgs;
use crate::summarize::{ReduceArgs, SummarizeArgs};
use crate::terms::TermsCommand;

/// Said below the list of commands.
const AFTER: &str = "也可以直接写文件：zhengming 文稿.docx 检查并在旁边写出 文稿.批注.docx；文件夹和其他格式写出检查报告 || Or name files only: `zhengming DRAFT.docx` checks it and writes DRAFT.comments.docx beside it; folders and other formats give a report";

/// 正名：公文术语检查。对照官方术语词典，检查文稿里的不规范用语、被取代的名称和易混术语 || A terminology linter for official Chinese documents: checks drafts against official dictionaries
#[derive(Debug, Parser)]
#[command(name = "zhengming", version, disable_help_subcommand = true, after_help = AFTER)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// 提示信息的语言；缺省按系统语言，系统未指明的用中文 || Language of messages; default: that of the system, else Chinese
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Language>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 检查文稿 || Check documents
    Check(Box<CheckArgs>),
    /// 在 Word 文件里写批注和修订 || Write review comments and tracked changes into a Word file
    Annotate(Box<AnnotateArgs>),
    /// 为整个文件夹写一份报告（HTML、Excel、CSV、Markdown、JSON） || Write one report on a whole folder (HTML, Excel, CSV, Markdown, JSON)
    Report(Box<ReportArgs>),
    /// 为每份文稿写一行摘要，供 reduce 比较 || Write a digest of each document, for reduce to compare
    Summarize(Box<SummarizeArgs>),
    /// 比较各份摘要，找出文稿之间的矛盾 || Compare digests and find contradictions between documents
    Reduce(Box<ReduceArgs>),
    /// 列出全部规则 || List the rules
    Rules(RulesArgs),
    /// 显示一条规则的说明 || Show a rule's page
    Explain {
        /// 规则，如 nonstandard-variant，也可以写名称：不规范用语 || The rule by id or name, e.g. nonstandard-variant
        rule: String,
    },
    /// 查术语 || Look up terms
    Terms {
        #[command(subcommand)]
        command: TermsCommand,
    },
    /// 显示从文稿里读出的术语、定义、简称和引用 || Show the mentions, definitions, short forms and citations read in documents
    Facts(FactsArgs),
    /// 安装或删除 git 钩子 || Install or remove a git hook
    Hook {
        #[command(subcommand)]
        command: HookCommand,
    },
    /// 查标准的版次 || Look up a standard and its editions
    Standards(StandardsArgs),
    /// 语言服务：在编辑器里边写边查 || Language server: findings in the editor while one types
    Lsp(LspArgs),
    /// 助手的工具：让写作助手查术语、查定义、核对标准、检查文稿（MCP） || Tools for assistants: terms, definitions, standards and checks over the Model Context Protocol
    Mcp(McpArgs),
    /// 在文件夹里写一份带注释的 zhengming.toml || Write a commented zhengming.toml for a folder
    Init(InitArgs),
    /// 输出命令行补全脚本 || Print shell completions
    Completions(CompletionsArgs),
    /// 输出 zhengming.toml 的 JSON Schema，供编辑器使用 || Print the JSON Schema of zhengming.toml, for editors
    Schema,
    /// 输出手册页 || Print the manual page
    Man(ManArgs),
    /// 词典：列出、导入、检查、比较、导出 || Dictionaries: list, import, check, compare, export
    Dict {
        #[command(subcommand)]
        command: DictCommand,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        super::Args::command().debug_assert();
    }
}
