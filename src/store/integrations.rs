//! Rows of `integrations`: a channel each, with its config and an envelope.

use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Nullable, Text};
use uuid::Uuid;

use super::interference::{self, Event};
use super::json::DbJson;
use super::schema::{audit_logs, integrations};
use super::statements;
use super::types::{Word, same};
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::domain::vocabulary::{Channel, IntegrationStatus};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = integrations)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Integration {
    pub id: Uuid,
    pub channel: Label<Channel>,
    /// Mostly an object; without secrets.
    #[diesel(deserialize_as = DbJson)]
    pub config: RawJson,
    pub status: Label<IntegrationStatus>,
    /// An envelope, as far as nobody wrote something else.
    pub credentials: Option<String>,
    pub updated_at: PgTime,
}

/// Whether the role sees envelopes: one that only looks on need not.
pub fn may_read_credentials(conn: &mut PgConnection) -> QueryResult<bool> {
    let may = "SELECT has_column_privilege('integrations'::text, 'credentials'::text, 'SELECT'::text) AS truth";
    statements::truth(conn, may)
}

/// As [`list`], for a role that doesn't see the envelopes.
pub fn list_without_credentials(conn: &mut PgConnection) -> QueryResult<Vec<Integration>> {
    use integrations::{channel, config, id, status, updated_at};
    integrations::table
        .select((id, channel, config, status, sql::<Nullable<Text>>("NULL::text"), updated_at))
        .order((channel, id))
        .load(conn)
}

/// All of them, in the order of the channels.
pub fn list(conn: &mut PgConnection) -> QueryResult<Vec<Integration>> {
    integrations::table
        .select(Integration::as_select())
        .order((integrations::channel, integrations::id))
        .load(conn)
}

pub fn find(conn: &mut PgConnection, channel: Channel) -> QueryResult<Option<Integration>> {
    integrations::table
        .filter(same(integrations::channel, Word(channel)))
        .select(Integration::as_select())
        .first(conn)
        .optional()
}

/// As [`find`], and nobody else changes the row until the transaction ends.
pub fn find_for_update(
    conn: &mut PgConnection,
    channel: Channel,
) -> QueryResult<Option<Integration>> {
    integrations::table
        .filter(same(integrations::channel, Word(channel)))
        .select(Integration::as_select())
        .for_update()
        .first(conn)
        .optional()
}

/// The row of the channel, made if it isn't there, and locked.
pub fn find_or_insert(conn: &mut PgConnection, channel: Channel) -> QueryResult<Integration> {
    diesel::insert_into(integrations::table)
        .values(integrations::channel.eq(Word(channel)))
        .on_conflict(integrations::channel)
        .do_nothing()
        .execute(conn)?;
    let row = find_for_update(conn, channel)?;
    let counts = (1, usize::from(row.is_some()));
    interference::none_swallowed(conn, "integrations", Event::Insert, counts)?;
    row.ok_or(diesel::result::Error::NotFound)
}

/// When somebody last set the credentials of a channel, as far back as the audit
/// log goes.
pub fn find_credentials_set_at(
    conn: &mut PgConnection,
    channel: &str,
) -> QueryResult<Option<PgTime>> {
    audit_logs::table
        .filter(audit_logs::resource.eq(Action::CredentialsSet.resource()))
        .filter(audit_logs::resource_id.eq(channel))
        .filter(audit_logs::action.eq(Action::CredentialsSet.as_str()))
        .select(max(audit_logs::created_at))
        .first(conn)
}

/// The first credentials of a row that is locked and has none.
pub fn add_credentials(conn: &mut PgConnection, id: Uuid, envelope: &str) -> QueryResult<()> {
    let updated = diesel::update(integrations::table.find(id))
        .filter(integrations::credentials.is_null())
        .set(integrations::credentials.eq(envelope))
        .execute(conn)?;
    interference::none_swallowed(conn, "integrations", Event::Update, (1, updated))
}

/// Overwrites credentials that are locked and are `old`.
pub fn replace_credentials(
    conn: &mut PgConnection,
    id: Uuid,
    old: &str,
    new: &str,
    _consent: &Consent,
) -> QueryResult<()> {
    let updated = diesel::update(integrations::table.find(id))
        .filter(integrations::credentials.eq(old))
        .set(integrations::credentials.eq(new))
        .execute(conn)?;
    interference::none_swallowed(conn, "integrations", Event::Update, (1, updated))
}

/// Removes the credentials; an active channel becomes inactive, because it can't
/// work any more.
pub fn clear_credentials(conn: &mut PgConnection, id: Uuid, _consent: &Consent) -> QueryResult<()> {
    let updated = diesel::update(integrations::table.find(id))
        .set((
            integrations::credentials.eq(None::<String>),
            integrations::status.eq(Word(IntegrationStatus::Inactive)),
        ))
        .execute(conn)?;
    interference::none_swallowed(conn, "integrations", Event::Update, (1, updated))
}

pub fn update_status(
    conn: &mut PgConnection,
    id: Uuid,
    status: IntegrationStatus,
) -> QueryResult<()> {
    let updated = diesel::update(integrations::table.find(id))
        .set(integrations::status.eq(Word(status)))
        .execute(conn)?;
    interference::none_swallowed(conn, "integrations", Event::Update, (1, updated))
}

/// The value as the server writes it: comparable with what is stored.
pub fn stored_form(conn: &mut PgConnection, value: &RawJson) -> QueryResult<RawJson> {
    let stored: DbJson = diesel::select(DbJson(value.clone()).into_sql::<Jsonb>()).first(conn)?;
    Ok(stored.0)
}

/// Adds keys to the config, which is an object; one that is there keeps its value.
pub fn add_config(conn: &mut PgConnection, id: Uuid, added: &RawJson) -> QueryResult<()> {
    let updated = diesel::update(integrations::table.find(id))
        .set(
            integrations::config
                .eq(sql::<Jsonb>("").bind::<Jsonb, _>(DbJson(added.clone())).sql(" || config")),
        )
        .execute(conn)?;
    interference::none_swallowed(conn, "integrations", Event::Update, (1, updated))
}

/// Overwrites the config.
pub fn replace_config(
    conn: &mut PgConnection,
    id: Uuid,
    config: &RawJson,
    _consent: &Consent,
) -> QueryResult<()> {
    let updated = diesel::update(integrations::table.find(id))
        .set(integrations::config.eq(DbJson(config.clone())))
        .execute(conn)?;
    interference::none_swallowed(conn, "integrations", Event::Update, (1, updated))
}
