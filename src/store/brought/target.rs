//! A table of the live database that rows of a backup come back into: what is inserted, and what is
//! overwritten.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::backed_up::{self, BackedUp};
use super::columns::{self, Belonging, Followed, Trial};
use super::unique::{self, Unique};
use crate::domain::consent::Consent;
use crate::domain::only::{self, Fit};
use crate::store::archive_insert::{self, refusal};
use crate::store::archive_return::Target;
use crate::store::interference::{self, Event};
use crate::store::nullable_keys::{self, NullableKey};
use crate::store::scalar::ScalarQuery;
use crate::store::statements::quote_identifier;
use crate::store::{archive_rows, catalog, row_shape, tx};

/// A table that rows come back into.
#[derive(Debug)]
pub struct Back {
    pub fit: Fit,
    pub(super) target: Target,
    /// What its rows point at.
    pub(super) keys: Vec<NullableKey>,
    pub(super) uniques: Vec<Unique>,
    /// The database is migrated so far that merges are recorded.
    pub(super) knows_merges: bool,
    /// What an UPDATE may set.
    pub(super) settable: Vec<String>,
    /// What would change along with it.
    pub(super) followed: Vec<Followed>,
    /// Columns whose values may not fit any more.
    pub(super) trials: Vec<Trial>,
    /// Whose its rows are, where only those of a contact are meant.
    pub(super) belonging: Option<Belonging>,
    /// Keys by which its rows point at what comes after them.
    pub(super) awaited: Vec<String>,
}

/// What became of rows.
#[derive(Debug, Default)]
pub struct Brought {
    pub inserted: u64,
    pub overwritten: u64,
    /// What nobody could know before, and how many.
    pub refused: Vec<(String, u64)>,
    /// Columns that hold something else than the backup, in how many rows.
    pub altered: Vec<(String, u64)>,
}

impl Brought {
    pub(super) fn add(&mut self, other: Brought) {
        self.inserted += other.inserted;
        self.overwritten += other.overwritten;
        self.refused.extend(other.refused);
        self.altered.extend(other.altered);
    }
}

/// Has constraints checked at once, so that it is known whose fault it is, but for these, as SQL writes
/// them, which can hold at the end only.
pub fn check_at_once(conn: &mut PgConnection, but: &[&str]) -> QueryResult<()> {
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    if but.is_empty() {
        return Ok(());
    }
    diesel::sql_query(format!("SET CONSTRAINTS {} DEFERRED", but.join(", ")))
        .execute(conn)
        .map(drop)
}

/// The table that rows of a backup came from; `None` if it isn't there any more.
pub fn find(conn: &mut PgConnection, rows: &BackedUp) -> QueryResult<Option<Back>> {
    if backed_up::named(conn, &rows.relation)?.is_none_or(|named| !named.holds_rows) {
        return Ok(None);
    }
    let Some(layout) = archive_rows::layout_of(conn, &rows.relation, &rows.label)? else {
        return Ok(None);
    };
    let fit = only::fit(&rows.layout.columns, layout.table_columns(), &layout.key);
    let has = |name: &String| fit.columns.iter().any(|(column, _)| column.name == *name);
    let mut keys = nullable_keys::all_of_table(conn, &rows.relation)?;
    keys.retain(|key| key.columns.iter().all(has));
    let names: Vec<&str> = fit.columns.iter().map(|(column, _)| column.name.as_str()).collect();
    let mut uniques = unique::of_table(conn, &rows.relation, &names)?;
    uniques.retain(|one| one.columns.iter().all(has));
    let mut settable = row_shape::load(conn, &rows.relation)?.updatable();
    settable.retain(|name| has(name) && !layout.key.contains(name));
    let target = Target::of_whole_rows(layout, fit.columns.clone());
    let knows_merges = catalog::table_exists(conn, "merged_contacts")?;
    let followed = columns::followed(conn, &rows.relation)?;
    let trials = columns::trials(conn, &rows.relation, &fit.columns)?;
    let (belonging, awaited) = (None, Vec::new());
    Ok(Some(Back {
        fit,
        target,
        keys,
        uniques,
        knows_merges,
        settable,
        followed,
        trials,
        belonging,
        awaited,
    }))
}

impl Back {
    /// The table, as SQL writes it.
    pub fn relation(&self) -> &str {
        &self.target.layout.relation
    }

    pub fn label(&self) -> &str {
        &self.target.layout.table
    }

