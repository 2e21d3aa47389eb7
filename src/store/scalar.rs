//! Statements of one column: their values, without a row of its own around each.

use std::marker::PhantomData;

use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::query_dsl::LoadQuery;
use diesel::row::{Field, NamedRow, Row};
use diesel::{PgConnection, QueryResult, QueryableByName};

/// The first column of a row, of SQL's type `ST`, whatever the statement calls it.
pub(in crate::store) struct Scalar<ST, T> {
    value: T,
    sql_type: PhantomData<ST>,
}

impl<ST, T: FromSql<ST, Pg>> QueryableByName<Pg> for Scalar<ST, T> {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let field = Row::get(row, 0).ok_or("the statement has no column")?;
        Ok(Scalar { value: T::from_nullable_sql(field.value())?, sql_type: PhantomData })
    }
}

/// For `sql_query`: `.scalar::<BigInt, _>(conn)`.
pub(in crate::store) trait ScalarQuery: Sized {
    /// # Errors
    /// The server refuses, or returns no row.
    fn scalar<'query, ST, T>(self, conn: &mut PgConnection) -> QueryResult<T>
    where
        Self: LoadQuery<'query, PgConnection, Scalar<ST, T>>,
    {
        self.get_result(conn).map(|row: Scalar<ST, T>| row.value)
    }

    /// # Errors
    /// The server refuses.
    fn scalars<'query, ST, T>(self, conn: &mut PgConnection) -> QueryResult<Vec<T>>
    where
        Self: LoadQuery<'query, PgConnection, Scalar<ST, T>>,
    {
        let rows: Vec<Scalar<ST, T>> = self.load(conn)?;
        Ok(rows.into_iter().map(|row| row.value).collect())
    }
}

impl<Q> ScalarQuery for Q {}
