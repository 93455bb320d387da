//! The keys of `zhengming.toml`. Comments are `中文 || English`: the schema shows them in editors.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zhengming::{Lang, Severity};

/// 正名（zhengming）的配置 || The configuration of zhengming
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConfigFile {
    /// 以这些配置文件为基础（路径相对于本文件）；本文件补充或覆盖它们 || Configuration files to build on (paths from this file's folder); this file adds to them and overrules them
    pub extends: Names,
    /// 提示信息的语言；缺省按系统语言 || The language of messages; default: that of the system
    pub lang: Option<Language>,
    /// 词典：内置的写作 "builtin:zhejiang" 或 "builtin:ID"，文件写路径；后面的优先；"builtin:none" 不用内置词典 || Dictionaries: "builtin:zhejiang" or "builtin:ID" for built-in ones, else paths; later ones win; "builtin:none" for no built-in one
    pub dictionaries: Vec<String>,
    /// 其中的定义对本文件夹的全部文稿有效的文稿，如术语表 || Documents whose definitions count for all others, such as a glossary
    pub definitions: Vec<String>,
    /// 在文件夹里查找哪些文件；缺省按文件类型 || Which files are looked for in folders; default: by their kind
    pub include: Vec<String>,
    /// 不检查的文件（写法同 .gitignore） || Files that are not checked (patterns as in .gitignore)
    pub exclude: Vec<String>,
    /// 只运行这些规则或类别 || Run only these rules or families
    pub select: Vec<String>,
    /// 不运行这些规则或类别 || Leave these rules or families out
    pub ignore: Vec<String>,
    /// 只显示此级别以上的结果 || Show only findings of this severity and above
    pub min_severity: Option<Threshold>,
    /// 从此级别起退出码为 1；缺省为 warning || Exit with status 1 from this severity on; default: warning
    pub fail_on: Option<Threshold>,
    /// 按哪一天的词典检查（"2026-01-31"）；缺省为文稿日期，没有则为今天 || The day the dictionaries are read for ("2026-01-31"); default: the document's own date, else today
    #[schemars(extend("format" = "date"))]
    pub as_of: Option<String>,
    /// 规则说明所在的网址：输出里写成“网址/规则名”（JSON 的 url，SARIF 的 helpUri） || The address of the rule pages: reports give `ADDRESS/RULE` (`url` in JSON, `helpUri` in SARIF)
    #[schemars(extend("format" = "uri"))]
    pub rule_pages: Option<String>,
    /// 规则的级别和选项 || Severities and options of rules
    pub rules: BTreeMap<String, RuleSetting>,
    /// 用词 || Words
    pub terms: Terms,
    /// 对部分文件另作规定 || What is different for some files
    pub overrides: Vec<Override>,
}

/// 用词 || Words
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Terms {
    /// 这些词从不报告 || These words are never reported
    pub allow: Vec<String>,
}

/// 对部分文件另作规定 || What is different for some files
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// 哪些文件（写法同 .gitignore） || Which files (patterns as in .gitignore)
    pub paths: Vec<String>,
    /// 其中的例外 || Those among them that are left as they are
    #[serde(default)]
    pub exclude: Vec<String>,
    /// 规则的级别和选项 || Severities and options of rules
    #[serde(default)]
    pub rules: BTreeMap<String, RuleSetting>,
    /// 另外不运行的规则或类别 || Rules or families to leave out as well
    #[serde(default)]
    pub ignore: Vec<String>,
    /// 按哪一天的词典检查 || The day the dictionaries are read for
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    pub as_of: Option<String>,
    /// 用词 || Words
    #[serde(default)]
    pub terms: Terms,
}

/// 一个或几个路径 || One path or several
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Names {
    /// 一个 || One
    One(String),
    /// 几个 || Several
    Several(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Names {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &String> {
        match self {
            Self::One(name) => std::slice::from_ref(name).iter(),
            Self::Several(names) => names.iter(),
        }
    }
}

/// 语言 || A language
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 中文 || Chinese
    Zh,
    /// 英文 || English
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

/// 结果的级别 || How much findings matter
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Threshold {
    /// 提示 || Worth knowing
    Info,
    /// 警告 || Should be mended
    Warning,
    /// 错误 || Must be mended
    Error,
}

impl From<Threshold> for Severity {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Info => Self::Info,
            Threshold::Warning => Self::Warning,
            Threshold::Error => Self::Error,
        }
    }
}

/// 规则的级别；off 为关闭 || The severity of a rule; off switches it off
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 关闭 || Not checked
    Off,
    /// 提示 || Worth knowing
    Info,
    /// 警告 || Should be mended
    Warning,
    /// 错误 || Must be mended
    Error,
}

impl Level {
    /// The severity; nothing if the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// The word used in configuration.
    pub fn name(self) -> &'static str {
        self.severity().map_or("off", Severity::name)
    }
}

/// How a rule is configured: its severity alone, or a table of severity and options.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum RuleSetting {
    /// The severity alone.
    Level(Level),
    /// A table.
    Table {
        /// The severity; the rule's own if left out.
        severity: Option<Level>,
        /// The rule's options.
        #[serde(flatten)]
        options: Map<String, Value>,
    },
}

impl RuleSetting {
    /// The severity, if it is configured.
    pub fn level(&self) -> Option<Level> {
        match self {
            Self::Level(level) => Some(*level),
            Self::Table { severity, .. } => *severity,
        }
    }

    /// The options that are configured.
    pub fn options(&self) -> impl Iterator<Item = (&String, &Value)> {
        match self {
            Self::Level(_) => None,
            Self::Table { options, .. } => Some(options),
        }
        .into_iter()
        .flatten()
    }
}

// What may stand in the table depends on the rule: `schema.rs` lists the rules one by one.
impl JsonSchema for RuleSetting {
    fn schema_name() -> Cow<'static, str> {
        "RuleSetting".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Level>()
    }
}
