//! All rows ready to be compared: numbers and hashes instead of text.

use crate::FETCHED;
use crate::census::Census;
use crate::csr::Lists;
use crate::hash::{self, HashedMap};
use crate::read::columns::{self, Column};
use crate::read::phone::Phone;
use crate::read::region::Region;
use crate::read::rows::{self, Mailbox, Run, Words};
use crate::read::table::Table;
use crate::read::tokens::{self, Tokens};
use rayon::prelude::*;

/// Rows are numbered anew, so that those with the same names are neighbours: candidates are
/// mostly such, and comparing them is waiting for memory.
pub(crate) struct Prepared {
    /// The table's number of each row, and the row of each number of the table.
    pub order: Vec<u32>,
    pub places: Vec<u32>,
    pub tokens: Tokens,
    /// The words of each name that name somebody.
    pub names: Lists<u32>,
    /// A hash of those words in any order; 0 where there is no name.
    pub name_hashes: Vec<u64>,
    /// Rows whose names have a legal form.
    pub legal_forms: u32,
    pub phones: Lists<Phone>,
    pub mailboxes: Lists<Mailbox>,
    pub mail_text: String,
    pub handles: Lists<u64>,
    pub columns: Vec<Column>,
}

/// So many rows are read as one piece of work, always the same ones.
const RUN: usize = 1 << 14;

impl Prepared {
    pub(crate) fn new(table: &Table, region: Option<&Region>, past: Option<&Census>) -> Prepared {
        let by_id = table.order();
        let read = |rows: &[u32]| rows::read(table, rows, region);
        let runs: Vec<Run> = by_id.par_chunks(RUN).map(read).collect();
        let (words, numbers) = join_words(&runs);
        let tokens = Tokens::new(&words);
        let names = Names::new(&runs, &numbers, &tokens);
        let neighbours = names.neighbours(&tokens);
        let legal_forms = names.legal_forms;
        let (columns, (lists, (names, name_hashes))) = rayon::join(
            || columns::columns(&runs, &neighbours, past),
            || rayon::join(|| Identifiers::new(&runs, &neighbours), || names.reorder(&neighbours)),
        );
        let order: Vec<u32> = neighbours.iter().map(|&row| by_id[row as usize]).collect();
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, &row)| places[row as usize] = place as u32);
        let Identifiers { phones, mailboxes, mail_text, handles } = lists;
        Prepared {
            order,
            places,
            tokens,
            names,
            name_hashes,
            legal_forms,
            phones,
            mailboxes,
            mail_text,
            handles,
            columns,
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.order.len() as u32
    }

    /// Fetches what rows need to be compared. Comparing waits for one piece of memory after the
    /// other; here nothing waits, so that all are on their way at once.
    pub(crate) fn fetch(&self, rows: impl Iterator<Item = u32> + Clone) {
        let touch = |row: u32| {
            let phone = self.phones.first(row).map_or(0, |phone| phone.digits());
            let mailbox = self.mailboxes.first(row).map_or(0, |mailbox| mailbox.whole);
            let handle = self.handles.first(row).copied().unwrap_or(0);
            phone ^ mailbox ^ handle
        };
        std::hint::black_box(rows.clone().fold(0, |all, row| all ^ touch(row)));
        self.fetch_names(rows);
    }

    /// The same without phones, mailboxes and handles.
    pub(crate) fn fetch_names(&self, rows: impl Iterator<Item = u32> + Clone) {
        let touch = |row: u32| {
            let name = self.names.first(row).map_or(0, |&word| word);
            let fact = self.columns.first().and_then(|column| column.value(row)).unwrap_or(0);
            name ^ fact
        };
        std::hint::black_box(rows.clone().fold(0, |all, row| all ^ touch(row)));
        // Words lie elsewhere; which they are is known only now.
        let words = rows.flat_map(|row| self.names.get(row).iter().take(2));
        std::hint::black_box(words.fold(0, |all, &word| all ^ self.tokens.get(word).word));
    }

    /// The words of a row's name.
    pub(crate) fn name_text(&self, row: u32) -> String {
        let words: Vec<&str> =
            self.names.get(row).iter().map(|&word| self.tokens.text(word)).collect();
        words.join(" ")
    }

    pub(crate) fn mail(&self, mailbox: &Mailbox) -> &str {
        &self.mail_text[mailbox.start as usize..][..usize::from(mailbox.length)]
    }
}

/// The significant words of all names, in the order of the ids.
struct Names {
    words: Lists<u32>,
    hashes: Vec<u64>,
    legal_forms: u32,
}

impl Names {
    fn new(runs: &[Run], numbers: &[Vec<u32>], tokens: &Tokens) -> Names {
        let rows = runs.iter().map(|run| run.names.len()).sum();
        let items = runs.iter().map(|run| run.names.items()).sum();
        let mut names = Names {
            words: Lists::with_capacity(rows, items),
            hashes: Vec::with_capacity(rows),
            legal_forms: 0,
        };
        let mut words = Vec::new();
        for (run, numbers) in runs.iter().zip(numbers) {
            for row in 0..run.names.len() as u32 {
                words.clear();
                words.extend(run.names.get(row).iter().map(|&word| numbers[word as usize]));
                let kept = significant(&words, tokens);
                kept.iter().for_each(|&word| names.words.add(word));
                let cut = words.len() > kept.len();
                names.legal_forms += u32::from(cut && legal_form(&words, tokens).is_some());
                names.words.close();
                names.hashes.push(name_hash(kept, tokens));
            }
        }
        names
    }

