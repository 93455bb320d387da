//! Lists of which few items are ever looked at: they are held as bytes, and decoded in groups when asked for.

use std::sync::OnceLock;

use serde::Serialize;

use crate::stored::array::Array;
use crate::stored::{Bytes, Reader, Writer};

/// Items that are decoded together.
const GROUP: usize = 32;

/// A list that is decoded in groups. What cannot be read or decoded, which only happens where stored bytes were
/// changed after they were verified, is an empty item, and the source is told.
#[derive(Debug)]
pub(crate) struct Chunks<T> {
    length: usize,
    bytes: Bytes,
    /// Where the bytes of each group end.
    ends: Array<u32>,
    groups: Vec<OnceLock<Box<[T]>>>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { length: 0, bytes: Bytes::default(), ends: Array::default(), groups: Vec::new() }
    }
}

impl<T: Default> Chunks<T> {
    /// The list of all that `items` gives, each as it is to be encoded; nothing if that takes 4 GiB.
    pub(crate) fn of<E: Serialize>(items: impl Iterator<Item = E>) -> Option<Self> {
        let (mut bytes, mut ends, mut length) = (Vec::new(), Vec::new(), 0);
        for item in items {
            if length > 0 && length % GROUP == 0 {
                ends.push(end(&bytes)?);
            }
            bytes = postcard::to_extend(&item, bytes).ok()?;
            length += 1;
        }
        ends.push(end(&bytes)?);
        Some(Self::new(length, Bytes::Held(bytes), Array::Held(ends)))
    }

    fn new(length: usize, bytes: Bytes, ends: Array<u32>) -> Self {
        let mut groups = Vec::new();
        groups.resize_with(length.div_ceil(GROUP), OnceLock::new);
        Self { length, bytes, ends, groups }
    }

    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// The item with this number. `decode` takes one item, and the number it has, off the bytes.
    pub(crate) fn get(&self, index: usize, decode: impl Fn(&[u8], usize) -> Option<(T, &[u8])>) -> &T {
        let group = index / GROUP;
        let items = self.groups[group].get_or_init(|| {
            let first = group * GROUP;
            let mut items = self.decoded(group, first, decode).unwrap_or_else(|| {
                self.bytes.lost();
                Vec::new()
            });
            items.resize_with(GROUP.min(self.length - first), T::default);
            items.into_boxed_slice()
        });
        &items[index % GROUP]
    }

    fn decoded(
        &self,
        group: usize,
        first: usize,
        decode: impl Fn(&[u8], usize) -> Option<(T, &[u8])>,
    ) -> Option<Vec<T>> {
        let start = group.checked_sub(1).map_or(0, |before| self.ends.get(before));
        let bytes = self.bytes.part(start as usize..self.ends.get(group) as usize)?;
        let mut rest = &*bytes;
        let mut items = Vec::with_capacity(GROUP);
        for _ in first..self.length.min(first + GROUP) {
            let (item, after) = decode(rest, first + items.len())?;
            items.push(item);
            rest = after;
        }
        Some(items)
    }

    /// Its parts, to be stored.
    pub(crate) fn store(&self, to: &mut Writer) {
        to.value(&self.length);
        self.ends.store(to);
        to.copy(&self.bytes);
    }

    /// A list that was stored; its items are read when they are asked for.
    pub(crate) fn restore(from: &mut Reader<'_>) -> Option<Self> {
        let length: usize = from.value()?;
        let ends = Array::restore(from)?;
        let bytes = from.kept()?;
        (length <= ends.len() * GROUP).then(|| Self::new(length, bytes, ends))
    }
}

/// Where a group ends that ends with `bytes`.
fn end(bytes: &[u8]) -> Option<u32> {
    u32::try_from(bytes.len()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_found_in_its_group() {
        for length in [0, 1, GROUP - 1, GROUP, GROUP + 1, 3 * GROUP + 5] {
            let list: Chunks<String> = Chunks::of((0..length).map(|number| number.to_string())).unwrap();
            assert_eq!(list.len(), length);
            for number in (0..length).rev() {
                let item = list.get(number, |bytes, at| {
                    let (text, rest) = postcard::take_from_bytes(bytes).ok()?;
                    assert_eq!(text, at.to_string());
                    Some((text, rest))
                });
                assert_eq!(*item, number.to_string());
            }
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_empty() {
        let list: Chunks<String> = Chunks::of(["数据", "高铁"].into_iter()).unwrap();
        assert_eq!(list.get(1, |_, _| None), "");
        assert_eq!(list.get(0, |bytes, _| postcard::take_from_bytes(bytes).ok()), "");
    }
}
