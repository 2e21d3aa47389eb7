//! Whose database it is, for every command: recognised in one place, said in one way.

use crate::domain::adopt;
use crate::domain::origin::{self, Foreign, Origin};
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::fingerprint::Fingerprint;
use crate::store::migrations::MIGRATIONS;
use crate::store::{self, catalog_snapshot, server, tx};
use crate::ui::human;

/// So many names that are taken are told.
const NAMED: usize = 8;

/// Whose it is. Writes nothing.
///
/// # Errors
/// The server refuses.
pub(crate) fn origin(db: &mut Db) -> anyhow::Result<Origin> {
    Ok(recognise(&look(db)?))
}

fn look(db: &mut Db) -> anyhow::Result<origin::Seen> {
    tx::read(db, |conn| Ok(store::origin::look(conn)?))
}

fn recognise(seen: &origin::Seen) -> Origin {
    let known: Vec<&str> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    origin::recognise(seen, &known)
}

/// Refuses a database that another program made, for what needs an inbox.
///
/// # Errors
/// Refused, with what was seen and the way out.
pub(crate) fn require_inbox(db: &mut Db) -> anyhow::Result<()> {
    match origin(db)? {
        Origin::Foreign(foreign) => Err(refusal(db, &foreign)?.into()),
        Origin::Empty | Origin::Ours => Ok(()),
    }
}

/// The same, for what compares: tables that are those of an inbox will do, though
/// nothing tells who made them.
///
/// # Errors
/// Refused, with what was seen and the way out.
pub(crate) fn require_alike(db: &mut Db) -> anyhow::Result<()> {
    match origin(db)? {
        Origin::Foreign(foreign) if !is_alike(db, &foreign)? => Err(refusal(db, &foreign)?.into()),
        _ => Ok(()),
    }
}

/// Refuses to make the first table where it would be in somebody's way: in a
/// database of another program unless `beside` says so, where a name is taken,
/// and where names and messages can't be stored.
///
/// # Errors
/// Refused, with what was seen and the way out.
pub(crate) fn require_room(db: &mut Db, beside: bool) -> anyhow::Result<()> {
    let (seen, facts) =
        tx::read(db, |conn| Ok((store::origin::look(conn)?, server::facts(conn)?)))?;
    let origin = recognise(&seen);
    let is_applied = !seen.diesel.is_empty() && origin == Origin::Ours;
    if is_applied {
        return Ok(());
    }
    if facts.encoding != "UTF8" {
        let name = origin::shown(&facts.database);
        return Err(Failure::refused(format!(
            "the database {name} is encoded in {}",
            facts.encoding
        ))
        .why("names and messages of any language need UTF8, and nothing was made yet")
        .hint("make another: createdb --template=template0 --encoding=UTF8 NAME")
        .into());
    }
    if let Origin::Foreign(foreign) = &origin
        && !beside
    {
        return Err(refusal(db, foreign)?.into());
    }
    if let Some(failure) = unrecorded(db)? {
        return Err(failure.into());
    }
    match taken(&seen, origin == Origin::Ours)? {
        Some(failure) => Err(failure.into()),
        None => Ok(()),
    }
}

fn taken(seen: &origin::Seen, has_books: bool) -> anyhow::Result<Option<Failure>> {
    let taken = origin::taken(seen, &Fingerprint::embedded()?.catalog, has_books);
    Ok((!taken.is_empty()).then(|| {
        Failure::refused("names that an inbox needs are taken")
            .why(human::listed(&taken, NAMED))
            .hint("make a database of its own for the inbox, and name that in DATABASE_URL")
    }))
}

/// What keeps an inbox from being made where there is no table, if something does: a view or a
/// type may have a name of ours.
///
/// # Errors
/// The server refuses.
pub(crate) fn no_room(db: &mut Db) -> anyhow::Result<Option<Failure>> {
    let seen = look(db)?;
    if recognise(&seen) == Origin::Empty { taken(&seen, false) } else { Ok(None) }
}

