//! Stretches of text by where they begin, asked which of them reach beyond a place.

/// The ends of stretches that are sorted by their beginnings, in a tree of which every node knows the furthest end
/// below it. A question costs the logarithm of their number, however they overlap.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach {
    /// Leaves from `leaves` on; zero for a stretch that was taken away.
    furthest: Vec<usize>,
    leaves: usize,
}

impl Reach {
    pub(super) fn new(ends: impl ExactSizeIterator<Item = usize>) -> Self {
        let leaves = ends.len().next_power_of_two();
        let mut furthest = vec![0; 2 * leaves];
        for (leaf, end) in furthest[leaves..].iter_mut().zip(ends) {
            *leaf = end;
        }
        for node in (1..leaves).rev() {
            furthest[node] = furthest[2 * node].max(furthest[2 * node + 1]);
        }
        Self { furthest, leaves }
    }

    /// The last of the first `count` stretches that ends beyond `place`.
    pub(super) fn last(&self, count: usize, place: usize) -> Option<usize> {
        // Upwards from the first leaf that is out of the question, past subtrees on its left that end too early.
        let mut node = self.leaves + count;
        loop {
            let on_the_right = node % 2 == 1;
            if on_the_right && self.furthest[node - 1] > place {
                node -= 1;
                break;
            }
            node /= 2;
            if node <= 1 {
                // All of them are asked about.
                if count < self.leaves || self.furthest.get(1).is_none_or(|&end| end <= place) {
                    return None;
                }
                node = 1;
                break;
            }
        }
        while node < self.leaves {
            let right = 2 * node + 1;
            node = if self.furthest[right] > place { right } else { right - 1 };
        }
        Some(node - self.leaves)
    }

    /// Takes a stretch away.
    pub(super) fn remove(&mut self, index: usize) {
        let mut node = self.leaves + index;
        self.furthest[node] = 0;
        while node > 1 {
            node /= 2;
            self.furthest[node] = self.furthest[2 * node].max(self.furthest[2 * node + 1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_those_that_reach_is_found() {
        let ends = [9, 2, 0, 7, 7, 3, 1];
        let mut reach = Reach::new(ends.into_iter());
        for count in 0..=ends.len() {
            for place in 0..10 {
                let expected = ends[..count].iter().rposition(|&end| end > place);
                assert_eq!(reach.last(count, place), expected, "{count} {place}");
            }
        }
        reach.remove(4);
        assert_eq!((reach.last(7, 6), reach.last(4, 6)), (Some(3), Some(3)));
        assert_eq!(Reach::new([].into_iter()).last(0, 0), None);
        let four = Reach::new([1, 5, 1, 1].into_iter());
        assert_eq!((four.last(4, 4), four.last(1, 0), four.last(4, 5)), (Some(1), Some(0), None));
    }
}
