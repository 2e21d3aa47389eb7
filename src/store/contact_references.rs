//! What refers to contacts: foreign keys of any table, ours or the application's, columns that the
//! settings name, and columns that look like a reference and are none.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Oid, Text};

use super::contact_followers::{self, Follower};
use super::contact_reference::Reference;
use super::fingerprint::Fingerprint;
use super::foreign_keys::{self, ForeignKey};
use super::inheritance::{self, Heir};
use super::interference::Event;
use super::row_shape::{self, RowShape};
use super::rows_written::Watched;
use super::statements::quote_identifier;
use super::strangers::{self, Runs};
use crate::domain::suggest;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// All references that there are.
#[derive(Debug, Clone, Default)]
pub struct References {
    pub all: Vec<Reference>,
    /// What points at their rows by columns that a merge changes.
    followers: Vec<Follower>,
    /// All columns of contacts.
    pub contacts: RowShape,
    /// What points at assignments.
    pub(super) to_assignments: Vec<ForeignKey>,
    /// The tables whose rows a merge changes, with their partitions, by their oids.
    pub(super) touched: Vec<u32>,
    /// Something of the application's acts when it does.
    pub(super) may_act: bool,
    /// The names of our own tables.
    pub(super) own: BTreeSet<String>,
    /// What triggers were seen to write to.
    pub(super) watched: Watched,
    /// Code of other roles that every merge would run.
    strange: Vec<String>,
    /// Changes with every foreign key, column and trigger that comes or goes.
    mark: String,
}

/// The references by foreign keys, and those that the settings name (`calls.contact_id`).
///
/// # Errors
/// Usage: the settings name what isn't there, what is inboxctl's own, or what can't hold an id.
pub fn load(conn: &mut PgConnection, named: &[String]) -> anyhow::Result<References> {
    let contacts = row_shape::load(conn, "contacts")?;
    let mut all = Vec::new();
    let mut keys = foreign_keys::pointing_at(conn, "contacts")?;
    // A table's own key says more than that of a partition.
    keys.sort_by_key(|key| key.whole.is_some());
    for key in keys {
        let is_of_partition = key.whole.is_some();
        let reference = Reference::by_key(conn, key)?;
        if !is_of_partition || !all.iter().any(|known| reference.is_of(known)) {
            all.push(reference);
        }
    }
    for name in named {
        let reference = named_one(conn, name)?;
        if !all.iter().any(|known| reference.is_of(known)) {
            all.push(reference);
        }
    }
    for reference in all.clone() {
        for Heir { relation, .. } in inheritance::heirs(conn, &reference.table)? {
            let inherited = reference.elsewhere(conn, &relation, &reference.places())?;
            if !all.iter().any(|known| inherited.is_of(known)) {
                all.push(inherited);
            }
        }
    }
    let (mut all, followers) = contact_followers::in_order(conn, all)?;
    let strange = strange(conn, &mut all, &followers)?;
    let to_assignments = foreign_keys::pointing_at(conn, "assignments")?;
    let own = Fingerprint::embedded()?.catalog.tables.into_iter().map(|table| table.name).collect();
    let mut found = References {
        all,
        followers,
        contacts,
        to_assignments,
        own,
        strange,
        ..References::default()
    };
    found.touched = touched(conn, &found)?;
    found.may_act = diesel::sql_query(concat!(
        include_str!("sql/own_triggers.sql"),
        include_str!("sql/acting.sql"),
        include_str!("sql/may_act.sql")
    ))
    .bind::<Array<Oid>, _>(&found.touched)
    .scalar::<Bool, _>(conn)?;
    found.mark = strangers::mark(conn, &found.touched)?;
    Ok(found)
}

