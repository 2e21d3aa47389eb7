//! What a run over a whole table learned, so that a later one over a few of its rows decides as
//! that did: the model, and how common things are.

use crate::Matches;
use crate::candidates::keys::{self, is_telling};
use crate::census::{Census, CensusColumn, Counted, FEWEST, PastKey};
use crate::decide::model::Model;
use crate::evidence::compare::FactKnowledge;
use crate::evidence::counts::{ValueCounts, WordCounts, word_key};
use crate::evidence::levels::fact;
use crate::hash;
use crate::read::columns::{self, Column};
use crate::read::{fold, tokens};
use serde::{Deserialize, Serialize};

/// Raised with every change of what the figures mean.
const FORMAT: u32 = 1;
/// That strangers agree is at least so surprising where values tell people apart.
const TELLING_BITS: f32 = 5.0;

/// What was learned; [`crate::run_after`] goes on from it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Past {
    format: u32,
    pub(crate) census: Census,
    pub(crate) model: Model,
}

impl Past {
    /// From the two parts that [`Past::parts`] gives; nothing where another version wrote them.
    pub fn from_parts(figures: &str, counts: Vec<u8>) -> Option<Past> {
        let mut past: Past = serde_json::from_str(figures).ok()?;
        past.census.counts = counts;
        let fits = past.format == FORMAT
            && past.census.is_whole()
            && past.census.columns.len() <= columns::MOST_COLUMNS;
        fits.then_some(past)
    }

    /// The figures as JSON, and the counts in bytes.
    pub fn parts(&self) -> (String, &[u8]) {
        (serde_json::to_string(self).unwrap_or_default(), &self.census.counts)
    }

    /// Rows of the table that it was learned from.
    pub fn rows(&self) -> u32 {
        self.census.rows
    }

    /// Keys of metadata whose values tell people apart: who has a like name and such a value is
    /// worth comparing.
    pub fn telling_keys(&self) -> Vec<&str> {
        let tells = |column: &&CensusColumn| {
            is_telling(column.kind, column.distinct)
                && column.level_bits[usize::from(fact::SAME)] >= TELLING_BITS
        };
        self.census.columns.iter().filter(tells).map(|column| column.key.as_str()).collect()
    }

    /// The words of a name that few people have, folded.
    pub fn rare_words(&self, name: &str) -> Vec<String> {
        let mut folded = String::new();
        fold::fold(name, &mut folded);
        let words = folded.split_ascii_whitespace().filter(|word| word.len() > 2).take(4);
        let is_rare = |word: &&str| {
            let sound = word_key(tokens::sound_hash(word));
            self.census.count(Counted::Sound, sound).is_none()
        };
        words.filter(is_rare).map(str::to_owned).collect()
    }
}

impl Matches {
    /// What this run over a whole table learned, under a key that no other run has.
    pub fn past(&self, key: PastKey) -> Past {
        let mut census = Census {
            key,
            rows: self.rows.len(),
            people: self.people.count,
            named: self.knowledge.rarity.named,
            coupling: self.knowledge.rarity.coupling,
            organisations: self.knowledge.rarity.organisations,
            columns: self.census_columns(),
            overlaps: self.knowledge.overlaps.clone(),
            swaps: self.knowledge.swaps.clone(),
            counts: Vec::new(),
        };
        census.take(|each| self.tell_all(each));
        Past { format: FORMAT, census, model: self.model.clone() }
    }

    fn census_columns(&self) -> Vec<CensusColumn> {
        let columns = self.rows.columns.iter().zip(&self.knowledge.facts);
        let column = |(column, known): (&Column, &FactKnowledge)| {
            CensusColumn {
                // A key that fewer have could be somebody's name.
                key: if known.holders < FEWEST { String::new() } else { column.key.clone() },
                kind: column.kind,
                distinct: column.texts.len(),
                holders: known.holders,
                level_bits: known.level_bits,
            }
        };
        columns.map(column).collect()
    }

