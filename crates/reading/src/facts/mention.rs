//! One place where a document writes a spelling of a known concept.

use crate::prose;
use zhengming_terms::dictionary::{Status, Subject};
use zhengming_terms::matcher::Match;
use zhengming_terms::termbase::{KeyId, Role, Spelling, TermBase};
use zhengming_text::fold;
use zhengming_text::span::TextRange;

/// A spelling of a known concept in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The number of the block.
    pub block: usize,
    /// Where in the block's text, with the quotation marks that belong to the spelling.
    pub range: TextRange,
    /// The folded spelling.
    pub key: KeyId,
    /// How the text departs from the spelling it stands for, if only in shape.
    pub deviation: Option<Deviation>,
    /// Why the mention is not to be judged, if it may be at fault at all.
    pub exemption: Option<Exemption>,
    spelling: usize,
}

/// A difference of shape that every reader overlooks and no search does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deviation {
    /// Traditional characters.
    Traditional,
    /// Full-width letters or digits.
    Width,
    /// Upper for lower case, or the reverse.
    Case,
    /// Without the quotation marks that are part of the designation.
    Unquoted,
}

/// Why a spelling that is not the standard one is right where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exemption {
    /// The document is the source that defines the concept.
    OwnSource,
    /// It is part of a title.
    Title,
    /// It is part of an address, a path or data.
    Code,
    /// A break that somebody typed stands inside it, or an official term runs over the break beside it.
    Broken,
    /// The sentence speaks of the word itself: 原称, 更名为, 不得写作.
    Statement,
    /// The document defines it.
    DefinedHere,
    /// The document declared it as a short form.
    DeclaredShort,
    /// Its company shows another sense.
    OtherSense,
}

impl Mention {
    pub(super) fn new(block: usize, text: &str, found: Match, termbase: &TermBase) -> Self {
        let range = prose::with_quotes(text, found.range);
        let spellings = termbase.spellings(found.key);
        let (spelling, deviation) = choose(spellings, &text[range.range()]);
        let marked =
            text[..range.start].ends_with(fold::is_quote) || text[range.end..].starts_with(fold::is_quote);
        // Quotation marks around the whole leave no room for those inside; that is style, not a slip.
        let deviation = deviation.filter(|&deviation| deviation != Deviation::Unquoted || !marked);
        Self { block, range, key: found.key, deviation, exemption: None, spelling }
    }

    /// The spelling of the dictionary that it stands for.
    pub fn spelling<'b>(&self, termbase: &'b TermBase) -> &'b Spelling {
        &termbase.spellings(self.key)[self.spelling]
    }

    /// Whether some rule might object: it is no allowed designation, or is easily confused.
    pub(super) fn is_doubtful(&self, termbase: &TermBase) -> bool {
        let spelling = self.spelling(termbase);
        // Admitted names are judged for mixing; organisations have several by right.
        let admitted = matches!(spelling.role, Role::Designation { status: Status::Admitted, .. });
        self.deviation.is_some()
            || !spelling.role.is_allowed()
            || (admitted && termbase.concept(spelling.concept).subject == Subject::Terms)
            || termbase.is_confusable(spelling.concept)
    }
}

/// The spelling that the raw text comes nearest to: letter by letter, then but for quotation marks, then
/// but for shape. Allowed spellings come first in the list.
fn choose(spellings: &[Spelling], raw: &str) -> (usize, Option<Deviation>) {
    // One spelling, written as it should be: the usual case, decided without a copy.
    if spellings.len() == 1 && spellings[0].text == raw {
        return (0, None);
    }
    let (exact, bare) = (written(raw, true), written(raw, false));
    let position = |quotes: bool, wanted: &str| {
        spellings.iter().position(|spelling| written(&spelling.text, quotes) == wanted)
    };
    if let Some(index) = position(true, &exact) {
        return (index, None);
    }
    if let Some(index) = position(false, &bare) {
        let lost = exact == bare && spellings[index].role.is_allowed();
        return (index, lost.then_some(Deviation::Unquoted));
    }
    let first = &spellings[0];
    let allowed = matches!(&first.role, Role::Designation { .. });
    (0, allowed.then(|| deviation(&bare, &written(&first.text, false))))
}

/// `text` without layout: no white space, no zero-width characters, radicals as characters, all
/// quotation marks alike or none.
fn written(text: &str, quotes: bool) -> String {
    text.chars()
        .filter(|&c| !fold::is_space(c) && !fold::is_zero_width(c) && (quotes || !fold::is_quote(c)))
        .map(|c| match c {
            _ if fold::is_quote(c) => '"',
            _ if fold::is_compatibility(c) => fold::folded_char(c).unwrap_or(c),
            _ => c,
        })
        .collect()
}

fn deviation(found: &str, expected: &str) -> Deviation {
    let differs = |c: &(char, char)| c.0 != c.1;
    let mut pairs = found.chars().zip(expected.chars()).filter(differs).map(|(c, _)| c);
    let any = |test: fn(char) -> bool| pairs.clone().any(test);
    if any(|c| fold::simplified(c).is_some()) {
        Deviation::Traditional
    } else if pairs.any(|c| !c.is_ascii()) {
        Deviation::Width
    } else {
        Deviation::Case
    }
}