/// Refuses to write into a ledger in which another program keeps its versions.
///
/// # Errors
/// Refused, with the way out.
pub(crate) fn require_own_ledger(db: &mut Db) -> anyhow::Result<()> {
    let seen = look(db)?;
    let is_known = |version: &String| MIGRATIONS.iter().any(|one| one.version == version);
    // What our own ledger tells of is ours, whatever became of the other one.
    let is_told = seen.ledger.as_ref().is_some_and(|ledger| ledger.iter().any(is_known));
    if is_told || seen.diesel.is_empty() || seen.diesel.iter().any(is_known) {
        return Ok(());
    }
    let versions = human::listed(&seen.diesel, NAMED);
    Err(Failure::refused("another program keeps its versions in __diesel_schema_migrations")
        .why(format!("none of them is inboxctl's: {versions}"))
        .hint("make a database of its own for the inbox, and name that in DATABASE_URL")
        .into())
}

fn is_alike(db: &mut Db, foreign: &Foreign) -> anyhow::Result<bool> {
    let found = tx::read(db, catalog_snapshot::read)?;
    Ok(foreign.is_by_diesel_cli || origin::is_alike(&found, &Fingerprint::embedded()?.catalog))
}

/// The tables of an inbox, of which nothing is recorded: what a dump without rows leaves.
///
/// # Errors
/// The server refuses.
pub(crate) fn unrecorded(db: &mut Db) -> anyhow::Result<Option<Failure>> {
    let seen = look(db)?;
    if recognise(&seen) != Origin::Ours || !seen.diesel.is_empty() {
        return Ok(None);
    }
    let found = tx::read(db, catalog_snapshot::read)?;
    if !origin::is_alike(&found, &Fingerprint::embedded()?.catalog) {
        return Ok(None);
    }
    if let Some(failure) = somebodys(db)? {
        return Ok(Some(failure));
    }
    Ok(Some(
        Failure::refused("the tables of an inbox are there, but nothing is recorded as applied")
            .why("both ledgers are empty, as after restoring a dump without rows")
            .hint("take it over: `inboxctl db baseline`"),
    ))
}

/// Tables or functions of our names that somebody else made: to take them over would run
/// what they like.
///
/// # Errors
/// The server refuses.
pub(crate) fn somebodys(db: &mut Db) -> anyhow::Result<Option<Failure>> {
    let ours = Fingerprint::embedded()?.catalog;
    let titles = tx::read(db, |conn| Ok(store::books::strangers(conn, &ours)?))?;
    Ok((!titles.is_empty()).then(|| {
        Failure::refused("what looks like an inbox is somebody else's")
            .why(human::listed(&titles, NAMED))
            .hint(
                "if it is to be trusted, run this as its owner, or give all of it to the owner of \
                 the database; else make a database of its own for the inbox",
            )
    }))
}

/// What was seen, and what to do instead: the same words from every command.
pub(crate) fn refusal(db: &mut Db, foreign: &Foreign) -> anyhow::Result<Failure> {
    let failure =
        Failure::refused("this database belongs to another program").why(foreign.describe());
    if is_alike(db, foreign)? {
        if let Some(failure) = somebodys(db)? {
            return Ok(failure);
        }
        return Ok(Failure::refused("nothing tells that this inbox is ours")
            .why(format!("its tables are there, but no ledger of inboxctl; {}", foreign.describe()))
            .hint("take it over: `inboxctl db baseline`"));
    }
    let seen = look(db)?;
    let taken = origin::taken(&seen, &Fingerprint::embedded()?.catalog, false);
    // Where it may be what an application keeps of the same things.
    let adopt = match adopt::recognise::has_contacts(&foreign.tables) {
        true => "make an inbox of it: `inboxctl db adopt --plan` shows how; or ",
        false => "",
    };
    Ok(failure.hint(match taken.is_empty() {
        true => format!(
            "{adopt}make an inbox beside its tables with `inboxctl db migrate --beside`, \
             or name a database of its own in DATABASE_URL"
        ),
        false => format!(
            "{adopt}make a database of its own for the inbox, and name that in DATABASE_URL; \
             beside these tables it has no room, for they have names that it needs"
        ),
    }))
}
