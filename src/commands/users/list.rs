//! `users list`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::list_args::ListArgs;
use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::UserRole;
use crate::error::Outcome;
use crate::store::users::{self, Filter, User};
use crate::store::{server, tx};
use crate::ui::{Cell, Field, Listed, Tone, human};

#[derive(Debug, Args)]
pub struct ListUsersArgs {
    /// Only users with this role
    #[arg(long, value_name = "ROLE", value_parser = name_arg::parser::<UserRole>())]
    role: Option<UserRole>,
    /// Leave out users who are deactivated
    #[arg(long)]
    active: bool,
    #[command(flatten)]
    list: ListArgs<UserRow>,
}

pub(super) fn run(ctx: &mut Context, args: ListUsersArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let filter = Filter { role: args.role, active: args.active };
    let (rows, now) = tx::read(&mut db, |conn| {
        Ok((users::list(conn, filter, args.list.probe())?, server::now(conn)?))
    })?;
    let rows = rows.into_iter().map(|(user, last_seen)| UserRow::new(user, last_seen, now));
    args.list.show(ctx, &mut db, rows.collect())
}

#[derive(Debug, Serialize)]
pub(super) struct UserRow {
    email: String,
    name: String,
    role: Label<UserRole>,
    /// `active` or `deactivated`.
    state: &'static str,
    /// Null if never.
    last_seen: Option<PgTime>,
    created_at: PgTime,
    deactivated_at: Option<PgTime>,
    id: Uuid,
    #[serde(skip)]
    now: Timestamp,
}

impl UserRow {
    fn new(user: User, last_seen: Option<PgTime>, now: Timestamp) -> UserRow {
        UserRow {
            email: user.email,
            name: user.name,
            role: user.role,
            state: if user.deactivated_at.is_some() { "deactivated" } else { "active" },
            last_seen,
            created_at: user.created_at,
            deactivated_at: user.deactivated_at,
            id: user.id,
            now,
        }
    }

    fn when(&self, at: Option<PgTime>) -> Cell {
        at.map(|at| human::when(at, self.now)).unwrap_or_default().into()
    }
}

impl Listed for UserRow {
    const KEY: &'static str = "users";
    const TABLES: &'static [&'static str] = &["users", "presence"];
    const NOUN: (&'static str, &'static str) = ("user", "users");
    const FIELDS: &'static [Field<UserRow>] = &[
        Field::left("email", |row: &UserRow| row.email.as_str().into()).titled("e-mail"),
        Field::text("name", |row: &UserRow| row.name.as_str().into()),
        Field::left("role", |row: &UserRow| row.role.name().into()),
        Field::left("state", |row: &UserRow| match row.deactivated_at {
            Some(_) => Cell::toned(row.state, Tone::Dim),
            None => Cell::toned(row.state, Tone::Good),
        }),
        Field::left("last_seen", |row: &UserRow| row.when(row.last_seen)).titled("last seen"),
        Field::left("created_at", |row: &UserRow| row.when(Some(row.created_at)))
            .titled("created")
            .on_request(),
        Field::left("deactivated_at", |row: &UserRow| row.when(row.deactivated_at))
            .titled("deactivated")
            .on_request(),
        Field::left("id", |row: &UserRow| row.id.to_string().into()).on_request(),
    ];
}
