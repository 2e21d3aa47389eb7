//! Lines of an archive as rows again: which are there, and whether what stands is what was archived.
//! Bringing them back is `archive_insert`'s.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};

use super::archive_rows::Layout;
use super::foreign_keys::ForeignKey;
use super::nullable_keys::{self, NullableKey};
use super::statements::quote_identifier;
use crate::domain::archive::{Column, Form};
use crate::store::scalar::ScalarQuery;

/// A table that rows come back into.
#[derive(Debug)]
pub struct Target {
    pub layout: Layout,
    /// The archived columns, each with its type now.
    pub(super) columns: Vec<(Column, String)>,
    pub(super) keys: Vec<NullableKey>,
    /// By which its rows hang on others of the archive.
    parent: Option<ForeignKey>,
    /// What is checked at the COMMIT is checked after each INSERT, while it is known whose fault it is;
    /// else the caller has said when.
    pub(super) checks_at_once: bool,
}

/// What there is of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct State {
    /// A row has its key; without a key, one that is the same.
    #[diesel(sql_type = Bool)]
    pub is_there: bool,
    /// And hangs on what the archived one hung on.
    #[diesel(sql_type = Bool)]
    pub is_its: bool,
    /// And is what was archived.
    #[diesel(sql_type = Bool)]
    pub is_same: bool,
    /// What it hangs on is there.
    #[diesel(sql_type = Bool)]
    pub hangs: bool,
}

/// From here on rows come back as they were: the triggers of the inbox's own tables that mend what an
/// application inserts rest, as they do for a dump.
pub fn begin(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL check_function_bodies = off")
}

impl Target {
    pub fn new(
        conn: &mut PgConnection,
        layout: Layout,
        columns: Vec<(Column, String)>,
        parent: Option<ForeignKey>,
    ) -> QueryResult<Target> {
        let mut keys = nullable_keys::of_table(conn, &layout.relation)?;
        let is_archived = |name: &String| columns.iter().any(|(column, _)| column.name == *name);
        keys.retain(|key| key.columns.iter().all(is_archived));
        if let Some(parent) = &parent {
            keys.retain(|key| key.constraint_name != parent.constraint_name);
            for key in &mut keys {
                key.nullable.retain(|name| !parent.columns.contains(name));
            }
        }
        keys.retain(|key| !key.nullable.is_empty());
        Ok(Target { layout, columns, keys, parent, checks_at_once: true })
    }

    /// One of rows whose references were looked at before, and are what they are to be. When constraints
    /// are checked is the caller's to say.
    pub fn of_whole_rows(layout: Layout, columns: Vec<(Column, String)>) -> Target {
        Target { layout, columns, keys: Vec::new(), parent: None, checks_at_once: false }
    }

