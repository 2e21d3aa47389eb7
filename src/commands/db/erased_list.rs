//! The list of erased contacts that lies beside backups, and what a restore makes of it: who was
//! erased since a backup was made is erased again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::contacts::erase::{plan, work};
use crate::commands::erased_file::{self, Listed};
use crate::context::Context;
use crate::domain::backup::Manifest;
use crate::domain::backup::name::ERASED;
use crate::error::{self, Failure};
use crate::store::audit::SchemaActor;
use crate::store::connect::{Db, Target};
use crate::store::erasing::{self, Erased};
use crate::store::{people, server, tx};
use crate::ui::human;

/// Who was erased, as it is known in several places.
#[derive(Debug, Default)]
pub(super) struct ErasedList {
    all: BTreeMap<Uuid, Erased>,
    /// Where something was found.
    places: Vec<String>,
    /// Those of other databases, on lists beside backups.
    of_others: u64,
}

impl ErasedList {
    fn add(&mut self, place: &str, found: Vec<Erased>) {
        if !found.is_empty() && !self.places.iter().any(|known| known == place) {
            self.places.push(place.to_owned());
        }
        for one in found {
            match self.all.entry(one.contact_id) {
                Entry::Occupied(mut known) => known.get_mut().add(one),
                Entry::Vacant(free) => drop(free.insert(one)),
            }
        }
    }

    /// What a database knows.
    ///
    /// # Errors
    /// The server refuses.
    fn read(&mut self, db: &mut Db, place: &str) -> anyhow::Result<()> {
        let found = tx::read(db, |conn| match erasing::is_there(conn)? {
            true => Ok(erasing::list(conn)?),
            false => Ok(Vec::new()),
        })?;
        self.add(place, found);
        Ok(())
    }

    /// What the database of the command knows.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) fn read_live(&mut self, ctx: &Context, db: &mut Db) -> anyhow::Result<()> {
        let name = server::database_name(&mut db.conn)?;
        match self.read(db, &format!("the database {name}")) {
            Err(error) if tx::is_hidden(&error) => {
                ctx.ui.warn(format!(
                    "this role can't read the list of erased contacts of {name}: who is only on that one comes back"
                ));
                Ok(())
            }
            read => read,
        }
    }

    /// With what lies beside a backup and is of the database of that backup: another one may have the
    /// same ids, a copy for trials, and whom it erased is nobody's business here.
    ///
    /// # Errors
    /// It can't be read, or is no such list.
    pub(super) fn beside(
        &mut self,
        backup: &Path,
        manifest: Option<&Manifest>,
    ) -> Result<&ErasedList, Failure> {
        let (own, others): (Vec<Listed>, Vec<Listed>) =
            erased_file::beside(backup)?.into_iter().partition(|one| {
                manifest.is_some_and(|manifest| {
                    one.database == manifest.database
                        && one.system_identifier.is_some()
                        && one.system_identifier == manifest.system_identifier
                })
            });
        self.of_others = others.len() as u64;
        let place = backup.with_file_name(ERASED).display().to_string();
        self.add(&place, own.into_iter().map(|one| one.erased).collect());
        Ok(self)
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Erases those again that a restore brought back, and has the restored database know all of
    /// them. One that can't be erased stays, and is named.
    ///
    /// # Errors
    /// The server refuses, or a signal came.
    pub(super) fn apply(
        &self,
        ctx: &Context,
        restored: &Target,
        actor: &SchemaActor,
        is_ours: bool,
    ) -> anyhow::Result<ErasedAgain> {
        let newest = self.all.values().map(|one| one.erased_at).max();
        let mut again = ErasedAgain {
            lists: self.places.clone(),
            known: self.all.len() as u64,
            newest,
            of_others: self.of_others,
            ..ErasedAgain::default()
        };
        if self.all.is_empty() || !is_ours {
            return Ok(again);
        }
        let mut db = restored.open()?;
        let db = &mut db;
        let actor = &tx::read(db, |conn| Ok(actor.resolve(conn)?))?;
        // Whoever erased them first agreed to it.
        let consent = ctx.consent_here("erase again who was erased", true)?;
        let keeps_list = tx::read(db, |conn| Ok(erasing::is_there(conn)?))?;
        let named = ctx.config.references();
        for one in self.all.values() {
            if !tx::read(db, |conn| Ok(people::is_back(conn, &one.ids())?))? {
                if keeps_list {
                    tx::write(db, |conn| Ok(erasing::remember(conn, one)?))?;
                }
                continue;
            }
            let ground = tx::read(db, |conn| {
                let (terms, _) = people::terms(conn, one.ids())?;
                Ok(plan::look(conn, &terms, &named)?.0)
            });
            let erased = ground.and_then(|mut ground| {
                work::erase(ctx, db, &mut ground, one, actor, false, &consent)
            });
            match erased {
                Ok((None, changed)) => {
                    again.erased += 1;
                    for (table, rows) in changed {
                        let rows = human::plural(rows, "row", "rows");
                        ctx.ui.warn(format!("triggers changed or deleted {rows} of {table} too"));
                    }
                }
                Ok((Some(signal), _)) => return Err(Failure::interrupted(signal).into()),
                Err(error) => {
                    let failure = error::explain(&error);
                    let why = failure.why.map(|why| format!(" ({why})")).unwrap_or_default();
                    again.left.push(format!("{}: {}{why}", one.contact_id, failure.what));
                }
            }
        }
        if !keeps_list {
            again.left.push(format!(
                "the restored database is older than the table erased_contacts, and so the list stays where it was: {}",
                self.places.join(", ")
            ));
        }
        Ok(again)
    }
}

/// What a restore erased again.
#[derive(Debug, Default, Serialize)]
pub(super) struct ErasedAgain {
    /// Where a list was found.
    pub lists: Vec<String>,
    /// Contacts on them, and when the last one of those was erased.
    pub known: u64,
    pub newest: Option<Timestamp>,
    /// Those on the list beside the backup that were erased from other databases.
    pub of_others: u64,
    /// Contacts that the backup had brought back.
    pub erased: u64,
    /// What is left to the operator.
    pub left: Vec<String>,
}

impl ErasedAgain {
    /// A line each, with its break before it.
    pub(super) fn told(&self) -> String {
        let mut text = match self.newest {
            None => String::from("\nNo list of erased contacts of this database was found."),
            Some(newest) => format!(
                "\nErased again: {} of {} on the list of erased contacts, of {newest:.0} ({}).",
                human::count(self.erased),
                human::count(self.known),
                self.lists.join(", ")
            ),
        };
        if self.of_others > 0 {
            let many = human::plural(self.of_others, "contact", "contacts");
            text.push_str(&format!(
                "\nNot looked for: {many} on the list beside the backup, erased from other databases."
            ));
        }
        for one in &self.left {
            text.push_str(&format!("\nNot erased again: {one}."));
        }
        text
    }
}
