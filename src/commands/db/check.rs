//! `db check`: the connection, and what stands behind it.

use std::time::{Duration, Instant};

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::{applied, gate, whose};
use crate::commands::denied;
use crate::context::Context;
use crate::domain::check::Status;
use crate::domain::clock_skew::Skew;
use crate::domain::origin::Origin;
use crate::domain::{engine, grants};
use crate::error::{self, Outcome};
use crate::store::connect::Db;
use crate::store::fingerprint::Fingerprint;
use crate::store::lacking;
use crate::store::server::{self, Facts, RoleLimits};
use crate::store::statements::quote_identifier;
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Check pending migrations, history, lint and drift instead: the gate of a pipeline
    #[arg(long)]
    ci: bool,
}

/// Probes of the round trip.
const PROBES: u32 = 5;
/// So many tables are named.
const MOST_NAMED: usize = 5;

pub fn run(ctx: &mut Context, args: CheckArgs) -> anyhow::Result<Outcome> {
    if args.ci {
        return gate::run(ctx, &ctx.config.ignore());
    }
    let start = Instant::now();
    let mut db = ctx.open()?;
    let connected = start.elapsed();
    let trips = round_trips(&mut db)?;
    let asked = Timestamp::now();
    let (facts, limits) =
        tx::read(&mut db, |conn| Ok((server::facts(conn)?, server::limits(conn)?)))?;
    let skew = Skew::new(asked, Timestamp::now(), server::timestamp(facts.clock_us));
    let mode = mode(&mut db);
    let tables = tables(&mut db)?;
    let migrations = migrations(&mut db)?;
    let view = CheckView {
        checks: vec![
            reach(&db, connected),
            Check::ok("round trip", round_trip_text(&trips)),
            version(&facts, &db),
            tls(&facts),
            role(&facts, &db),
            rights(&limits, &db, tables),
            limits_of(&limits),
            policies(&limits),
            messages(&db),
            encoding(&facts),
            schema(&db),
            clock(skew),
            pooler(ctx, &db),
            mode,
            extensions(&facts),
            migrations,
        ],
    };
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(view.checks.iter().any(|check| check.status == Status::Fail)))
}

fn round_trips(db: &mut Db) -> anyhow::Result<Vec<Duration>> {
    let mut trips = Vec::new();
    for _ in 0..PROBES {
        let start = Instant::now();
        server::ping(&mut db.conn)?;
        trips.push(start.elapsed());
    }
    trips.sort();
    Ok(trips)
}

fn reach(db: &Db, connected: Duration) -> Check {
    let place = db.target.describe();
    Check::ok("connection", format!("{place} in {}", human::duration(connected)))
}

fn round_trip_text(trips: &[Duration]) -> String {
    let text = |trip: Option<&Duration>| trip.copied().map(human::duration).unwrap_or_default();
    format!(
        "{} median, {} worst of {}",
        text(trips.get(trips.len() / 2)),
        text(trips.last()),
        trips.len()
    )
}

fn version(facts: &Facts, db: &Db) -> Check {
    match engine::objection(db.server.version_num, &db.server.version) {
        None => Check::ok("server", format!("PostgreSQL {}", facts.version)),
        Some(why) => Check::fail("server", why),
    }
}

fn schema(db: &Db) -> Check {
    match db.require_schema() {
        Ok(()) => Check::ok("schema", db.target.schema()),
        Err(failure) => {
            Check::fail("schema", format!("{}: {}", failure.what, failure.hint.unwrap_or_default()))
        }
    }
}

fn tls(facts: &Facts) -> Check {
    match &facts.tls {
        Some(protocol) => Check::ok("encryption", protocol.clone()),
        None if facts.is_socket => Check::ok("encryption", "none needed: a unix socket"),
        None => Check::warn("encryption", "none: set sslmode=require or verify-full in the URL"),
    }
}

