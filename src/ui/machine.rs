//! json, jsonl and csv: raw values, RFC 3339 times, snake_case keys.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

/// One document.
pub fn write_json<V: Serialize>(out: &mut dyn Write, view: &V) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, view)?;
    out.write_all(b"\n")
}

/// One object a line.
pub fn write_jsonl<V: Serialize>(
    out: &mut dyn Write,
    view: &V,
    key: Option<&str>,
) -> io::Result<()> {
    for record in records(view, key)? {
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A header and a line a record. Lists and objects stand in their cell as JSON.
pub fn write_csv<V: Serialize>(out: &mut dyn Write, view: &V, key: Option<&str>) -> io::Result<()> {
    let records = records(view, key)?;
    let Some(Value::Object(first)) = records.first() else {
        return Ok(());
    };
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(first.keys()).map_err(into_io)?;
    for record in &records {
        let cells = first.keys().map(|column| cell(record.get(column)));
        csv.write_record(cells).map_err(into_io)?;
    }
    csv.flush()
}

/// csv hides an I/O error in its own; a broken pipe must be known as one.
fn into_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn records<V: Serialize>(view: &V, key: Option<&str>) -> io::Result<Vec<Value>> {
    let mut document = serde_json::to_value(view)?;
    match key.and_then(|key| document.get_mut(key)).map(Value::take) {
        Some(Value::Array(records)) => Ok(records),
        _ => Ok(vec![document]),
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
