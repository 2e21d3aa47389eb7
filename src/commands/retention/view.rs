//! What would go, or what went: one struct for the dry run and the run.

mod text;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::archiving::Archived;
use super::left_out::LeftOut;
use super::outcome::Ended;
use super::run_record::Told;
use super::survey::{Part, Survey, Task, unsigned};
use crate::context::Context;
use crate::domain::audit_head::Head;
use crate::domain::retention::partition::Way;
use crate::domain::retention::policy::Table;
use crate::store::maintenance::{Progress, RunOutcome};
use crate::store::retention::Subject;
use crate::store::retention_count::Example;
use crate::store::rows_written::Changed;
use crate::ui::human;

#[derive(Debug, Serialize)]
pub struct RunView {
    pub dry_run: bool,
    command: &'static str,
    policy: Option<String>,
    table: &'static str,
    /// Rows before it are old; the latest one, where each status has its own.
    cutoff: Timestamp,
    /// Rows that are old enough and under no hold.
    pub eligible: u64,
    /// Old rows that holds keep.
    pub held: u64,
    /// Old rows that stay because another table points at them, and which tables do.
    referenced: u64,
    kept: Vec<Kept>,
    /// Rows of other tables that are archived and go with those that they refer to, by table.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    along: BTreeMap<String, u64>,
    /// Rows of other tables that a trigger of the application's changed meanwhile, by table.
    #[serde(skip_serializing_if = "Changed::is_empty")]
    changed: Changed,
    /// What goes another way than one would think.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    /// What couldn't be worked on.
    pub left_out: Vec<LeftOut>,
    /// What the policy does to rows: `deleted`, or `redacted`: their text goes and they stay.
    becomes: &'static str,
    pub deleted: u64,
    /// Rows that stay without their text.
    redacted: u64,
    pub archived: u64,
    /// Eligible rows that are still there.
    pub left: u64,
    /// Of eligible rows: dropped partitions with their indexes, else rows alone.
    bytes: u64,
    oldest: Option<Timestamp>,
    newest: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_action: Option<Vec<Group>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_status: Option<Vec<Group>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_channel: Option<Vec<Group>>,
    /// Of a plan, the first of these rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    examples: Vec<Example>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_partition: Option<Vec<PartView>>,
    partitions_made: Vec<String>,
    /// Rows that left the DEFAULT partition for one of their own.
    moved: u64,
    pub vacuumed: Vec<String>,
    /// Manifests of the archives that were written.
    archives: Vec<String>,
    batches: Batches,
    warnings: Vec<String>,
    pub duration_ms: u64,
    pub outcome: &'static str,
    /// Of the audit log, for the metrics.
    #[serde(skip)]
    pub head: Option<Head>,
}

#[derive(Debug, Serialize)]
struct Kept {
    rows: u64,
    referenced_by: String,
}

/// Old rows of an action or a status.
#[derive(Debug, Serialize)]
struct Group {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cutoff: Option<Timestamp>,
    rows: u64,
    held: u64,
    bytes: u64,
}

#[derive(Debug, Serialize)]
struct PartView {
    partition: String,
    /// `drop`, or `rows`: one by one.
    way: &'static str,
    rows: u64,
    held: u64,
    bytes: u64,
    deleted: u64,
}

const DROP: &str = "drop";
const ROWS: &str = "rows";

/// How the batches went.
#[derive(Debug, Default, Serialize)]
struct Batches {
    number: u64,
    longest_ms: f64,
    /// Of the first and the last tenth: they tell whether batches slow down.
    first_ms_per_1000_rows: Option<f64>,
    last_ms_per_1000_rows: Option<f64>,
    #[serde(skip)]
    all: Vec<(u64, Duration)>,
}

impl Batches {
    fn add(&mut self, rows: u64, took: Duration) {
        self.number += 1;
        self.longest_ms = self.longest_ms.max(took.as_secs_f64() * 1000.0);
        self.all.push((rows, took));
    }

