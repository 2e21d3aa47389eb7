//! Learns the model from the candidates by expectation maximisation, without labels.

use crate::decide::model::{Bits, CLASSES, LEVELS, Model, NEVER, Shares, plus};
use crate::decide::priors::{APART, NAME_RELATED, places};
use crate::evidence::compare::{COLUMNS, Comparison, FIELDS, Knowledge, NAME};
use crate::evidence::names::Level;
use crate::evidence::worth::Tally;
use crate::read::columns::Kind;
use crate::read::prepare::Prepared;
use rayon::prelude::*;

/// Pairs that a prior is worth, and the share of what was seen that it is worth besides.
const PRIOR_PAIRS: f64 = 40.0;
const PRIOR_SHARE: f64 = 0.02;
/// The same for what contradicts.
const CONTRADICTION_PAIRS: f64 = 200.0;
const ROUNDS: usize = 12;

impl Model {
    /// Learns from comparisons that are one in `step` of all candidates.
    pub(crate) fn learn(
        rows: &Prepared,
        knowledge: &Knowledge,
        seen: &[Comparison],
        step: f64,
    ) -> Model {
        let prior = Model::prior(rows, knowledge);
        let mut model = prior.clone();
        let n = f64::from(rows.len().max(2));
        let possible = n * (n - 1.0) / 2.0;
        // Father and son of one name would teach that birthdays change, and relatives of any
        // kind that names do: what makes the classes is held.
        let births =
            rows.columns.iter().enumerate().filter(|(_, column)| column.kind == Kind::Birth);
        let births: Vec<usize> = births.map(|(place, _)| COLUMNS + place).collect();
        let related_held: Vec<usize> = births.iter().copied().chain([NAME]).collect();
        let branch_held: Vec<usize> = births.iter().copied().chain(places(rows)).collect();
        for _ in 0..ROUNDS {
            let lesson = model.expect(seen, &births);
            let Lesson { same, related, branch, settled, names } = &lesson;
            let share_of = |pairs: f64, believed: f64, prior: f32| {
                let unseen = believed / f64::from(prior).exp2();
                ((pairs * step + believed) / (possible + unseen)) as f32
            };
            // Related people are counted where their names show it: a pair of one name is
            // theirs only as far as there are such others.
            let apart: f64 = related.levels[NAME][APART..].iter().sum();
            let share: f32 = NAME_RELATED[APART..].iter().sum();
            // Names alone teach nothing about names.
            let alone = names.pairs() < seen.len() as f64 * 0.05;
            let held: Vec<usize> = births.iter().copied().chain(alone.then_some(NAME)).collect();
            let mut shares = same.shares(&prior.same, &held);
            for &field in &births {
                shares[field] = settled.share(&prior.same, field, CONTRADICTION_PAIRS);
            }
            model = Model {
                same: shares,
                related: related.shares(&prior.related, &related_held),
                branch: branch.shares(&prior.branch, &branch_held),
                same_prior: share_of(same.pairs, 5.0, prior.same_prior).min(0.5).log2(),
                related_prior: share_of(apart / f64::from(share), 1.0, prior.related_prior)
                    .min(0.5)
                    .log2(),
                branch_prior: match prior.branch_prior {
                    NEVER => NEVER,
                    usual => share_of(branch.pairs, 0.1, usual).min(0.5).log2(),
                },
                worth: names.corrected(&model.worth),
                taught_by: 0,
                doubt: 0.0,
            };
        }
        model
    }

    /// What the comparisons teach.
    fn expect(&self, seen: &[Comparison], births: &[usize]) -> Lesson {
        // Sums of floating-point numbers depend on their order: the pieces are always the same.
        let parts: Vec<Lesson> = seen
            .par_chunks(4096)
            .map(|chunk| {
                let mut lesson = Lesson::default();
                chunk.iter().for_each(|one| self.note(one, births, &mut lesson));
                lesson
            })
            .collect();
        let mut lesson = Lesson::default();
        parts.iter().for_each(|part| lesson.join(part));
        lesson
    }

