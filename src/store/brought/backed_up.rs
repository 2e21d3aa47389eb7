//! Rows in a restored backup: those of one table, or all that belong to a contact.

use std::collections::{BTreeMap, VecDeque};

use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};
use uuid::Uuid;

use crate::domain::only::TableName;
use crate::store::archive_rows::{self, Layout};
use crate::store::contact_references::{self, References};
use crate::store::foreign_keys::{self, OnDelete};
use crate::store::statements::quote_identifier;
use crate::store::{catalog, interference};

type SqlUuid = diesel::sql_types::Uuid;

/// Rows of one table that are to come back.
#[derive(Debug)]
pub struct BackedUp {
    /// As SQL writes it, with its schema.
    pub relation: String,
    /// As people read it.
    pub label: String,
    pub layout: Layout,
    /// What they are found by; nothing is all of them.
    pub(super) parts: Vec<Part>,
    /// What those are found by that never come back.
    kept_out: Vec<Part>,
}

/// Rows `alias` of `from` for which `condition` is true. In a backup $1 are the ids of the contact, $2 the
/// same as text; in the live database $3 are the ids, and $4 says whether rows of these or of other
/// contacts are meant.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub from: String,
    pub alias: String,
    pub condition: String,
}

/// Where it is asked whose rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Backup,
    Live,
}

impl Place {
    /// That a row `alias` of contacts is one of those that are meant.
    fn is_meant(self, alias: &str) -> String {
        match self {
            Place::Backup => format!("{alias}.id = ANY ($1)"),
            Place::Live => format!("({alias}.id = ANY ($3)) = $4"),
        }
    }
}

/// A table as the catalogue names it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Named {
    #[diesel(sql_type = Text)]
    pub relation: String,
    #[diesel(sql_type = Text)]
    pub label: String,
    /// Of the inbox's schema: its name, or the name of what it is a partition of.
    #[diesel(sql_type = Nullable<Text>)]
    pub own: Option<String>,
    #[diesel(sql_type = Bool)]
    pub holds_rows: bool,
}

/// The table of that name.
pub fn find(conn: &mut PgConnection, name: &TableName) -> QueryResult<Option<Named>> {
    let table = quote_identifier(&name.table);
    let written = match &name.schema {
        Some(schema) => format!("{}.{table}", quote_identifier(schema)),
        None => table,
    };
    named(conn, &written)
}

/// The table, as SQL writes it.
pub(super) fn named(conn: &mut PgConnection, written: &str) -> QueryResult<Option<Named>> {
    diesel::sql_query(concat!(
        "WITH ",
        include_str!("../sql/named.sql"),
        include_str!("../sql/named_table.sql")
    ))
    .bind::<Array<Text>, _>(vec![written])
    .get_result(conn)
    .optional()
}

/// All rows of a table.
pub fn of_table(conn: &mut PgConnection, named: Named) -> QueryResult<Option<BackedUp>> {
    let layout = archive_rows::layout_of(conn, &named.relation, &named.label)?;
    let Named { relation, label, .. } = named;
    Ok(layout.map(|layout| BackedUp {
        relation,
        label,
        layout,
        parts: Vec::new(),
        kept_out: Vec::new(),
    }))
}

/// Records of ours that say something of the contact, without a foreign key to it.
const RECORDS: [(&str, &str); 4] = [
    ("contact_merges", "t.survivor_id = ANY ($1) OR t.merged_ids OPERATOR(pg_catalog.&&) $1"),
    ("merged_contacts", "t.contact_id = ANY ($1) OR t.survivor_id = ANY ($1)"),
    ("distinct_contacts", "t.low_id = ANY ($1) OR t.high_id = ANY ($1)"),
    (
        "scheduled_jobs",
        "EXISTS (SELECT FROM pg_catalog.unnest($2) AS own (id) WHERE pg_catalog.strpos(t.payload::text, own.id) > 0)",
    ),
];

/// Tables of ours whose rows belong to a contact, or hang on one that does.
const OWN: [&str; 6] =
    ["contact_identities", "messages", "notes", "assignments", "presence", "scheduled_jobs"];

/// All that belongs to the contact: its row, what refers to it or to what refers to it by foreign
/// keys of any table, and by columns that the settings name.
///
/// # Errors
/// The server refuses; the settings name a reference that the backup lacks.
pub fn of_contact(
    conn: &mut PgConnection,
    named_ones: &[String],
    place: Place,
) -> anyhow::Result<Vec<BackedUp>> {
    let references = contact_references::load(conn, named_ones)?;
    let mut found = Found::default();
    let is_meant = place.is_meant("t0");
    found.add(conn, "contacts", "contacts", "t0", &is_meant)?;
    let contacts = found.tables.first().map(|one| one.relation.clone()).unwrap_or_default();
    found.follow(conn, &references, contacts, &is_meant)?;
    for reference in references.all.iter().filter(|one| !one.is_foreign_key && !one.is_own()) {
        let condition = format!(
            "EXISTS (SELECT FROM contacts AS own WHERE {} AND {})",
            place.is_meant("own"),
            reference.matches("t", "own")
        );
        found.add(conn, &reference.table, &reference.relation(), "t", &condition)?;
    }
    // Records that are there are never changed, whoever they are of.
    for (table, condition) in RECORDS.into_iter().filter(|_| place == Place::Backup) {
        if catalog::table_exists(conn, table)? {
            found.add(conn, table, table, "t", condition)?;
        }
    }
    Ok(found.tables)
}

