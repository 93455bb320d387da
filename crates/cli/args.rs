//! Arguments that several commands have, and those of commands without a file of their own.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Subcommand, ValueEnum};
use zhengming::{Date, Lang, Severity};
use zhengming_formats::encoding::Named;
use zhengming_report::{EditionDiffFormat, OutputFormat};

#[derive(Debug, Subcommand)]
pub(crate) enum DictCommand {
    /// 列出已加载的词典 || List the loaded dictionaries
    List {
        #[command(flatten)]
        dictionaries: DictionaryArgs,
        /// 输出格式 || Output format
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// 把官方文件（标准、定义集、名词解释、法规，也可以是 TBX、表格、Word）或整个文件夹转成词典 || Turn an official document (standard, glossary, statute; also TBX, tables, Word), or a folder of them, into a dictionary
    Import(DictImportArgs),
    /// 把几部词典合成一部 || Join several dictionaries into one
    Merge(DictMergeArgs),
    /// 检查词典本身 || Check dictionaries
    Check(DictCheckArgs),
    /// 比较两个版次 || Compare two editions
    Diff(DictDiffArgs),
    /// 导出词典 || Export a dictionary
    Export(DictExportArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct FactsArgs {
    /// 文稿 || The documents
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArgs,
    #[command(flatten)]
    pub(crate) reading: EncodingArgs,
    /// 输出格式 || Output format
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictImportArgs {
    /// 官方文件，或者放着它们的文件夹 || The official document, or a folder of them
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: EncodingArgs,
    /// 写入此文件；缺省写到标准输出 || Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// 输出格式 || Output format
    #[arg(long, value_enum, default_value_t = ImportFormat::Toml)]
    pub(crate) format: ImportFormat,
    /// 版式：terms-clause、definition-table、glossary、statute；缺省自动识别 || The layout: terms-clause, definition-table, glossary or statute; recognised if left out
    #[arg(long, value_name = "LAYOUT")]
    pub(crate) layout: Option<String>,
    /// 词典 id；缺省取自标准号或标题 || The dictionary's id; default: from its number or title
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// 词典标题；缺省取自文件 || The dictionary's title; default: as in the document
    #[arg(long)]
    pub(crate) title: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictMergeArgs {
    /// 词典文件，至少两部；同名异义的按出处分别列出 || The dictionary files, two or more; terms defined otherwise are kept apart by source
    #[arg(required = true, num_args = 2..)]
    pub(crate) files: Vec<PathBuf>,
    /// 写入此文件；缺省写到标准输出 || Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// 输出格式 || Output format
    #[arg(long, value_enum, default_value_t = ImportFormat::Toml)]
    pub(crate) format: ImportFormat,
    /// 词典 id；缺省为第一部的 || The dictionary's id; default: that of the first
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// 词典标题；缺省为第一部的 || The dictionary's title; default: that of the first
    #[arg(long)]
    pub(crate) title: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictCheckArgs {
    /// 词典文件 || The dictionary files
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// 印发通知的文本，与表格核对新增、迭代的名词 || The text of the notice of issue, to compare its list of changes with the table
    #[arg(long, value_name = "FILE")]
    pub(crate) notice: Option<PathBuf>,
    /// 只计此级别以上的结果，其余不显示，也不影响退出码 || Count only findings of this severity and above; others are not shown and do not change the exit status
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) min_severity: Option<Level>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictDiffArgs {
    /// 旧版词典；内置词典写作 builtin:ID || The old edition; built-in ones are written builtin:ID
    pub(crate) old: PathBuf,
    /// 新版词典 || The new edition
    pub(crate) new: PathBuf,
    /// 输出格式 || Output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// 写入此文件；缺省写到标准输出 || Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// 把改名和条目号的对应关系写成补充词典，供版次规则使用 || Write renamed terms and renumbered clauses as a dictionary for the edition rules
    #[arg(long, value_name = "FILE")]
    pub(crate) write_supersedes: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DictExportArgs {
    /// 词典；内置词典写作 builtin:ID || The dictionary; built-in ones are written builtin:ID
    pub(crate) file: PathBuf,
    /// 导出格式 || The format to write
    #[arg(long, value_enum)]
    pub(crate) to: ExportFormat,
    /// 写入此文件；缺省写到标准输出 || Write to this file instead of standard output
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
    Multiterm,
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

/// Which configuration holds.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct ConfigArgs {
    /// 使用此配置文件；缺省从每个文件所在的文件夹逐级向上找 zhengming.toml || Use this configuration file; default: the nearest zhengming.toml in the folder of each file and above
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(crate) config: Option<PathBuf>,
    /// 不使用任何配置文件 || Use no configuration file
    #[arg(long)]
    pub(crate) isolated: bool,
    /// 信任找到的配置文件：它可以指名项目之外的词典和配置；不信任文稿来源时不要使用 || Trust configuration files that are found: they may name dictionaries and configurations outside the project; not for documents from strangers
    #[arg(long)]
    pub(crate) trust_config: bool,
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DictionaryArgs {
    /// 加载的词典（.toml、.tbx、.xlsx、.json）或变体表（.tsv、.csv，含 variant、preferred 两列），可多次给出，后者优先 || Load a dictionary (.toml, .tbx, .xlsx, .json) or a table of variants (.tsv, .csv with the columns variant and preferred); repeatable, later ones win
    #[arg(id = "dictionary", long = "dict", value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// 不加载内置词典 || Load no built-in dictionary
    #[arg(long)]
    pub(crate) no_builtin: bool,
    #[command(flatten)]
    pub(crate) configuration: ConfigArgs,
}

impl DictionaryArgs {
    /// The files that they name: dictionaries and the configuration.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().chain(self.configuration.config.as_ref()).map(PathBuf::as_path)
    }
}

/// How texts are read.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct EncodingArgs {
    /// 文本文件的编码（如 gbk、utf-8、big5、utf-16le）；缺省按字节顺序标记、文件内的声明和内容判断 || The encoding of text files, e.g. gbk, utf-8, big5 or utf-16le; default: by byte order mark, declaration and content
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<Named>,
}

#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("mending").args(["fix", "diff"]).multiple(true)))]
pub(crate) struct CheckArgs {
    /// 文件或文件夹；“-”表示标准输入 || Files or folders; `-` is standard input
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArgs,
    #[command(flatten)]
    pub(crate) reading: EncodingArgs,
    /// 输出格式：pretty、concise、json、jsonl、sarif、github、rdjson、junit、checkstyle；缺省时终端上用 pretty，否则用 concise || Output format: pretty, concise, json, jsonl, sarif, github, rdjson, junit or checkstyle; default: pretty on a terminal, else concise
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<OutputFormat>,
    /// 只运行这些规则（规则名或类别，逗号分隔） || Run only these rules (names or families, separated by commas)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) select: Vec<String>,
    /// 不运行这些规则（规则名或类别，逗号分隔） || Leave these rules out (names or families, separated by commas)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) ignore: Vec<String>,
    /// 只计此级别以上的结果，其余不显示，也不影响退出码 || Count only findings of this severity and above; others are not shown and do not change the exit status
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) min_severity: Option<Level>,
    /// 达到此级别时退出码为 1；缺省为 warning || Exit with status 1 from this severity on; default: warning
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<Level>,
    /// 有内容没有读到（如无法提取的字形、嵌入的文件）时按失败处理，退出码为 2 || Exit with status 2 if anything of a document was not read, such as glyphs without characters or embedded files
    #[arg(long)]
    pub(crate) strict_reading: bool,
    /// 自动修改有把握的错写；与 --baseline、--diff-base 合用时只改新增的 || Mend what is surely wrong; with --baseline or --diff-base only what is new
    #[arg(long, conflicts_with = "write_baseline")]
    pub(crate) fix: bool,
    /// 与 --fix 或 --diff 合用：连同建议一起修改（每处只有一个建议时） || With --fix or --diff: suggestions as well, where there is only one
    #[arg(long, requires = "mending")]
    pub(crate) r#unsafe: bool,
    /// 以补丁形式显示 --fix 会做的修改，不写文件 || Show what --fix would change as a patch and write nothing
    #[arg(long)]
    pub(crate) diff: bool,
    /// 只报告此基线文件里没有的结果 || Report only what this baseline does not know
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub(crate) baseline: Option<PathBuf>,
    /// 把现有结果写入此基线文件，以后用 --baseline 只看新增的 || Write what is found to this baseline, for --baseline to leave out
    #[arg(long, value_name = "FILE")]
    pub(crate) write_baseline: Option<PathBuf>,
    /// 与 --baseline 合用：从基线文件里删去已经改好的，只减不增 || With --baseline: take out of the file what is fixed; it never grows
    #[arg(long, requires = "baseline")]
    pub(crate) ratchet: bool,
    /// 命令行写出的文件也按配置的 exclude 排除 || Exclude files named outright as well, where the configuration does
    #[arg(long)]
    pub(crate) force_exclude: bool,
    /// 检查此清单里的文件，每行一个路径；“-”表示标准输入 || Check the files of this list, one path per line; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub(crate) file_list: Option<PathBuf>,
    /// 检查暂存的内容，而不是工作区里的文件 || Check what is staged, not the files of the work tree
    #[arg(long, conflicts_with_all = ["fix", "file_list"])]
    pub(crate) staged: bool,
    /// 只报告自此版本以来改动过的行 || Report only lines that changed since this revision
    #[arg(long, value_name = "REV", conflicts_with = "file_list")]
    pub(crate) diff_base: Option<String>,
    /// 不检查，只以 TOML 显示各路径最终的配置及其来源 || Check nothing, show as TOML the configuration of the paths and where it comes from
    #[arg(long, conflicts_with = "output")]
    pub(crate) dump_config: bool,
    /// 标准输入内容的文件名，用于识别格式、查找配置和显示 || The name of what comes on standard input, for its format, its configuration and the report
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<String>,
    /// 每一处单独报告；缺省时同一段里同一概念只报一处，其余列为相关位置 || Report every place; default: one finding for one concept in one paragraph
    #[arg(long)]
    pub(crate) all: bool,
    /// 按哪一天的词典检查（YYYY-MM-DD）；缺省为文稿日期，没有则为今天 || The day the dictionaries are read for (YYYY-MM-DD); default: the document's own date, else today
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// 不使用以前的结果，也不保存 || Neither use earlier results nor keep these
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// 线程数；缺省为处理器核数 || Number of threads; default: as many as there are processors
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// 颜色 || Colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// 写入此文件；缺省写到标准输出 || Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// 不列结果，只列各规则的次数 || Show how often each rule found something, in place of the findings
    #[arg(long)]
    pub(crate) statistics: bool,
    /// 显示用了哪些配置和词典、用了多少时间 || Say which configuration and dictionaries were used, and how long it took
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// 不输出结果，只给退出码 || Print no findings, only set the exit status
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
