//! Jargon: expressions of a document that a reader outside the office would need explained.
//!
//! Precise families are looked for first (五横四纵, “1+5”, X大脑, 浙里X, 政银企, CIM), then whatever stands in
//! quotation marks. Each candidate is weighed by named evidence for and against it; what the dictionaries
//! or the document itself explain is no candidate at all. Only places that a cheap trigger names are
//! looked at more closely, and only the clause around such a place is ever segmented.

mod clause;
mod evidence;
mod explained;
mod gather;
mod hit;
mod knowledge;
mod latin;
mod members;
mod quoted;
mod scan;
mod slogan;
mod stated;
mod suggest;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;

use serde::Deserialize;

use zhengming_text::span::TextRange;

pub use evidence::{Evidence, Feature};
pub use gather::{Surroundings, candidates};
pub use knowledge::{Jargon, JargonError, Sources};
pub use suggest::{Suggester, Suggestion};

/// The kinds of expressions that are looked for, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// A code of digits: 1+5, 10+N, “1612”体系.
    Code,
    /// A slogan that counts: 五横四纵, “七个关键”, 两地三中心.
    Number,
    /// A brand made of a region and a promise: 浙里好玩, 辽事通.
    Brand,
    /// A metaphor as head: 用能大脑, 溪企码.
    Metaphor,
    /// Bodies clipped to one character each: 政银企社.
    Clipped,
    /// A term of some trade, from a list.
    Specialist,
    /// A compound with a coined word in it: 数智供应链, 多跨集成.
    Coined,
    /// Letters: CIM, IoT.
    Letters,
    /// Whatever else stands in quotation marks.
    Quoted,
}

impl Family {
    /// All families.
    pub const ALL: [Self; 9] = [
        Self::Code,
        Self::Number,
        Self::Brand,
        Self::Metaphor,
        Self::Clipped,
        Self::Specialist,
        Self::Coined,
        Self::Letters,
        Self::Quoted,
    ];

    /// The family as one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Number => "number",
            Self::Brand => "brand",
            Self::Metaphor => "metaphor",
            Self::Clipped => "clipped",
            Self::Specialist => "specialist",
            Self::Coined => "coined",
            Self::Letters => "letters",
            Self::Quoted => "quoted",
        }
    }
}

/// What an expression is to an educated official of another province.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Ordinary language; not to be reported.
    Doubtful,
    /// Known to a trade or the nation, or not surely opaque: worth a hint to those who ask for it.
    Likely,
    /// Opaque: worth a warning.
    Confident,
}

impl Confidence {
    /// The confidence as one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Doubtful => "doubtful",
            Self::Likely => "likely",
            Self::Confident => "confident",
        }
    }
}

/// An expression that a reader may need explained, with everything known for and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The expression, without quotation marks and line breaks.
    pub text: String,
    /// What made it a candidate.
    pub family: Family,
    /// Where it stands, in reading order; never empty. Titles of other documents, addresses and code are
    /// left out.
    pub places: Vec<(usize, TextRange)>,
    /// What speaks for and against it.
    pub evidence: Vec<Evidence>,
    /// How likely it is opaque, from 0 to 1.
    pub score: f64,
    /// The score in words.
    pub confidence: Confidence,
}

/// The weights of the evidence, and what a score means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    /// What a family says by itself, as a logarithm of odds.
    families: BTreeMap<Family, f64>,
    /// What each feature adds.
    features: BTreeMap<Feature, f64>,
    thresholds: Thresholds,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Thresholds {
    likely: f64,
    confident: f64,
}

impl Weights {
    /// The probability that the evidence adds up to.
    fn score(&self, family: Family, evidence: &[Evidence]) -> f64 {
        let of = |evidence: &Evidence| self.features.get(&evidence.feature).copied().unwrap_or_default();
        let sum =
            self.families.get(&family).copied().unwrap_or_default() + evidence.iter().map(of).sum::<f64>();
        1.0 / (1.0 + (-sum).exp())
    }

    /// A listed term of a trade, and what a second province uses, is known to somebody: never opaque. Of letter words
    /// that is worth a hint.
    fn confidence(&self, family: Family, evidence: &[Evidence], score: f64) -> Confidence {
        let has = |feature: Feature| evidence.iter().any(|one| one.feature == feature);
        let is_met = has(Feature::Known) || has(Feature::Familiar);
        let is_term = family == Family::Specialist || (family == Family::Letters && is_met);
        if score >= self.thresholds.confident && !is_term && !has(Feature::Known) {
            Confidence::Confident
        } else if is_term || score >= self.thresholds.likely {
            Confidence::Likely
        } else {
            Confidence::Doubtful
        }
    }
}
