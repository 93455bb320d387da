//! The cheapest way to read a text as a part of a term.

/// One difference between the term and the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Another character stands in place of the term's.
    Substituted(char),
    /// A character stands before the term's.
    Added(char),
    /// The term's character is missing.
    Missing,
    /// The term's character and the next changed places.
    Swapped,
}

impl Step {
    pub(super) fn substituted(self) -> Option<char> {
        if let Self::Substituted(c) = self { Some(c) } else { None }
    }

    pub(super) fn added(self) -> Option<char> {
        if let Self::Added(c) = self { Some(c) } else { None }
    }

    pub(super) fn is_missing(self) -> bool {
        self == Self::Missing
    }
}

/// A reading of the beginning of a text as a whole part of a term.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Alignment {
    pub(super) cost: usize,
    /// Bytes of the text that were read.
    pub(super) bytes: usize,
    /// The differences, with the term's character they are at, in the order of reading.
    pub(super) steps: Vec<(usize, Step)>,
}

/// Reads the beginning of `text` as `part` with at most `budget` differences; of several readings, one
/// with the fewest. Only Chinese characters are read.
pub(super) fn align(
    part: &[char],
    text: impl Iterator<Item = char>,
    budget: usize,
    only_substitution: bool,
) -> Option<Alignment> {
    let window: Vec<char> =
        text.take(part.len() + budget).take_while(|&c| zhengming_text::fold::is_han(c)).collect();
    let mut search = Search { part, window: &window, only_substitution, steps: Vec::new(), best: None };
    search.read(0, 0, budget);
    search.best
}

/// How many differences a reading of the beginning of `text` as `part` has at least; more than two are told
/// as two. It looks no further than one character past the first difference.
pub(super) fn least_cost(
    part: &[char],
    mut text: impl Iterator<Item = char>,
    only_substitution: bool,
) -> usize {
    for (at, &wanted) in part.iter().enumerate() {
        let here = text.next();
        if here == Some(wanted) {
            continue;
        }
        let Some(&second) = part.get(at + 1) else { return 1 };
        let next = text.next();
        let (substituted, missing, added) =
            (next == Some(second), here == Some(second), next == Some(wanted));
        let one = substituted || added || !only_substitution && missing;
        return if one { 1 } else { 2 };
    }
    0
}

/// Depth first with a budget of at most two: cheaper than a table for parts this short, and it keeps
/// the steps.
struct Search<'a> {
    part: &'a [char],
    window: &'a [char],
    only_substitution: bool,
    steps: Vec<(usize, Step)>,
    best: Option<Alignment>,
}

impl Search<'_> {
    /// Reads on from character `at` of the part and `read` of the text.
    fn read(&mut self, mut at: usize, mut read: usize, budget: usize) {
        while at < self.part.len() && self.part.get(at) == self.window.get(read) {
            at += 1;
            read += 1;
        }
        if at == self.part.len() {
            if self.best.as_ref().is_none_or(|best| self.steps.len() < best.cost) {
                let bytes = self.window[..read].iter().map(|c| c.len_utf8()).sum();
                self.best = Some(Alignment { cost: self.steps.len(), bytes, steps: self.steps.clone() });
            }
            return;
        }
        if budget == 0 {
            return;
        }
        let (here, next) = (self.window.get(read).copied(), self.window.get(read + 1).copied());
        // A character written twice is the likeliest slip of all, so it goes before what costs as little.
        if let Some(c) = here.filter(|c| at > 0 && *c == self.part[at - 1] && next == Some(self.part[at])) {
            self.attempt(at, Step::Added(c), (at, read + 1), budget);
        }
        if here.is_some() && here == self.part.get(at + 1).copied() && next == Some(self.part[at]) {
            self.attempt(at, Step::Swapped, (at + 2, read + 2), budget);
        }
        if let Some(c) = here {
            self.attempt(at, Step::Substituted(c), (at + 1, read + 1), budget);
        }
        if self.only_substitution {
            return;
        }
        if let Some(c) = here {
            self.attempt(at, Step::Added(c), (at, read + 1), budget);
        }
        self.attempt(at, Step::Missing, (at + 1, read), budget);
    }

    fn attempt(&mut self, at: usize, step: Step, (next, read): (usize, usize), budget: usize) {
        self.steps.push((at, step));
        self.read(next, read, budget - 1);
        self.steps.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(part: &str, text: &str, budget: usize) -> Option<Vec<(usize, Step)>> {
        let part: Vec<char> = part.chars().collect();
        align(&part, text.chars(), budget, false).map(|alignment| alignment.steps)
    }

    #[test]
    fn each_kind_of_difference_is_read() {
        assert_eq!(steps("驾驶舱", "驾驶舱建设", 1), Some(vec![]));
        assert_eq!(steps("驾驶舱", "驾驶仓建设", 1), Some(vec![(2, Step::Substituted('仓'))]));
        assert_eq!(steps("改革门户", "改革总门户", 1), Some(vec![(2, Step::Added('总'))]));
        assert_eq!(steps("化改革门户", "改革门户", 1), Some(vec![(0, Step::Missing)]));
        assert_eq!(steps("智治", "治智理念", 1), Some(vec![(0, Step::Swapped)]));
        assert_eq!(steps("数据平台", "数据平平台。", 1), Some(vec![(3, Step::Added('平'))]));
    }

    #[test]
    fn what_costs_too_much_is_no_reading() {
        assert_eq!(steps("驾驶舱", "检查站", 1), None);
        assert_eq!(steps("平台", "，平台", 1), None, "punctuation is never skipped");
        assert_eq!(steps("数据平台", "服务平台", 1), None);
        assert_eq!(steps("数据平台", "服务平台", 2).unwrap().len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn no_reading_costs_less_than_the_least(
            part in "[甲乙丙丁]{0,6}", text in "[甲乙丙丁，]{0,8}", budget in 1_usize..3, only in proptest::bool::ANY,
        ) {
            let letters: Vec<char> = part.chars().collect();
            let least = least_cost(&letters, text.chars(), only);
            if let Some(reading) = align(&letters, text.chars(), budget, only) {
                proptest::prop_assert!(least <= reading.cost, "{part} in {text}: {least}");
            }
        }
    }

    #[test]
    fn bytes_are_those_read() {
        let part: Vec<char> = "门户".chars().collect();
        let alignment = align(&part, "总门户网".chars(), 1, false).unwrap();
        assert_eq!((alignment.cost, alignment.bytes), (1, 9));
    }
}
