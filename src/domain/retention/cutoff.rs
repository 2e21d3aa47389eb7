//! From an age to the time before which rows are old.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::domain::moment;

/// A longer age is a slip of the finger, and far enough back to leave the calendar.
const LONGEST_AGE: Duration = Duration::from_secs(100 * 365 * 86_400);

/// Of the audit log nothing younger goes: it tells who did what, and who deleted what.
pub const FRESH_TRACES: Duration = Duration::from_secs(7 * 86_400);

/// Reads how old rows must be to go.
///
/// # Errors
/// No age, or a longer one than any row can have.
pub fn age(text: &str) -> Result<Duration, String> {
    match moment::duration(text)? {
        age if age > LONGEST_AGE => Err(String::from("it is more than 100 years")),
        age => Ok(age),
    }
}

/// What the operator calls old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Older {
    /// Than this age.
    Than(Duration),
    /// Than this time.
    Before(Timestamp),
}

/// Rows before it go. `now` is the database's clock.
///
/// # Errors
/// Why there is no such time: it would lie in the future, or before all times.
pub fn of(older: Older, now: Timestamp) -> Result<Timestamp, String> {
    match older {
        Older::Before(at) if at > now => {
            Err(format!("{at} is in the future: it is {now} by the database's clock"))
        }
        Older::Before(at) => Ok(at),
        Older::Than(age) => SignedDuration::try_from(age)
            .ok()
            .and_then(|age| now.checked_sub(age).ok())
            .ok_or_else(|| String::from("it is before all times")),
    }
}

/// The cut-off for the audit log, and whether it lies further back than was asked for.
///
/// # Errors
/// As for [`of`].
pub fn of_traces(older: Older, now: Timestamp) -> Result<(Timestamp, bool), String> {
    let (asked, latest) = (of(older, now)?, of(Older::Than(FRESH_TRACES), now)?);
    Ok((asked.min(latest), asked > latest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn ages_are_of_24_hours_a_day_whatever_clocks_on_walls_do() {
        // The night in which Berlin's clocks went forward.
        let now = at("2026-03-29T03:30:00+02:00[Europe/Berlin]");
        let cutoff = of(Older::Than(Duration::from_secs(86_400)), now);
        assert_eq!(cutoff, Ok(at("2026-03-28T02:30:00+01:00")));
    }

    #[test]
    fn what_is_no_time_to_cut_at_is_refused() {
        let now = at("2026-01-31T12:00:00Z");
        assert_eq!(of(Older::Than(Duration::ZERO), now), Ok(now));
        assert!(age("36500d").is_ok() && age("36501d").is_err());
        assert!(of(Older::Before(at("2026-01-31T12:00:01Z")), now).is_err());
    }

    proptest! {
        #[test]
        fn the_cutoff_is_as_old_as_was_said(now_s in 0i64..4_000_000_000, age_s in 0u64..3_000_000_000) {
            let now = Timestamp::from_second(now_s).expect("in range");
            let cutoff = of(Older::Than(Duration::from_secs(age_s)), now).expect("a time");
            prop_assert_eq!(now.duration_since(cutoff).as_secs(), i64::try_from(age_s).unwrap());
        }
    }
}
