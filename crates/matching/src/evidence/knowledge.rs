//! Counts how common words and values are among the people of a table: term frequencies.

use crate::census::{Census, Counted, count_or};
use crate::evidence::compare::{self, FactKnowledge, Knowledge, UNSEEN_PEOPLE, fact};
use crate::evidence::counts::{ValueCounts, WordCounts, word_key, year_key};
use crate::evidence::names::{self, Level, Rarity};
use crate::evidence::people::People;
use crate::hash::{self, HashedMap};
use crate::read::columns::{Column, Kind};
use crate::read::prepare::Prepared;
use rayon::prelude::*;

/// Pairs of strangers that are compared to learn how often they agree by chance.
const STRANGERS: u64 = 20_000;
/// Rows that are looked at for how given names and surnames go together.
const COUPLED_ROWS: u32 = 60_000;
/// People who share a value, from which on two of them are strangers rather than one person.
const CROWD: usize = 30;
/// Words of names among people who aren't in the table.
const USUAL_NAMES: f32 = 1000.0;
/// The coupling where the table is too small to show it, and how many pairs outweigh that.
const USUAL_COUPLING: f32 = 2.0;

/// Holders of values who aren't in the table, and their share of each value.
const UNSEEN_HOLDERS: f32 = 10.0;
const UNSEEN_SHARE: f32 = 0.5;
/// The same for birthdays: people who aren't in the table, and the years they were born in.
const UNSEEN_BORN: f32 = 30.0;
const YEARS: f32 = 60.0;
const DAYS: f32 = 365.25;
/// So many holders of one birthday may be one person who wasn't recognised yet.
const ONE_PERSONS: u32 = 4;

impl Knowledge {
    pub(crate) fn new(rows: &Prepared, people: &People, past: Option<&Census>) -> Knowledge {
        let related = if past.is_some() { Vec::new() } else { namesake_pairs(rows, people) };
        let rarity = rarity(rows, people, &related, past);
        let (phone_people, mail_people) = rayon::join(
            || {
                sharers(rows, &rarity, past, Counted::Phone, |row, add| {
                    rows.phones.get(row).iter().for_each(|phone| add(hash::pair(1, phone.tail())));
                })
            },
            || {
                sharers(rows, &rarity, past, Counted::Mailbox, |row, add| {
                    rows.mailboxes.get(row).iter().for_each(|mailbox| add(mailbox.whole));
                })
            },
        );
        let columns = (0..rows.columns.len()).into_par_iter();
        let facts: Vec<FactKnowledge> =
            columns.map(|place| facts(rows, place, people, past)).collect();
        let count = past.map_or(people.count, |past| past.people);
        Knowledge {
            overlaps: match past {
                Some(past) => past.overlaps.clone(),
                None => overlaps(rows, people, &facts, &related),
            },
            swaps: match past {
                Some(past) => past.swaps.clone(),
                None => crate::evidence::swaps::swaps(&rows.columns),
            },
            rarity,
            people_bits: (count as f32 + UNSEEN_PEOPLE).log2(),
            phone_people,
            mail_people,
            facts,
        }
    }
}

/// How many differently named people have each key, where there are several.
fn sharers(
    rows: &Prepared,
    rarity: &Rarity,
    past: Option<&Census>,
    counted: Counted,
    keys: impl Fn(u32, &mut dyn FnMut(u64)),
) -> HashedMap<u32> {
    let mut list: Vec<(u64, u64, u32)> = Vec::new();
    for row in 0..rows.len() {
        let name = rows.name_hashes[row as usize];
        keys(row, &mut |key| list.push((key, name, row)));
    }
    list.par_sort_unstable();
    list.dedup_by_key(|(key, name, _)| (*key, *name));
    let mut sharers = HashedMap::default();
    for same in list.chunk_by(|left, right| left.0 == right.0) {
        if let Some(people) = past.and_then(|past| past.count(counted, same[0].0)) {
            sharers.insert(same[0].0, people);
            continue;
        }
        if same.len() == 1 {
            continue;
        }
        let named: Vec<u32> =
            same.iter().filter(|(_, name, _)| *name != 0).map(|&(.., row)| row).collect();
        let people = match named.len() {
            3..=MOST_SPELLINGS => people_of(rows, rarity, &named),
            names => names as u32,
        };
        if people > 1 {
            sharers.insert(same[0].0, people);
        }
    }
    sharers
}

