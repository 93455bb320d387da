//! The dictionary model, in the words of ISO 30042 (TBX) and GB/T 20001.1.
//!
//! One [`Dictionary`] is one edition of one official source, or a layer over others that adds
//! variants, relations and house rules. Several are joined by [`TermBase`](crate::termbase::TermBase).

mod check;
mod entries;
mod error;
mod fields;
mod read_table;
mod read_toml;
mod table;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use zhengming_text::date::Date;

pub(crate) use entries::Entries;
pub(crate) use table::TableVariant;

pub use error::{DictionaryError, DictionaryErrorKind};
pub use fields::fields;

/// One edition of an official source, or a layer over others. One that exists is valid in itself, unless
/// it was made by [`from_toml_unchecked`](Self::from_toml_unchecked).
#[derive(Debug, Clone)]
pub struct Dictionary {
    pub(crate) header: Header,
    pub(crate) entries: Entries,
    pub(crate) file: String,
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        (&self.header, self.concepts(), &self.file) == (&other.header, other.concepts(), &other.file)
    }
}

impl Eq for Dictionary {}

// Header, concept and their parts are the wire form, too: what a key is called and what may be missing is said here
// for every format, by serde. A text format adds only how it lays out the names of a concept.

/// What a dictionary says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Header {
    /// Unique over all loaded dictionaries, e.g. `db33t-2350-2021`.
    pub id: String,
    /// The title, without number and edition.
    pub title: String,
    /// Whether it is an official source or a layer over others.
    pub layer: Layer,
    /// Whether its concepts are terms or organisations.
    pub subject: Subject,
    /// Standard number or document name without year or version: what its editions have in common.
    pub series: Option<String>,
    /// Year or version label of this edition, e.g. `2021` or `6.0版`.
    pub edition: Option<String>,
    /// How the edition is cited, e.g. `DB33/T 2350—2021`.
    pub citation: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its rank among sources.
    pub authority: Option<Authority>,
    /// Whether the edition is in force.
    pub status: Option<EditionStatus>,
    /// The day it was published.
    pub published: Option<Date>,
    /// The day from which it is in force.
    pub effective: Option<Date>,
    /// The day on which it was withdrawn.
    pub withdrawn: Option<Date>,
    /// Citation of the edition that replaces it.
    pub superseded_by: Option<String>,
    /// Remarks, e.g. how a fact was inferred.
    pub note: Option<String>,
    /// Sources whose terms the dictionary takes over: X 界定的以及下列术语和定义适用于本文件.
    pub imports: Vec<String>,
    /// Longer ordinary words that merely contain a term or variant, e.g. 数据链路.
    pub stop_compounds: Vec<String>,
}

impl Header {
    /// Whether the edition is known to hold on `day`. One without a date always does, unless it is a standard:
    /// a standard holds at the latest after the year in its number.
    pub fn is_in_force_on(&self, day: Date) -> bool {
        if let Some(since) = self.effective.or(self.published) {
            return since <= day;
        }
        let number =
            self.series.as_deref().filter(|series| series.starts_with(|c: char| c.is_ascii_uppercase()));
        let year = number.and(self.edition.as_deref()).and_then(|edition| edition.parse::<u16>().ok());
        year.is_none_or(|year| year < day.year())
    }
}

/// What a dictionary is to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// An official source.
    #[default]
    Official,
    /// Adds to, or overrides, the dictionaries loaded before it.
    Overlay,
}

/// What the concepts of a dictionary are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Terms.
    #[default]
    Terms,
    /// Organisations: an authority file of their names.
    Organizations,
}

/// The rank of a source, from the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// 法律、行政法规
    Law,
    /// 地方性法规
    LocalLaw,
    /// 国家标准
    NationalStandard,
    /// 行业标准
    IndustryStandard,
    /// 地方标准
    LocalStandard,
    /// 规范性文件、定义集
    Policy,
    /// A house rule of the user's organisation.
    House,
}

/// Where an edition stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditionStatus {
    /// 征求意见稿、草案
    Draft,
    /// 已发布、未实施
    Pending,
    /// 现行
    Current,
    /// 被代替
    Superseded,
    /// 废止
    Withdrawn,
}

