//! What is old enough: counted, part by part, before anything is deleted.

use std::collections::BTreeMap;
use std::sync::Arc;

use diesel::PgConnection;
use jiff::Timestamp;

use crate::domain::retention::cutoff;
use crate::domain::retention::partition::{self, Relation, Way};
use crate::domain::retention::policy::Table;
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::interference::Event;
use crate::store::retention::{self, Slice, Subject};
use crate::store::retention_count::{self, Detail};
use crate::store::retention_losses;
use crate::store::retention_partitions::{self, MayDrop};
use crate::store::retention_references::{self, References};
use crate::store::statements::quote_identifier;
use crate::store::{
    audit_days, catalog, connect, inheritance, interference, partitions, retention_subject, server,
    tx,
};

use super::left_out::LeftOut;
use super::no_cutoff::no_cutoff;
pub use super::part::{Part, unsigned};
pub use super::task::{Target, Task};
use super::{heirs, privileges};

/// That count partitions side by side: as many as the server takes by default for one query.
const SESSIONS: usize = 3;
/// Fewer are counted before another session is there.
const BYTES_A_SESSION: u64 = 16 << 20;

/// Rows that a plan shows of those that would go.
const EXAMPLES: u32 = 3;

#[derive(Debug)]
pub struct Survey {
    /// The latest, where several targets have their own.
    pub cutoff: Timestamp,
    /// Of each target.
    pub cutoffs: Vec<Timestamp>,
    pub parts: Vec<Part>,
    /// Of the whole table, to tell the share that goes; `None` where the operator said how
    /// many rows may go, so that nobody needs to know it.
    pub table_rows: Option<u64>,
    pub may_drop: MayDrop,
    /// Days of the log are closed, and links say what goes of them.
    pub closes_days: bool,
    pub references: Arc<References>,
    /// What can't be worked on at all.
    pub left_out: Vec<LeftOut>,
    /// What the operator should know of parts that go another way.
    pub notes: Vec<String>,
}

impl Survey {
    pub fn eligible(&self) -> u64 {
        self.parts.iter().map(Part::eligible).sum()
    }

    pub fn held(&self) -> u64 {
        self.parts.iter().map(Part::held).sum()
    }

    pub fn referenced(&self) -> u64 {
        self.parts.iter().map(Part::referenced).sum()
    }

    /// Rows that stay, by the table that points at them.
    pub fn kept(&self) -> BTreeMap<&str, u64> {
        let mut kept = BTreeMap::new();
        for (table, rows) in self.parts.iter().flat_map(|part| &part.kept) {
            *kept.entry(table.as_str()).or_default() += rows;
        }
        kept
    }

    /// Rows that go with those that they point at, by their table.
    pub fn along(&self) -> BTreeMap<String, u64> {
        let mut along: BTreeMap<String, u64> = BTreeMap::new();
        for rows in self.parts.iter().map(|part| &part.along) {
            self.references.add_along(&mut along, rows);
        }
        along
    }

    pub fn bytes(&self) -> u64 {
        self.parts.iter().map(Part::bytes).sum()
    }
}

/// # Errors
/// No such cut-off, a table that this role can't see or read, or the server refuses.
pub fn make(db: &mut Db, task: &Task, in_full: bool) -> anyhow::Result<Survey> {
    let (place, is_pooled) = (db.target.clone(), db.pooled);
    tx::read(db, |conn| {
        // The application works beside it.
        tx::one_process_each(conn)?;
        let references = references(conn, task)?;
        privileges::check_readable(conn, task.table.name(), &references, in_full)?;
        let now = server::now(conn)?;
        let may_drop = match task.table {
            Table::AuditLogs => retention_partitions::may_drop(conn)?,
            _ => MayDrop::Not,
        };
        let mut survey = Survey {
            cutoff: now,
            cutoffs: Vec::new(),
            parts: Vec::new(),
            table_rows: None,
            closes_days: may_drop != MayDrop::Not
                && audit_days::may_close(conn, may_drop == MayDrop::ByFunction)?,
            may_drop,
            references: Arc::new(references),
            left_out: Vec::new(),
            notes: Vec::new(),
        };
        let holds = !task.marks.is_empty() || retention::has_holds(conn)?;
        for target in &task.targets {
            let (cutoff, is_earlier) = match target.subject {
                Subject::Audit { .. } => cutoff::of_traces(target.older, now),
                _ => cutoff::of(target.older, now).map(|cutoff| (cutoff, false)),
            }
            .map_err(|why| no_cutoff(&why))?;
            if is_earlier {
                survey
                    .notes
                    .push(String::from("Entries of the last 7 days stay, whatever the cut-off."));
            }
            survey.cutoffs.push(cutoff);
            let scope = Scope { cutoff, in_full, holds };
            parts(conn, task, &target.subject, scope, &mut survey)?;
        }
        survey.cutoff = survey.cutoffs.iter().copied().max().unwrap_or(now);
        if !in_full && !holds {
            count_whole(conn, &place, is_pooled, &mut survey.parts)?;
        }
        // An empty partition may be dropped; any other part without rows is no work.
        survey.parts.retain(|part| {
            part.way == Way::Whole || part.eligible() + part.held() + part.referenced() > 0
        });
        if task.max_rows.is_none() {
            survey.table_rows = table_rows(conn, task.table)?;
        }
        Ok(survey)
    })
}