    /// Rows in the order of the rarest word of their names.
    fn neighbours(&self, tokens: &Tokens) -> Vec<u32> {
        let mut counts = vec![0u32; tokens.len()];
        let rows = 0..self.hashes.len() as u32;
        for row in rows.clone() {
            self.words.get(row).iter().for_each(|&word| counts[word as usize] += 1);
        }
        let rarest = |row: u32| {
            let words = self.words.get(row).iter();
            let rarest = words.min_by_key(|&&word| (counts[word as usize].max(4), word));
            rarest.map_or(0, |&word| tokens.get(word).sound)
        };
        let mut keyed: Vec<u64> =
            rows.map(|row| u64::from(rarest(row)) << 32 | u64::from(row)).collect();
        keyed.par_sort_unstable();
        keyed.into_iter().map(|key| key as u32).collect()
    }

    fn reorder(&self, order: &[u32]) -> (Lists<u32>, Vec<u64>) {
        let mut words = Lists::with_capacity(order.len(), self.words.items());
        for &row in order {
            self.words.get(row).iter().for_each(|&word| words.add(word));
            words.close();
        }
        (words, order.iter().map(|&row| self.hashes[row as usize]).collect())
    }
}

/// Phones, mailboxes and handles in a new order.
#[derive(Default)]
struct Identifiers {
    phones: Lists<Phone>,
    mailboxes: Lists<Mailbox>,
    mail_text: String,
    handles: Lists<u64>,
}

impl Identifiers {
    fn new(runs: &[Run], order: &[u32]) -> Identifiers {
        let mut all = Identifiers::default();
        all.mail_text.reserve(runs.iter().map(|run| run.mail_text.len()).sum());
        for next in order.chunks(FETCHED) {
            fetch(runs, next);
            for &row in next {
                all.add(&runs[row as usize / RUN], row % RUN as u32);
            }
        }
        all
    }

    fn add(&mut self, run: &Run, row: u32) {
        run.phones.get(row).iter().for_each(|&phone| self.phones.add(phone));
        self.phones.close();
        run.handles.get(row).iter().for_each(|&handle| self.handles.add(handle));
        self.handles.close();
        for mailbox in run.mailboxes.get(row) {
            let start = self.mail_text.len() as u64;
            let text = &run.mail_text[mailbox.start as usize..][..usize::from(mailbox.length)];
            self.mail_text.push_str(text);
            self.mailboxes.add(Mailbox { start, ..*mailbox });
        }
        self.mailboxes.close();
    }
}

/// Fetches what rows of the runs have, as [`Prepared::fetch`] does.
fn fetch(runs: &[Run], rows: &[u32]) {
    let touch = |&row: &u32| {
        let (run, row) = (&runs[row as usize / RUN], row % RUN as u32);
        let phone = run.phones.first(row).map_or(0, |phone| phone.digits());
        let handle = run.handles.first(row).copied().unwrap_or(0);
        let mail = |mailbox: &Mailbox| run.mail_text.as_bytes().get(mailbox.start as usize);
        let mail = run.mailboxes.first(row).and_then(mail).copied().unwrap_or(0);
        phone ^ handle ^ u64::from(mail)
    };
    std::hint::black_box(rows.iter().map(touch).fold(0, |all, one| all ^ one));
}

/// One list of words for all runs, and for each run the numbers of its words in it.
fn join_words(runs: &[Run]) -> (Words, Vec<Vec<u32>>) {
    let mut all = Words::default();
    let mut known: HashedMap<u32> = HashedMap::default();
    let mut numbers = Vec::with_capacity(runs.len());
    for run in runs {
        let own = (0..run.words.len()).map(|word| {
            let (_, hash, group) = run.words.entries[word as usize];
            *known.entry(hash).or_insert_with(|| all.number(run.words.get(word), group))
        });
        numbers.push(own.collect());
    }
    (all, numbers)
}

/// The words of a name without titles and legal forms, unless nothing else is left.
fn significant<'a>(words: &'a [u32], tokens: &Tokens) -> &'a [u32] {
    let is = |word: u32, flag: u8| tokens.get(word).flags & flag != 0;
    let mut kept = words;
    while let [first, rest @ ..] = kept
        && is(*first, tokens::TITLE)
        && !rest.is_empty()
    {
        kept = rest;
    }
    while let [rest @ .., last] = kept
        && is(*last, tokens::SUFFIX)
        && rest.len() > 1
    {
        kept = rest;
    }
    while let Some(length) = legal_form(kept, tokens)
        && length < kept.len()
    {
        kept = &kept[..kept.len() - length];
    }
    match kept {
        [first, rest @ ..]
            if kept.len() == words.len()
                && rest.len() > 1
                && is(*first, tokens::LEGAL)
                && tokens.get(*first).length() > 2 =>
        {
            rest
        }
        _ => kept,
    }
}

/// How many words at the end are one legal form.
fn legal_form(words: &[u32], tokens: &Tokens) -> Option<usize> {
    let last = tokens.get(*words.last()?);
    // A short form may be somebody's name, when it stands behind nothing but another one.
    if last.flags & tokens::LEGAL != 0 && (last.length() > 2 || words.len() > 2) {
        return Some(1);
    }
    let short = |word: &&u32| tokens.get(**word).length() <= 3;
    let run = words.iter().rev().take_while(short).count().min(5);
    (2..=run).rev().find(|&length| {
        let joined: String =
            words[words.len() - length..].iter().map(|&word| tokens.text(word)).collect();
        crate::read::titles::is_legal_form(&joined)
    })
}

fn name_hash(words: &[u32], tokens: &Tokens) -> u64 {
    // A sum, so that the order of the words doesn't matter.
    words
        .iter()
        .fold(0, |sum: u64, &word| sum.wrapping_add(hash::mix(u64::from(tokens.get(word).word))))
}
