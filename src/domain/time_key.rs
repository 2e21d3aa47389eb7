//! Keys as points in time: a UUID of version 7 begins with the millisecond in
//! which it was made.

use jiff::Timestamp;
use uuid::Uuid;

/// No key that was made at `at` or later is lower.
pub fn lowest(at: Timestamp) -> Uuid {
    Uuid::from_u128((at.as_millisecond().max(0) as u128) << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bounds_the_keys_of_its_time() {
        let key: Uuid = "019cb0f4-7800-7000-8000-000000000000".parse().unwrap();
        let at = Timestamp::from_millisecond(0x019c_b0f4_7800).unwrap();
        let later = Timestamp::from_millisecond(0x019c_b0f4_7801).unwrap();
        assert!(lowest(at) <= key);
        assert!(lowest(later) > key);
        assert_eq!(lowest(Timestamp::MIN), Uuid::nil());
    }
}
