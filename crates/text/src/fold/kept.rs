//! The folded texts of a whole document, kept so that nobody folds a block again.

use super::folded::{Folded, Step};
use super::signs::Signs;

/// Folded texts by number, one after the other in one piece of memory; of a text that folding leaves as it is, nothing
/// is kept.
#[derive(Debug, Default)]
pub struct FoldedTexts {
    text: String,
    steps: Vec<Step>,
    ends: Vec<End>,
}

/// Where a folded text ends.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    text: usize,
    steps: usize,
    is_clean: bool,
}

impl FoldedTexts {
    /// Room for `count` texts.
    pub fn with_room(count: usize) -> Self {
        Self { text: String::new(), steps: Vec::new(), ends: Vec::with_capacity(count) }
    }

    /// Keeps the next one.
    pub fn push(&mut self, folded: &Folded<'_>) {
        if !folded.is_clean() {
            self.text.push_str(folded.text());
            self.steps.extend_from_slice(folded.steps());
        }
        self.ends.push(End { text: self.text.len(), steps: self.steps.len(), is_clean: folded.is_clean() });
    }

    /// The folded form of `original`, the text with this number, which holds these signs. A number that was never given
    /// stands for a text that folding leaves as it is.
    pub fn get<'t>(&'t self, number: usize, original: &'t str, signs: Signs) -> Folded<'t> {
        let Some(end) = self.ends.get(number).filter(|end| !end.is_clean) else {
            return Folded::unchanged(original, signs);
        };
        let start = self.start(number);
        let (text, steps) = (&self.text[start.text..end.text], &self.steps[start.steps..end.steps]);
        Folded::kept(original, text, steps, signs)
    }

    /// The same without the way back.
    pub fn text<'t>(&'t self, number: usize, original: &'t str) -> &'t str {
        match self.ends.get(number).filter(|end| !end.is_clean) {
            Some(end) => &self.text[self.start(number).text..end.text],
            None => original,
        }
    }

    fn start(&self, number: usize) -> End {
        number.checked_sub(1).map(|before| self.ends[before]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;

    #[test]
    fn what_is_kept_leads_back_as_what_was_folded() {
        let originals = ["建设數字政府。", "数据", "“”", "都市\u{3000}大脑，ＡＢ c", ""];
        let mut kept = FoldedTexts::with_room(originals.len());
        originals.iter().for_each(|original| kept.push(&fold(original)));
        for (number, original) in originals.into_iter().enumerate() {
            let (folded, again) = (fold(original), kept.get(number, original, Signs::default()));
            assert_eq!(again.text(), folded.text());
            assert_eq!(kept.text(number, original), folded.text());
            assert_eq!(again.is_clean(), folded.is_clean());
            for (start, c) in folded.text().char_indices() {
                let end = start + c.len_utf8();
                assert_eq!(again.original(start, end), folded.original(start, end));
            }
        }
        assert_eq!(kept.get(9, "数", Signs::default()).text(), "数");
    }
}
