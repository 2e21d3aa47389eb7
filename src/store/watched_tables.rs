//! Tables that triggers of the application's write to while contacts are merged: what they are, and
//! what they hold of those contacts, so that before and after can be told apart.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Oid, Text};
use uuid::Uuid;

use super::merges::Decided;
use super::statements::{quote_identifier, quote_literal, truth};

/// What contacts that are merged are known by elsewhere.
pub(super) struct Known {
    /// Their ids, the letters of them in capitals too, their numbers and addresses.
    values: Vec<String>,
    ids: Vec<Uuid>,
    /// The id of each survivor, by that of each contact that goes.
    heirs: HashMap<String, String>,
}

impl Known {
    pub(super) fn of(merges: &[Decided]) -> Known {
        let mut known = Known { values: Vec::new(), ids: Vec::new(), heirs: HashMap::new() };
        for merge in merges {
            let texts = |phone: &Option<String>, email: &Option<String>| {
                let texts = [phone, email].into_iter().flatten();
                texts.filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>()
            };
            for profile in merge.before.iter().map(|locked| &locked.profile) {
                let id = profile.id.to_string();
                known.values.extend([id.to_uppercase(), id]);
                known.values.extend(texts(&profile.phone, &profile.email));
                known.ids.push(profile.id);
            }
            known.values.extend(texts(&merge.plan.phone, &merge.plan.email));
            let heir = merge.plan.survivor.to_string();
            known.heirs.extend(merge.plan.merged.iter().map(|id| (id.to_string(), heir.clone())));
        }
        known.values.sort();
        known.values.dedup();
        known
    }
}

/// A table as it is seen once.
pub(super) struct Sight {
    details: Details,
    has_rows: bool,
    /// How many rows hold a value, by column and value.
    held: BTreeMap<(String, String), i64>,
}

#[derive(QueryableByName)]
struct Details {
    #[diesel(sql_type = Oid)]
    table_oid: u32,
    /// As SQL writes it, with its schema.
    #[diesel(sql_type = Text)]
    relation: String,
    #[diesel(sql_type = Bool)]
    can_read: bool,
    /// Where its rows lie: another place once it was truncated.
    #[diesel(sql_type = Oid)]
    file: u32,
    /// Each with its type.
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    /// Those that could hold what contacts are known by, with what they hold,
    #[diesel(sql_type = Array<Text>)]
    names: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    kinds: Vec<String>,
    /// whether each value stands there once,
    #[diesel(sql_type = Array<Bool>)]
    uniques: Vec<bool>,
    /// and whether an index leads to it.
    #[diesel(sql_type = Array<Bool>)]
    indexed: Vec<bool>,
    /// About so many.
    #[diesel(sql_type = Double)]
    rows: f64,
}

/// A table of more rows isn't read from end to end, twice with each batch, while its writers wait.
const MOST_SCANNED: f64 = 1e7;

/// What a table lacks afterwards.
pub(super) enum Loss {
    Columns(Vec<String>),
    /// All its rows.
    Rows,
    /// Perhaps: this role may not look.
    Unseen,
    /// Perhaps: it would have to be read from end to end, because of this column.
    TooLarge(String),
    /// Rows that hold what they held of the contacts, in a column; by their ids alone.
    References {
        column: String,
        rows: i64,
        is_reference: bool,
    },
}

/// The tables, by their oids; those that are there.
pub(super) fn look(
    conn: &mut PgConnection,
    tables: &[u32],
    known: &Known,
) -> QueryResult<HashMap<u32, Sight>> {
    let mut sights = HashMap::new();
    if tables.is_empty() {
        return Ok(sights);
    }
    let found: Vec<Details> = diesel::sql_query(include_str!("sql/watched_tables.sql"))
        .bind::<Array<Oid>, _>(tables)
        .load(conn)?;
    for details in found {
        let (mut has_rows, mut held) = (false, BTreeMap::new());
        if details.can_read {
            let any = format!("SELECT EXISTS (SELECT FROM {}) AS truth", details.relation);
            has_rows = truth(conn, &any)?;
            if has_rows && !details.names.is_empty() && details.scanned().is_none() {
                held = details.held(conn, known)?;
            }
        }
        sights.insert(details.table_oid, Sight { details, has_rows, held });
    }
    Ok(sights)
}

