//! Where rows lie that concern a person: by keys of any table, ours or the application's, in records
//! of ours without a key, and in documents that name it.

use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use serde::Serialize;
use uuid::Uuid;

use super::archive_rows;
use super::catalog;
use super::contact_reference::Reference;
use super::contact_references::{self, References};
use super::foreign_keys::{self, OnDelete};
use super::hold_marks;
use super::person_records::{OWN_PART, RECORDS};
use super::retention::{AUDIT_MARKS, JOB_MARKS};
use super::statements::{quote_literal, truth};
use super::strangers::{self, Runs};
use crate::domain::person_terms::Terms;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// What becomes of rows when the person goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A table of ours, or a key that cascades: they go.
    Goes,
    /// A key that empties what it points by: they stay without it.
    Emptied,
    /// A key that refuses, or a reference without a key: no person goes that they point at.
    Keeps,
    /// A record of ours, which is its own matter.
    Record,
}

/// Rows of one table that concern a person, by one way.
#[derive(Debug, Clone)]
pub struct Place {
    /// `messages`, `orders.contact_id`.
    pub name: String,
    /// The table, as people and holds name it.
    label: String,
    pub fate: Fate,
    /// As SQL writes it, for FROM.
    pub relation: String,
    /// What the rows are called in the condition.
    alias: String,
    /// $1 are the ids of the person, $2 the same as text, $3 what its documents match.
    condition: String,
    /// Which of them are still to be erased.
    to_do: &'static str,
    /// A row as JSON.
    document: String,
    /// This role may read it.
    pub is_readable: bool,
    /// Rows of contacts that point at the person: they are others.
    pub is_of_others: bool,
    /// Rows that refer to messages of the person, or hang on such.
    pub is_on_message: bool,
    /// Code of other roles that would run where a row is read whole.
    pub strange: Vec<String>,
    /// A column that the key would empty and that may not be NULL.
    pub never_empty: Option<String>,
}

/// All places of this database, whether the person has rows there or not; what only looks like a
/// reference too.
///
/// # Errors
/// The settings name a reference that is none; or the server refuses.
pub fn places(conn: &mut PgConnection, named: &[String]) -> anyhow::Result<Vec<Place>> {
    let references = contact_references::load(conn, named)?;
    let mut found = vec![Place::of("contacts", Fate::Goes, "contacts", 0, "t0.id = ANY ($1)")];
    let mut seen = Vec::new();
    follow(conn, "contacts", 0, "t0.id = ANY ($1)", &mut seen, &mut found)?;
    let alike = contact_references::look_alikes(conn, &references)?;
    let without_key = references.all.iter().filter(|one| !one.is_foreign_key);
    for reference in without_key.chain(&alike) {
        // What has no key may name one that was merged away.
        let people = match reference.columns.len() {
            1 => "pg_catalog.unnest($1) AS own (id)",
            _ => "(SELECT * FROM contacts WHERE id = ANY ($1)) AS own",
        };
        if reference.id_column().is_some() && !is_ours(&references, &reference.table) {
            add(&mut found, Place::without_key(reference, people));
        }
    }
    for reference in contact_references::message_look_alikes(conn, &references)? {
        // What goes with the person anyway needs no second way.
        if !found.iter().any(|one| one.fate == Fate::Goes && one.table() == reference.relation()) {
            let messages = "(SELECT id FROM messages WHERE contact_id = ANY ($1)) AS own";
            let place = Place::without_key(&reference, messages);
            add(&mut found, Place { is_on_message: true, ..place });
        }
    }
    for (table, condition, to_do) in RECORDS {
        if !catalog::table_exists(conn, table)? {
            continue;
        }
        let mut place = Place::of(table, Fate::Record, table, 0, condition);
        place.alias = String::from("t");
        place.document = match table {
            "contact_merges" => String::from(OWN_PART),
            _ => String::from("pg_catalog.row_to_json(t.*)::text"),
        };
        place.to_do = to_do;
        found.push(place);
    }
    let tables: Vec<String> = found.iter().map(|place| place.table().to_owned()).collect();
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    let strange = strangers::of_tables(conn, &tables, Runs::Read)?;
    for place in &mut found {
        place.strange = strange.get(place.table()).cloned().unwrap_or_default();
        place.is_readable = place.is_readable && may_read(conn, place.table())?;
    }
    Ok(found)
}

/// Unless it is known by a key.
fn add(found: &mut Vec<Place>, place: Place) {
    if !found.iter().any(|one| one.name == place.name) {
        found.push(place);
    }
}

