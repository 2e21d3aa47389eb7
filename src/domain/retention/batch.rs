//! How many rows the next batch takes, and how long to wait before it.

use std::time::Duration;

/// Rows of the first batch: few enough for a table that turns out to be slow.
const FIRST_ROWS: u32 = 500;
const LEAST_ROWS: u32 = 50;

/// Adapts the size of batches to the time that one may take.
#[derive(Debug, Clone, Copy)]
pub struct Batches {
    target: Duration,
    most_rows: u32,
    rows: u32,
}

impl Batches {
    pub fn new(target: Duration, most_rows: u32) -> Batches {
        let most_rows = most_rows.max(1);
        Batches { target, most_rows, rows: FIRST_ROWS.min(most_rows) }
    }

    /// Rows that the next batch may take.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// After a batch: towards what fits the target, at most twice as many and
    /// not under a quarter, for one batch may have met a checkpoint.
    pub fn took(&mut self, rows: u64, took: Duration) {
        if rows == 0 {
            return;
        }
        let took_s = took.as_secs_f64().max(1e-6);
        let fitting = rows as f64 * self.target.as_secs_f64() / took_s;
        let now = f64::from(self.rows);
        // A batch that found fewer than it might take says nothing of more.
        let most = if rows < u64::from(self.rows) { now } else { now * 2.0 };
        let next = fitting.clamp(now / 4.0, most);
        self.rows = (next as u32).clamp(LEAST_ROWS.min(self.most_rows), self.most_rows);
    }
}

/// Keeps a rate of rows a second on the average since it began.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// `None` is no limit.
    rows_per_second: Option<u32>,
}

impl Pace {
    pub fn new(rows_per_second: Option<u32>) -> Pace {
        Pace { rows_per_second: rows_per_second.filter(|rate| *rate > 0) }
    }

    /// The rows of the next batch: never more than a tenth of a second's worth, so that others
    /// meet many short batches and no long one.
    pub fn cap(&self, rows: u32) -> u32 {
        self.rows_per_second.map_or(rows, |rate| rows.min((rate / 10).max(1)))
    }

    /// How long to wait after a batch of `rows` that took `took`.
    pub fn wait(&self, rows: u64, took: Duration) -> Duration {
        match self.rows_per_second {
            Some(rate) => {
                Duration::from_secs_f64(rows as f64 / f64::from(rate)).saturating_sub(took)
            }
            None => Duration::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TARGET: Duration = Duration::from_millis(50);

    proptest! {
        #[test]
        fn it_settles_near_the_target(rows_per_ms in 1.0f64..500.0) {
            let mut batches = Batches::new(TARGET, 1_000_000);
            for _ in 0..40 {
                let rows = batches.rows();
                batches.took(u64::from(rows), Duration::from_secs_f64(f64::from(rows) / rows_per_ms / 1000.0));
            }
            let took_ms = f64::from(batches.rows()) / rows_per_ms;
            prop_assert!((40.0..=60.0).contains(&took_ms), "{took_ms} ms");
        }

        #[test]
        fn it_stays_within_bounds(most in 1u32..20_000, steps in prop::collection::vec((0u64..50_000, 0u64..10_000_000), 1..50)) {
            let mut batches = Batches::new(TARGET, most);
            for (rows, took_us) in steps {
                batches.took(rows, Duration::from_micros(took_us));
                prop_assert!(batches.rows() >= 1 && batches.rows() <= most);
            }
        }

        #[test]
        fn the_pace_is_kept(rate in 1u32..100_000, rows in 0u64..100_000, took_ms in 0u64..1000) {
            let took = Duration::from_millis(took_ms);
            let whole = took + Pace::new(Some(rate)).wait(rows, took);
            prop_assert!(rows as f64 <= f64::from(rate) * whole.as_secs_f64() + 0.01);
        }
    }

    #[test]
    fn no_pace_never_waits() {
        assert_eq!(Pace::new(None).wait(1_000_000, Duration::ZERO), Duration::ZERO);
        assert_eq!(Pace::new(Some(0)).cap(9), 9);
        assert_eq!(Pace::new(Some(50)).cap(9), 5);
    }
}
