//! What came back of one table, or would.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::store::brought::backed_up::BackedUp;
use crate::store::brought::circles::Settled;
use crate::store::brought::judged::Judged;
use crate::store::brought::reasons::Why;
use crate::store::brought::target::{Back, Brought};
use crate::ui::human;

/// So many of what is gone are named in a table.
const NAMED: usize = 5;

/// Rows of one table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TableView {
    pub table: String,
    /// In the backup, without those of contacts that were erased.
    pub rows: u64,
    pub equal: u64,
    /// There, with other values.
    pub different: u64,
    /// Not there.
    pub missing: u64,
    pub inserted: u64,
    pub overwritten: u64,
    /// Rows of contacts that were erased: they never come back.
    pub erased: u64,
    /// Rows that come without what they said of such contacts.
    pub redacted: u64,
    left_out: Vec<LeftOut>,
    /// Rows whose reference is empty now, for what it led to is gone: by column and table.
    emptied: BTreeMap<String, u64>,
    /// Rows that keep their reference, for what the backup has is gone: by column and table.
    kept: BTreeMap<String, u64>,
    /// Rows that got their reference when what it leads to had come.
    #[serde(skip)]
    pub filled: u64,
    /// What is gone, by table.
    gone: BTreeMap<String, BTreeSet<String>>,
    /// Columns of the backup that the table has no more.
    gone_columns: Vec<String>,
    /// Columns that came since.
    new_columns: Vec<String>,
    /// Rows that are not what the backup holds, for a trigger changed them: by column.
    altered: BTreeMap<String, u64>,
    /// Jobs among them that a worker runs at once.
    pub due: u64,
}

/// Rows that were left as they are, or away.
#[derive(Debug, Clone, Serialize)]
struct LeftOut {
    rows: u64,
    why: String,
    /// The run has failed of it.
    #[serde(skip)]
    is_failure: bool,
}

impl TableView {
    pub(super) fn new(rows: &BackedUp, back: Option<&Back>) -> TableView {
        let fit = back.map(|back| back.fit.clone()).unwrap_or_default();
        TableView {
            table: rows.label.clone(),
            rows: 0,
            equal: 0,
            different: 0,
            missing: 0,
            inserted: 0,
            overwritten: 0,
            erased: 0,
            redacted: 0,
            left_out: Vec::new(),
            emptied: BTreeMap::new(),
            kept: BTreeMap::new(),
            filled: 0,
            gone: BTreeMap::new(),
            gone_columns: fit.gone,
            new_columns: fit.new,
            altered: BTreeMap::new(),
            due: 0,
        }
    }

    /// A row of a table that can't take it.
    pub(super) fn leave_out(&mut self, why: &Why) {
        self.missing += 1;
        self.note(why, 1);
    }

    pub(super) fn add(&mut self, judged: &Judged) {
        self.equal += judged.equal;
        self.different += judged.different;
        self.missing += judged.missing;
        self.due += judged.due;
        for (why, rows) in judged.left_out.iter().chain(&judged.stuck) {
            self.note(why, *rows);
        }
        for (reference, rows) in &judged.emptied {
            *self.emptied.entry(reference.clone()).or_default() += rows;
        }
        for (reference, rows) in &judged.kept {
            *self.kept.entry(reference.clone()).or_default() += rows;
        }
        for (table, keys) in &judged.gone {
            self.gone.entry(table.clone()).or_default().extend(keys.iter().cloned());
        }
    }

    /// What became of rows that came before what they point at.
    pub(super) fn add_settled(&mut self, settled: Settled) {
        self.filled += settled.filled.overwritten;
        for (why, rows) in settled.filled.refused {
            self.note(&Why::failure(why), rows);
        }
        for (reference, rows) in settled.emptied {
            *self.emptied.entry(reference).or_default() += rows;
        }
        for (table, keys) in settled.gone {
            self.gone.entry(table).or_default().extend(keys);
        }
    }

    pub(super) fn add_brought(&mut self, brought: Brought) {
        self.inserted += brought.inserted;
        self.overwritten += brought.overwritten;
        for (why, rows) in brought.refused {
            self.note(&Why::failure(why), rows);
        }
        for (column, rows) in brought.altered {
            *self.altered.entry(column).or_default() += rows;
        }
    }

    /// What the table could not take: how many rows, and why.
    pub(super) fn failures(&self) -> impl Iterator<Item = (u64, &str)> {
        let those = self.left_out.iter().filter(|one| one.is_failure);
        those.map(|one| (one.rows, one.why.as_str()))
    }

    fn note(&mut self, why: &Why, rows: u64) {
        let Why { text, is_failure } = why;
        let same = |one: &&mut LeftOut| one.why == *text && one.is_failure == *is_failure;
        match self.left_out.iter_mut().find(same) {
            Some(known) => known.rows += rows,
            None => {
                self.left_out.push(LeftOut { rows, why: text.clone(), is_failure: *is_failure })
            }
        }
    }

    pub(super) fn notes(&self, dry_run: bool) -> Vec<String> {
        let (table, rows) = (&self.table, |rows: u64| human::plural(rows, "row", "rows"));
        let mut notes = Vec::new();
        for LeftOut { rows: many, why, .. } in &self.left_out {
            notes.push(format!("Left out: {} of {table}, for {why}.", rows(*many)));
        }
        for (reference, many) in &self.emptied {
            let (verb, many) = (if dry_run { "would be" } else { "is" }, rows(*many));
            notes.push(format!(
                "{many} of {table} led to what is gone ({reference}): the reference {verb} empty."
            ));
        }
        for (reference, many) in &self.kept {
            let what = match (dry_run, *many) {
                (true, _) => "would keep what it leads to",
                (false, 1) => "keeps what it leads to",
                (false, _) => "keep what they lead to",
            };
            notes.push(format!(
                "{} of {table} {what} now ({reference}): what the backup has is not there.",
                rows(*many)
            ));
        }
        for (gone, keys) in &self.gone {
            let keys: Vec<String> = keys.iter().map(|key| human::one_line(key, 60)).collect();
            notes.push(format!("Gone of {gone}: {}.", human::listed(&keys, NAMED)));
        }
        if self.erased > 0 {
            let are = if self.erased == 1 { "is" } else { "are" };
            notes.push(format!(
                "{} of {table} {are} of contacts that were erased: such rows never come back.",
                rows(self.erased)
            ));
        }
        if self.redacted > 0 {
            let come = if self.redacted == 1 { "comes" } else { "come" };
            notes.push(format!(
                "{} of {table} {come} without what was said there of contacts that were erased.",
                rows(self.redacted)
            ));
        }
        for (columns, what) in [
            (&self.gone_columns, "The backup has columns that the table has no more"),
            (&self.new_columns, "Columns came since the backup, and get what the table gives"),
        ] {
            if !columns.is_empty() {
                notes.push(format!("{what}: {table} ({}).", columns.join(", ")));
            }
        }
        for (column, many) in &self.altered {
            let are = if *many == 1 { "is" } else { "are" };
            notes.push(format!(
                "{} of {table} {are} not what the backup holds in {column}: a trigger changed that.",
                rows(*many)
            ));
        }
        if self.due > 0 {
            let jobs = human::plural(self.due, "job is due", "jobs are due");
            notes.push(format!("{jobs}: workers run them as soon as they see them."));
        }
        notes
    }
}
