//! Finds which rows of a table of contacts are one person or organisation.
//!
//! [`Table`] takes the rows, [`run`] answers with clusters, [`Matches::explain`] says why. Pure:
//! the same answer on every run, for any order of the rows and any number of threads. The stages,
//! a folder each: `read` normalises, `candidates` finds pairs that are worth comparing, `evidence`
//! counts what is common and compares, `decide` learns, weighs, groups and explains.
//!
//! A run over a whole table leaves a [`Past`]: the model, and a `census` of how common things are, by
//! which [`run_after`] decides about a few rows as the whole would.

#![deny(clippy::disallowed_macros, clippy::disallowed_methods)]

mod candidates;
mod census;
mod csr;
mod decide;
mod distance;
mod evidence;
pub mod handles;
mod hash;
mod json;
mod kind;
mod look_up;
mod past;
mod read;
#[cfg(test)]
mod tests;

pub use census::PastKey;
pub use decide::answers::ComparisonVector;
pub use decide::certain::{Certain, Core};
pub use decide::explain::{Explanation, FieldEvidence, Parameter};
pub use decide::questions::{Answer, Question, Questions};
pub use look_up::name_pairs;
pub use past::Past;
pub use read::email::{canonical as canonical_email, is_role as is_role_mailbox};
pub use read::fold::fold;
pub use read::nobody::names_nobody;
pub use read::phone::{Likeness, Phone};
pub use read::region::Region;
pub use read::table::{Identity, Row, Table};

use candidates::blocking::{self, Pair};
use decide::answers::Label;
use decide::certain;
use decide::cluster::{self, Clusterer, Edge};
use decide::model::{self, Model};
use evidence::compare::{Comparer, Comparison, Knowledge};
use evidence::people::People;
use rayon::prelude::*;
use read::prepare::Prepared;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Pairs at or above this probability are taken for one unless somebody chooses otherwise.
pub const DEFAULT_THRESHOLD: f64 = 0.85;
/// Of what is merged unattended this share may be wrong unless somebody chooses otherwise: 1 in 200.
pub const DEFAULT_MAX_WRONG: f64 = 0.005;
/// Rows of a cluster at most.
pub const DEFAULT_MAX_CLUSTER: usize = 60;
/// Candidates that the model learns from.
const LESSONS: usize = 80_000;

/// Rows that are fetched together.
const FETCHED: usize = 32;

#[derive(Clone, Debug)]
pub struct Settings {
    /// The least probability at which two rows are one.
    pub threshold: f64,
    /// Pairs that somebody declared different, by id.
    pub distinct: Vec<(Uuid, Uuid)>,
    /// Pairs whose merge somebody took back, by id: they may be one, but it is less likely.
    pub taken_back: Vec<(Uuid, Uuid)>,
    /// Pairs that somebody called one, as they compared then.
    pub called_same: Vec<ComparisonVector>,
    /// With some, only pairs with at least one of these ids are looked at.
    pub changed: Option<Vec<Uuid>>,
    pub max_cluster: usize,
    /// Where phone numbers without a country are from, if anybody knows.
    pub phone_region: Option<Region>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            threshold: DEFAULT_THRESHOLD,
            distinct: Vec::new(),
            taken_back: Vec::new(),
            called_same: Vec::new(),
            changed: None,
            max_cluster: DEFAULT_MAX_CLUSTER,
            phone_region: None,
        }
    }
}

/// A pair of rows of the table, and how likely they are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredPair {
    pub left: u32,
    pub right: u32,
    pub probability: f64,
}

/// Rows that are one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Row numbers of the table, in the order of their ids.
    pub members: Vec<u32>,
    /// That of its weakest link.
    pub probability: f64,
    pub pairs: Vec<ScoredPair>,
    /// Those of the pairs that made it, one less than members: without one it falls in two. Their
    /// probability is a careful one, which counts how often such joins are wrong.
    pub joins: Vec<ScoredPair>,
}

