//! How likely two rows are one: Fellegi & Sunter (1969), with a third class.
//!
//! A pair is the same person, or related people who share a household, a switchboard or a
//! surname, or strangers. Without the second class shared phones and addresses would look like
//! proof. What strangers share by chance is counted ([`super::knowledge`]); how often the same
//! and the related agree is learned from the candidates by expectation maximisation, without
//! labels (Winkler 1988), starting from and held by priors, which is all there is in a table of
//! few rows.

use super::columns::{Column, Kind};
use super::compare::{
    COLUMNS, Comparison, EMAIL, FIELDS, HANDLE, Knowledge, NAME, PHONE, UNSEEN_PEOPLE, fact,
};
use super::names::Level;
use super::prepare::Prepared;
use super::worth::{self, Tally};
use rayon::prelude::*;

pub const LEVELS: usize = 12;

/// log2 of the share of pairs at each level of each field, in one class of pairs.
pub type Shares = [[f32; LEVELS]; FIELDS];

/// What was learned; [`Model::weigh`] applies it.
#[derive(Clone, Debug)]
pub struct Model {
    pub same: Shares,
    pub related: Shares,
    pub branch: Shares,
    /// log2 of the share of all possible pairs that are the same, that are related, and that
    /// are branches of one organisation.
    pub same_prior: f32,
    pub related_prior: f32,
    pub branch_prior: f32,
    /// What a shared name is worth besides, by class.
    pub worth: Vec<f32>,
}

/// What a comparison amounts to, in bits.
#[derive(Clone, Copy, Debug)]
pub struct Weight {
    /// log2 of the odds of being the same against everything else.
    pub odds: f32,
    /// log2 of the likelihood of the comparison in the same against strangers, and against
    /// related people; without priors.
    pub against_strangers: f32,
    pub against_related: f32,
}

impl Weight {
    /// The probability of being the same.
    pub fn probability(&self) -> f64 {
        probability(self.odds)
    }
}

/// The probability for log2 odds.
pub fn probability(odds: f32) -> f64 {
    1.0 / (1.0 + f64::from(-odds).exp2())
}

const NAME_SAME: [f32; LEVELS] =
    [0.0, 0.45, 0.14, 0.12, 0.12, 0.04, 0.07, 0.01, 0.005, 0.015, 0.007, 0.02];
const NAME_RELATED: [f32; LEVELS] =
    [0.0, 0.012, 0.003, 0.003, 0.006, 0.006, 0.02, 0.03, 0.42, 0.03, 0.05, 0.42];
/// The first level of names that speaks for two people.
const APART: usize = 8;
/// Names of branches of one organisation.
const NAME_BRANCH: [f32; LEVELS] =
    [0.0, 0.12, 0.02, 0.03, 0.25, 0.005, 0.03, 0.42, 0.03, 0.06, 0.035, 0.0];
