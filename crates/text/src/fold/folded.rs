//! A folded text, and from each of its places the way back.

use super::signs::Signs;
use crate::span::TextRange;

/// A folded text and the way back.
#[derive(Debug)]
pub struct Folded<'t> {
    original: &'t str,
    /// Whether the folded text is the original; else it is in the memory.
    is_clean: bool,
    memory: Memory<'t>,
    signs: Signs,
}

/// Where a folded text is, with the places where the offset between the two texts changes.
#[derive(Debug)]
enum Memory<'t> {
    Own(Spare),
    Kept(&'t str, &'t [Step]),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) folded: usize,
    pub(super) original: usize,
    /// Bytes of the original character, if this step is one changed character; 0 for a stretch.
    pub(super) changed: usize,
}

/// Memory of a text that was folded, to fold the next one with.
#[derive(Debug, Default)]
pub struct Spare {
    pub(super) text: String,
    pub(super) steps: Vec<Step>,
}

impl<'t> Folded<'t> {
    /// The folded form of `original`: in the memory, unless folding left all as it was.
    pub(super) fn new(original: &'t str, is_clean: bool, spare: Spare, signs: Signs) -> Self {
        Self { original, is_clean, memory: Memory::Own(spare), signs }
    }

    /// The folded form of `original` that is kept elsewhere.
    pub(super) fn kept(original: &'t str, text: &'t str, steps: &'t [Step], signs: Signs) -> Self {
        Self { original, is_clean: false, memory: Memory::Kept(text, steps), signs }
    }

    /// The folded text as one of its own.
    pub(super) fn into_text(self) -> String {
        match self.memory {
            Memory::Own(spare) if !self.is_clean => spare.text,
            _ => self.text().to_owned(),
        }
    }

    /// A `text` that is known to be its own folded form: one without [`Signs::FOLDED`].
    pub fn unchanged(text: &'t str, signs: Signs) -> Self {
        Self { original: text, is_clean: true, memory: Memory::Kept(text, &[]), signs }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        match &self.memory {
            _ if self.is_clean => self.original,
            Memory::Own(spare) => &spare.text,
            Memory::Kept(text, _) => text,
        }
    }

    pub(super) fn steps(&self) -> &[Step] {
        match &self.memory {
            Memory::Own(spare) => &spare.steps,
            Memory::Kept(_, steps) => steps,
        }
    }

    /// What the original text holds: folding looks at every character anyhow.
    pub fn signs(&self) -> Signs {
        self.signs
    }

    /// Whether folding changed nothing.
    pub fn is_clean(&self) -> bool {
        self.is_clean
    }

    /// The bytes of the original text that `start..end` of the folded text was made from.
    pub fn original(&self, start: usize, end: usize) -> TextRange {
        if self.is_clean() {
            return TextRange::new(start, end);
        }
        TextRange::new(self.original_start(start), self.original_end(end))
    }

    /// Its memory, to fold the next text with.
    pub fn into_spare(self) -> Spare {
        match self.memory {
            Memory::Own(spare) => spare,
            Memory::Kept(..) => Spare::default(),
        }
    }

    fn original_start(&self, offset: usize) -> usize {
        match self.step_at(offset) {
            None => offset,
            Some(step) if step.changed > 0 && step.folded == offset => step.original,
            Some(step) => step.original + step.changed + (offset - step.folded) - self.folded_len(step),
        }
    }

    fn original_end(&self, offset: usize) -> usize {
        let Some(last) = offset.checked_sub(1) else { return 0 };
        match self.step_at(last) {
            None => offset,
            Some(step) if step.changed > 0 => step.original + step.changed,
            Some(step) => step.original + (offset - step.folded),
        }
    }

    fn step_at(&self, offset: usize) -> Option<Step> {
        let steps = self.steps();
        let after = steps.partition_point(|step| step.folded <= offset);
        after.checked_sub(1).map(|index| steps[index])
    }

    fn folded_len(&self, step: Step) -> usize {
        if step.changed == 0 {
            0
        } else {
            self.text()[step.folded..].chars().next().map_or(0, char::len_utf8)
        }
    }
}
