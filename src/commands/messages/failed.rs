//! `messages failed`.

use clap::Args;
use serde::Serialize;

use super::row::{self, MessageRow};
use crate::commands::list_args::ListArgs;
use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::moment::{self, Moment};
use crate::domain::vocabulary::Channel;
use crate::error::Outcome;
use crate::store::{messages, server, tx};
use crate::ui::{Cell, Field, Listed, Tone};

#[derive(Debug, Args)]
pub struct FailedArgs {
    /// Only messages of this channel
    #[arg(long, value_name = "CHANNEL", value_parser = name_arg::parser::<Channel>())]
    channel: Option<Channel>,
    /// Only messages from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    since: Option<Moment>,
    #[command(flatten)]
    list: ListArgs<FailedRow>,
}

pub(super) fn run(ctx: &mut Context, args: FailedArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let limit = args.list.probe();
    let (found, now) = tx::read(&mut db, |conn| {
        let now = server::now(conn)?;
        let since = args.since.map(|since| since.resolve(now));
        Ok((messages::list_failed(conn, args.channel, since, limit)?, now))
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
