//! `templates list`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::list_args::ListArgs;
use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::Channel;
use crate::error::Outcome;
use crate::store::templates::{self, Filter, Template};
use crate::store::{server, tx};
use crate::ui::{Cell, Field, Listed, Tone, human};

#[derive(Debug, Args)]
pub struct ListTemplatesArgs {
    /// Only templates of this channel
    #[arg(long, value_name = "CHANNEL", value_parser = name_arg::parser::<Channel>())]
    channel: Option<Channel>,
    /// Only templates of this category
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Leave out templates that are switched off
    #[arg(long)]
    active: bool,
    #[command(flatten)]
    list: ListArgs<TemplateRow>,
}

pub(super) fn run(ctx: &mut Context, args: ListTemplatesArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let filter = Filter { channel: args.channel, category: args.category, active: args.active };
    let (found, now) = tx::read(&mut db, |conn| {
        Ok((templates::list(conn, &filter, args.list.probe())?, server::now(conn)?))
    })?;
    let rows = found.into_iter().map(|template| TemplateRow::new(template, now));
    args.list.show(ctx, &mut db, rows.collect())
}

#[derive(Debug, Serialize)]
pub(super) struct TemplateRow {
    name: String,
    /// Null for any channel.
    channel: Option<Label<Channel>>,
    category: Option<String>,
    variables: Vec<String>,
    is_active: bool,
    content: String,
    updated_at: PgTime,
    id: Uuid,
    #[serde(skip)]
    now: Timestamp,
}

impl TemplateRow {
    fn new(template: Template, now: Timestamp) -> TemplateRow {
        TemplateRow {
            channel: template.channel,
            name: template.name,
            category: template.category,
            variables: template.variables,
            is_active: template.is_active,
            content: template.content,
            updated_at: template.updated_at,
            id: template.id,
            now,
        }
    }
}

impl Listed for TemplateRow {
    const KEY: &'static str = "templates";
    const TABLES: &'static [&'static str] = &["templates"];
    const NOUN: (&'static str, &'static str) = ("template", "templates");
    const FIELDS: &'static [Field<TemplateRow>] = &[
        Field::left("name", |row: &TemplateRow| row.name.as_str().into()),
        Field::left("channel", |row: &TemplateRow| match &row.channel {
            Some(channel) => channel.name().into(),
            None => Cell::toned("any", Tone::Dim),
        }),
        Field::left("category", |row: &TemplateRow| {
            row.category.clone().unwrap_or_default().into()
        }),
        Field::text("variables", |row: &TemplateRow| row.variables.join(", ").into()),
        Field::left("is_active", |row: &TemplateRow| match row.is_active {
            true => Cell::toned("active", Tone::Good),
            false => Cell::toned("off", Tone::Dim),
        })
        .titled("state"),
        Field::text("content", |row: &TemplateRow| row.content.as_str().into()).on_request(),
        Field::left("updated_at", |row: &TemplateRow| human::when(row.updated_at, row.now).into())
            .titled("updated")
            .on_request(),
        Field::left("id", |row: &TemplateRow| row.id.to_string().into()).on_request(),
    ];
}
