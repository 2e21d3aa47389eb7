//! Everything that is known of each table, from as few questions as possible.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{COUNTING, briefly};
use crate::context::Context;
use crate::domain::moment::Moment;
use crate::domain::prunable;
use crate::store::catalog::{self, Elsewhere, Partitions, RowCount, TableSize};
use crate::store::connect::Db;
use crate::store::size_snapshots::{self, Snapshot};
use crate::store::{prunable as store_prunable, server, tx};

pub(super) struct Wanted {
    pub since: Option<Moment>,
    pub exact: bool,
    pub unrolled: bool,
}

pub(super) struct Measured {
    pub now: Timestamp,
    pub sizes: Vec<TableSize>,
    /// What the growth is told from.
    pub snapshot: Option<Snapshot>,
    /// Rows by table, counted on request.
    pub counts: BTreeMap<String, u64>,
    /// Rows that may go by now, by table.
    pub prunable: BTreeMap<String, RowCount>,
    /// Tables of other schemas, by schema: their sizes aren't told.
    pub elsewhere: Vec<Elsewhere>,
    pub interrupted: Option<u8>,
}

pub(super) fn measure(ctx: &Context, db: &mut Db, wanted: &Wanted) -> anyhow::Result<Measured> {
    let partitions = if wanted.unrolled { Partitions::Unrolled } else { Partitions::RolledUp };
    let mut measured = briefly(db, |conn| {
        let now = server::now(conn)?;
        let since = wanted.since.map(|since| since.resolve(now));
        Ok(Measured {
            now,
            sizes: catalog::table_sizes(conn, partitions)?,
            snapshot: size_snapshots::find(conn, since)?,
            counts: BTreeMap::new(),
            prunable: BTreeMap::new(),
            elsewhere: catalog::tables_elsewhere(conn)?,
            interrupted: None,
        })
    })?;
    // Their rows are told under the name of the whole table.
    if !wanted.unrolled {
        measured.prunable = prunable_rows(db, &measured.sizes, wanted.exact)?;
    }
    if wanted.exact {
        count(ctx, db, &mut measured)?;
    }
    Ok(measured)
}

fn prunable_rows(
    db: &mut Db,
    sizes: &[TableSize],
    exact: bool,
) -> anyhow::Result<BTreeMap<String, RowCount>> {
    let mut found = BTreeMap::new();
    for rule in prunable::default_rules() {
        if !sizes.iter().any(|size| size.name == rule.table && size.is_readable) {
            continue;
        }
        let counted = tx::read_within(db, COUNTING, |conn| {
            let applies = store_prunable::applies(conn, &rule)?;
            Ok(applies.then(|| store_prunable::count(conn, &rule, exact)).transpose()?)
        });
        match counted {
            Ok(rows) => found.extend(rows.map(|rows| (rule.table.to_owned(), rows))),
            // Somebody locked it by now, or policies hide rows: it is shown as unknown.
            Err(error) if tx::is_transient(&error) || tx::is_hidden(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Table by table, so that a signal or a lock costs one of them.
fn count(ctx: &Context, db: &mut Db, measured: &mut Measured) -> anyhow::Result<()> {
    let total = measured.sizes.len() as u64;
    let progress = ctx.ui.progress("counting", total);
    for size in measured.sizes.iter().filter(|size| size.is_readable) {
        measured.interrupted = ctx.interrupted();
        if measured.interrupted.is_some() {
            break;
        }
        let counted =
            tx::read_within(db, COUNTING, |conn| Ok(catalog::count_rows(conn, &size.name)?));
        match counted {
            Ok(rows) => _ = measured.counts.insert(size.name.clone(), rows.unsigned_abs()),
            Err(error) if tx::is_transient(&error) || tx::is_hidden(&error) => {}
            // A prune dropped it meanwhile.
            Err(error) if tx::is_gone(&error) => {}
            Err(error) => return Err(error),
        }
        progress.advance(1);
    }
    Ok(())
}
