//! `audit list`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::filter_args::FilterArgs;
use super::follow;
use crate::commands::list_args::ListArgs;
use crate::context::Context;
use crate::error::Outcome;
use crate::store::audit_log::{self, Entry};
use crate::store::{server, tx};
use crate::ui::{Field, Listed, human};

#[derive(Debug, Args)]
pub struct ListAuditArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// Go on with entries as they are written, until interrupted
    #[arg(long, short, conflicts_with_all = ["columns", "until"])]
    follow: bool,
    #[command(flatten)]
    list: ListArgs<EntryRow>,
}

pub(super) fn run(ctx: &mut Context, args: ListAuditArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let filter = tx::read(&mut db, |conn| args.filter.resolve(ctx, conn))?;
    if args.follow {
        ctx.tell_policies(&mut db, &["audit_logs"])?;
        return follow::run(ctx, &mut db, &filter, args.list.probe() - 1);
    }
    let (entries, now) = tx::read(&mut db, |conn| {
        Ok((audit_log::list(conn, &filter, args.list.probe())?, server::now(conn)?))
    })?;
    if entries.is_empty() {
        args.filter.hint(ctx, &mut db, &filter)?;
    }
    args.list.show(ctx, &mut db, entries.into_iter().map(|entry| EntryRow { entry, now }).collect())
}

#[derive(Debug, Serialize)]
pub(super) struct EntryRow {
    #[serde(flatten)]
    entry: Entry,
    #[serde(skip)]
    now: Timestamp,
}

impl Listed for EntryRow {
    const KEY: &'static str = "entries";
    const TABLES: &'static [&'static str] = &["audit_logs"];
    const NOUN: (&'static str, &'static str) = ("entry", "entries");
    const FIELDS: &'static [Field<EntryRow>] = &[
        Field::left("created_at", |row: &EntryRow| {
            human::when(row.entry.created_at, row.now).into()
        })
        .titled("when"),
        Field::left("actor", |row: &EntryRow| row.entry.who().into()),
        Field::left("action", |row: &EntryRow| row.entry.action.as_str().into()),
        Field::left("resource", |row: &EntryRow| row.entry.resource.as_str().into()),
        Field::text("resource_id", |row: &EntryRow| {
            row.entry.resource_id.clone().unwrap_or_default().into()
        })
        .titled("of"),
        Field::text("details", |row: &EntryRow| row.entry.details.text().into()).on_request(),
        Field::left("user_id", |row: &EntryRow| {
            row.entry.user_id.map(|id| id.to_string()).unwrap_or_default().into()
        })
        .on_request(),
        Field::left("id", |row: &EntryRow| row.entry.id.to_string().into()).on_request(),
        Field::left("recorded_by", |row: &EntryRow| {
            row.entry.recorded_by.clone().unwrap_or_default().into()
        })
        .on_request(),
        Field::left("recorded_from", |row: &EntryRow| {
            row.entry.recorded_from.clone().unwrap_or_default().into()
        })
        .on_request(),
        Field::left("recorded_at", |row: &EntryRow| {
            let at = row.entry.recorded_at.map(|at| human::when(at, row.now));
            at.unwrap_or_default().into()
        })
        .on_request(),
    ];
}
