//! Long lists of numbers, in memory or read in pages when asked for.
//!
//! Memory that is touched for the first time costs three times as much as copying into memory that is in use, so
//! a list of which little is needed is cheapest if most of it never comes.

use std::sync::{Arc, OnceLock};

use super::{Bytes, Reader, Writer};

/// Items of a page.
const PAGE: usize = 1 << 10;

/// What is stored as a fixed number of bytes.
pub(crate) trait Fixed: Copy + Default {
    /// How many.
    const SIZE: usize;
    fn of_bytes(bytes: &[u8]) -> Self;
    fn put(self, to: &mut Vec<u8>);
}

impl Fixed for u32 {
    const SIZE: usize = 4;

    fn of_bytes(bytes: &[u8]) -> Self {
        bytes.try_into().map_or(0, Self::from_le_bytes)
    }

    fn put(self, to: &mut Vec<u8>) {
        to.extend(self.to_le_bytes());
    }
}

impl Fixed for u64 {
    const SIZE: usize = 8;

    fn of_bytes(bytes: &[u8]) -> Self {
        bytes.try_into().map_or(0, Self::from_le_bytes)
    }

    fn put(self, to: &mut Vec<u8>) {
        to.extend(self.to_le_bytes());
    }
}

/// A list of numbers or of what is made of them. What lies outside is nothing but zeros; so is what cannot be read
/// any more, and the source is told ([`Storage::lost`](super::Storage::lost)).
#[derive(Debug, Clone)]
pub(crate) enum Array<T> {
    Held(Vec<T>),
    Kept(Arc<Pages<T>>),
}

/// A list that is read in pages.
#[derive(Debug)]
pub(crate) struct Pages<T> {
    bytes: Bytes,
    length: usize,
    pages: Vec<OnceLock<Box<[T]>>>,
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl<T: Fixed> Array<T> {
    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Held(items) => items.len(),
            Self::Kept(pages) => pages.length,
        }
    }

    /// The item with this number.
    #[inline]
    pub(crate) fn get(&self, number: usize) -> T {
        match self {
            Self::Held(items) => items.get(number).copied().unwrap_or_default(),
            Self::Kept(pages) => pages.get(number),
        }
    }

    /// All items, in memory from now on.
    pub(crate) fn held(&mut self) -> &mut Vec<T> {
        if let Self::Kept(pages) = self {
            *self = Self::Held((0..pages.length).map(|number| pages.get(number)).collect());
        }
        match self {
            Self::Held(items) => items,
            Self::Kept(_) => unreachable!("was just taken into memory"),
        }
    }

    /// The list as a section of a stored form.
    pub(crate) fn store(&self, to: &mut Writer) {
        match self {
            Self::Held(items) => {
                let mut bytes = Vec::with_capacity(items.len() * T::SIZE);
                items.iter().for_each(|item| item.put(&mut bytes));
                to.bytes(&bytes);
            }
            Self::Kept(pages) => to.copy(&pages.bytes),
        }
    }

    /// The next section of a stored form as a list that is read in pages.
    pub(crate) fn restore(from: &mut Reader<'_>) -> Option<Self> {
        let bytes = from.kept()?;
        if !bytes.length().is_multiple_of(T::SIZE) {
            return None;
        }
        let length = bytes.length() / T::SIZE;
        let mut pages = Vec::new();
        pages.resize_with(length.div_ceil(PAGE), OnceLock::new);
        Some(Self::Kept(Arc::new(Pages { bytes, length, pages })))
    }
}

impl<T: Fixed> Pages<T> {
    fn get(&self, number: usize) -> T {
        let page = self.pages.get(number / PAGE).map(|page| page.get_or_init(|| self.read(number / PAGE)));
        page.and_then(|page| page.get(number % PAGE)).copied().unwrap_or_default()
    }

    fn read(&self, page: usize) -> Box<[T]> {
        let end = self.length.min((page + 1) * PAGE);
        let bytes = self.bytes.part(page * PAGE * T::SIZE..end * T::SIZE).unwrap_or_default();
        bytes.chunks_exact(T::SIZE).map(T::of_bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::Storage;

    #[test]
    fn a_list_that_is_read_in_pages_is_the_list_that_was_stored() {
        let key = [0; 16];
        for length in [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 7] {
            let list = Array::Held((0..length as u32).map(|number| number * 7 + 1).collect());
            let mut to = Writer::new(&key);
            list.store(&mut to);
            let source: Arc<dyn Storage> = Arc::new(to.finish());
            let mut from = Reader::new(&source, &key).unwrap();
            let mut kept: Array<u32> = Array::restore(&mut from).unwrap();
            assert!(from.finish());
            assert_eq!(kept.len(), length);
            for number in (0..length + 2).rev() {
                assert_eq!(kept.get(number), list.get(number), "{number} of {length}");
            }
            assert_eq!(kept.held().len(), length);
            assert!((0..length).all(|number| kept.get(number) == number as u32 * 7 + 1));
        }
    }
}
