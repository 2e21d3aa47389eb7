//! Following a table whose rows become visible in another order than that of
//! their keys: no row is missed, none comes twice.
//!
//! A row's key (UUID version 7) tells when it was written, but it is seen only
//! when its transaction commits, perhaps long after younger rows. A row that a
//! poll doesn't see yet was or will be written by a transaction with a number
//! that is at least the poll's `oldest_running`. Numbers are given out in order:
//! such a transaction got its number after any earlier poll whose `next` is not
//! above it, and wrote its rows later still. So the next poll need not read
//! further back than that earlier poll, and the keys read since then are
//! remembered.

use std::collections::{BTreeSet, VecDeque};

use jiff::Timestamp;
use uuid::Uuid;

use super::time_key;

/// What was going on when a poll looked.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot {
    /// Not later than the look itself.
    pub at_ms: i64,
    /// Every transaction with a lower number has ended.
    pub oldest_running: i64,
    /// Transactions that get a number after the look get this or a higher one.
    pub next: i64,
}

/// How long before the start a transaction may have written its row that commits
/// only after it.
pub const FIRST_LOOK_BACK_MS: i64 = 60 * 60 * 1000;
/// A key is made just before its row is written, and so may be older than the
/// transaction's number.
const MARGIN_MS: i64 = 10_000;

#[derive(Debug)]
pub struct Cursor {
    low_ms: i64,
    /// Earlier polls that may still bound a later one.
    polls: VecDeque<Snapshot>,
    seen: BTreeSet<Uuid>,
}

impl Cursor {
    pub fn start(now_ms: i64) -> Cursor {
        Cursor {
            low_ms: now_ms - FIRST_LOOK_BACK_MS,
            polls: VecDeque::new(),
            seen: BTreeSet::new(),
        }
    }

    /// The next poll reads rows with this key and above.
    pub fn low(&self) -> Uuid {
        time_key::lowest(Timestamp::from_millisecond(self.low_ms).unwrap_or(Timestamp::MIN))
    }

    /// Whether a row is new. Every row of a poll must be shown to it.
    pub fn is_new(&mut self, id: Uuid) -> bool {
        self.seen.insert(id)
    }

    /// Ends a poll that read everything from [`Cursor::low`] on.
    pub fn polled(&mut self, poll: Snapshot) {
        self.polls.push_back(poll);
        let bounds = |earlier: &Snapshot| earlier.next <= poll.oldest_running;
        if let Some(latest) = self.polls.iter().rposition(bounds) {
            self.polls.drain(..latest);
            self.low_ms = self.low_ms.max(self.polls[0].at_ms - MARGIN_MS);
            self.seen = self.seen.split_off(&self.low());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(ms: i64) -> Uuid {
        Uuid::from_u128(((ms as u128) << 80) | 7)
    }

    fn poll(at_ms: i64, oldest_running: i64, next: i64) -> Snapshot {
        Snapshot { at_ms, oldest_running, next }
    }

    #[test]
    fn a_quiet_table_is_read_from_just_before_the_last_poll() {
        let mut cursor = Cursor::start(10_000_000);
        assert!(cursor.is_new(key(10_000_001)));
        cursor.polled(poll(10_000_000, 50, 50));
        cursor.polled(poll(10_100_000, 60, 60));
        assert_eq!(cursor.low(), Uuid::from_u128((10_090_000u128) << 80));
        assert!(cursor.seen.is_empty());
    }

    #[test]
    fn a_row_that_is_committed_late_is_not_lost() {
        let mut cursor = Cursor::start(10_000_000);
        cursor.polled(poll(10_000_000, 50, 50));
        // Transaction 50 writes now and stays open through many polls.
        let late = key(10_000_500);
        for number in 1..100 {
            let at = 10_000_000 + number * 1_000;
            assert!(cursor.low() <= late);
            assert!(cursor.is_new(key(at)), "each other row once");
            assert!(!cursor.is_new(key(at)));
            cursor.polled(poll(at, 50, 50 + number));
        }
        assert!(cursor.low() <= late);
        assert!(cursor.is_new(late));
        cursor.polled(poll(10_200_000, 200, 200));
        cursor.polled(poll(10_300_000, 200, 200));
        assert!(cursor.low() > late);
    }

    #[test]
    fn the_first_poll_looks_back_for_what_was_open_at_the_start() {
        let cursor = Cursor::start(10_000_000);
        assert!(cursor.low() <= key(10_000_000 - FIRST_LOOK_BACK_MS));
    }
}