/// What keeps rows of the table, and what goes along with them.
fn references(conn: &mut PgConnection, task: &Task) -> anyhow::Result<References> {
    let table = task.table.name();
    let subjects = || task.targets.iter().map(|target| &target.subject);
    if let Some(emptied) = subjects().find_map(Subject::redaction) {
        return Ok(retention_subject::keepers_of_redacted(conn, table, emptied)?);
    }
    let mut found = retention_references::of_table(conn, table, task.archive.is_some())?;
    for subject in subjects() {
        if let Subject::Contacts { references } = subject {
            found.blockers.extend(retention_subject::keepers_of_contacts(conn, references)?);
        }
    }
    Ok(found)
}

/// Without what lies on another server, which nobody asks to be counted.
fn table_rows(conn: &mut PgConnection, table: Table) -> anyhow::Result<Option<u64>> {
    let partitions = match table {
        Table::AuditLogs => partitions::list(conn)?,
        _ => Vec::new(),
    };
    if !partitions.iter().any(|one| one.is_foreign) {
        return Ok(catalog::rows_at_stake(conn, table.name())?.map(|count| count.rows));
    }
    let mut rows = 0;
    for one in partitions.iter().filter(|one| !one.is_foreign) {
        rows += retention_count::rows(conn, &one.relation)?;
    }
    Ok(Some(rows))
}

/// What parts are told by.
#[derive(Clone, Copy)]
struct Scope {
    cutoff: Timestamp,
    in_full: bool,
    /// There may be some.
    holds: bool,
}

/// The old rows of each relation that a target is about.
fn parts(
    conn: &mut PgConnection,
    task: &Task,
    subject: &Subject,
    scope: Scope,
    survey: &mut Survey,
) -> anyhow::Result<()> {
    let slice = |relation: Relation, rows: String, survey: &Survey| Slice {
        relation,
        rows,
        subject: subject.clone(),
        cutoff: scope.cutoff,
        marks: task.marks.clone(),
        references: survey.references.clone(),
        guards: Vec::new(),
    };
    let Subject::Audit { actions, resources } = subject else {
        let relation = Relation {
            sql: quote_identifier(task.table.name()),
            name: task.table.name().to_owned(),
        };
        let rows = inheritance::own_rows(conn, &relation.sql)?;
        let slice = slice(relation, rows, survey);
        let Relation { sql, name } = &slice.relation;
        survey.notes.extend(heirs::notes(conn, (sql, name), |conn, heir| {
            retention_count::count_inherited(conn, &slice, heir)
        })?);
        return part(conn, slice, Way::Keyset, scope, survey);
    };
    let keeps_rows =
        !actions.is_empty() || !resources.is_empty() || survey.may_drop == MayDrop::Not;
    for partition in partitions::list(conn)? {
        let way = partition::way(&partition, scope.cutoff, keeps_rows);
        if way == Way::Untouched {
            continue;
        }
        match out_of_reach(conn, &partition)? {
            Some(left_out) => survey.left_out.push(left_out),
            None => {
                let rows = partition.relation.sql.clone();
                part(conn, slice(partition.relation, rows, survey), way, scope, survey)?;
            }
        }
    }
    Ok(())
}

