//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use zhengming::{Date, Lang, Severity};
use zhengming_report::{EditionDiffFormat, OutputFormat};

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
    /// 显示从文稿里读出的术语、定义、简称和引用 / what was read in documents
    Facts(FactsArgs),
    /// 查标准的版次 / look up a standard and its editions
    Standards {
        /// 标准号或题名的一部分，如 "GB/T 1.1"
        query: String,
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
    /// 把官方文件（标准、定义集、名词解释、法规，也可以是 TBX、表格、Word）转成词典 / turn a document into a dictionary
    Import(DictImportArgs),
    /// 检查词典本身 / check dictionaries
    Check(DictCheckArgs),
    /// 比较两个版次 / compare two editions
    Diff(DictDiffArgs),
    /// 导出词典 / export a dictionary
    Export(DictExportArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct FactsArgs {
    /// 文稿
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArgs,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictImportArgs {
    /// 官方文件
    pub(crate) file: PathBuf,
    /// 写入此文件；缺省写到标准输出
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = ImportFormat::Toml)]
    pub(crate) format: ImportFormat,
    /// 版式：terms-clause、definition-table、glossary、statute；缺省自动识别
    #[arg(long, value_name = "LAYOUT")]
    pub(crate) layout: Option<String>,
    /// 词典 id；缺省取自标准号或标题
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// 词典标题；缺省取自文件
    #[arg(long)]
    pub(crate) title: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictCheckArgs {
    /// 词典文件
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// 印发通知的文本，与表格核对新增、迭代的名词
    #[arg(long, value_name = "FILE")]
    pub(crate) notice: Option<PathBuf>,
    /// 只显示此级别以上的结果
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) min_severity: Option<Level>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictDiffArgs {
    /// 旧版词典；内置词典写作 builtin:ID
    pub(crate) old: PathBuf,
    /// 新版词典
    pub(crate) new: PathBuf,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// 写入此文件；缺省写到标准输出
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// 把改名和条目号的对应关系写成补充词典，供版次规则使用
    #[arg(long, value_name = "FILE")]
    pub(crate) write_supersedes: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictExportArgs {
    /// 词典；内置词典写作 builtin:ID
    pub(crate) file: PathBuf,
    /// 导出格式
    #[arg(long, value_enum)]
    pub(crate) to: ExportFormat,
    /// 写入此文件；缺省写到标准输出
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    Toml,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Tbx,
    Csv,
    Xlsx,
    Json,
    Toml,
    Md,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    Json,
    Md,
    Html,
}

impl From<DiffFormat> for EditionDiffFormat {
    fn from(format: DiffFormat) -> Self {
        match format {
            DiffFormat::Text => Self::Text,
            DiffFormat::Json => Self::Json,
            DiffFormat::Md => Self::Markdown,
            DiffFormat::Html => Self::Html,
        }
    }
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DictionaryArgs {
    /// 加载的词典（.toml、.tbx、.xlsx、.json）或变体表（.tsv、.csv，含 variant、preferred 两列），可多次给出，后者优先
    #[arg(id = "dictionary", long = "dict", value_name = "FILE")]
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
    /// 输出格式：pretty、concise、json、jsonl、sarif、github、rdjson、junit、checkstyle；缺省时终端上用 pretty，否则用 concise
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
    /// 与 --fix 或 --diff 合用：连同建议一起修改（每处只有一个建议时）
    #[arg(long)]
    pub(crate) r#unsafe: bool,
    /// 以补丁形式显示 --fix 会做的修改，不写文件
    #[arg(long)]
    pub(crate) diff: bool,
    /// 标准输入内容的文件名，用于识别格式和显示
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<String>,
    /// 每一处单独报告；缺省时同一段里同一概念只报一处，其余列为相关位置
    #[arg(long)]
    pub(crate) all: bool,
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        super::Args::command().debug_assert();
    }
}
