//! How near a server is to running out of transaction ids.

use super::check::Status;

/// The server stops for want of ids at about as many that are in use.
const IDS: i64 = 2_000_000_000;
const FAIL_FROM: i64 = 1_500_000_000;

/// Ids of one kind that a database keeps in use, because rows that old aren't frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    pub ids: i64,
    /// From so many on autovacuum freezes rows by itself.
    pub freeze_at: i64,
}

impl Used {
    /// Half as much again as autovacuum begins at: it doesn't keep up.
    pub fn status(self) -> Status {
        let warn_from = (self.freeze_at / 2).saturating_add(self.freeze_at);
        Status::by_limit(self.ids, warn_from.min(FAIL_FROM), FAIL_FROM)
    }

    pub fn percent(self) -> i64 {
        self.ids / (IDS / 100)
    }
}

/// The one that is worst off: by status, then by the share of what autovacuum allows.
pub fn worst<T>(all: impl IntoIterator<Item = T>, used: impl Fn(&T) -> Used) -> Option<T> {
    all.into_iter().max_by_key(|one| {
        let used = used(one);
        let badness = match used.status() {
            Status::Fail => 2,
            Status::Warn => 1,
            Status::Ok | Status::Unknown => 0,
        };
        (badness, i128::from(used.ids) * 1_000_000_000 / i128::from(used.freeze_at.max(1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limits that a server comes with.
    const XIDS: i64 = 200_000_000;
    const MULTIXACTS: i64 = 400_000_000;

    fn used(ids: i64, freeze_at: i64) -> Used {
        Used { ids, freeze_at }
    }

    #[test]
    fn autovacuum_may_be_late_by_half() {
        assert_eq!(used(299_999_999, XIDS).status(), Status::Ok);
        assert_eq!(used(300_000_000, XIDS).status(), Status::Warn);
        assert_eq!(used(300_000_000, MULTIXACTS).status(), Status::Ok);
        assert_eq!(used(600_000_000, MULTIXACTS).status(), Status::Warn);
    }

    #[test]
    fn before_the_end_it_fails_whatever_autovacuum_was_told() {
        assert_eq!(used(1_499_999_999, XIDS).status(), Status::Warn);
        assert_eq!(used(1_500_000_000, XIDS).status(), Status::Fail);
        assert_eq!(used(1_499_999_999, 2_000_000_000).status(), Status::Ok);
        assert_eq!(used(1_500_000_000, 2_000_000_000).status(), Status::Fail);
        assert_eq!(used(1_500_000_000, XIDS).percent(), 75);
    }

    #[test]
    fn the_worst_is_told() {
        let of = |all: &[Used]| worst(all.iter().copied(), |one| *one);
        assert_eq!(of(&[]), None);
        let (young, old) = (used(10, XIDS), used(1_000, XIDS));
        assert_eq!(of(&[young, old, young]), Some(old));
        let (late, many) = (used(310_000_000, XIDS), used(390_000_000, MULTIXACTS));
        assert_eq!(of(&[late, many]), Some(late));
        let near_the_end = used(1_500_000_000, 2_000_000_000);
        assert_eq!(of(&[near_the_end, late]), Some(near_the_end));
    }
}
