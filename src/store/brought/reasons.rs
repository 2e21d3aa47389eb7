//! Why rows of a backup don't come back, or not as they are, and which of some lines these are.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use crate::store::nullable_keys::NullableKey;
use crate::store::scalar::ScalarQuery;

/// Why a row doesn't come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    pub text: String,
    /// The table can't take what was asked for: the run has failed of it.
    pub is_failure: bool,
}

/// A row that comes before what it points at.
#[derive(Debug, Clone)]
pub struct Awaited {
    pub(super) constraint_name: String,
    pub(super) line: String,
}

impl Why {
    pub fn known(text: impl Into<String>) -> Why {
        Why { text: text.into(), is_failure: false }
    }

    pub fn failure(text: impl Into<String>) -> Why {
        Why { text: text.into(), is_failure: true }
    }

    pub(super) fn gone(key: &NullableKey) -> Why {
        Why::known(format!("what they point at is gone ({})", key.name()))
    }
}

impl Awaited {
    pub(super) fn new(key: &NullableKey, line: String) -> Awaited {
        Awaited { constraint_name: key.constraint_name.clone(), line }
    }
}

/// The places, from 0, of lines whose number, from 1, a question finds; it may ask of lines beside them.
pub(super) fn places(
    conn: &mut PgConnection,
    number: &str,
    from: &str,
    lines: &[&str],
    beside: &[&str],
) -> QueryResult<Vec<usize>> {
    let found = diesel::sql_query(format!("SELECT {number} - 1 AS place FROM {from}"))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(beside)
        .scalars::<BigInt, i64>(conn)?;
    Ok(found.into_iter().filter_map(place).collect())
}

pub(super) fn place(number: i64) -> Option<usize> {
    usize::try_from(number).ok()
}