    /// What is read for it, as SQL writes it.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.parent.as_str()).chain([self.relation()])
    }

    /// Whether its rows point at rows of that table.
    pub fn points_at(&self, relation: &str) -> bool {
        self.keys.iter().any(|key| key.parent == relation)
    }

    /// Whether one of its rows may point at another.
    pub fn points_at_itself(&self) -> bool {
        self.keys.iter().any(|key| key.is_own)
    }

    /// The columns of another table that its rows point at.
    pub fn pointed_at<'a>(&'a self, relation: &str) -> impl Iterator<Item = &'a String> {
        let keys = self.keys.iter().filter(move |key| key.parent == relation);
        keys.flat_map(NullableKey::referenced)
    }

    /// Inserts rows that aren't there.
    ///
    /// # Errors
    /// The server, or a trigger swallowed some: the transaction must be rolled back.
    pub fn insert(&self, conn: &mut PgConnection, lines: &[String]) -> anyhow::Result<Brought> {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let returned = self.target.insert(conn, &lines)?;
        if returned.swallowed > 0 {
            let by = interference::with(conn, self.relation(), Event::Insert)?;
            let why = format!("{} of {} rows were inserted{by}", returned.rows, lines.len());
            return Err(interference::surprise(self.label(), why, "inserted").into());
        }
        Ok(Brought {
            inserted: returned.rows,
            refused: returned.refused,
            altered: returned.altered,
            ..Brought::default()
        })
    }

    /// Has rows that are there hold what the backup has of them. They are locked in the order of the lines.
    ///
    /// # Errors
    /// The server, or a trigger swallowed some: the transaction must be rolled back.
    pub fn overwrite(
        &self,
        conn: &mut PgConnection,
        lines: &[String],
        _consent: &Consent,
    ) -> anyhow::Result<Brought> {
        let all: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (mut brought, taken) = self.update_what_goes(conn, &all, &self.settable)?;
        let states = self.target.states(conn, &taken)?;
        brought.altered = self.target.altered(conn, &taken, &states, 0)?;
        Ok(brought)
    }

    /// Sets these columns, of as many of the lines as the server takes; which these are.
    pub(super) fn update_what_goes<'a>(
        &self,
        conn: &mut PgConnection,
        lines: &[&'a str],
        columns: &[String],
    ) -> anyhow::Result<(Brought, Vec<&'a str>)> {
        let (mut brought, mut taken) = (Brought::default(), Vec::new());
        if lines.is_empty() || columns.is_empty() {
            return Ok((brought, taken));
        }
        self.lock(conn, lines)?;
        conn.batch_execute("SET LOCAL inboxctl.keep_updated_at = 'on'")?;
        let mut left = vec![lines];
        while let Some(part) = left.pop() {
            match tx::attempt(conn, |conn| self.update(conn, part, columns)) {
                Ok(rows) if rows == part.len() => taken.extend(part),
                Ok(rows) => return Err(self.swallowed(conn, rows, part.len())?),
                Err(error) if part.len() == 1 => {
                    archive_insert::count(&mut brought.refused, refusal(error)?, 1);
                }
                Err(error) => {
                    refusal(error)?;
                    let (first, second) = part.split_at(part.len() / 2);
                    left.extend([second, first]);
                }
            }
        }
        brought.overwritten = taken.len() as u64;
        Ok((brought, taken))
    }

    fn swallowed(
        &self,
        conn: &mut PgConnection,
        rows: usize,
        meant: usize,
    ) -> QueryResult<anyhow::Error> {
        let by = interference::with(conn, self.relation(), Event::Update)?;
        let why = format!("{rows} of {meant} rows were overwritten{by}");
        Ok(interference::surprise(self.label(), why, "overwritten").into())
    }

    fn lock(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<()> {
        let locked = diesel::sql_query(format!(
            "SELECT count(*) AS rows FROM (SELECT FROM {} t JOIN {} ON {} ORDER BY a.\"@number\" FOR UPDATE OF t) AS locked",
            self.relation(),
            self.target.archived(),
            self.target.same_key("t")
        ))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(&[] as &[&str])
        .scalar::<BigInt, i64>(conn)?;
        tracing::debug!(locked, table = self.label(), "locked rows");
        Ok(())
    }

    fn update(
        &self,
        conn: &mut PgConnection,
        lines: &[&str],
        columns: &[String],
    ) -> QueryResult<usize> {
        let set = columns.iter().map(|name| {
            let name = quote_identifier(name);
            format!("{name} = a.{name}")
        });
        diesel::sql_query(format!(
            "UPDATE {} t SET {} FROM {} WHERE {}",
            self.relation(),
            set.collect::<Vec<_>>().join(", "),
            self.target.archived(),
            self.target.same_key("t")
        ))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(&[] as &[&str])
        .execute(conn)
    }
}
