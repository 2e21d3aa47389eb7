//! Tables that point at one another: a row comes before what it points at, and gets its reference when
//! that is there.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::coming::Coming;
use super::reasons::{Awaited, Why, places};
use super::target::{Back, Brought};
use crate::store::archive_insert::count;
use crate::store::nullable_keys::NullableKey;
use crate::store::statements::quote_identifier;

/// What became of such rows of a table.
#[derive(Debug, Default)]
pub struct Settled {
    /// What came of those that got their reference.
    pub filled: Brought,
    /// Rows that had to stay away: all of it must be done again without them.
    pub without: Vec<(String, Why)>,
    pub emptied: Vec<(String, u64)>,
    pub gone: BTreeMap<String, BTreeSet<String>>,
}

impl Back {
    /// What it points at may come after it, out of these tables.
    pub fn awaits(&mut self, later: &[&str]) {
        let keys = self.keys.iter().filter(|key| {
            let can_wait = match key.can_be_empty() {
                true => self.target.has_key(),
                false => key.deferrable.is_some(),
            };
            can_wait && later.contains(&key.parent.as_str())
        });
        self.awaited = keys.map(|key| key.constraint_name.clone()).collect();
    }

    pub(super) fn is_awaited(&self, key: &NullableKey) -> bool {
        self.awaited.contains(&key.constraint_name)
    }

    /// Constraints, as SQL writes them, that can hold at the end only.
    pub fn held_at_the_end(&self) -> impl Iterator<Item = &str> {
        let keys = self.keys.iter().filter(|key| self.is_awaited(key) && !key.can_be_empty());
        keys.filter_map(|key| key.deferrable.as_deref())
    }

    /// Gives rows that came what they point at, now that everything is there, or is known to come.
    ///
    /// # Errors
    /// The server, or a trigger swallowed some: the transaction must be rolled back.
    pub fn settle(
        &self,
        conn: &mut PgConnection,
        awaited: &[Awaited],
        coming: &Coming,
        does_it: bool,
    ) -> anyhow::Result<Settled> {
        let mut settled = Settled::default();
        for key in self.keys.iter().filter(|key| self.is_awaited(key)) {
            let lines = awaited.iter().filter(|one| one.constraint_name == key.constraint_name);
            let mut lines: Vec<&str> = lines.map(|one| one.line.as_str()).collect();
            if does_it {
                // What the server refused waits for nothing.
                self.retain_standing(conn, &mut lines, None)?;
            }
            let beside: Vec<&str> = coming.of(&key.parent).iter().map(String::as_str).collect();
            let gone = self.pointing_at_nothing(conn, key, &lines, &beside)?;
            for (at, value) in &gone {
                if key.can_be_empty() && !key.cascades {
                    count(&mut settled.emptied, key.name(), 1);
                    settled.gone.entry(key.label.clone()).or_default().insert(value.clone());
                } else {
                    settled.without.push((lines[*at].to_owned(), Why::gone(key)));
                }
            }
            let gone: BTreeSet<usize> = gone.into_iter().map(|(at, _)| at).collect();
            let mut at = 0..;
            lines.retain(|_| at.next().is_some_and(|at| !gone.contains(&at)));
            if key.can_be_empty() {
                match does_it {
                    true => settled.filled.add(self.fill(conn, key, &lines)?),
                    false => settled.filled.overwritten += lines.len() as u64,
                }
            }
        }
        Ok(settled)
    }

    /// Those of the lines that came, and are empty there.
    fn fill(
        &self,
        conn: &mut PgConnection,
        key: &NullableKey,
        lines: &[&str],
    ) -> anyhow::Result<Brought> {
        let mut lines = lines.to_vec();
        self.retain_standing(conn, &mut lines, Some(key))?;
        self.update_what_goes(conn, &lines, &key.nullable).map(|(brought, _)| brought)
    }
    /// Only lines whose rows are there, and empty in what a key can do without.
    fn retain_standing(
        &self,
        conn: &mut PgConnection,
        lines: &mut Vec<&str>,
        empty: Option<&NullableKey>,
    ) -> QueryResult<()> {
        if !self.target.has_key() {
            return Ok(());
        }
        let empty = empty.into_iter().flat_map(|key| &key.nullable);
        let empty = empty.map(|name| format!(" AND t.{} IS NULL", quote_identifier(name)));
        let from = format!(
            "{} JOIN {} t ON {}{}",
            self.target.archived(),
            self.relation(),
            self.target.same_key("t"),
            empty.collect::<String>()
        );
        let standing = places(conn, "a.\"@number\"", &from, lines, &[])?;
        *lines = standing.into_iter().map(|at| lines[at]).collect();
        Ok(())
    }
}
