//! `db seed`.

use std::time::Instant;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::whose;
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::environment::Environment;
use crate::domain::sample::Sample;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Change, SchemaActor};
use crate::store::connect::Db;
use crate::store::lock::{self, Key};
use crate::store::seed::{self, Added};
use crate::store::{server, settings, tx};
use crate::ui::{Block, Column, Grid, Tabular, human, millis};

#[derive(Debug, Clone, Args)]
pub struct SeedArgs {
    /// How much to add
    #[arg(long = "size", id = "size", value_enum, value_name = "SIZE", default_value_t)]
    pub profile: Profile,
    /// Number that the sample is made from: the same number, the same rows
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Date that the sample ends at, instead of today
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Add a sized profile to a database that holds other contacts
    #[arg(long)]
    pub allow_existing: bool,
    /// Add sample rows to a production database
    #[arg(long)]
    pub allow_production: bool,
    /// Don't ask before a production database gets them; for scripts
    #[arg(long, short)]
    pub yes: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// Users, templates, integrations and a few conversations
    #[default]
    Base,
    /// Base and 1,000 contacts
    Small,
    /// Base and 50,000 contacts
    Medium,
    /// Base and 1,000,000 contacts
    Large,
}

impl Profile {
    fn contacts(self) -> u64 {
        match self {
            Profile::Base => 0,
            Profile::Small => 1_000,
            Profile::Medium => 50_000,
            Profile::Large => 1_000_000,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Profile::Base => "base",
            Profile::Small => "small",
            Profile::Medium => "medium",
            Profile::Large => "large",
        }
    }
}

/// A sample that was loaded, as `inboxctl_settings` keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Loaded {
    profile: String,
    seed: u64,
    contacts: u64,
    as_of: Timestamp,
}

/// The setting that lists the samples that were loaded.
pub const SAMPLES_KEY: &str = "samples";