/// Why the rows of a partition can't be worked on, if they can't.
fn out_of_reach(
    conn: &mut PgConnection,
    partition: &partition::Partition,
) -> anyhow::Result<Option<LeftOut>> {
    let relation = &partition.relation;
    if partition.is_foreign {
        let failure = Failure::failed("it lies on another server")
            .why(format!("{} is, or has, a foreign table", relation.name))
            .hint(format!(
                "delete its old rows there, or detach {} from audit_logs",
                relation.name
            ));
        return Ok(Some(LeftOut::new(&relation.name, failure)));
    }
    match interference::see_all_rows(conn, &[&relation.sql]) {
        Ok(()) => Ok(None),
        Err(error) => match error.downcast::<Failure>() {
            Ok(failure) => Ok(Some(LeftOut::new(&relation.name, failure))),
            Err(error) => Err(error),
        },
    }
}

fn part(
    conn: &mut PgConnection,
    mut slice: Slice,
    mut way: Way,
    scope: Scope,
    survey: &mut Survey,
) -> anyhow::Result<()> {
    let obstacles = retention_partitions::obstacles(conn, &slice.relation)?;
    let name = slice.relation.name.clone();
    slice.guards = match slice.subject.redaction() {
        Some(_) => interference::acting(conn, &slice.relation.sql, Event::Update)?,
        None => obstacles.guards.clone(),
    };
    if way == Way::Whole && !obstacles.dependents.is_empty() {
        let failure = Failure::failed("it can't be dropped")
            .why(format!("{} depends on {name}", obstacles.dependents.join(", ")))
            .hint(format!(
                "drop {}, or make it on audit_logs instead of {name}",
                obstacles.dependents.join(", ")
            ));
        survey.left_out.push(LeftOut::new(&name, failure));
        return Ok(());
    }
    // What sees rows go, or would go with the table, is no less the application's than rows are.
    let ties: Vec<String> = [obstacles.guards, obstacles.ties].concat();
    if way == Way::Whole && !ties.is_empty() {
        survey.notes.push(format!(
            "{name} is emptied row by row and stays, for it has {}",
            ties.join(", ")
        ));
        way = Way::Keyset;
    }
    if way == Way::Whole && retention_count::is_pointed_at(conn, &slice)? {
        way = Way::Keyset;
    }
    let detail = match way {
        Way::Whole if scope.in_full => Detail::Groups,
        Way::Whole => Detail::Rows,
        _ => Detail::Bytes,
    };
    let mut counts = match detail {
        // With the others like it, once they are known.
        Detail::Rows if !scope.holds => Vec::new(),
        _ => retention_count::count(conn, &slice, detail, scope.holds)?,
    };
    if way == Way::Whole && counts.iter().any(|count| count.held > 0) {
        way = Way::Keyset;
        counts = retention_count::count(conn, &slice, Detail::Bytes, scope.holds)?;
    }
    let disk_bytes = retention_partitions::total_bytes(conn, &slice.relation)?;
    let mut part = Part {
        slice,
        way,
        counts,
        kept: Vec::new(),
        along: Vec::new(),
        examples: Vec::new(),
        disk_bytes,
    };
    if part.referenced() > 0 {
        part.kept = retention_count::count_kept(conn, &part.slice)?;
    }
    if way == Way::Keyset && part.eligible() > 0 {
        part.along = retention_count::count_along(conn, &part.slice)?;
        for line in retention_losses::foresee(conn, &part.slice)? {
            if !survey.notes.contains(&line) {
                survey.notes.push(line);
            }
        }
        if scope.in_full {
            part.examples = retention_count::examples(conn, &part.slice, EXAMPLES)?;
        }
    }
    survey.parts.push(part);
    Ok(())
}

/// Counts the partitions that go as a whole, large ones side by side.
fn count_whole(
    conn: &mut PgConnection,
    place: &connect::Target,
    is_pooled: bool,
    parts: &mut [Part],
) -> anyhow::Result<()> {
    let mut whole: Vec<&mut Part> =
        parts.iter_mut().filter(|part| part.way == Way::Whole).collect();
    let bytes: u64 = whole.iter().map(|part| part.disk_bytes).sum();
    let sessions = usize::try_from(bytes / BYTES_A_SESSION).unwrap_or(SESSIONS);
    // Behind a pooler another session may be this one.
    let most = if is_pooled { 1 } else { whole.len().clamp(1, SESSIONS) };
    let slices: Vec<&Slice> = whole.iter().map(|part| &part.slice).collect();
    let counts = retention_count::count_whole(conn, place, &slices, sessions.clamp(1, most))?;
    for (part, count) in whole.iter_mut().zip(counts) {
        part.counts = vec![count];
    }
    Ok(())
}