/// Of so many names it is looked at whether some are other spellings of one.
const MOST_SPELLINGS: usize = 20;

/// How many people have these names: other spellings of a name aren't other people.
fn people_of(rows: &Prepared, rarity: &Rarity, named: &[u32]) -> u32 {
    let mut people: Vec<u32> = Vec::new();
    for &row in named {
        let is = |&known: &u32| names::compare(rows, rarity, known, row).level < Level::Mostly;
        if !people.iter().any(is) {
            people.push(row);
        }
    }
    // Two names are enough to show that there may be two people.
    people.len().max(2) as u32
}

fn rarity(
    rows: &Prepared,
    people: &People,
    related: &[(u32, u32)],
    past: Option<&Census>,
) -> Rarity {
    let counts = WordCounts::new(rows, people);
    let counts = match past {
        Some(past) => counts.after(past),
        None => counts,
    };
    let WordCounts { sounds, written, named } = counts;
    let bits = |count: u32| {
        ((named as f32 + UNSEEN_PEOPLE) / (count.max(1) as f32 + UNSEEN_PEOPLE / USUAL_NAMES))
            .log2()
            .max(0.0)
    };
    let of = |counts: &HashedMap<u32>, hash: u32| counts.get(&word_key(hash)).copied().unwrap_or(1);
    let tokens = || (0..rows.tokens.len() as u32).map(|word| rows.tokens.get(word));
    let word = tokens().map(|token| bits(of(&written, token.word))).collect();
    let sound = tokens().map(|token| bits(of(&sounds, token.sound))).collect();
    Rarity {
        word,
        sound,
        coupling: past.map_or_else(|| coupling(rows, related), |past| past.coupling),
        namesakes: namesakes(rows, people, past),
        named,
        people_bits: (named as f32 + UNSEEN_PEOPLE).log2(),
        organisations: past.map_or(rows.legal_forms * 5 >= rows.len(), |past| past.organisations),
    }
}

/// How many people and how many rows have the whole name of each row.
fn namesakes(rows: &Prepared, people: &People, past: Option<&Census>) -> Vec<[u16; 2]> {
    let mut counts: HashedMap<[u16; 2]> = HashedMap::default();
    for row in 0..rows.len() {
        let [of_people, of_rows] = counts.entry(rows.name_hashes[row as usize]).or_default();
        *of_people = of_people.saturating_add(u16::from(people.is_first(row)));
        *of_rows = of_rows.saturating_add(1);
    }
    if past.is_some() {
        for (&name, own) in &mut counts {
            for (counted, own) in [Counted::Name, Counted::NameRows].into_iter().zip(own) {
                *own =
                    count_or(past, counted, name, u32::from(*own)).min(u32::from(u16::MAX)) as u16;
            }
        }
    }
    rows.name_hashes.iter().map(|hash| counts[hash]).collect()
}

/// Pairs of different people who share a frequent word of their names.
fn namesake_pairs(rows: &Prepared, people: &People) -> Vec<(u32, u32)> {
    let step = (rows.len() / COUPLED_ROWS).max(1);
    let mut counts = vec![0u32; rows.tokens.len()];
    let mut list: Vec<(u32, u64, u32)> = Vec::new();
    for row in (0..rows.len()).step_by(step as usize).filter(|&row| people.is_first(row)) {
        for &word in rows.names.get(row) {
            counts[word as usize] += 1;
            if rows.tokens.get(word).flags & crate::read::tokens::PARTICLE == 0 {
                list.push((word, hash::mix(u64::from(row)), row));
            }
        }
    }
    list.retain(|&(word, ..)| counts[word as usize] as usize >= CROWD);
    list.sort_unstable();
    let pairs = list.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    pairs.map(|pair| (pair[0].2, pair[1].2)).collect()
}

