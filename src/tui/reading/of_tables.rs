//! How large the tables are, and any of them as a sheet.

use std::time::{Duration, Instant};

use diesel::{PgConnection, QueryResult};

use super::super::data::{Cell, Column, Fact, Key, Lead, PAGE, Page, Row, Sheet};
use crate::domain::schema_diff::path_shown;
use crate::error::{Failure, Kind};
use crate::store::catalog::{self, Partitions};
use crate::store::connect::Db;
use crate::store::sheet::{self, Shape, Wanted};
use crate::store::{size_snapshots, tx};
use crate::ui::{Tone, human};

/// Tables that are listed.
const TABLES: i64 = 2_000;
/// A filter reads so long at most, in parts of so many rows.
const FILTER_TIME: Duration = Duration::from_secs(2);
const PART: i64 = 2_000;

pub(super) fn sizes(conn: &mut PgConnection) -> anyhow::Result<Page> {
    let sizes = catalog::table_sizes(conn, Partitions::RolledUp)?;
    let snapshot = size_snapshots::find(conn, None)?;
    let largest = sizes.iter().map(|size| size.total_bytes).max().unwrap_or_default().max(1);
    let total: u64 = sizes.iter().map(|size| size.total_bytes.unsigned_abs()).sum();
    let bytes = |size: i64| Cell::plain(human::bytes(size.unsigned_abs()));
    let rows = sizes.iter().map(|size| {
        let grown = snapshot
            .as_ref()
            .map(|snapshot| size.total_bytes - snapshot.total_bytes.get(&size.name).unwrap_or(&0));
        let tone = if grown.is_some_and(|by| by > 0) { Tone::Warn } else { Tone::Dim };
        Row {
            id: size.name.clone(),
            cells: vec![
                Cell::plain(path_shown(&size.name)),
                Cell::Bar(size.total_bytes as f64 / largest as f64),
                bytes(size.total_bytes),
                Cell::Text(grown.map(human::signed_bytes).unwrap_or_default(), tone),
                Cell::plain(estimate(size.estimated_rows)),
                bytes(size.index_bytes),
                bytes(size.heap_bytes),
                bytes(size.toast_bytes),
            ],
            facts: vec![
                Fact::new("table", path_shown(&size.name)),
                Fact::new("total", human::bytes(size.total_bytes.unsigned_abs())),
                Fact::new("partitions", size.partitions.to_string()),
                Fact::new("rows", estimate(size.estimated_rows)),
                Fact::new("dead rows", human::count(size.dead_rows.unsigned_abs())),
            ],
            leads_to: None,
        }
    });
    let since = snapshot.as_ref().map_or_else(
        || String::from("no sizes were recorded to tell the growth from"),
        |snapshot| format!("growth since {}", human::minute(snapshot.taken_at)),
    );
    Ok(Page {
        columns: vec![
            Column::left("table"),
            Column::text(""),
            Column::right("total"),
            Column::right("growth"),
            Column::right("rows"),
            Column::right("indexes"),
            Column::right("heap"),
            Column::right("toast"),
        ],
        rows: rows.collect(),
        note: format!("{} in all; {since}", human::bytes(total)),
        ..Page::default()
    })
}

/// The planner's.
fn estimate(rows: Option<f64>) -> String {
    rows.map_or_else(
        || String::from("unknown"),
        |rows| format!("~{}", human::short_count(rows as u64)),
    )
}

pub(super) fn tables(conn: &mut PgConnection) -> QueryResult<Page> {
    let rows = sheet::tables(conn, TABLES)?.into_iter().map(|table| {
        let sheet = Sheet {
            relation: table.relation,
            label: path_shown(&table.label),
            oid: table.oid,
            only: None,
            order: 0,
            is_descending: false,
        };
        Row {
            id: table.label,
            cells: vec![
                Cell::plain(sheet.label.clone()),
                Cell::plain(estimate(table.estimated_rows)),
                Cell::plain(table.columns.to_string()),
            ],
            facts: Vec::new(),
            leads_to: Some(Lead::Sheet(sheet)),
        }
    });
    let rows: Vec<Row> = rows.collect();
    Ok(Page {
        columns: vec![Column::text("table"), Column::right("rows"), Column::right("columns")],
        note: human::plural(rows.len() as u64, "table", "tables"),
        rows,
        ..Page::default()
    })
}

