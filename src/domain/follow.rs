//! Following a table as rows are committed to it: none is missed, none comes twice.
//!
//! Neither a row's key nor its time tells when it was committed: both are the application's. The
//! number of the transaction that wrote it does. Numbers are given out in order, and a row that a
//! look didn't see yet has one that is not below the look's `oldest_running`. So a look asks for
//! rows from the number on that the last whole look leaves, and what was read since then is
//! remembered. A row that is changed, or moved to another partition, gets the number of who did
//! that: the last ones that were shown are remembered beyond.
//!
//! No index knows those numbers. Therefore a look at the newest times alone, by their index, comes
//! between two whole looks, and those are so far apart that they take a small part of the time.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// What was going on when a look was taken.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot {
    pub at: Timestamp,
    /// Every transaction with a lower number has ended.
    pub oldest_running: i64,
    /// What is seen was written by transactions with lower numbers.
    pub next: i64,
}

/// A row's time is when its transaction began, a little before it is seen.
const MARGIN: SignedDuration = SignedDuration::from_secs(10);
/// Shown rows that are remembered for good: some megabytes.
const REMEMBERED: usize = 100_000;
/// Whole looks take a fiftieth of the time at most.
const SHARE: u32 = 50;

#[derive(Debug)]
pub struct Cursor {
    /// Looks between read rows of this time and later.
    pub recent: Timestamp,
    /// All rows of transactions with lower numbers were read.
    pub from: i64,
    /// What each look read since then, with its `next`.
    looks: VecDeque<(i64, Vec<Uuid>)>,
    /// Before that, the oldest first.
    earlier: VecDeque<Uuid>,
    seen: HashSet<Uuid>,
}

impl Cursor {
    /// `there` are the rows that were there at the start: those that may be read again, and those
    /// that were shown.
    pub fn start(snapshot: Snapshot, there: impl IntoIterator<Item = Uuid>) -> Cursor {
        let mut cursor = Cursor {
            recent: snapshot.at,
            from: snapshot.oldest_running,
            looks: VecDeque::new(),
            earlier: VecDeque::new(),
            seen: HashSet::new(),
        };
        cursor.looked(snapshot, there);
        cursor
    }

    /// Which of the rows that a look read are new.
    pub fn looked(
        &mut self,
        snapshot: Snapshot,
        read: impl IntoIterator<Item = Uuid>,
    ) -> HashSet<Uuid> {
        let new: Vec<Uuid> = read.into_iter().filter(|id| self.seen.insert(*id)).collect();
        self.recent = snapshot.at.checked_sub(MARGIN).unwrap_or(snapshot.at);
        self.looks.push_back((snapshot.next, new.clone()));
        new.into_iter().collect()
    }

    /// That look was a whole one.
    pub fn was_whole(&mut self, snapshot: Snapshot) {
        self.from = snapshot.oldest_running;
        while let Some((next, _)) = self.looks.front()
            && *next <= self.from
            && let Some((_, ids)) = self.looks.pop_front()
        {
            self.earlier.extend(ids);
        }
        let surplus = self.earlier.len().saturating_sub(REMEMBERED);
        for id in self.earlier.drain(..surplus) {
            self.seen.remove(&id);
        }
    }
}

/// How long after a whole look the next one may come.
pub fn rest_after(took: Duration) -> Duration {
    took.saturating_mul(SHARE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// A row: by which transaction, when that one is committed, and its time.
    #[derive(Debug, Clone, Copy)]
    struct Row {
        transaction: i64,
        commits_at: i64,
        time: i64,
    }

    proptest! {
        /// Transactions get their numbers in order, commit when they like, and write any time.
        #[test]
        fn each_row_comes_once_whatever_its_time(
            rows in prop::collection::vec((0i64..40, -500i64..500), 1..40),
            whole in prop::collection::vec(any::<bool>(), 1..100),
        ) {
            let rows: Vec<Row> = (0i64..).zip(&rows).map(|(number, (lasts, time))| Row {
                transaction: number, commits_at: number + lasts, time: *time,
            }).collect();
            let id = |row: &Row| Uuid::from_u128(row.transaction as u128 + 1);
            let snapshot = |now: i64| {
                let running = rows.iter().filter(|row| row.transaction <= now && row.commits_at > now);
                let begun = rows.iter().filter(|row| row.transaction <= now).count() as i64;
                Snapshot {
                    at: at(now),
                    oldest_running: running.map(|row| row.transaction).min().unwrap_or(begun),
                    next: begun,
                }
            };
            let visible = |now: i64| rows.iter().filter(move |row| row.transaction <= now && row.commits_at <= now);
            let mut cursor = Cursor::start(snapshot(0), visible(0).map(id));
            let mut shown: Vec<Uuid> = visible(0).map(id).collect();
            let plan = whole.iter().copied().chain([true; 100]);
            for (now, is_whole) in (1i64..).zip(plan).take(whole.len() + 100) {
                let read: Vec<Uuid> = visible(now)
                    .filter(|row| row.transaction >= cursor.from)
                    .filter(|row| is_whole || at(row.time) >= cursor.recent)
                    .map(id)
                    .collect();
                shown.extend(cursor.looked(snapshot(now), read));
                if is_whole {
                    cursor.was_whole(snapshot(now));
                }
            }
            shown.sort();
            let all: Vec<Uuid> = rows.iter().map(id).collect();
            prop_assert_eq!(shown, all);
            prop_assert!(cursor.looks.is_empty(), "what can't come again is kept apart");
        }
    }
}