    /// The tables that are read for it, as SQL writes them.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        let parents = self.keys.iter().map(|key| key.parent.as_str());
        parents.chain([self.layout.relation.as_str()])
    }

    /// All lines that come back at once, where one of them may point at another.
    pub(super) fn beside<'a>(&self, lines: &'a [&'a str]) -> &'a [&'a str] {
        if self.keys.iter().any(|key| key.is_own) { lines } else { &[] }
    }

    pub(super) fn has_key(&self) -> bool {
        !self.layout.key.is_empty()
    }

    /// Why a row that isn't there can't come back all the same. `before` is its state before
    /// anything came back.
    pub fn obstacle(&self, before: State) -> Option<String> {
        let parent = self.parent.as_ref()?;
        if before.is_there {
            Some(String::from("other rows have their key"))
        } else if !self.has_key() && before.hangs {
            Some(format!(
                "what they hang on was there already, and {} has no key by which to tell whether they were",
                parent.label
            ))
        } else {
            None
        }
    }

    pub fn states(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<Vec<State>> {
        let (whole, there) = (self.whole("a"), self.whole("t"));
        let hangs = match &self.parent {
            Some(key) => format!(
                "EXISTS (SELECT FROM {} p WHERE {})",
                key.referenced_relation,
                key.join("a", "p")
            ),
            None => String::from("true"),
        };
        let relation = &self.layout.relation;
        let near = self.near();
        let (is_there, is_its, is_same, from) = if self.has_key() {
            let from = format!(
                " LEFT JOIN LATERAL (SELECT {there} AS whole, {near} AS is_its FROM {relation} t \
                 WHERE {} LIMIT 1) AS found ON true",
                self.same_key("t")
            );
            (
                "found.whole IS NOT NULL".to_owned(),
                "coalesce(found.is_its, false)".to_owned(),
                format!("coalesce(found.whole = {whole}, false)"),
                from,
            )
        } else {
            // Of rows that are alike, as many are there as are found: counted once for all of them.
            let from = format!(
                " LEFT JOIN (SELECT {there} AS whole, count(*) AS rows FROM {relation} t \
                 WHERE EXISTS (SELECT FROM {} WHERE {near}) GROUP BY 1) AS live ON live.whole = {whole}",
                self.archived()
            );
            let number = format!(
                "row_number() OVER (PARTITION BY {whole}) <= coalesce(live.rows, 0::bigint)"
            );
            (number.clone(), number.clone(), number, from)
        };
        diesel::sql_query(format!(
            "SELECT {is_there} AS is_there, {is_its} AS is_its, {is_same} AS is_same, {hangs} AS hangs \
             FROM {}{from} ORDER BY a.\"@number\"",
            self.archived()
        ))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(self.beside(lines))
        .load(conn)
    }

    /// Columns that hold something else than was archived, in how many rows: a trigger may have
    /// altered them. `swallowed` of the lines are known not to stand.
    pub(super) fn altered(
        &self,
        conn: &mut PgConnection,
        lines: &[&str],
        states: &[State],
        swallowed: u64,
    ) -> QueryResult<Vec<(String, u64)>> {
        if states.iter().filter(|state| !state.is_same).count() as u64 <= swallowed {
            return Ok(Vec::new());
        }
        let counts = diesel::sql_query(self.differences())
            .bind::<Array<Text>, _>(lines)
            .bind::<Array<Text>, _>(self.beside(lines))
            .scalar::<Array<BigInt>, Vec<i64>>(conn)?;
        let counts = counts.into_iter().map(|rows| u64::try_from(rows).unwrap_or_default());
        let names = self.columns.iter().map(|(column, _)| column.name.clone());
        Ok(names.zip(counts).filter(|(_, rows)| *rows > 0).collect())
    }

    /// For each column, how many rows hold something else than was archived.
    fn differences(&self) -> String {
        let (archived, relation) = (self.archived(), &self.layout.relation);
        let names = self.columns.iter().map(|(column, _)| quote_identifier(&column.name));
        if self.has_key() {
            let counts = names.map(|name| {
                format!("count(*) FILTER (WHERE a.{name}::text IS DISTINCT FROM t.{name}::text)")
            });
            return format!(
                "SELECT ARRAY[{}] AS counts FROM {archived} JOIN {relation} t ON {}",
                counts.collect::<Vec<_>>().join(", "),
                self.same_key("t")
            );
        }
        // Which row is which can't be told; which values are missing, can.
        let missing = names.map(|name| {
            format!(
                "(SELECT count(*) FROM (SELECT a.{name}::text FROM {archived} EXCEPT ALL \
                 SELECT t.{name}::text FROM {relation} t \
                 WHERE EXISTS (SELECT FROM {archived} WHERE {})) AS missing)",
                self.near()
            )
        });
        format!("SELECT ARRAY[{}] AS counts", missing.collect::<Vec<_>>().join(", "))
    }

    /// Whether a row `t` hangs on what an archived one `a` hung on.
    fn near(&self) -> String {
        let same = |key: &ForeignKey| same("t", &key.columns, &key.own_operators);
        self.parent.as_ref().map_or(String::from("true"), same)
    }

    /// The rows in the lines of `$1`, as `a`, with `"@number"` for their place. `$2` are all lines
    /// that come back at once.
    pub(super) fn archived(&self) -> String {
        let is_gone = |key: &NullableKey| key.is_gone(&self.layout);
        let users = self.keys.iter().find(|key| {
            self.layout.table == "audit_logs" && key.columns.iter().any(|name| name == "user_id")
        });
        let value = |(column, data_type): &(Column, String)| {
            let name = quote_identifier(&column.name);
            let value = match column.form {
                // A record has NULL for the document `null`, and a document is never NULL.
                Form::Document => format!("coalesce(r.{name}, 'null')::{data_type}"),
                Form::Scalar | Form::Text => format!("r.{name}::{data_type}"),
            };
            let gone: Vec<String> = self
                .keys
                .iter()
                .filter(|key| key.nullable.contains(&column.name))
                .map(is_gone)
                .collect();
            let value = match (gone.is_empty(), users) {
                (false, _) => format!("CASE WHEN NOT ({}) THEN {value} END", gone.join(" OR ")),
                // An entry whose user has gone keeps the id.
                (true, Some(user)) if column.name == "details" => format!(
                    "CASE WHEN {} AND jsonb_typeof({value}) = 'object' THEN {value} || pg_catalog.jsonb_build_object( \
                         CASE WHEN {value} ? 'user_id'::text THEN 'archived_user_id' ELSE 'user_id' END, r.user_id) \
                     ELSE {value} END",
                    is_gone(user)
                ),
                (true, _) => value,
            };
            format!("{value} AS {name}")
        };
        let values: Vec<String> = self.columns.iter().map(value).collect();
        format!(
            "(SELECT l.number AS \"@number\", {} FROM {}) AS a",
            values.join(", "),
            self.records()
        )
    }

    /// The lines of `$1` as records `r` of texts and documents.
    pub(super) fn records(&self) -> String {
        let record = self.columns.iter().map(|(column, _)| match column.form {
            Form::Document => format!("{} json", quote_identifier(&column.name)),
            Form::Scalar | Form::Text => format!("{} text", quote_identifier(&column.name)),
        });
        format!(
            "pg_catalog.unnest($1::text[]) WITH ORDINALITY AS l (line, number), json_to_record(l.line::json) AS r ({})",
            record.collect::<Vec<_>>().join(", ")
        )
    }

    /// A row as one text, to be held against another.
    fn whole(&self, alias: &str) -> String {
        let columns = self.columns.iter();
        let columns =
            columns.map(|(column, _)| format!("{alias}.{}", quote_identifier(&column.name)));
        format!("ROW({})::text", columns.collect::<Vec<_>>().join(", "))
    }

    /// Whether a row `alias` has the key of an archived one `a`.
    pub(super) fn same_key(&self, alias: &str) -> String {
        same(alias, &self.layout.key, &self.layout.key_operators)
    }
}

/// Whether a row `alias` and an archived one `a` have the same values there.
fn same(alias: &str, columns: &[String], operators: &[String]) -> String {
    let pairs = columns.iter().zip(operators).map(|(column, operator)| {
        let name = quote_identifier(column);
        format!("{alias}.{name} {operator} a.{name}")
    });
    pairs.collect::<Vec<_>>().join(" AND ")
}
