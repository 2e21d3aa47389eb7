//! What a server, a proxy or libpq says, and what it means: every decision on the text of a
//! message is made here.
//!
//! Diesel hands on no SQLSTATE but for a few conditions, so the others are known by their words.
//! `lc_messages` is C wherever the role may set it. Where it may not, messages come in the
//! server's language: `words` has them in each language that PostgreSQL is translated into.

mod words;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

/// The conditions that inboxctl tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    LockTimeout,
    Deadlock,
    Serialization,
    StatementTimeout,
    ConnectionLost,
    /// A replica had to remove what a query was reading.
    RecoveryConflict,
    DiskFull,
    ReadOnly,
    PermissionDenied,
    /// A policy hides rows, and the session asked to see all of them.
    RowSecurity,
    UndefinedTable,
    /// A relation that the catalogue still knew went while a statement looked at it.
    DroppedMeanwhile,
    /// A function or column: the schema is older than the program.
    UndefinedPart,
    DatabaseInUse,
    /// A pooler that gives a session away after each statement.
    StatementPooling,
    /// At connecting, from here on.
    NotReady,
    TooManyConnections,
    NoSuchDatabase,
    NoSuchRole,
    /// No user was named, and the system has no name for who runs this.
    NoUserName,
    WrongPassword,
    NotAdmitted,
    Encryption,
    UnknownHost,
    Unreachable,
    /// The connection ended before there was a session.
    ClosedEarly,
    /// The database is closed to everybody.
    DatabaseClosed,
    /// A proxy hands on no settings of a startup packet.
    OptionsRefused,
    Other,
}

use Condition::{
    ClosedEarly, ConnectionLost, DiskFull, NoSuchDatabase, NotReady, Other, ReadOnly,
    RecoveryConflict, Serialization, StatementPooling, TooManyConnections, UnknownHost,
    Unreachable,
};

impl Condition {
    /// What Diesel knows, and else what the message says.
    pub fn of(kind: DatabaseErrorKind, info: &dyn DatabaseErrorInformation) -> Condition {
        let said = Condition::of_text(info.message());
        match kind {
            DatabaseErrorKind::ReadOnlyTransaction => ReadOnly,
            DatabaseErrorKind::SerializationFailure if said != RecoveryConflict => Serialization,
            DatabaseErrorKind::ClosedConnection
                // A trigger may have lost a connection of its own, to a foreign server.
                if ![RecoveryConflict, StatementPooling, DiskFull].contains(&said)
                    && (said != Other || info.details().is_none()) => ConnectionLost,
            // Within a COPY libpq gives no reason; a server always does.
            _ if said == ClosedEarly || info.message().trim().is_empty() => ConnectionLost,
            _ => said,
        }
    }

    /// The condition of a Diesel error, if the server reported one.
    pub fn of_error(error: &DieselError) -> Option<Condition> {
        match error {
            DieselError::DatabaseError(kind, info) => Some(Condition::of(*kind, info.as_ref())),
            // What Diesel says of every statement after the one that lost the connection.
            DieselError::BrokenTransactionManager => Some(ConnectionLost),
            DieselError::RollbackErrorOnCommit { commit_error, .. } => {
                Condition::of_error(commit_error)
            }
            _ => None,
        }
    }

    /// What a message says, without what libpq puts before it.
    pub fn of_text(message: &str) -> Condition {
        let text = message.trim().trim_end_matches(['.', '。']).to_lowercase();
        words::WORDS
            .iter()
            .find(|(_, patterns)| {
                patterns.iter().flat_map(|line| line.split('|')).any(|one| is_like(&text, one))
            })
            .map_or(Other, |(condition, _)| *condition)
    }

    /// Whether it may pass with time, for who waits for a connection.
    pub fn may_pass(self) -> bool {
        matches!(
            self,
            NotReady
                | TooManyConnections
                | NoSuchDatabase
                | UnknownHost
                | Unreachable
                | ClosedEarly
        )
    }
}

/// As LIKE in SQL, but for the underscore.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('%');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::Condition::*;
    use super::*;

    #[test]
    fn conditions_in_several_languages() {
        for (text, condition) in [
            ("canceling statement due to lock timeout", LockTimeout),
            ("storniere Anfrage wegen Zeitüberschreitung einer Sperre", LockTimeout),
            ("잠금 대기 시간 초과로 작업을 취소합니다.", LockTimeout),
            (
                "annulation de la requête à cause du délai écoulé pour l'obtention des verrous",
                LockTimeout,
            ),
            ("Verklemmung (Deadlock) entdeckt", Deadlock),
            ("нет доступа к таблице contacts", PermissionDenied),
            ("Relation »contacts« existiert nicht", UndefinedTable),
            ("リレーション\"contacts\"の列\"x\"は存在しません", UndefinedPart),
            ("column \"x\" of relation \"contacts\" does not exist", UndefinedPart),
            ("la base de données « inbox » n'existe pas", NoSuchDatabase),
            ("could not extend file \"base/1/2\": No space left on device", DiskFull),
            ("could not open relation with OID 219399", DroppedMeanwhile),
            ("cache lookup failed for constraint 219399", DroppedMeanwhile),
            ("something else", Other),
        ] {
            assert_eq!(Condition::of_text(text), condition, "{text}");
        }
    }
}