/// How much likelier strangers share a second word when they share a first, in bits.
fn coupling(rows: &Prepared, related: &[(u32, u32)]) -> f32 {
    let shared = |left, right| {
        let right = rows.names.get(right);
        rows.names.get(left).iter().filter(|word| right.contains(word)).count()
    };
    let pairs = related.len() as f32;
    let coupled = related.iter().filter(|&&(left, right)| shared(left, right) > 1).count() as f32;
    let mut alone = 0.0;
    let mut chance = 0.0;
    for number in 0..STRANGERS {
        let (left, right) = strangers(number, rows.len());
        if left != right && !rows.names.get(left).is_empty() && !rows.names.get(right).is_empty() {
            alone += 1.0;
            chance += f32::from(u8::from(shared(left, right) > 0));
        }
    }
    let weight = 200.0;
    let seen = ((coupled + 0.5) / (pairs + 1.0) / ((chance + 0.5) / (alone + 1.0))).log2();
    ((seen * pairs + USUAL_COUPLING * weight) / (pairs + weight)).clamp(0.0, 7.0)
}

/// By how many bits agreeing in a first thing (the name, or a column) makes agreeing in a
/// second one less surprising: people of one surname speak one language, people of one city
/// live in one country. `[0]` is the name, `[1 + column]` a column.
fn overlaps(
    rows: &Prepared,
    people: &People,
    facts: &[FactKnowledge],
    namesakes: &[(u32, u32)],
) -> Vec<Vec<f32>> {
    let by_column = |column: &Column| {
        let mut list: Vec<(u32, u64, u32)> = Vec::new();
        let step = (column.filled / COUPLED_ROWS).max(1);
        for row in (0..rows.len()).filter(|&row| people.is_first(row)).step_by(step as usize) {
            list.extend(column.value(row).map(|value| (value, hash::mix(u64::from(row)), row)));
        }
        list.sort_unstable();
        let mut pairs = Vec::new();
        for same in
            list.chunk_by(|left, right| left.0 == right.0).filter(|same| same.len() >= CROWD)
        {
            let different = |pair: &&[(u32, u64, u32)]| {
                let name = |place: usize| rows.name_hashes[pair[place].2 as usize];
                name(0) != name(1)
            };
            pairs.extend(same.windows(2).filter(different).map(|pair| (pair[0].2, pair[1].2)));
        }
        pairs
    };
    // Who shares more than one word of the name may be one person.
    let shared = |left, right| {
        let right = rows.names.get(right);
        rows.names.get(left).iter().filter(|word| right.contains(word)).count()
    };
    let apart = |&&(left, right): &&(u32, u32)| {
        let shortest = rows.names.get(left).len().min(rows.names.get(right).len());
        shortest > 1 && shared(left, right) == 1
    };
    let namesakes: Vec<(u32, u32)> = namesakes.iter().filter(apart).copied().collect();
    let mut all = vec![overlap(rows, facts, usize::MAX, &namesakes)];
    let places = 0..rows.columns.len();
    let own = |place: usize| overlap(rows, facts, place, &by_column(&rows.columns[place]));
    all.par_extend(places.into_par_iter().map(own));
    all
}

/// Agreements with at least so many bits tell people apart.
const TELLING_BITS: f32 = 7.0;

