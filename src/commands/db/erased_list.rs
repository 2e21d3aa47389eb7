//! The list of erased contacts that lies beside backups, and what a restore makes of it: who was
//! erased since a backup was made is erased again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::backup::source::Source;
use crate::commands::audit_days::flag_late;
use crate::commands::contacts::erase::{plan, work};
use crate::commands::erased_file::{self, Listed, inbox};
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::archive::ErasedIds;
use crate::domain::backup::name::ERASED;
use crate::error::{self, Failure};
use crate::store::audit::SchemaActor;
use crate::store::connect::{Db, Target};
use crate::store::erasing::{self, Erased};
use crate::store::{catalog, people, server, tx};
use crate::ui::human;

/// Who was erased, as it is known in several places, in each inbox of a database.
#[derive(Debug)]
pub(super) struct ErasedList {
    /// The schema of the command's own inbox.
    own: String,
    /// By schema.
    inboxes: BTreeMap<String, BTreeMap<Uuid, Erased>>,
    /// Where something was found.
    places: Vec<String>,
    /// Those of other databases, on lists beside backups.
    of_others: u64,
    /// Other inboxes of the live database, the list of which can't be read, and why.
    unread: BTreeMap<String, String>,
}

impl ErasedList {
    pub(super) fn new(target: &Target) -> ErasedList {
        ErasedList {
            own: target.schema().to_owned(),
            inboxes: BTreeMap::new(),
            places: Vec::new(),
            of_others: 0,
            unread: BTreeMap::new(),
        }
    }

    fn add(&mut self, place: &str, schema: &str, found: Vec<Erased>) {
        if found.is_empty() {
            return;
        }
        if !self.places.iter().any(|known| known == place) {
            self.places.push(place.to_owned());
        }
        let inbox = self.inboxes.entry(schema.to_owned()).or_default();
        for one in found {
            match inbox.entry(one.contact_id) {
                Entry::Occupied(mut known) => known.get_mut().add(one),
                Entry::Vacant(free) => drop(free.insert(one)),
            }
        }
    }

