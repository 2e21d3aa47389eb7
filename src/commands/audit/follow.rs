//! `audit list --follow`: entries as they are committed, each once.
//!
//! Entries are polled by key. One that is committed long after it was written
//! is not lost: how, stands in `domain/follow.rs`.

use std::time::Duration;

use crate::context::Context;
use crate::domain::follow::Cursor;
use crate::error::{Failure, Outcome};
use crate::store::audit_log::{self, Entry, Filter};
use crate::store::connect::Db;
use crate::store::{server, tx};
use crate::ui::{Format, human};

const INTERVAL: Duration = Duration::from_millis(500);

pub fn run(ctx: &Context, db: &mut Db, filter: &Filter, last: i64) -> anyhow::Result<Outcome> {
    if matches!(ctx.ui.format(), Format::Json | Format::Csv) {
        return Err(Failure::usage("--follow never ends, and so it is no document")
            .hint("say --format jsonl for an object a line")
            .into());
    }
    let (mut cursor, mut entries) = tx::read(db, |conn| {
        let mut cursor = Cursor::start(server::now(conn)?.as_millisecond());
        for entry in audit_log::list_from(conn, filter, cursor.low())? {
            cursor.is_new(entry.id);
        }
        cursor.polled(audit_log::snapshot(conn)?);
        let mut last = audit_log::list(conn, filter, last)?;
        last.reverse();
        Ok((cursor, last))
    })?;
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
        let (read, snapshot) = tx::read(db, |conn| {
            let snapshot = audit_log::snapshot(conn)?;
            Ok((audit_log::list_from(conn, filter, cursor.low())?, snapshot))
        })?;
        entries = read.into_iter().filter(|entry| cursor.is_new(entry.id)).collect();
        cursor.polled(snapshot);
    }
}

fn line(entry: &Entry, is_machine: bool) -> anyhow::Result<String> {
    if is_machine {
        return Ok(serde_json::to_string(entry)? + "\n");
    }
    let of = entry.resource_id.as_deref().map(|id| format!(":{id}")).unwrap_or_default();
    let known = entry.created_at.known();
    let time = known.map_or_else(
        || entry.created_at.to_string(),
        |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    );
    let line = format!(
        "{}  {}  {}  {}{of}  {}",
        time,
        entry.actor,
        entry.action,
        entry.resource,
        entry.details.text()
    );
    Ok(human::printable(&line) + "\n")
}
