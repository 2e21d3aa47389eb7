//! Ids that begin as somebody typed them.

use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use uuid::Uuid;

use crate::domain::id_prefix::IdRange;
use crate::store::scalar::ScalarQuery;

/// What is known by an id of its own.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    Hold,
    Import,
    Job,
    Merge,
    Message,
    /// Of `contacts dedupe`.
    Run,
}

impl Of {
    /// Each by its index; a few are enough to say that there are several.
    fn statement(self) -> &'static str {
        match self {
            Of::Hold => {
                "SELECT id FROM retention_holds WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT 6"
            }
            Of::Import => {
                "SELECT import_id FROM imported_contacts WHERE import_id BETWEEN $1 AND $2 \
                 GROUP BY import_id ORDER BY import_id LIMIT 6"
            }
            Of::Job => {
                "SELECT id FROM scheduled_jobs WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT 6"
            }
            Of::Merge => {
                "SELECT id FROM contact_merges WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT 6"
            }
            Of::Message => "SELECT id FROM messages WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT 6",
            Of::Run => {
                "SELECT run_id FROM contact_merges WHERE run_id BETWEEN $1 AND $2 \
                 GROUP BY run_id ORDER BY run_id LIMIT 6"
            }
        }
    }
}

pub fn list(conn: &mut PgConnection, of: Of, range: IdRange) -> QueryResult<Vec<Uuid>> {
    diesel::sql_query(of.statement())
        .bind::<SqlUuid, _>(range.low)
        .bind::<SqlUuid, _>(range.high)
        .scalars::<SqlUuid, _>(conn)
}
