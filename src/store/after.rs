//! Where the next page of a list begins that is in the order of time, the newest first.

use diesel::dsl::sql;
use diesel::expression::BoxableExpression;
use diesel::pg::Pg;
use diesel::sql_types::{Bool, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::types::DbTime;
use crate::domain::pg_time::PgTime;

/// The last row of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub created_at: PgTime,
    pub id: Uuid,
}

impl After {
    /// Rows that come later in such a list. An index on the time is enough for it.
    pub(super) fn earlier<T: 'static>(self) -> Box<dyn BoxableExpression<T, Pg, SqlType = Bool>> {
        let condition = sql::<Bool>("(created_at, id) < (")
            .bind::<Timestamptz, _>(DbTime(self.created_at))
            .sql(", ")
            .bind::<SqlUuid, _>(self.id)
            .sql(")");
        Box::new(condition)
    }
}
