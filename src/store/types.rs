//! The database's native enums, and what an application may have put beside our own values.

use std::io::Write;

use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::{AsExpression, Expression};
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, SingleValue, SqlType, Timestamptz};

use super::schema::sql_types;
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

/// A word of ours, for binding as a value of its enum.
#[derive(Debug, Clone, Copy, AsExpression)]
#[diesel(sql_type = sql_types::Channel)]
#[diesel(sql_type = sql_types::IntegrationStatus)]
#[diesel(sql_type = sql_types::JobStatus)]
#[diesel(sql_type = sql_types::PresenceStatus)]
#[diesel(sql_type = sql_types::UserRole)]
pub struct Word<T: Named>(pub T);

macro_rules! words {
    ($($type:ident),+) => {$(
        impl<T: Named> ToSql<sql_types::$type, Pg> for Word<T> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                out.write_all(self.0.name().as_bytes())?;
                Ok(IsNull::No)
            }
        }
    )+};
}

words!(Channel, IntegrationStatus, JobStatus, PresenceStatus, UserRole);
