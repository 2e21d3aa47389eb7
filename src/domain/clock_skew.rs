//! Whether two clocks agree, told from one question and its answer.

use jiff::{SignedDuration, Timestamp};

/// More than this between two clocks makes ages wrong.
const LIMIT: SignedDuration = SignedDuration::from_secs(2);

/// How far the other clock is ahead of ours, and how far off that may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skew {
    pub ahead: SignedDuration,
    pub uncertainty: SignedDuration,
}

impl Skew {
    /// `theirs` was read somewhere between our asking and our hearing the answer: half-way, for
    /// all that we know.
    pub fn new(asked: Timestamp, heard: Timestamp, theirs: Timestamp) -> Skew {
        let uncertainty = asked.duration_until(heard) / 2;
        Skew { ahead: asked.duration_until(theirs) - uncertainty, uncertainty }
    }

    /// What a slow answer explains is no fault of a clock.
    pub fn is_wrong(self) -> bool {
        self.ahead.abs() > LIMIT + self.uncertainty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_ms(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + ms).unwrap()
    }

    /// Asked at 0, heard at `heard`, and they said `theirs`, all in milliseconds.
    fn skew(heard: i64, theirs: i64) -> Skew {
        Skew::new(at_ms(0), at_ms(heard), at_ms(theirs))
    }

    #[test]
    fn it_counts_from_the_middle_of_the_round_trip() {
        assert_eq!(skew(10, 5).ahead, SignedDuration::ZERO);
        assert_eq!(skew(10, 3_005).ahead, SignedDuration::from_secs(3));
        assert_eq!(skew(10, -2_995).ahead, SignedDuration::from_secs(-3));
    }

    #[test]
    fn two_seconds_are_the_limit_either_way() {
        for (theirs, is_wrong) in
            [(2_010, false), (2_011, true), (-2_000, false), (-2_001, true), (3_600_000, true)]
        {
            assert_eq!(skew(10, theirs).is_wrong(), is_wrong, "{theirs} ms");
        }
    }

    #[test]
    fn a_slow_answer_is_no_wrong_clock() {
        // Read at once, and ten seconds on the way back.
        assert!(!skew(10_000, 0).is_wrong());
        assert!(!skew(10_000, 10_000).is_wrong());
        assert!(skew(10_000, 13_000).is_wrong());
    }
}
