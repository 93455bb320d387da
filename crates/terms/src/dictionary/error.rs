//! What can be wrong with a dictionary, always with file, line and value.

use std::fmt;

use zhengming_text::message::{Text, reason_zh};

/// A defect of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DictionaryError {
    /// The dictionary's file.
    pub file: String,
    /// The line of the defect, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: DictionaryErrorKind,
}

/// The kinds of defect.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DictionaryErrorKind {
    /// Not TOML, a key that is not known, or a value of the wrong type: the parser's own words.
    Syntax(String),
    /// A table without one of the columns `variant` and `preferred`.
    MissingColumn(&'static str),
    /// A value that must not be empty.
    Empty(&'static str),
    /// A value that is none of those expected.
    UnknownValue {
        /// The key or column.
        key: &'static str,
        /// The value found.
        value: String,
        /// The values expected.
        expected: &'static str,
    },
    /// A concept with none or several preferred designations.
    PreferredCount {
        /// The concept's id.
        id: String,
        /// How many it has.
        count: usize,
    },
    /// Two concepts with one id.
    DuplicateId(String),
    /// A spelling that belongs to two concepts.
    TwoOwners {
        /// The spelling.
        text: String,
        /// The preferred designation of the concept that has it already.
        first: String,
        /// The preferred designation of the other.
        second: String,
    },
    /// A variant that is its own preferred designation.
    VariantIsPreferred(String),
    /// A variant that is another concept's preferred designation, with no `confusable` relation.
    VariantShadowsTerm {
        /// The variant.
        surface: String,
        /// The concept for which it is listed.
        of: String,
        /// Where the term is defined, as cited.
        owner: String,
    },
    /// A `confusable` relation without a note.
    MissingNote(String),
    /// A relation to a term that no loaded dictionary has.
    UnknownTarget(String),
    /// Relations that lead back to where they began.
    RelationCycle(Vec<String>),
    /// Two dictionaries with one id.
    DuplicateDictionary(String),
}

impl DictionaryErrorKind {
    pub(crate) fn at(self, file: &str, line: usize) -> DictionaryError {
        DictionaryError { file: file.to_owned(), line, kind: self }
    }

    fn text(&self) -> Text {
        match self {
            Self::Syntax(message) => {
                let message = message.trim();
                Text::new(format!("格式有误：{}", reason_zh(message)), format!("malformed: {message}"))
            }
            Self::MissingColumn(column) => Text::new(
                format!("表头没有“{column}”列；变体表须有 variant 和 preferred 两列"),
                format!(
                    "the header row has no column `{column}`; a variant table needs `variant` and `preferred`"
                ),
            ),
            Self::Empty(key) => Text::new(format!("{key} 不能为空"), format!("`{key}` must not be empty")),
            Self::UnknownValue { key, value, expected } => Text::new(
                format!("{key} 的值“{value}”无效，应为 {expected} 之一"),
                format!("`{key}` is `{value}`, expected one of {expected}"),
            ),
            Self::PreferredCount { id, count } => Text::new(
                format!("概念“{id}”有 {count} 个优先术语，应当只有一个"),
                format!("concept `{id}` has {count} preferred terms, expected exactly 1"),
            ),
            Self::DuplicateId(id) => Text::new(
                format!("概念 id “{id}”重复；一个 id 只能用于一个概念"),
                format!("concept id `{id}` is used twice"),
            ),
            Self::TwoOwners { text, first, second } => Text::new(
                format!("“{text}”同时归于“{first}”和“{second}”两个概念；请删去一处，或用 domain 区分"),
                format!(
                    "`{text}` belongs to two concepts, `{first}` and `{second}`; remove one, or tell them apart by `domain`"
                ),
            ),
            Self::VariantIsPreferred(text) => Text::new(
                format!("变体“{text}”就是它自己的规范用语"),
                format!("variant `{text}` is its own preferred term"),
            ),
            Self::VariantShadowsTerm { surface, of, owner } => Text::new(
                format!(
                    "“{surface}”列为“{of}”的变体，但它本身是规范用语（{owner}）；确属易混的，请给两者加 confusable 关系"
                ),
                format!(
                    "variant `{surface}` of `{of}` is itself a preferred term ({owner}); if the two are easily confused, add a `confusable` relation"
                ),
            ),
            Self::MissingNote(target) => Text::new(
                format!("与“{target}”的 confusable 关系没有 note；请用一句话说明两者的区别"),
                format!("the `confusable` relation to `{target}` has no note that tells the two apart"),
            ),
            Self::UnknownTarget(target) => Text::new(
                format!("关系指向“{target}”，但已加载的词典都没有这个术语"),
                format!("relation to `{target}`, which no loaded dictionary has"),
            ),
            Self::RelationCycle(path) => Text::new(
                format!("关系成环：{}", path.join(" → ")),
                format!("relations form a cycle: {}", path.join(" → ")),
            ),
            Self::DuplicateDictionary(id) => Text::new(
                format!("词典 id “{id}”已被另一部词典使用"),
                format!("dictionary id `{id}` is already in use"),
            ),
        }
    }
}

impl DictionaryError {
    /// The whole message, with file and line.
    pub fn text(&self) -> Text {
        let text = self.kind.text();
        Text::new(
            format!("{}:{}: {}", self.file, self.line, text.zh),
            format!("{}:{}: {}", self.file, self.line, text.en),
        )
    }
}

impl fmt::Display for DictionaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for DictionaryError {}
