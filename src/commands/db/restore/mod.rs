//! `db restore`: a backup into a new database, which then takes the place of
//! the live one.

mod only;
mod plan;
mod view;
mod way;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::json;

use self::plan::Plan;
use self::view::{Left, RestoreView};
use self::way::Way;
use super::backup::entries::Entries;
use super::backup::fresh::Fresh;
use super::backup::given::{Given, ManifestArg};
use super::backup::source::{Source, damaged};
use super::erased_list::{ErasedAgain, ErasedList};
use super::{scratch, whose};
use crate::backup::stream::Kind;
use crate::commands::database_arg;
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::only::Only;
use crate::domain::origin::Origin;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Change, SchemaActor};
use crate::store::connect::Db;
use crate::store::scratch::Scratch;
use crate::store::{databases, server, sessions, tx};

#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The backup, or a plain SQL dump by pg_dump; - reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    manifest: ManifestArg,
    /// Restore into a new database of this name, and leave the live one alone
    #[arg(long, value_name = "NAME", value_parser = database_arg::new(),
          conflicts_with_all = ["confirm_db", "allow_production", "force"])]
    into: Option<String>,
    /// Bring back one contact with all that belongs to it (contacts:ID), or the rows of one table
    /// (table:NAME), into the live database; what is there already stays
    #[arg(long, value_name = "WHAT",
          conflicts_with_all = ["into", "confirm_db", "allow_production", "force", "no_owner"])]
    only: Option<Only>,
    /// With --only, overwrite rows that differ, too
    // What conflicts with --only would lift the need of it.
    #[arg(long, requires = "only",
          conflicts_with_all = ["into", "confirm_db", "allow_production", "force", "no_owner"])]
    overwrite: bool,
    /// File with the secret key of an encrypted backup
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
    /// Leave owners and privileges out, for a server without those roles; not in plain SQL
    #[arg(long)]
    no_owner: bool,
    /// Name of the live database, instead of typing it at a terminal
    #[arg(long, value_name = "NAME")]
    confirm_db: Option<String>,
    /// Replace a production database
    #[arg(long)]
    allow_production: bool,
    /// End other sessions in the live database
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    wait: LockWaitArgs,
    /// Restore with your own rights what only a superuser may make; the functions in it that run
    /// meanwhile have them too
    #[arg(long)]
    trust_functions: bool,
    /// With --only, don't ask; never enough to replace a database: use --confirm-db
    #[arg(long, short)]
    yes: bool,
    /// Check the backup, show what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(ctx: &mut Context, args: RestoreArgs) -> anyhow::Result<Outcome> {
    let given = Given::open(ctx, &args.file, &args.manifest)?;
    let source = Source::open(given, &args.identity)?;
    if args.no_owner && source.kind == Kind::Plain {
        return Err(Failure::usage("--no-owner doesn't work with a plain SQL dump")
            .why("the owners are part of the script")
            .hint("dump it again with pg_dump --no-owner, or in the custom format")
            .into());
    }
    if source.manifest.is_none() {
        ctx.ui.warn("the backup has no manifest: a changed byte in it may go unnoticed");
    }
    match (&args.only, &args.into) {
        (Some(only), _) => only::run(ctx, &args, &source, only),
        (None, Some(name)) => restore_beside(ctx, &args, &source, name),
        (None, None) => restore_over(ctx, &args, &source),
    }
}

