//! `contacts distinct`.

use clap::Args;
use diesel::PgConnection;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::named::ContactArg;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::id_arg::Asked;
use crate::commands::list_args::ListArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::pg_time::PgTime;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::contacts::{self, Distinct};
use crate::store::tx;
use crate::ui::{Block, Cell, Field, Listed, Tabular, human};

#[derive(Debug, Args)]
pub struct DistinctArgs {
    /// One contact; by its whole id, unless with --dry-run
    #[arg(required_unless_present = "list", requires = "b")]
    a: Option<ContactArg>,
    /// The other one
    b: Option<ContactArg>,
    /// List what is remembered, the newest first
    #[arg(long, conflicts_with_all = ["a", "remove", "dry_run"])]
    list: bool,
    /// Forget that they are not the same
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    of_list: ListArgs<PairRow>,
}

pub fn run(ctx: &mut Context, args: DistinctArgs) -> anyhow::Result<Outcome> {
    let (Some(a), Some(b)) = (args.a, args.b) else { return list(ctx, args.of_list) };
    let mut db = ctx.connect()?;
    let asked = if args.consent.dry_run { Asked::Yes } else { Asked::Never };
    let (a, b) = tx::read(&mut db, |conn| {
        Ok((a.find_for(ctx, conn, asked)?, b.find_for(ctx, conn, asked)?))
    })?;
    if a == b {
        return Err(Failure::usage("a contact can't be distinct from itself").into());
    }
    let changed = if args.consent.dry_run {
        tx::read(&mut db, |conn| {
            let pair = (a.min(b), a.max(b));
            let is_known = contacts::list_distinct(conn)?.contains(&pair);
            if !args.remove {
                require(conn, [a, b])?;
            }
            Ok(is_known == args.remove)
        })?
    } else {
        let actor = ctx.actor(&mut db, Right::Contacts)?;
        tx::write(&mut db, |conn| match args.remove {
            true => forget(conn, &actor, &[(a, b)]),
            false => remember(conn, &actor, [a, b]),
        })?
    };
    let (added, removed) = if args.remove { (false, changed) } else { (changed, false) };
    let (dry_run, is_removal) = (args.consent.dry_run, args.remove);
    ctx.ui.show(&DistinctView { dry_run, a_id: a, b_id: b, added, removed, is_removal })?;
    Ok(Outcome::Done)
}

/// # Errors
/// Not found: one of them is no contact, or was merged into another one.
fn require(conn: &mut PgConnection, ids: [Uuid; 2]) -> anyhow::Result<()> {
    for id in ids {
        if contacts::find(conn, id)?.is_none_or(|contact| contact.id != id) {
            return Err(super::unknown(id).into());
        }
    }
    Ok(())
}

fn remember(conn: &mut PgConnection, actor: &Actor, [a, b]: [Uuid; 2]) -> anyhow::Result<bool> {
    require(conn, [a, b])?;
    let added = contacts::insert_distinct(conn, a, b, &actor.name)?;
    if added {
        record(conn, actor, Action::ContactDistinct, (a, b))?;
    }
    Ok(added)
}

/// Forgets that pairs are not the same; whether somebody had said so of one.
pub(super) fn forget(
    conn: &mut PgConnection,
    actor: &Actor,
    pairs: &[(Uuid, Uuid)],
) -> anyhow::Result<bool> {
    let mut changed = false;
    for &(a, b) in pairs {
        if contacts::delete_distinct(conn, a, b)? {
            record(conn, actor, Action::ContactDistinctRemove, (a, b))?;
            changed = true;
        }
    }
    Ok(changed)
}

fn record(
    conn: &mut PgConnection,
    actor: &Actor,
    action: Action,
    (a, b): (Uuid, Uuid),
) -> anyhow::Result<()> {
    let change =
        Change { action, resource_id: Some(&a.to_string()), details: json!({ "other": b }) };
    Ok(audit::record(conn, actor, &change)?)
}

fn list(ctx: &mut Context, list: ListArgs<PairRow>) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let found = tx::read(&mut db, |conn| Ok(contacts::newest_distinct(conn, list.probe())?))?;
    list.show(ctx, &mut db, found.into_iter().map(PairRow::from).collect())
}

#[derive(Debug, Serialize)]
struct DistinctView {
    dry_run: bool,
    a_id: Uuid,
    b_id: Uuid,
    /// False: it was known.
    added: bool,
    /// False: it was not known.
    removed: bool,
    #[serde(skip)]
    is_removal: bool,
}

impl Tabular for DistinctView {
    fn blocks(&self) -> Vec<Block> {
        let text = match (self.is_removal, self.added || self.removed, self.dry_run) {
            (false, true, false) => {
                "Remembered: they are not the same, and will not be merged automatically."
            }
            (false, true, true) => "Would remember that they are not the same.",
            (false, false, _) => "It was known that they are not the same.",
            (true, true, false) => "Forgotten: they may be merged if they match.",
            (true, true, true) => "Would forget that they are not the same.",
            (true, false, _) => "Nobody had said that they are not the same.",
        };
        vec![Block::Text(text.to_owned())]
    }
}

/// Two contacts that somebody called different.
#[derive(Debug, Serialize)]
pub(super) struct PairRow {
    a_id: Uuid,
    /// Null where the contact is gone or has no name.
    a_name: Option<String>,
    b_id: Uuid,
    b_name: Option<String>,
    actor: String,
    created_at: PgTime,
}

impl From<Distinct> for PairRow {
    fn from(pair: Distinct) -> PairRow {
        PairRow {
            a_id: pair.low_id,
            a_name: pair.low_name,
            b_id: pair.high_id,
            b_name: pair.high_name,
            actor: pair.actor,
            created_at: pair.created_at,
        }
    }
}

fn who(name: Option<&String>, id: Uuid) -> Cell {
    match name {
        Some(name) => format!("{} ({id})", human::one_line(name, 24)).into(),
        None => id.to_string().into(),
    }
}

impl Listed for PairRow {
    const KEY: &'static str = "pairs";
    const TABLES: &'static [&'static str] = &["distinct_contacts", "contacts"];
    const NOUN: (&'static str, &'static str) = ("pair", "pairs");
    const FIELDS: &'static [Field<PairRow>] = &[
        Field::left("a_name", |row: &PairRow| who(row.a_name.as_ref(), row.a_id)).titled("one"),
        Field::left("b_name", |row: &PairRow| who(row.b_name.as_ref(), row.b_id))
            .titled("the other"),
        Field::left("actor", |row: &PairRow| human::one_line(&row.actor, 24).into()).titled("by"),
        Field::left("created_at", |row: &PairRow| human::minute(row.created_at).into())
            .titled("at"),
        Field::left("a_id", |row: &PairRow| row.a_id.to_string().into()).on_request(),
        Field::left("b_id", |row: &PairRow| row.b_id.to_string().into()).on_request(),
    ];
}
