//! When so many rows would go that it is more likely a mistake.

/// Of the table, in percent.
pub const SHARE_PERCENT: u64 = 50;
/// The share of a handful of rows says nothing.
pub const FLOOR_ROWS: u64 = 100;

/// The most rows that may go: what the operator said, else a share of the table.
pub fn limit(table_rows: u64, max_rows: Option<u64>) -> u64 {
    max_rows.unwrap_or_else(|| {
        (table_rows / 100 * SHARE_PERCENT + table_rows % 100 * SHARE_PERCENT / 100).max(FLOOR_ROWS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_table_unless_told_otherwise() {
        assert_eq!(limit(10_001, None), 5_000);
        assert_eq!(limit(0, None), FLOOR_ROWS);
        assert_eq!(limit(u64::MAX, None), u64::MAX / 2);
        assert_eq!(limit(10, Some(3)), 3);
        assert_eq!(limit(10, Some(0)), 0);
    }
}
