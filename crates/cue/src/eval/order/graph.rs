//! Sorts labels of which some must stand before others.
//!
//! Labels that must stand before each other, in a circle, are taken together, in the order of their names. Of all
//! that may come next the least name comes first. (Tarjan's components, then Kahn's sort over them.)

use std::{cmp::Reverse, collections::BinaryHeap};

use smallvec::SmallVec;

/// What precedes what, among labels that are known by numbers from 0.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// `(before, after)`, in any order, repeated or not.
    pub(super) edges: SmallVec<[(u32, u32); 16]>,
}

/// The edges out of every label, one label after the other.
struct Outgoing {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

/// The search for components.
struct Search<'g> {
    outgoing: &'g Outgoing,
    index: Vec<u32>,
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<u32>,
    component: Vec<u32>,
    components: u32,
    next: u32,
}

const UNSEEN: u32 = u32::MAX;

// === impl Graph ===

impl Graph {
    /// The labels in order. A rank is the place of a label's name among all names.
    pub(super) fn sort(&self, ranks: &[u32]) -> Vec<u32> {
        let count = ranks.len();
        let outgoing = Outgoing::new(&self.edges, count);
        let (component, components) = components(&outgoing, count);
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); components as usize];
        for (label, component) in (0..).zip(&component) {
            members[*component as usize].push(label);
        }
        for members in &mut members {
            members.sort_by_key(|label| ranks[*label as usize]);
        }
        let mut waits_for = vec![0_u32; components as usize];
        for (before, after) in &self.edges {
            let (before, after) = (component[*before as usize], component[*after as usize]);
            if before != after {
                waits_for[after as usize] += 1;
            }
        }
        // No two components share a label, so the least name tells them apart.
        let least = |component: u32| {
            let first = members[component as usize].first();
            first.map_or(0, |label| ranks[*label as usize])
        };
        let free = (0..components).filter(|component| waits_for[*component as usize] == 0);
        let mut ready: BinaryHeap<_> = free.map(|free| Reverse((least(free), free))).collect();
        let mut sorted = Vec::with_capacity(count);
        while let Some(Reverse((_, at))) = ready.pop() {
            for label in &members[at as usize] {
                sorted.push(*label);
                for after in outgoing.of(*label) {
                    let after = component[*after as usize];
                    if after == at {
                        continue;
                    }
                    waits_for[after as usize] -= 1;
                    if waits_for[after as usize] == 0 {
                        ready.push(Reverse((least(after), after)));
                    }
                }
            }
        }
        sorted
    }
}

// === impl Outgoing ===

impl Outgoing {
    fn new(edges: &[(u32, u32)], count: usize) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for (before, _) in edges {
            starts[*before as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut targets = vec![0; edges.len()];
        for (before, after) in edges {
            let place = &mut free[*before as usize];
            targets[*place as usize] = *after;
            *place += 1;
        }
        Self { starts, targets }
    }

    fn of(&self, label: u32) -> &[u32] {
        let (start, end) = (self.starts[label as usize], self.starts[label as usize + 1]);
        &self.targets[start as usize..end as usize]
    }
}

// === impl Search ===

impl Search<'_> {
    /// Visits all that a label leads to. Keeps its own stack: the chains are as long as a struct has fields.
    fn visit(&mut self, root: u32) {
        let mut path = vec![(root, 0_usize)];
        self.meet(root);
        while let Some((label, at)) = path.last_mut() {
            let label = *label;
            let next = self.outgoing.of(label).get(*at).copied();
            *at += 1;
            match next {
                Some(next) if self.index[next as usize] == UNSEEN => {
                    self.meet(next);
                    path.push((next, 0));
                }
                Some(next) => {
                    if self.on_stack[next as usize] {
                        self.lower(label, self.index[next as usize]);
                    }
                }
                None => {
                    path.pop();
                    if let Some((up, _)) = path.last() {
                        self.lower(*up, self.low[label as usize]);
                    }
                    if self.low[label as usize] == self.index[label as usize] {
                        self.close(label);
                    }
                }
            }
        }
    }