/// The next rows, or those of the next two seconds that have the text.
pub(super) fn sheet(
    db: &mut Db,
    of: &Sheet,
    (text, is_wanted): (&str, &dyn Fn() -> bool),
    mut after: Option<Vec<String>>,
) -> anyhow::Result<Page> {
    let shape = tx::read(db, |conn| Ok(sheet::shape(conn, of.oid)?))?;
    let shape = shape.ok_or_else(|| Failure::new(Kind::NotFound, "the table is gone"))?;
    let order = of.order.min(shape.orders.len().saturating_sub(1));
    let has_order = !shape.orders.is_empty();
    let filter = Some(text).filter(|text| !text.is_empty());
    let (began, mut looked_at, mut rows) = (Instant::now(), 0, Vec::new());
    let part = if filter.is_some() { PART } else { PAGE as i64 };
    let next = loop {
        let wanted = Wanted {
            relation: &of.relation,
            shape: &shape,
            order,
            is_descending: of.is_descending,
            only: of.only.as_ref().map(|(column, value)| (column.as_str(), value.as_str())),
            after: after.as_deref(),
            text: filter,
        };
        let found = tx::read(db, |conn| Ok(sheet::page(conn, wanted, part)?))?;
        let last = found.last().map(|row| (row.place, row.key.clone()));
        let (seen, key) = last.unwrap_or_default();
        looked_at += seen;
        let hits = found.into_iter().filter(|row| row.is_hit);
        rows.extend(hits.map(|row| of_row(&shape, row)));
        if seen < part || !has_order {
            break None;
        }
        after = Some(key.clone());
        let is_enough = rows.len() >= PAGE || began.elapsed() >= FILTER_TIME || !is_wanted();
        if filter.is_none() || is_enough {
            break Some(Key::Cells(key));
        }
    };
    Ok(Page {
        columns: shape.columns.iter().map(|column| Column::text(&column.name)).collect(),
        note: note(&shape, order, of, filter.map(|_| (looked_at, next.is_some()))),
        rows,
        next,
        orders: shape.orders.len(),
    })
}

fn of_row(shape: &Shape, row: sheet::Row) -> Row {
    let columns = shape.columns.iter().zip(row.cells);
    let (mut cells, mut facts) = (Vec::new(), Vec::new());
    for (column, value) in columns {
        let leads_to = column.leads_to.as_ref().zip(column.leads_to_column.as_ref());
        let lead = leads_to.zip(value.as_ref()).map(|((relation, of), value)| {
            Lead::Sheet(Sheet {
                relation: relation.clone(),
                label: path_shown(column.leads_to_label.as_deref().unwrap_or_default()),
                oid: column.leads_to_oid.unwrap_or_default(),
                only: Some((of.clone(), value.clone())),
                order: 0,
                is_descending: false,
            })
        });
        cells.push(match &value {
            Some(value) => Cell::plain(value.clone()),
            None => Cell::Text(String::from("NULL"), Tone::Dim),
        });
        let tone = if value.is_some() { Tone::Plain } else { Tone::Dim };
        let value = value.unwrap_or_else(|| String::from("NULL"));
        facts.push(Fact { leads_to: lead, ..Fact::new(&column.name, value).toned(tone) });
    }
    let id = if row.key.is_empty() { String::new() } else { row.key.join(" ") };
    Row { id, cells, facts, leads_to: None }
}

/// In which order, what has no place in it, and how far a filter came.
fn note(shape: &Shape, order: usize, of: &Sheet, filtered: Option<(i64, bool)>) -> String {
    let Some(by) = shape.orders.get(order) else {
        return String::from("no index tells its rows apart: the first rows only");
    };
    // How far it came first: the line may be cut.
    let come = filtered.map(|(rows, goes_on)| {
        let rows = human::plural(rows.unsigned_abs(), "row", "rows");
        let way = if goes_on { "n goes on" } else { "to the end" };
        format!("looked through {rows}, {way}; ")
    });
    let direction = if of.is_descending { ", from the end" } else { "" };
    let mut note = format!("{}by {}{direction}", come.unwrap_or_default(), by.columns.join(", "));
    if !by.nullable.is_empty() {
        note += &format!(" (rows without {} are left out)", by.nullable.join(" or "));
    }
    note
}
