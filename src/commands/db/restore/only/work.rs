//! Rows of the restored backup held against those of the live database, and brought over.

use std::collections::{BTreeMap, BTreeSet};

use diesel::PgConnection;
use uuid::Uuid;

use super::table_view::TableView;
use super::wanted::Wanted;
use crate::context::Context;
use crate::domain::archive::{ErasedIds, Left};
use crate::domain::consent::Consent;
use crate::domain::only;
use crate::error::Failure;
use crate::store::brought::backed_up::{self, BackedUp, Place};
use crate::store::brought::coming::Coming;
use crate::store::brought::reasons::{Awaited, Why};
use crate::store::brought::sequences;
use crate::store::brought::target::{self, Back};
use crate::store::connect::Db;
use crate::store::strangers::{self, OwnCode};
use crate::store::{archive_return, interference, tx};

/// So many rows are compared at once; fewer of long ones.
const BATCH_ROWS: usize = 2_000;
const BATCH_BYTES: usize = 4 << 20;
/// Of a table that points at itself, so that one row finds the other; and of one without a key, which is
/// read whole for each.
const LARGE_BATCH_BYTES: usize = 64 << 20;

pub(super) struct Work<'a> {
    ctx: &'a Context,
    pub contact: Option<Uuid>,
    /// Whose rows are meant, or left out where the rows of a table are.
    ids: Vec<Uuid>,
    /// In the order in which they are written; no place where the table isn't there any more.
    tables: Vec<(BackedUp, Option<Back>)>,
    erased: ErasedIds,
    overwrite: bool,
}