impl Details {
    fn held(
        &self,
        conn: &mut PgConnection,
        known: &Known,
    ) -> QueryResult<BTreeMap<(String, String), i64>> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            name: String,
            #[diesel(sql_type = Text)]
            value: String,
            #[diesel(sql_type = BigInt)]
            rows: i64,
        }
        let (mut values, mut conditions) = (Vec::new(), Vec::new());
        for (name, kind) in self.names.iter().zip(&self.kinds) {
            let (column, name) = (format!("t.{}", quote_identifier(name)), quote_literal(name));
            values.push(match kind.as_str() {
                "list" => format!(
                    "SELECT {name}::text AS name, one.value FROM pg_catalog.unnest({column}::text[]) AS one (value)"
                ),
                _ => format!("SELECT {name}::text AS name, {column}::text AS value"),
            });
            conditions.push(match kind.as_str() {
                "list" => format!("{column}::text[] OPERATOR(pg_catalog.&&) $1"),
                // So that an index serves.
                "id" => format!("{column}::uuid = ANY ($2)"),
                _ => format!("{column}::text = ANY ($1)"),
            });
        }
        let rows: Vec<Row> = diesel::sql_query(format!(
            "SELECT held.name, held.value, count(*) AS rows \
             FROM {} t CROSS JOIN LATERAL ({}) AS held \
             WHERE ({}) AND held.value = ANY ($1) GROUP BY held.name, held.value",
            self.relation,
            values.join(" UNION ALL "),
            conditions.join(" OR ")
        ))
        .bind::<Array<Text>, _>(&known.values)
        .bind::<Array<diesel::sql_types::Uuid>, _>(&known.ids)
        .load(conn)?;
        Ok(rows.into_iter().map(|row| ((row.name, row.value), row.rows)).collect())
    }

    /// The column because of which it would have to be read from end to end, if it is too large for that.
    fn scanned(&self) -> Option<&String> {
        let mut columns = self.names.iter().zip(&self.indexed);
        let found = columns.find(|(_, is_indexed)| !**is_indexed);
        found.map(|(name, _)| name).filter(|_| self.rows > MOST_SCANNED)
    }

    fn is_unique(&self, column: &str) -> bool {
        let mut uniques = self.names.iter().zip(&self.uniques);
        uniques.any(|(name, is_unique)| name == column && *is_unique)
    }
}

impl Sight {
    pub(super) fn is_readable(&self) -> bool {
        self.details.can_read
    }

    /// Whether that is it, as SQL writes a table with its schema.
    pub(super) fn is_of(&self, relation: &str) -> bool {
        self.details.relation == relation
    }

    /// What of it is gone `after`; `is_exclusive`: it was truncated or altered, or only held.
    pub(super) fn loss(&self, after: &Sight, is_exclusive: bool, known: &Known) -> Option<Loss> {
        let left = |column: &&String| !after.details.columns.contains(column);
        let gone: Vec<String> = self.details.columns.iter().filter(left).cloned().collect();
        if !gone.is_empty() {
            return Some(Loss::Columns(gone));
        }
        if is_exclusive && !self.details.can_read {
            return (self.details.file != after.details.file).then_some(Loss::Unseen);
        }
        if is_exclusive && self.has_rows && !after.has_rows {
            return Some(Loss::Rows);
        }
        if let Some(column) = self.details.scanned().filter(|_| self.details.can_read) {
            return Some(Loss::TooLarge(column.clone()));
        }
        let names = self.details.names.iter().zip(&self.details.kinds);
        names
            .map(|(column, kind)| (column, kind, self.lost(after, column, known)))
            .find(|(.., rows)| *rows > 0)
            .map(|(column, kind, rows)| Loss::References {
                column: column.clone(),
                rows,
                is_reference: kind != "list" && self.holds_ids(column, known),
            })
    }

    /// How many rows hold in this column nothing any more of what they held.
    fn lost(&self, after: &Sight, column: &str, known: &Known) -> i64 {
        let rows = |sight: &Sight| -> i64 {
            let of_column = sight.held.iter().filter(|((name, _), _)| name == column);
            of_column.map(|(_, rows)| rows).sum()
        };
        // Where each contact has one row the survivor has its own: that table is derived.
        let has_heir = |value: &String| {
            let heir = known.heirs.get(value)?;
            after.held.get(&(column.to_owned(), heir.clone()))
        };
        let is_spare = |((name, value), _): &(&(String, String), &i64)| {
            name == column
                && !after.held.contains_key(&(name.clone(), value.clone()))
                && has_heir(value).is_some()
        };
        let spare: i64 = match self.details.is_unique(column) {
            true => self.held.iter().filter(is_spare).map(|(_, rows)| rows).sum(),
            false => 0,
        };
        rows(self) - rows(after) - spare
    }

    fn holds_ids(&self, column: &str, known: &Known) -> bool {
        let is_id = |value: &str| known.heirs.contains_key(&value.to_lowercase());
        self.held.keys().any(|(name, value)| name == column && is_id(value))
    }
}
