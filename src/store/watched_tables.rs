//! Tables that triggers of the application's write to while contacts are merged or changed, or old rows go:
//! what they are, and what they hold of those rows, so that before and after can be told apart.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Oid, Text};
use uuid::Uuid;

use super::merges::Decided;
use super::statements::{quote_identifier, quote_literal, truth};
use super::tx;
use crate::error::Condition;
use crate::store::scalar::ScalarQuery;

/// What contacts that are merged, or rows that are deleted, are known by elsewhere.
#[derive(Default)]
pub(super) struct Known {
    /// Their ids, the letters of them in capitals too, their numbers and addresses.
    values: Vec<String>,
    ids: Vec<Uuid>,
    /// The id of each survivor, by that of each contact that goes.
    heirs: HashMap<String, String>,
    /// Rows of a table are counted where the server doesn't.
    counts_rows: bool,
}

impl Known {
    pub(super) fn of(merges: &[Decided]) -> Known {
        let mut known = Known::default();
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

    /// Of rows that go, with nothing in their place.
    pub(super) fn of_rows(ids: &[Uuid]) -> Known {
        let texts = ids.iter().map(Uuid::to_string);
        let values = texts.flat_map(|id| [id.to_uppercase(), id]).collect();
        Known { values, ids: ids.to_vec(), heirs: HashMap::new(), counts_rows: true }
    }

    /// By these numbers and addresses too.
    pub(super) fn or_by(mut self, values: impl IntoIterator<Item = String>) -> Known {
        self.values.extend(values.into_iter().filter(|text| !text.is_empty()));
        self.values.sort();
        self.values.dedup();
        self
    }
}

/// A table as it is seen once.
pub(super) struct Sight {
    details: Details,
    /// Columns that could hold what those rows are known by.
    columns: Vec<Telling>,
    has_rows: bool,
    /// How many, where that is asked and the server doesn't count what is done to them.
    rows: Option<i64>,
    /// How many rows hold a value, by column and value.
    held: BTreeMap<(String, String), i64>,
    /// The same of each row that can be told from the others, by its [keys](Details::keys).
    by_key: HashMap<Vec<String>, Vec<(String, i64)>>,
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
    #[diesel(sql_type = Bool)]
    is_foreign: bool,
    #[diesel(sql_type = Bool)]
    is_counted: bool,
    /// Where its rows lie: another place once it was truncated.
    #[diesel(sql_type = Oid)]
    file: u32,
    /// Each with its type.
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    /// Those that could hold what rows are known by, with what they hold,
    #[diesel(sql_type = Array<Text>)]
    names: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    kinds: Vec<String>,
    /// and whether an index leads to each.
    #[diesel(sql_type = Array<Bool>)]
    indexed: Vec<bool>,
    /// Expressions, of a row `t`, of what its unique keys with such columns hold: arrays of JSON.
    #[diesel(sql_type = Array<Text>)]
    keys: Vec<String>,
    /// About so many.
    #[diesel(sql_type = Double)]
    rows: f64,
}

struct Telling {
    name: String,
    /// `id`, `text`, `list` or `json`.
    kind: String,
    is_indexed: bool,
}

/// A table of more rows isn't read from end to end, twice with each batch, while its writers wait.
const MOST_SCANNED: f64 = 1e7;
/// Nor for the sake of JSON, which takes ten times as long, and by which no trigger finds rows in so large
/// a table either.
const MOST_PARSED: f64 = 1e6;

/// What a table lacks afterwards.
pub(super) enum Loss {
    Columns(Vec<String>),
    /// All its rows.
    Rows,
    /// So many of its rows.
    Fewer(i64),
    /// Perhaps: this role may not look.
    Unseen,
    /// Perhaps: it would have to be read from end to end, because of this column.
    TooLarge(String),
    /// Rows that hold what they held of the rows in question, in a column; by their ids alone.
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
        let oid = details.table_oid;
        let mut sight = Sight::of(details);
        if sight.details.is_foreign {
            // The other server may not let this role look.
            match tx::attempt(conn, |conn| sight.fill(conn, known)) {
                Err(error) if Condition::of_error(&error) == Some(Condition::ConnectionLost) => {
                    return Err(error);
                }
                Err(_) => sight.details.can_read = false,
                Ok(()) => {}
            }
        } else {
            sight.fill(conn, known)?;
        }
        sights.insert(oid, sight);
    }
    Ok(sights)
}

impl Sight {
    fn of(mut details: Details) -> Sight {
        let (names, kinds) = (mem::take(&mut details.names), mem::take(&mut details.kinds));
        let columns = names.into_iter().zip(kinds).zip(&details.indexed);
        let columns = columns.map(|((name, kind), &is_indexed)| Telling { name, kind, is_indexed });
        let columns = columns.filter(|one| one.kind != "json" || details.rows <= MOST_PARSED);
        Sight {
            columns: columns.collect(),
            details,
            has_rows: false,
            rows: None,
            held: BTreeMap::new(),
            by_key: HashMap::new(),
        }
    }

    fn fill(&mut self, conn: &mut PgConnection, known: &Known) -> QueryResult<()> {
        if !self.details.can_read {
            return Ok(());
        }
        let relation = &self.details.relation;
        if known.counts_rows && !self.details.is_counted {
            let count = format!("SELECT count(*) AS rows FROM {relation}");
            self.rows = Some(diesel::sql_query(count).scalar::<BigInt, i64>(conn)?);
        }
        self.has_rows = truth(conn, &format!("SELECT EXISTS (SELECT FROM {relation}) AS truth"))?;
        let is_held = self.has_rows && !self.columns.is_empty() && !known.values.is_empty();
        if is_held && self.scanned(known).is_none() {
            self.hold(conn, known)?;
        }
        Ok(())
    }