fn role(facts: &Facts, db: &Db) -> Check {
    let mut rights = Vec::new();
    if facts.is_superuser {
        rights.push("superuser");
    }
    if facts.is_owner {
        rights.push("owns the database");
    }
    rights.push(if db.server.may_create { "may migrate" } else { "may not create tables" });
    Check::ok("role", format!("{}: {}", facts.role, rights.join(", ")))
}

/// What an administrator would have to grant, and what fails without.
fn rights(limits: &RoleLimits, db: &Db, mut missing: Vec<String>) -> Check {
    let (role, schema) = (quote_identifier(&db.server.role), quote_identifier(db.target.schema()));
    if !db.server.may_create {
        missing.push(format!("db migrate needs GRANT CREATE ON SCHEMA {schema} TO {role}"));
    }
    if !limits.may_create_databases {
        missing.push(format!(
            "db restore and db backup verify --level 3 need ALTER ROLE {role} CREATEDB"
        ));
    }
    if !limits.may_create_roles {
        missing.push(format!("db access grant-roles needs ALTER ROLE {role} CREATEROLE"));
    }
    if !limits.not_dumped.is_empty() {
        let tables = human::listed(&limits.not_dumped, MOST_NAMED);
        missing.push(format!("db backup fails: this role doesn't see all of {tables}"));
    }
    match missing.as_slice() {
        [] => Check::ok("rights", "may create tables, databases and roles"),
        _ => Check::warn("rights", missing.join("; ")),
    }
}

/// The rights on tables of the inbox that are lacking.
fn tables(db: &mut Db) -> anyhow::Result<Vec<String>> {
    let ours = Fingerprint::embedded()?.catalog.tables;
    let ours = || ours.iter().filter(|table| table.partition_of.is_none());
    let changed: Vec<_> =
        ours().map(|table| (table.name.as_str(), grants::administered(&table.name))).collect();
    let read: Vec<_> = ours().map(|table| (table.name.as_str(), &["SELECT"][..])).collect();
    let (to_change, to_read, nothing_changes) = tx::read(db, |conn| {
        let to_change = lacking::grants(conn, &changed)?;
        Ok((to_change, lacking::grants(conn, &read)?, !lacking::has_any(conn, &changed)?))
    })?;
    let fails = |what: &str, grants: Vec<String>| {
        Some(format!("{what} without {}", grants.join("; "))).filter(|_| !grants.is_empty())
    };
    let what = if nothing_changes { "every change fails" } else { "some changes fail" };
    Ok([fails(what, to_change), fails("what reads there fails", to_read)]
        .into_iter()
        .flatten()
        .collect())
}

fn limits_of(limits: &RoleLimits) -> Check {
    let mut found = Vec::new();
    for (whose, most) in
        [("role", limits.role_connections), ("database", limits.database_connections)]
    {
        if most >= 0 {
            let few = if most < 3 { ": backups and merges work with fewer at a time" } else { "" };
            found.push(format!("the {whose} may have {most} connections{few}"));
        }
    }
    if !limits.timeouts.is_empty() {
        let all = limits.timeouts.join(", ");
        found.push(format!("{all}: a session that waits for an answer or a lock may be ended"));
    }
    match found.as_slice() {
        [] => Check::ok("limits", "none"),
        _ => Check::warn("limits", found.join("; ")),
    }
}

fn policies(limits: &RoleLimits) -> Check {
    match limits.hidden.as_slice() {
        [] => Check::ok("row security", "hides nothing from this role"),
        tables => {
            let way_out = match limits.hides_from_owner {
                true => "a role with BYPASSRLS: owners are bound too where it is FORCEd",
                false => "the owner, or as a role with BYPASSRLS",
            };
            let tables = tables.join(", ");
            Check::warn(
                "row security",
                format!(
                    "policies hide rows of {tables}: what deletes or merges there refuses; \
                     connect as {way_out}"
                ),
            )
        }
    }
}

fn messages(db: &Db) -> Check {
    let server = &db.server;
    match server.speaks_english() {
        true => Check::ok("messages", "English"),
        false => Check::warn(
            "messages",
            format!(
                "lc_messages = {}: in a language that PostgreSQL is newly translated into, errors \
                 may not be recognised",
                server.lc_messages
            ),
        ),
    }
}

