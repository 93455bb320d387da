//! Many short texts in one piece of memory, each known by a number; and such texts found by what they say.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Texts numbered from 0 in the order in which they came.
#[derive(Debug, Default, Clone)]
pub(crate) struct Texts {
    all: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl Texts {
    /// No texts yet, with room for `count` of them.
    fn with_room(count: usize) -> Self {
        Self { all: String::new(), ends: Vec::with_capacity(count) }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text with this number.
    pub(crate) fn text(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[number]]
    }

    /// Adds one more.
    pub(crate) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }
}

/// Texts that are all different.
#[derive(Debug, Default, Clone)]
pub(crate) struct Interned {
    texts: Texts,
    /// Numbers plus one by the hash of their texts, the next free place being taken; 0 where there is none.
    /// A power of two, at most three quarters full. The bits that no number needs are those of the hash, so that
    /// hardly a text is compared in vain.
    slots: Vec<u32>,
}

impl Interned {
    /// No texts yet, with room for `count` of them.
    pub(crate) fn with_room(count: usize) -> Self {
        let slots = (count + count / 3 + 2).next_power_of_two();
        Self { texts: Texts::with_room(count), slots: vec![0; slots] }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The text with this number.
    pub(crate) fn text(&self, number: usize) -> &str {
        self.texts.text(number)
    }

    /// The texts by number.
    pub(crate) fn into_texts(self) -> Texts {
        self.texts
    }

    /// The number of `text`, if it is known.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        (self.slots[self.place(text)] & self.mask()).checked_sub(1)
    }

    /// The number of `text`, which is made known if it is not.
    pub(crate) fn enter(&mut self, text: &str) -> u32 {
        if (self.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let place = self.place(text);
        if self.slots[place] == 0 {
            self.texts.push(text);
            self.slots[place] = self.slot(hash(text), self.len() - 1);
        }
        (self.slots[place] & self.mask()) - 1
    }

    /// The bits of a slot that make a number.
    fn mask(&self) -> u32 {
        self.slots.len() as u32 - 1
    }

    fn slot(&self, hash: u32, number: usize) -> u32 {
        hash & !self.mask() | (number as u32 + 1)
    }

    /// The slot that holds `text`, or the free one where it belongs.
    fn place(&self, text: &str) -> usize {
        let mask = self.mask();
        let hash = hash(text);
        let mut place = hash & mask;
        loop {
            let slot = self.slots[place as usize];
            let is_alike = (slot ^ hash) & !mask == 0;
            if slot == 0 || is_alike && self.text((slot & mask) as usize - 1) == text {
                return place as usize;
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(8)];
        let mask = self.mask();
        for number in 0..self.len() {
            let hash = hash(self.text(number));
            let mut place = hash & mask;
            while self.slots[place as usize] != 0 {
                place = (place + 1) & mask;
            }
            self.slots[place as usize] = self.slot(hash, number);
        }
    }
}

fn hash(text: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
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
            prop_assert_eq!(Interned::default().find("数"), None);
        }
    }
}
