//! Archives of deleted rows: what a manifest says, and whether an archive is
//! what its manifest says. Reading and writing them is `archive`'s.
//!
//! An archive is JSON Lines in zstd: one row a line, as PostgreSQL's
//! `row_to_json` prints it. Its manifest is written last and seals itself, so
//! that a file without one, or with a changed one, is never trusted.

mod columns;
mod erased;
mod manifest;
mod months;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::audit_head::Head;
use super::raw_json::RawJson;

pub use columns::{TableColumn, restorable};
pub use erased::{ErasedIds, Left, left};
pub use manifest::{FORMAT, Found, Manifest, hex};
pub use months::month_of;

/// How archives and manifests are named, after their common stem.
pub const ROWS_SUFFIX: &str = ".jsonl.zst";
/// What is added to the name of the rows when they are encrypted.
pub const AGE_SUFFIX: &str = ".age";
pub const MANIFEST_SUFFIX: &str = ".manifest.json";

/// The member of a line that has what hung on its row: a list for each table of the manifest's
/// `dependants`. No column has such a name.
pub const DEPENDANTS: &str = "@dependants";

/// A table whose rows were deleted with the rows that they pointed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dependant {
    pub schema: String,
    pub table: String,
    pub columns: Vec<Column>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependants: Vec<Dependant>,
}

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
    pub dependants: Vec<Dependant>,
    /// Of the audit log's chains.
    pub audit_head: Option<Head>,
    /// What it takes the place of.
    pub replaces: Vec<Replaced>,
}

/// An archive that another took the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// Its rows, in the same folder.
    pub file: String,
    /// Of that file.
    pub sha256: String,
    /// Of its manifest.
    pub seal: String,
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
    // Neither its depth nor its numbers are our business.
    let row: RawJson =
        serde_json::from_slice(line).map_err(|error| format!("a line is no row: {error}"))?;
    let members = row.members();
    let values = key.iter().map(|column| {
        let found = members.iter().rfind(|(name, _)| name == column).map(|(_, value)| value);
        match found {
            Some(value) if value.text() != "null" => {
                Ok(value.as_string().unwrap_or_else(|| value.text().to_owned()))
            }
            _ => Err(format!("a row has no {column}")),
        }
    });
    Ok(values.collect::<Result<Vec<_>, _>>()?.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_beside_whatever_stands_there() {
        let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
        let line =
            format!(r#"{{"id":"a b","n":1e400,"details":{deep},"seq":12345678901234567890123}}"#);
        let key = |names: &[&str]| {
            key_of(
                line.as_bytes(),
                &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(),
            )
        };
        assert_eq!(key(&["id", "seq"]).as_deref(), Ok("a b 12345678901234567890123"));
        assert!(key(&["gone"]).is_err());
    }
}
