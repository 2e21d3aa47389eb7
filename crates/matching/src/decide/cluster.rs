//! Groups of rows that are one person, from scored pairs.
//!
//! Not by transitive closure: the best pairs come first, and two groups are joined only where
//! all their rows together support it. A pair of rows that say nothing about each other is
//! neutral, one that contradicts weighs against, what somebody declared forbids.

use crate::candidates::blocking::{self, Pair};
use crate::decide::model::{Model, Weight};
use crate::evidence::compare::Comparer;
use crate::hash::{self, HashedMap};
use std::collections::HashSet;

/// A pair at or above the threshold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub pair: Pair,
    pub odds: f32,
}

/// A group of rows, and the pairs that made it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub rows: Vec<u32>,
    pub edges: Vec<Edge>,
    /// Those of the edges that joined two groups, one less than rows.
    pub joins: Vec<Edge>,
}

/// Groups, and pairs that would have made one too large.
pub(crate) struct Groups {
    pub list: Vec<Group>,
    pub oversized: u64,
    pub refused: u64,
}

/// A pair speaks for or against a join with so many bits at most.
const LOUDEST: f32 = 10.0;

/// So many pairs across two groups are heard, evenly chosen.
const MOST_HEARD: usize = 60;

pub(crate) struct Clusterer<'a> {
    pub comparer: Comparer<'a>,
    pub model: &'a Model,
    pub distinct: &'a HashSet<Pair>,
    pub most: usize,
}

impl Clusterer<'_> {
    /// The odds of a pair, where they are so good and nothing forbids it.
    pub(crate) fn odds(&self, left: u32, right: u32, least: f32) -> Option<f32> {
        let comparer = &self.comparer;
        let mut comparison = comparer.identity(left, right);
        // Most pairs can't reach it, whatever their columns say; those with columns that are
        // swapped at times can't be foreseen.
        let foreseen = comparer.knowledge.swaps.is_empty();
        let most =
            || self.model.most_odds(&comparison, comparer.rows, comparer.knowledge, (left, right));
        if foreseen && most() < least {
            return None;
        }
        comparer.facts(left, right, &mut comparison);
        let odds = self.model.weigh(&comparison).odds;
        (odds >= least && !self.declared(left, right)).then_some(odds)
    }

    /// Whether somebody declared two rows different.
    fn declared(&self, left: u32, right: u32) -> bool {
        !self.distinct.is_empty() && self.distinct.contains(&blocking::pair(left, right))
    }

    /// Groups rows by their edges, which are put in order here.
    pub(crate) fn groups(&self, edges: &mut [Edge]) -> Groups {
        edges.sort_unstable_by(|left, right| {
            right.odds.total_cmp(&left.odds).then(left.pair.cmp(&right.pair))
        });
        let mut groups = Groups { list: Vec::new(), oversized: 0, refused: 0 };
        let mut of: HashedMap<u32> = HashedMap::default();
        let key = |row: u32| hash::mix(u64::from(row));
        for edge in edges.iter() {
            let (left, right) = blocking::rows(edge.pair);
            let mut group = |row: u32| {
                *of.entry(key(row)).or_insert_with(|| {
                    groups.list.push(Group {
                        rows: vec![row],
                        edges: Vec::new(),
                        joins: Vec::new(),
                    });
                    groups.list.len() as u32 - 1
                })
            };
            let (a, b) = (group(left) as usize, group(right) as usize);
            if a == b {
                groups.list[a].edges.push(*edge);
                continue;
            }
            if groups.list[a].rows.len() + groups.list[b].rows.len() > self.most {
                groups.oversized += 1;
                continue;
            }
            if !self.supported(&groups.list[a].rows, &groups.list[b].rows, edge) {
                groups.refused += 1;
                continue;
            }
            let (large, small) = if groups.list[a].rows.len() >= groups.list[b].rows.len() {
                (a, b)
            } else {
                (b, a)
            };
            let taken = std::mem::take(&mut groups.list[small].rows);
            taken.iter().for_each(|&row| {
                of.insert(key(row), large as u32);
            });
            let edges = std::mem::take(&mut groups.list[small].edges);
            let joins = std::mem::take(&mut groups.list[small].joins);
            let group = &mut groups.list[large];
            group.rows.extend(taken);
            group.edges.extend(edges);
            group.edges.push(*edge);
            group.joins.extend(joins);
            group.joins.push(*edge);
        }
        groups.list.retain(|group| group.rows.len() > 1);
        for group in &mut groups.list {
            group.rows.sort_unstable();
        }
        groups.list.sort_unstable_by_key(|group| group.rows[0]);
        groups
    }

    /// Whether all pairs across two groups together speak for one person.
    fn supported(&self, left: &[u32], right: &[u32], edge: &Edge) -> bool {
        if left.len() == 1 && right.len() == 1 {
            return true;
        }
        let across = || left.iter().flat_map(|&a| right.iter().map(move |&b| (a, b)));
        if !self.distinct.is_empty() && across().any(|(a, b)| self.declared(a, b)) {
            return false;
        }
        let step = (left.len() * right.len()).div_ceil(MOST_HEARD);
        let voices = across().step_by(step).map(|(a, b)| {
            if blocking::pair(a, b) == edge.pair {
                return edge.odds.min(LOUDEST);
            }
            voice(&self.model.weigh(&self.comparer.compare(a, b)))
        });
        voices.sum::<f32>() > 0.0
    }
}

/// What a pair says for or against: its odds where they are good, else only what contradicts.
fn voice(weight: &Weight) -> f32 {
    if weight.odds > 0.0 {
        return weight.odds.min(LOUDEST);
    }
    weight.against_strangers.min(weight.against_related).clamp(-LOUDEST, 0.0)
}