/// One concept with its entry in this edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Concept {
    /// Stable over editions and dictionaries.
    pub id: String,
    /// The designations; exactly one of them is preferred.
    pub designations: Vec<Designation>,
    /// The clause or row number.
    pub clause: Option<String>,
    /// The title of the entry where it differs from the term.
    pub heading: Option<String>,
    /// 〈专业领域〉
    pub domain: Option<String>,
    /// 解释单位
    pub responsible: Option<String>,
    /// English equivalents.
    pub english: Vec<String>,
    /// Whether the designations are looked for in documents.
    #[serde(rename = "match")]
    pub matching: Matching,
    /// The definition, verbatim, without the line breaks of the layout.
    pub definition: Option<String>,
    /// The notes, without their label.
    pub notes: Vec<String>,
    /// The examples, without their label.
    pub examples: Vec<String>,
    /// The source that the entry names, without brackets.
    pub source: Option<String>,
    /// Spellings that are no designations.
    pub variants: Vec<Variant>,
    /// Links to other concepts.
    pub relations: Vec<Relation>,
    /// The line of the entry in the dictionary's file, from 1; 0 if it was not read from one.
    pub line: usize,
}

impl Concept {
    /// The preferred designation.
    pub fn preferred(&self) -> &str {
        self.designations
            .iter()
            .find(|designation| designation.status == Status::Preferred)
            .map_or("", |designation| designation.text.as_str())
    }
}

/// Whether the designations of a concept are looked for in documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matching {
    /// As they stand.
    #[default]
    Literal,
    /// Not at all: ordinary words such as 应用 and 平台.
    Off,
    /// Not at all, but a definition in a document that cites the act of [`Concept::domain`] is compared: the
    /// terms of statutes, which are words of everybody.
    Definition,
    /// Not as literals: affixes such as 链 and 码.
    Pattern,
}

/// A word or phrase that designates a concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Designation {
    /// The text, with the quotation marks that belong to it.
    pub text: String,
    /// Whether it should be used.
    pub status: Status,
    /// What kind of other name it is: 全称、简称、又称、俗称、曾称.
    pub usage: Option<String>,
    /// From which day on the status holds.
    pub since: Option<Date>,
    /// Remarks, e.g. how the change was inferred.
    pub note: Option<String>,
}

impl Designation {
    /// A preferred designation of which nothing else is known.
    pub fn preferred(text: impl Into<String>) -> Self {
        Self { text: text.into(), status: Status::Preferred, usage: None, since: None, note: None }
    }
}

/// The administrative status of a designation (ISO 30042; GB/T 20001.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// 优先术语
    Preferred,
    /// 许用术语
    Admitted,
    /// 拒用术语
    Deprecated,
    /// 被取代术语
    Superseded,
}

/// A spelling that stands for a concept although it is no designation of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The spelling.
    pub surface: String,
    /// How it differs from the preferred designation.
    pub kind: VariantKind,
    /// Whether it may be replaced.
    pub fix: VariantFix,
    /// Words in whose company, within one sentence, the spelling means something else.
    #[serde(default)]
    pub unless: Vec<String>,
    /// The line in the dictionary's file, from 1; 0 if it was not read from one.
    #[serde(default)]
    pub line: usize,
}

/// How a variant differs from the preferred designation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VariantKind {
    /// The same parts in another order.
    Order,
    /// A part is missing.
    Truncation,
    /// A part was added.
    Addition,
    /// A character of the same or nearly the same sound.
    Homophone,
    /// A character that looks alike.
    Shape,
    /// One word replaced by a near-synonym.
    Synonym,
    /// A name from before.
    OldName,
    /// Full-width letters or digits.
    Width,
    /// Upper for lower case, or the reverse.
    Case,
    /// Traditional characters.
    Traditional,
    /// Quotation marks or other punctuation.
    Punctuation,
    /// Any other difference.
    Other,
}

impl VariantKind {
    /// Whether the difference is one of typing, not of wording.
    pub fn is_misspelling(self) -> bool {
        self.is_shape() || matches!(self, Self::Homophone | Self::Shape)
    }

    /// Whether the same characters are written in another shape.
    pub fn is_shape(self) -> bool {
        matches!(self, Self::Width | Self::Case | Self::Traditional | Self::Punctuation)
    }
}

/// Whether a variant may be replaced by the preferred designation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VariantFix {
    /// Always: the meaning cannot change.
    Safe,
    /// If the author agrees.
    Suggest,
    /// Not in place.
    None,
}

