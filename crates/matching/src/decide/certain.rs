//! What is so certain that nobody needs to be asked.
//!
//! Clusters are cut where they are doubtful: their certain cores stay. Of these, the most certain
//! are taken as long as the share that is expected to be wrong is within a bound.

use crate::candidates::blocking;
use crate::decide::cluster::{Clusterer, Edge};
use crate::decide::model::{Model, probability};
use crate::evidence::compare::{
    Comparison, EMAIL, FIELDS, HANDLE, NAME, PHONE, handle, mail, phone,
};
use crate::evidence::names::Level;
use crate::{Cluster, ScoredPair};

/// Rows that may be merged unattended.
#[derive(Clone, Debug, PartialEq)]
pub struct Core {
    /// The number of its cluster.
    pub cluster: usize,
    /// Row numbers of the table, in the order of their ids; two at least.
    pub members: Vec<u32>,
    /// How likely they are more than one person.
    pub doubt: f64,
}

/// What may be merged unattended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Certain {
    /// In the order of their clusters.
    pub cores: Vec<Core>,
    /// How many of them are expected to hold rows of more than one person.
    pub expected_wrong: f64,
}

impl Clusterer<'_> {
    /// How likely a join is wrong.
    ///
    /// The odds suppose that fields err independently of each other, as they rarely do: father and
    /// son share a name, an address and a phone at once. So bits are worth less than they promise,
    /// the more the more there are; names that only resemble each other, and what contradicts and
    /// was outweighed, leave a doubt that the odds don't show. The figures are a logistic regression
    /// over the joins of the bench's worlds at one seed, on the careful side; the bench
    /// shows what they are worth elsewhere.
    pub(crate) fn doubt(&self, edge: &Edge) -> f64 {
        let (left, right) = blocking::rows(edge.pair);
        let comparison = self.comparer.compare(left, right);
        let wrong = probability(self.model.doubt_bits(&comparison, edge.odds));
        let wrong = wrong.max(probability(-edge.odds));
        let is_obvious =
            self.model.nothing_speaks_against(&comparison) && self.is_obvious(&comparison, left);
        if is_obvious { wrong.min(OBVIOUS) } else { wrong }
    }

    /// The same full name with a phone, mailbox or handle that nobody else has.
    fn is_obvious(&self, comparison: &Comparison, row: u32) -> bool {
        let same = [(PHONE, phone::SAME), (EMAIL, mail::SAME), (HANDLE, handle::SAME)];
        comparison.levels[NAME] == Level::Same as u8
            && self.comparer.rows.names.get(row).len() > 1
            && same.into_iter().any(|(field, level)| comparison.levels[field] == level)
    }
}

impl Model {
    /// log2 of the odds that a join is wrong.
    pub(crate) fn doubt_bits(&self, comparison: &Comparison, odds: f32) -> f32 {
        let name = usize::from(comparison.levels[NAME]);
        let branch = self.is_branch_else(comparison);
        let odds = odds - if branch { BRANCH_BITS } else { 0.0 };
        2.4 - 1.15 * odds.min(8.0) - 0.65 * (odds.min(14.0) - 8.0).max(0.0)
            + if name == Level::Slip as usize { 0.4 } else { 0.0 }
            + if name > Level::Slip as usize { 0.9 } else { 0.0 }
            + 2.1 * self.contradictions(comparison) as f32
            + self.doubt
    }

    fn contradictions(&self, comparison: &Comparison) -> usize {
        let contradicts = |&field: &usize| self.field(comparison, field)[0] < CONTRADICTING;
        (NAME + 1..FIELDS).filter(contradicts).count()
    }

    fn is_branch_else(&self, comparison: &Comparison) -> bool {
        self.branch_prior > self.same_prior - BRANCHES_ARE_COMMON
            && self.weigh(comparison).is_branch_else
    }

