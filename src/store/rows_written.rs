//! What this transaction has written to, tables of anybody's: the locks that it holds say which, and the
//! server's own counts how often.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Oid, Text};

use crate::store::scalar::ScalarQuery;

/// How many rows of each of the application's tables were changed on the way, as people read its name.
pub type Changed = BTreeMap<String, u64>;

/// What was done to rows of one table.
#[derive(Debug, Clone, Copy, Default, QueryableByName)]
pub(super) struct Count {
    #[diesel(sql_type = Oid)]
    table_oid: u32,
    #[diesel(sql_type = BigInt)]
    pub(super) deleted: i64,
    #[diesel(sql_type = BigInt)]
    pub(super) inserted: i64,
    #[diesel(sql_type = BigInt)]
    pub(super) updated: i64,
}

/// A table as it was called before.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Table {
    #[diesel(sql_type = Oid)]
    pub(super) table_oid: u32,
    #[diesel(sql_type = Text)]
    pub(super) label: String,
}

/// A table that was written to, with its partitions.
#[derive(Debug, Clone)]
pub(super) struct Root {
    pub(super) label: String,
    pub(super) count: Count,
    /// The server counts at all: of a foreign table it doesn't.
    pub(super) is_counted: bool,
}

/// What the session had counted before.
pub(super) struct Before(HashMap<u32, Count>);

/// Looks before something is done, in a transaction.
pub(super) fn begin(conn: &mut PgConnection) -> QueryResult<Before> {
    // So that afterwards tables can be named that are gone then.
    diesel::sql_query(
        "DECLARE tables_before NO SCROLL CURSOR FOR \
         SELECT c.oid AS table_oid, \
             CASE WHEN n.nspname = current_schema() THEN quote_ident(c.relname::text) \
                 ELSE pg_catalog.format('%I.%I', n.nspname, c.relname) END AS label \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.oid >= 16384::oid AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'",
    )
    .execute(conn)?;
    let counts: Vec<Count> = diesel::sql_query(include_str!("sql/row_counts.sql")).load(conn)?;
    Ok(Before(counts.into_iter().map(|one| (one.table_oid, one)).collect()))
}

/// What was done since.
pub(super) struct Written {
    /// Those that are still there, by their oids.
    pub(super) roots: HashMap<u32, Root>,
    /// Of each table, which root it is a part of.
    parts: HashMap<u32, u32>,
    /// Held against everybody: truncated, altered or dropped,
    exclusive: HashSet<u32>,
    /// and of these what isn't there any more.
    gone: HashSet<u32>,
    there: Option<HashMap<u32, Table>>,
}

#[derive(Debug, QueryableByName)]
struct Row {
    #[diesel(embed)]
    count: Count,
    #[diesel(sql_type = Oid)]
    root_oid: u32,
    /// As statements of the inbox write the root; none of a table that was dropped.
    #[diesel(sql_type = Nullable<Text>)]
    label: Option<String>,
    #[diesel(sql_type = Bool)]
    is_exclusive: bool,
    #[diesel(sql_type = Bool)]
    is_counted: bool,
}

pub(super) fn since(conn: &mut PgConnection, Before(before): &Before) -> QueryResult<Written> {
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/rows_written.sql")).load(conn)?;
    let mut written = Written {
        roots: HashMap::new(),
        parts: HashMap::new(),
        exclusive: HashSet::new(),
        gone: HashSet::new(),
        there: None,
    };
    for Row { count, root_oid, label, is_exclusive, is_counted } in rows {
        written.exclusive.extend(is_exclusive.then_some(count.table_oid));
        let Some(label) = label else {
            written.gone.insert(count.table_oid);
            continue;
        };
        let earlier = before.get(&count.table_oid).copied().unwrap_or_default();
        written.parts.insert(count.table_oid, root_oid);
        let empty = Root { label, count: Count::default(), is_counted };
        let root = written.roots.entry(root_oid).or_insert(empty);
        root.count.deleted += count.deleted - earlier.deleted;
        root.count.inserted += count.inserted - earlier.inserted;
        root.count.updated += count.updated - earlier.updated;
        root.is_counted &= is_counted;
    }
    Ok(written)
}