    fn note(&self, comparison: &Comparison, births: &[usize], lesson: &mut Lesson) {
        let fields: [Bits; FIELDS] = std::array::from_fn(|field| self.field(comparison, field));
        let all = fields.iter().fold([0.0; CLASSES], |sum, own| plus(sum, *own));
        let is_same = self.amount(all).probability();
        // By the odds of the same against each of the others.
        let share = |bits: f32, prior: f32| {
            let ratio = (all[0] + self.same_prior - bits - prior).clamp(-60.0, 60.0);
            (is_same * f64::from(-ratio).exp2()).min(1.0 - is_same)
        };
        lesson.same.add_found(comparison, is_same);
        lesson.related.add(comparison, share(all[1], self.related_prior));
        lesson.branch.add(comparison, share(all[2], self.branch_prior));
        let tells = |&field: &usize| fields[field][0].abs() > TELLING;
        if comparison.name_class != 0 && (NAME + 1..FIELDS).any(|field| tells(&field)) {
            let by_name = self.amount(fields[NAME]).probability();
            lesson.names.add(comparison.name_class, by_name, is_same);
        }
        for &field in births {
            let level = usize::from(comparison.levels[field]);
            let others = self.amount(plus(all, fields[field].map(|bits| -bits)));
            let agreeing =
                (0..FIELDS).filter(|&other| other != field && fields[other][0] > AGREEING).count();
            if level != 0 && others.odds >= SETTLED && agreeing >= 2 {
                lesson.settled.levels[field][level] += others.probability();
            }
        }
    }
}

/// A field with fewer bits for or against tells nothing.
const TELLING: f32 = 0.3;
/// A field with so many bits agrees.
const AGREEING: f32 = 2.0;
/// Odds at which the other fields settle what one may say.
const SETTLED: f32 = 6.0;

/// What a round of comparisons teaches.
#[derive(Clone, Default)]
struct Lesson {
    same: Class,
    related: Class,
    branch: Class,
    /// Of the fields that contradict, what they say where the others settle the pair.
    settled: Class,
    names: Tally,
}

impl Lesson {
    fn join(&mut self, other: &Lesson) {
        self.same.join(&other.same);
        self.related.join(&other.related);
        self.branch.join(&other.branch);
        self.settled.join(&other.settled);
        self.names.join(&other.names);
    }
}

/// Pairs of one class, by level of each field.
#[derive(Clone)]
struct Class {
    pairs: f64,
    levels: [[f64; LEVELS]; FIELDS],
}

impl Default for Class {
    fn default() -> Class {
        Class { pairs: 0.0, levels: [[0.0; LEVELS]; FIELDS] }
    }
}

impl Class {
    fn add(&mut self, comparison: &Comparison, share: f64) {
        self.pairs += share;
        for field in 0..FIELDS {
            self.levels[field][usize::from(comparison.levels[field])] += share;
        }
    }

    /// Adds a pair of one person. Those that a field helped to find agree in it, so that the others
    /// are learned from pairs that their name has found.
    fn add_found(&mut self, comparison: &Comparison, share: f64) {
        self.pairs += share;
        let level = usize::from(comparison.levels[NAME]);
        self.levels[NAME][level] += share;
        let share = if level == Level::Same as usize { share } else { share * 0.1 };
        for field in NAME + 1..FIELDS {
            self.levels[field][usize::from(comparison.levels[field])] += share;
        }
    }

    fn join(&mut self, other: &Class) {
        self.pairs += other.pairs;
        for field in 0..FIELDS {
            for level in 0..LEVELS {
                self.levels[field][level] += other.levels[field][level];
            }
        }
    }

    fn shares(&self, prior: &Shares, held: &[usize]) -> Shares {
        let mut shares = *prior;
        for field in (0..FIELDS).filter(|field| !held.contains(field)) {
            shares[field] = self.share(prior, field, PRIOR_PAIRS);
        }
        shares
    }

    /// What was seen of a field, and a prior that is worth so many pairs.
    fn share(&self, prior: &Shares, field: usize, pairs: f64) -> [f32; LEVELS] {
        let mut shares = prior[field];
        let seen: f64 = self.levels[field][1..].iter().sum();
        for level in (1..LEVELS).filter(|&level| prior[field][level] > NEVER) {
            // Names that speak for two people are learned to speak for one only from many
            // pairs, and not without bounds.
            let apart = field == NAME && level >= APART;
            let trust = pairs * if apart { 10.0 } else { 1.0 } + PRIOR_SHARE * seen;
            let usual = prior[field][level];
            let share =
                (self.levels[field][level] + f64::from(usual).exp2() * trust) / (seen + trust);
            let (least, most) = if apart { (usual - 1.0, usual + 2.0) } else { (NEVER, 0.0) };
            shares[level] = (share.log2() as f32).clamp(least, most);
        }
        shares
    }
}
