//! Times as microseconds since 1970, working hours, and version 7 ids.

use jiff::Timestamp;
use uuid::Uuid;

pub(crate) const SECOND: i64 = 1_000_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// How busy the hours of a day are, in UTC.
const HOURS: [u64; 24] =
    [3, 2, 2, 2, 3, 4, 6, 9, 13, 16, 17, 17, 15, 16, 17, 17, 16, 15, 13, 12, 10, 8, 6, 4];
/// How busy the days are, from Thursday: 1970 began on one.
const DAYS: [u64; 7] = [20, 19, 9, 7, 22, 21, 21];

/// The share of a week's work that lies before each hour of it, as a time.
const WORK: [i64; 169] = work();

const fn work() -> [i64; 169] {
    let mut sums = [0u64; 169];
    let mut hour = 0;
    while hour < 168 {
        sums[hour + 1] = sums[hour] + HOURS[hour % 24] * DAYS[hour / 24];
        hour += 1;
    }
    let mut work = [0i64; 169];
    hour = 0;
    while hour <= 168 {
        work[hour] = (WEEK as u64 / sums[168] * sums[hour]) as i64;
        hour += 1;
    }
    work[168] = WEEK;
    work
}

/// Maps a time to the work done until then: busy hours are long, nights are short.
#[inline]
pub(crate) fn to_work(at: i64) -> i64 {
    let (week, rest) = (at.div_euclid(WEEK), at.rem_euclid(WEEK));
    let hour = (rest / HOUR) as usize;
    let length = WORK[hour + 1] - WORK[hour];
    let part = i128::from(rest % HOUR) * i128::from(length) / i128::from(HOUR);
    week * WEEK + WORK[hour] + part as i64
}

/// The way back: times drawn evenly over the work fall into busy hours, in the same order.
#[inline]
pub(crate) fn from_work(at: i64) -> i64 {
    let (week, rest) = (at.div_euclid(WEEK), at.rem_euclid(WEEK));
    let hour = WORK.partition_point(|&start| start <= rest) - 1;
    let length = WORK[hour + 1] - WORK[hour];
    // Halved, the product just fits into 64 bits; 128 would cost a slow division.
    let part = (rest - WORK[hour]) as u64 / 2 * HOUR as u64 / (length as u64 / 2);
    week * WEEK + hour as i64 * HOUR + part as i64
}

/// A time from micros; callers stay within the years that jiff knows.
#[inline]
pub(crate) fn timestamp(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A version 7 id; the bits below a millisecond keep the order of the times.
#[inline]
pub(crate) fn uuid(micros: i64, random: u64) -> Uuid {
    let micros = micros.max(0) as u64;
    let (millis, rest) = (micros / 1000, micros % 1000);
    let high = millis << 16 | 0x7000 | (rest * 4096 / 1000);
    let low = 0b10 << 62 | random & ((1 << 62) - 1);
    Uuid::from_u64_pair(high, low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_keeps_order_and_comes_back() {
        let mut last = i64::MIN;
        for step in 0..2000 {
            let at = 1_700_000_000 * SECOND + step * 977 * SECOND;
            let work = to_work(at);
            assert!(work >= last);
            assert!((from_work(work) - at).abs() < SECOND);
            last = work;
        }
    }

    #[test]
    fn ids_carry_their_time() {
        let id = uuid(1_700_000_000_123_456, u64::MAX);
        assert_eq!(id.get_version_num(), 7);
        let (seconds, nanos) = id.get_timestamp().expect("version 7").to_unix();
        assert_eq!((seconds, nanos), (1_700_000_000, 123_000_000));
    }
}