/// Into a new database; nothing else is touched.
fn restore_beside(
    ctx: &Context,
    args: &RestoreArgs,
    source: &Source,
    name: &str,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let mut admin = scratch::admin(ctx)?;
    scratch::require(&mut admin)?;
    let entries = Entries::plan(ctx, &mut admin, source, !args.no_owner)?;
    let way = Way::plan(ctx, &mut admin, args, source, &entries)?;
    drop(admin);
    if !args.dry_run {
        way.ask(ctx, args)?;
    }
    require_whole(ctx, source)?;
    let target = ctx.target()?;
    let mut list = ErasedList::new(&target);
    // After a disaster there may be no database to be like, and nobody to ask.
    let model = match target.open() {
        Ok(mut db) => {
            list.read_live(ctx, &mut db)?;
            if !args.dry_run {
                ctx.schema_actor(&mut db)?;
            }
            server::database_name(&mut db.conn).ok()
        }
        Err(_) => None,
    };
    let model = model.unwrap_or_else(|| String::from("postgres"));
    if args.dry_run {
        let view = Plan {
            dry_run: true,
            file: source.name().to_owned(),
            into: name.to_owned(),
            environment: None,
            place: None,
            former: None,
            other_inboxes: Vec::new(),
            sessions: Vec::new(),
            own: way.own_rights(),
            erased_contacts: list.beside(source)?.len(),
        };
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    let mut fresh = way.make(ctx, args, name, &model)?;
    require_free(&mut fresh, name)?;
    let unopened = way.fill(&mut fresh, source, &entries)?;
    let actor = ctx.schema_actor(&mut fresh.target().open()?)?;
    let is_ours = record(&fresh, source, &actor)?;
    let erased = erase_again(ctx, source, &mut list, &fresh, &actor, is_ours)?;
    let unfilled = way.hand_over(ctx, &mut fresh, source, is_ours)?;
    if let Err(error) = fresh.scratch.keep_as(name) {
        return Err(taken(&mut fresh.scratch, name, error.into()));
    }
    let left = Left::new(entries.for_administrators(ctx, source)?, unfilled, unopened);
    RestoreView::new(source, name, None, left, erased, start).show(ctx)
}

fn require_free(fresh: &mut Fresh<'_>, name: &str) -> anyhow::Result<()> {
    if databases::exists(&mut fresh.scratch.admin.conn, name)? {
        return Err(Failure::refused(format!("there is a database {name} already"))
            .why("a backup is only restored into a new one")
            .hint("name another")
            .into());
    }
    Ok(())
}

/// In place of the live database, which stays under another name.
fn restore_over(ctx: &Context, args: &RestoreArgs, source: &Source) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let _turn = if args.dry_run { None } else { Some(turn(ctx, args)?) };
    let mut db = ctx.connect_anywhere()?;
    let at = server::now(&mut db.conn)?;
    let mut plan = Plan::read(ctx, &mut db, source, at)?;
    scratch::require(&mut db)?;
    scratch::require_owner(&mut db)?;
    let entries = Entries::plan(ctx, &mut db, source, !args.no_owner)?;
    let way = Way::plan(ctx, &mut db, args, source, &entries)?;
    plan.own = way.own_rights();
    let mut list = ErasedList::new(&db.target);
    list.read_live(ctx, &mut db)?;
    plan.erased_contacts = list.beside(source)?.len();
    if args.dry_run {
        require_whole(ctx, source)?;
        ctx.ui.show(&plan)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.schema_actor(&mut db)?;
    plan.place = Some(ctx.place(&mut db)?);
    // Its session would be in the way of the new name.
    drop(db);
    plan.guard(args)?;
    way.ask(ctx, args)?;
    // Where nobody can be asked later, a missing flag must not cost an hour first.
    let early = args.confirm_db.is_some() || !ctx.ui.can_ask();
    let consent = if early { Some(plan.ask(ctx, args)?) } else { None };
    require_whole(ctx, source)?;
    let mut fresh = way.make(ctx, args, &plan.into, &plan.into)?;
    ctx.ui.status(format!("restoring into {}", fresh.scratch.name));
    let unopened = way.fill(&mut fresh, source, &entries)?;
    if let (None, Some(unopened)) = (&consent, &unopened) {
        ctx.ui.warn(format!("not every credential of the backup opens: {unopened}"));
    }
    let is_ours = record(&fresh, source, &actor)?;
    let consent = match consent {
        Some(consent) => consent,
        None => plan.ask(ctx, args)?,
    };
    let erased = erase_again(ctx, source, &mut list, &fresh, &actor, is_ours)?;
    let unfilled = way.hand_over(ctx, &mut fresh, source, is_ours)?;
    swap(ctx, &mut fresh.scratch, &plan, args.force, &consent)?;
    let left = Left::new(entries.for_administrators(ctx, source)?, unfilled, unopened);
    RestoreView::new(source, &plan.into, plan.former.clone(), left, erased, start).show(ctx)
}

/// One after another: two would take the same name for what they replace, and each would be in the
/// other's way.
fn turn(ctx: &Context, args: &RestoreArgs) -> anyhow::Result<Db> {
    let name = match ctx.target()?.database() {
        Some(name) => name.to_owned(),
        None => server::database_name(&mut ctx.connect_anywhere()?.conn)?,
    };
    ctx.hold_to_replace(scratch::admin(ctx)?, &name, args.wait.lock_wait)
}

/// With whom was erased while the backup was being restored.
fn erase_again(
    ctx: &Context,
    source: &Source,
    list: &mut ErasedList,
    fresh: &Fresh<'_>,
    actor: &SchemaActor,
    is_ours: bool,
) -> anyhow::Result<ErasedAgain> {
    // After a disaster there is nobody to ask.
    if let Ok(mut live) = ctx.target()?.open() {
        list.read_live(ctx, &mut live)?;
    }
    let list = list.beside(source)?;
    list.apply(ctx, fresh.target(), actor, is_ours)
}

fn require_whole(ctx: &Context, source: &Source) -> anyhow::Result<()> {
    match source.read_through(ctx)? {
        problems if problems.is_empty() => Ok(()),
        problems => Err(damaged(source.name(), &problems).into()),
    }
}

/// In the restored database, as the first entry after those of the backup, by who restored it; one
/// that isn't an inbox has no log of ours, which is the answer.
fn record(fresh: &Fresh<'_>, source: &Source, actor: &SchemaActor) -> anyhow::Result<bool> {
    let mut db = fresh.target().open()?;
    if whose::origin(&mut db)? != Origin::Ours {
        return Ok(false);
    }
    let backup = source.manifest.as_ref().map(|manifest| manifest.id.clone());
    let file = source.given.file_name();
    tx::write(&mut db, |conn| {
        let actor = actor.resolve(conn)?;
        let change = Change {
            action: Action::DatabaseRestore,
            resource_id: None,
            details: json!({ "file": file, "backup": backup }),
        };
        Ok(audit::record_if_possible(conn, &actor, &change)?)
    })?;
    Ok(true)
}

/// What became of a name that another restore took meanwhile.
fn taken(scratch: &mut Scratch, name: &str, error: anyhow::Error) -> anyhow::Error {
    match databases::exists(&mut scratch.admin.conn, name) {
        Ok(true) => Failure::busy(format!("there is a database {name} by now"))
            .why("another restore was faster; nothing was replaced by this one")
            .hint("look at what it restored, and run this again if it is still wanted")
            .into(),
        _ => error,
    }
}

/// An application that connects again at once is ended so often.
const ATTEMPTS: u32 = 20;

fn swap(
    ctx: &Context,
    fresh: &mut Scratch,
    plan: &Plan,
    force: bool,
    consent: &Consent,
) -> anyhow::Result<()> {
    let former = plan.former.as_deref().unwrap_or_default();
    for attempt in 1.. {
        let name = fresh.name.clone();
        let others = sessions::of_database(&mut fresh.admin.conn, &plan.into)?;
        if !others.is_empty() && force {
            sessions::terminate(&mut fresh.admin.conn, &others, consent)?;
        }
        let swapped = tx::once(&mut fresh.admin, |conn| {
            databases::copy_properties(conn, &plan.into, &name)?;
            Ok(databases::swap(conn, &plan.into, &name, former, consent)?)
        });
        match swapped {
            Ok(()) => {
                fresh.release();
                return Ok(());
            }
            Err(error) if !databases::is_in_use(&error) => return Err(taken(fresh, former, error)),
            Err(error) if !force || attempt == ATTEMPTS => {
                return Err(Failure::busy(format!("the database {} is in use", plan.into))
                    .why(error.to_string())
                    .hint("nothing was replaced; stop the application, or end its sessions with --force")
                    .into());
            }
            Err(_) => ctx.pause(Duration::from_millis(50))?,
        }
    }
    Ok(())
}