    fn hold(&mut self, conn: &mut PgConnection, known: &Known) -> QueryResult<()> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            name: String,
            #[diesel(sql_type = Text)]
            value: String,
            #[diesel(sql_type = Array<Text>)]
            keys: Vec<String>,
            #[diesel(sql_type = BigInt)]
            rows: i64,
        }
        /// What stands between quotes, names too.
        const STRINGS: &str = r#"'"([^"\\]+)"', 'g'"#;
        let (mut values, mut conditions) = (Vec::new(), Vec::new());
        for Telling { name, kind, .. } in &self.columns {
            let (column, name) = (format!("t.{}", quote_identifier(name)), quote_literal(name));
            let strings = format!("pg_catalog.regexp_matches({column}::text, {STRINGS})");
            values.push(match kind.as_str() {
                "list" => format!(
                    "SELECT {name}::text AS name, one.value FROM pg_catalog.unnest({column}::text[]) AS one (value)"
                ),
                "json" => format!(
                    "SELECT DISTINCT {name}::text AS name, one.value[1] FROM {strings} AS one (value)"
                ),
                _ => format!("SELECT {name}::text AS name, {column}::text AS value"),
            });
            conditions.push(match kind.as_str() {
                "list" => format!("{column}::text[] OPERATOR(pg_catalog.&&) $1"),
                "json" => format!(
                    "EXISTS (SELECT FROM {strings} AS one (value) WHERE one.value[1] = ANY ($1))"
                ),
                // So that an index serves.
                "id" => format!("{column}::uuid = ANY ($2)"),
                _ => format!("{column}::text = ANY ($1)"),
            });
        }
        let rows: Vec<Row> = diesel::sql_query(format!(
            "SELECT held.name, held.value, ARRAY[{}]::text[] AS keys, count(*) AS rows \
             FROM {} t CROSS JOIN LATERAL ({}) AS held (name, value) \
             WHERE ({}) AND held.value = ANY ($1) GROUP BY 1, 2, 3",
            self.details.keys.join(", "),
            self.details.relation,
            values.join(" UNION ALL "),
            conditions.join(" OR ")
        ))
        .bind::<Array<Text>, _>(&known.values)
        .bind::<Array<diesel::sql_types::Uuid>, _>(&known.ids)
        .load(conn)?;
        for Row { name, value, keys, rows } in rows {
            if !keys.is_empty() {
                self.by_key.entry(keys).or_default().push((name.clone(), rows));
            }
            *self.held.entry((name, value)).or_default() += rows;
        }
        Ok(())
    }

    /// The column because of which it would have to be read from end to end, if it is too large for that.
    fn scanned(&self, known: &Known) -> Option<&String> {
        if known.values.is_empty() {
            return None;
        }
        let found = self.columns.iter().find(|one| !one.is_indexed);
        found.map(|one| &one.name).filter(|_| self.details.rows > MOST_SCANNED)
    }

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
        if let (Some(before), Some(after)) = (self.rows, after.rows)
            && before > after
        {
            return Some(Loss::Fewer(before - after));
        }
        if let Some(column) = self.scanned(known).filter(|_| self.details.can_read) {
            return Some(Loss::TooLarge(column.clone()));
        }
        let spare = self.spare(after, known);
        let lost = |column: &str| {
            let rows = |sight: &Sight| -> i64 {
                let of_column = sight.held.iter().filter(|((name, _), _)| name == column);
                of_column.map(|(_, rows)| rows).sum()
            };
            rows(self) - rows(after) - spare.get(column).copied().unwrap_or_default()
        };
        let mut columns = self.columns.iter().map(|one| (one, lost(&one.name)));
        columns.find(|(_, rows)| *rows > 0).map(|(one, rows)| Loss::References {
            column: one.name.clone(),
            rows,
            is_reference: matches!(one.kind.as_str(), "id" | "text")
                && self.holds_ids(&one.name, known),
        })
    }

    /// What rows held, by column, that are gone where the survivor has its own in their place: a table of
    /// which each contact has one row, or one for each language, is derived.
    fn spare(&self, after: &Sight, known: &Known) -> HashMap<&str, i64> {
        let parsed = |keys: &[String]| -> Vec<(usize, Vec<Option<String>>)> {
            let keys = keys.iter().enumerate();
            keys.filter_map(|(at, key)| Some((at, serde_json::from_str(key).ok()?))).collect()
        };
        let there: HashSet<(usize, Vec<Option<String>>)> =
            after.by_key.keys().flat_map(|keys| parsed(keys)).collect();
        let has_heir = |(at, key): &(usize, Vec<Option<String>>)| {
            !there.contains(&(*at, key.clone()))
                && key.iter().enumerate().any(|(place, value)| {
                    let heir = value.as_ref().and_then(|value| known.heirs.get(value));
                    heir.is_some_and(|heir| {
                        let mut key = key.clone();
                        key[place] = Some(heir.clone());
                        there.contains(&(*at, key))
                    })
                })
        };
        let mut spare = HashMap::new();
        for (_, held) in self.by_key.iter().filter(|(keys, _)| parsed(keys).iter().any(has_heir)) {
            for (column, rows) in held {
                *spare.entry(column.as_str()).or_default() += rows;
            }
        }
        spare
    }

    fn holds_ids(&self, column: &str, known: &Known) -> bool {
        let is_id = |value: &str| known.heirs.contains_key(&value.to_lowercase());
        self.held.keys().any(|(name, value)| name == column && is_id(value))
    }
}
