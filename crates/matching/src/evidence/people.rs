//! Rows that are one person beyond doubt, found before anything is learned: the same name with
//! the same phone, mailbox, handle or date of birth.
//!
//! How common a value is must be counted over people: somebody's eight rows don't make their
//! name a frequent one.

use crate::candidates::blocking::{self, Pair};
use crate::read::columns::Kind;
use crate::read::prepare::Prepared;

/// For each row, the first row of the same person.
pub(crate) struct People {
    first: Vec<u32>,
    pub count: u32,
}

impl People {
    pub(crate) fn new(rows: &Prepared, pairs: &[Pair]) -> People {
        let mut first: Vec<u32> = (0..rows.len()).collect();
        for &pair in pairs {
            let (left, right) = blocking::rows(pair);
            if obvious(rows, left, right) {
                let (left, right) = (find(&mut first, left), find(&mut first, right));
                first[left.max(right) as usize] = left.min(right);
            }
        }
        for row in 0..rows.len() {
            find(&mut first, row);
        }
        let count = first.iter().enumerate().filter(|&(row, &first)| row as u32 == first).count();
        People { first, count: count as u32 }
    }

    pub(crate) fn rows(&self) -> u32 {
        self.first.len() as u32
    }

    /// Whether a row stands for its person in counts.
    pub(crate) fn is_first(&self, row: u32) -> bool {
        self.first[row as usize] == row
    }
}

/// The root of a row; ways are halved as they are walked (Tarjan & van Leeuwen 1984).
fn find(first: &mut [u32], mut row: u32) -> u32 {
    while first[row as usize] != row {
        let next = first[first[row as usize] as usize];
        first[row as usize] = next;
        row = next;
    }
    row
}

fn obvious(rows: &Prepared, left: u32, right: u32) -> bool {
    let name = rows.name_hashes[left as usize];
    if name == 0 || name != rows.name_hashes[right as usize] || rows.names.get(left).len() < 2 {
        return false;
    }
    let births: Vec<(u32, u32)> = rows
        .columns
        .iter()
        .filter(|column| column.kind == Kind::Birth)
        .filter_map(|column| Some((column.value(left)?, column.value(right)?)))
        .collect();
    if births.iter().any(|(left, right)| left != right) {
        return false;
    }
    let phones = rows.phones.get(left);
    let mailboxes = rows.mailboxes.get(left);
    let handles = rows.handles.get(left);
    !births.is_empty()
        || rows
            .phones
            .get(right)
            .iter()
            .any(|phone| phones.iter().any(|own| own.tail() == phone.tail()))
        || rows
            .mailboxes
            .get(right)
            .iter()
            .any(|mail| mailboxes.iter().any(|own| own.whole == mail.whole))
        || rows.handles.get(right).iter().any(|handle| handles.contains(handle))
}