/// What a run found.
pub struct Matches {
    pub scanned: u64,
    pub candidate_pairs: u64,
    pub clusters: Vec<Cluster>,
    /// Blocks that were too common to compare in full, and the rows of the largest.
    pub refined_blocks: u64,
    pub largest_block: u32,
    /// Pairs above the threshold that would have made a cluster too large, and those that the
    /// rest of their clusters contradicted.
    pub oversized: u64,
    pub contradicted: u64,
    rows: Prepared,
    people: People,
    knowledge: Knowledge,
    model: Model,
}

/// Finds the clusters of a table.
pub fn run(table: &Table, settings: &Settings) -> Matches {
    find(table, settings, None)
}

/// Finds the clusters of a few rows of a table as a run over the whole of it would, by what such a
/// run has learned.
pub fn run_after(past: &Past, table: &Table, settings: &Settings) -> Matches {
    find(table, settings, Some(past))
}

fn find(table: &Table, settings: &Settings, past: Option<&Past>) -> Matches {
    let census = past.map(|past| &past.census);
    let rows = Prepared::new(table, settings.phone_region.as_ref(), census);
    let known = known_ids(table, &rows, settings);
    let changed = settings.changed.as_ref().map(|ids| marks(ids, &known, rows.len()));
    let found = blocking::candidates(&rows, changed.as_deref(), census);
    let people = People::new(&rows, &found.pairs);
    let knowledge = Knowledge::new(&rows, &people, census);
    let model = match past {
        Some(past) => past.model.clone(),
        None => {
            let mut model = learn(&rows, &knowledge, &found.pairs);
            model.teach(&labels(settings, &known, &Comparer::new(&rows, &knowledge)));
            model
        }
    };
    let distinct: HashSet<Pair> = pairs_of(&settings.distinct, &known).collect();
    let clusterer = || Clusterer {
        comparer: Comparer::new(&rows, &knowledge),
        model: &model,
        distinct: &distinct,
        most: settings.max_cluster.max(2),
    };
    let mut edges = score(&clusterer, &found.pairs, settings.threshold);
    let groups = clusterer().groups(&mut edges);
    let clusters = {
        let clusterer = clusterer();
        groups.list.iter().map(|group| cluster(table, &clusterer, group)).collect()
    };
    Matches {
        scanned: u64::from(rows.len()),
        candidate_pairs: found.pairs.len() as u64,
        clusters,
        refined_blocks: found.refined,
        largest_block: found.largest,
        oversized: groups.oversized,
        contradicted: groups.refused,
        rows,
        people,
        knowledge,
        model,
    }
}

impl Matches {
    /// How two rows of the table compare.
    pub fn comparison_vector(&self, left: u32, right: u32) -> ComparisonVector {
        let [left, right] = [left, right].map(|row| self.rows.places[row as usize]);
        let comparison = Comparer::new(&self.rows, &self.knowledge).compare(left, right);
        ComparisonVector::new(&comparison, &self.rows.columns)
    }

    /// How many answers of people the model was taught.
    pub fn taught_by(&self) -> u32 {
        self.model.taught_by
    }

    /// Leaves out the clusters that none of these rows is in.
    pub fn keep_with(&mut self, is_meant: impl Fn(u32) -> bool) {
        self.clusters.retain(|cluster| cluster.members.iter().any(|&row| is_meant(row)));
    }

    /// What may be merged unattended: of the certain cores of the clusters, as many as a share of
    /// `max_wrong` at most is expected to be wrong of.
    pub fn certain(&self, max_wrong: f64) -> Certain {
        certain::within(&self.clusters, max_wrong)
    }

    /// What to ask a person about the rest.
    pub fn questions(&self, certain: &Certain) -> Questions {
        Questions::new(&self.clusters, certain)
    }
}

fn learn(rows: &Prepared, knowledge: &Knowledge, pairs: &[Pair]) -> Model {
    let step = pairs.len().div_ceil(LESSONS).max(1) as u64;
    let chosen: Vec<Pair> =
        pairs.iter().copied().filter(|&pair| hash::mix(pair).is_multiple_of(step)).collect();
    let seen: Vec<Comparison> = chosen
        .par_chunks(1 << 12)
        .flat_map_iter(|chunk| {
            let comparer = Comparer::new(rows, knowledge);
            chunk.iter().map(move |&pair| {
                let (left, right) = blocking::rows(pair);
                comparer.compare(left, right)
            })
        })
        .collect();
    Model::learn(rows, knowledge, &seen, step as f64)
}

