//! The work of `db adopt`: a copy of the source in one snapshot, made into an inbox.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::credentials::Decrypt;
use super::done::{Done, stopped};
use super::own_code;
use super::reading::{Reading, WRITE_A_MAP};
use super::rows::{Manner, Work};
use crate::backup::copy::{Copy, Moment, copy};
use crate::backup::{programs, tools};
use crate::commands::db::backup::take::{interrupted, place};
use crate::commands::db::migrate;
use crate::commands::db::runner::{Runner, WaitArgs};
use crate::context::Context;
use crate::domain::adopt::stands::{Stand, standing};
use crate::domain::adopt::{Map, decide, room};
use crate::domain::backup::version;
use crate::domain::history;
use crate::error::{self, Failure};
use crate::store::adopt::{aside, bulk, convert, event_triggers, tenant};
use crate::store::connect::{Db, Target};
use crate::store::fingerprint::Fingerprint;
use crate::store::liveness::{Line, Whose};
use crate::store::statements::{self, quote_identifier};
use crate::store::{catalog_snapshot, databases, server, tx};

/// As for a migration that nobody else waits for.
const WAIT: WaitArgs =
    WaitArgs { lock_wait: Duration::from_secs(60), lock_timeout: Duration::from_secs(60) };

/// What a snapshot shows of a database.
pub(super) struct Snapshot<'a> {
    pub of: &'a Target,
    /// When its server had started.
    pub started: &'a str,
    pub id: &'a str,
    /// Functions of other roles may run, see [`own_code::require`].
    pub trust_functions: bool,
    pub manner: Manner,
}

/// The error of an adoption that lacked something: whether it was dropped meanwhile, or is lost. A copy has
/// one snapshot, so others are looked at.
pub(super) fn lost_or_dropped(ctx: &Context, db: &mut Db, error: anyhow::Error) -> anyhow::Error {
    let is_dump = error.downcast_ref().is_some_and(programs::is_table_gone);
    if !is_dump && !tx::is_dropped_meanwhile(&error) {
        return error;
    }
    let Ok(mut db) = db.target.open() else { return error };
    let looked =
        tx::read(&mut db, |conn| Ok((catalog_snapshot::read(conn)?, server::facts(conn)?)));
    let facts = match looked {
        Ok((_, facts)) => facts,
        Err(found) => return found,
    };
    let major = version::major(&facts.version);
    let Ok(pg_dump) = tools::find("pg_dump", ctx.config.pg_bin.as_deref(), major) else {
        return error;
    };
    let stop = || ctx.interrupted().is_some();
    let mut described = (0..SNAPSHOTS).map(|_| {
        let described = programs::describe(&pg_dump, &place(&db.target, &pg_dump), &stop);
        described.err().filter(programs::is_table_gone).and_then(|failure| failure.why)
    });
    let first = described.next().flatten();
    match first.filter(|first| described.all(|why| why.as_ref() == Some(first))) {
        Some(why) => error::catalogue_lacks(why).into(),
        None => error,
    }
}

/// So many have to lack the same.
const SNAPSHOTS: usize = 3;

