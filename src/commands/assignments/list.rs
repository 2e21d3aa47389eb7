//! `assignments list`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::list_args::ListArgs;
use crate::commands::users;
use crate::context::Context;
use crate::domain::pg_time::PgTime;
use crate::error::Outcome;
use crate::store::assignments::{self, Assignment};
use crate::store::{server, tx};
use crate::ui::{Cell, Field, Listed, Tone, human};

#[derive(Debug, Args)]
pub struct ListAssignmentsArgs {
    /// Only contacts of this user, by e-mail or id
    #[arg(long, value_name = "USER")]
    user: Option<String>,
    #[command(flatten)]
    list: ListArgs<AssignmentRow>,
}

pub(super) fn run(ctx: &mut Context, args: ListAssignmentsArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (found, now) = tx::read(&mut db, |conn| {
        let user = match &args.user {
            Some(user) => Some(users::find(conn, user)?.id),
            None => None,
        };
        Ok((assignments::list(conn, user, args.list.probe())?, server::now(conn)?))
    })?;
    let rows = found.into_iter().map(|assignment| AssignmentRow::new(assignment, now));
    args.list.show(ctx, &mut db, rows.collect())
}

#[derive(Debug, Serialize)]
pub(super) struct AssignmentRow {
    contact_name: Option<String>,
    #[serde(skip)]
    contact_known_by: Option<String>,
    contact_id: Uuid,
    user_email: String,
    user_id: Uuid,
    /// When the contact came to this user.
    updated_at: PgTime,
    id: Uuid,
    #[serde(skip)]
    now: Timestamp,
}

impl AssignmentRow {
    fn new(assignment: Assignment, now: Timestamp) -> AssignmentRow {
        AssignmentRow {
            contact_name: assignment.contact_name,
            contact_known_by: assignment.contact_known_by,
            contact_id: assignment.contact_id,
            user_email: assignment.user_email,
            user_id: assignment.user_id,
            updated_at: assignment.updated_at,
            id: assignment.id,
            now,
        }
    }
}

impl AssignmentRow {
    fn known_by(&self) -> Option<&str> {
        self.contact_name.as_deref().or(self.contact_known_by.as_deref())
    }
}

impl Listed for AssignmentRow {
    const KEY: &'static str = "assignments";
    const TABLES: &'static [&'static str] = &["assignments", "contacts", "users"];
    const NOUN: (&'static str, &'static str) = ("assignment", "assignments");
    const FIELDS: &'static [Field<AssignmentRow>] = &[
        Field::text("contact_name", |row: &AssignmentRow| match row.known_by() {
            Some(known) => known.into(),
            None => Cell::toned("no name", Tone::Dim),
        })
        .titled("contact"),
        Field::text("user_email", |row: &AssignmentRow| row.user_email.as_str().into())
            .titled("user"),
        Field::left("updated_at", |row: &AssignmentRow| {
            human::when(row.updated_at, row.now).into()
        })
        .titled("since"),
        Field::left("contact_id", |row: &AssignmentRow| row.contact_id.to_string().into())
            .titled("contact id"),
        Field::left("user_id", |row: &AssignmentRow| row.user_id.to_string().into())
            .titled("user id")
            .on_request(),
        Field::left("id", |row: &AssignmentRow| row.id.to_string().into()).on_request(),
    ];
}