impl<'a> Work<'a> {
    pub(super) fn new(
        ctx: &'a Context,
        db: &mut Db,
        wanted: Wanted,
        erased: ErasedIds,
        overwrite: bool,
    ) -> anyhow::Result<Work<'a>> {
        let Wanted { contact, ids, tables } = wanted;
        let ids = if contact.is_some() { ids } else { erased.all() };
        let references = ctx.config.references();
        let mut found = tx::read(db, |conn| {
            let found = tables.iter().map(|rows| target::find(conn, rows));
            let mut found = found.collect::<Result<Vec<_>, _>>()?;
            if contact.is_some() {
                let live = backed_up::of_contact(conn, &references, Place::Live)?;
                found.iter_mut().flatten().for_each(|back| back.belongs_to(&ids, &live));
            }
            Ok(found)
        })?;
        let points = |from: usize, to: usize| {
            found[from].as_ref().is_some_and(|back| back.points_at(&tables[to].relation))
        };
        let order = only::in_order(tables.len(), points);
        for (place, at) in order.iter().enumerate() {
            let later: Vec<&str> =
                order[place + 1..].iter().map(|at| tables[*at].relation.as_str()).collect();
            if let Some(back) = &mut found[*at] {
                back.awaits(&later);
            }
        }
        let mut pairs: Vec<_> = tables.into_iter().zip(found).map(Some).collect();
        let tables = order.into_iter().filter_map(|at| pairs[at].take()).collect();
        Ok(Work { ctx, contact, ids, tables, erased, overwrite })
    }

    /// The live table of that label, as SQL writes it.
    pub(super) fn relation(&self, label: &str) -> Option<&str> {
        let (rows, _) = self.tables.iter().find(|(rows, _)| rows.label == label)?;
        Some(&rows.relation)
    }

    /// # Errors
    /// Refused: code of another role would run where rows come back.
    pub(super) fn judge(&self, db: &mut Db) -> anyhow::Result<OwnCode> {
        let live = self.tables.iter().filter(|(_, back)| back.is_some());
        let tables: Vec<&str> = live.map(|(rows, _)| rows.relation.as_str()).collect();
        strangers::judge(db, &tables, &strangers::COMING, "nothing was restored")
    }

    /// What there is to do; nothing is written.
    pub(super) fn look(&self, db: &mut Db, backup: &mut Db) -> anyhow::Result<Vec<TableView>> {
        let progress = self.ctx.ui.spinner("comparing");
        let found = tx::read_once(db, |conn| self.all(conn, backup, None));
        drop(progress);
        found
    }

    /// Does it, in the transaction that is open.
    pub(super) fn bring(
        &self,
        conn: &mut PgConnection,
        backup: &mut Db,
        consent: Option<&Consent>,
    ) -> anyhow::Result<Vec<TableView>> {
        let progress = self.ctx.ui.spinner("bringing rows back");
        archive_return::begin(conn)?;
        let backs = self.tables.iter().filter_map(|(_, back)| back.as_ref());
        target::check_at_once(conn, &backs.flat_map(Back::held_at_the_end).collect::<Vec<_>>())?;
        let brought = self.all(conn, backup, Some(consent));
        drop(progress);
        let brought = brought?;
        target::check_at_once(conn, &[])?;
        Ok(brought)
    }

    /// Moves the sequences of tables that rows came into; those that could not be moved.
    pub(super) fn move_sequences(
        &self,
        conn: &mut PgConnection,
        views: &[TableView],
    ) -> anyhow::Result<Vec<String>> {
        let mut left = Vec::new();
        for view in views.iter().filter(|view| view.inserted > 0) {
            if let Some(relation) = self.relation(&view.table) {
                left.extend(sequences::move_on(conn, relation)?);
            }
        }
        Ok(left)
    }

    fn all(
        &self,
        conn: &mut PgConnection,
        backup: &mut Db,
        doing: Option<Option<&Consent>>,
    ) -> anyhow::Result<Vec<TableView>> {
        let backs = self.tables.iter().filter_map(|(_, back)| back.as_ref());
        let read: BTreeSet<&str> = backs.flat_map(Back::tables).collect();
        interference::see_all_rows(conn, &read.into_iter().collect::<Vec<_>>())?;
        tx::may_be_idle(conn)?;
        let mut without = Without::new();
        loop {
            let tried = tx::attempt(conn, |conn| self.once(conn, backup, doing, &without));
            match tried {
                Ok(views) => return Ok(views),
                Err(Tried::Failed(error)) => return Err(error),
                // What waited for these goes without them, too.
                Err(Tried::Again(more)) => without.extend(more),
            }
        }
    }

    fn once(
        &self,
        conn: &mut PgConnection,
        backup: &mut Db,
        doing: Option<Option<&Consent>>,
        without: &Without,
    ) -> Result<Vec<TableView>, Tried> {
        let mut coming = Coming::default();
        let (mut views, mut awaited) = (Vec::new(), Vec::new());
        for (rows, back) in &self.tables {
            let mut table = Table {
                work: self,
                rows,
                back: back.as_ref(),
                view: TableView::new(rows, back.as_ref()),
                doing,
                without,
                lines: Vec::new(),
                bytes: 0,
                awaited: Vec::new(),
            };
            tx::read_once(backup, |there| {
                rows.stream(there, &self.ids, |line, never| {
                    table.take(conn, &mut coming, line, never)
                })
            })?;
            table.batch(conn, &mut coming)?;
            views.push(table.view);
            awaited.push(table.awaited);
        }
        let mut more = Without::new();
        for (at, awaited) in awaited.iter().enumerate().filter(|(_, list)| !list.is_empty()) {
            let Some(back) = &self.tables[at].1 else { continue };
            let settled = back.settle(conn, awaited, &coming, doing.is_some())?;
            let relation = back.relation();
            more.extend(
                settled
                    .without
                    .iter()
                    .map(|(line, why)| ((relation.to_owned(), line.clone()), why.clone())),
            );
            views[at].add_settled(settled);
        }
        if !more.is_empty() {
            // What is taken back with this try would not be told again.
            let causes: Vec<&str> =
                views.iter().flat_map(|view| view.failures()).map(|(_, why)| why).collect();
            if !causes.is_empty() {
                for why in more.values_mut() {
                    why.is_failure = true;
                    why.text += &format!("; of those, {}", causes.join("; "));
                }
            }
            return Err(Tried::Again(more));
        }
        views.retain(|view| view.rows + view.erased > 0);
        Ok(views)
    }

    /// The columns of a table that rows of these tables point at.
    fn pointed_at(&self, relation: &str) -> BTreeSet<&str> {
        let backs = self.tables.iter().filter_map(|(_, back)| back.as_ref());
        backs.flat_map(|back| back.pointed_at(relation)).map(String::as_str).collect()
    }
}

