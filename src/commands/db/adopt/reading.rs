//! The application's database, read: what each command of `db adopt` begins with.

use std::path::Path;

use diesel::PgConnection;
use serde::Serialize;

use super::elsewhere;
use super::own_code;
use super::tenant::{self, ShareView};
use crate::bounded_file;
use crate::commands::db::whose;
use crate::context::Context;
use crate::domain::adopt::decide::{self, Counts, misfits};
use crate::domain::adopt::relation::Besides;
use crate::domain::adopt::{Decided, Map, Mapping, Tenant, map, recognise, room};
use crate::domain::origin::Origin;
use crate::domain::schema_diff::{Catalog, identifier};
use crate::error::Failure;
use crate::store::adopt::comments::Comment;
use crate::store::connect::{Db, Target};
use crate::store::fingerprint::Fingerprint;
use crate::store::statements::quote_identifier;
use crate::store::{self, adopt, catalog_snapshot, interference, server, tx};
use crate::ui::{Block, Tabular, human};

/// The hint where there is no map yet.
pub(super) const WRITE_A_MAP: &str =
    "write a map to fill in: inboxctl db adopt --plan --out inbox-map.toml";
/// So many names are told.
const NAMED: usize = 6;
/// No map is as large.
const MAP_BYTES: usize = 1024 * 1024;

/// What a person said.
pub(super) struct Decisions<'a> {
    pub map: &'a Map,
    /// The file of the map.
    pub path: Option<&'a Path>,
    pub tenant: Option<&'a str>,
    /// Functions of other roles may run.
    pub trust_functions: bool,
}

pub(super) struct Reading {
    pub database: String,
    pub catalog: Catalog,
    pub mapping: Mapping,
    pub counts: Counts,
    pub decided: Vec<Decided>,
    pub application: Vec<String>,
    pub elsewhere: Vec<String>,
    pub besides: Besides,
    /// What is said of things that are made anew.
    pub comments: Vec<Comment>,
    /// Whose rows come along, of several.
    pub tenant: Option<Tenant>,
    /// What those are; counted for a plan alone.
    pub shares: Vec<ShareView>,
}

/// There is nothing to adopt.
#[derive(Debug, Serialize)]
struct Already {
    already_adopted: bool,
    adopted_at: Option<String>,
}

impl Tabular for Already {
    fn blocks(&self) -> Vec<Block> {
        vec![Block::Text(match &self.adopted_at {
            Some(at) => format!("Already adopted: it has been an inbox since {at}."),
            None => String::from("It is an inbox of inboxctl already: there is nothing to adopt."),
        })]
    }
}

/// # Errors
/// The map can't be read or says what can't be.
pub(in crate::commands::db) fn read_map(path: Option<&Path>) -> anyhow::Result<Map> {
    let Some(path) = path else { return Ok(Map::default()) };
    let text = bounded_file::read_text(path, MAP_BYTES).map_err(|error| {
        Failure::usage(format!("{} can't be read", path.display())).why(error.to_string())
    })?;
    let parsed = map::parse(&text);
    Ok(parsed.map_err(|why| wrong_map(path, &why))?)
}

fn wrong_map(path: &Path, why: &str) -> Failure {
    Failure::usage(format!("the map {} is not right", path.display()))
        .why(why)
        .hint("`inboxctl db adopt --plan --out FILE` writes one to fill in")
}

/// Reads the database in one snapshot. `None` for an inbox, of which it was said that it is one.
///
/// # Errors
/// Refused: there are no contacts, several tenants, or no room for an inbox.
pub(super) fn read(
    ctx: &Context,
    db: &mut Db,
    decisions: &Decisions<'_>,
) -> anyhow::Result<Option<Reading>> {
    if is_inbox(ctx, db)? {
        return Ok(None);
    }
    // Counting reads whole tables.
    db.set_timeouts(0, 0)?;
    let progress = ctx.ui.spinner("reading the database");
    let from = db.target.clone();
    let reading = tx::read(db, |conn| {
        let mut reading = read_all(conn, &from, decisions)?;
        if let Some(tenant) = &reading.tenant {
            reading.shares = tenant::shares(conn, tenant)?;
        }
        Ok(reading)
    })?;
    drop(progress);
    Ok(Some(reading))
}