fn is_ours(references: &References, table: &str) -> bool {
    references.own.contains(table)
}

/// The tables whose rows go with a contact, in this order.
pub const TABLES: [&str; 4] = ["messages", "notes", "assignments", "contact_identities"];

/// What points at the rows of a table that go, and at those that go with them.
fn follow(
    conn: &mut PgConnection,
    parent: &str,
    depth: usize,
    condition: &str,
    seen: &mut Vec<(String, String)>,
    found: &mut Vec<Place>,
) -> QueryResult<()> {
    for key in foreign_keys::pointing_at_relation(conn, parent)? {
        let id = (key.relation.clone(), key.constraint_name.clone());
        // Jobs are looked for by what they say, too; a merge's forwarding by its ids.
        let is_record = RECORDS.iter().any(|(table, ..)| key.label == *table);
        if seen.contains(&id) || is_record {
            continue;
        }
        seen.push(id);
        let (child, own) = (format!("t{}", depth + 1), format!("t{depth}"));
        let condition = format!(
            "EXISTS (SELECT FROM {parent} {own} WHERE {} AND {condition})",
            key.points(&child, &own)
        );
        let is_ours = TABLES.contains(&key.label.as_str());
        let fate = match key.on_delete() {
            OnDelete::Refuse if is_ours => Fate::Goes,
            OnDelete::Cascade if !key.is_own => Fate::Goes,
            OnDelete::Reset => Fate::Emptied,
            _ => Fate::Keeps,
        };
        let name = match is_ours || key.label == "presence" {
            true => key.label.clone(),
            false => format!("{}.{}", key.label, key.columns.join("+")),
        };
        let mut place = Place::of(&name, fate, &key.own_rows, depth + 1, &condition);
        place.label.clone_from(&key.label);
        place.is_of_others = key.is_own && key.label == "contacts";
        let is_above = found.iter().any(|one| one.table() == parent && one.is_on_message);
        place.is_on_message = is_above || parent_is_messages(parent);
        if fate == Fate::Emptied {
            place.never_empty = foreign_keys::never_empty(conn, &key)?;
        }
        found.push(place);
        if fate == Fate::Goes {
            follow(conn, &key.relation, depth + 1, &condition, seen, found)?;
        }
    }
    Ok(())
}

/// A table as SQL writes it, `public.messages` or quoted.
fn parent_is_messages(parent: &str) -> bool {
    parent.rsplit('.').next().is_some_and(|name| name.trim_matches('"') == "messages")
}

fn may_read(conn: &mut PgConnection, relation: &str) -> QueryResult<bool> {
    let text = quote_literal(relation);
    truth(
        conn,
        &format!(
            "SELECT coalesce(has_schema_privilege(c.relnamespace, 'USAGE'::text) \
                 AND has_table_privilege(c.oid, 'SELECT'::text), false) AS truth \
             FROM pg_class c WHERE c.oid = {text}::regclass::oid"
        ),
    )
}

impl Place {
    fn of(name: &str, fate: Fate, relation: &str, depth: usize, condition: &str) -> Place {
        let alias = format!("t{depth}");
        Place {
            name: name.to_owned(),
            label: name.to_owned(),
            fate,
            relation: relation.to_owned(),
            document: format!("pg_catalog.row_to_json({alias}.*)::text"),
            alias,
            condition: condition.to_owned(),
            to_do: "true",
            is_readable: true,
            is_of_others: false,
            is_on_message: false,
            strange: Vec::new(),
            never_empty: None,
        }
    }

    /// Rows that name one of those by an id, without a key that says so.
    fn without_key(reference: &Reference, named: &str) -> Place {
        let mut place = Place::of(&reference.label(), Fate::Keeps, &reference.relation(), 0, "");
        place.label.clone_from(&reference.table);
        place.alias = String::from("t");
        place.document = String::from("pg_catalog.row_to_json(t.*)::text");
        place.condition =
            format!("EXISTS (SELECT FROM {named} WHERE {})", reference.matches("t", "own"));
        place.is_readable = reference.can_select;
        place
    }

    /// The table, as SQL writes it.
    pub fn table(&self) -> &str {
        self.relation.strip_prefix("ONLY ").unwrap_or(&self.relation)
    }

    /// `FROM ... WHERE ...`
    fn rows(&self) -> String {
        format!("FROM {} {} WHERE ({})", self.relation, self.alias, self.condition)
    }

