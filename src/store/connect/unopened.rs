//! Why a connection was not opened, and what to do then.

use diesel::PgConnection;
use diesel::connection::SimpleConnection;

use crate::error::{self, Condition, Failure};

/// A pooler in statement mode hangs up once a transaction has begun, and what it says then is lost.
///
/// # Errors
/// Refused: there are no transactions here.
pub(super) fn require_transactions(conn: &mut PgConnection) -> Result<(), Failure> {
    let tried = conn.batch_execute("BEGIN").and_then(|()| conn.batch_execute("ROLLBACK"));
    match tried.as_ref().err().and_then(Condition::of_error) {
        Some(Condition::ConnectionLost | Condition::StatementPooling) => {
            Err(error::no_transactions("a pooler ended the connection when one began"))
        }
        _ => Ok(()),
    }
}

pub(super) fn explain(condition: Condition, why: &str, place: &str) -> Failure {
    let failure = |what: String| Failure::failed(what).why(why);
    let unconnected = || failure(format!("can't connect to {place}"));
    match condition {
        Condition::ConnectionLost => error::connection_lost(why),
        Condition::NotReady => Failure::busy("the database server is not ready")
            .why(why)
            .hint("wait for it: inboxctl db wait --timeout 60s"),
        Condition::TooManyConnections => error::no_connection_left(why),
        Condition::WrongPassword => {
            unconnected().hint("check user and password in DATABASE_URL, or in ~/.pgpass")
        }
        Condition::NotAdmitted => {
            unconnected().hint("the server's pg_hba.conf decides who may connect from where")
        }
        Condition::NoSuchDatabase => {
            unconnected().hint("create it with createdb, or correct the name in DATABASE_URL")
        }
        Condition::DatabaseClosed => unconnected().hint(
            "a `db adopt` that works closes it for a moment; where one was killed, \
             `inboxctl db adopt --abort` opens it again",
        ),
        Condition::NoSuchRole => unconnected()
            .hint("create the role with createuser, or correct the user in DATABASE_URL"),
        Condition::NoUserName => unconnected().hint(
            "name the database's user in the URL, postgres://user@host/database, or in PGUSER",
        ),
        Condition::Encryption => failure(format!("no secure connection to {place}")).hint(
            "check sslmode and sslrootcert; sslrootcert=system trusts the system's authorities",
        ),
        Condition::UnknownHost => unconnected().hint("check the host name in DATABASE_URL"),
        Condition::Unreachable => {
            unconnected().hint("is the server running there? `inboxctl --local` runs a private one")
        }
        Condition::ClosedEarly => unconnected().hint(
            "a proxy closes like that where no server is behind it, and what is no PostgreSQL does",
        ),
        _ => unconnected().hint("run `inboxctl db check -v` to see more"),
    }
}
