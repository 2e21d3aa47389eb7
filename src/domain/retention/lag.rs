//! How far replicas are behind, in time.
//!
//! The server's own `replay_lag` stands still while a replica replays nothing at all, which is
//! when it matters most. So the positions of the primary are remembered with their times: a
//! replica is as far behind as the oldest position that it hasn't reached is old.

use std::collections::VecDeque;
use std::time::Duration;

/// Positions of the primary's log, in bytes, and when it was there.
#[derive(Debug, Default)]
pub struct Lag {
    positions: VecDeque<(Duration, i64)>,
}

/// More are thinned out: a day at one a second would be 86,400.
const MOST_POSITIONS: usize = 1_024;

impl Lag {
    /// How long ago the primary was where the slowest replica is, at `now` since some start.
    pub fn behind(&mut self, now: Duration, primary: i64, slowest: i64) -> Duration {
        if self.positions.back().is_none_or(|(_, last)| *last < primary) {
            self.positions.push_back((now, primary));
        }
        while self.positions.front().is_some_and(|(_, position)| *position <= slowest) {
            self.positions.pop_front();
        }
        if self.positions.len() > MOST_POSITIONS {
            // The front stays: it is what the answer comes from.
            let mut number = 0;
            self.positions.retain(|_| {
                number += 1;
                number % 2 == 1
            });
        }
        self.positions.front().map_or(Duration::ZERO, |(time, _)| now.saturating_sub(*time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_replica_that_stands_still_falls_behind() {
        let mut lag = Lag::default();
        assert_eq!(lag.behind(seconds(0), 100, 100), seconds(0));
        assert_eq!(lag.behind(seconds(1), 200, 100), seconds(0), "just written");
        assert_eq!(lag.behind(seconds(2), 300, 100), seconds(1));
        assert_eq!(lag.behind(seconds(9), 300, 100), seconds(8), "though nothing is written");
        assert_eq!(lag.behind(seconds(10), 400, 250), seconds(8), "the second one isn't reached");
        assert_eq!(lag.behind(seconds(11), 400, 400), seconds(0));
    }

    #[test]
    fn thinning_keeps_the_oldest() {
        let mut lag = Lag::default();
        for second in 0..5_000 {
            let behind = lag.behind(seconds(second), second as i64 + 1, 0);
            assert_eq!(behind, seconds(second));
        }
        assert!(lag.positions.len() <= MOST_POSITIONS);
    }
}
