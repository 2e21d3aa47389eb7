//! `audit list --follow`: entries as they are committed, each once.
//!
//! One that is committed long after it was written, or carries a time of the past, is not lost:
//! how, stands in `domain/follow.rs`. Nor does one come again because somebody changes or moves it.

use std::time::{Duration, Instant};

use crate::context::Context;
use crate::domain::follow::{self, Cursor, Snapshot};
use crate::error::{Failure, Outcome};
use crate::store::audit_log::{self, Entry, Filter, Within};
use crate::store::connect::Db;
use crate::store::tx;
use crate::ui::{Format, human};

const INTERVAL: Duration = Duration::from_millis(500);

pub(super) fn run(
    ctx: &Context,
    db: &mut Db,
    filter: &Filter,
    last: i64,
) -> anyhow::Result<Outcome> {
    if matches!(ctx.ui.format(), Format::Json | Format::Csv) {
        return Err(Failure::usage("--follow never ends, and so it is no document")
            .hint("say --format jsonl for an object a line")
            .into());
    }
    let (mut cursor, mut partitions, mut entries) = tx::read(db, |conn| {
        let snapshot = audit_log::snapshot(conn)?;
        let partitions = audit_log::partition_numbers(conn)?;
        tx::one_process_each(conn)?;
        let there = match snapshot.oldest_running < snapshot.next {
            true => {
                let within = Within::Partitions(&partitions);
                audit_log::list_written(conn, filter, snapshot.oldest_running, &within)?
            }
            // Nobody is at work: whatever comes is new.
            false => Vec::new(),
        };
        let mut last = audit_log::list(conn, filter, last)?;
        last.reverse();
        let there = there.iter().chain(&last).map(|entry| entry.id);
        let cursor = Cursor::start(snapshot, there);
        Ok((cursor, partitions, last))
    })?;
    let mut next_whole = Instant::now();
    loop {
        for entry in &entries {
            ctx.ui.print(&line(entry, ctx.ui.is_machine())?)?;
        }
        // Without entries nothing would be written that tells of a closed pipe.
        if ctx.ui.is_reader_gone() {
            return Ok(Outcome::Done);
        }
        if ctx.pause(INTERVAL).is_err() {
            return Ok(ctx.interrupted().map_or(Outcome::Done, Outcome::Interrupted));
        }
        let start = Instant::now();
        let is_whole = start >= next_whole;
        let (snapshot, read) = look(db, filter, &cursor, &mut partitions, is_whole)?;
        let new = cursor.looked(snapshot, read.iter().map(|entry| entry.id));
        entries = read.into_iter().filter(|entry| new.contains(&entry.id)).collect();
        if is_whole {
            cursor.was_whole(snapshot);
            next_whole = Instant::now() + follow::rest_after(start.elapsed());
        }
    }
}

fn look(
    db: &mut Db,
    filter: &Filter,
    cursor: &Cursor,
    partitions: &mut Vec<i64>,
    is_whole: bool,
) -> anyhow::Result<(Snapshot, Vec<Entry>)> {
    tx::read(db, |conn| {
        let snapshot = audit_log::snapshot(conn)?;
        if !is_whole {
            let within = Within::Since(cursor.recent);
            return Ok((snapshot, audit_log::list_written(conn, filter, cursor.from, &within)?));
        }
        tx::one_process_each(conn)?;
        let within = Within::Partitions(partitions);
        let read = audit_log::list_written(conn, filter, cursor.from, &within)?;
        *partitions = audit_log::partition_numbers(conn)?;
        Ok((snapshot, read))
    })
}

fn line(entry: &Entry, is_machine: bool) -> anyhow::Result<String> {
    if is_machine {
        return Ok(serde_json::to_string(entry)? + "\n");
    }
    let of = entry.resource_id.as_deref().map(|id| format!(":{id}")).unwrap_or_default();
    let line = format!(
        "{}  {}  {}  {}{of}  {}",
        human::second(entry.created_at),
        entry.actor,
        entry.action,
        entry.resource,
        entry.details.text()
    );
    Ok(human::printable(&line) + "\n")
}
