//! What points at the rows that are to go: foreign keys of any table.
//!
//! A row that is pointed at stays, whatever the key would do: where it refuses, the server would
//! refuse too; where it cascades or resets, rows of the application would be lost, or what they
//! refer to. Only where there is an archive do the rows that a key would delete go along: they
//! are in the archive, in the line of the row that they hang on.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::archive_rows::{self, Layout};
use super::foreign_keys::{self, ForeignKey, OnDelete};
use super::hold_marks::{self, Mark};
use super::inheritance::{self, Heir};
use super::interference::{self, Event};
use super::rows_written::Watched;
use super::strangers::{self, Runs};
use crate::domain::archive::Dependant;

/// Of one table of the inbox. An alias of SQL is `t` for its rows, `t1` for those that point at
/// them, `t2` for theirs.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// For each table: rows of it keep what they point at.
    pub blockers: Vec<Blocker>,
    /// What goes along.
    pub cascades: Vec<Cascade>,
    /// What triggers were seen to write to when rows went.
    pub(super) watched_elsewhere: Watched,
}

#[derive(Debug, Clone)]
pub struct Blocker {
    /// The table that points, as people read it.
    pub table: String,
    pub(super) relation: String,
    /// True of a row `t` that stays.
    pub condition: String,
}

/// A table whose rows go, and are archived, with the rows that they point at.
#[derive(Debug, Clone)]
pub struct Cascade {
    key: ForeignKey,
    layout: Layout,
    /// By which holds know its rows.
    marks: Vec<Mark>,
    /// `: trigger again may do that`, of what runs once its rows are gone; empty without any.
    after: String,
    /// The key lets nothing go: its rows are deleted before what they point at.
    is_first: bool,
    cascades: Vec<Cascade>,
}

/// Rows that are a contact's own, and whether it takes an archive for them to go along: they are all
/// old when the contact is.
const OF_CONTACTS: [(&str, bool); 3] =
    [("contact_identities", false), ("messages", true), ("notes", true)];

/// `archives` says that what a key deletes can go along.
pub fn of_table(conn: &mut PgConnection, table: &str, archives: bool) -> QueryResult<References> {
    let mut found = References::default();
    let mut seen = Vec::new();
    for key in foreign_keys::pointing_at(conn, table)? {
        let needs_archive =
            OF_CONTACTS.iter().find(|(own, _)| table == "contacts" && *own == key.label);
        let way = match needs_archive {
            Some((_, needs_archive)) if archives || !needs_archive => Way::First { archives },
            _ if archives => Way::Along,
            _ => Way::Stays,
        };
        let (cascade, blockers) = follow(conn, &key, way, 1, &mut seen)?;
        found.cascades.extend(cascade);
        for (key, condition) in blockers {
            found.block(key, condition);
        }
    }
    Ok(found)
}

const GOES: Runs = Runs::Written(&[Event::Delete]);

/// How rows that point at others go with them.
#[derive(Clone, Copy)]
enum Way {
    Stays,
    /// By a key that cascades.
    Along,
    /// Deleted before them, whatever the key says; what points at these goes along into an archive.
    First {
        archives: bool,
    },
}

/// A table that keeps what it points at, and of which rows that is true.
type Keeper = (ForeignKey, String);

/// The rows of a key that go along, or none where they keep what they point at; and all that keeps
/// them, and so what they point at.
fn follow(
    conn: &mut PgConnection,
    key: &ForeignKey,
    way: Way,
    depth: usize,
    seen: &mut Vec<i64>,
) -> QueryResult<(Option<Cascade>, Vec<Keeper>)> {
    let points = key.points(&alias(depth), &alias(depth - 1));
    let exists = |rows: &str, more: &str| {
        format!("EXISTS (SELECT FROM {rows} {} WHERE {points}{more})", alias(depth))
    };
    let Some(layout) = goes_along(conn, key, way, seen)? else {
        return Ok((None, vec![(key.clone(), exists(&key.relation, ""))]));
    };
    seen.push(key.table_oid);
    let mut keepers = Vec::new();
    // Rows of a table that inherits from it have other columns, and no key that would delete them.
    for Heir { relation, label } in inheritance::heirs(conn, &key.relation)? {
        let condition = exists(&format!("ONLY {relation}"), "");
        keepers.push((key.of_heir(relation, label), condition));
    }
    let mut cascades = Vec::new();
    let within_way = match way {
        Way::Along | Way::First { archives: true } => Way::Along,
        Way::Stays | Way::First { archives: false } => Way::Stays,
    };
    for inner in foreign_keys::pointing_at_relation(conn, &key.relation)? {
        let (cascade, within) = follow(conn, &inner, within_way, depth + 1, seen)?;
        cascades.extend(cascade);
        let rows = &key.own_rows;
        keepers.extend(
            within
                .into_iter()
                .map(|(inner, condition)| (inner, exists(rows, &format!(" AND {condition}")))),
        );
    }
    let marks = hold_marks::of_table(conn, &layout)?;
    let after = interference::after(conn, &key.relation, Event::Delete)?;
    let is_first = matches!(way, Way::First { .. }) && key.on_delete() != OnDelete::Cascade;
    Ok((Some(Cascade { key: key.clone(), layout, marks, after, is_first, cascades }), keepers))
}

