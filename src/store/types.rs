//! The database's native enums, and what an application may have put beside our own values.

use std::io::Write;

use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::{AsExpression, Expression};
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, SingleValue, SqlType, Timestamptz};
use serde::Serialize;

use crate::domain::channel;
use crate::domain::named::{Label, Named};
use crate::domain::pg_time::PgTime;

diesel::infix_operator!(Same, " OPERATOR(pg_catalog.=) ", backend: Pg);

/// That two values of an enum are the same. Diesel's own `.eq` writes a `=` that somebody who may
/// create in the schema can put his own before: the server has none for exactly this type.
pub fn same<E, V>(column: E, value: V) -> Same<E, V::Expression>
where
    E: Expression,
    E::SqlType: SqlType,
    V: AsExpression<E::SqlType>,
{
    Same::new(column, value.as_expression())
}

/// Of any enum: a label that the application added is a value too.
impl<T: Named, S> FromSql<S, Pg> for Label<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Label<T>> {
        Ok(Label::read(std::str::from_utf8(value.as_bytes())?))
    }
}

impl<T: Named, S: SingleValue> Queryable<S, Pg> for Label<T>
where
    Label<T>: FromSql<S, Pg>,
{
    type Row = Label<T>;

    fn build(row: Label<T>) -> deserialize::Result<Label<T>> {
        Ok(row)
    }
}

impl FromSql<Timestamptz, Pg> for PgTime {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<PgTime> {
        FromSql::<BigInt, Pg>::from_sql(value).map(PgTime::from_microseconds)
    }
}

impl Queryable<Timestamptz, Pg> for PgTime {
    type Row = PgTime;

    fn build(row: PgTime) -> deserialize::Result<PgTime> {
        Ok(row)
    }
}

/// For binding in the query builder.
#[derive(Debug, Clone, Copy, AsExpression)]
#[diesel(sql_type = Timestamptz)]
pub struct DbTime(pub PgTime);

impl ToSql<Timestamptz, Pg> for DbTime {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamptz, Pg>::to_sql(&self.0, out)
    }
}

impl ToSql<Timestamptz, Pg> for PgTime {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&self.microseconds().to_be_bytes())?;
        Ok(IsNull::No)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::Channel")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    Sms,
    Whatsapp,
    Email,
    Twitter,
    Facebook,
    Instagram,
    Linkedin,
}

impl From<channel::Channel> for Channel {
    fn from(channel: channel::Channel) -> Channel {
        match channel {
            channel::Channel::Sms => Channel::Sms,
            channel::Channel::Whatsapp => Channel::Whatsapp,
            channel::Channel::Email => Channel::Email,
            channel::Channel::Twitter => Channel::Twitter,
            channel::Channel::Facebook => Channel::Facebook,
            channel::Channel::Instagram => Channel::Instagram,
            channel::Channel::Linkedin => Channel::Linkedin,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::IntegrationStatus")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IntegrationStatus {
    Active,
    Inactive,
    Error,
}

macro_rules! named {
    ($type:ident { $($value:ident = $name:literal),+ $(,)? }) => {
        impl Named for $type {
            const ALL: &'static [$type] = &[$($type::$value),+];

            fn name(self) -> &'static str {
                match self {
                    $($type::$value => $name),+
                }
            }
        }
    };
}

named!(IntegrationStatus {
    Active = "ACTIVE",
    Inactive = "INACTIVE",
    Error = "ERROR",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::JobStatus")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobStatus {
    Pending,
    Running,
    Completed,
    Failed,
    Cancelled,
}

named!(JobStatus {
    Pending = "PENDING",
    Running = "RUNNING",
    Completed = "COMPLETED",
    Failed = "FAILED",
    Cancelled = "CANCELLED",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::MessageDirection")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageDirection {
    Inbound,
    Outbound,
}

named!(MessageDirection {
    Inbound = "INBOUND",
    Outbound = "OUTBOUND",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::MessageStatus")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageStatus {
    Queued,
    Scheduled,
    Sent,
    Delivered,
    Read,
    Failed,
    Received,
}

named!(MessageStatus {
    Queued = "QUEUED",
    Scheduled = "SCHEDULED",
    Sent = "SENT",
    Delivered = "DELIVERED",
    Read = "READ",
    Failed = "FAILED",
    Received = "RECEIVED",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::PresenceStatus")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PresenceStatus {
    Online,
    Away,
    Offline,
}

named!(PresenceStatus {
    Online = "ONLINE",
    Away = "AWAY",
    Offline = "OFFLINE",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::UserRole")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UserRole {
    Viewer,
    Editor,
    Admin,
}

named!(UserRole {
    Viewer = "VIEWER",
    Editor = "EDITOR",
    Admin = "ADMIN",
});
