//! The keys of a row, in families; what makes rows candidates.

use crate::census::{Census, Counted, count_or};
use crate::hash;
use crate::read::columns::{Column, Kind};
use crate::read::email;
use crate::read::prepare::Prepared;

/// Takes the keys of one row.
pub(crate) struct Sink<F: FnMut(u64)> {
    push: F,
}

impl<F: FnMut(u64)> Sink<F> {
    pub(crate) fn new(push: F) -> Sink<F> {
        Sink { push }
    }

    fn add(&mut self, key: u64) {
        (self.push)(key);
    }
}

/// A word or value with so many rows is looked for by itself, without anything else.
const RARE: u32 = 6;
/// Words of a name that are looked at.
const MOST_WORDS: usize = 4;
/// Columns that make keys.
const MOST_TELLING: usize = 6;

/// What the keys need to know about the whole table.
pub(crate) struct Keys<'a> {
    rows: &'a Prepared,
    /// How many rows have a word that sounds like a word, by the number of the word.
    sounds: Vec<u32>,
    /// Columns whose values tell, the most telling first, each with the rows of each value.
    telling: Vec<(&'a Column, Vec<u32>)>,
    /// Whether there are so few rows that more keys cost little.
    pub thorough: bool,
}

/// A table of more rows is large.
const THOROUGH_ROWS: u32 = 200_000;

