//! What is old enough: counted, part by part, before anything is deleted.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::retention::cutoff::{self, Older};
use crate::domain::retention::partition::{self, Way};
use crate::domain::retention::tripwire;
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::retention::{self, Slice, Subject};
use crate::store::retention_count::{self, Count, Detail};
use crate::store::{catalog, connect, server, tx};
use crate::ui::human;

/// That count partitions side by side: as many as the server takes by default for one query.
const SESSIONS: usize = 3;
/// Fewer are counted before another session is there.
const BYTES_A_SESSION: u64 = 16 << 20;

/// What one command, or one policy, deletes.
#[derive(Debug, Clone)]
pub struct Task {
    /// `audit prune`.
    pub command: &'static str,
    pub policy: Option<String>,
    pub table: &'static str,
    pub targets: Vec<Target>,
    /// Holds of the configuration file.
    pub marks: Vec<String>,
    /// More than this is refused; `None`: the tripwire's share.
    pub max_rows: Option<u64>,
    /// The folder that rows go to before they are deleted.
    pub archive: Option<PathBuf>,
}

impl Task {
    /// What metrics and questions call it.
    pub fn name(&self) -> String {
        self.policy.clone().unwrap_or_else(|| self.command.to_owned())
    }
}

#[derive(Debug, Clone)]
pub struct Target {
    pub subject: Subject,
    pub older: Older,
}

/// The old rows of one relation, and how they go.
#[derive(Debug, Clone)]
pub struct Part {
    pub slice: Slice,
    pub way: Way,
    pub counts: Vec<Count>,
    /// Of a partition that is dropped, on disk.
    disk_bytes: u64,
}

impl Part {
    pub fn eligible(&self) -> u64 {
        self.counts.iter().map(|count| unsigned(count.eligible)).sum()
    }

    pub fn held(&self) -> u64 {
        self.counts.iter().map(|count| unsigned(count.held)).sum()
    }

    /// What becomes free: of a whole partition everything, else the rows alone.
    pub fn bytes(&self) -> u64 {
        match self.way {
            Way::Whole => self.disk_bytes,
            _ => self.counts.iter().map(|count| unsigned(count.bytes)).sum(),
        }
    }
}

pub fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

#[derive(Debug)]
pub struct Survey {
    /// The latest, where several targets have their own.
    pub cutoff: Timestamp,
    pub parts: Vec<Part>,
    /// Of the whole table, to tell the share that goes; `None` where the operator said how
    /// many rows may go, so that nobody needs to know it.
    pub table_rows: Option<u64>,
    pub is_owner: bool,
}

impl Survey {
    pub fn eligible(&self) -> u64 {
        self.parts.iter().map(Part::eligible).sum()
    }

    pub fn held(&self) -> u64 {
        self.parts.iter().map(Part::held).sum()
    }

    pub fn bytes(&self) -> u64 {
        self.parts.iter().map(Part::bytes).sum()
    }
}

/// # Errors
/// No such cut-off, or the server refuses.
pub fn make(db: &mut Db, task: &Task, in_full: bool) -> anyhow::Result<Survey> {
    let (place, is_pooled) = (db.target.clone(), db.pooled);
    tx::read(db, |conn| {
        // The application works beside it.
        tx::one_process_each(conn)?;
        let now = server::now(conn)?;
        let is_owner = retention::is_owner(conn, task.table)?;
        let holds = !task.marks.is_empty() || retention::has_holds(conn)?;
        let mut survey = Survey { cutoff: now, parts: Vec::new(), table_rows: None, is_owner };
        let mut cutoffs = Vec::new();
        for target in &task.targets {
            let cutoff = cutoff::of(target.older, now).map_err(|why| no_cutoff(&why))?;
            cutoffs.push(cutoff);
            let scope = Scope { cutoff, is_owner, in_full, holds };
            survey.parts.extend(parts(conn, task, &target.subject, scope)?);
        }
        survey.cutoff = cutoffs.into_iter().max().unwrap_or(now);
        if !in_full && !holds {
            count_whole(conn, &place, is_pooled, &mut survey.parts)?;
        }
        // An empty partition may be dropped; any other part without rows is no work.
        survey
            .parts
            .retain(|part| part.way == Way::Whole || part.eligible() > 0 || part.held() > 0);
        if task.max_rows.is_none() {
            survey.table_rows = catalog::rows_at_stake(conn, task.table)?.map(|count| count.rows);
        }
        Ok(survey)
    })
}

