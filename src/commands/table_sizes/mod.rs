//! `table-sizes`.

mod indexes;
mod measure;
mod view;

use std::time::Duration;

use clap::{Args, ValueEnum};
use serde_json::json;

use self::indexes::IndexesView;
use self::measure::Wanted;
use self::view::{Row, TableSizesView};
use crate::commands::list_args::ColumnsArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::moment::{self, Moment};
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Change};
use crate::store::catalog::TableSize;
use crate::store::connect::Db;
use crate::store::{indexes as store_indexes, size_snapshots, tx};

#[derive(Debug, Args)]
pub struct TableSizesArgs {
    /// Put the largest of this first
    #[arg(long, value_enum, value_name = "SIZE", default_value_t)]
    sort: Sort,
    /// Record the sizes, for later runs to tell the growth from
    #[arg(long, conflicts_with_all = ["partitions", "indexes"])]
    snapshot: bool,
    /// Show the growth since the snapshot of this time: 7d, 2026-01-31, or an RFC 3339 time
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    since: Option<Moment>,
    /// Count all rows instead of estimating them; reads every table
    #[arg(long)]
    exact: bool,
    /// Show each partition on its own
    #[arg(long)]
    partitions: bool,
    /// Show indexes instead: size, use, and what is wrong with them
    #[arg(long, conflicts_with_all = ["exact", "partitions", "since", "sort", "columns"])]
    indexes: bool,
    /// Show at most this many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    #[command(flatten)]
    columns: ColumnsArg<Row>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    #[default]
    Total,
    Heap,
    Index,
    Toast,
    Rows,
    Dead,
}

/// Nobody shall wait because somebody looks.
const BRIEFLY: tx::Timeouts = tx::Timeouts { statement_timeout_ms: 60_000, lock_timeout_ms: 50 };
/// Counting takes as long as it takes.
const COUNTING: tx::Timeouts = tx::Timeouts { statement_timeout_ms: 0, lock_timeout_ms: 50 };
/// A lock that comes between looking for locks and reading is met this often.
const ATTEMPTS: u32 = 5;

pub fn run(ctx: &mut Context, args: TableSizesArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    if db.server.is_citus {
        ctx.ui.warn(
            "Citus keeps rows of distributed tables on other servers: sizes and rows are those of \
             this one alone; SELECT citus_total_relation_size('contacts') tells of all",
        );
    }
    let limit = args.limit.map(|limit| limit as usize);
    if args.indexes {
        let indexes = briefly(&mut db, |conn| Ok(store_indexes::list(conn)?))?;
        ctx.ui.show(&IndexesView::new(indexes, limit))?;
        return Ok(Outcome::Done);
    }
    let wanted = Wanted { since: args.since, exact: args.exact, unrolled: args.partitions };
    let measured = measure::measure(ctx, &mut db, &wanted)?;
    if args.snapshot {
        record(ctx, &mut db, &measured.sizes)?;
        ctx.ui.status("The sizes are recorded.");
    }
    let interrupted = measured.interrupted;
    let view = TableSizesView::new(measured, args.sort, limit);
    match args.columns.chosen() {
        columns if columns.is_empty() => ctx.ui.show(&view)?,
        columns => ctx.ui.show(&view.list(columns)?)?,
    }
    Ok(interrupted.map_or(Outcome::Done, Outcome::Interrupted))
}

/// A read that waits for nobody, tried again where a lock came in its way.
fn briefly<T>(
    db: &mut Db,
    mut work: impl FnMut(&mut diesel::PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    for attempt in 0..ATTEMPTS {
        match tx::read_within(db, BRIEFLY, &mut work) {
            Err(error) if tx::is_transient(&error) => {
                std::thread::sleep(tx::backoff(attempt).min(Duration::from_millis(100)));
            }
            result => return result,
        }
    }
    Err(Failure::busy("tables are locked again and again")
        .why(format!("in {ATTEMPTS} tries a lock was not granted within 50 ms"))
        .hint("see who holds it with `inboxctl doctor --only blocked-sessions`")
        .into())
}

fn record(ctx: &Context, db: &mut Db, sizes: &[TableSize]) -> anyhow::Result<()> {
    let actor = ctx.actor(db, Right::Settings)?;
    tx::write(db, |conn| {
        let tables = size_snapshots::insert(conn, sizes)?;
        let change = Change {
            action: Action::TableSizesSnapshot,
            resource_id: None,
            details: json!({ "tables": tables }),
        };
        Ok(audit::record(conn, &actor, &change)?)
    })
}