    /// What the database of the command knows, in all its inboxes.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) fn read_live(&mut self, ctx: &Context, db: &mut Db) -> anyhow::Result<()> {
        let name = server::database_name(&mut db.conn)?;
        let place = format!("the database {name}");
        match list(db) {
            Err(error) if tx::is_hidden(&error) => ctx.ui.warn(format!(
                "this role can't read the list of erased contacts of {name}: who is only on that one comes back"
            )),
            found => self.add(&place, &self.own.clone(), found?),
        }
        for schema in tx::read(db, |conn| Ok(catalog::other_inboxes(conn)?))? {
            let shown = human::printable(&schema);
            match inbox(&db.target, &schema).and_then(|mut db| list(&mut db)) {
                Ok(found) => self.add(&format!("the inbox {shown} of {place}"), &schema, found),
                Err(error) => drop(self.unread.insert(schema, error::explain(&error).what)),
            }
        }
        Ok(())
    }

    /// With what lies beside a backup and is of the database of that backup: another one may have the
    /// same ids, a copy for trials, and whom it erased is nobody's business here.
    ///
    /// # Errors
    /// It can't be read, or is no such list.
    pub(super) fn beside(&mut self, source: &Source) -> Result<&ErasedList, Failure> {
        // What comes from standard input lies nowhere, but for its manifest.
        let Some(beside) = source.given.manifest.as_deref() else { return Ok(self) };
        let manifest = source.manifest.as_ref();
        let (own, others): (Vec<Listed>, Vec<Listed>) =
            erased_file::beside(beside)?.into_iter().partition(|one| {
                manifest.is_some_and(|manifest| {
                    one.database == manifest.database
                        && one.system_identifier.is_some()
                        && one.system_identifier == manifest.system_identifier
                })
            });
        self.of_others = others.len() as u64;
        let place = beside.with_file_name(ERASED).display().to_string();
        for one in own {
            // Older lists don't say which inbox it was.
            let schema = one.schema.unwrap_or_else(|| self.own.clone());
            self.add(&place, &schema, vec![one.erased]);
        }
        Ok(self)
    }

    /// Those of the command's own inbox.
    pub(super) fn own_ids(&self) -> ErasedIds {
        let own = self.inboxes.get(&self.own).into_iter().flat_map(BTreeMap::values);
        ErasedIds::new(own.flat_map(Erased::ids))
    }

    /// When and why a contact of the command's own inbox was erased, itself or with one that it was
    /// merged into.
    pub(super) fn find(&self, id: Uuid) -> Option<&Erased> {
        self.inboxes.get(&self.own)?.values().find(|one| one.ids().contains(&id))
    }

    pub(super) fn len(&self) -> usize {
        self.all().count()
    }

    fn all(&self) -> impl Iterator<Item = &Erased> {
        self.inboxes.values().flat_map(BTreeMap::values)
    }

    /// Erases those again that a restore brought back, and has the restored database know all of
    /// them, inbox by inbox. One that can't be erased stays, and is named.
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
        let mut again = ErasedAgain {
            lists: self.places.clone(),
            known: self.len() as u64,
            newest: self.all().map(|one| one.erased_at).max(),
            of_others: self.of_others,
            ..ErasedAgain::default()
        };
        for (schema, why) in &self.unread {
            let schema = human::printable(schema);
            again.left.push(format!(
                "who is only on the list of the inbox {schema}, which can't be read ({why})"
            ));
        }
        for (schema, erased) in &self.inboxes {
            if *schema == self.own {
                if is_ours {
                    self.apply_to(ctx, &mut restored.open()?, erased, actor, "", &mut again)?;
                }
                continue;
            }
            let what = format!("inbox {}, ", human::printable(schema));
            // One that the backup is older than brought nobody back.
            let mut db = restored.with_schema(schema.clone()).open()?;
            if tx::read(&mut db, |conn| Ok(catalog::table_exists(conn, "inboxctl_migrations")?))? {
                self.apply_to(ctx, &mut db, erased, actor, &what, &mut again)?;
            }
        }
        Ok(again)
    }

    /// In one inbox, which `what` names where it is another than the command's.
    fn apply_to(
        &self,
        ctx: &Context,
        db: &mut Db,
        erased: &BTreeMap<Uuid, Erased>,
        actor: &SchemaActor,
        what: &str,
        again: &mut ErasedAgain,
    ) -> anyhow::Result<()> {
        let actor = &tx::read(db, |conn| Ok(actor.resolve(conn)?))?;
        // Whoever erased them first agreed to it.
        let consent = ctx.consent_here("erase again who was erased", true)?;
        let keeps_list = tx::read(db, |conn| Ok(erasing::is_there(conn)?))?;
        let named = ctx.config.references();
        // Once, however many there are: it counts all of the log.
        let mut is_flagged = false;
        for one in erased.values() {
            if !tx::read(db, |conn| Ok(people::is_back(conn, &one.ids())?))? {
                if keeps_list {
                    tx::write(db, |conn| Ok(erasing::remember(conn, one)?))?;
                }
                continue;
            }
            let ground = tx::read(db, |conn| {
                let (terms, _) = people::terms(conn, one.ids())?;
                // With what the restore itself was trusted with.
                let trust = TrustArg { trust_functions: true };
                Ok(plan::look(conn, &terms, &named, trust)?.0)
            });
            let erased = ground.and_then(|mut ground| {
                if !is_flagged {
                    flag_late(ctx, db, &actor.name)?;
                    is_flagged = true;
                }
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
                    again.left.push(format!("{what}{}: {}{why}", one.contact_id, failure.what));
                }
            }
        }
        if !keeps_list {
            again.left.push(format!(
                "{what}the restored database is older than the table erased_contacts, and so the list stays where it was: {}",
                self.places.join(", ")
            ));
        }
        Ok(())
    }
}

/// What one inbox knows.
fn list(db: &mut Db) -> anyhow::Result<Vec<Erased>> {
    tx::read(db, |conn| match erasing::is_there(conn)? {
        true => Ok(erasing::list(conn)?),
        false => Ok(Vec::new()),
    })
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
