//! Monthly partitions: made as time goes by, they are no drift.

use jiff::ToSpan;
use jiff::civil::Date;

use super::model::{Catalog, Table};

/// Whether it is the partition of a UTC month, whatever its name, of a table that
/// is expected.
pub(super) fn is_monthly(table: &Table, expected: &Catalog) -> bool {
    let Some(place) = &table.partition_of else { return false };
    let parent_is_known =
        expected.table(&place.table).is_some_and(|parent| parent.partition_key.is_some());
    let first = place.bound.strip_prefix("FOR VALUES FROM ('").and_then(|bound| bound.get(..10));
    let month = first.and_then(|day| day.parse::<Date>().ok()).filter(|day| day.day() == 1);
    parent_is_known && month.is_some_and(|month| place.bound == bound_of(month))
}

/// Whether it is the name that a month of this table has, or of what hangs on one.
pub fn is_month_of(name: &str, table: &str) -> bool {
    let month = name.strip_prefix(table).and_then(|ending| ending.get(..8)).and_then(month);
    month.is_some()
}

/// `_2026_03`.
fn month(suffix: &str) -> Option<Date> {
    let (year, month) = suffix.strip_prefix('_')?.split_once('_')?;
    if (year.len(), month.len()) != (4, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

/// As the server spells it under TimeZone = UTC.
fn bound_of(month: Date) -> String {
    let next = month.saturating_add(1.month());
    format!("FOR VALUES FROM ('{month} 00:00:00+00') TO ('{next} 00:00:00+00')")
}
