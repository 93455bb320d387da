//! The digest of one document: what rules over a whole folder need to know of it, and no more.
//!
//! A folder is read in two halves. Each document becomes a [`Summary`], on any machine; the summaries
//! together become findings (see `zhengming_lint::folder`). A summary is written as one line of JSON.

mod acronym;
mod framework;
mod place;
mod read;
mod stand_in;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::citation::{Kind, Role};
use crate::definition::Pattern;
use zhengming_terms::register::Standing;
use zhengming_text::date::{Date, DateKind};

pub use acronym::Acronym;
pub use framework::{Framework, Shape};
pub use place::Site;
pub use stand_in::stand_in;

/// The version of the form in which summaries are written. Another version is not read.
pub const VERSION: u32 = 2;

/// What one document says, as far as other documents may contradict it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// [`VERSION`]
    pub version: u32,
    /// The path under which the document was read.
    pub path: String,
    /// The title.
    pub title: Option<String>,
    /// The organ that issued it.
    #[serde(default)]
    pub issuer: Option<String>,
    /// The number under which it was issued.
    #[serde(default)]
    pub number: Option<String>,
    /// The day of the document.
    pub date: Option<Date>,
    /// What happened on that day.
    #[serde(default)]
    pub date_kind: Option<DateKind>,
    /// The province that it is of: 浙江.
    #[serde(default)]
    pub region: Option<String>,
    /// How sure that is: `sure`, `likely`, `guess`.
    #[serde(default)]
    pub region_confidence: Option<String>,
    /// Characters of prose.
    pub characters: usize,
    /// The numbers under which the document itself is published.
    pub own_numbers: Vec<String>,
    /// That of these numbers under which it is a standard, unless the register knows it to be out of force.
    #[serde(default)]
    pub standard: Option<String>,
    /// Spellings of known concepts, by concept and spelling.
    pub mentions: Vec<Mentioned>,
    /// What it defines, in reading order.
    pub definitions: Vec<Defined>,
    /// Short forms that it declares, in reading order.
    pub abbreviations: Vec<Abbreviated>,
    /// What it cites, each document and edition once, in the order of first citation.
    pub citations: Vec<Referred>,
    /// Expressions such as 四横四纵, in reading order of their first place.
    pub frameworks: Vec<Framework>,
    /// Acronyms with what they stand for, in reading order.
    pub acronyms: Vec<Acronym>,
}

/// How often a document writes one spelling of one concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentioned {
    /// The concept's id.
    pub concept: String,
    /// Its preferred designation on the day of the document.
    pub preferred: String,
    /// The spelling, as the dictionary writes it.
    pub spelling: String,
    /// With what standing.
    pub standing: Usage,
    /// Whether it names an organisation.
    pub organization: bool,
    /// The ids of the concepts that it is easily confused with.
    pub confusable: Vec<String>,
    /// How often it stands there to be judged.
    pub count: usize,
    /// How often it is right where it stands: in a title, defined there, declared as a short form.
    pub exempt: usize,
    /// The first place that is to be judged; if there is none, the first place.
    pub site: Site,
}

/// The standing of a spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Usage {
    /// The designation to use.
    Preferred,
    /// May be used as well.
    Admitted,
    /// Should not be used.
    Deprecated,
    /// Was used until a day.
    Superseded,
    /// No designation.
    Variant,
}

impl Usage {
    /// Whether the spelling may be used as it is.
    pub fn is_allowed(self) -> bool {
        matches!(self, Self::Preferred | Self::Admitted)
    }
}

/// A definition that a document gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defined {
    /// The term, without line breaks.
    pub term: String,
    /// The defining text, blocks joined.
    pub body: String,
    /// How it is said.
    pub pattern: Pattern,
    /// Dictionary and clause, if the text is that of a loaded dictionary.
    #[serde(default)]
    pub official: Option<String>,
    /// Whether the definition holds for its document only: 本办法所称, a terms clause.
    pub scoped: bool,
    /// How often the document uses the term outside of its definition; if never, how often it uses the last
    /// half of a long one.
    pub uses: usize,
    /// Where the term stands.
    pub site: Site,
}

/// A short form that a document declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abbreviated {
    /// The short form.
    pub short: String,
    /// Where it is declared.
    pub site: Site,
}

/// A document that another one cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referred {
    /// The canonical form: `GB/T 1.1—2020`, `《浙江省公共数据条例》`.
    pub normal: String,
    /// What its editions have in common: `GB/T 1.1`.
    pub series: String,
    /// The edition: a year, `6.0版`.
    pub edition: Option<String>,
    /// What kind of name it is.
    pub kind: Kind,
    /// What it is named for; of several, the one that relies on it.
    pub role: Role,
    /// The clauses it points to.
    pub clauses: Vec<String>,
    /// How the edition stands by the register; nothing if the register does not know it.
    pub standing: Option<Standing>,
    /// How it stood on the day that the document is read for, which rules go by; as `standing` if there is none.
    pub standing_then: Option<Standing>,
    /// What has taken its place.
    pub successor: Option<String>,
    /// How often it is cited.
    pub count: usize,
    /// The first place.
    pub site: Site,
}

impl Summary {
    /// What messages call the document: the last part of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
}
