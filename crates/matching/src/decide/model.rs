//! How likely two rows are one: Fellegi & Sunter (1969), with more classes.
//!
//! A pair is the same person or organisation, or related people who share a household or a
//! surname, or two branches of one organisation that share a name and a switchboard, or
//! strangers. Without the classes between, shared phones and names would look like proof. What
//! strangers share by chance is counted ([`crate::evidence::knowledge`]); how often the others agree is
//! learned from the candidates ([`crate::decide::learn`]; Winkler 1988), starting from and held by
//! priors ([`crate::decide::priors`]), which is all there is in a table of few rows.

use crate::evidence::compare::{COLUMNS, Comparison, FIELDS, Knowledge, NAME, fact};
use crate::read::prepare::Prepared;
use serde::{Deserialize, Serialize};

pub(crate) const LEVELS: usize = 12;

/// log2 of the share of pairs at each level of each field, in one class of pairs.
pub(crate) type Shares = [[f32; LEVELS]; FIELDS];

/// What was learned; [`Model::weigh`] applies it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Model {
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
    /// Answers of people that corrected all this.
    #[serde(default)]
    pub taught_by: u32,
    /// What they add to the doubt about each join, in bits.
    #[serde(default)]
    pub doubt: f32,
}

/// What a comparison amounts to, in bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weight {
    /// log2 of the odds of being the same against everything else.
    pub odds: f32,
    /// log2 of the likelihood of the comparison in the same against strangers, and against
    /// related people; without priors.
    pub against_strangers: f32,
    pub against_related: f32,
    /// If they aren't the same, they are most likely branches of one organisation.
    pub is_branch_else: bool,
}

impl Weight {
    /// The probability of being the same.
    pub(crate) fn probability(&self) -> f64 {
        probability(self.odds)
    }
}

/// The probability for log2 odds.
pub(crate) fn probability(odds: f32) -> f64 {
    1.0 / (1.0 + f64::from(-odds).exp2())
}

impl Model {
    /// More odds than a comparison whose columns are still to come can ever have.
    pub(crate) fn most_odds(
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

    pub(crate) fn weigh(&self, comparison: &Comparison) -> Weight {
        let add = |sum, field| plus(sum, self.field(comparison, field));
        self.amount((0..FIELDS).fold([0.0; CLASSES], add))
    }

    /// What one field adds in each class, against strangers.
    pub(crate) fn field(&self, comparison: &Comparison, field: usize) -> Bits {
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

    pub(crate) fn amount(&self, [same, related, branch]: Bits) -> Weight {
        let (relatives, branches) = (related + self.related_prior, branch + self.branch_prior);
        let others = log2_sum(log2_sum(0.0, relatives), branches);
        Weight {
            odds: same + self.same_prior - others,
            against_strangers: same,
            against_related: same - related.max(branch),
            is_branch_else: branches > relatives.max(0.0),
        }
    }
}

/// The same, related people, branches of one organisation.
pub(crate) const CLASSES: usize = 3;
/// Bits of each class against strangers.
pub(crate) type Bits = [f32; CLASSES];

pub(crate) fn plus(left: Bits, right: Bits) -> Bits {
    std::array::from_fn(|class| left[class] + right[class])
}

/// log2 of a share of nothing.
pub(crate) const NEVER: f32 = -30.0;

fn log2_sum(left: f32, right: f32) -> f32 {
    let (large, small) = if left > right { (left, right) } else { (right, left) };
    large + (1.0 + (small - large).exp2()).log2()
}
