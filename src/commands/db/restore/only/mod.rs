//! `db restore --only`: one contact with all that belongs to it, or the rows of one table, out of a
//! backup into the live database.

mod table_view;
mod view;
mod wanted;
mod work;

use std::time::Instant;

use serde_json::json;

use self::view::OnlyView;
use self::wanted::Wanted;
use self::work::Work;
use super::{RestoreArgs, require_whole};
use crate::commands::db::backup::contents::Findings;
use crate::commands::db::backup::rehearsal;
use crate::commands::db::backup::source::Source;
use crate::commands::db::erased_list::ErasedList;
use crate::commands::db::{scratch, whose};
use crate::commands::denied;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::environment::Environment;
use crate::domain::only::Only;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::strangers::OwnCode;
use crate::store::{server, tx};
use crate::ui::human;

pub(super) fn run(
    ctx: &Context,
    args: &RestoreArgs,
    source: &Source,
    only: &Only,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let mut db = ctx.connect()?;
    whose::require_inbox(&mut db)?;
    let right = match only {
        Only::Contact(_) => Right::Contacts,
        Only::Table(_) => Right::Schema,
    };
    let actor = ctx.actor_unless(args.dry_run, &mut db, right)?;
    if let Only::Table(name) = only {
        wanted::require_table(&mut db, name)?;
    }
    let is_production =
        tx::read(&mut db, |conn| Ok(ctx.environment(conn)?))? == Environment::Production;
    require_answer(ctx, args, source, is_production)?;
    scratch::require(&mut db)?;
    require_whole(ctx, source)?;
    let schema = db.target.schema().to_owned();
    let base = server::database_name(&mut db.conn)?;
    // It would only wait while the backup is restored.
    drop(db);
    let may_run = args.yes || args.trust_functions;
    let (fresh, found) = rehearsal::restored(ctx, source, &base, may_run)?;
    require_restored(source, only, found)?;
    let mut backup = fresh.target().with_schema(schema).open()?;
    backup.set_timeouts(0, 0)?;
    let wanted = Wanted::find(ctx, &mut backup, source, only)?;
    let mut db = ctx.connect()?;
    let mut list = ErasedList::new(&db.target);
    list.read_live(ctx, &mut db)?;
    let list = list.beside(source)?;
    wanted.require_alive(&mut db, list)?;
    let work = Work::new(ctx, &mut db, wanted, list.own_ids(), args.overwrite)?;
    let own_code = match args.trust_functions {
        true => OwnCode::default(),
        false => work.judge(&mut db)?,
    };
    let mut view = OnlyView::new(source, only, work.contact, args.overwrite);
    view.tables = work.look(&mut db, &mut backup)?;
    let actor = match actor {
        Some(actor) if view.rows_to_write() > 0 => actor,
        _ => {
            view.is_over(args.dry_run, start);
            ctx.ui.show(&view)?;
            let failure = view.failure().filter(|_| !args.dry_run);
            return failure.map_or(Ok(Outcome::Done), |failure| Err(failure.into()));
        }
    };
    require_rights(&mut db, &view, &work)?;
    let consent = ask(ctx, &mut db, args, &view, is_production)?;
    let details = |view: &OnlyView| details(source, view);
    let bring = Bring { actor: &actor, consent: consent.as_ref(), own_code: &own_code };
    bring.all(&work, &mut db, &mut backup, &mut view, details)?;
    view.is_over(false, start);
    ctx.ui.show(&view)?;
    view.failure().map_or(Ok(Outcome::Done), |failure| Err(failure.into()))
}

/// Where nobody can be asked later, a missing flag must not cost an hour first.
fn require_answer(
    ctx: &Context,
    args: &RestoreArgs,
    source: &Source,
    is_production: bool,
) -> Result<(), Failure> {
    if args.dry_run || args.yes || ctx.ui.can_ask() || !(args.overwrite || is_production) {
        return Ok(());
    }
    let what = match args.overwrite {
        true => format!("overwrite rows by those of {}", source.name()),
        false => format!("bring rows of {} back into a production database", source.name()),
    };
    ctx.consent_here(&what, false).map(drop)
}

