//! The copy: what makes the tables, their rows with other values, then indexes, keys and triggers. So no trigger
//! fires and no key is asked before all is there.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use diesel::PgConnection;
use serde_json::Value;

use super::guards;
use crate::backup::copy::{Change, Copy, Moment, copy};
use crate::backup::tools;
use crate::commands::db::backup::take::{interrupted, place};
use crate::context::Context;
use crate::context::place::ENVIRONMENT_KEY;
use crate::domain::anonymise::{
    Key, Kind, Known, Plan, Replacer, Rewriter, Sample, Vocabulary, identifiers,
};
use crate::domain::backup::version;
use crate::domain::environment::Environment;
use crate::error::{self, Failure};
use crate::store::connect::Target;
use crate::store::liveness::{Line, Whose};
use crate::store::{access, anonymise, databases, server, settings, tx};

const LOCK_WAIT: Duration = Duration::from_secs(60);
const BUFFER_BYTES: usize = 256 * 1024;
/// Who the copy says that it was made by: not who made it.
const MAKER: &str = "inboxctl";

/// What is copied, and how.
pub(super) struct Source<'a> {
    pub target: &'a Target,
    pub started: &'a str,
    pub snapshot: &'a str,
    pub key: &'a Key,
    pub sample: Option<u16>,
}

pub(super) struct Filled {
    pub tables: u64,
    pub rows: u64,
    pub replaced_columns: u64,
}

/// Copies what the snapshot shows, which `conn` reads, into the empty `to`.
///
/// # Errors
/// No fitting programs, one of them failed, or a signal came.
pub(super) fn fill(
    ctx: &Context,
    conn: &mut PgConnection,
    source: &Source<'_>,
    plan: &Plan,
    to: &Target,
) -> anyhow::Result<Filled> {
    let facts = server::facts(conn)?;
    let major = version::major(&facts.version);
    let program = |name| tools::find(name, ctx.config.pg_bin.as_deref(), major);
    let (pg_dump, pg_restore, psql) =
        (program("pg_dump")?, program("pg_restore")?, program("psql")?);
    let mut known = Known::default();
    anonymise::identifying(conn, plan, &mut |kind, text| {
        identifiers(kind, text, &mut |what, text| known.add(what, text));
    })?;
    known.settle();
    let words: HashSet<String> = anonymise::words(conn, plan)?.into_iter().collect();
    let keys = match source.sample {
        Some(_) => anonymise::keys(conn)?,
        None => Vec::new(),
    };
    let line = |target: &Target, all_here: bool| {
        let started = Some(source.started.to_owned());
        Line::watch(Arc::new(target.clone()), Whose { started, all_here, ..Whose::default() })
    };
    let (from_line, to_line) = (line(source.target, false), line(to, true));
    let stop = |moment: Moment| {
        let is_silent = from_line.is_silent(moment.dump) | to_line.is_silent(moment.restore);
        is_silent || ctx.interrupted().is_some()
    };
    let from = place(source.target, &pg_dump);
    let (restored_to, told_to) = (place(to, &pg_restore), place(to, &psql));
    let run = |section: &str, change: Option<&Change<'_>>| -> Result<(), Failure> {
        let work = Copy {
            from: &from,
            to: if change.is_some() { &told_to } else { &restored_to },
            pg_dump: &pg_dump,
            pg_restore: if change.is_some() { &psql } else { &pg_restore },
            snapshot: source.snapshot,
            lock_wait: LOCK_WAIT,
            encoding: if change.is_some() && facts.encoding != "SQL_ASCII" {
                "UTF8"
            } else {
                &facts.encoding
            },
            sections: &[section],
            without: &[],
            with_large_objects: false,
            with_rows: true,
            change,
        };
        match copy(&work, &stop)? {
            true => Ok(()),
            false if from_line.was_silent() || to_line.was_silent() => {
                Err(error::connection_lost(""))
            }
            false => Err(interrupted(ctx)),
        }
    };
    if version::takes_schema_as_closed(pg_dump.major, major) {
        databases::close_usual_schema(&mut to.open()?.conn)?;
    }
    run("pre-data", None)?;
    tx::once(&mut to.open()?, |conn| Ok(anonymise::drop_credentials(conn)?))?;
    let vocabulary = Vocabulary::new(&known);
    let sample = source.sample.map(|share| Sample { key: source.key.clone(), share });
    let rows = Mutex::new(0);
    let change = |from: &mut dyn Read, to: &mut dyn Write| {
        let replacer = Replacer::new(source.key, &known, &vocabulary, &words);
        let taken = rewrite(Rewriter::new(plan, &replacer, sample.clone()), from, to)?;
        if let Ok(mut rows) = rows.lock() {
            *rows = taken;
        }
        Ok(())
    };
    run("data", Some(&change)).map_err(|failure| guards::explain(conn, plan, failure))?;
    let mut db = to.open()?;
    db.set_timeouts(0, 0)?;
    tx::once(&mut db, |conn| {
        // What leads to a row that went leads nowhere itself.
        while anonymise::drop_dangling(conn, &keys)? {}
        Ok(())
    })?;
    drop(db);
    run("post-data", None).map_err(|failure| guards::explain(conn, plan, failure))?;
    tx::once(&mut to.open()?, |conn| {
        let environment = Value::from(Environment::Staging.as_str());
        settings::upsert(conn, ENVIRONMENT_KEY, &environment, MAKER)?;
        // Nobody is left who could be named.
        Ok(settings::delete(conn, access::KEY)?)
    })?;
    let columns = plan.tables().flat_map(|one| {
        one.table
            .columns
            .iter()
            .zip(&one.kinds)
            .map(|(column, kind)| (one.table.named(&column.name), kind))
    });
    let replaced: HashSet<String> =
        columns.filter(|(_, kind)| **kind != Kind::Keep).map(|(name, _)| name).collect();
    let tables: HashSet<_> =
        plan.tables().map(|one| (&one.table.schema, &one.table.root)).collect();
    Ok(Filled {
        tables: tables.len() as u64,
        rows: rows.into_inner().unwrap_or_default(),
        replaced_columns: replaced.len() as u64,
    })
}

/// How many rows came out.
fn rewrite(mut rewriter: Rewriter<'_>, from: &mut dyn Read, to: &mut dyn Write) -> io::Result<u64> {
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut made = Vec::with_capacity(2 * BUFFER_BYTES);
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        rewriter.take(&buffer[..read], &mut made).map_err(io::Error::other)?;
        to.write_all(&made)?;
        made.clear();
    }
    let rows = rewriter.end(&mut made);
    to.write_all(&made)?;
    Ok(rows)
}