/// Does `work`, and tells of how many rows of other tables than these, as SQL writes them, it changed or
/// deleted: a trigger did, or a key of what went along.
///
/// # Errors
/// What `work` says, or the server refuses.
pub fn elsewhere<T>(
    conn: &mut PgConnection,
    meant: &[String],
    work: impl FnOnce(&mut PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<(T, Changed)> {
    let start = begin(conn)?;
    let done = work(conn)?;
    let written = since(conn, &start)?;
    let meant: Vec<u32> = diesel::sql_query(
        "SELECT to_regclass(written.name)::oid AS oid FROM pg_catalog.unnest($1) AS written (name) \
         WHERE to_regclass(written.name) IS NOT NULL",
    )
    .bind::<Array<Text>, _>(meant)
    .scalars::<Oid, _>(conn)?;
    let meant: HashSet<u32> = meant.into_iter().map(|oid| written.root_of(oid)).collect();
    let others = written.roots.iter().filter(|(oid, _)| !meant.contains(oid));
    let changed = others.filter_map(|(_, root)| {
        let rows = u64::try_from(root.count.updated + root.count.deleted).unwrap_or_default();
        (rows > 0).then(|| (root.label.clone(), rows))
    });
    Ok((done, changed.collect()))
}

impl Written {
    /// What it is a part of.
    pub(super) fn root_of(&self, table_oid: u32) -> u32 {
        self.parts.get(&table_oid).copied().unwrap_or(table_oid)
    }

    /// The tables that were there before, by oid. The catalogue may hold thousands: it is read where
    /// somebody has to be found in it.
    pub(super) fn there(&mut self, conn: &mut PgConnection) -> QueryResult<&HashMap<u32, Table>> {
        if self.there.is_none() {
            let tables: Vec<Table> =
                diesel::sql_query("FETCH ALL FROM tables_before").load(conn)?;
            let by_oid = tables.into_iter().map(|table| (table.table_oid, table));
            self.there = Some(by_oid.collect());
        }
        Ok(self.there.get_or_insert_default())
    }

    /// Tables that were there before and are held against everybody, and those of them that are gone.
    pub(super) fn exclusive(
        &mut self,
        conn: &mut PgConnection,
    ) -> QueryResult<(Vec<Table>, Vec<Table>)> {
        if self.exclusive.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let held = self.exclusive.clone();
        let there = self.there(conn)?;
        let tables: Vec<Table> = held.iter().filter_map(|oid| there.get(oid)).cloned().collect();
        Ok(tables.into_iter().partition(|table| !self.gone.contains(&table.table_oid)))
    }
}

/// Tables that triggers were seen to write to, by their oids: looked at from then on before
/// anything is done.
#[derive(Debug, Clone, Default)]
pub(super) struct Watched(Arc<Mutex<HashSet<u32>>>);

impl Watched {
    pub(super) fn all(&self) -> Vec<u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    pub(super) fn add(&self, tables: Vec<u32>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(tables);
    }
}

/// What may have done something to a table when rows of `touched`, tables by their oids, changed: what
/// names it, if anything does.
pub(super) fn blame(conn: &mut PgConnection, touched: &[u32], table: &str) -> QueryResult<String> {
    Ok(blame_of(&actors(conn, touched, table)?))
}

/// `trigger tidy of messages may do that`.
pub(super) fn blame_of(names: &[String]) -> String {
    match names.is_empty() {
        true => String::from("a function of the application's did that"),
        false => format!("{} may do that", names.join(", ")),
    }
}

/// The triggers and rules of [`blame`].
pub(super) fn actors(
    conn: &mut PgConnection,
    touched: &[u32],
    table: &str,
) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Actor {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        is_telling: bool,
    }
    let name = table.rsplit('.').next().unwrap_or(table).trim_matches('"');
    let mut actors: Vec<Actor> = diesel::sql_query(concat!(
        include_str!("sql/own_triggers.sql"),
        include_str!("sql/acting.sql"),
        "SELECT DISTINCT pg_catalog.concat(acting.name, ' of ', acting.relation::regclass) AS name, \
             strpos(coalesce(p.prosrc, pg_get_ruledef(acting.id)), $2) > 0 AS is_telling \
         FROM acting LEFT JOIN pg_proc p ON p.oid = acting.function ORDER BY 1"
    ))
    .bind::<Array<Oid>, _>(touched)
    .bind::<Text, _>(name)
    .load(conn)?;
    if actors.iter().any(|one| one.is_telling) {
        actors.retain(|one| one.is_telling);
    }
    Ok(actors.into_iter().map(|one| one.name).collect())
}