    /// Rows of the person that are still to be erased.
    pub fn count(&self, conn: &mut PgConnection, terms: &Terms) -> QueryResult<i64> {
        self.count_where(conn, terms, self.to_do)
    }

    /// Those that a hold keeps.
    pub fn count_held(&self, conn: &mut PgConnection, terms: &Terms) -> QueryResult<i64> {
        let marks = match self.name.as_str() {
            "audit_logs" => String::from(AUDIT_MARKS),
            _ => {
                let Some(layout) = archive_rows::layout_of(conn, self.table(), &self.label)? else {
                    return Ok(0);
                };
                let marks = hold_marks::of_table(conn, &layout)?;
                let mut marks: Vec<String> =
                    marks.iter().map(|mark| mark.of(&self.alias)).collect();
                if self.name == "scheduled_jobs" {
                    marks.push(String::from(JOB_MARKS));
                }
                marks.join(", ")
            }
        };
        let held = format!(
            "({}) AND ARRAY[{marks}] OPERATOR(pg_catalog.&&) \
                 (SELECT pg_catalog.array_agg(kind || ':' || value) FROM retention_holds WHERE released_at IS NULL)",
            self.to_do
        );
        self.count_where(conn, terms, &held)
    }

    fn count_where(&self, conn: &mut PgConnection, terms: &Terms, and: &str) -> QueryResult<i64> {
        let (ids, texts, pattern) = bound(terms);
        diesel::sql_query(format!("SELECT count(*) AS rows {} AND ({and})", self.rows()))
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Array<Text>, _>(texts)
            .bind::<Text, _>(pattern)
            .scalar::<BigInt, _>(conn)
    }

    /// Hands each row over, as a document; how many there were. Memory doesn't grow with them.
    ///
    /// # Errors
    /// The server, or what `each` says.
    pub fn stream(
        &self,
        conn: &mut PgConnection,
        terms: &Terms,
        mut each: impl FnMut(&str) -> anyhow::Result<()>,
    ) -> anyhow::Result<u64> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            document: String,
        }
        let (ids, texts, pattern) = bound(terms);
        let query = format!("SELECT {} AS document {}", self.document, self.rows());
        let rows = diesel::sql_query(query)
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Array<Text>, _>(texts)
            .bind::<Text, _>(pattern)
            .load_iter::<Row, PgRowByRowLoadingMode>(conn)?;
        let mut count = 0;
        for row in rows {
            each(&row?.document)?;
            count += 1;
        }
        Ok(count)
    }
}

/// Texts of other contacts that may name the person: the table, and what its rows `t` hold. They are
/// read from end to end.
const TEXTS: [(&str, &str, &str); 3] = [
    ("messages", "t.contact_id", "t.content ~* $2 OR t.metadata::text ~* $2"),
    ("notes", "t.contact_id", "t.content ~* $2"),
    ("contacts", "t.id", "t.metadata::text ~* $2 OR t.name ~* $2"),
];

/// Rows of others that name the person.
#[derive(Debug, Clone, Serialize)]
pub struct Mentions {
    pub table: &'static str,
    pub rows: i64,
    /// Of the first of them.
    pub ids: Vec<Uuid>,
}

/// Rows of others that name the person by an id, a phone or an e-mail.
pub fn mentions(conn: &mut PgConnection, terms: &Terms) -> QueryResult<Vec<Mentions>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        rows: i64,
        #[diesel(sql_type = Array<SqlUuid>)]
        ids: Vec<Uuid>,
    }
    let mut found = Vec::new();
    for (table, contact, names) in TEXTS {
        let row: Row = diesel::sql_query(format!(
            "WITH found AS MATERIALIZED (SELECT t.id FROM {table} t WHERE NOT {contact} = ANY ($1) AND ({names})) \
             SELECT count(*) AS rows, ARRAY(SELECT id FROM found ORDER BY id LIMIT 5) AS ids FROM found"
        ))
        .bind::<Array<SqlUuid>, _>(&terms.ids)
        .bind::<Text, _>(terms.pattern())
        .get_result(conn)?;
        if row.rows > 0 {
            found.push(Mentions { table, rows: row.rows, ids: row.ids });
        }
    }
    Ok(found)
}

fn bound(terms: &Terms) -> (&[Uuid], Vec<String>, String) {
    (&terms.ids, terms.ids.iter().map(Uuid::to_string).collect(), terms.pattern())
}
