//! `contacts list`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::filter_args::FilterArgs;
use crate::commands::list_args::ListArgs;
use crate::context::Context;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::error::Outcome;
use crate::store::contact_list::{self, Listed as Contact};
use crate::store::{server, tx};
use crate::ui::{Cell, Field, Listed, human};

#[derive(Debug, Args)]
pub struct ListContactsArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    list: ListArgs<ContactRow>,
}

pub(super) fn run(ctx: &mut Context, args: ListContactsArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (found, now) = tx::read(&mut db, |conn| {
        let filter = args.filter.resolve(conn)?;
        Ok((contact_list::list(conn, &filter, args.list.probe())?, server::now(conn)?))
    })?;
    let rows = found.into_iter().map(|contact| ContactRow::new(contact, now));
    args.list.show(ctx, &mut db, rows.collect())
}

#[derive(Debug, Serialize)]
pub(super) struct ContactRow {
    id: Uuid,
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    social_handles: RawJson,
    metadata: RawJson,
    created_at: PgTime,
    updated_at: PgTime,
    assigned_to_email: Option<String>,
    last_message_at: Option<PgTime>,
    /// The contacts that were merged into it.
    merged_ids: Vec<Uuid>,
    #[serde(skip)]
    now: Timestamp,
}

impl ContactRow {
    fn new(contact: Contact, now: Timestamp) -> ContactRow {
        ContactRow {
            id: contact.id,
            name: contact.name,
            phone: contact.phone,
            email: contact.email,
            social_handles: contact.social_handles,
            metadata: contact.metadata,
            created_at: contact.created_at,
            updated_at: contact.updated_at,
            assigned_to_email: contact.assigned_to_email,
            last_message_at: contact.last_message_at,
            merged_ids: contact.merged_ids,
            now,
        }
    }
}

fn text(value: &Option<String>) -> Cell {
    value.as_deref().unwrap_or_default().into()
}

impl Listed for ContactRow {
    const KEY: &'static str = "contacts";
    const TABLES: &'static [&'static str] = &["contacts", "messages", "assignments", "users"];
    const NOUN: (&'static str, &'static str) = ("contact", "contacts");
    const FIELDS: &'static [Field<ContactRow>] = &[
        Field::text("name", |row: &ContactRow| text(&row.name)),
        Field::text("phone", |row: &ContactRow| text(&row.phone)),
        Field::text("email", |row: &ContactRow| text(&row.email)).titled("e-mail"),
        Field::text("assigned_to_email", |row: &ContactRow| text(&row.assigned_to_email))
            .titled("assigned to"),
        Field::left("last_message_at", |row: &ContactRow| {
            let at = row.last_message_at.map(|at| human::when(at, row.now));
            at.unwrap_or_default().into()
        })
        .titled("last message"),
        Field::left("created_at", |row: &ContactRow| human::when(row.created_at, row.now).into())
            .titled("created"),
        Field::left("id", |row: &ContactRow| row.id.to_string().into()),
        Field::left("updated_at", |row: &ContactRow| human::when(row.updated_at, row.now).into())
            .titled("updated")
            .on_request(),
        Field::text("social_handles", |row: &ContactRow| row.social_handles.text().into())
            .titled("handles")
            .on_request(),
        Field::text("metadata", |row: &ContactRow| row.metadata.text().into()).on_request(),
        Field::text("merged_ids", |row: &ContactRow| {
            let ids: Vec<String> = row.merged_ids.iter().map(Uuid::to_string).collect();
            ids.join(" ").into()
        })
        .titled("merged contacts")
        .on_request(),
    ];
}