    fn nothing_speaks_against(&self, comparison: &Comparison) -> bool {
        self.contradictions(comparison) == 0 && !self.is_branch_else(comparison)
    }
}

/// Of joins that are obvious so many are wrong, also in a table of six rows, which can't tell by
/// itself how rare its names and numbers are: twice what was found in the bench's worlds.
const OBVIOUS: f64 = 0.0025;

/// A field with fewer bits contradicts.
const CONTRADICTING: f32 = -1.0;
/// In a table of organisations with branches so many bits less than the same there are of them,
const BRANCHES_ARE_COMMON: f32 = 1.6;
/// and what branches agree in is worth so many bits less.
const BRANCH_BITS: f32 = 5.0;

/// The largest part of the joins, in the order of their certainty, of whose clusters a share of
/// `max_wrong` at most is expected to be wrong.
pub(crate) fn within(clusters: &[Cluster], max_wrong: f64) -> Certain {
    let mut joins: Vec<(usize, ScoredPair)> = Vec::new();
    for (number, cluster) in clusters.iter().enumerate() {
        joins.extend(cluster.joins.iter().map(|&join| (number, join)));
    }
    joins.sort_by(|(a, left), (b, right)| {
        right.probability.total_cmp(&left.probability).then(a.cmp(b))
    });
    let mut forest: Vec<Forest> = clusters.iter().map(Forest::new).collect();
    let (mut cores, mut wrong) = (0.0, 0.0);
    let (mut taken, mut expected_wrong) = (0, 0.0);
    for (number, (cluster, join)) in joins.iter().enumerate() {
        let (more, doubt) = forest[*cluster].join(join);
        cores += more;
        wrong += doubt;
        if wrong <= max_wrong * cores {
            (taken, expected_wrong) = (number + 1, wrong);
        }
    }
    let mut forest: Vec<Forest> = clusters.iter().map(Forest::new).collect();
    for (cluster, join) in &joins[..taken] {
        forest[*cluster].join(join);
    }
    let cores = forest.iter().enumerate().flat_map(|(cluster, forest)| {
        forest.cores().map(move |(members, doubt)| Core { cluster, members, doubt })
    });
    Certain { cores: cores.collect(), expected_wrong }
}

/// The rows of a cluster, joined in part.
struct Forest<'a> {
    members: &'a [u32],
    /// Of each member, the first one of its core; of a first one, how likely the core is right.
    first: Vec<usize>,
    right: Vec<f64>,
}

impl Forest<'_> {
    fn new(cluster: &Cluster) -> Forest<'_> {
        let members = &cluster.members;
        Forest { members, first: (0..members.len()).collect(), right: vec![1.0; members.len()] }
    }

    /// How many cores there are more, and how many more of them are expected to be wrong.
    fn join(&mut self, join: &ScoredPair) -> (f64, f64) {
        let place = |row: u32| self.members.iter().position(|&member| member == row);
        let (Some(left), Some(right)) = (place(join.left), place(join.right)) else {
            return (0.0, 0.0);
        };
        let (left, right) = (self.first[left], self.first[right]);
        let size = |of: usize| self.first.iter().filter(|&&first| first == of).count();
        let before = [left, right].into_iter().filter(|&of| size(of) > 1).count();
        let doubt = 2.0 - self.right[left] - self.right[right];
        self.right[left] *= self.right[right] * join.probability;
        self.first.iter_mut().filter(|first| **first == right).for_each(|first| *first = left);
        (1.0 - before as f64, 1.0 - self.right[left] - doubt)
    }

    /// Each with how likely it is wrong.
    fn cores(&self) -> impl Iterator<Item = (Vec<u32>, f64)> {
        (0..self.members.len()).filter_map(|of| {
            let places = (0..self.members.len()).filter(|&at| self.first[at] == of);
            let members: Vec<u32> = places.map(|at| self.members[at]).collect();
            (members.len() > 1).then_some((members, 1.0 - self.right[of]))
        })
    }
}
