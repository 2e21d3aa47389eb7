//! json, jsonl and csv: raw values, RFC 3339 times, snake_case keys.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use crate::domain::raw_json::RawJson;

/// How documents give a duration.
pub fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// One document.
pub(super) fn write_json<V: Serialize>(out: &mut dyn Write, view: &V) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, view)?;
    out.write_all(b"\n")
}

/// One object a line.
pub(super) fn write_jsonl<V: Serialize>(
    out: &mut dyn Write,
    view: &V,
    key: Option<&str>,
) -> io::Result<()> {
    for record in records(view, key)? {
        writeln!(out, "{}", record.text())?;
    }
    Ok(())
}

/// A header and a line a record. Lists and objects stand in their cell as JSON, and texts as
/// `of_text` has them.
pub(super) fn write_csv<V: Serialize>(
    out: &mut dyn Write,
    view: &V,
    (key, keys): (Option<&str>, &[&str]),
    of_text: &dyn Fn(String) -> Cow<'static, str>,
) -> io::Result<()> {
    let records = records(view, key)?;
    let columns: Vec<String> = match records.first() {
        _ if !keys.is_empty() => keys.iter().copied().map(String::from).collect(),
        Some(first) => first.members().into_iter().map(|(column, _)| column).collect(),
        None => return Ok(()),
    };
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(&columns).map_err(into_io)?;
    for record in &records {
        let cells: HashMap<String, RawJson> = record.members().into_iter().collect();
        let cells = columns.iter().map(|column| cell(cells.get(column), of_text));
        csv.write_record(cells.map(Cow::into_owned)).map_err(into_io)?;
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

/// Each as its text: what is only carried stays what it was.
fn records<V: Serialize>(view: &V, key: Option<&str>) -> io::Result<Vec<RawJson>> {
    let document = RawJson::of(view)?;
    match key.and_then(|key| document.member(key)) {
        Some(list) if list.text().starts_with('[') => Ok(list.elements()),
        _ => Ok(vec![document]),
    }
}

fn cell(
    value: Option<&RawJson>,
    of_text: &dyn Fn(String) -> Cow<'static, str>,
) -> Cow<'static, str> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Cow::default() };
    // A number stays one, whatever its sign.
    match value.text().starts_with('"') {
        true => of_text(value.plain()),
        false => value.plain().into(),
    }
}