fn score<'a>(
    clusterer: &(impl Fn() -> Clusterer<'a> + Sync),
    pairs: &[Pair],
    threshold: f64,
) -> Vec<Edge> {
    let threshold = threshold.clamp(1e-6, 1.0 - 1e-9);
    let least = (threshold / (1.0 - threshold)).log2() as f32;
    let parts: Vec<Vec<Edge>> = pairs
        .par_chunks(1 << 14)
        .map(|chunk| {
            let clusterer = clusterer();
            let edge = |&pair: &Pair| {
                let (left, right) = blocking::rows(pair);
                let odds = clusterer.odds(left, right, least)?;
                Some(Edge { pair, odds })
            };
            let batch = |batch: &[Pair]| {
                clusterer.comparer.fetch(batch.iter().map(|&pair| blocking::rows(pair).1));
                batch.iter().filter_map(edge).collect::<Vec<Edge>>()
            };
            chunk.chunks(FETCHED).flat_map(batch).collect()
        })
        .collect();
    parts.concat()
}

fn cluster(table: &Table, clusterer: &Clusterer<'_>, group: &cluster::Group) -> Cluster {
    let rows = clusterer.comparer.rows;
    let mut members: Vec<u32> = group.rows.iter().map(|&row| rows.order[row as usize]).collect();
    members.sort_unstable_by_key(|&row| table.id(row));
    let scored = |edge: &Edge| {
        let (left, right) = blocking::rows(edge.pair);
        ScoredPair {
            left: rows.order[left as usize],
            right: rows.order[right as usize],
            probability: model::probability(edge.odds),
        }
    };
    let pairs: Vec<ScoredPair> = group.edges.iter().map(scored).collect();
    let probability = pairs.iter().fold(1.0, |least: f64, pair| least.min(pair.probability));
    let joins = group
        .joins
        .iter()
        .map(|join| ScoredPair { probability: 1.0 - clusterer.doubt(join), ..scored(join) });
    let joins = joins.collect();
    Cluster { members, probability, pairs, joins }
}

/// What people answered about pairs.
fn labels(settings: &Settings, known: &HashMap<Uuid, u32>, comparer: &Comparer<'_>) -> Vec<Label> {
    let called_same = settings.called_same.iter().map(|vector| Label {
        comparison: vector.comparison(&comparer.rows.columns),
        is_same: true,
    });
    let different =
        pairs_of(&settings.distinct, known).chain(pairs_of(&settings.taken_back, known));
    let mut different: Vec<Pair> = different.collect();
    different.sort_unstable();
    different.dedup();
    let different = different.into_iter().map(|pair| {
        let (left, right) = blocking::rows(pair);
        Label { comparison: comparer.compare(left, right), is_same: false }
    });
    called_same.chain(different).collect()
}

/// Those pairs of ids of which both have a row.
fn pairs_of(ids: &[(Uuid, Uuid)], known: &HashMap<Uuid, u32>) -> impl Iterator<Item = Pair> {
    let both = |&(left, right): &(Uuid, Uuid)| {
        Some(blocking::pair(*known.get(&left)?, *known.get(&right)?))
    };
    ids.iter().filter_map(both)
}

/// The rows of those ids that the settings name.
fn known_ids(table: &Table, rows: &Prepared, settings: &Settings) -> HashMap<Uuid, u32> {
    let pairs = settings.distinct.iter().chain(&settings.taken_back);
    let pairs = pairs.flat_map(|&(left, right)| [left, right]);
    let changed = settings.changed.iter().flatten().copied();
    let wanted: HashSet<Uuid> = pairs.chain(changed).collect();
    let all = rows.order.iter().enumerate().map(|(place, &row)| (table.id(row), place as u32));
    if wanted.is_empty() {
        HashMap::new()
    } else {
        all.filter(|(id, _)| wanted.contains(id)).collect()
    }
}

fn marks(ids: &[Uuid], known: &HashMap<Uuid, u32>, rows: u32) -> Vec<bool> {
    let mut marks = vec![false; rows as usize];
    ids.iter().filter_map(|id| known.get(id)).for_each(|&row| marks[row as usize] = true);
    marks
}
