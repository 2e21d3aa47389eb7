//! `messages failed`.

use clap::Args;
use serde::Serialize;

use super::OnlyArgs;
use super::row::{self, MessageRow};
use crate::commands::list_args::ListArgs;
use crate::context::Context;
use crate::error::Outcome;
use crate::store::{messages, server, tx};
use crate::ui::{Cell, Field, Listed, Tone};

#[derive(Debug, Args)]
pub struct FailedArgs {
    #[command(flatten)]
    only: OnlyArgs,
    #[command(flatten)]
    list: ListArgs<FailedRow>,
}

pub(super) fn run(ctx: &mut Context, args: FailedArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let limit = args.list.probe();
    let (found, now) = tx::read(&mut db, |conn| {
        let now = server::now(conn)?;
        Ok((messages::list_failed(conn, args.only.resolve(now), limit)?, now))
    })?;
    let rows = found.into_iter().map(|message| FailedRow(MessageRow::new(message, now)));
    args.list.show(ctx, &mut db, rows.collect())
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct FailedRow(MessageRow);

impl Listed for FailedRow {
    const KEY: &'static str = "messages";
    const TABLES: &'static [&'static str] = &["messages", "contacts", "users"];
    const NOUN: (&'static str, &'static str) = ("failed message", "failed messages");
    const FIELDS: &'static [Field<FailedRow>] = &[
        Field::left("created_at", |FailedRow(row): &FailedRow| {
            row::when(Some(row.created_at), row.now)
        })
        .titled("when"),
        Field::left("channel", |FailedRow(row): &FailedRow| row.channel.name().into()),
        Field::text("contact_name", |FailedRow(row): &FailedRow| row.contact_cell())
            .titled("contact"),
        Field::text("error", |FailedRow(row): &FailedRow| match &row.error {
            Some(error) => Cell::toned(error, Tone::Bad),
            None => Cell::toned("unknown", Tone::Dim),
        }),
        Field::text("content", |FailedRow(row): &FailedRow| row.content.as_str().into()),
        Field::left("contact_id", |FailedRow(row): &FailedRow| row.contact_id.to_string().into())
            .titled("contact id")
            .on_request(),
        Field::left("thread_id", |FailedRow(row): &FailedRow| {
            row.thread_id.as_deref().unwrap_or_default().into()
        })
        .titled("thread")
        .on_request(),
        Field::left("id", |FailedRow(row): &FailedRow| row.id.to_string().into()).on_request(),
    ];
}