    /// Tells all counts; the census leaves out those of a few.
    fn tell_all(&self, each: &mut dyn FnMut(Counted, u64, u32)) {
        let rows = &self.rows;
        let counts = WordCounts::new(rows, &self.people);
        counts.written.iter().for_each(|(&number, &count)| each(Counted::Word, number, count));
        counts.sounds.iter().for_each(|(&number, &count)| each(Counted::Sound, number, count));
        let mut told = hash::HashedMap::default();
        for row in 0..rows.len() {
            let number = rows.name_hashes[row as usize];
            let [people, of_rows] = self.knowledge.rarity.namesakes[row as usize];
            if people >= FEWEST as u16 && number != 0 && told.insert(number, ()).is_none() {
                each(Counted::Name, number, u32::from(people));
                each(Counted::NameRows, number, u32::from(of_rows));
            }
        }
        for (counted, people) in [
            (Counted::Phone, &self.knowledge.phone_people),
            (Counted::Mailbox, &self.knowledge.mail_people),
        ] {
            people.iter().for_each(|(&number, &count)| each(counted, number, count));
        }
        for (place, column) in rows.columns.iter().enumerate() {
            let counts = ValueCounts::new(column, &self.people);
            let all = keys::counts(column);
            for value in 0..column.texts.len() {
                let number = column.number(value);
                let people = counts.of[value as usize];
                if people >= FEWEST {
                    each(Counted::Value(place), number, people);
                    each(Counted::ValueRows(place), number, all[value as usize]);
                }
            }
            counts.years.iter().for_each(|(&year, &count)| each(Counted::Year(place), year, count));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, Table, run, run_after};
    use inboxctl_sample::World;
    use std::collections::HashSet;

    fn sample(world: World) -> Table {
        crate::tests::sample(3_000, world).0
    }

    fn kept(past: &Past) -> Past {
        let (figures, counts) = past.parts();
        Past::from_parts(&figures, counts.to_vec()).unwrap()
    }

    fn records(past: &Past) -> Vec<(u64, u32)> {
        let record = |record: &[u8]| {
            let (hash, count) = record.split_at(8);
            let hash = u64::from_be_bytes(hash.try_into().unwrap());
            (hash, u32::from_be_bytes(count.try_into().unwrap()))
        };
        past.census.counts.chunks(12).map(record).collect()
    }

    #[test]
    fn a_run_over_the_same_rows_decides_as_the_past_one_did() {
        for world in World::ALL {
            let table = sample(world);
            let matches = run(&table, &Settings::default());
            let past = kept(&matches.past([7; 32]));
            let after = run_after(&past, &table, &Settings::default());
            assert_eq!(after.clusters, matches.clusters, "{}", world.name());
        }
    }

    #[test]
    fn nothing_that_few_have_is_kept_and_nothing_as_it_is_written() {
        let table = sample(World::Tied);
        let past = run(&table, &Settings::default()).past([7; 32]);
        let kept = records(&past);
        assert!(kept.len() > 100);
        assert!(kept.iter().all(|(_, count)| *count >= FEWEST), "{kept:?}");
        let figures = past.parts().0;
        for row in 0..table.len() as u32 {
            let row = table.row(row);
            let told = [row.name, row.phone, row.email].into_iter().flatten();
            told.for_each(|text| assert!(!figures.contains(text), "{text}"));
        }
        let other = run(&table, &Settings::default()).past([8; 32]);
        let hashes = |records: Vec<(u64, u32)>| -> HashSet<u64> {
            records.into_iter().map(|(hash, _)| hash).collect()
        };
        assert!(
            hashes(kept).is_disjoint(&hashes(records(&other))),
            "another run's hashes say the same"
        );
    }

    #[test]
    fn what_another_version_left_is_not_taken() {
        let table = sample(World::Tied);
        let (figures, counts) = {
            let past = run(&table, &Settings::default()).past([7; 32]);
            (past.parts().0, past.parts().1.to_vec())
        };
        assert!(Past::from_parts("{}", counts.clone()).is_none());
        assert!(
            Past::from_parts(&figures.replace("\"format\":1", "\"format\":0"), counts).is_none()
        );
        assert!(Past::from_parts(&figures, vec![0; 13]).is_none());
        assert!(
            Past::from_parts(&figures.replace("\"overlaps\":[[", "\"overlaps\":[[0,"), vec![])
                .is_none()
        );
    }
}