/// Rows that must stay away for what they wait for doesn't come: by table and line.
type Without = BTreeMap<(String, String), Why>;

/// Why a try is taken back.
enum Tried {
    Again(Without),
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Tried {
    fn from(error: E) -> Tried {
        Tried::Failed(error.into())
    }
}

/// One table at work.
struct Table<'a> {
    work: &'a Work<'a>,
    rows: &'a BackedUp,
    back: Option<&'a Back>,
    view: TableView,
    /// Nothing is only to look.
    doing: Option<Option<&'a Consent>>,
    without: &'a Without,
    lines: Vec<String>,
    bytes: usize,
    awaited: Vec<Awaited>,
}

impl Table<'_> {
    fn take(
        &mut self,
        conn: &mut PgConnection,
        coming: &mut Coming,
        line: String,
        never: bool,
    ) -> anyhow::Result<()> {
        let line = match self.work.erased.left(&self.rows.label, &line) {
            _ if never => {
                self.view.erased += 1;
                return Ok(());
            }
            Left::Same => line,
            Left::Redacted(line) => {
                self.view.redacted += 1;
                line
            }
            Left::Gone => {
                self.view.erased += 1;
                return Ok(());
            }
        };
        self.view.rows += 1;
        let Some(back) = self.back.filter(|back| !back.fit.lacks_key) else {
            let why = self.back.and_then(|back| back.fit.obstacle.as_deref());
            self.view.leave_out(&Why::known(why.unwrap_or("there is no such table any more")));
            return Ok(());
        };
        let place = (back.relation().to_owned(), line);
        if let Some(why) = self.without.get(&place) {
            self.view.leave_out(why);
            return Ok(());
        }
        let line = place.1;
        let is_full = match back.points_at_itself() || !self.rows.has_key() {
            true => self.bytes >= LARGE_BATCH_BYTES,
            false => self.lines.len() >= BATCH_ROWS || self.bytes >= BATCH_BYTES,
        };
        // Of rows without a key, those that are alike are counted together.
        let is_alike = !self.rows.has_key() && self.lines.last() == Some(&line);
        if is_full && !is_alike {
            self.batch(conn, coming)?;
        }
        self.bytes += line.len();
        self.lines.push(line);
        Ok(())
    }

    fn batch(&mut self, conn: &mut PgConnection, coming: &mut Coming) -> anyhow::Result<()> {
        if let Some(signal) = self.work.ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        let Some(back) = self.back.filter(|_| !self.lines.is_empty()) else { return Ok(()) };
        self.bytes = 0;
        let mut judged = back.judge(conn, std::mem::take(&mut self.lines), coming)?;
        if !self.work.overwrite || only::is_record(&self.rows.label) {
            judged.overwrite.clear();
            judged.stuck.clear();
            judged.kept.clear();
        }
        self.view.add(&judged);
        let pointed_at = self.work.pointed_at(back.relation());
        coming.add_of_others(back.relation(), &pointed_at, &judged.of_others);
        self.awaited.append(&mut judged.awaited);
        let Some(consent) = self.doing else {
            coming.add(back.relation(), &pointed_at, &judged.insert);
            self.view.inserted += judged.insert.len() as u64;
            self.view.overwritten += judged.overwrite.len() as u64;
            return Ok(());
        };
        let inserted = back.insert(conn, &judged.insert)?;
        self.view.add_brought(inserted);
        if let Some(consent) = consent {
            self.view.add_brought(back.overwrite(conn, &judged.overwrite, consent)?);
        }
        Ok(())
    }
}
