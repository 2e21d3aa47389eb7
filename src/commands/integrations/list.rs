//! `integrations list`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::credentials::{self, Credentials};
use crate::commands::list_args::ColumnsArg;
use crate::context::Context;
use crate::context::keyring::Loaded;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::domain::vault;
use crate::domain::vocabulary::Channel;
use crate::domain::vocabulary::IntegrationStatus;
use crate::error::{Failure, Outcome};
use crate::store::integrations::{self, Integration};
use crate::store::{server, tx};
use crate::ui::{Cell, Field, List, Listed, Tone, human};

#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    columns: ColumnsArg<Row>,
}

pub(super) fn run(ctx: &mut Context, args: ListArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (rows, is_seen, now) = tx::read(&mut db, |conn| {
        let mut rows = Vec::new();
        let is_seen = integrations::may_read_credentials(conn)?;
        let list =
            if is_seen { integrations::list } else { integrations::list_without_credentials };
        for integration in list(conn)? {
            let set_at = integrations::find_credentials_set_at(conn, integration.channel.name())?;
            rows.push((integration, set_at));
        }
        Ok((rows, is_seen, server::now(conn)?))
    })?;
    // Without a keyring there is still something to tell.
    let keyring = match rows.iter().any(|(row, _)| row.credentials.is_some()) {
        true => ctx.keyring().map_err(|failure| note(ctx, failure)).ok(),
        false => None,
    };
    let absent: Vec<&str> = Channel::ALL
        .iter()
        .copied()
        .filter(|channel| rows.iter().all(|(row, _)| row.channel.known() != Some(*channel)))
        .map(Channel::as_str)
        .collect();
    let integrations = rows
        .into_iter()
        .map(|(row, set_at)| {
            let has_credentials = is_seen.then_some(row.credentials.is_some());
            Row { has_credentials, ..Row::new(row, set_at, now, keyring.as_ref()) }
        })
        .collect();
    ctx.tell_policies(&mut db, Row::TABLES)?;
    let notes = match absent.is_empty() {
        true => Vec::new(),
        false => vec![format!("Not set up: {}.", absent.join(", "))],
    };
    let list = List::whole(integrations, args.columns.chosen()).noting(notes);
    ctx.ui.show(&list.with("absent", &absent)?)?;
    Ok(Outcome::Done)
}

fn note(ctx: &Context, failure: Failure) {
    ctx.ui.warn(format!(
        "the credentials stay shut: {}{}",
        failure.what,
        failure.why.map(|why| format!(": {why}")).unwrap_or_default()
    ));
}

#[derive(Debug, Serialize)]
pub(super) struct Row {
    channel: Label<Channel>,
    status: Label<IntegrationStatus>,
    config: RawJson,
    /// Null where the role may not see that.
    has_credentials: Option<bool>,
    /// Names only; null where they can't be known.
    fields: Option<Vec<String>>,
    key_id: Option<String>,
    /// Why they don't open; null if they do, and where there is no keyring.
    problem: Option<String>,
    /// As far back as the audit log goes.
    credentials_set_at: Option<PgTime>,
    updated_at: PgTime,
    #[serde(skip)]
    now: Timestamp,
}

impl Row {
    fn new(
        row: Integration,
        set_at: Option<PgTime>,
        now: Timestamp,
        keyring: Option<&Loaded>,
    ) -> Row {
        let key_id = row.credentials.as_deref().and_then(|text| vault::key_id_of(text).ok());
        let (fields, problem) = match keyring.map(|keyring| credentials::of(&row, keyring)) {
            None | Some(Credentials::Absent) => (None, None),
            Some(Credentials::Open { fields, .. }) => {
                (Some(fields.names().map(str::to_owned).collect()), None)
            }
            Some(Credentials::Shut(error)) => (None, Some(error.to_string())),
        };
        Row {
            channel: row.channel,
            status: row.status,
            config: row.config,
            has_credentials: Some(row.credentials.is_some()),
            fields,
            key_id: key_id.map(|id| id.to_string()),
            problem,
            credentials_set_at: set_at.filter(|_| row.credentials.is_some()),
            updated_at: row.updated_at,
            now,
        }
    }

    fn credentials_cell(&self) -> Cell {
        match (&self.fields, &self.problem, self.has_credentials) {
            (Some(fields), _, _) => Cell::new(fields.join(", ")),
            (_, Some(problem), _) => Cell::toned(problem.clone(), Tone::Bad),
            (_, _, Some(true)) => Cell::toned("set, not opened", Tone::Warn),
            (_, _, Some(false)) => Cell::toned("none", Tone::Dim),
            (_, _, None) => Cell::toned("not for this role", Tone::Dim),
        }
    }

    fn age(&self) -> String {
        let Some(at) = self.credentials_set_at else { return String::from("-") };
        let age = at.known().map(|at| human::age(self.now.duration_since(at).unsigned_abs()));
        age.unwrap_or_else(|| at.to_string())
    }
}

pub(super) fn status_cell(status: &Label<IntegrationStatus>) -> Cell {
    let tone = match status.known() {
        Some(IntegrationStatus::Active) => Tone::Good,
        Some(IntegrationStatus::Inactive) => Tone::Dim,
        Some(IntegrationStatus::Error) => Tone::Bad,
        None => Tone::Plain,
    };
    Cell::toned(status.name(), tone)
}

/// `from_number="+44...", provider="twilio"`.
pub(super) fn config_summary(config: &RawJson, width: usize) -> String {
    if !config.is_object() {
        return human::one_line(config.text(), width);
    }
    let members = config.members();
    let pairs = members.iter().map(|(key, value)| format!("{key}={}", value.plain()));
    human::one_line(&pairs.collect::<Vec<_>>().join(", "), width)
}

impl Listed for Row {
    const KEY: &'static str = "integrations";
    const TABLES: &'static [&'static str] = &["integrations"];
    const NOUN: (&'static str, &'static str) = ("integration", "integrations");
    const FIELDS: &'static [Field<Row>] = &[
        Field::left("channel", |row: &Row| row.channel.name().into()),
        Field::left("status", |row: &Row| status_cell(&row.status)),
        Field::left("config", |row: &Row| config_summary(&row.config, 32).into()),
        Field::left("has_credentials", |row: &Row| match row.has_credentials {
            Some(true) => "yes".into(),
            Some(false) => "no".into(),
            None => Cell::toned("not for this role", Tone::Dim),
        })
        .titled("has credentials")
        .on_request(),
        Field::left("fields", Row::credentials_cell).titled("credentials"),
        Field::left("key_id", |row: &Row| row.key_id.as_deref().unwrap_or("-").into())
            .titled("key"),
        Field::left("problem", |row: &Row| row.problem.as_deref().unwrap_or_default().into())
            .on_request(),
        Field::right("credentials_set_at", |row: &Row| row.age().into()).titled("age"),
        Field::left("updated_at", |row: &Row| human::minute(row.updated_at).into())
            .titled("updated")
            .on_request(),
    ];
}
