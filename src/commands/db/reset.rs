//! `db reset`: drops everything, migrates, seeds if asked.

use clap::Args;
use diesel::PgConnection;
use serde::Serialize;
use serde_json::json;

use super::migrate::{self, MigrateView};
use super::rollback::{Loss, describe_losses, loss_grid};
use super::runner::{Runner, WaitArgs};
use super::seed::{self, Profile, SeedArgs, SeedView};
use super::{access, applied, whose};
use crate::context::{Context, describe_session};
use crate::domain::consent::Consent;
use crate::domain::environment::Environment;
use crate::domain::schema_diff::{self, Addition, Catalog, Dependent, Obstacles, Options};
use crate::domain::{history, origin};
use crate::error::{Failure, Outcome};
use crate::store::audit::SchemaActor;
use crate::store::connect::Db;
use crate::store::fingerprint::Fingerprint;
use crate::store::sessions::{self, Session};
use crate::store::{
    self, catalog, catalog_snapshot, dependents, ledger, migrations, resets, server, settings, tx,
};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct ResetArgs {
    /// Seed afterwards with this profile
    #[arg(
        long,
        value_enum,
        value_name = "PROFILE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "base"
    )]
    seed: Option<Profile>,
    /// Name of the database, instead of typing it at a terminal
    #[arg(long, value_name = "NAME")]
    confirm_db: Option<String>,
    /// Reset a production database
    #[arg(long)]
    allow_production: bool,
    /// End other sessions in this database, and drop what inboxctl never made too
    #[arg(long)]
    force: bool,
    /// Is never enough for a reset: use --confirm-db
    #[arg(long, short, hide = true)]
    yes: bool,
    /// Show what would go and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    wait: WaitArgs,
}

