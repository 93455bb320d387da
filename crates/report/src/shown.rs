//! What people are shown of a document: of findings that weigh evidence only the surest ones, unless they ask for all.

use zhengming::Finding;
use zhengming_text::diagnostic::Diagnostic;

/// How many such findings a document shows at most. More are a wall, which nobody reads.
pub(crate) const MOST: usize = 5;

/// What may say how sure its rule is.
pub trait Weighed {
    /// How sure, of 100; nothing where the rule weighs no evidence.
    fn sureness(&self) -> Option<u8>;
}

impl Weighed for Diagnostic {
    fn sureness(&self) -> Option<u8> {
        self.sureness
    }
}

impl Weighed for Finding {
    fn sureness(&self) -> Option<u8> {
        self.sureness
    }
}

/// The findings that are shown, in their order, and how many are not.
pub fn shown<T: Weighed>(findings: &[T], all: bool) -> (Vec<&T>, usize) {
    let mut weighed: Vec<(usize, u8)> = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        weighed.extend(finding.sureness().map(|sureness| (index, sureness)));
    }
    if all || weighed.len() <= MOST {
        return (findings.iter().collect(), 0);
    }
    // Of equally sure ones the first in the text.
    weighed.sort_by_key(|&(index, sureness)| (std::cmp::Reverse(sureness), index));
    let hidden: Vec<usize> = weighed[MOST..].iter().map(|&(index, _)| index).collect();
    let is_shown = |&(index, _): &(usize, &T)| !hidden.contains(&index);
    let shown = findings.iter().enumerate().filter(is_shown).map(|(_, finding)| finding);
    (shown.collect(), hidden.len())
}

#[cfg(test)]
mod tests {
    use zhengming_text::diagnostic::Severity;
    use zhengming_text::message::Text;
    use zhengming_text::span::Span;

    use super::*;

    fn weighed(at: usize, sureness: Option<u8>) -> Diagnostic {
        Diagnostic {
            rule: "undefined-term",
            family: "jargon",
            severity: Severity::Warning,
            message: Text::default(),
            label: Text::default(),
            help: zhengming_text::diagnostic::Help::default(),
            key: None,
            span: Span::new(at, at + 1),
            block: 0,
            sentence: String::new(),
            concept: None,
            fixes: Vec::new(),
            related: Vec::new(),
            sureness,
        }
    }

    #[test]
    fn the_surest_five_are_shown_in_the_order_of_the_text() {
        let sureness = [Some(50), None, Some(90), Some(60), Some(70), Some(80), Some(60), Some(50)];
        let all: Vec<Diagnostic> =
            sureness.into_iter().enumerate().map(|(at, one)| weighed(at, one)).collect();
        let starts = |shown: Vec<&Diagnostic>| shown.iter().map(|one| one.span.start).collect::<Vec<_>>();
        let (some, hidden) = shown(&all, false);
        assert_eq!((starts(some), hidden), (vec![1, 2, 3, 4, 5, 6], 2));
        assert_eq!(shown(&all, true).1, 0);
        assert_eq!(shown(&all[..6], false).1, 0);
    }
}