/// What rows of a key look like that go along; `None` where they don't.
fn goes_along(
    conn: &mut PgConnection,
    key: &ForeignKey,
    way: Way,
    seen: &[i64],
) -> QueryResult<Option<Layout>> {
    // Twice the same table, or a table that points at itself: which row goes with which is not
    // told by one key alone.
    let goes = match way {
        Way::Stays => false,
        Way::Along => key.on_delete() == OnDelete::Cascade && !key.is_own,
        Way::First { .. } => true,
    };
    if !goes || seen.contains(&key.table_oid) {
        return Ok(None);
    }
    // The server doesn't look whether a trigger or a rule keeps what it deletes by a key.
    if !interference::with(conn, &key.relation, Event::Delete)?.is_empty() {
        return Ok(None);
    }
    // Rows are turned into JSON, and go, with our rights: those that would run code of another role stay.
    if !strangers::of_tables(conn, &[&key.relation], GOES)?.is_empty() {
        return Ok(None);
    }
    archive_rows::layout_of(conn, &key.relation, &key.label)
}

impl Blocker {
    /// `relation` as SQL writes it; `condition` is true of a row `t` that stays.
    pub fn new(table: &str, relation: &str, condition: &str) -> Blocker {
        let [table, relation, condition] = [table, relation, condition].map(str::to_owned);
        Blocker { table, relation, condition }
    }
}

impl References {
    /// A table counts once, by however many keys it points.
    pub(super) fn block(&mut self, key: ForeignKey, condition: String) {
        match self.blockers.iter_mut().find(|one| one.relation == key.relation) {
            Some(one) => one.condition += &format!(" OR {condition}"),
            None => {
                let (table, relation) = (key.label, key.relation);
                self.blockers.push(Blocker { table, relation, condition });
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.blockers.is_empty() && self.cascades.is_empty()
    }

    /// Whether a row `t` has to stay. In a form that the planner takes for a question about each
    /// row, asked of an index or of a table read once: it would rather sort them all for a join.
    pub fn keeps(&self) -> String {
        match self.blockers.is_empty() {
            true => String::from("false"),
            false => {
                let conditions: Vec<&str> =
                    self.blockers.iter().map(|blocker| blocker.condition.as_str()).collect();
                format!("(({}) IS TRUE)", conditions.join(" OR "))
            }
        }
    }

    /// What goes before the rows `t` that are in `from`: of each such table, how SQL writes it, how
    /// people do, and the keys of its rows.
    pub fn first(&self, from: &str) -> Vec<(&str, &str, String)> {
        let first = self.cascades.iter().filter(|one| one.is_first);
        first
            .map(|one| {
                let points = one.key.points("t1", "t");
                let ids =
                    format!("SELECT t1.id FROM {from} JOIN {} t1 ON {points}", one.key.own_rows);
                (one.key.own_rows.as_str(), one.key.label.as_str(), ids)
            })
            .collect()
    }

    /// Whether anything goes before what it points at.
    pub fn has_first(&self) -> bool {
        self.cascades.iter().any(|one| one.is_first)
    }

    /// Whether anything points at a row `t`.
    pub fn points_at(&self) -> String {
        let along = self.cascades.iter().map(|one| {
            format!(
                "EXISTS (SELECT FROM {} t1 WHERE {})",
                one.key.own_rows,
                one.key.points("t1", "t")
            )
        });
        let all: Vec<String> = along.chain([self.keeps()]).collect();
        all.join(" OR ")
    }

    /// What goes along with a row `t`, as JSON: a list for each of the tables; `None` without any.
    pub fn dependants(&self) -> Option<String> {
        (!self.cascades.is_empty()).then(|| lists(&self.cascades, 0))
    }

    /// The tables whose rows go along, as people read them.
    pub fn along(&self) -> Vec<String> {
        fn labels(cascades: &[Cascade]) -> Vec<String> {
            let one = |one: &Cascade| [vec![one.key.label.clone()], labels(&one.cascades)].concat();
            cascades.iter().flat_map(one).collect()
        }
        labels(&self.cascades)
    }

    /// The same, as SQL writes them.
    pub fn along_relations(&self) -> Vec<&str> {
        let mut tables = Vec::new();
        collect(&self.cascades, &mut tables);
        tables.into_iter().map(|(table, _)| table).collect()
    }

    /// Adds how many rows of each of these tables go, or went.
    pub fn add_along(&self, sums: &mut BTreeMap<String, u64>, rows: &[u64]) {
        for (table, rows) in self.along().into_iter().zip(rows) {
            *sums.entry(table).or_default() += rows;
        }
    }

    /// Of each table that goes along, in the order of [`References::along`], what may bring its rows
    /// back and by which key they would be known.
    pub fn watched(&self) -> Vec<Option<(&str, &Layout)>> {
        fn of(cascades: &[Cascade]) -> Vec<Option<(&str, &Layout)>> {
            let mut all = Vec::new();
            for Cascade { after, layout, cascades, .. } in cascades {
                let is_watched = !after.is_empty() && !layout.key.is_empty();
                all.push(is_watched.then_some((after.as_str(), layout)));
                all.extend(of(cascades));
            }
            all
        }
        of(&self.cascades)
    }

    /// Whether anything of the application's acts once rows of these tables are gone.
    pub(super) fn acts(&self) -> bool {
        fn of(cascades: &[Cascade]) -> bool {
            cascades.iter().any(|one| !one.after.is_empty() || of(&one.cascades))
        }
        of(&self.cascades)
    }

    /// What a manifest says of them.
    pub fn described(&self) -> Vec<Dependant> {
        described(&self.cascades)
    }

    /// Whether what goes along with a row `t` has a mark that is in `held`, an array of SQL.
    pub fn holds(&self, held: &str) -> String {
        let all: Vec<String> =
            self.cascades.iter().map(|one| format!(" OR {}", one.is_held(0, held))).collect();
        all.concat()
    }

    /// What goes along with the rows `t` that are in `from`: of each table, in the order of
    /// [`References::along`], how FROM joins it and by which alias.
    pub fn joined(&self, from: &str) -> Vec<(String, String)> {
        let mut joined = Vec::new();
        join(&self.cascades, 0, from, &mut joined);
        joined
    }

    /// The tables that are read, as SQL writes them, and what this role has to be allowed there.
    pub fn tables(&self) -> Vec<(&str, &'static [&'static str])> {
        let mut tables: Vec<(&str, &'static [&'static str])> =
            self.blockers.iter().map(|one| (one.relation.as_str(), &["SELECT"][..])).collect();
        collect(&self.cascades, &mut tables);
        tables
    }
}