/// So often one key is followed, of a table that points at itself or in a circle.
const MOST_FOLLOWED: u8 = 3;

/// What was found so far.
#[derive(Default)]
struct Found {
    tables: Vec<BackedUp>,
}

impl Found {
    fn add(
        &mut self,
        conn: &mut PgConnection,
        relation: &str,
        from: &str,
        alias: &str,
        condition: &str,
    ) -> QueryResult<()> {
        let Some(named) = named(conn, relation)?.filter(|named| named.holds_rows) else {
            return Ok(());
        };
        let part = Part {
            from: from.to_owned(),
            alias: alias.to_owned(),
            condition: condition.to_owned(),
        };
        match self.tables.iter_mut().find(|known| known.relation == named.relation) {
            Some(known) => known.parts.push(part),
            None => {
                if let Some(mut table) = of_table(conn, named)? {
                    table.parts.push(part);
                    self.tables.push(table);
                }
            }
        }
        Ok(())
    }

    /// What points at the row of the contact, at what does so, and so on: what is near comes first, and no
    /// key leads on without end.
    fn follow(
        &mut self,
        conn: &mut PgConnection,
        references: &References,
        contacts: String,
        condition: &str,
    ) -> QueryResult<()> {
        let mut parents = VecDeque::from([(contacts, 0, condition.to_owned())]);
        let mut followed: BTreeMap<(String, String), u8> = BTreeMap::new();
        while let Some((parent, depth, condition)) = parents.pop_front() {
            for key in foreign_keys::pointing_at_relation(conn, &parent)? {
                // Other contacts are other people; of our own tables not everything belongs to one.
                let is_others =
                    references.is_ours(&key.label) && !OWN.contains(&key.label.as_str());
                let id = (key.relation.clone(), key.constraint_name.clone());
                let times = followed.entry(id).or_default();
                if is_others || *times == MOST_FOLLOWED {
                    continue;
                }
                *times += 1;
                let (child, own) = (format!("t{}", depth + 1), format!("t{depth}"));
                let condition = format!(
                    "EXISTS (SELECT FROM {parent} {own} WHERE {} AND {condition})",
                    key.points(&child, &own)
                );
                self.add(conn, &key.relation, &key.own_rows, &child, &condition)?;
                // What does without it has a life of its own.
                if key.on_delete() != OnDelete::Reset {
                    parents.push_back((key.relation, depth + 1, condition));
                }
            }
        }
        Ok(())
    }
}

impl BackedUp {
    /// Whether the table has a key by which its rows are known.
    pub fn has_key(&self) -> bool {
        !self.layout.key.is_empty()
    }

    /// Without what of the table belongs to contacts: those of [`BackedUp::stream`].
    pub fn without(self, belonging: Vec<BackedUp>) -> BackedUp {
        let same = belonging.into_iter().find(|one| one.relation == self.relation);
        BackedUp { kept_out: same.map(|one| one.parts).unwrap_or_default(), ..self }
    }

    fn query(&self) -> String {
        let (from, alias, condition) = match self.parts.as_slice() {
            [] => (self.relation.as_str(), "t", String::from("true")),
            [one] => (one.from.as_str(), one.alias.as_str(), one.condition.clone()),
            // A row may be found in several ways, and comes once.
            several => (self.relation.as_str(), "t", any_of("t", several)),
        };
        let never = any_of(alias, &self.kept_out);
        let line = self.layout.line_sql(alias, None);
        let key = self.layout.key.iter();
        let key: Vec<String> =
            key.map(|name| format!("{alias}.{}", quote_identifier(name))).collect();
        // Of a table without a key, rows that are alike stand together.
        let order = if key.is_empty() { String::from("line") } else { key.join(", ") };
        format!(
            "SELECT {line} AS line, {never} AS never FROM {from} {alias} WHERE ({condition}) ORDER BY {order}"
        )
    }

    /// Hands over the rows as lines, in the order of their key, and whether one never comes back. `ids` are
    /// those of the contact, or of those whose rows are left out. Memory doesn't grow with them.
    ///
    /// # Errors
    /// The server, or what `each` says.
    pub fn stream(
        &self,
        conn: &mut PgConnection,
        ids: &[Uuid],
        mut each: impl FnMut(String, bool) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            line: String,
            #[diesel(sql_type = Bool)]
            never: bool,
        }
        interference::see_all_rows(conn, &[&self.relation])?;
        let texts: Vec<String> = ids.iter().map(Uuid::to_string).collect();
        let rows = diesel::sql_query(self.query())
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Array<Text>, _>(texts)
            .load_iter::<Row, PgRowByRowLoadingMode>(conn)?;
        for row in rows {
            let Row { line, never } = row?;
            each(line, never)?;
        }
        Ok(())
    }
}

/// That a row is one of those that one of the parts finds.
fn any_of(alias: &str, parts: &[Part]) -> String {
    if parts.is_empty() {
        return String::from("false");
    }
    let rows = parts.iter().map(|Part { from, alias, condition }| {
        format!("SELECT {alias}.tableoid, {alias}.ctid FROM {from} {alias} WHERE ({condition})")
    });
    let rows: Vec<String> = rows.collect();
    format!("({alias}.tableoid, {alias}.ctid) IN ({})", rows.join(" UNION ALL "))
}
