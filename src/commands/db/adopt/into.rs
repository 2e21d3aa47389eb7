//! `db adopt --into NAME`: the rehearsal, into a database of its own. The source is only read.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::credentials::{Decrypt, Sealed};
use super::done::Done;
use super::reading::{self, Decisions};
use super::rows::Manner;
use super::work::{self, Snapshot};
use crate::commands::db::backup::fresh::Fresh;
use crate::commands::db::scratch;
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::store::adopt::lent;
use crate::store::connect::Target;
use crate::store::{backups, databases, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, human, millis};

/// # Errors
/// Refused: something is undecided, or there is no room for it. Failed: a value can't be converted.
pub(super) fn run(
    ctx: &Context,
    name: &str,
    decisions: &Decisions<'_>,
    decrypt_with: Option<&str>,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let decrypt = Decrypt::with(ctx, decrypt_with)?;
    let mut db = ctx.connect()?;
    ctx.need_session(&mut db, "a copy of the database")?;
    if let Some(adopted_at) = reading::of_inbox(&mut db)? {
        return Err(of_an_inbox(name, adopted_at));
    }
    // Counting reads whole tables.
    db.set_timeouts(0, 0)?;
    let (from, started) = (db.target.clone(), db.server.started.clone());
    let progress = ctx.ui.spinner("copying");
    // Of one snapshot with what is copied: what was decided is so of these rows.
    let copied = tx::read_once(&mut db, |conn| {
        let id = backups::export_snapshot(conn, 60_000)?;
        let snapshot = Snapshot {
            of: &from,
            started: &started,
            id: &id,
            trust_functions: decisions.trust_functions,
            manner: Manner::Rehearsal,
        };
        let reading = reading::read_all(conn, &from, decisions)?;
        work::require_decided(&reading, decisions.path)?;
        let place = Room::find(ctx, name, &reading.database)?;
        work::fill(ctx, conn, &snapshot, place.target(), &reading)?;
        Ok((reading, place))
    });
    let (reading, place) = copied.map_err(|error| work::lost_or_dropped(ctx, &mut db, error))?;
    drop(progress);
    let done = work::convert(
        ctx,
        place.target(),
        &reading,
        decisions.map,
        decrypt.as_ref(),
        Manner::Rehearsal,
    )?;
    place.keep(name)?;
    let mut view = IntoView::new(name, done, start);
    view.tenant = reading.tenant.map(|tenant| tenant.id);
    ctx.ui.show(&view)?;
    view.done.outcome()
}

/// Nobody is to look for a copy that isn't there.
fn of_an_inbox(name: &str, adopted_at: Option<String>) -> anyhow::Error {
    let what = match adopted_at {
        Some(at) => format!("already adopted, since {at}; nothing was copied into {name}"),
        None => format!("already an inbox; nothing was copied into {name}"),
    };
    Failure::refused(what)
        .why("there is no application's database here any more to make an inbox of")
        .hint("name that in DATABASE_URL; `inboxctl db backup` and `inboxctl db restore FILE --into NAME` copy an inbox")
        .into()
}

/// Where it goes: a database that is made for it, or an empty one that was there.
enum Room<'a> {
    Made(Box<Fresh<'a>>),
    There(Box<Lent<'a>>),
}

/// An empty database, which is empty again unless it is kept.
struct Lent<'a> {
    ctx: &'a Context,
    target: Target,
    /// Schemas, extensions and the like, which were there before.
    before: Vec<String>,
    is_kept: bool,
}

impl<'a> Room<'a> {
    fn find(ctx: &'a Context, name: &str, source: &str) -> anyhow::Result<Room<'a>> {
        let mut admin = scratch::admin(ctx)?;
        if !databases::exists(&mut admin.conn, name)? {
            scratch::require(&mut admin)?;
            drop(admin);
            return Ok(Room::Made(Box::new(Fresh::create(ctx, name, source)?)));
        }
        let target = ctx.target()?.with_database(name);
        match tx::read(&mut target.open()?, |conn| Ok(lent::contents(conn)?))? {
            Some(before) if name != source => {
                Ok(Room::There(Box::new(Lent { ctx, target, before, is_kept: false })))
            }
            _ => Err(Failure::refused(format!("the database {name} is not empty"))
                .why("a copy is only made into a new database, or an empty one")
                .hint("name another")
                .into()),
        }
    }

    fn target(&self) -> &Target {
        match self {
            Room::Made(fresh) => &fresh.scratch.target,
            Room::There(lent) => &lent.target,
        }
    }

    fn keep(self, name: &str) -> anyhow::Result<()> {
        match self {
            Room::Made(mut fresh) => fresh.scratch.keep_as(name)?,
            Room::There(mut lent) => lent.is_kept = true,
        }
        Ok(())
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if self.is_kept {
            return;
        }
        let name = self.target.database().unwrap_or_default();
        let emptied = self
            .target
            .open()
            .map_err(anyhow::Error::from)
            .and_then(|mut db| tx::once(&mut db, |conn| Ok(lent::empty(conn, &self.before)?)));
        match emptied {
            Ok(()) => self.ctx.ui.status(format!("the database {name} is empty again")),
            Err(error) => self.ctx.ui.warn(format!(
                "the database {name} stays half filled: {error}; drop what is in it before it is named again"
            )),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct IntoView {
    pub database: String,
    /// The name of what was there before.
    pub former: Option<String>,
    /// Whose rows those are, of several.
    pub tenant: Option<String>,
    #[serde(flatten)]
    pub done: Done,
    duration_ms: u64,
}

impl IntoView {
    pub(super) fn new(name: &str, done: Done, start: Instant) -> IntoView {
        IntoView {
            database: name.to_owned(),
            former: None,
            tenant: None,
            done,
            duration_ms: millis(start.elapsed()),
        }
    }
}

impl Tabular for IntoView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("table"),
            Column::right("rows"),
            Column::right("adopted"),
            Column::right("left out"),
        ]);
        let count = |number: i64| Cell::new(human::count(number.unsigned_abs()));
        for table in &self.done.tables {
            grid.row(vec![
                table.table.into(),
                count(table.rows),
                count(table.adopted),
                count(table.left_out),
            ]);
        }
        if self.done.keys > 0 {
            let keys = human::plural(self.done.keys as u64, "foreign key", "foreign keys");
            grid.note(format!("{keys} of the application's own tables lead to these rows."));
        }
        for one in &self.done.references {
            let rows = human::plural(one.rows as u64, "row", "rows");
            grid.note(match &one.why_not {
                None => format!("{} names them without a key: {rows} follow.", one.column),
                Some(why) => format!("{} still holds the old ids: {why}", one.column),
            });
        }
        for Sealed { channel, why_not } in &self.done.credentials {
            grid.note(match why_not {
                None => format!("The credentials of {channel} are sealed under the keyring."),
                Some(why) => format!("The credentials of {channel} are only kept aside: {why}."),
            });
        }
        let took = human::duration(Duration::from_millis(self.duration_ms));
        grid.note(match (&self.former, &self.tenant) {
            (None, Some(tenant)) => format!(
                "The rows of {} are adopted into the database {} in {took}; the source was only read.",
                human::printable(tenant),
                self.database
            ),
            (None, None) => format!(
                "Adopted into the database {} in {took}; the source was only read. In place, those who write \
                 would wait as long.",
                self.database
            ),
            (Some(former), _) => format!(
                "Adopted in {took}: {} is an inbox. What was there before is the database {former} now; \
                 drop it when you are sure.",
                self.database
            ),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("tables")
    }
}