fn overlap(
    rows: &Prepared,
    facts: &[FactKnowledge],
    known: usize,
    pairs: &[(u32, u32)],
) -> Vec<f32> {
    let columns = &rows.columns;
    let agree = |place: usize, left: u32, right: u32| {
        let column: &Column = &columns[place];
        Some(column.value(left)? == column.value(right)?)
    };
    // Who agrees in several telling things besides is no stranger.
    let telling: Vec<Vec<usize>> = pairs
        .iter()
        .map(|&(left, right)| {
            let tells =
                |place: &usize| facts[*place].level_bits[usize::from(fact::SAME)] >= TELLING_BITS;
            let others = (0..columns.len()).filter(|place| *place != known).filter(tells);
            others.filter(|&place| agree(place, left, right) == Some(true)).collect()
        })
        .collect();
    let overlap = |(place, known): (usize, &FactKnowledge)| {
        // Nobody is born on a day for their name or city: what shows here are duplicates.
        if columns[place].kind == Kind::Birth {
            return 0.0;
        }
        let (mut seen, mut same) = (0.0, 0.0);
        for (&(left, right), telling) in pairs.iter().zip(&telling) {
            let others = telling.iter().filter(|&&other| other != place).count();
            if let Some(agrees) = agree(place, left, right).filter(|_| others < 2) {
                seen += 1.0;
                same += f32::from(u8::from(agrees));
            }
        }
        let usual = known.level_bits[usize::from(fact::SAME)];
        let prior = (-usual).exp2();
        let share = (same + 20.0 * prior) / (seen + 20.0);
        (usual + share.log2()).max(0.0)
    };
    facts.iter().enumerate().map(overlap).collect()
}

fn facts(rows: &Prepared, place: usize, people: &People, past: Option<&Census>) -> FactKnowledge {
    let column = &rows.columns[place];
    let counts = ValueCounts::new(column, people);
    let before = past.map(|past| &past.columns[place]);
    let all = before.map_or(counts.holders.len() as u32, |before| before.holders);
    let counts = match past {
        Some(past) => counts.after(past, place, column),
        None => counts,
    };
    let value_bits = match column.kind {
        Kind::Birth => day_bits(column, &counts, all),
        _ => {
            let total = all as f32 + UNSEEN_HOLDERS;
            let bits = |&count: &u32| (total / (count.max(1) as f32 + UNSEEN_SHARE)).log2();
            counts.of.iter().map(bits).collect()
        }
    };
    if let Some(before) = before {
        return FactKnowledge { holders: all, value_bits, level_bits: before.level_bits };
    }
    let holders = counts.holders;
    let mut seen = [0.5f32, 1.0, 0.2, 0.2, 1.0, 0.2, 0.2, 0.2];
    for number in 0..STRANGERS.min(holders.len() as u64 * 4) {
        let (left, right) = strangers(number, holders.len() as u32);
        let (a, b) = (holders[left as usize], holders[right as usize]);
        if left != right {
            let level = if a == b { fact::SAME } else { compare::fact_level(column, a, b) };
            seen[usize::from(level)] += 1.0;
        }
    }
    let sum: f32 = seen[1..].iter().sum();
    FactKnowledge { holders: all, value_bits, level_bits: seen.map(|count| -(count / sum).log2()) }
}

/// How surprising it is that a stranger was born on the same day, for each day.
///
/// Days are far more than people who share one by chance, so that those few who do are mostly
/// one person: counting them would make every birthday common. A year's people are spread over
/// its days instead, and only a crowd on one day (such as the first of January) counts itself.
fn day_bits(column: &Column, counts: &ValueCounts, holders: u32) -> Vec<f32> {
    let total = holders as f32 + UNSEEN_BORN;
    let bits = |(value, &count): (u32, &u32)| {
        let born = counts.years.get(&year_key(column, value)).copied().unwrap_or(0) as f32;
        let expected = (born + UNSEEN_BORN / YEARS) / DAYS;
        (total / expected.max(count.saturating_sub(ONE_PERSONS) as f32)).log2()
    };
    (0..).zip(&counts.of).map(bits).collect()
}

/// A pair of numbers below `rows`, always the same ones.
fn strangers(number: u64, rows: u32) -> (u32, u32) {
    let pick =
        |seed: u64| ((u128::from(hash::mix(number << 1 | seed)) * u128::from(rows)) >> 64) as u32;
    (pick(0), pick(1))
}