/// A link from one concept to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// What the target is to the concept.
    pub kind: RelationKind,
    /// The target's preferred designation.
    pub target: String,
    /// Explanation; required for [`RelationKind::Confusable`].
    pub note: Option<String>,
    /// For confusable concepts: which use is reported.
    #[serde(default)]
    pub when: ConfusableWhen,
    /// Words after the term that show a general use, e.g. 率 in 数据高铁率.
    #[serde(default)]
    pub generic_after: Vec<String>,
    /// Words before the term that show the specific sense, e.g. 开通.
    #[serde(default)]
    pub specific_before: Vec<String>,
    /// Words after the term that show the specific sense, e.g. 专线.
    #[serde(default)]
    pub specific_after: Vec<String>,
    /// The line in the dictionary's file, from 1; 0 if it was not read from one.
    #[serde(default)]
    pub line: usize,
}

impl Relation {
    /// See also `target`.
    pub fn related(target: impl Into<String>) -> Self {
        Self {
            kind: RelationKind::Related,
            target: target.into(),
            note: None,
            when: ConfusableWhen::default(),
            generic_after: Vec::new(),
            specific_before: Vec::new(),
            specific_after: Vec::new(),
            line: 0,
        }
    }
}

/// What the target of a relation is to the concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// The concept that took its place.
    SupersededBy,
    /// Its superordinate concept.
    Broader,
    /// A subordinate concept.
    Narrower,
    /// The whole of which it is a part.
    PartOf,
    /// A concept that is easily mistaken for it.
    Confusable,
    /// The full form.
    AbbreviationOf,
    /// See also.
    Related,
}

/// Which use of confusable concepts is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConfusableWhen {
    /// Both in one document.
    #[default]
    Mixed,
    /// Also one alone, if the document gives neither definition nor source.
    Undefined,
}

impl Dictionary {
    /// A dictionary of `concepts`. `file` is the name that errors give.
    ///
    /// # Errors
    /// The first defect, as for [`from_toml`](Self::from_toml).
    pub fn new(file: &str, header: Header, concepts: Vec<Concept>) -> Result<Self, DictionaryError> {
        let dictionary = Self::unchecked(file, header, concepts);
        check::check(&dictionary)?;
        Ok(dictionary)
    }

    /// A dictionary whose parts are known to be valid, because they were taken from one.
    pub fn unchecked(file: &str, header: Header, concepts: Vec<Concept>) -> Self {
        Self { header, entries: Entries::Listed(concepts), file: file.to_owned() }
    }

    /// Reads the TOML form. `file` is the name that errors give.
    ///
    /// # Errors
    /// The first defect, with line and value: TOML that does not parse, unknown keys, missing or
    /// doubled designations, variants listed for two terms, cycles among relations.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, DictionaryError> {
        let dictionary = read_toml::read(file, text)?;
        check::check(&dictionary)?;
        Ok(dictionary)
    }

    /// Reads the TOML form and believes what it says: doubled entries, variants of two terms and cycles
    /// stay, so that a check can report all of them and not only the first. For checking alone: what
    /// else takes a dictionary may count on [`from_toml`](Self::from_toml) having found it valid.
    ///
    /// # Errors
    /// TOML that does not parse, unknown keys, an empty dictionary id.
    pub fn from_toml_unchecked(file: &str, text: &str) -> Result<Self, DictionaryError> {
        read_toml::read(file, text)
    }

    /// Reads a table with the columns `variant` and `preferred`, separated by tabs or commas; the
    /// optional columns `kind` and `fix` are understood, others ignored.
    ///
    /// # Errors
    /// The first defect, with line and value: no such columns, an empty cell, a variant listed for
    /// two terms or equal to its own preferred term.
    pub fn from_table(file: &str, text: impl Into<String>) -> Result<Self, DictionaryError> {
        read_table::read(file, text.into())
    }

    /// What the dictionary says about itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The concepts in the order of the source.
    pub fn concepts(&self) -> &[Concept] {
        self.entries.all()
    }

    /// The concept with this number, counted from 0. Of a large table, no other is made.
    ///
    /// # Panics
    /// If there are not so many.
    pub fn concept(&self, number: usize) -> &Concept {
        self.entries.get(number)
    }

    /// How many concepts there are.
    pub fn concept_count(&self) -> usize {
        self.entries.len()
    }

    /// The name of the file that it was read from.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// How an entry of this dictionary is cited, e.g. `DB33/T 2350—2021，3.1.3.9`.
    pub fn cite(&self, clause: Option<&str>) -> String {
        let source = self.header.citation.as_deref().unwrap_or(&self.header.title);
        match clause {
            None => source.to_owned(),
            Some(number) if number.contains('.') => format!("{source}，{number}"),
            // Statutes count in articles, and the number says so itself.
            Some(number) if number.starts_with('第') => format!("{source}{number}"),
            Some(number) => format!("{source}第{number}项"),
        }
    }
}
