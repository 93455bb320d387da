//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use zhengming::{Date, Lang, Severity};
use zhengming_report::OutputFormat;

/// 正名：公文术语检查。对照官方术语词典，检查文稿里的不规范用语、被取代的名称和易混术语。
#[derive(Debug, Parser)]
#[command(name = "zhengming", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// 提示信息的语言 / language of messages
    #[arg(long, global = true, value_enum, default_value_t = Language::Zh)]
    pub(crate) lang: Language,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 检查文稿 / check documents
    Check(Box<CheckArgs>),
    /// 列出全部规则 / list the rules
    Rules,
    /// 显示一条规则的说明 / show a rule's page
    Explain {
        /// 规则名，如 nonstandard-variant
        rule: String,
    },
    /// 查术语 / look up terms
    Terms {
        #[command(subcommand)]
        command: TermsCommand,
    },
    /// 词典 / dictionaries
    Dict {
        #[command(subcommand)]
        command: DictCommand,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TermsCommand {
    /// 查一个词是不是术语、在哪部词典、什么定义 / which dictionaries know a word, and as what
    Lookup {
        /// 要查的词
        term: String,
        #[command(flatten)]
        dictionaries: DictionaryArgs,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum DictCommand {
    /// 列出已加载的词典 / list the loaded dictionaries
    List {
        #[command(flatten)]
        dictionaries: DictionaryArgs,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DictionaryArgs {
    /// 加载的词典（.toml）或变体表（.tsv、.csv，含 variant、preferred 两列），可多次给出，后者优先
    #[arg(long = "dict", value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// 不加载内置词典
    #[arg(long)]
    pub(crate) no_builtin: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// 文件或文件夹；“-”表示标准输入
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArgs,
    /// 输出格式：pretty、concise、json；缺省时终端上用 pretty，否则用 concise
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<OutputFormat>,
    /// 只运行这些规则（规则名或类别，逗号分隔）
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) select: Vec<String>,
    /// 不运行这些规则（规则名或类别，逗号分隔）
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) ignore: Vec<String>,
    /// 只显示此级别以上的结果
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) min_severity: Option<Level>,
    /// 达到此级别时退出码为 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Warning)]
    pub(crate) fail_on: Level,
    /// 自动修改有把握的错写
    #[arg(long)]
    pub(crate) fix: bool,
    /// 与 --fix 合用：连同建议一起修改（每处只有一个建议时）
    #[arg(long, requires = "fix")]
    pub(crate) r#unsafe: bool,
    /// 以补丁形式显示 --fix 会做的修改，不写文件
    #[arg(long)]
    pub(crate) diff: bool,
    /// 标准输入内容的文件名，用于识别格式和显示
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<String>,
    /// 按哪一天的词典检查（YYYY-MM-DD）；缺省为文稿日期，没有则为今天
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// 线程数；缺省为处理器核数
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// 颜色
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// 不输出结果，只给退出码
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Language {
    Zh,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Level {
    Info,
    Warning,
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Info => Self::Info,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}
