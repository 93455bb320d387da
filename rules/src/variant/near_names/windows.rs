//! The ends of names by the hash of what they end with.

/// Most places of one hash that are known: what stands everywhere is no slip.
const PLACES: usize = 6;

/// Numbers of heads by hash. The next free slot is taken, so that those of one hash come in the order in which they were
/// entered; a slot also has the lower half of the hash, which with its place leaves hardly a hash that is another.
pub(super) struct Windows {
    slots: Vec<(u32, u32)>,
    shift: u32,
}

impl Windows {
    /// Room for `count` entries, at most half of the slots.
    pub(super) fn with_room(count: usize) -> Self {
        let slots = (2 * count).next_power_of_two().max(2);
        Self { slots: vec![(0, 0); slots], shift: 64 - slots.trailing_zeros() }
    }

    /// Enters a head, unless enough of this hash are known.
    pub(super) fn enter(&mut self, hash: u64, head: usize) {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> self.shift) as usize;
        let mut alike = 0;
        while self.slots[slot].1 != 0 {
            alike += usize::from(self.slots[slot].0 == hash as u32);
            if alike == PLACES {
                return;
            }
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (hash as u32, head as u32 + 1);
    }

    /// Whether something may have been entered with this hash.
    #[inline]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> self.shift) as usize;
        loop {
            let (half, head) = self.slots[slot];
            if head == 0 || half == hash as u32 {
                return head != 0;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The heads that were entered with this hash.
    pub(super) fn heads(&self, hash: u64) -> impl Iterator<Item = usize> {
        let mask = self.slots.len() - 1;
        let from = (hash >> self.shift) as usize;
        let slots = (from..).map(move |slot| self.slots[slot & mask]).take_while(|&(_, head)| head != 0);
        slots.filter(move |&(half, _)| half == hash as u32).map(|(_, head)| head as usize - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_found_in_the_order_in_which_they_were_entered() {
        let mut windows = Windows::with_room(40);
        let hash = |number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for head in 0..20 {
            windows.enter(hash(head % 2), head as usize);
            windows.enter(hash(head + 7), head as usize);
        }
        assert_eq!(windows.heads(hash(1)).collect::<Vec<_>>(), [1, 3, 5, 7, 9, 11]);
        assert_eq!(windows.heads(hash(26)).collect::<Vec<_>>(), [19]);
        assert_eq!(windows.heads(hash(99)).count(), 0);
        assert!(windows.may_hold(hash(26)) && !windows.may_hold(hash(99)));
        assert_eq!(Windows::with_room(0).heads(hash(3)).count(), 0);
    }
}
