//! Archives of deleted rows: what a manifest says, and whether an archive is
//! what its manifest says. Reading and writing them is `archive`'s.
//!
//! An archive is JSON Lines in zstd: one row a line, as PostgreSQL's
//! `row_to_json` prints it. Its manifest is written last and seals itself, so
//! that a file without one, or with a changed one, is never trusted.

mod columns;
mod manifest;
mod months;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use columns::{TableColumn, restorable};
pub use manifest::{FORMAT, Found, Manifest, hex};
pub use months::month_of;

/// How archives and manifests are named, after their common stem.
pub const ROWS_SUFFIX: &str = ".jsonl.zst";
pub const MANIFEST_SUFFIX: &str = ".manifest.json";

/// A column as it is archived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    /// As PostgreSQL names it: `timestamp with time zone`.
    #[serde(rename = "type")]
    pub data_type: String,
    pub form: Form,
}

/// How a value stands in its line. NULL is `null` in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A JSON string, number or boolean that the type reads as its text.
    Scalar,
    /// The document itself. Only of columns that are never NULL, so that
    /// `null` is the document.
    Document,
    /// The type's own text as a JSON string: arrays, ranges, documents that
    /// may be NULL.
    Text,
}

/// What the writer of an archive knows before its first row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub table: String,
    pub columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub key: Vec<String>,
    /// The newest migration of the database.
    pub schema_version: String,
    /// Rows before this moment are archived.
    pub cutoff: Timestamp,
}

/// `audit_logs-20260101T000000Z-5f3a09c2`: names sort by table and time, and the
/// random end tells those of one second apart.
pub fn stem(table: &str, created_at: Timestamp, random: [u8; 4]) -> String {
    format!("{table}-{}-{}", created_at.strftime("%Y%m%dT%H%M%SZ"), hex(&random))
}

/// The text of a row's primary key, as manifests and the deleting side write
/// it: the values with a blank between.
///
/// # Errors
/// The line is no JSON object, or has no such column.
pub fn key_of(line: &[u8], key: &[String]) -> Result<String, String> {
    let row: Value =
        serde_json::from_slice(line).map_err(|error| format!("a line is no row: {error}"))?;
    let values = key.iter().map(|column| match row.get(column) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Null) | None => Err(format!("a row has no {column}")),
        Some(other) => Ok(other.to_string()),
    });
    Ok(values.collect::<Result<Vec<_>, _>>()?.join(" "))
}