fn encoding(facts: &Facts) -> Check {
    let text = format!("{} in {}", facts.encoding, facts.database);
    if facts.encoding == "UTF8" {
        Check::ok("database", text)
    } else {
        Check::fail("database", format!("{text}: names and messages need UTF8"))
    }
}

fn clock(skew: Skew) -> Check {
    let ahead = if skew.ahead.is_negative() { "behind" } else { "ahead" };
    let text = format!("the server is {} {ahead}", human::duration(skew.ahead.unsigned_abs()));
    if skew.is_wrong() { Check::fail("clock", text) } else { Check::ok("clock", text) }
}

fn pooler(ctx: &Context, db: &Db) -> Check {
    if db.pooled {
        Check::warn(
            "pooler",
            match ctx.config.direct_url {
                Some(_) => "in between: commands that take session locks use DIRECT_URL",
                None => "in between: commands that take session locks will refuse",
            },
        )
    } else {
        Check::ok("pooler", "none")
    }
}

fn mode(db: &mut Db) -> Check {
    match db.require_writes() {
        Ok(()) => Check::ok("mode", "primary, accepts writes"),
        Err(error) => Check::warn("mode", format!("every change fails: {}", in_a_line(&error))),
    }
}

fn extensions(facts: &Facts) -> Check {
    let none = facts.extensions.is_empty();
    Check::ok("extensions", if none { String::from("none") } else { facts.extensions.join(", ") })
}

fn in_a_line(error: &anyhow::Error) -> String {
    let failure = error::explain(error);
    let parts = [Some(failure.what), failure.why, failure.hint];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn migrations(db: &mut Db) -> anyhow::Result<Check> {
    if let (true, Err(failure)) = (db.server.has_schema, db.require_schema()) {
        return Ok(Check::new("migrations", Status::Unknown, failure.what));
    }
    let known = whose::origin(db).and_then(|origin| Ok((origin, applied::history(db)?)));
    let (origin, history) = match known {
        // What the role may not read is no fault of the database.
        Err(error) if tx::is_hidden(&error) => {
            let error = denied::explain_on(db, error);
            return Ok(Check::new("migrations", Status::Unknown, in_a_line(&error)));
        }
        known => known?,
    };
    // The inbox may be elsewhere: another program's database is no fault of its own.
    if let Origin::Foreign(foreign) = origin {
        return Ok(Check::warn("migrations", format!("no inbox here: {}", foreign.describe())));
    }
    Ok(match history.iter().filter(|entry| entry.state.is_trouble()).count() {
        0 => Check::ok("migrations", "up to date"),
        trouble => Check::fail(
            "migrations",
            format!("{trouble} pending or in trouble: see `inboxctl db status`"),
        ),
    })
}

#[derive(Debug, Serialize)]
struct Check {
    check: &'static str,
    status: Status,
    detail: String,
}

impl Check {
    fn new(check: &'static str, status: Status, detail: impl Into<String>) -> Check {
        Check { check, status, detail: detail.into() }
    }

    fn ok(name: &'static str, detail: impl Into<String>) -> Check {
        Check::new(name, Status::Ok, detail)
    }

    fn warn(name: &'static str, detail: impl Into<String>) -> Check {
        Check::new(name, Status::Warn, detail)
    }

    fn fail(name: &'static str, detail: impl Into<String>) -> Check {
        Check::new(name, Status::Fail, detail)
    }
}

#[derive(Debug, Serialize)]
struct CheckView {
    checks: Vec<Check>,
}

impl Tabular for CheckView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("check"),
            Column::left("status"),
            Column::left("what was found"),
        ]);
        for check in &self.checks {
            let tone = match check.status {
                Status::Ok => Tone::Good,
                Status::Warn => Tone::Warn,
                Status::Fail => Tone::Bad,
                Status::Unknown => Tone::Dim,
            };
            let status = Cell::toned(check.status.as_str(), tone);
            grid.row(vec![check.check.into(), status, check.detail.as_str().into()]);
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("checks")
    }
}
