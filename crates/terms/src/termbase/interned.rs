//! Many short texts in one piece of memory, each known by a number and found by its text.

use std::hash::Hasher;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHasher;

use crate::stored::array::Array;
use crate::stored::{Bytes, Reader, Writer};

/// Texts that are read together.
const GROUP: usize = 128;
/// The most bytes of all texts: where they end is told in 32 bits. Tests make do with less.
const MOST_BYTES: usize = if cfg!(test) { 1 << 20 } else { u32::MAX as usize };

/// Texts that are all different, numbered from 0 in the order in which they came.
///
/// They may come from a file, so no number and no damage makes it panic: a text that is none is empty, and the file
/// is told if there should be one.
#[derive(Debug, Default, Clone)]
pub(crate) struct Interned {
    texts: Texts,
    /// Where each text ends.
    ends: Array<u32>,
    /// Numbers plus one by the hash of their texts, the next free place being taken; 0 where there is none.
    /// A power of two, at most three quarters full. The bits that no number needs are those of the hash, so that
    /// hardly a text is compared in vain.
    slots: Array<u32>,
    /// Whether some text found no room.
    is_full: bool,
}

/// All texts, one after the other. Bytes, because it would take long to see that a stored million are UTF-8.
#[derive(Debug, Clone)]
enum Texts {
    Held(Vec<u8>),
    /// Read in groups when asked for.
    Kept(Bytes, Arc<[OnceLock<Box<[u8]>>]>),
}

impl Default for Texts {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl Interned {
    /// No texts yet, with room for `count` of them.
    pub(crate) fn with_room(count: usize) -> Self {
        let slots = (count + count / 3 + 2).next_power_of_two();
        let (ends, slots) = (Vec::with_capacity(count), vec![0; slots]);
        Self { texts: Texts::default(), ends: Array::Held(ends), slots: Array::Held(slots), is_full: false }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text with this number.
    pub(crate) fn text(&self, number: usize) -> &str {
        str::from_utf8(self.bytes(number)).unwrap_or_else(|_| {
            self.texts.lost();
            ""
        })
    }

    /// The text with this number, as bytes.
    pub(crate) fn bytes(&self, number: usize) -> &[u8] {
        let range = self.start(number)..self.ends.get(number) as usize;
        match &self.texts {
            Texts::Held(texts) => texts.get(range),
            Texts::Kept(bytes, groups) => {
                let first = number / GROUP * GROUP;
                let before = self.start(first);
                let group = groups.get(number / GROUP).map(|group| {
                    group.get_or_init(|| {
                        let last = (first + GROUP).min(self.len());
                        bytes.part(before..self.start(last)).unwrap_or_default().into()
                    })
                });
                let within = range.start.checked_sub(before).zip(range.end.checked_sub(before));
                group.zip(within).and_then(|(group, (start, end))| group.get(start..end))
            }
        }
        .unwrap_or_else(|| {
            if number < self.len() {
                self.texts.lost();
            }
            &[]
        })
    }

    fn start(&self, number: usize) -> usize {
        number.checked_sub(1).map_or(0, |before| self.ends.get(before) as usize)
    }

    /// The number of `text`, if it is known.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let slot = self.slots.get(self.place(text));
        (slot & self.mask()).checked_sub(1).filter(|&number| (number as usize) < self.len())
    }

