//! Partitions are made as time goes by, by inboxctl or by the application: they are no drift.

use jiff::civil::Date;

use super::model::{Catalog, Table};

/// Whether it is a partition, however wide and of whatever name, of a table that is expected to
/// have some; or a partition of such a partition.
pub fn is_of_time(table: &Table, expected: &Catalog, found: &Catalog) -> bool {
    let Some(place) = &table.partition_of else { return false };
    match expected.table(&place.table) {
        Some(parent) => parent.partition_key.is_some(),
        None => found.table(&place.table).is_some_and(|parent| is_of_time(parent, expected, found)),
    }
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
