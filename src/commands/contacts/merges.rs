//! `contacts merges`.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::named::ContactArg;
use crate::commands::id_arg::IdArg;
use crate::commands::list_args::ListArgs;
use crate::commands::span_args::SpanArgs;
use crate::context::Context;
use crate::domain::retention::policy::Table;
use crate::error::Outcome;
use crate::store::id_ranges::Of;
use crate::store::merges::{self, Merge};
use crate::store::{server, tx};
use crate::ui::{Cell, Field, Listed, Tone, human};

#[derive(Debug, Args)]
pub struct MergesArgs {
    /// Only merges that involve this contact
    #[arg(long, value_name = "CONTACT")]
    contact: Option<ContactArg>,
    /// Only merges of this run of contacts dedupe
    #[arg(long, value_name = "ID")]
    run: Option<IdArg>,
    #[command(flatten)]
    span: SpanArgs,
    #[command(flatten)]
    list: ListArgs<MergeRow>,
}

pub fn run(ctx: &mut Context, args: MergesArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let probe = args.list.probe();
    let found = tx::read(&mut db, |conn| {
        let contact = args.contact.as_ref().map(|contact| contact.find(ctx, conn)).transpose()?;
        let run = args.run.as_ref().map(|run| run.find(conn, Of::Run)).transpose()?;
        let span = args.span.resolve(server::now(conn)?);
        Ok(merges::list(conn, contact, run, span, probe)?)
    })?;
    let kept_for = kept_for(ctx);
    let rows = found.iter().map(|merge| MergeRow::new(merge, kept_for)).collect();
    args.list.show(ctx, &mut db, rows)
}

/// How long policies of retention let merges be undone.
pub(super) fn kept_for(ctx: &Context) -> Option<Duration> {
    let policies = ctx.config.reading.policies.iter().flat_map(|found| &found.retention.policies);
    policies.filter(|one| one.table == Table::ContactMerges).map(|one| one.older_than).min()
}

/// Until when a merge can be undone.
pub(super) fn undo_until(merged_at: Timestamp, kept_for: Option<Duration>) -> Option<Timestamp> {
    merged_at.checked_add(kept_for?).ok()
}

/// A merge in a list, the newest first.
#[derive(Debug, Serialize)]
pub struct MergeRow {
    id: Uuid,
    survivor_id: Uuid,
    survivor_name: Option<String>,
    merged_ids: Vec<Uuid>,
    probability: Option<f64>,
    /// The run of dedupe; null for a merge by hand.
    run: Option<Uuid>,
    actor: String,
    merged_at: Timestamp,
    undone_at: Option<Timestamp>,
    /// What it recorded is gone, and so it can't be undone.
    emptied: bool,
    /// Until when it can be undone, where a policy of retention empties merges.
    undo_until: Option<Timestamp>,
}

impl MergeRow {
    pub fn new(merge: &Merge, kept_for: Option<Duration>) -> MergeRow {
        let is_done = merge.is_emptied || merge.undone_at.is_some();
        MergeRow {
            id: merge.id,
            survivor_id: merge.survivor_id,
            survivor_name: merge.survivor_name.clone(),
            merged_ids: merge.merged_ids.clone(),
            probability: merge.probability,
            run: merge.run,
            actor: merge.actor.clone(),
            merged_at: merge.merged_at,
            undone_at: merge.undone_at,
            emptied: merge.is_emptied,
            undo_until: undo_until(merge.merged_at, kept_for.filter(|_| !is_done)),
        }
    }

    fn survivor(&self) -> Cell {
        let id = || self.survivor_id.to_string();
        human::one_line(&self.survivor_name.clone().unwrap_or_else(id), 24).into()
    }
}

impl Listed for MergeRow {
    const KEY: &'static str = "merges";
    const TABLES: &'static [&'static str] = &["contact_merges", "contacts"];
    const NOUN: (&'static str, &'static str) = ("merge", "merges");
    const FIELDS: &'static [Field<MergeRow>] = &[
        Field::left("id", |row: &MergeRow| row.id.to_string().into()).titled("merge"),
        Field::left("survivor_name", MergeRow::survivor).titled("survivor"),
        Field::right("merged_ids", |row: &MergeRow| row.merged_ids.len().to_string().into())
            .titled("merged"),
        Field::left("merged_at", |row: &MergeRow| human::minute(row.merged_at).into()).titled("at"),
        Field::left("undone_at", |row: &MergeRow| match row.undone_at {
            Some(_) => Cell::toned("undone", Tone::Dim),
            None if row.emptied => Cell::toned("emptied", Tone::Dim),
            None => Cell::toned("merged", Tone::Good),
        })
        .titled("state"),
        Field::left("undo_until", |row: &MergeRow| {
            row.undo_until.map(human::minute).unwrap_or_default().into()
        })
        .titled("undo until")
        .on_request(),
        Field::left("survivor_id", |row: &MergeRow| row.survivor_id.to_string().into())
            .titled("survivor id")
            .on_request(),
        Field::right("probability", |row: &MergeRow| {
            row.probability.map(|p| format!("{p:.3}")).unwrap_or_default().into()
        })
        .on_request(),
        Field::left("run", |row: &MergeRow| {
            row.run.map(|run| run.to_string()).unwrap_or_default().into()
        })
        .on_request(),
        Field::text("actor", |row: &MergeRow| row.actor.as_str().into()).titled("by").on_request(),
    ];
}