pub fn run(ctx: &mut Context, args: ResetArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    whose::require_inbox(&mut db)?;
    if let Some(failure) = whose::no_room(&mut db)? {
        return Err(failure.into());
    }
    let plan = Plan::read(ctx, &mut db)?;
    if args.dry_run {
        ctx.ui.show(&plan)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.schema_actor(&mut db)?;
    ctx.guard_production("reset", &plan.database, plan.environment, args.allow_production)?;
    plan.guard(&args)?;
    if args.confirm_db.is_none() && ctx.ui.can_ask() {
        ctx.ui.preview(&plan);
    }
    let consent = ctx.ui.consent_by_name(
        &format!("reset the database, dropping {}", describe_losses(&plan.tables)),
        Some(&ctx.place(&mut db)?),
        &plan.database,
        "--confirm-db",
        args.confirm_db.as_deref(),
        &|| ctx.interrupted(),
    )?;
    let mut runner = Runner::on(ctx, db, args.wait)?;
    drop_everything(&mut runner.db, &plan, &actor, &consent)?;
    ctx.ui.status(format!("dropped {}", describe_losses(&plan.tables)));
    let applied = migrate::apply(ctx, runner, migrate::Told::Each, |entries| {
        history::plan(entries, None, false).map_err(|blocked| applied::blocked(&blocked))
    })?;
    let mut view = ResetView {
        database: plan.database,
        environment: plan.environment,
        dropped: plan.tables,
        migrated: applied.view,
        seeded: None,
    };
    if let Some(profile) = args.seed
        && applied.outcome == Outcome::Done
    {
        let seed = SeedArgs {
            profile,
            seed: 1,
            as_of: None,
            allow_existing: false,
            // The reset was agreed to.
            allow_production: true,
            yes: true,
        };
        view.seeded = Some(seed::load(ctx, &mut ctx.connect()?, &seed)?);
    }
    ctx.ui.show(&view)?;
    Ok(applied.outcome)
}

fn drop_everything(
    db: &mut Db,
    plan: &Plan,
    actor: &SchemaActor,
    consent: &Consent,
) -> anyhow::Result<()> {
    let sessions = sessions::others(&mut db.conn)?;
    if !plan.sessions.is_empty() {
        sessions::terminate(&mut db.conn, &sessions, consent)?;
    }
    // In one transaction: a reset that is killed leaves everything or nothing.
    tx::write(db, |conn| {
        let rights = access::before(conn)?;
        catalog::drop_everything(conn, consent)?;
        migrations::setup(conn)?;
        if let Some(rights) = rights {
            access::follow(conn, &rights)?;
        }
        settings::delete(conn, seed::SAMPLES_KEY)?;
        // Its entry is the first one of the new audit log, which the migrations make.
        resets::owe_entry(conn, actor, &json!(plan.tables))?;
        Ok(ledger::record_reset(conn, &actor.name)?)
    })
}

/// So many of what is in the way are named; the dry run names all.
const NAMED: usize = 8;

/// Another session in the database.
#[derive(Debug, Serialize)]
struct Connected {
    pid: i32,
    user: Option<String>,
    application: Option<String>,
    state: Option<String>,
    #[serde(skip)]
    description: String,
}

impl Connected {
    fn new(session: &Session) -> Connected {
        Connected {
            pid: session.pid,
            user: session.user.clone(),
            application: session.application.clone(),
            state: session.state.clone(),
            description: describe_session(session),
        }
    }
}

/// What stands before the reset.
#[derive(Debug, Serialize)]
struct Plan {
    dry_run: bool,
    database: String,
    environment: Environment,
    tables: Vec<Loss>,
    sessions: Vec<Connected>,
    /// What other schemas would lose.
    dependents: Vec<String>,
    /// What inboxctl never made, and would drop too.
    not_ours: Vec<String>,
}

impl Plan {
    fn read(ctx: &Context, db: &mut Db) -> anyhow::Result<Plan> {
        let ours = Fingerprint::embedded()?.catalog;
        tx::read(db, |conn| {
            // Our books stay.
            let is_lost =
                |one: &Dependent| !one.is_here && !origin::BOOKS.contains(&one.on_table.as_str());
            let outside: Vec<Dependent> =
                dependents::read(conn)?.into_iter().filter(is_lost).collect();
            let mut tables = Vec::new();
            for size in catalog::table_sizes(conn, catalog::Partitions::RolledUp)? {
                if !origin::BOOKS.contains(&size.name.as_str())
                    && let Some(count) = catalog::rows_at_stake(conn, &size.name)?
                {
                    tables.push(Loss::new(size.name, count));
                }
            }
            Ok(Plan {
                dry_run: true,
                database: server::database_name(conn)?,
                environment: ctx.environment(conn)?,
                tables,
                sessions: sessions::others(conn)?.iter().map(Connected::new).collect(),
                dependents: schema_diff::titles(outside.iter().filter(|one| !one.is_detached())),
                not_ours: not_ours(conn, &ours, &outside)?,
            })
        })
    }

    fn guard(&self, args: &ResetArgs) -> Result<(), Failure> {
        let refused = |why: String, hint: &str| {
            Err(Failure::refused(format!("will not reset the database {}", self.database))
                .why(why)
                .hint(hint))
        };
        if !self.dependents.is_empty() {
            return refused(
                format!("other schemas hang on it: {}", human::listed(&self.dependents, NAMED)),
                "drop those first",
            );
        }
        if !self.not_ours.is_empty() && !args.force {
            return refused(
                format!("inboxctl never made these: {}", human::listed(&self.not_ours, NAMED)),
                "move them to a schema of their own first, or drop them too with --force",
            );
        }
        if !self.sessions.is_empty() && !args.force {
            let sessions: Vec<&str> =
                self.sessions.iter().map(|session| session.description.as_str()).collect();
            return refused(
                format!("other sessions are connected: {}", sessions.join("; ")),
                "stop the application first, or end its sessions with --force",
            );
        }
        Ok(())
    }
}

/// What inboxctl never made: in its schema, on its tables, or that refers to those by name.
fn not_ours(
    conn: &mut PgConnection,
    ours: &Catalog,
    outside: &[Dependent],
) -> anyhow::Result<Vec<String>> {
    /// What is a part of a table or a type; whole objects are told by their names.
    const PARTS: [&str; 9] = [
        "column",
        "default",
        "constraint",
        "index",
        "trigger",
        "policy",
        "rule",
        "row security",
        "enum value",
    ];
    let found = catalog_snapshot::read(conn)?;
    let options = Options { privileges: false, obstacles: &Obstacles::default() };
    let added = schema_diff::compare(ours, &found, options).not_ours;
    let parts = added.iter().filter(|one| PARTS.contains(&one.kind)).map(Addition::title);
    let whole = origin::not_ours(&store::origin::look(conn)?, ours);
    let detached = schema_diff::titles(outside.iter().filter(|one| one.is_detached()));
    Ok(whole.into_iter().chain(parts).chain(detached).collect())
}

impl Tabular for Plan {
    fn blocks(&self) -> Vec<Block> {
        let mut facts = Grid::facts([
            ("database", Cell::new(&self.database)),
            ("environment", Cell::new(self.environment.as_str())),
        ]);
        for dependent in &self.dependents {
            facts.note(format!("In the way: {dependent}"));
        }
        for name in &self.not_ours {
            facts.note(format!("Not ours, and dropped only with --force: {name}"));
        }
        let mut blocks = vec![Block::Grid(facts), Block::Grid(loss_grid(&self.tables, true))];
        if !self.sessions.is_empty() {
            let mut grid = Grid::new(vec![
                Column::right("pid"),
                Column::left("user"),
                Column::left("application"),
                Column::left("state"),
            ]);
            for session in &self.sessions {
                grid.row(vec![
                    session.pid.to_string().into(),
                    session.user.clone().unwrap_or_default().into(),
                    session.application.clone().unwrap_or_default().into(),
                    Cell::toned(session.state.clone().unwrap_or_default(), Tone::Warn),
                ]);
            }
            let others =
                human::plural(self.sessions.len() as u64, "other session is", "other sessions are");
            grid.note(format!("{others} connected; --force ends them."));
            blocks.push(Block::Grid(grid));
        }
        blocks
    }
}

#[derive(Debug, Serialize)]
struct ResetView {
    database: String,
    environment: Environment,
    dropped: Vec<Loss>,
    migrated: MigrateView,
    seeded: Option<SeedView>,
}

impl Tabular for ResetView {
    fn blocks(&self) -> Vec<Block> {
        let mut summary = format!(
            "Reset the {} database {}: dropped {}, applied {}.",
            self.environment,
            self.database,
            describe_losses(&self.dropped),
            human::plural(self.migrated.applied.len() as u64, "migration", "migrations")
        );
        if self.seeded.is_none() {
            summary.push_str("\nIt is empty now; `inboxctl db seed` fills it.");
        }
        let mut blocks = vec![Block::Text(summary)];
        if let Some(seeded) = &self.seeded {
            blocks.extend(seeded.blocks());
        }
        blocks
    }
}
