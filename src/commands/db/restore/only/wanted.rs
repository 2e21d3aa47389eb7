//! Which rows of the backup are meant, and whether they may come back at all.

use uuid::Uuid;

use crate::commands::contacts::named::ContactArg;
use crate::commands::db::backup::source::Source;
use crate::commands::db::erased_list::ErasedList;
use crate::context::Context;
use crate::domain::only::{self, Only, TableName};
use crate::error::{Failure, Kind};
use crate::store::brought::backed_up::{self, BackedUp, Place};
use crate::store::connect::Db;
use crate::store::{contacts, merge_record, people, tx};

/// What is to come back.
pub(super) struct Wanted {
    /// The contact, where it is one.
    pub contact: Option<Uuid>,
    /// Its id, and those of the contacts that were merged into it; else nothing.
    pub ids: Vec<Uuid>,
    pub tables: Vec<BackedUp>,
}

/// That rows of the table may come back by themselves, and that there is one.
///
/// # Errors
/// Refused, with the reason; not found.
pub(super) fn require_table(db: &mut Db, name: &TableName) -> anyhow::Result<()> {
    let refused = |table: &str| {
        only::refusal(table).map(|(why, hint)| {
            Failure::refused(format!("rows of {name} don't come back by themselves"))
                .why(why)
                .hint(hint)
        })
    };
    let found = tx::read(db, |conn| {
        let found = backed_up::find(conn, name)?;
        let is_ours = match found.as_ref().and_then(|found| found.own.as_deref()) {
            Some(own) => crate::store::contact_references::is_own_table(own)?,
            None => false,
        };
        Ok(found.map(|found| (found, is_ours)))
    })?;
    match found {
        None => Err(Failure::new(Kind::NotFound, format!("there is no table {name}"))
            .why("rows come back into a table that is there")
            .hint("a table of another schema is written table:SCHEMA.NAME; `inboxctl db migrate` makes those of the inbox")
            .into()),
        Some((found, _)) if !found.holds_rows => {
            Err(Failure::usage(format!("{name} is no table that holds rows")).into())
        }
        Some((found, true)) => {
            refused(found.own.as_deref().unwrap_or_default()).map_or(Ok(()), |one| Err(one.into()))
        }
        Some((found, false)) if found.label.starts_with("__") || found.label.starts_with("inboxctl_") => {
            refused(&found.label).map_or(Ok(()), |one| Err(one.into()))
        }
        Some(_) => Ok(()),
    }
}

impl Wanted {
    /// Looks for it in the restored backup.
    ///
    /// # Errors
    /// The backup doesn't hold it, or it isn't clear who is meant.
    pub(super) fn find(
        ctx: &Context,
        backup: &mut Db,
        source: &Source,
        only: &Only,
    ) -> anyhow::Result<Wanted> {
        backup.require_schema()?;
        match only {
            Only::Contact(text) => Wanted::contact(ctx, backup, source, text),
            Only::Table(name) => {
                let references = ctx.config.references();
                let table = tx::read(backup, |conn| {
                    let found = backed_up::find(conn, name)?.filter(|named| named.holds_rows);
                    let Some(found) = found else { return Ok(None) };
                    // What belongs to somebody who was erased stays away, however far from them.
                    let belonging = backed_up::of_contact(conn, &references, Place::Backup)?;
                    let table = backed_up::of_table(conn, found)?;
                    Ok(table.map(|table| table.without(belonging)))
                })?;
                let table = table.ok_or_else(|| {
                    Failure::new(Kind::NotFound, format!("{} holds no table {name}", source.name()))
                        .hint("take another backup: `inboxctl db backups list`")
                })?;
                Ok(Wanted { contact: None, ids: Vec::new(), tables: vec![table] })
            }
        }
    }

    fn contact(
        ctx: &Context,
        backup: &mut Db,
        source: &Source,
        text: &str,
    ) -> anyhow::Result<Wanted> {
        let arg: ContactArg = text.parse()?;
        let named = ctx.config.references();
        let name = source.name();
        tx::read(backup, |conn| {
            let asked = arg.find(ctx, conn)?;
            let person = people::find(conn, asked)?.ok_or_else(|| {
                Failure::new(Kind::NotFound, format!("{name} holds no contact {asked}"))
                    .why("it was not there yet, or no more, when the backup was made")
                    .hint("take another backup: `inboxctl db backups list`")
            })?;
            if person.id != asked {
                return Err(Failure::usage(format!("{name} holds no contact {asked} any more"))
                    .why(format!("it had been merged into {} by then", person.id))
                    .hint(format!("to bring that one back: --only contacts:{}", person.id))
                    .into());
            }
            let ids = [vec![person.id], person.merged].concat();
            let tables = backed_up::of_contact(conn, &named, Place::Backup)?;
            Ok(Wanted { contact: Some(person.id), ids, tables })
        })
    }

    /// That the contact was neither erased nor merged away since.
    ///
    /// # Errors
    /// Refused, with the reason.
    pub(super) fn require_alive(&self, db: &mut Db, list: &ErasedList) -> anyhow::Result<()> {
        let Some(id) = self.contact else { return Ok(()) };
        if let Some(erased) = list.find(id) {
            let reason = erased.reason.as_ref().map(|reason| format!(" ({reason})"));
            return Err(Failure::refused(format!("the contact {id} was erased"))
                .why(format!(
                    "on {:.0}{}; who was erased never comes back",
                    erased.erased_at,
                    reason.unwrap_or_default()
                ))
                .hint("if that person writes again, a new contact is made")
                .into());
        }
        let merge = tx::read(db, |conn| match contacts::find_existing(conn, id)? {
            Some(living) if living == id => Ok(None),
            _ => Ok(merge_record::of_contact(conn, id)?),
        })?;
        match merge {
            None => Ok(()),
            Some(merge) => Err(Failure::refused(format!("the contact {id} was merged away"))
                .why("all that belongs to it is its survivor's now")
                .hint(format!("take the merge back: `inboxctl contacts unmerge {merge}`"))
                .into()),
        }
    }
}
