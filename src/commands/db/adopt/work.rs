//! The work of `db adopt`: a copy of the source in one snapshot, made into an inbox.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde_json::json;

use super::reading::{Reading, WRITE_A_MAP};
use crate::backup::copy::{Copy, copy};
use crate::backup::tools;
use crate::commands::db::backup::take::{interrupted, place};
use crate::commands::db::migrate;
use crate::commands::db::runner::{Runner, WaitArgs};
use crate::context::Context;
use crate::domain::adopt::stands::{Stand, standing};
use crate::domain::adopt::{Map, decide, room};
use crate::domain::backup::version;
use crate::domain::history;
use crate::error::Failure;
use crate::store::adopt::application::{self, Followed};
use crate::store::adopt::aside::{self, Aside};
use crate::store::adopt::bulk;
use crate::store::adopt::convert::{self, Converted};
use crate::store::adopt::expression::Rules;
use crate::store::adopt::rehearse;
use crate::store::audit::{self, Change};
use crate::store::connect::{Db, Target};
use crate::store::fingerprint::Fingerprint;
use crate::store::{server, tx};

/// As for a migration that nobody else waits for.
const WAIT: WaitArgs =
    WaitArgs { lock_wait: Duration::from_secs(60), lock_timeout: Duration::from_secs(60) };

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Done {
    pub tables: Vec<TableDone>,
    /// Foreign keys of the application's own tables that lead to ours.
    pub keys: usize,
    /// References without a key that were followed.
    pub references: Vec<ReferenceDone>,
    /// Triggers of the application that fail when they fire here.
    pub failing_triggers: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct TableDone {
    pub table: &'static str,
    /// Of theirs.
    pub rows: i64,
    pub adopted: i64,
    pub left_out: i64,
}

#[derive(Debug, Serialize)]
pub(super) struct ReferenceDone {
    pub column: String,
    pub rows: usize,
}

/// Copies what the snapshot shows of `source` into the empty `target`.
///
/// # Errors
/// No fitting programs, one of them failed, or a signal came.
pub(super) fn fill(
    ctx: &Context,
    source: &mut diesel::PgConnection,
    from: &Target,
    target: &Target,
    snapshot: &str,
) -> anyhow::Result<()> {
    let major = version::major(&server::facts(source)?.version);
    let [pg_dump, pg_restore] = ["pg_dump", "pg_restore"]
        .map(|program| tools::find(program, ctx.config.pg_bin.as_deref(), major));
    let (pg_dump, pg_restore) = (pg_dump?, pg_restore?);
    let work = Copy {
        from: &place(from, &pg_dump),
        to: &place(target, &pg_restore),
        pg_dump: &pg_dump,
        pg_restore: &pg_restore,
        snapshot,
        lock_wait: WAIT.lock_wait,
    };
    match copy(&work, &|| ctx.interrupted().is_some())? {
        true => Ok(()),
        false => Err(interrupted(ctx).into()),
    }
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
) -> anyhow::Result<Done> {
    let mut db = target.open()?;
    db.set_timeouts(0, 0)?;
    let types = room::types_in_the_way(&reading.catalog, &Fingerprint::embedded()?.catalog);
    let stands = standing(&reading.catalog, &reading.mapping);
    let chosen = |what: &str| -> Vec<&Stand> {
        let is_chosen = |stand: &&Stand| map.decision("objects", &stand.object) == Some(what);
        stands.iter().filter(is_chosen).collect()
    };
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
    let done = rows(ctx, &mut db, reading, map, &aside, &types, &chosen("move"))?;
    Ok(done)
}

fn migrate(ctx: &Context, target: &Target) -> anyhow::Result<()> {
    let mut runner = Runner::on(ctx, target.open()?, WAIT)?;
    runner.keep_rights()?;
    migrate::apply(ctx, runner, |entries| {
        history::plan(entries, None, false)
            .map_err(|_| Failure::failed("the new database has a history already"))
    })?;
    match ctx.interrupted() {
        Some(_) => Err(interrupted(ctx).into()),
        None => Ok(()),
    }
}

/// All of it or nothing.
fn rows(
    ctx: &Context,
    db: &mut Db,
    reading: &Reading,
    map: &Map,
    aside: &Aside,
    types: &[String],
    moved: &[&Stand],
) -> anyhow::Result<Done> {
    let actor = ctx.schema_actor(db)?;
    let (mapping, catalog) = (&reading.mapping, &reading.catalog);
    let rules = Rules { map, mapping };
    let progress = ctx.ui.progress("converting", mapping.tables.len() as u64);
    let done = tx::once(db, |conn| {
        convert::old_ids(conn, mapping)?;
        let mut done = Done::default();
        for table in &mapping.tables {
            if ctx.interrupted().is_some() {
                return Err(interrupted(ctx).into());
            }
            progress.step(&format!("converting {}", table.model.table));
            let converted = convert::table(conn, &rules, table).map_err(|error| {
                stopped(&error, &format!("{} can't be converted", table.model.table))
            })?;
            done.tables.extend(converted.map(TableDone::from));
            progress.advance(1);
        }
        let follows =
            |error: anyhow::Error| stopped(&error, "the application's own tables can't follow");
        done.keys = application::follow_keys(conn, mapping, aside).map_err(follows)?;
        let followed = application::follow_names(conn, catalog, mapping, aside);
        done.references = followed?.into_iter().map(ReferenceDone::from).collect();
        convert::keys_of_own(conn, mapping).map_err(|error| follows(error.into()))?;
        application::move_triggers(conn, mapping, moved).map_err(|error| follows(error.into()))?;
        application::grant(conn, mapping, &aside.grants)?;
        aside::drop_aside(conn, catalog, mapping, types).map_err(|error| {
            stopped(
                &error.into(),
                "something of the application stands on a table that became ours",
            )
        })?;
        done.failing_triggers = rehearse::fire(conn, catalog, mapping, moved)?;
        let actor = actor.resolve(conn)?;
        let change = Change {
            action: "database.adopt",
            resource: "database",
            resource_id: None,
            details: json!({ "database": reading.database, "tables": done.tables }),
        };
        audit::record(conn, &actor, &change)?;
        Ok(done)
    })?;
    progress.step("analysing");
    bulk::analyse(&mut db.conn)?;
    drop(progress);
    for failing in &done.failing_triggers {
        ctx.ui.warn(format!("a trigger of the application fails: {failing}"));
    }
    Ok(done)
}

/// What stopped it, with what the server says of it.
fn stopped(error: &anyhow::Error, what: &str) -> anyhow::Error {
    if crate::error::own(error).is_some() {
        let own = crate::error::explain(error);
        let why = own.why.map_or(own.what.clone(), |why| format!("{}: {why}", own.what));
        let failure = Failure::new(own.kind, what).why(why);
        return match own.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
        .into();
    }
    let detail =
        error.chain().find_map(|cause| match cause.downcast_ref::<diesel::result::Error>() {
            Some(diesel::result::Error::DatabaseError(_, info)) => {
                info.details().map(str::to_owned)
            }
            _ => None,
        });
    let why = match detail {
        Some(detail) => format!("{error} ({})", crate::ui::human::one_line(&detail, 200)),
        None => error.to_string(),
    };
    Failure::failed(what)
        .why(why)
        .hint(
            "the application's database was only read; decide about it in the map, or fix it there",
        )
        .into()
}

impl From<Converted> for TableDone {
    fn from(one: Converted) -> TableDone {
        let Converted { table, before, after, left_out } = one;
        TableDone { table, rows: before, adopted: after, left_out }
    }
}

impl From<Followed> for ReferenceDone {
    fn from(one: Followed) -> ReferenceDone {
        ReferenceDone { column: one.column, rows: one.rows }
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
            Some(path) => format!(
                "fill it in in {}; `inboxctl db adopt --plan` shows all of it",
                path.display()
            ),
            None => WRITE_A_MAP.to_owned(),
        }))
}