pub fn run(ctx: &mut Context, args: SeedArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    whose::require_inbox(&mut db)?;
    guard(ctx, &mut db, &args)?;
    let view = load(ctx, &mut db, &args)?;
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// Rows that nobody wrote, and users with rights, must not get into production unasked.
fn guard(ctx: &Context, db: &mut Db, args: &SeedArgs) -> anyhow::Result<()> {
    let (database, environment) =
        tx::read(db, |conn| Ok((server::database_name(conn)?, ctx.environment(conn)?)))?;
    ctx.guard_production("seed", &database, environment, args.allow_production)?;
    if environment == Environment::Production {
        let profile = args.profile.to_possible_value();
        let what = profile.as_ref().and_then(|value| value.get_help());
        let plan = Block::Text(format!(
            "The {} profile: {}. Users with the roles ADMIN, EDITOR and VIEWER are among the base rows.",
            args.profile.as_str(),
            what.map(ToString::to_string).unwrap_or_default(),
        ));
        let question = format!("add the {} sample rows", args.profile.as_str());
        ctx.consent(db, &plan, &question, args.yes)?;
    }
    Ok(())
}

/// Adds a profile in one transaction: all of it or nothing.
///
/// # Errors
/// Refused: the database holds contacts that no profile made.
pub fn load(ctx: &Context, db: &mut Db, args: &SeedArgs) -> anyhow::Result<SeedView> {
    let start = Instant::now();
    let actor = ctx.schema_actor(db)?;
    require_schema(db)?;
    if let Some(signal) = ctx.interrupted() {
        return Err(Failure::interrupted(signal).into());
    }
    let (added, is_new) = tx::write(db, |conn| {
        if !lock::try_acquire_for_transaction(conn, Key::Seed)? {
            return Err(Failure::busy("another session is seeding this database")
                .hint("try again when it is done")
                .into());
        }
        let mut added = seed::insert_base(conn)?;
        let is_new =
            args.profile != Profile::Base && load_sample(ctx, conn, args, &actor, &mut added)?;
        if added.iter().any(|table| table.rows > 0) {
            let rows: serde_json::Map<_, _> =
                added.iter().map(|table| (table.table.clone(), json!(table.rows))).collect();
            let details =
                json!({ "profile": args.profile.as_str(), "seed": args.seed, "rows": rows });
            let actor = actor.resolve(conn)?;
            let change = Change { action: Action::DatabaseSeed, resource_id: None, details };
            audit::record(conn, &actor, &change)?;
        }
        Ok((added, is_new))
    })
    .map_err(|error| match ctx.interrupted() {
        // The transaction is rolled back.
        Some(signal) => Failure::interrupted(signal).into(),
        None => error,
    })?;
    if is_new {
        ctx.ui.status("collecting statistics");
        tx::write(db, |conn| Ok(seed::analyze(conn)?))?;
    }
    Ok(SeedView::new(args, added, start))
}

/// The sized part. False if it is there already.
fn load_sample(
    ctx: &Context,
    conn: &mut diesel::PgConnection,
    args: &SeedArgs,
    actor: &SchemaActor,
    added: &mut Vec<Added>,
) -> anyhow::Result<bool> {
    let as_of = match args.as_of {
        Some(date) => date.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp(),
        None => seed::midnight(server::now(conn)?),
    };
    let mut loaded: Vec<Loaded> = match settings::find(conn, SAMPLES_KEY)? {
        Some(value) => serde_json::from_value(value)?,
        None => Vec::new(),
    };
    let profile = args.profile.as_str();
    if loaded.iter().any(|one| one.profile == profile && one.seed == args.seed) {
        ctx.ui.status(format!("the {profile} profile of seed {} is there already", args.seed));
        return Ok(false);
    }
    let sampled = loaded.iter().map(|one| one.contacts).sum();
    let foreign = seed::count_foreign_contacts(conn, sampled)?;
    if foreign > 0 && !args.allow_existing {
        return Err(Failure::refused(format!(
            "will not add the {profile} profile to this database"
        ))
        .why(format!(
            "it holds {} that inboxctl did not make",
            human::plural(foreign, "contact", "contacts")
        ))
        .hint("is it the right database? If so, say --allow-existing")
        .into());
    }
    let sample = Sample::new(args.profile.contacts(), args.seed, as_of, seed::base_user_ids(conn)?);
    copy(ctx, conn, &sample, added)?;
    loaded.push(Loaded {
        profile: profile.to_owned(),
        seed: args.seed,
        contacts: args.profile.contacts(),
        as_of,
    });
    settings::setup(conn)?;
    settings::upsert(conn, SAMPLES_KEY, &serde_json::to_value(&loaded)?, &actor.name)?;
    Ok(true)
}

fn copy(
    ctx: &Context,
    conn: &mut diesel::PgConnection,
    sample: &Sample,
    added: &mut Vec<Added>,
) -> anyhow::Result<()> {
    let counts = sample.counts();
    let rows = [
        ("contacts", counts.contacts),
        ("messages", counts.messages),
        ("notes", counts.notes),
        ("assignments", counts.assignments),
        ("scheduled_jobs", counts.jobs),
        ("audit_logs", counts.audit_entries),
    ];
    let progress = ctx.ui.progress("contacts", rows.iter().map(|(_, rows)| rows).sum());
    seed::copy(conn, sample, &|table, more| {
        progress.label(table);
        progress.advance(more);
        ctx.interrupted().is_none()
    })?;
    for (table, rows) in rows {
        match added.iter_mut().find(|one| one.table == table) {
            Some(one) => one.rows += rows,
            None => added.push(Added { table: table.to_owned(), rows }),
        }
    }
    Ok(())
}

fn require_schema(db: &mut Db) -> anyhow::Result<()> {
    super::whose::require_inbox(db)?;
    let entries = super::applied::history(db)?;
    match entries.iter().filter(|entry| !entry.state.is_applied()).count() {
        0 => Ok(()),
        pending => Err(Failure::failed("this database is not migrated")
            .why(format!(
                "{} pending",
                human::plural(pending as u64, "migration is", "migrations are")
            ))
            .hint("run `inboxctl db migrate` first")
            .into()),
    }
}

#[derive(Debug, Serialize)]
pub struct SeedView {
    profile: &'static str,
    seed: u64,
    tables: Vec<Row>,
    rows_added: u64,
    duration_ms: u64,
}

#[derive(Debug, Serialize)]
struct Row {
    table: String,
    rows_added: u64,
}

impl SeedView {
    fn new(args: &SeedArgs, added: Vec<Added>, start: Instant) -> SeedView {
        SeedView {
            profile: args.profile.as_str(),
            seed: args.seed,
            rows_added: added.iter().map(|table| table.rows).sum(),
            tables: added
                .into_iter()
                .map(|table| Row { table: table.table, rows_added: table.rows })
                .collect(),
            duration_ms: millis(start.elapsed()),
        }
    }
}

impl Tabular for SeedView {
    fn blocks(&self) -> Vec<Block> {
        if self.rows_added == 0 {
            return vec![Block::Text(format!(
                "The {} profile is complete: nothing was added.",
                self.profile
            ))];
        }
        let mut grid = Grid::new(vec![Column::left("table"), Column::right("rows added")]);
        for row in &self.tables {
            grid.row(vec![row.table.as_str().into(), human::count(row.rows_added).into()]);
        }
        let took = human::duration(std::time::Duration::from_millis(self.duration_ms));
        grid.note(format!(
            "Added {} of the {} profile in {took}.",
            human::plural(self.rows_added, "row", "rows"),
            self.profile
        ));
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("tables")
    }
}