    /// The number of `text`, which is made known if it is not. A text for which there is no room is taken for an
    /// empty one ([`is_full`](Self::is_full)).
    pub(crate) fn enter(&mut self, text: &str) -> u32 {
        if (self.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let place = self.place(text);
        if self.slots.get(place) == 0 {
            let texts = self.texts.held();
            if text.len() > MOST_BYTES.saturating_sub(texts.len()) {
                self.is_full = true;
                return self.enter("");
            }
            texts.extend_from_slice(text.as_bytes());
            let end = texts.len() as u32;
            self.ends.held().push(end);
            self.slots.held()[place] = self.slot(hash(text.as_bytes()), self.len() - 1);
        }
        (self.slots.get(place) & self.mask()) - 1
    }

    /// Whether there was no room for some text: the numbers are not to be used.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }

    /// The bits of a slot that make a number.
    fn mask(&self) -> u32 {
        (self.slots.len() as u32).wrapping_sub(1)
    }

    fn slot(&self, hash: u32, number: usize) -> u32 {
        hash & !self.mask() | (number as u32 + 1)
    }

    /// The slot that holds `text`, or the free one where it belongs.
    fn place(&self, text: &str) -> usize {
        let mask = self.mask();
        let hash = hash(text.as_bytes());
        let mut places = (0..self.slots.len() as u32).map(|step| (hash.wrapping_add(step) & mask) as usize);
        let ours = |&place: &usize| {
            let slot = self.slots.get(place);
            slot == 0
                || (slot ^ hash) & !mask == 0
                    && self.bytes((slot & mask).wrapping_sub(1) as usize) == text.as_bytes()
        };
        places.find(ours).unwrap_or(usize::MAX)
    }

    fn grow(&mut self) {
        let mut slots = vec![0; (self.slots.len() * 2).max(8)];
        self.slots = Array::Held(vec![0; slots.len()]);
        for number in 0..self.len() {
            let hash = hash(self.bytes(number));
            let mut place = hash as usize & (slots.len() - 1);
            while slots[place] != 0 {
                place = (place + 1) & (slots.len() - 1);
            }
            slots[place] = self.slot(hash, number);
        }
        self.slots = Array::Held(slots);
    }

    /// Its parts, to be stored.
    pub(crate) fn store(&self, to: &mut Writer) {
        match &self.texts {
            Texts::Held(texts) => to.bytes(texts),
            Texts::Kept(bytes, _) => to.copy(bytes),
        }
        self.ends.store(to);
        self.slots.store(to);
    }

    /// Texts that were stored; they are read when they are asked for.
    pub(crate) fn restore(from: &mut Reader<'_>) -> Option<Self> {
        let texts = from.kept()?;
        let (ends, slots): (Array<u32>, Array<u32>) = (Array::restore(from)?, Array::restore(from)?);
        let groups = (0..ends.len().div_ceil(GROUP)).map(|_| OnceLock::new()).collect();
        let whole = slots.len() == 0 || slots.len().is_power_of_two();
        whole.then(|| Self { texts: Texts::Kept(texts, groups), ends, slots, is_full: false })
    }
}

impl Texts {
    /// Tells the source, if there is one, that a text is not what it should be.
    fn lost(&self) {
        if let Self::Kept(bytes, _) = self {
            bytes.lost();
        }
    }

    /// All texts, in memory from now on.
    fn held(&mut self) -> &mut Vec<u8> {
        if let Self::Kept(bytes, _) = self {
            *self = Self::Held(bytes.part(0..bytes.length()).unwrap_or_default().into_owned());
        }
        match self {
            Self::Held(texts) => texts,
            Self::Kept(..) => unreachable!("was just taken into memory"),
        }
    }
}

fn hash(text: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        /// As a map would number them, however much room there was at first.
        #[test]
        fn each_text_has_one_number(
            texts in prop::collection::vec("[数据a]{0,3}", 0..60),
            room in 0_usize..40,
        ) {
            let mut names = Interned::with_room(room);
            let mut expected: HashMap<&str, u32> = HashMap::new();
            for text in &texts {
                prop_assert_eq!(names.find(text), expected.get(text.as_str()).copied());
                let next = expected.len() as u32;
                prop_assert_eq!(names.enter(text), *expected.entry(text).or_insert(next));
            }
            prop_assert_eq!(names.len(), expected.len());
            prop_assert!(expected.iter().all(|(text, &number)| names.text(number as usize) == *text));
        }
    }

    #[test]
    fn a_text_too_many_is_said_and_breaks_nothing() {
        let mut names = Interned::default();
        let half = "数".repeat(MOST_BYTES / 6);
        assert_eq!((names.enter(&half), names.enter(&half), names.is_full()), (0, 0, false));
        let other = "据".repeat(MOST_BYTES / 6 + 2);
        assert_eq!((names.enter(&other), names.is_full(), names.find(&other)), (1, true, None));
        assert_eq!((names.enter("据"), names.text(1), names.text(2)), (2, "", "据"));
    }

    #[test]
    fn a_number_that_is_none_has_no_text() {
        let mut names = Interned::default();
        assert_eq!((names.find("数"), names.text(0)), (None, ""));
        names.enter("数");
        assert_eq!((names.find("据"), names.text(0), names.text(1)), (None, "数", ""));
    }
}