    fn sum_up(&mut self) {
        let tenth = self.all.len() / 10;
        if tenth == 0 {
            return;
        }
        let cost = |batches: &[(u64, Duration)]| {
            let rows: u64 = batches.iter().map(|(rows, _)| rows).sum();
            let took: Duration = batches.iter().map(|(_, took)| *took).sum();
            (rows > 0).then(|| took.as_secs_f64() * 1e6 / rows as f64)
        };
        self.first_ms_per_1000_rows = cost(&self.all[..tenth]);
        self.last_ms_per_1000_rows = cost(&self.all[self.all.len() - tenth..]);
    }
}

impl RunView {
    /// `delete 1,200 rows of audit_logs from before ...`
    pub fn question(&self) -> String {
        let rows = |rows| human::plural(rows, "row", "rows");
        let along = self.along.iter().filter(|(_, number)| **number > 0);
        let along: Vec<String> =
            along.map(|(table, number)| format!("{} of {table}", rows(*number))).collect();
        let with = if along.is_empty() { "" } else { ", with " };
        format!(
            "{} {} of {} from before {}{with}{}",
            self.verb(),
            rows(self.eligible),
            self.table,
            human::second(self.cutoff),
            along.join(" and ")
        )
    }

    fn verb(&self) -> &'static str {
        if self.becomes == "redacted" { "redact" } else { "delete" }
    }

    /// Rows that were deleted, or redacted.
    fn done(&self) -> u64 {
        self.deleted + self.redacted
    }

    pub fn new(task: &Task, survey: &Survey, dry_run: bool) -> RunView {
        let counts = || survey.parts.iter().flat_map(|part| &part.counts);
        let is_audit = task.table == Table::AuditLogs;
        // A run doesn't count by action what it drops as a whole.
        let is_grouped = counts().all(|count| !count.name.is_empty());
        RunView {
            dry_run,
            command: task.command,
            policy: task.policy.clone(),
            table: task.table.name(),
            cutoff: survey.cutoff,
            eligible: survey.eligible(),
            held: survey.held(),
            referenced: survey.referenced(),
            kept: survey.kept().into_iter().map(Kept::new).collect(),
            along: if dry_run { survey.along() } else { BTreeMap::new() },
            changed: Changed::new(),
            notes: survey.notes.clone(),
            left_out: survey.left_out.clone(),
            becomes: task.deed(),
            deleted: 0,
            redacted: 0,
            archived: 0,
            left: survey.eligible(),
            bytes: survey.bytes(),
            oldest: counts().filter_map(|count| count.oldest).min(),
            newest: counts().filter_map(|count| count.newest).max(),
            by_action: (is_audit && is_grouped).then(|| by_name(&survey.parts)),
            by_status: (task.table == Table::ScheduledJobs)
                .then(|| survey.parts.iter().map(status).collect()),
            by_channel: (task.table == Table::Messages).then(|| by_name(&survey.parts)),
            examples: survey.parts.iter().flat_map(|part| part.examples.clone()).collect(),
            by_partition: is_audit.then(|| survey.parts.iter().map(PartView::new).collect()),
            partitions_made: Vec::new(),
            moved: 0,
            vacuumed: Vec::new(),
            archives: Vec::new(),
            batches: Batches::default(),
            warnings: Vec::new(),
            duration_ms: 0,
            outcome: if dry_run { "planned" } else { RunOutcome::Running.name() },
            head: None,
        }
    }

    /// Says it, and keeps it for the summary.
    pub fn warn(&mut self, ctx: &Context, message: String) {
        ctx.ui.warn(&message);
        self.warnings.push(message);
    }

    /// Says what can't be worked on, and keeps it for the end.
    pub fn leave_out(&mut self, ctx: &Context, left_out: LeftOut) {
        ctx.ui.warn(format!("{} is left out: {}", left_out.name, left_out.why));
        self.left_out.push(left_out);
    }

    pub fn batch(&mut self, relation: &str, deleted: u64, took: Duration) {
        self.batches.add(deleted, took);
        if let Some(part) = self.part(relation) {
            part.way = ROWS;
            part.deleted += deleted;
        }
    }

    pub fn changed_elsewhere(&mut self, changed: &Changed) {
        for (table, rows) in changed {
            *self.changed.entry(table.clone()).or_default() += rows;
        }
    }

    pub fn drop(&mut self, relation: &str, rows: u64) {
        if let Some(part) = self.part(relation) {
            part.deleted += rows;
        }
    }

    fn part(&mut self, relation: &str) -> Option<&mut PartView> {
        self.by_partition.as_mut()?.iter_mut().find(|part| part.partition == relation)
    }

    /// Whether rows of it were deleted one by one.
    pub fn is_touched(&self, relation: &str) -> bool {
        match &self.by_partition {
            Some(parts) => parts
                .iter()
                .any(|part| part.partition == relation && part.way == ROWS && part.deleted > 0),
            None => self.done() > 0,
        }
    }

    pub fn made(&mut self, partitions: Vec<String>, moved: u64) {
        if !partitions.is_empty() {
            self.moved += moved;
        }
        self.partitions_made.extend(partitions);
    }

    pub fn finish(&mut self, progress: Progress, outcome: RunOutcome, told: &Told) {
        self.along.clone_from(&told.along);
        self.archives = told.archives.iter().map(Archived::name).collect();
        match self.becomes {
            "redacted" => self.redacted = progress.deleted,
            _ => self.deleted = progress.deleted,
        }
        self.archived = progress.archived;
        self.left = self.eligible.saturating_sub(progress.deleted);
        self.outcome = outcome.name();
        self.batches.sum_up();
    }

    pub fn ended(&self) -> Ended {
        Ended {
            deleted: self.deleted,
            archived: self.archived,
            held: self.held,
            left: self.left,
            duration_ms: self.duration_ms,
            is_interrupted: self.outcome == RunOutcome::Interrupted.name(),
            left_out: self.left_out.clone(),
            head: self.head.clone(),
        }
    }

    /// Those that went as a whole: not what was left out.
    fn dropped(&self) -> impl Iterator<Item = &PartView> {
        let is_left_out = |name: &str| self.left_out.iter().any(|one| one.name == name);
        let parts = self.by_partition.iter().flatten();
        parts.filter(move |part| part.way == DROP && !is_left_out(&part.partition))
    }
}

