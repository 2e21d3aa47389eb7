//! What a shared name is worth at each rarity, learned from the table itself.
//!
//! How many strangers share a name can't be computed from its words: given names and surnames
//! go together, and cultures and families have their own. So names are put in classes by how
//! they agree, how many rows have them and how rare their words are; in each class the other
//! fields of the pairs tell how many of them are one person, and that is what the name is worth
//! where there is nothing else to compare.

use crate::evidence::levels::Level;

/// Class 0 is never corrected.
pub(crate) const CLASSES: usize = 1 + 2 * HALF;
/// Classes of pairs with identifiers to compare; then come those without: rows of one person
/// share identifiers more often, or less often, than they have both of them.
const HALF: usize = GROUPS * SHARERS * STEPS;
const GROUPS: usize = 4;
const SHARERS: usize = 3;
const STEPS: usize = 10;
/// Bits that a class of rarity is wide.
const STEP_BITS: f32 = 2.0;
/// How much of what its words say a name is rarer than its holders is believed unseen.
pub(crate) const BELIEVED: f32 = 0.3;
/// The same for organisations, which choose a name that nobody has.
pub(crate) const CHOSEN: f32 = 0.9;
/// Pairs that the belief is worth.
const BELIEVED_PAIRS: f64 = 10.0;
/// No class is corrected by more bits.
const MOST_BITS: f32 = 8.0;

/// The class of a name that so many rows have and whose words leave so many bits more than
/// there are people.
pub(crate) fn class(level: Level, rows: u16, rarity: f32) -> u8 {
    let group = match level {
        Level::Same => 0,
        Level::Variant | Level::Slip | Level::Subset => 1,
        Level::Mostly => 2,
        Level::Initial | Level::Single => 3,
        _ => return 0,
    };
    let sharers = match rows {
        0..=2 => 0,
        3..=5 => 1,
        6..=12 => 2,
        _ => return 0,
    };
    let step = ((rarity / STEP_BITS + 3.0).clamp(0.0, STEPS as f32 - 1.0)) as usize;
    (1 + (group * SHARERS + sharers) * STEPS + step) as u8
}

/// The class where there are identifiers to compare, or none.
pub(crate) fn class_of(class: u8, identified: bool) -> u8 {
    if class == 0 || identified { class } else { class + HALF as u8 }
}

/// What the pairs of each class promise by the name alone, and by all that is known.
#[derive(Clone)]
pub(crate) struct Tally {
    classes: Vec<(f64, f64, f64)>,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally { classes: vec![(0.0, 0.0, 0.0); CLASSES] }
    }
}

impl Tally {
    pub(crate) fn add(&mut self, class: u8, by_name: f64, by_all: f64) {
        let (pairs, name, all) = &mut self.classes[usize::from(class)];
        *pairs += 1.0;
        *name += by_name;
        *all += by_all;
    }

    /// How many pairs there are with something else to tell what they are.
    pub(crate) fn pairs(&self) -> f64 {
        self.classes.iter().map(|class| class.0).sum()
    }

    pub(crate) fn join(&mut self, other: &Tally) {
        for (own, other) in self.classes.iter_mut().zip(&other.classes) {
            own.0 += other.0;
            own.1 += other.1;
            own.2 += other.2;
        }
    }

    /// The bits of each class, from those that the promises were made with.
    pub(crate) fn corrected(&self, bits: &[f32]) -> Vec<f32> {
        let mut corrected = vec![0.0; CLASSES];
        for class in 1..CLASSES {
            // Without identifiers a name is believed to be worth what it is with them.
            let usual = if class > HALF { corrected[class - HALF] } else { 0.0 };
            corrected[class] = self.corrected_class(class, bits[class], usual);
        }
        corrected
    }

    fn corrected_class(&self, class: usize, bits: f32, usual: f32) -> f32 {
        let (pairs, name, all) = self.classes[class];
        if pairs == 0.0 {
            return usual;
        }
        let log_odds = |share: f64| (share / (1.0 - share)).log2();
        let promised = (name / pairs).clamp(1e-6, 1.0 - 1e-6);
        // What is believed pulls back to what is usual.
        let odds = log_odds(promised) + f64::from(usual - bits);
        let believed = 1.0 / (1.0 + (-odds).exp2());
        let kept = (all + BELIEVED_PAIRS * believed) / (pairs + BELIEVED_PAIRS);
        let kept = kept.clamp(1e-6, 1.0 - 1e-6);
        (bits + (log_odds(kept) - log_odds(promised)) as f32).clamp(-MOST_BITS, MOST_BITS)
    }
}
