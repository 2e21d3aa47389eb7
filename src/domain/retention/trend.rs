//! Whether deleting keeps up with what grows old.

use serde::Serialize;

/// What a run found and did; times in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub at_s: i64,
    pub eligible: u64,
    pub deleted: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Trend {
    /// Rows that grow old in a day.
    pub eligible_per_day: f64,
    /// Rows that are deleted in a day.
    pub deleted_per_day: f64,
    /// Old rows that the newest run left.
    pub left: u64,
    pub is_behind: bool,
}

/// From the runs of one job, the oldest first; `None` if they span no time.
pub fn of(runs: &[Run]) -> Option<Trend> {
    let (first, last) = (runs.first()?, runs.last()?);
    let days = (last.at_s - first.at_s) as f64 / 86_400.0;
    if days <= 0.0 {
        return None;
    }
    let left = |run: &Run| run.eligible.saturating_sub(run.deleted);
    // What the first run found and did came before the time that they span.
    let deleted: u64 = runs[1..].iter().map(|run| run.deleted).sum();
    let became_old = (deleted + left(last)).saturating_sub(left(first));
    Some(Trend {
        eligible_per_day: became_old as f64 / days,
        deleted_per_day: deleted as f64 / days,
        left: left(last),
        is_behind: left(last) > left(first) && became_old > deleted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(day: i64, eligible: u64, deleted: u64) -> Run {
        Run { at_s: day * 86_400, eligible, deleted }
    }

    #[test]
    fn behind_is_when_more_grows_old_than_goes() {
        assert_eq!(of(&[run(0, 5, 5)]), None);
        let even = of(&[run(0, 1000, 1000), run(1, 100, 100), run(2, 100, 100)]).unwrap();
        assert_eq!(
            (even.eligible_per_day, even.deleted_per_day, even.is_behind),
            (100.0, 100.0, false)
        );
        let behind = of(&[run(0, 100, 100), run(1, 300, 100), run(2, 500, 100)]).unwrap();
        assert_eq!((behind.eligible_per_day, behind.deleted_per_day), (300.0, 100.0));
        assert_eq!((behind.left, behind.is_behind), (400, true));
        let catching_up = of(&[run(0, 1000, 100), run(1, 950, 500)]).unwrap();
        assert!(!catching_up.is_behind);
    }
}