/// That all of it came out, and that credentials which come back can be opened here.
fn require_restored(source: &Source, only: &Only, found: Findings) -> Result<(), Failure> {
    if !found.problems.is_empty() {
        return Err(Failure::failed(format!("{} was not restored", source.name()))
            .why(found.problems.join("; "))
            .hint("what was made for it was dropped again; nothing else was touched"));
    }
    let is_of_credentials = matches!(only, Only::Table(name) if name.table == "integrations");
    match found.unopened.filter(|_| is_of_credentials) {
        None => Ok(()),
        Some(unopened) => Err(Failure::refused("credentials of the backup can't come back as they are")
            .why(unopened.why())
            .hint("name the keyring that has their key, or set them anew: `inboxctl integrations credentials set`")),
    }
}

/// Says before any work what this role may not write.
fn require_rights(db: &mut Db, view: &OnlyView, work: &Work<'_>) -> anyhow::Result<()> {
    let wanted: Vec<(&str, &[&str])> = view
        .tables
        .iter()
        .filter_map(|table| {
            let relation = work.relation(&table.table)?;
            let rights: &[&str] = match (table.inserted > 0, table.overwritten + table.filled > 0) {
                (true, true) => &["SELECT", "INSERT", "UPDATE"],
                (true, false) => &["SELECT", "INSERT"],
                (false, true) => &["SELECT", "UPDATE"],
                (false, false) => return None,
            };
            Some((relation, rights))
        })
        .collect();
    denied::require_on(db, "bring these rows back", &wanted)
}

/// What only adds needs nobody's consent, but in production, or where it sends something at once.
fn ask(
    ctx: &Context,
    db: &mut Db,
    args: &RestoreArgs,
    view: &OnlyView,
    is_production: bool,
) -> Result<Option<Consent>, Failure> {
    let (inserted, overwritten, due) = (view.inserted(), view.overwritten(), view.due());
    if overwritten == 0 && due == 0 && !is_production {
        return Ok(None);
    }
    let rows = |rows: u64| human::plural(rows, "row", "rows");
    let mut what = match (inserted, overwritten) {
        (0, overwritten) => format!("overwrite {}", rows(overwritten)),
        (inserted, 0) => format!("insert {}", rows(inserted)),
        (inserted, overwritten) => {
            format!("insert {} and overwrite {}", rows(inserted), rows(overwritten))
        }
    };
    what += &format!(" of {}", view.written_tables().join(", "));
    if due > 0 {
        let jobs = human::plural(due, "job which a worker runs", "jobs which workers run");
        what += &format!(", with {jobs} at once,");
    }
    ctx.consent(db, view, &what, args.yes).map(Some)
}

/// Of the entry in the audit log.
fn details(source: &Source, view: &OnlyView) -> serde_json::Value {
    let tables: serde_json::Map<String, serde_json::Value> = view
        .tables
        .iter()
        .filter(|table| table.inserted + table.overwritten > 0)
        .map(|table| {
            let counts = json!({ "inserted": table.inserted, "overwritten": table.overwritten });
            (table.table.clone(), counts)
        })
        .collect();
    json!({
        "file": source.given.file_name(),
        "backup": source.manifest.as_ref().map(|manifest| manifest.id.clone()),
        "only": view.what(),
        "tables": tables,
    })
}

struct Bring<'a> {
    actor: &'a Actor,
    consent: Option<&'a Consent>,
    own_code: &'a OwnCode,
}

impl Bring<'_> {
    /// All of it in one transaction, with its entry: it is there as a whole, or not at all.
    fn all(
        &self,
        work: &Work<'_>,
        db: &mut Db,
        backup: &mut Db,
        view: &mut OnlyView,
        details: impl Fn(&OnlyView) -> serde_json::Value,
    ) -> anyhow::Result<()> {
        tx::write(db, |conn| {
            self.own_code.hold(conn)?;
            view.tables = work.bring(conn, backup, self.consent)?;
            view.sequences_left = work.move_sequences(conn, &view.tables)?;
            if view.rows_to_write() == 0 {
                return Ok(());
            }
            let change = Change {
                action: Action::DatabaseRestoreRows,
                resource_id: None,
                details: details(view),
            };
            Ok(audit::record(conn, self.actor, &change)?)
        })
    }
}
