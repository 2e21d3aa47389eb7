//! What came back from an archive, or would: one struct for the dry run and the run.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::archive::Archive;
use crate::error::Failure;
use crate::store::archive_insert::Returned;
use crate::ui::{Block, Tabular, human};

#[derive(Debug, Serialize)]
pub(super) struct RestoreView {
    pub dry_run: bool,
    archive: String,
    table: String,
    /// In the archive.
    rows: u64,
    pub restored: u64,
    /// There already without what a policy had emptied, which they have again.
    pub refilled: u64,
    /// There already, and left as they are.
    existing: u64,
    /// Of contacts that were erased, and so left out or without what they said of those.
    pub erased: u64,
    /// Rows of other tables that had gone along, by table.
    along: BTreeMap<String, u64>,
    /// Those of them that are there already.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    along_existing: BTreeMap<String, u64>,
    /// What can't come back, of whichever table.
    refused: Vec<Refused>,
    /// Rows whose reference is empty now, for what it led to is gone: by column and table.
    emptied: BTreeMap<String, u64>,
    /// Rows that came back as something else than was archived: by table and column.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    altered: BTreeMap<String, BTreeMap<String, u64>>,
    /// Made, for their months have none.
    pub partitions: BTreeSet<String>,
    pub duration_ms: u64,
    /// Of the archive's rows.
    #[serde(skip)]
    reached: u64,
}

#[derive(Debug, Serialize)]
struct Refused {
    table: String,
    rows: u64,
    why: String,
}

impl RestoreView {
    pub(super) fn new(archive: &Archive, dry_run: bool) -> RestoreView {
        let manifest = archive.manifest();
        RestoreView {
            dry_run,
            archive: manifest.file.clone(),
            table: manifest.table.clone(),
            rows: manifest.rows,
            restored: 0,
            refilled: 0,
            existing: 0,
            erased: 0,
            along: BTreeMap::new(),
            along_existing: BTreeMap::new(),
            refused: Vec::new(),
            emptied: BTreeMap::new(),
            altered: BTreeMap::new(),
            partitions: BTreeSet::new(),
            duration_ms: 0,
            reached: 0,
        }
    }

    /// Rows of the archive's own table.
    pub(super) fn add(&mut self, rows: u64, existing: u64, returned: &Returned) {
        self.reached += rows;
        self.restored += returned.rows;
        self.existing += existing;
        let table = self.table.clone();
        self.note(&table, "", returned);
    }

    /// A row of a contact that was erased.
    pub(super) fn leave_out_erased(&mut self) {
        self.reached += 1;
        self.erased += 1;
    }

    /// Rows of a table that hang on them.
    pub(super) fn add_along(&mut self, table: &str, existing: u64, returned: &Returned) {
        *self.along.entry(table.to_owned()).or_default() += returned.rows;
        if existing > 0 {
            *self.along_existing.entry(table.to_owned()).or_default() += existing;
        }
        self.note(table, &format!("{table}."), returned);
    }

    fn note(&mut self, table: &str, prefix: &str, returned: &Returned) {
        for (why, rows) in &returned.refused {
            let same = |one: &&mut Refused| one.table == table && one.why == *why;
            match self.refused.iter_mut().find(same) {
                Some(one) => one.rows += rows,
                None => self.refused.push(Refused {
                    table: table.to_owned(),
                    rows: *rows,
                    why: why.clone(),
                }),
            }
        }
        self.refused.sort_by(|one, other| (&one.table, &one.why).cmp(&(&other.table, &other.why)));
        for (reference, rows) in &returned.emptied {
            *self.emptied.entry(format!("{prefix}{reference}")).or_default() += rows;
        }
        for (column, rows) in &returned.altered {
            let columns = self.altered.entry(table.to_owned()).or_default();
            *columns.entry(column.clone()).or_default() += rows;
        }
    }

    /// A signal came before the last row.
    pub(super) fn is_partial(&self) -> bool {
        self.reached < self.rows
    }

    /// How it ends if something could not come back.
    pub(super) fn failure(&self) -> Option<Failure> {
        let rows: u64 = self.refused.iter().map(|one| one.rows).sum();
        let reasons: Vec<String> = self.refused.iter().map(Refused::text).collect();
        (rows > 0).then(|| {
            let were = if rows == 1 { "was" } else { "were" };
            let rows = human::plural(rows, "row", "rows");
            Failure::failed(format!("{rows} {were} not brought back; the others were"))
                .why(reasons.join("; "))
                .hint("remove what is in the way and restore again: what is there already stays")
        })
    }
}

impl Refused {
    fn text(&self) -> String {
        format!("{} of {}: {}", human::plural(self.rows, "row", "rows"), self.table, self.why)
    }
}

impl Tabular for RestoreView {
    fn blocks(&self) -> Vec<Block> {
        let plural = |rows: u64| human::plural(rows, "row", "rows");
        let verb = if self.dry_run { "Would restore" } else { "Restored" };
        let mut text = format!("{verb} {} of {}", plural(self.restored), self.table);
        if self.refilled > 0 {
            text += &format!("; {} have their text again", human::count(self.refilled));
        }
        if self.existing > 0 {
            text += &format!("; {} there already", human::count(self.existing));
        }
        if self.is_partial() {
            let left = self.rows - self.reached;
            text += &format!("; {} not reached: run it again", human::count(left));
        }
        text += if self.dry_run { "; nothing was changed." } else { "." };
        let mut lines = vec![text];
        for (table, rows) in self.along.iter().filter(|(_, rows)| **rows > 0) {
            let come = if *rows == 1 { "comes" } else { "come" };
            lines.push(format!("{} of {table} {come} back with them.", plural(*rows)));
        }
        for (table, rows) in &self.along_existing {
            lines.push(format!("{} of {table} there already.", plural(*rows)));
        }
        if self.erased > 0 {
            lines.push(format!(
                "{} of contacts that were erased: left out, or without what they said of them.",
                plural(self.erased)
            ));
        }
        for one in &self.refused {
            lines.push(format!("not brought back: {}", one.text()));
        }
        for (reference, rows) in &self.emptied {
            let mut line = format!(
                "{} led to what is gone ({reference}): the reference is empty",
                plural(*rows)
            );
            if self.table == "audit_logs" && reference == "user_id -> users" {
                line += "; the id is kept in details";
            }
            lines.push(line + ".");
        }
        for (table, columns) in &self.altered {
            let columns: Vec<String> = columns
                .iter()
                .map(|(column, rows)| format!("{column} in {}", plural(*rows)))
                .collect();
            lines.push(format!(
                "altered: rows of {table} are not what was archived, for a trigger changed them: {}.",
                columns.join(", ")
            ));
        }
        if !self.partitions.is_empty() {
            let made = if self.dry_run { "Would make" } else { "Made" };
            let number = human::plural(self.partitions.len() as u64, "partition", "partitions");
            let names: Vec<&str> = self.partitions.iter().map(String::as_str).collect();
            lines.push(format!("{made} {number}: {}.", names.join(", ")));
        }
        vec![Block::Text(lines.join("\n"))]
    }
}