    fn meet(&mut self, label: u32) {
        self.index[label as usize] = self.next;
        self.low[label as usize] = self.next;
        self.next += 1;
        self.stack.push(label);
        self.on_stack[label as usize] = true;
    }

    fn lower(&mut self, label: u32, to: u32) {
        let low = &mut self.low[label as usize];
        *low = (*low).min(to);
    }

    /// All that was met since this label is one component.
    fn close(&mut self, label: u32) {
        while let Some(member) = self.stack.pop() {
            self.on_stack[member as usize] = false;
            self.component[member as usize] = self.components;
            if member == label {
                break;
            }
        }
        self.components += 1;
    }
}

/// The component of each label, and how many there are.
fn components(outgoing: &Outgoing, count: usize) -> (Vec<u32>, u32) {
    let mut search = Search {
        outgoing,
        index: vec![UNSEEN; count],
        low: vec![0; count],
        on_stack: vec![false; count],
        stack: Vec::new(),
        component: vec![0; count],
        components: 0,
        next: 0,
    };
    for label in (0..).take(count) {
        if search.index[label as usize] == UNSEEN {
            search.visit(label);
        }
    }
    (search.component, search.components)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Labels are the letters of a text, ranked by the alphabet; edges are pairs of letters.
    fn sorted(labels: &str, edges: &str) -> String {
        let labels: Vec<char> = labels.chars().collect();
        let number = |letter: char| {
            let mut all = (0..).zip(&labels);
            all.find(|(_, there)| **there == letter)
                .map_or(0, |(number, _)| number)
        };
        let mut letters = labels.clone();
        letters.sort_unstable();
        let ranks: Vec<u32> = labels
            .iter()
            .map(|letter| {
                (0..)
                    .zip(&letters)
                    .find(|(_, there)| *there == letter)
                    .map_or(0, |(rank, _)| rank)
            })
            .collect();
        let edges = edges.split_whitespace().map(|pair| {
            let mut pair = pair.chars();
            let mut next = || pair.next().map_or(0, number);
            (next(), next())
        });
        let graph = Graph {
            edges: edges.collect(),
        };
        let order = graph.sort(&ranks);
        order
            .into_iter()
            .map(|label| labels[label as usize])
            .collect()
    }

    #[test]
    fn without_edges_names_decide() {
        assert_eq!(sorted("cab", ""), "abc");
    }

    #[test]
    fn edges_decide_over_names() {
        assert_eq!(sorted("abc", "cb ba"), "cba");
    }

    #[test]
    fn the_least_of_what_may_come_next_comes_next() {
        // `{z, y} & {b, a}`
        assert_eq!(sorted("zyba", "zy ba"), "bazy");
        // `{z, m} & {m, a}`
        assert_eq!(sorted("zma", "zm ma"), "zma");
    }

    #[test]
    fn a_circle_is_in_the_order_of_names() {
        // `{z, y} & {y, z}`
        assert_eq!(sorted("zy", "zy yz"), "yz");
        // `{c} & {z, b, a} & {a, q, z}`
        assert_eq!(sorted("zbaqc", "zb ba aq qz"), "abqzc");
    }

    #[test]
    fn what_follows_a_circle_waits_for_all_of_it() {
        assert_eq!(sorted("bcad", "bc cb ca"), "bcad");
        assert_eq!(sorted("dzya", "zy yz ya dz"), "dyza");
    }

    #[test]
    fn repeated_edges_count_once() {
        assert_eq!(sorted("ab", "ba ba"), "ba");
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let count = 100_000;
        let edges = (1..count).map(|at| (at, at - 1)).collect();
        let ranks: Vec<u32> = (0..count).collect();
        let order = Graph { edges }.sort(&ranks);
        assert_eq!(order.first(), Some(&(count - 1)));
        assert_eq!(order.last(), Some(&0));
    }
}
