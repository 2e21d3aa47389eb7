//! What people answered, taught to the model.
//!
//! Learning without labels can't know what tells people apart in this table where its own fields
//! don't settle it; answers do. They are pairs that the model doubted, so they say nothing of how
//! many pairs are one (it isn't asked evenly), but all of how good its odds are for pairs like them:
//! a logistic regression corrects them, level by level, with what was learned as its offset. What a
//! correction is worth before anything is answered is held around nothing by a prior, so that ten
//! answers move little and five hundred decide; and an answer that is against all evidence is
//! rather a slip of the person than news, so that no single one overturns much.

use crate::decide::model::{LEVELS, Model, NEVER};
use crate::evidence::compare::{COLUMNS, Comparison, FIELDS};
use crate::evidence::worth;
use crate::read::columns::Column;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A pair that somebody answered about.
pub(crate) struct Label {
    pub comparison: Comparison,
    pub is_same: bool,
}

/// Raised with every change of what levels mean.
const FORMAT: u32 = 1;

/// How a pair compared when somebody was asked about it: the level of each field, and how surprising
/// that is in strangers. It holds nothing of what the fields say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparisonVector {
    format: u32,
    /// Of the name, phone, e-mail and handle.
    identity: [(u8, f32); COLUMNS],
    /// Of keys of metadata.
    metadata: BTreeMap<String, (u8, f32)>,
    name_class: u8,
}

impl ComparisonVector {
    pub(crate) fn new(comparison: &Comparison, columns: &[Column]) -> ComparisonVector {
        let field = |field: usize| (comparison.levels[field], comparison.bits[field]);
        let metadata =
            columns.iter().enumerate().filter(|&(place, _)| field(COLUMNS + place).0 > 0);
        ComparisonVector {
            format: FORMAT,
            identity: std::array::from_fn(field),
            metadata: metadata
                .map(|(place, column)| (column.key.clone(), field(COLUMNS + place)))
                .collect(),
            name_class: comparison.name_class,
        }
    }

    /// From what [`ComparisonVector::to_json`] wrote; nothing where another version did.
    pub fn from_json(text: &str) -> Option<ComparisonVector> {
        let vector: ComparisonVector = serde_json::from_str(text).ok()?;
        let fields = || vector.identity.iter().chain(vector.metadata.values());
        let is_level = |&(level, bits): &(u8, f32)| usize::from(level) < LEVELS && bits.is_finite();
        let fits = vector.format == FORMAT
            && usize::from(vector.name_class) < worth::CLASSES
            && fields().all(is_level);
        fits.then_some(vector)
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// As rows with these columns compare.
    pub(crate) fn comparison(&self, columns: &[Column]) -> Comparison {
        let mut comparison = Comparison { name_class: self.name_class, ..Comparison::default() };
        let metadata = columns.iter().map(|column| self.metadata.get(&column.key));
        let fields = self.identity.iter().map(Some).chain(metadata);
        for (field, known) in fields.enumerate().take(FIELDS) {
            let &(level, bits) = known.unwrap_or(&(0, 0.0));
            comparison.levels[field] = level;
            comparison.bits[field] = bits;
        }
        comparison
    }
}

/// The standard deviation, in bits, of how much all corrections together move a pair before
/// anything is answered; and the most that one level is corrected by.
const BELIEVED_BITS: f64 = 2.0;
const MOST_BITS: f64 = 4.0;
/// The same of the doubt about joins, and how much less of it there may be.
const BELIEVED_DOUBT: f64 = 1.0;
const MOST_TRUST: f64 = 2.5;
/// The share of answers that are slips.
const SLIPS: f64 = 0.02;
const SWEEPS: usize = 40;

impl Model {
    /// Corrects the weights by labels.
    pub(crate) fn teach(&mut self, labels: &[Label]) {
        self.taught_by = labels.len() as u32;
        let lessons: Vec<Lesson> = labels.iter().map(|label| self.lesson(label)).collect();
        let features: usize = lessons.iter().map(|lesson| lesson.features.len()).sum();
        if features == 0 {
            return;
        }
        let variance = BELIEVED_BITS.powi(2) * lessons.len() as f64 / features as f64;
        let corrections = corrections(lessons, variance);
        self.same_prior = (self.same_prior + corrections[PRIOR] as f32).min(-1.0);
        for (field, levels) in self.same.iter_mut().enumerate() {
            for (level, bits) in levels.iter_mut().enumerate().skip(1) {
                if *bits > NEVER {
                    *bits += corrections[field * LEVELS + level] as f32;
                }
            }
        }
        self.teach_doubt(labels);
    }