const PHONE_SAME: [f32; LEVELS] = [0.0, 0.60, 0.02, 0.01, 0.03, 0.34, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const PHONE_RELATED: [f32; LEVELS] =
    [0.0, 0.27, 0.12, 0.10, 0.003, 0.507, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const PHONE_BRANCH: [f32; LEVELS] =
    [0.0, 0.30, 0.08, 0.08, 0.03, 0.51, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const EMAIL_SAME: [f32; LEVELS] =
    [0.0, 0.50, 0.02, 0.03, 0.02, 0.01, 0.41, 0.01, 0.0, 0.0, 0.0, 0.0];
const EMAIL_RELATED: [f32; LEVELS] =
    [0.0, 0.05, 0.05, 0.001, 0.0005, 0.005, 0.892, 0.0015, 0.0, 0.0, 0.0, 0.0];
const EMAIL_BRANCH: [f32; LEVELS] =
    [0.0, 0.15, 0.15, 0.03, 0.03, 0.04, 0.57, 0.03, 0.0, 0.0, 0.0, 0.0];
const HANDLE_SAME: [f32; LEVELS] = [0.0, 0.60, 0.40, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const HANDLE_RELATED: [f32; LEVELS] =
    [0.0, 0.004, 0.996, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const HANDLE_BRANCH: [f32; LEVELS] = [0.0, 0.30, 0.70, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const BIRTH_SAME: [f32; LEVELS] =
    [0.0, 0.94, 0.03, 0.004, 0.003, 0.011, 0.008, 0.004, 0.0, 0.0, 0.0, 0.0];
const BIRTH_RELATED: [f32; LEVELS] =
    [0.0, 0.08, 0.006, 0.007, 0.878, 0.006, 0.005, 0.018, 0.0, 0.0, 0.0, 0.0];
const BIRTH_BRANCH: [f32; LEVELS] =
    [0.0, 0.01, 0.005, 0.01, 0.946, 0.006, 0.005, 0.018, 0.0, 0.0, 0.0, 0.0];
const DATE_SAME: [f32; LEVELS] =
    [0.0, 0.60, 0.05, 0.03, 0.23, 0.03, 0.03, 0.03, 0.0, 0.0, 0.0, 0.0];
const DATE_RELATED: [f32; LEVELS] =
    [0.0, 0.20, 0.01, 0.03, 0.69, 0.02, 0.02, 0.03, 0.0, 0.0, 0.0, 0.0];
const FACT_SAME: [f32; LEVELS] = [0.0, 0.70, 0.10, 0.05, 0.15, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const FACT_RELATED: [f32; LEVELS] =
    [0.0, 0.50, 0.04, 0.06, 0.40, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

const FACT_BRANCH: [f32; LEVELS] = [0.0, 0.10, 0.03, 0.12, 0.75, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

/// Pairs that a prior is worth, and the share of what was seen that it is worth besides.
const PRIOR_PAIRS: f64 = 40.0;
const PRIOR_SHARE: f64 = 0.02;
/// The same for what contradicts.
const CONTRADICTION_PAIRS: f64 = 200.0;
const ROUNDS: usize = 16;

impl Model {
    /// The model before anything was seen.
    pub fn prior(rows: &Prepared, knowledge: &Knowledge) -> Model {
        let fields = |name, phone, email, handle, birth, date, fact| {
            let mut shares = [[0.0; LEVELS]; FIELDS];
            shares[NAME] = name;
            shares[PHONE] = phone;
            shares[EMAIL] = email;
            shares[HANDLE] = handle;
            for (place, column) in rows.columns.iter().enumerate() {
                shares[COLUMNS + place] = match column.kind {
                    Kind::Birth => birth,
                    Kind::Date => date,
                    Kind::Code | Kind::Text => fact,
                };
            }
            shares
        };
        let same = fields(
            NAME_SAME,
            PHONE_SAME,
            EMAIL_SAME,
            HANDLE_SAME,
            BIRTH_SAME,
            DATE_SAME,
            FACT_SAME,
        );
        let related = fields(
            NAME_RELATED,
            PHONE_RELATED,
            EMAIL_RELATED,
            HANDLE_RELATED,
            BIRTH_RELATED,
            DATE_RELATED,
            FACT_RELATED,
        );
        let branch = fields(
            NAME_BRANCH,
            PHONE_BRANCH,
            EMAIL_BRANCH,
            HANDLE_BRANCH,
            BIRTH_BRANCH,
            DATE_RELATED,
            FACT_BRANCH,
        );
        let mut branch = logs(&branch);
        let places = places(rows);
        for &field in &places {
            let chance = &knowledge.facts[field - COLUMNS].level_bits;
            for (level, nearby) in NEARBY.into_iter().enumerate().skip(1) {
                branch[field][level] = (nearby - chance[level]).min(0.0);
            }
        }
        // One pair for every two rows, of all that there could be.
        let prior = -((rows.len() as f32 + UNSEEN_PEOPLE).log2());
        Model {
            same: logs(&same),
            related: logs(&related),
            branch,
            same_prior: prior,
            related_prior: prior - 2.0,
            branch_prior: if places.is_empty() { NEVER } else { prior - 4.0 },
            worth: vec![0.0; worth::CLASSES],
        }
    }

    /// Learns from comparisons that are one in `step` of all candidates.
    pub fn learn(rows: &Prepared, knowledge: &Knowledge, seen: &[Comparison], step: f64) -> Model {
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
            let mut shares = same.shares(&prior.same, &births);
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
            };
        }
        model
    }

    /// More odds than a comparison whose columns are still to come can ever have.
    pub fn most_odds(
        &self,
        identity: &Comparison,
        rows: &Prepared,
        knowledge: &Knowledge,
        pair: (u32, u32),
    ) -> f32 {
        let mut odds = self.same_prior + self.worth[usize::from(identity.name_class)];
        for field in 0..COLUMNS {
            let level = usize::from(identity.levels[field]);
            if level != 0 {
                odds += self.same[field][level] + identity.bits[field];
            }
        }
        for (place, column) in rows.columns.iter().enumerate() {
            let (Some(left), Some(right)) = (column.value(pair.0), column.value(pair.1)) else {
                continue;
            };
            let shares = &self.same[COLUMNS + place];
            let known = &knowledge.facts[place];
            odds += if left == right {
                shares[1] + known.value_bits[left as usize]
            } else {
                (2..fact::LEVELS)
                    .filter(|&level| shares[level] > NEVER)
                    .fold(f32::MIN, |most, level| most.max(shares[level] + known.level_bits[level]))
            };
        }
        odds
    }

    pub fn weigh(&self, comparison: &Comparison) -> Weight {
        let add = |sum, field| plus(sum, self.field(comparison, field));
        self.amount((0..FIELDS).fold([0.0; CLASSES], add))
    }

    /// What one field adds in each class, against strangers.
    pub fn field(&self, comparison: &Comparison, field: usize) -> Bits {
        let level = usize::from(comparison.levels[field]);
        if level == 0 {
            return [0.0; CLASSES];
        }
        let besides =
            if field == NAME { self.worth[usize::from(comparison.name_class)] } else { 0.0 };
        let bits = comparison.bits[field];
        let mut own =
            [&self.same, &self.related, &self.branch].map(|shares| shares[field][level] + bits);
        own[0] += besides;
        own[1] += besides * 0.5;
        own[2] += besides;
        own
    }

    fn amount(&self, [same, related, branch]: Bits) -> Weight {
        let others = log2_sum(0.0, related + self.related_prior);
        let others = log2_sum(others, branch + self.branch_prior);
        Weight {
            odds: same + self.same_prior - others,
            against_strangers: same,
            against_related: same - related.max(branch),
        }
    }

    /// What the comparisons teach.
    fn expect(&self, seen: &[Comparison], births: &[usize]) -> Lesson {
        // Sums of floating-point numbers depend on their order: the pieces are always the same.
        let parts: Vec<Lesson> = seen
            .par_chunks(4096)
            .map(|chunk| {
                let mut lesson = Lesson::default();
                chunk.iter().for_each(|one| self.teach(one, births, &mut lesson));
                lesson
            })
            .collect();
        let mut lesson = Lesson::default();
        parts.iter().for_each(|part| lesson.join(part));
        lesson
    }

    fn teach(&self, comparison: &Comparison, births: &[usize], lesson: &mut Lesson) {
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

/// The same, related people, branches of one organisation.
const CLASSES: usize = 3;
/// Bits of each class against strangers.
type Bits = [f32; CLASSES];

fn plus(left: Bits, right: Bits) -> Bits {
    std::array::from_fn(|class| left[class] + right[class])
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

/// Columns that tell one place from another: nearly every value is another one.
fn places(rows: &Prepared) -> Vec<usize> {
    let tells = |column: &&Column| {
        matches!(column.kind, Kind::Text | Kind::Code)
            && column.texts.len() >= FEWEST_PLACES
            && column.texts.len() >= column.filled / 5
    };
    let columns = rows.columns.iter().enumerate().filter(|(_, column)| tells(column));
    columns.map(|(place, _)| COLUMNS + place).collect()
}

const FEWEST_PLACES: u32 = 50;
/// How many bits likelier than strangers branches agree in a place, by level.
const NEARBY: [f32; 5] = [0.0, 2.0, 1.0, 0.5, 0.0];

/// log2 of a share of nothing.
pub const NEVER: f32 = -30.0;

fn logs(shares: &[[f32; LEVELS]; FIELDS]) -> Shares {
    shares.map(|levels| levels.map(|share| if share > 0.0 { share.log2() } else { NEVER }))
}

fn log2_sum(left: f32, right: f32) -> f32 {
    let (large, small) = if left > right { (left, right) } else { (right, left) };
    large + (1.0 + (small - large).exp2()).log2()
}
