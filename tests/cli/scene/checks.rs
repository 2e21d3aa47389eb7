//! What a command may do to the rows of an application: move their references, and say so.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use diesel::prelude::*;
use serde_json::Value;

use crate::support::{Contents, database};

/// Tables into which triggers of the application write.
const LOGS: [&str; 2] = ["\"App Data\".changes", "\"App Data\".commands"];

/// The application's tables, each with the columns that refer to another one.
#[derive(Default)]
pub(super) struct Application {
    tables: BTreeMap<String, Vec<String>>,
}

impl Application {
    /// All tables but `ours`.
    pub(super) fn read(conn: &mut PgConnection, ours: &Contents) -> Application {
        let columns = "(SELECT jsonb_object_agg(name, columns) FROM (
            SELECT format('%I.%I', nspname, relname) AS name, (
                SELECT coalesce(jsonb_agg(attname), '[]') FROM pg_attribute a
                WHERE attrelid = c.oid AND EXISTS (
                    SELECT FROM pg_constraint k
                    WHERE k.conrelid = c.oid AND contype = 'f' AND attnum = ANY (conkey))) AS columns
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p') AND NOT relispartition) AS t)";
        let all: BTreeMap<String, Vec<String>> =
            serde_json::from_str(&database::value(conn, columns)).expect("JSON");
        let theirs = Contents::read(conn).without(&ours.tables());
        let tables = all.into_iter().filter(|(name, _)| theirs.tables().contains(&name.as_str()));
        Application { tables: tables.collect() }
    }

    /// Rows that went (but into an archive) or changed more than a reference, and tables of which
    /// rows did either though the command `said` nothing of them.
    pub(super) fn offences(
        &self,
        before: &Contents,
        after: &Contents,
        said: &str,
        archives: &Path,
    ) -> Vec<String> {
        let mut found = Vec::new();
        for (table, references) in &self.tables {
            let lost = missing(before.rows(table), after.rows(table));
            let gained = missing(after.rows(table), before.rows(table));
            let is_log = LOGS.contains(&table.as_str());
            if !(lost.is_empty() && (gained.is_empty() || is_log)) && !names(said, table) {
                found.push(format!("{table}: not mentioned"));
            }
            let masked =
                |rows: &[String]| rows.iter().map(|row| masked_row(row, references)).collect();
            let (from, to): (Vec<String>, Vec<String>) = (masked(&lost), masked(&gained));
            for row in missing(&from, &to) {
                let is_it = |lost: &&String| masked_row(lost, references) == row;
                if !lost.iter().filter(is_it).any(|row| archived(archives).contains(&cells(row))) {
                    found.push(format!("{table}: lost {row}"));
                }
            }
        }
        found
    }
}

/// Every row in the archives of a folder, those that went along with another one too.
fn archived(folder: &Path) -> Vec<BTreeMap<String, String>> {
    let mut found = Vec::new();
    for entry in inboxctl::archive::list(folder).expect("the archives") {
        let Some(rows) = entry.rows else { continue };
        let file = File::open(rows).expect("an archive");
        let text = String::from_utf8(zstd::decode_all(file).expect("it unpacks")).expect("UTF-8");
        text.lines()
            .for_each(|line| collect_rows(&serde_json::from_str(line).expect("JSON"), &mut found));
    }
    found
}

fn collect_rows(value: &Value, found: &mut Vec<BTreeMap<String, String>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_rows(value, found)),
        Value::Object(fields) => {
            found.push(cells(&value.to_string()));
            fields.values().for_each(|value| collect_rows(value, found));
        }
        _ => {}
    }
}

/// The columns of a row with their values as text: an archive writes some so.
fn cells(row: &str) -> BTreeMap<String, String> {
    let row: BTreeMap<String, Value> = serde_json::from_str(row).expect("JSON");
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    row.into_iter().map(|(name, value)| (name, text(value))).collect()
}

/// What of `rows` isn't in `others`, however often.
fn missing(rows: &[String], others: &[String]) -> Vec<String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for row in others {
        *left.entry(row.as_str()).or_default() += 1;
    }
    let is_missing = |row: &&String| match left.get_mut(row.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    rows.iter().filter(is_missing).cloned().collect()
}

/// The row without what its references say, but for whether they say anything.
fn masked_row(row: &str, references: &[String]) -> String {
    if references.is_empty() {
        return row.to_owned();
    }
    let mut row: Value = serde_json::from_str(row).expect("JSON");
    for column in references {
        if !row[column].is_null() {
            row[column] = "set".into();
        }
    }
    row.to_string()
}

/// Whether a table's name stands in an output, however it is quoted there.
fn names(said: &str, table: &str) -> bool {
    let plain = |text: &str| text.replace(['"', '\\'], "");
    let name = table.rsplit_once('.').map_or(table, |(_, name)| name);
    plain(said).contains(&plain(name))
}
