//! Findings as plain data. How they are shown is the business of `zhengming-report`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::message::{Lang, Text};
use crate::point::Point;
use crate::span::Span;
use crate::zh::mark;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a build by default.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// The word used in reports and configuration: `info`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding in one document. In its serialised form it does not name its rule: whoever keeps it knows the
/// list of rules, and says so by their order or ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule's id, e.g. `nonstandard-variant`.
    #[serde(skip)]
    pub rule: &'static str,
    /// The rule's family, e.g. `variant`.
    #[serde(skip)]
    pub family: &'static str,
    /// How much it matters, after configuration.
    pub severity: Severity,
    /// What is wrong, quoting the text.
    pub message: Text,
    /// What is expected at that place, in a few words.
    pub label: Text,
    /// Why, and the ways out.
    pub help: Help,
    /// The bytes of the source at fault, markup and line breaks in between included.
    pub span: Span,
    /// The number of the block that holds the finding.
    pub block: usize,
    /// The sentence around the finding, for the fingerprint and for reports.
    pub sentence: String,
    /// What it says, as data: findings of one rule with the same key are one for a reader, wherever in the document they
    /// stand.
    pub key: Option<String>,
    /// The concept that is meant, if the finding is about one.
    pub concept: Option<ConceptRef>,
    /// Ways to mend it. At most one is [`Applicability::Safe`].
    pub fixes: Vec<Fix>,
    /// Other places that belong to the finding.
    pub related: Vec<Related>,
    /// How sure the rule is, of 100, where it weighs evidence. People are shown the surest ones of a document first.
    pub sureness: Option<u8>,
}

/// The concept that a finding is about, with where it is defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConceptRef {
    /// The concept's id, stable over editions.
    pub id: String,
    /// Its preferred designation.
    pub preferred: String,
    /// The dictionary's id; nothing for a concept that only an overlay names.
    pub dictionary: Option<String>,
    /// The clause or row number in that dictionary.
    pub clause: Option<String>,
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Where; in the same document, unless `elsewhere` names one.
    pub span: Span,
    /// What stands there.
    pub message: Text,
    /// The place in a document of the folder, which need not be at hand. `span` then counts its bytes.
    pub elsewhere: Option<Elsewhere>,
}

/// A place in a document that is not at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The path of the document.
    pub path: String,
    /// Where the place starts.
    pub start: Point,
    /// Where it ends.
    pub end: Point,
    /// The place in words, where line and column mean nothing to a reader.
    pub place: Option<Text>,
}

/// Why a finding is one, and the ways out, each part for those who can use it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// What the finding rests on: dictionary, clause and edition, or what is known of the expression.
    pub basis: Option<Text>,
    /// What the author of the document can do.
    pub author: Option<Text>,
    /// What those who run the program can do: options and configuration.
    pub operator: Option<Text>,
}

impl Help {
    /// All of it, sentence by sentence; nothing where there is nothing to say.
    pub fn whole(&self, lang: Lang) -> Option<String> {
        sentences([&self.basis, &self.author, &self.operator], lang)
    }

    /// What somebody can use who has the document and neither a command line nor a configuration.
    pub fn for_author(&self, lang: Lang) -> Option<String> {
        sentences([&self.basis, &self.author, &None], lang)
    }
}

/// The parts that say something, with a full stop between them.
fn sentences(parts: [&Option<Text>; 3], lang: Lang) -> Option<String> {
    let (stop, ends): (_, &[char]) = match lang {
        Lang::Zh => ("。", &mark::STATEMENT_ENDS),
        Lang::En => (". ", &['.', ';', ':', '!', '?']),
    };
    let mut all = String::new();
    for part in parts.into_iter().flatten() {
        let part = part.get(lang);
        if part.is_empty() {
            continue;
        }
        if !all.is_empty() {
            match (all.ends_with(ends), lang) {
                (false, _) => all += stop,
                (true, Lang::En) => all.push(' '),
                (true, Lang::Zh) => {}
            }
        }
        all += part;
    }
    (!all.is_empty()).then_some(all)
}

/// One way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, e.g. `改为“浙政钉”`.
    pub title: Text,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
    /// The edits, in order, not overlapping. Empty if the text cannot be edited in place.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// The meaning cannot change and a second run finds nothing.
    Safe,
    /// A proposal for the author.
    Suggestion,
}

/// Replacement of some bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Span,
    /// What to put there.
    pub text: String,
}

impl Diagnostic {
    /// A name for the finding that does not depend on where in the document it stands:
    /// 16 hexadecimal digits made from the rule, the concept and the sentence without white space.
    pub fn fingerprint(&self) -> String {
        let sentence: String = self.sentence.chars().filter(|c| !c.is_whitespace()).collect();
        let concept = self.concept.as_ref().map_or("", |concept| concept.id.as_str());
        // FNV-1a: stable over versions and machines, which the standard hasher is not.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in [self.rule, concept, &sentence].join("\0").bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("{hash:016x}")
    }
}

/// Applies the edits of several fixes to `source`, first come first served: a fix that touches
/// bytes already claimed by an earlier one is left out. Gives the new text and the number applied.
pub fn apply_fixes<'f>(source: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut claimed: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut applied = 0;
    for fix in fixes {
        let free = !fix.edits.is_empty()
            && fix.edits.iter().all(|edit| {
                let before = claimed.range(..=edit.span).next_back();
                let after = claimed.range(edit.span..).next();
                [before, after].into_iter().flatten().all(|(span, _)| !touches(edit.span, *span))
            });
        if free {
            claimed.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
            applied += 1;
        }
    }
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for edit in claimed.into_values().filter(|edit| edit.span.end <= source.len()) {
        // Edits of one fix that overlap would mangle the text; the later is dropped.
        if edit.span.start < at {
            continue;
        }
        out.push_str(&source[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(&source[at..]);
    (out, applied)
}

fn touches(a: Span, b: Span) -> bool {
    a.overlaps(b) || a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(start: usize, end: usize, text: &str) -> Fix {
        Fix {
            title: Text::default(),
            applicability: Applicability::Safe,
            edits: vec![Edit { span: Span::new(start, end), text: text.to_owned() }],
        }
    }

    #[test]
    fn overlapping_fixes_are_not_mixed() {
        let fixes = [fix(3, 6, "X"), fix(0, 3, "Y"), fix(5, 9, "Z")];
        assert_eq!(apply_fixes("aaabbbccc", &fixes), ("YXccc".to_owned(), 2));
    }

    #[test]
    fn fingerprints_ignore_line_breaks_but_not_the_rule() {
        let mut diagnostic = Diagnostic {
            rule: "nonstandard-variant",
            family: "variant",
            severity: Severity::Warning,
            message: Text::default(),
            label: Text::default(),
            help: Help::default(),
            span: Span::new(0, 9),
            block: 0,
            sentence: "使用浙政盯\n办公".to_owned(),
            key: None,
            concept: None,
            fixes: Vec::new(),
            related: Vec::new(),
            sureness: None,
        };
        let before = diagnostic.fingerprint();
        diagnostic.sentence = "使用浙政盯办公".to_owned();
        assert_eq!(diagnostic.fingerprint(), before);
        diagnostic.rule = "superseded-term";
        assert_ne!(diagnostic.fingerprint(), before);
    }
}
