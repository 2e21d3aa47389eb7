//! Metadata as columns: which keys are worth comparing, of what kind their values are, and a
//! number for each distinct value.

use crate::census::{Census, CensusColumn};
use crate::hash;
pub(crate) use crate::kind::Kind;
use crate::read::date;
use crate::read::fold::fold;
use crate::read::rows::{Run, Words};
use rayon::prelude::*;
use std::sync::Arc;

/// No value.
pub(crate) const NONE: u32 = u32::MAX;
/// So many keys are compared, the most frequent ones.
pub(crate) const MOST_COLUMNS: usize = 14;

/// One key of metadata.
pub(crate) struct Column {
    pub key: String,
    pub kind: Kind,
    /// The numbers of all columns' values, row by row: a pair is compared in two places of
    /// memory, not in two for each column.
    facts: Arc<Vec<u32>>,
    place: usize,
    stride: usize,
    /// The distinct values, normalised.
    pub texts: Words,
    /// How many rows have any value.
    pub filled: u32,
}

/// A column on its way, with the number of each row's value, or [`NONE`].
struct Draft {
    column: Column,
    values: Vec<u32>,
}

/// The columns of all runs, in order of how many rows have them, or those of a past run; rows come in
/// a new order.
pub(crate) fn columns(runs: &[Run], order: &[u32], past: Option<&Census>) -> Vec<Column> {
    let keys = Keys::new(runs);
    let drafts: Vec<Draft> = match past {
        Some(past) => {
            let columns = past.columns.par_iter();
            columns.map(|column| keys.as_before(runs, column, order.len())).collect()
        }
        None => {
            let chosen = keys.chosen(order.len());
            let is_worth_it = |draft: &Draft| draft.column.is_worth_comparing();
            let drafts =
                chosen.into_par_iter().map(|key| draft(runs, &keys, key, order.len(), None));
            let mut drafts: Vec<Draft> = drafts.filter(is_worth_it).collect();
            drafts.truncate(MOST_COLUMNS);
            drafts
        }
    };
    let stride = drafts.len();
    // Row by row first: each row in its new order is then one place of memory, not one a column.
    let by_row: Vec<u32> = (0..order.len())
        .flat_map(|row| drafts.iter().map(move |draft| draft.values[row]))
        .collect();
    let mut facts = Vec::with_capacity(by_row.len());
    for &row in order {
        facts.extend_from_slice(&by_row[row as usize * stride..][..stride]);
    }
    let facts = Arc::new(facts);
    let finish = |(place, draft): (usize, Draft)| Column {
        facts: facts.clone(),
        place,
        stride,
        ..draft.column
    };
    drafts.into_iter().enumerate().map(finish).collect()
}

/// The keys of all runs.
struct Keys {
    words: Words,
    counts: Vec<u32>,
    /// For each run, the number of each of its keys.
    numbers: Vec<Vec<u32>>,
}

impl Keys {
    fn new(runs: &[Run]) -> Keys {
        let mut words = Words::default();
        let mut counts: Vec<u32> = Vec::new();
        let mut numbers = Vec::with_capacity(runs.len());
        for run in runs {
            let own: Vec<u32> =
                (0..run.keys.len()).map(|key| words.number(run.keys.get(key), 0)).collect();
            counts.resize(words.len() as usize, 0);
            for row in 0..run.facts.len() {
                for &value in run.facts.get(row as u32) {
                    let key = run.values.entries[value as usize].2;
                    counts[own[key as usize] as usize] += 1;
                }
            }
            numbers.push(own);
        }
        Keys { words, counts, numbers }
    }

    /// A column of a past run.
    fn as_before(&self, runs: &[Run], column: &CensusColumn, rows: usize) -> Draft {
        let mut keys = 0..self.words.len();
        match keys.find(|&key| self.words.get(key) == column.key) {
            Some(key) => draft(runs, self, key, rows, Some(column.kind)),
            None => Draft {
                column: Column::new(&column.key, column.kind, Words::default(), 0),
                values: vec![NONE; rows],
            },
        }
    }

    /// Keys that several rows carry, the most frequent first.
    fn chosen(&self, rows: usize) -> Vec<u32> {
        let fewest = (rows / 2000).max(2) as u32;
        let mut keys: Vec<u32> =
            (0..self.words.len()).filter(|&key| self.counts[key as usize] >= fewest).collect();
        keys.sort_by_key(|&key| {
            (std::cmp::Reverse(self.counts[key as usize]), self.words.get(key))
        });
        keys.truncate(2 * MOST_COLUMNS);
        keys
    }
}

