//! `presence list`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::list_args::ListArgs;
use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::PresenceStatus;
use crate::error::Outcome;
use crate::store::presence::{self, Presence};
use crate::store::{server, tx};
use crate::ui::{Cell, Field, Listed, Tone, human};

#[derive(Debug, Args)]
pub struct ListPresenceArgs {
    /// Only users with this status
    #[arg(long, value_name = "STATUS", value_parser = name_arg::parser::<PresenceStatus>())]
    status: Option<PresenceStatus>,
    #[command(flatten)]
    list: ListArgs<PresenceRow>,
}

pub(super) fn run(ctx: &mut Context, args: ListPresenceArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (found, now) = tx::read(&mut db, |conn| {
        Ok((presence::list(conn, args.status, args.list.probe())?, server::now(conn)?))
    })?;
    let rows = found.into_iter().map(|presence| PresenceRow::new(presence, now));
    args.list.show(ctx, &mut db, rows.collect())
}

#[derive(Debug, Serialize)]
pub(super) struct PresenceRow {
    user_email: String,
    status: Label<PresenceStatus>,
    last_seen: PgTime,
    contact_name: Option<String>,
    contact_id: Option<Uuid>,
    user_id: Uuid,
    #[serde(skip)]
    now: Timestamp,
}

impl PresenceRow {
    fn new(presence: Presence, now: Timestamp) -> PresenceRow {
        PresenceRow {
            user_email: presence.user_email,
            status: presence.status,
            last_seen: presence.last_seen,
            contact_name: presence.contact_name,
            contact_id: presence.contact_id,
            user_id: presence.user_id,
            now,
        }
    }
}

impl Listed for PresenceRow {
    const KEY: &'static str = "presence";
    const TABLES: &'static [&'static str] = &["presence", "users", "contacts"];
    const NOUN: (&'static str, &'static str) = ("user", "users");
    const FIELDS: &'static [Field<PresenceRow>] = &[
        Field::text("user_email", |row: &PresenceRow| row.user_email.as_str().into())
            .titled("user"),
        Field::left("status", |row: &PresenceRow| {
            let tone = match row.status.known() {
                Some(PresenceStatus::Online) => Tone::Good,
                Some(PresenceStatus::Away) => Tone::Warn,
                Some(PresenceStatus::Offline) => Tone::Dim,
                None => Tone::Plain,
            };
            Cell::toned(row.status.name(), tone)
        }),
        Field::left("last_seen", |row: &PresenceRow| human::when(row.last_seen, row.now).into())
            .titled("last seen"),
        Field::text("contact_name", |row: &PresenceRow| {
            match (&row.contact_name, row.contact_id) {
                (Some(name), _) => name.as_str().into(),
                (None, Some(id)) => id.to_string().into(),
                (None, None) => Cell::new(""),
            }
        })
        .titled("has open"),
        Field::left("contact_id", |row: &PresenceRow| {
            row.contact_id.map(|id| id.to_string()).unwrap_or_default().into()
        })
        .titled("contact id")
        .on_request(),
        Field::left("user_id", |row: &PresenceRow| row.user_id.to_string().into())
            .titled("user id")
            .on_request(),
    ];
}