    /// Corrects the doubt about joins by labels.
    fn teach_doubt(&mut self, labels: &[Label]) {
        let doubt = |label: &Label| {
            let odds = self.weigh(&label.comparison).odds;
            f64::from(self.doubt_bits(&label.comparison, odds).max(-odds))
        };
        let lesson = |label: &Label| Lesson {
            odds: -doubt(label),
            is_same: label.is_same,
            features: vec![PRIOR],
        };
        let lessons: Vec<Lesson> = labels.iter().map(lesson).collect();
        let corrected = corrections(lessons, BELIEVED_DOUBT.powi(2))[PRIOR];
        // How it is with what nobody needs to be asked about is known only from afar.
        self.doubt = f64::clamp(-corrected, -MOST_TRUST, MOST_BITS) as f32;
    }

    fn lesson(&self, label: &Label) -> Lesson {
        let level = |field: usize| usize::from(label.comparison.levels[field]);
        let is_known =
            |field: &usize| level(*field) != 0 && self.same[*field][level(*field)] > NEVER;
        let known = (0..FIELDS).filter(is_known).map(|field| field * LEVELS + level(field));
        Lesson {
            odds: f64::from(self.weigh(&label.comparison).odds),
            is_same: label.is_same,
            features: known.chain([PRIOR]).collect(),
        }
    }
}

/// A label as the regression sees it.
struct Lesson {
    /// As they are corrected so far.
    odds: f64,
    is_same: bool,
    /// What may be corrected: levels of fields, and the prior.
    features: Vec<usize>,
}

/// Where the correction of the prior stands: no field has a level 0 to be corrected.
const PRIOR: usize = 0;

impl Lesson {
    /// The slope of the log-likelihood in the odds, and how fast it falls.
    fn pull(&self) -> (f64, f64) {
        let odds = if self.is_same { self.odds } else { -self.odds };
        let right = 1.0 / (1.0 + (-odds).exp2());
        let slope = std::f64::consts::LN_2 * right * (1.0 - right);
        let pull = (1.0 - 2.0 * SLIPS) * slope / (SLIPS + (1.0 - 2.0 * SLIPS) * right);
        (if self.is_same { pull } else { -pull }, std::f64::consts::LN_2 * slope)
    }
}

/// The most likely corrections in bits, one after the other by Newton's method until they rest.
fn corrections(mut lessons: Vec<Lesson>, variance: f64) -> Vec<f64> {
    let mut corrections = vec![0.0; FIELDS * LEVELS];
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, lesson) in lessons.iter().enumerate() {
        lesson.features.iter().for_each(|&feature| of.entry(feature).or_default().push(number));
    }
    for _ in 0..SWEEPS {
        for (&feature, numbers) in &of {
            let (mut slope, mut bend) = (-corrections[feature] / variance, 1.0 / variance);
            for &number in numbers {
                let (pull, falls) = lessons[number].pull();
                slope += pull;
                bend += falls;
            }
            let step = (slope / bend).clamp(-1.0, 1.0);
            let corrected = f64::clamp(corrections[feature] + step, -MOST_BITS, MOST_BITS);
            let step = corrected - corrections[feature];
            corrections[feature] = corrected;
            numbers.iter().for_each(|&number| lessons[number].odds += step);
        }
    }
    corrections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, DEFAULT_MAX_WRONG, Matches, Settings, Table, run, run_after};
    use inboxctl_sample::World;
    use proptest::prelude::*;

    fn sample() -> (Table, Vec<u64>) {
        crate::tests::sample(2_000, World::Channels)
    }

    /// The pairs of the first questions of a review.
    fn asked(matches: &Matches, most: usize) -> Vec<[u32; 2]> {
        let mut questions = matches.questions(&matches.certain(DEFAULT_MAX_WRONG));
        let mut pairs = Vec::new();
        while let Some(question) = questions.ask().filter(|_| pairs.len() < most) {
            pairs.push(question.pair);
            questions.answer(Answer::Skipped);
        }
        pairs
    }

    /// The settings of the next run after these answers.
    fn taught(matches: &Matches, table: &Table, answers: &[([u32; 2], bool)]) -> Settings {
        let mut settings = Settings { threshold: 0.3, ..Settings::default() };
        for &([left, right], is_same) in answers {
            if is_same {
                settings.called_same.push(matches.comparison_vector(left, right));
            } else {
                settings.taken_back.push((table.id(left), table.id(right)));
            }
        }
        settings
    }

    fn probability(matches: &Matches, table: &Table, [left, right]: [u32; 2]) -> f64 {
        matches.explain(table, left, right).probability
    }

    #[test]
    fn answers_raise_and_lower_what_is_like_them() {
        let (table, _) = sample();
        let before = run(&table, &Settings { threshold: 0.3, ..Settings::default() });
        let pairs = asked(&before, 20);
        let mean = |matches: &Matches| {
            let all = pairs.iter().map(|&pair| probability(matches, &table, pair));
            all.sum::<f64>() / pairs.len() as f64
        };
        let after = |is_same| {
            let answers: Vec<_> = pairs[..10].iter().map(|&pair| (pair, is_same)).collect();
            run(&table, &taught(&before, &table, &answers))
        };
        let (yes, no) = (after(true), after(false));
        assert_eq!(yes.taught_by(), 10);
        assert!(mean(&yes) > mean(&before), "{} {}", mean(&yes), mean(&before));
        assert!(mean(&no) < mean(&before) - 0.1, "{} {}", mean(&no), mean(&before));
        // A night's run decides by what was taught.
        let past = no.past([7; 32]);
        let night = run_after(&past, &table, &Settings { threshold: 0.3, ..Settings::default() });
        assert_eq!(night.taught_by(), 10);
        assert_eq!(probability(&night, &table, pairs[0]), probability(&no, &table, pairs[0]));
    }

    #[test]
    fn right_answers_make_the_next_run_better() {
        let (table, truth) = sample();
        let before = run(&table, &Settings { threshold: 0.3, ..Settings::default() });
        let is_same = |[left, right]: [u32; 2]| truth[left as usize] == truth[right as usize];
        let pairs = asked(&before, 100_000);
        let (taught_pairs, others) = pairs.split_at(pairs.len() / 2);
        let answers: Vec<_> = taught_pairs.iter().map(|&pair| (pair, is_same(pair))).collect();
        let after = run(&table, &taught(&before, &table, &answers));
        // What the others promise against what is so.
        let loss = |matches: &Matches| {
            let each = others.iter().map(|&pair| {
                let promised = probability(matches, &table, pair).clamp(1e-6, 1.0 - 1e-6);
                -(if is_same(pair) { promised } else { 1.0 - promised }).log2()
            });
            each.sum::<f64>() / others.len() as f64
        };
        assert!(loss(&after) < loss(&before), "{} {}", loss(&after), loss(&before));
    }

    #[test]
    fn one_answer_against_all_evidence_changes_little() {
        let (table, _) = sample();
        let settings = Settings::default();
        let before = run(&table, &settings);
        let certain = before.certain(DEFAULT_MAX_WRONG);
        let pair = [certain.cores[0].members[0], certain.cores[0].members[1]];
        let after = run(&table, &taught(&before, &table, &[(pair, false)]));
        assert!(probability(&after, &table, pair) > 0.9);
    }

    #[test]
    fn a_vector_is_read_back_unless_another_version_wrote_it() {
        let (table, _) = sample();
        let matches = run(&table, &Settings::default());
        let vector = matches.comparison_vector(3, 4);
        let text = vector.to_json();
        assert_eq!(ComparisonVector::from_json(&text), Some(vector));
        let newer = text.replace("\"format\":1", "\"format\":2");
        assert_eq!(ComparisonVector::from_json(&newer), None);
        assert_eq!(ComparisonVector::from_json("{}"), None);
        let beyond = text.replace("\"identity\":[[", "\"identity\":[[2");
        assert_eq!(ComparisonVector::from_json(&beyond), None);
    }

    proptest! {
        #[test]
        fn corrections_are_bounded_and_go_where_the_answers_are(
            answers in prop::collection::vec((-8.0..8.0f64, 1usize..6), 1..200),
            is_same: bool,
        ) {
            let lesson = |&(odds, feature): &(f64, usize)| Lesson {
                odds,
                is_same,
                features: vec![feature, PRIOR],
            };
            let corrected = corrections(answers.iter().map(lesson).collect(), 2.0);
            for &bits in &corrected {
                prop_assert!(bits.abs() <= MOST_BITS);
                prop_assert!(bits == 0.0 || (bits > 0.0) == is_same, "{bits}");
            }
            prop_assert!(corrected[PRIOR] != 0.0);
        }
    }
}