impl<'a> Keys<'a> {
    pub(crate) fn new(rows: &'a Prepared, past: Option<&Census>) -> Keys<'a> {
        let distinct = |place: usize| match past {
            Some(past) => past.columns[place].distinct,
            None => rows.columns[place].texts.len(),
        };
        let columns = rows.columns.iter().enumerate();
        let mut telling: Vec<(usize, &Column)> =
            columns.filter(|&(place, column)| is_telling(column.kind, distinct(place))).collect();
        telling.sort_by_key(|&(place, column)| std::cmp::Reverse((distinct(place), &column.key)));
        telling.truncate(MOST_TELLING);
        let with_counts = |(place, column): (usize, &'a Column)| {
            let mut counts = counts(column);
            if past.is_some() {
                for (value, count) in (0..).zip(&mut counts) {
                    let number = column.number(value);
                    *count = count_or(past, Counted::ValueRows(place), number, *count);
                }
            }
            (column, counts)
        };
        let telling = telling.into_iter().map(with_counts).collect();
        let all_rows = past.map_or(rows.len(), |past| past.rows);
        Keys { rows, sounds: sounds(rows, past), telling, thorough: all_rows <= THOROUGH_ROWS }
    }

    pub(crate) fn families(&self) -> std::ops::Range<usize> {
        0..if self.telling.is_empty() { 5 } else { 7 }
    }

    /// Whether a family's keys are given to one person each, as phones are.
    pub(crate) fn is_identifying(&self, family: usize) -> bool {
        family == 0
    }

    pub(crate) fn emit<F: FnMut(u64)>(&self, family: usize, row: u32, sink: &mut Sink<F>) {
        match family {
            0 => self.identifiers(row, sink),
            1 => self.near_identifiers(row, sink),
            2 => self.rare_words(row, sink),
            3 => self.word_pairs(row, sink),
            4 => self.letters(row, sink),
            5 => self.word_and_value(row, sink),
            _ => self.values(row, sink),
        }
    }

    /// How the words of a name sound.
    pub(crate) fn sounds_of(&self, row: u32) -> impl Iterator<Item = u64> {
        let words = self.rows.names.get(row).iter().take(MOST_WORDS);
        words.map(|&word| u64::from(self.rows.tokens.get(word).sound))
    }

    /// What rows of a large block must share besides the sounds that all of them have. Of another
    /// block than an identifier's, those with an identifier in common are found by that already.
    pub(crate) fn refine<F: FnMut(u64)>(
        &self,
        row: u32,
        common: &[u64],
        is_identifying: bool,
        sink: &mut Sink<F>,
    ) {
        self.sounds_of(row)
            .filter(|sound| !common.contains(sound))
            .for_each(|sound| sink.add(sound));
        if self.rows.names.get(row).is_empty() {
            sink.add(1);
        }
        for (place, (column, _)) in self.telling.iter().enumerate() {
            if let Some(value) = column.value(row) {
                sink.add(hash::pair(place as u64, u64::from(value)));
            }
        }
        if is_identifying {
            self.identifiers(row, sink);
        }
    }

    fn identifiers<F: FnMut(u64)>(&self, row: u32, sink: &mut Sink<F>) {
        for phone in self.rows.phones.get(row) {
            sink.add(hash::pair(1, phone.tail()));
        }
        for mailbox in self.rows.mailboxes.get(row) {
            if mailbox.is_role || mailbox.local_length < 4 {
                sink.add(hash::pair(2, mailbox.whole));
            } else {
                sink.add(hash::pair(3, mailbox.local));
            }
        }
        for &handle in self.rows.handles.get(row) {
            sink.add(hash::pair(3, handle));
        }
    }

    /// Phones and mailboxes with a slip: half of the phone and a word of the name, the letters
    /// of the local part in any order.
    fn near_identifiers<F: FnMut(u64)>(&self, row: u32, sink: &mut Sink<F>) {
        let words = self.rows.names.get(row);
        for phone in self.rows.phones.get(row) {
            let tail = phone.tail();
            for &word in words.iter().take(2) {
                let sound = u64::from(self.rows.tokens.get(word).sound);
                sink.add(hash::pair((tail % 10_000) | (1 << 20), sound));
                sink.add(hash::pair((tail / 1_000) | (2 << 20), sound));
            }
        }
        for mailbox in self.rows.mailboxes.get(row) {
            let mail = self.rows.mail(mailbox);
            let (local, domain) = mail.split_at(usize::from(mailbox.local_length));
            if local.len() >= 5 && !mailbox.is_role {
                sink.add(hash::pair(letters(local.bytes()), hash::bytes(domain.as_bytes())));
            }
            if self.thorough && local.len() >= 4 && !email::is_provider(&domain[1..]) {
                // A slip leaves the beginning or the end as it was.
                let mail = mail.as_bytes();
                sink.add(hash::pair(3 << 20, hash::bytes(&mail[..mail.len() / 2])));
                sink.add(hash::pair(4 << 20, hash::bytes(&mail[mail.len() / 2..])));
                sink.add(hash::pair(4 << 20, hash::bytes(&mail[mail.len().div_ceil(2)..])));
            }
        }
    }

    fn rare_words<F: FnMut(u64)>(&self, row: u32, sink: &mut Sink<F>) {
        for &word in self.rows.names.get(row).iter().take(MOST_WORDS) {
            if self.sounds[word as usize] <= RARE {
                sink.add(hash::mix(u64::from(self.rows.tokens.get(word).sound)));
            }
        }
    }

    /// Two words of the name, each as it sounds or as a nickname of the same.
    fn word_pairs<F: FnMut(u64)>(&self, row: u32, sink: &mut Sink<F>) {
        let words = self.rows.names.get(row);
        let words = &words[..words.len().min(MOST_WORDS)];
        for (place, &left) in words.iter().enumerate() {
            let left = self.rows.tokens.get(left);
            for right_word in &words[place + 1..] {
                let right = self.rows.tokens.get(*right_word);
                sink.add(both(u64::from(left.sound), u64::from(right.sound)));
                for form in left.forms().skip(1) {
                    sink.add(both(u64::from(form), u64::from(right.sound)));
                }
                for form in right.forms().skip(1) {
                    sink.add(both(u64::from(left.sound), u64::from(form)));
                }
                if self.thorough {
                    self.half_words(words[place], *right_word, sink);
                }
            }
        }
    }

    /// One word with the beginning or the end of another, which a slip leaves as it was.
    fn half_words<F: FnMut(u64)>(&self, left: u32, right: u32, sink: &mut Sink<F>) {
        for (whole, part) in [(left, right), (right, left)] {
            let text = self.rows.tokens.text(part).as_bytes();
            if text.len() >= 5 {
                let sound = u64::from(self.rows.tokens.get(whole).sound);
                let half = text.len() / 2;
                sink.add(hash::pair(hash::bytes(&text[..half]) | 1, sound));
                sink.add(hash::pair(hash::bytes(&text[text.len() - half..]) & !1, sound));
            }
        }
    }

    /// The letters of the whole name in any order: swapped ones, words written as one.
    fn letters<F: FnMut(u64)>(&self, row: u32, sink: &mut Sink<F>) {
        let words = self.rows.names.get(row);
        let length: usize = words.iter().map(|&word| self.rows.tokens.get(word).length()).sum();
        if length >= 5 {
            let text = words.iter().flat_map(|&word| self.rows.tokens.text(word).bytes());
            sink.add(letters(text));
        }
    }

    fn word_and_value<F: FnMut(u64)>(&self, row: u32, sink: &mut Sink<F>) {
        for (place, (column, counts)) in self.telling.iter().enumerate() {
            let Some(value) = column.value(row).filter(|&value| counts[value as usize] > 1) else {
                continue;
            };
            let value = hash::pair(place as u64, u64::from(value));
            for &word in self.rows.names.get(row).iter().take(MOST_WORDS) {
                if self.sounds[word as usize] > RARE {
                    sink.add(hash::pair(value, u64::from(self.rows.tokens.get(word).sound)));
                }
            }
        }
        if self.thorough {
            self.word_and_date(row, sink);
        }
    }

    /// A word of the name with two parts of a date of birth.
    fn word_and_date<F: FnMut(u64)>(&self, row: u32, sink: &mut Sink<F>) {
        for column in self.rows.columns.iter().filter(|column| column.kind == Kind::Birth) {
            let Some(value) = column.value(row) else { continue };
            let digits = column.texts.get(value).as_bytes();
            let [year @ .., _, _, _, _] = digits else { continue };
            let (month, day) = (&digits[year.len()..][..2], &digits[year.len() + 2..]);
            for (place, parts) in [[year, month], [year, day], [month, day]].iter().enumerate() {
                let parts = hash::pair(hash::bytes(parts[0]), hash::bytes(parts[1]));
                for &word in self.rows.names.get(row).iter().take(MOST_WORDS) {
                    let sound = u64::from(self.rows.tokens.get(word).sound);
                    sink.add(hash::pair(parts ^ place as u64, sound));
                }
            }
        }
    }

    /// Values by themselves where they are rare, else two of them.
    fn values<F: FnMut(u64)>(&self, row: u32, sink: &mut Sink<F>) {
        let values = self.telling.iter().enumerate().map(|(place, (column, counts))| {
            let value = column.value(row)?;
            Some((hash::pair(place as u64, u64::from(value)), counts[value as usize]))
        });
        let values: [Option<(u64, u32)>; MOST_TELLING] = {
            let mut all = [None; MOST_TELLING];
            all.iter_mut().zip(values).for_each(|(place, value)| *place = value);
            all
        };
        for (place, left) in values.iter().enumerate() {
            let Some((left, rows)) = *left else { continue };
            if rows <= RARE {
                sink.add(left);
                continue;
            }
            for right in values[place + 1..].iter().flatten() {
                if right.1 > RARE {
                    sink.add(both(left, right.0));
                }
            }
        }
    }
}

/// A hash of letters in any order.
fn letters(text: impl Iterator<Item = u8>) -> u64 {
    text.fold(0, |sum: u64, byte| sum.wrapping_add(hash::mix(u64::from(byte))))
}

/// How many rows have each value of a column.
pub(crate) fn counts(column: &Column) -> Vec<u32> {
    let mut counts = vec![0; column.texts.len() as usize];
    column.values().for_each(|value| counts[value as usize] += 1);
    counts
}

fn sounds(rows: &Prepared, past: Option<&Census>) -> Vec<u32> {
    let mut by_sound: hash::HashedMap<u32> = hash::HashedMap::default();
    let mut words = vec![0u32; rows.tokens.len()];
    for row in 0..rows.len() {
        rows.names.get(row).iter().for_each(|&word| words[word as usize] += 1);
    }
    let key = |word: usize| hash::mix(u64::from(rows.tokens.get(word as u32).sound));
    for (word, count) in words.iter().enumerate() {
        *by_sound.entry(key(word)).or_default() += count;
    }
    // A past run counts people; who has no fewer rows.
    for (&sound, count) in &mut by_sound {
        *count = count_or(past, Counted::Sound, sound, *count).max(*count);
    }
    (0..words.len()).map(|word| by_sound[&key(word)]).collect()
}

/// Whether values of a kind are told apart well enough to be looked for by themselves.
pub(crate) fn is_telling(kind: Kind, distinct: u32) -> bool {
    distinct >= if kind == Kind::Text { 40 } else { 20 }
}

/// A key of two things in any order.
pub(crate) fn both(left: u64, right: u64) -> u64 {
    hash::pair(left.min(right), left.max(right))
}