fn draft(runs: &[Run], keys: &Keys, key: u32, rows: usize, known: Option<Kind>) -> Draft {
    // Each run's own numbers of values lead to numbers of raw values of all runs.
    let mut raw = Words::default();
    let mut routes: Vec<Vec<u32>> = Vec::with_capacity(runs.len());
    for (run, numbers) in runs.iter().zip(&keys.numbers) {
        let own = numbers.iter().position(|&number| number == key);
        let route = (0..run.values.len()).map(|value| {
            let is_own = Some(run.values.entries[value as usize].2 as usize) == own;
            if is_own { raw.number(run.values.get(value), 0) } else { NONE }
        });
        routes.push(route.collect());
    }
    let name = keys.words.get(key);
    let kind = known.unwrap_or_else(|| kind(name, &raw));
    let mut texts = Words::default();
    let normal: Vec<u32> =
        (0..raw.len()).map(|number| normalise(raw.get(number), kind, &mut texts)).collect();
    let mut values = Vec::with_capacity(rows);
    for (run, route) in runs.iter().zip(&routes) {
        for row in 0..run.facts.len() {
            let facts = run.facts.get(row as u32);
            let mut own = facts.iter().map(|&value| route[value as usize]);
            let own = own.find(|&number| number != NONE);
            values.push(own.map_or(NONE, |number| normal[number as usize]));
        }
    }
    let filled = values.iter().filter(|&&value| value != NONE).count() as u32;
    Draft { column: Column::new(name, kind, texts, filled), values }
}

/// What most of the values look like, seen on some hundreds of them.
fn kind(key: &str, raw: &Words) -> Kind {
    let seen = raw.len().min(500);
    let count = |test: &dyn Fn(&str) -> bool| {
        (0..seen).filter(|&number| test(raw.get(number))).count() * 10 >= seen as usize * 7
    };
    if count(&|text| date::digits(text).is_some()) {
        return if is_birth(key) { Kind::Birth } else { Kind::Date };
    }
    let is_code = |text: &str| {
        text.len() <= 14
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && !text.trim().contains(' ')
    };
    if count(&is_code) { Kind::Code } else { Kind::Text }
}

fn is_birth(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let words = [
        "birth",
        "dob",
        "born",
        "geburt",
        "naissance",
        "nacimiento",
        "nascita",
        "nascimento",
        "urodz",
        "rozhd",
        "bday",
        "geboorte",
    ];
    words.iter().any(|word| key.contains(word))
}

fn normalise(text: &str, kind: Kind, texts: &mut Words) -> u32 {
    if matches!(kind, Kind::Birth | Kind::Date)
        && let Some(digits) = date::digits(text)
    {
        return texts.number(&digits, 0);
    }
    let mut folded = String::with_capacity(text.len() + 1);
    fold(text, &mut folded);
    if kind != Kind::Text {
        folded.retain(|letter| letter != ' ');
    }
    let folded = folded.trim_end();
    if folded.is_empty() { NONE } else { texts.number(folded, 0) }
}

impl Column {
    /// Without the values of rows, which come when all columns are known.
    fn new(key: &str, kind: Kind, texts: Words, filled: u32) -> Column {
        let facts = Arc::default();
        Column { key: key.to_owned(), kind, facts, place: 0, stride: 0, texts, filled }
    }

    /// Whether it tells anything: not where all rows say the same.
    fn is_worth_comparing(&self) -> bool {
        self.texts.len() >= if self.kind == Kind::Birth { 1 } else { 2 }
    }

    /// The number by which a value is counted, in any table.
    pub(crate) fn number(&self, value: u32) -> u64 {
        hash::bytes(self.texts.get(value).as_bytes())
    }

    /// The values of all rows that have one.
    pub(crate) fn values(&self) -> impl Iterator<Item = u32> + '_ {
        let all = self.facts.iter().skip(self.place).step_by(self.stride.max(1)).copied();
        all.filter(|&value| value != NONE)
    }

    /// The number of a row's value.
    pub(crate) fn value(&self, row: u32) -> Option<u32> {
        Some(self.facts[row as usize * self.stride + self.place]).filter(|&value| value != NONE)
    }
}