/// Whether there is nothing to adopt, which was said.
///
/// # Errors
/// Refused: it has no tables, or is another version's.
fn is_inbox(ctx: &Context, db: &mut Db) -> anyhow::Result<bool> {
    let Some(adopted_at) = of_inbox(db)? else { return Ok(false) };
    ctx.ui.show(&Already { already_adopted: adopted_at.is_some(), adopted_at })?;
    Ok(true)
}

/// Of an inbox, since when it is one where it was adopted.
///
/// # Errors
/// Refused: it has no tables, or is another version's.
pub(super) fn of_inbox(db: &mut Db) -> anyhow::Result<Option<Option<String>>> {
    match whose::origin(db)? {
        Origin::Ours => return tx::read(db, |conn| Ok(Some(adopt::adopted_at(conn)?))),
        Origin::Empty => {
            let schema = db.target.schema().to_owned();
            let map = Map::default();
            return tx::read(db, |conn| {
                let schemas = adopt::besides::schemas(conn)?;
                Err(elsewhere::no_contacts(&schema, "has no tables", &schemas, &map))
            });
        }
        Origin::Foreign(foreign) => {
            let refusal = whose::refusal(db, &foreign)?;
            if refusal.hint.as_deref().is_some_and(|hint| hint.contains("db baseline")) {
                return Err(refusal.into());
            }
        }
    }
    Ok(None)
}

/// In the transaction that is open, whose snapshot it is.
///
/// # Errors
/// As for [`read`].
pub(super) fn read_all(
    conn: &mut PgConnection,
    from: &Target,
    decisions: &Decisions<'_>,
) -> anyhow::Result<Reading> {
    let Decisions { map, path, tenant, trust_functions } = *decisions;
    let path = path.unwrap_or(Path::new(""));
    let seen = store::origin::look(conn)?;
    let catalog = catalog_snapshot::read(conn)?;
    let mapping = recognise::recognise(&catalog, map);
    if let Some(why) = mapping.wrong.first() {
        return Err(wrong_map(path, why).into());
    }
    if mapping.ours("contacts").is_some_and(|table| table.theirs.is_none())
        && !mapping.ambiguous.iter().any(|(table, _)| *table == "contacts")
    {
        let tables: Vec<String> =
            catalog.tables.iter().map(|table| identifier::shown(&table.name)).collect();
        let why = format!("has no table of contacts, but {}", human::listed(&tables, NAMED));
        let schemas = adopt::besides::schemas(conn)?;
        return Err(elsewhere::no_contacts(from.schema(), &why, &schemas, map));
    }
    let ours = Fingerprint::embedded()?.catalog;
    let kept = room::taken(&seen, &catalog, &mapping, &ours);
    if !kept.is_empty() {
        return Err(Failure::refused("names that an inbox needs are taken")
            .why(format!("the application keeps {}", human::listed(&kept, NAMED)))
            .hint("rename them there first, or say in the map which table of an inbox each is")
            .into());
    }
    let taken = mapping.taken(&catalog);
    let named: Vec<String> = taken.iter().map(|name| quote_identifier(name)).collect();
    own_code::require(conn, Some((from.schema(), &taken)), trust_functions)?;
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    interference::see_all_rows(conn, &named)?;
    let besides = adopt::besides::read(conn, &catalog, &mapping)?;
    let tenant = tenant::choose(conn, &mapping, &besides, tenant)?;
    let rows = tenant.as_ref().map(adopt::tenant::rows_of).unwrap_or_default();
    let zone = from.usual_time_zone()?;
    let mut counts = adopt::count(conn, &catalog, &mapping, zone.as_deref(), &rows)?;
    counts.left.extend(room::lost_types(&catalog, &ours, &mapping));
    let decided = decide::decide(&catalog, &mapping, &counts, map, &besides);
    let wrong = misfits(&decided, map);
    if let Some(why) = wrong.first() {
        return Err(wrong_map(path, why).into());
    }
    Ok(Reading {
        database: server::database_name(conn)?,
        application: room::application(&seen, &catalog, &mapping, &ours),
        elsewhere: store::catalog::tables_elsewhere(conn)?
            .into_iter()
            .map(|one| {
                let tables = one.tables.unsigned_abs();
                format!("schema {} ({})", one.schema, human::plural(tables, "table", "tables"))
            })
            .collect(),
        catalog,
        mapping,
        counts,
        decided,
        comments: adopt::comments::read(conn, &taken)?,
        besides,
        tenant,
        shares: Vec::new(),
    })
}