/// Copies what the snapshot shows, which `source` reads, into the empty `target`. What becomes ours comes
/// without its indexes and keys, which would be built for nothing.
///
/// # Errors
/// No fitting programs, one of them failed, or a signal came.
pub(super) fn fill(
    ctx: &Context,
    source: &mut diesel::PgConnection,
    snapshot: &Snapshot<'_>,
    target: &Target,
    reading: &Reading,
) -> anyhow::Result<()> {
    own_code::require(source, None, snapshot.trust_functions)?;
    let facts = server::facts(source)?;
    let major = version::major(&facts.version);
    let [pg_dump, pg_restore] = ["pg_dump", "pg_restore"]
        .map(|program| tools::find(program, ctx.config.pg_bin.as_deref(), major));
    let (pg_dump, pg_restore) = (pg_dump?, pg_restore?);
    let taken = reading.mapping.taken(&reading.catalog);
    let keys = aside::keys_stood_on(source, &taken)?;
    let schema = quote_identifier(snapshot.of.schema());
    let elsewhere = aside::partitions_elsewhere(source, &taken)?;
    let here = taken.iter().map(|table| format!("{schema}.{}", quote_identifier(table)));
    let taken: Vec<String> = here.chain(elsewhere).collect();
    let with_rows = snapshot.manner != Manner::Trial;
    let line = |target: &Target, all_here: bool| {
        let started = Some(snapshot.started.to_owned());
        let whose = Whose { started, all_here, ..Whose::default() };
        Line::watch(Arc::new(target.clone()), whose)
    };
    let (from_line, to_line) = (line(snapshot.of, false), line(target, true));
    let stop = |moment: Moment| {
        let is_silent = from_line.is_silent(moment.dump) | to_line.is_silent(moment.restore);
        is_silent || ctx.interrupted().is_some()
    };
    let (from, to) = (place(snapshot.of, &pg_dump), place(target, &pg_restore));
    let run = |sections: &[&str], without: &[String]| {
        let work = Copy {
            from: &from,
            to: &to,
            pg_dump: &pg_dump,
            pg_restore: &pg_restore,
            snapshot: snapshot.id,
            lock_wait: WAIT.lock_wait,
            encoding: &facts.encoding,
            sections,
            without,
            // Whose they are can't be known.
            with_large_objects: with_rows && reading.tenant.is_none(),
            with_rows,
            change: None,
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
        databases::close_usual_schema(&mut target.open()?.conn)?;
    }
    match with_rows {
        true => run(&["pre-data", "data"], &[])?,
        false => run(&["pre-data"], &[])?,
    }
    let mut db = target.open()?;
    db.set_timeouts(0, 0)?;
    if let Some(tenant) = &reading.tenant {
        tx::once(&mut db, |conn| {
            bulk::prepare(conn)?;
            Ok(tenant::keep_only(conn, tenant)?)
        })?;
        tenant::forget_others(&mut db.conn, tenant)?;
    }
    tx::once(&mut db, |conn| Ok(keys.iter().try_for_each(|key| statements::run(conn, key))?))?;
    drop(db);
    Ok(run(&["post-data"], &taken)?)
}

/// Makes an inbox of the copy.
///
/// # Errors
/// Something of it can't be converted: the copy is of no use then.
pub(super) fn convert(
    ctx: &Context,
    target: &Target,
    reading: &Reading,
    map: &Map,
    decrypt: Option<&Decrypt<'_>>,
    manner: Manner,
) -> anyhow::Result<Done> {
    let mut db = target.open()?;
    db.set_timeouts(0, 0)?;
    let types = room::types_in_the_way(&reading.catalog, &Fingerprint::embedded()?.catalog);
    let stands = standing(&reading.catalog, &reading.mapping, &reading.besides);
    let chosen = |what: &str| -> Vec<&Stand> {
        let is_chosen = |stand: &&Stand| map.decision("objects", &stand.object) == Some(what);
        stands.iter().filter(is_chosen).collect()
    };
    let event_triggers = tx::once(&mut db, |conn| Ok(event_triggers::disable(conn)?))?;
    let aside = tx::once(&mut db, |conn| {
        Ok(aside::set_aside(conn, &reading.catalog, &reading.mapping, &types, &chosen("drop"))?)
    })
    .map_err(|error| stopped(&error, "what becomes ours can't be put aside"))?;
    drop(db);
    migrate(ctx, target)?;
    let mut db = target.open()?;
    db.set_timeouts(0, 0)?;
    for (name, labels) in &map.labels {
        for (label, _) in labels.iter().filter(|(_, ours)| *ours == decide::ADD) {
            convert::add_label(&mut db.conn, name, label)?;
        }
    }
    let moved = chosen("move");
    let work = Work { ctx, manner, reading, map, aside: &aside, types: &types, moved: &moved };
    // What is said of the copy isn't said of the application's database.
    let mut done = work.run(&mut db).map_err(|error| match error::own(&error) {
        Some(_) => error,
        None => stopped(&error, "the copy can't be converted"),
    })?;
    if let Some(decrypt) = decrypt.filter(|_| !reading.counts.credentials.is_empty()) {
        done.credentials = decrypt.seal(ctx, &mut db)?;
    }
    tx::once(&mut db, |conn| Ok(event_triggers::enable(conn, &event_triggers)?))?;
    Ok(done)
}

fn migrate(ctx: &Context, target: &Target) -> anyhow::Result<()> {
    let mut runner = Runner::on(ctx, target.open()?, WAIT)?;
    runner.keep_rights()?;
    migrate::apply(ctx, runner, migrate::Told::None, |entries| {
        history::plan(entries, None, false)
            .map_err(|_| Failure::failed("the new database has a history already"))
    })?;
    match ctx.interrupted() {
        Some(_) => Err(interrupted(ctx).into()),
        None => Ok(()),
    }
}

/// Refused: something is still to be decided.
pub(super) fn require_decided(reading: &Reading, map: Option<&Path>) -> Result<(), Failure> {
    let open = decide::undecided(&reading.decided);
    let Some(first) = open.first() else { return Ok(()) };
    let more = match open.len() {
        1 => String::new(),
        number => format!(", and {} more", number - 1),
    };
    Err(Failure::refused("not everything is decided")
        .why(format!("{}: {}{more}", first.line, first.why))
        .hint(match map {
            Some(path) => {
                format!("`inboxctl db adopt --plan --map {}` shows all of it", path.display())
            }
            None => WRITE_A_MAP.to_owned(),
        }))
}