/// What parts are told by.
#[derive(Clone, Copy)]
struct Scope {
    cutoff: Timestamp,
    is_owner: bool,
    in_full: bool,
    /// There may be some.
    holds: bool,
}

/// The old rows of each relation that a target is about.
fn parts(
    conn: &mut diesel::PgConnection,
    task: &Task,
    subject: &Subject,
    scope: Scope,
) -> anyhow::Result<Vec<Part>> {
    let slice = |relation: &str| Slice {
        relation: relation.to_owned(),
        subject: subject.clone(),
        cutoff: scope.cutoff,
        marks: task.marks.clone(),
    };
    let Subject::Audit { actions, resources } = subject else {
        let slice = slice(task.table);
        let counts = retention_count::count(conn, &slice, Detail::Bytes, scope.holds)?;
        return Ok(vec![Part { slice, way: Way::Keyset, counts, disk_bytes: 0 }]);
    };
    let keeps_rows = !actions.is_empty() || !resources.is_empty() || !scope.is_owner;
    let mut parts = Vec::new();
    for partition in retention::partitions(conn)? {
        let way = partition::way(&partition, scope.cutoff, keeps_rows);
        if way != Way::Untouched {
            parts.push(part(conn, slice(&partition.name), way, scope)?);
        }
    }
    Ok(parts)
}

fn part(
    conn: &mut diesel::PgConnection,
    slice: Slice,
    mut way: Way,
    scope: Scope,
) -> anyhow::Result<Part> {
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
    let disk_bytes = retention::total_bytes(conn, &slice.relation)?;
    Ok(Part { slice, way, counts, disk_bytes })
}

/// Counts the partitions that go as a whole, large ones side by side.
fn count_whole(
    conn: &mut diesel::PgConnection,
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

/// The failure for a cut-off that can't be.
pub fn no_cutoff(why: &str) -> Failure {
    Failure::usage("there is no such cut-off")
        .why(why)
        .hint("give an age such as --older-than 90d, or a time that has passed")
}

/// Why so many rows may not go, if they may not.
pub fn trip(survey: &Survey, task: &Task) -> Option<Failure> {
    let Task { table, max_rows, .. } = task;
    let table_rows = survey.table_rows.unwrap_or_default();
    let limit = tripwire::limit(table_rows, *max_rows);
    let eligible = survey.eligible();
    if eligible <= limit {
        return None;
    }
    let why = match max_rows {
        Some(max_rows) => format!("at most {} are allowed", human::count(*max_rows)),
        None => format!(
            "that is more than {} % of about {}",
            tripwire::SHARE_PERCENT,
            human::plural(table_rows, "row", "rows")
        ),
    };
    let rows = human::plural(eligible, "row", "rows");
    Some(Failure::refused(format!("will not delete {rows} of {table}")).why(why).hint(
        match &task.policy {
            Some(name) => format!(
                "look with `inboxctl retention plan`; if it is right, raise max_rows of {name:?}"
            ),
            None => format!("look with --dry-run; if it is right, say --max-rows {eligible}"),
        },
    ))
}

/// # Errors
/// The role may not delete what would go; names the privilege.
pub fn check_privileges(db: &mut Db, survey: &Survey) -> anyhow::Result<()> {
    let relations: Vec<&str> = survey
        .parts
        .iter()
        .filter(|part| part.way == Way::Keyset)
        .map(|part| part.slice.relation.as_str())
        .collect();
    tx::read(db, |conn| {
        for relation in relations {
            let missing = retention::missing_privileges(conn, relation, &["SELECT", "DELETE"])?;
            if !missing.is_empty() {
                let missing = missing.join(", ");
                let role = server::role(conn)?;
                return Err(Failure::failed(format!(
                    "the role {role} may not delete from {relation}"
                ))
                .why(format!("it lacks the privilege {missing} on {relation}; nothing was deleted"))
                .hint(format!("GRANT {missing} ON {relation} TO {role}, or connect as the owner"))
                .into());
            }
        }
        Ok(())
    })
}