/// Has each reference know what of other roles would run where its rows move, with those that follow
/// them; returns what would run each time.
fn strange(
    conn: &mut PgConnection,
    all: &mut [Reference],
    followers: &[Follower],
) -> QueryResult<Vec<String>> {
    let mut tables: Vec<String> = all.iter().map(|one| one.table.clone()).collect();
    tables.extend(followers.iter().map(|one| one.reference.table.clone()));
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    let moved = strangers::of_tables(conn, &tables, Runs::Written(&[Event::Update]))?;
    // Assignments go and come back, too.
    let ours = [&ALWAYS[..], &["assignments"]].concat();
    let every = strangers::of_tables(conn, &ours, Runs::Written(&Event::ALL))?;
    let of = |table: &str| {
        let found = if ours.contains(&table) { &every } else { &moved };
        found.get(table).cloned().unwrap_or_default()
    };
    for (at, reference) in all.iter_mut().enumerate() {
        reference.strange = of(&reference.table);
        let led = followers.iter().filter(|one| one.led_by == at);
        reference.strange.extend(led.flat_map(|one| of(&one.reference.table)));
    }
    Ok(ALWAYS.iter().flat_map(|table| of(table)).collect())
}

/// What every merge writes to.
const ALWAYS: [&str; 5] =
    ["contacts", "contact_identities", "contact_merges", "merged_contacts", "audit_logs"];

fn touched(conn: &mut PgConnection, references: &References) -> QueryResult<Vec<u32>> {
    let mut tables = references.tables();
    tables.extend(["contact_merges", "merged_contacts", "audit_logs"]);
    strangers::with_partitions(conn, &tables)
}

/// Whether a table of that name, in the schema of the inbox, is one of our own.
///
/// # Errors
/// What the program knows of its own tables can't be read.
pub fn is_own_table(name: &str) -> anyhow::Result<bool> {
    Ok(Fingerprint::embedded()?.catalog.tables.iter().any(|table| table.name == name))
}

impl References {
    /// Lets code of other roles run.
    pub fn trust_functions(&mut self) {
        self.strange.clear();
        self.all.iter_mut().for_each(|one| one.strange.clear());
    }

    /// # Errors
    /// Refused: code of another role would run, whatever refers to the contacts.
    pub fn require_own_code(&self) -> Result<(), Failure> {
        strangers::require_none("nothing was changed", &self.strange)
    }

    /// Keeps what changes as it was when they were read, until the end of the transaction.
    ///
    /// # Errors
    /// Refused: a foreign key to what is deleted came or went since then, or a column of it, or a
    /// trigger of what changes.
    pub(super) fn keep(&self, conn: &mut PgConnection) -> anyhow::Result<()> {
        let mut tables = self.tables();
        tables.extend(ALWAYS);
        strangers::keep(conn, &tables)?;
        strangers::require_same(conn, &self.touched, &self.mark)
    }

    /// Those of one table.
    pub fn of_table(&self, table: &str) -> Vec<&Reference> {
        self.all.iter().filter(|one| one.table == table).collect()
    }

    /// Whether a table of that name is one of our own.
    pub fn is_ours(&self, table: &str) -> bool {
        self.own.contains(table)
    }

    pub fn find(&self, table: &str, columns: &[String]) -> Option<&Reference> {
        self.all.iter().find(|one| one.table == table && one.columns == columns)
    }

    /// What follows the rows of a reference.
    pub(super) fn followers_of(&self, led: &Reference) -> Vec<&Follower> {
        let at = self.all.iter().position(|one| one.is_of(led));
        self.followers.iter().filter(|one| Some(one.led_by) == at).collect()
    }

    /// What lets this role read those that it may not: rows there would hold a contact back, or go
    /// with it, and only the server knew.
    pub fn unread(&self) -> Vec<String> {
        let unread = self.all.iter().filter(|one| !one.can_select);
        let grants: BTreeSet<String> = unread.map(|one| one.grant.clone()).collect();
        grants.into_iter().collect()
    }

    /// The tables whose rows a merge looks at, beside those that only we write.
    pub fn tables(&self) -> Vec<&str> {
        let mut tables: Vec<&str> = self.all.iter().map(|one| one.table.as_str()).collect();
        tables.extend(self.followers.iter().map(|follower| follower.reference.table.as_str()));
        tables.extend(["contacts", "assignments", "contact_identities", "messages"]);
        tables.sort_unstable();
        tables.dedup();
        tables
    }
}

/// A column that could refer to a contact.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Column {
    /// The table, as SQL writes it.
    #[diesel(sql_type = Text)]
    pub relation: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// uuid or text, or what else it is.
    #[diesel(sql_type = Text)]
    type_name: String,
}

