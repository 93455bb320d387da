//! Citations: standards, numbers of documents, titles, in all the forms in which people write them.
//!
//! ```
//! use zhengming_reading::citation::citations;
//!
//! let found = citations("按照GB／T 1. 1一2020和国发[2018]43号执行", None);
//! let normal: Vec<_> = found.iter().map(|one| one.normal.as_str()).collect();
//! assert_eq!(normal, ["GB/T 1.1—2020", "国发〔2018〕43号"]);
//! ```

mod clause;
mod cues;
mod document;
mod foreign;
mod number;
mod role;
mod scan;
mod split;
mod standard;
#[cfg(test)]
mod tests;
mod title;

use serde::{Deserialize, Serialize};

use zhengming_terms::register::Register;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

pub use document::Cited;
pub(crate) use document::{citations_in, own_numbers, own_year};

/// A place where a text names another document, or itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The number or title, without the clause.
    pub range: TextRange,
    /// What kind of name it is.
    pub kind: Kind,
    /// The canonical form: `GB/T 1.1—2020`, `国发〔2018〕43号`, `《浙江省公共数据条例》`.
    pub normal: String,
    /// What its editions have in common: `GB/T 1.1`, `国发`, a title without its version.
    pub series: String,
    /// The number within the series: `1.1`, `43`.
    pub number: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// The edition: the year of a standard, `6.0版`, `征求意见稿`.
    pub edition: Option<String>,
    /// The clause it points to: `3.1.3.20`, `第三条`.
    pub clause: Option<String>,
    /// Where the clause stands.
    pub clause_range: Option<TextRange>,
    /// What was mended to read it.
    pub repaired: Option<Repair>,
    /// What the text names it for.
    pub role: Role,
}

impl Citation {
    /// Whether one edition is meant.
    pub fn dated(&self) -> bool {
        self.edition.is_some() || self.year.is_some()
    }
}

/// What kind of name a citation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// `GB/T 1.1—2020`
    Standard,
    /// `国发〔2018〕43号`
    DocumentNumber,
    /// `江苏省人民政府令第148号`
    Decree,
    /// `《浙江省公共数据条例》`, also without its marks
    Title,
}

impl Kind {
    /// The kind as one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::DocumentNumber => "document-number",
            Self::Decree => "decree",
            Self::Title => "title",
        }
    }
}

/// What a text names a document for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// To refer to it.
    Reference,
    /// As the source of what stands before: ［来源：…］.
    Source,
    /// To tell what was: 代替…, 在5.0版的基础上.
    History,
    /// Itself: cover, running head, own title.
    Own,
    /// By the short form that it declared: 《方案》.
    ShortForm,
    /// As an entry of a register of editions, old and new.
    Listed,
}

impl Role {
    /// Whether the document relies on what it cites: not what it is itself, not what was, not its own short forms.
    pub fn is_relied_on(self) -> bool {
        matches!(self, Self::Reference | Self::Source)
    }
}

/// What was wrong with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What was mended.
    pub defects: Vec<Defect>,
    /// Whether another reading is possible.
    pub guessed: bool,
}

/// One way in which a number departs from its canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Defect {
    /// A hyphen or another stroke for the dash.
    Dash,
    /// 一 for the dash.
    HanDash,
    /// No dash at all.
    LostDash,
    /// Another character for the slash, or none.
    Slash,
    /// White space missing or inside.
    Space,
    /// Full-width or lower-case letters and digits, damaged letters.
    Letter,
    /// Two digits for the year.
    ShortYear,
    /// Other brackets than 〔〕.
    Bracket,
    /// A letter glued on the left.
    Glued,
}

/// All citations in the text of one block, in order. With a register, numbers that lost their dash are
/// split where it knows the number.
pub fn citations(text: &str, register: Option<&Register>) -> Vec<Citation> {
    citations_seen(text, register, Signs::of(text))
}

/// The same of a text with these signs.
fn citations_seen(text: &str, register: Option<&Register>, signs: Signs) -> Vec<Citation> {
    let mut found = Vec::new();
    if signs.any(Signs::LETTER) {
        standard::find(text, register, &mut found);
    }
    if signs.any(Signs::NUMBER) {
        number::find(text, signs, &mut found);
    }
    title::find(text, signs, register, &mut found);
    if found.is_empty() {
        return found;
    }
    found.sort_by_key(|citation| (citation.range.start, std::cmp::Reverse(citation.range.end)));
    found.dedup_by(|later, first| later.range == first.range);
    for citation in &mut found {
        citation.role = role::of(text, citation);
    }
    found
}

/// Where `text` names standards by their numbers, in order; numbers that a clause follows are left out.
pub(crate) fn standard_numbers(text: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    standard::find(text, None, &mut found);
    found.iter().filter(|number| number.clause.is_none()).map(|number| number.range).collect()
}