/// The counts of all parts by action.
fn by_name(parts: &[Part]) -> Vec<Group> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for count in parts.iter().flat_map(|part| &part.counts) {
        let group = groups.entry(&count.name).or_insert_with(|| Group {
            name: count.name.clone(),
            cutoff: None,
            rows: 0,
            held: 0,
            bytes: 0,
        });
        group.rows += unsigned(count.eligible);
        group.held += unsigned(count.held);
        group.bytes += unsigned(count.bytes);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.rows));
    groups
}

fn status(part: &Part) -> Group {
    let name = match part.slice.subject {
        Subject::Jobs { status } => status,
        _ => "",
    };
    Group {
        name: name.to_owned(),
        cutoff: Some(part.slice.cutoff),
        rows: part.eligible(),
        held: part.held(),
        bytes: part.bytes(),
    }
}

impl Kept {
    fn new((table, rows): (&str, u64)) -> Kept {
        Kept { rows, referenced_by: table.to_owned() }
    }
}

impl PartView {
    fn new(part: &Part) -> PartView {
        PartView {
            partition: part.slice.relation.name.clone(),
            way: if part.way == Way::Whole { DROP } else { ROWS },
            rows: part.eligible(),
            held: part.held(),
            bytes: part.bytes(),
            deleted: 0,
        }
    }
}