impl Column {
    /// As a reference by id, without a key that says so.
    fn reference(self, conn: &mut PgConnection) -> QueryResult<Reference> {
        Reference::by_id(conn, &self.relation, self.name, self.type_name != "uuid")
    }
}

/// A reference of the settings: a table and a column, with a schema before them if need be.
fn named_one(conn: &mut PgConnection, name: &str) -> anyhow::Result<Reference> {
    #[derive(QueryableByName)]
    struct Candidate {
        #[diesel(embed)]
        column: Column,
        /// The table of ours that it is, or is a part of, by name.
        #[diesel(sql_type = Text)]
        root: String,
        #[diesel(sql_type = Bool)]
        is_table: bool,
    }
    let wrong = |why: String| {
        Failure::usage(format!("inboxctl.toml names no reference to contacts with {name:?}"))
            .why(why)
    };
    let parts: Vec<String> = name.split('.').map(quote_identifier).collect();
    let (relation, column) = match (name.rsplit_once('.'), parts.as_slice()) {
        (Some((_, column)), [table, _]) => (table.clone(), column),
        (Some((_, column)), [schema, table, _]) => (format!("{schema}.{table}"), column),
        _ => {
            return Err(
                wrong(String::from("it is written table.column or schema.table.column")).into()
            );
        }
    };
    let columns: Vec<Candidate> = diesel::sql_query(include_str!("sql/named_reference.sql"))
        .bind::<Text, _>(&relation)
        .load(conn)?;
    let Some(first) = columns.first() else {
        return Err(wrong(format!("there is no table {relation}")).into());
    };
    if !first.is_table {
        let hint = "name the table that holds the rows";
        return Err(wrong(format!("{relation} is no table")).hint(hint).into());
    }
    let names = columns.iter().map(|one| one.column.name.as_str());
    let near = suggest::nearest(column, names).map(str::to_owned);
    let Some(found) = columns.into_iter().find(|one| one.column.name == *column) else {
        let failure = wrong(format!("table {relation} has no column {column:?}"));
        return Err(match near {
            Some(near) => failure.hint(format!("did you mean {near:?}?")),
            None => failure,
        }
        .into());
    };
    let tables = Fingerprint::embedded()?.catalog.tables;
    let table = tables.iter().find(|table| table.name == found.root);
    if found.root.starts_with("inboxctl_") || table.is_some_and(|one| one.column(column).is_some())
    {
        return Err(wrong(format!("{}.{column} is inboxctl's own", found.root))
            .hint("what is inboxctl's own moves by itself; name columns of the application")
            .into());
    }
    match found.column.type_name.as_str() {
        "uuid" | "text" | "character varying" | "character" => Ok(found.column.reference(conn)?),
        type_name => {
            Err(wrong(format!("a column of type {type_name} can't hold the id of a contact"))
                .into())
        }
    }
}

/// Columns that look like a reference to contacts, known ones too.
pub(super) fn columns_alike(conn: &mut PgConnection) -> QueryResult<Vec<Column>> {
    alike(conn, "contact")
}

fn alike(conn: &mut PgConnection, noun: &str) -> QueryResult<Vec<Column>> {
    diesel::sql_query(include_str!("sql/look_alikes.sql")).bind::<Text, _>(noun).load(conn)
}

/// Columns of the application's tables that look like a reference to messages.
pub(super) fn message_look_alikes(
    conn: &mut PgConnection,
    references: &References,
) -> QueryResult<Vec<Reference>> {
    let columns = alike(conn, "message")?;
    let found = columns.into_iter().map(|column| column.reference(conn));
    let found = found.collect::<QueryResult<Vec<Reference>>>()?;
    Ok(found.into_iter().filter(|one| !references.own.contains(&one.table)).collect())
}

/// Columns that look like a reference to contacts, and are none that is known.
pub(super) fn look_alikes(
    conn: &mut PgConnection,
    references: &References,
) -> QueryResult<Vec<Reference>> {
    let mut found = Vec::new();
    for column in columns_alike(conn)? {
        let reference = column.reference(conn)?;
        let of_table = references.of_table(&reference.table).into_iter();
        if !of_table.flat_map(|one| &one.columns).any(|name| reference.columns.contains(name)) {
            found.push(reference);
        }
    }
    Ok(found)
}
