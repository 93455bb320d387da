//! Cycles among concepts.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// Which concept leads to which; ordered, so that findings do not depend on chance.
pub(super) type Graph = BTreeMap<usize, BTreeSet<usize>>;

/// The cycles of two or more, each concept in the first that it is part of, from the shortest way round.
/// A cycle is given as its members in order; the last leads back to the first.
pub(super) fn cycles(graph: &Graph) -> Vec<Vec<usize>> {
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut cycles = Vec::new();
    for &start in graph.keys() {
        if seen.contains(&start) {
            continue;
        }
        if let Some(cycle) = shortest(graph, start) {
            seen.extend(&cycle);
            cycles.push(cycle);
        }
    }
    cycles
}

/// The shortest way from `start` back to it.
fn shortest(graph: &Graph, start: usize) -> Option<Vec<usize>> {
    let mut from: HashMap<usize, usize> = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for &next in graph.get(&at).into_iter().flatten().filter(|&&next| next != at) {
            if next == start {
                let mut cycle = vec![at];
                while let Some(&before) = from.get(cycle.last().expect("not empty")) {
                    cycle.push(before);
                }
                cycle.reverse();
                return Some(cycle);
            }
            if let std::collections::hash_map::Entry::Vacant(vacant) = from.entry(next) {
                vacant.insert(at);
                queue.push_back(next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(usize, usize)]) -> Graph {
        let mut graph = Graph::new();
        for &(from, to) in edges {
            graph.entry(from).or_default().insert(to);
        }
        graph
    }

    #[test]
    fn the_shortest_way_round_is_given_once() {
        assert_eq!(cycles(&graph(&[(1, 2), (2, 3), (3, 1), (2, 1)])), [vec![1, 2], vec![3, 1, 2]]);
        assert_eq!(cycles(&graph(&[(1, 2), (2, 3), (1, 3)])), Vec::<Vec<usize>>::new());
        assert_eq!(cycles(&graph(&[(1, 1)])), Vec::<Vec<usize>>::new());
    }
}