fn alias(depth: usize) -> String {
    if depth == 0 { String::from("t") } else { format!("t{depth}") }
}

fn lists(cascades: &[Cascade], depth: usize) -> String {
    let (outer, own) = (alias(depth), alias(depth + 1));
    let list = |one: &Cascade| {
        let nested = (!one.cascades.is_empty()).then(|| lists(&one.cascades, depth + 1));
        let line = one.layout.line_sql(&own, nested.as_deref());
        format!(
            "(SELECT coalesce(pg_catalog.json_agg(line::json ORDER BY line), '[]'::json) FROM ( \
             SELECT {line} AS line FROM {} {own} WHERE {}) AS lines)",
            one.key.own_rows,
            one.key.points(&own, &outer)
        )
    };
    format!(
        "pg_catalog.json_build_array({})",
        cascades.iter().map(list).collect::<Vec<_>>().join(", ")
    )
}

fn described(cascades: &[Cascade]) -> Vec<Dependant> {
    let one = |one: &Cascade| Dependant {
        schema: one.key.schema_name.clone(),
        table: one.key.table_name.clone(),
        columns: one.layout.columns.clone(),
        dependants: described(&one.cascades),
    };
    cascades.iter().map(one).collect()
}

fn join(cascades: &[Cascade], depth: usize, from: &str, joined: &mut Vec<(String, String)>) {
    for one in cascades {
        let own = alias(depth + 1);
        let from = format!(
            "{from} JOIN {} {own} ON {}",
            one.key.own_rows,
            one.key.points(&own, &alias(depth))
        );
        joined.push((from.clone(), own));
        join(&one.cascades, depth + 1, &from, joined);
    }
}

impl Cascade {
    /// Whether a row of it, or of what goes along with it, has a mark that is in `held`.
    fn is_held(&self, depth: usize, held: &str) -> String {
        let own = alias(depth + 1);
        let marks: Vec<String> = self.marks.iter().map(|mark| mark.of(&own)).collect();
        let within =
            self.cascades.iter().map(|one| format!(" OR {}", one.is_held(depth + 1, held)));
        format!(
            "EXISTS (SELECT FROM {} {own} WHERE {} AND (ARRAY[{}] OPERATOR(pg_catalog.&&) {held}{}))",
            self.key.own_rows,
            self.key.points(&own, &alias(depth)),
            marks.join(", "),
            within.collect::<String>()
        )
    }
}

fn collect<'a>(cascades: &'a [Cascade], tables: &mut Vec<(&'a str, &'static [&'static str])>) {
    for one in cascades {
        // What goes along is locked, so that it is what is in the archive.
        tables.push((
            &one.key.relation,
            if one.is_first { &["SELECT", "UPDATE", "DELETE"] } else { &["SELECT", "UPDATE"] },
        ));
        collect(&one.cascades, tables);
    }
}
