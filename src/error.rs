//! Failure kinds, hints and exit codes: all of them, and only here.
//!
//! A command returns `Err(Failure)` where it knows what the operator should do
//! next; everything else (a Diesel error, an I/O error) is translated here.

mod noted;
mod reason;
mod server_messages;

use std::fmt;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};
use serde::Serialize;

pub use noted::{SILENT, denied_statement, note_denied, note_silence};
pub use reason::reason;
pub use server_messages::Condition;

/// What kind of failure it was. The exit code follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It was tried and did not work: exit 1.
    Failed,
    /// The command line or the configuration is wrong: exit 2.
    Usage,
    /// A name or an id that doesn't exist: exit 2.
    NotFound,
    /// No consent, a guard or a tripwire: exit 4, and nothing was done.
    Refused,
    /// Somebody was asked and said no: exit 4. No error to a person.
    Declined,
    /// Somebody else holds what is needed; trying again may help: exit 75.
    Busy,
    /// Stopped by a signal before anything was done: exit 130 or 143.
    Interrupted,
    /// As [`Kind::Interrupted`], by SIGTERM.
    Terminated,
}

impl Kind {
    /// The process exit code (`EX_TEMPFAIL` of sysexits.h for [`Kind::Busy`]).
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Failed => 1,
            Kind::Usage | Kind::NotFound => 2,
            Kind::Refused | Kind::Declined => 4,
            Kind::Busy => 75,
            Kind::Interrupted => 130,
            Kind::Terminated => 143,
        }
    }

    pub fn is_interrupt(self) -> bool {
        matches!(self, Kind::Interrupted | Kind::Terminated)
    }
}

/// How a command that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit 0.
    Done,
    /// It ran and found trouble (pending, drift, ...): exit 3.
    Trouble,
    /// Stopped cleanly by a signal with this number: exit 128 + n.
    Interrupted(u8),
}

impl Outcome {
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Trouble => 3,
            Outcome::Interrupted(signal) => 128 + signal,
        }
    }

    /// [`Outcome::Trouble`] if `found`, else [`Outcome::Done`].
    pub fn trouble_if(found: bool) -> Outcome {
        if found { Outcome::Trouble } else { Outcome::Done }
    }
}

/// A failure as the operator reads it: what, why, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub kind: Kind,
    pub what: String,
    pub why: Option<String>,
    pub hint: Option<String>,
}

impl Failure {
    pub fn new(kind: Kind, what: impl Into<String>) -> Failure {
        Failure { kind, what: what.into(), why: None, hint: None }
    }

    pub fn failed(what: impl Into<String>) -> Failure {
        Failure::new(Kind::Failed, what)
    }

    pub fn usage(what: impl Into<String>) -> Failure {
        Failure::new(Kind::Usage, what)
    }

    pub fn refused(what: impl Into<String>) -> Failure {
        Failure::new(Kind::Refused, what)
    }

    pub fn busy(what: impl Into<String>) -> Failure {
        Failure::new(Kind::Busy, what)
    }

    /// The failure of a command that a signal stopped before it did anything.
    pub fn interrupted(signal: u8) -> Failure {
        let kind = if signal == 15 { Kind::Terminated } else { Kind::Interrupted };
        Failure::new(kind, "interrupted; nothing was changed")
    }

    pub fn why(mut self, why: impl Into<String>) -> Failure {
        self.why = Some(why.into());
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Failure {}

/// For what a statement of ours finds: it travels as any other error of the database.
impl From<Failure> for DieselError {
    fn from(failure: Failure) -> DieselError {
        DieselError::QueryBuilderError(Box::new(failure))
    }
}

/// What isn't there however often one looks goes away at no time: the catalogue names it, and it is lost.
pub fn catalogue_lacks(why: String) -> Failure {
    Failure::failed("the server lacks what its catalogue names").why(why).hint(
        "unless something drops and makes that again all the time, the catalogue is damaged: keep \
         the older backups, and look at the server's log and disk",
    )
}

/// Whether stdout's reader has gone: the one failure that is none.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Whether a row was refused for what an operator can know beforehand: by a guard of ours, a
/// constraint of the application's or a right that the role hasn't.
pub fn is_known_reason(error: &anyhow::Error) -> bool {
    let database = error.chain().find_map(|cause| cause.downcast_ref::<DieselError>());
    match database {
        Some(DieselError::DatabaseError(kind, _)) if is_violation(*kind) => true,
        Some(_) if is_denied(error) => true,
        _ => explain(error).kind == Kind::Refused,
    }
}

/// Whether a statement took longer than it may.
pub fn is_timeout(error: &anyhow::Error) -> bool {
    condition(error) == Some(Condition::StatementTimeout)
}

/// Whether the role lacks a right.
pub fn is_denied(error: &anyhow::Error) -> bool {
    condition(error) == Some(Condition::PermissionDenied)
}

fn condition(error: &anyhow::Error) -> Option<Condition> {
    error.chain().find_map(|cause| cause.downcast_ref()).and_then(Condition::of_error)
}

fn is_lock_lost(error: &anyhow::Error) -> bool {
    own(error).is_some_and(|failure| failure.what == LOCK_LOST)
}

/// Whether nothing more can be asked, or may be done.
pub fn is_connection_lost(error: &anyhow::Error) -> bool {
    if is_lock_lost(error) {
        return true;
    }
    let database = error.chain().find_map(|cause| cause.downcast_ref::<DieselError>());
    database.and_then(Condition::of_error) == Some(Condition::ConnectionLost)
}

fn is_violation(kind: DatabaseErrorKind) -> bool {
    use DatabaseErrorKind::{
        CheckViolation, ExclusionViolation, ForeignKeyViolation, NotNullViolation,
        RestrictViolation, UniqueViolation,
    };
    matches!(
        kind,
        CheckViolation
            | ExclusionViolation
            | ForeignKeyViolation
            | NotNullViolation
            | RestrictViolation
            | UniqueViolation
    )
}

/// The constraint that a row broke, and what the server says of it.
pub fn broken_constraint(error: &anyhow::Error) -> Option<String> {
    let database = error.chain().find_map(|cause| cause.downcast_ref::<DieselError>());
    match database {
        Some(DieselError::DatabaseError(kind, _)) if is_violation(*kind) => {
            let Failure { what, why, .. } = explain(error);
            Some(format!("{what}: {}", why.unwrap_or_default()))
        }
        _ => None,
    }
}

/// Whether what follows would fail for the same reason: a run over many things ends.
pub fn ends_a_run(error: &anyhow::Error) -> bool {
    use Condition::{ConnectionLost, ReadOnly, RowSecurity, UndefinedPart, UndefinedTable};
    if is_lock_lost(error) {
        return true;
    }
    let database = error.chain().find_map(|cause| cause.downcast_ref::<DieselError>());
    matches!(
        database.and_then(Condition::of_error),
        Some(ConnectionLost | ReadOnly | RowSecurity | UndefinedPart | UndefinedTable)
    )
}

/// The failure that an error is, or becomes.
pub fn explain(error: &anyhow::Error) -> Failure {
    if let Some(failure) = own(error) {
        return failure;
    }
    let diesel = error.chain().find_map(|cause| cause.downcast_ref::<DieselError>());
    match diesel {
        Some(DieselError::DatabaseError(kind, info)) => {
            return explain_database(*kind, info.as_ref());
        }
        Some(DieselError::RollbackErrorOnCommit { commit_error, .. }) => {
            if let DieselError::DatabaseError(kind, info) = commit_error.as_ref() {
                return explain_database(*kind, info.as_ref());
            }
        }
        // What Diesel says of every statement after the one that lost the connection.
        Some(DieselError::BrokenTransactionManager) => return connection_lost(""),
        _ => {}
    }
    // Diesel looks the types of enums up before it asks.
    if error.to_string().starts_with("Failed to find a type oid") {
        return lacks_a_part(&error.to_string());
    }
    let mut causes = error.chain().skip(1).map(ToString::to_string).peekable();
    let failure = Failure::failed(error.to_string());
    if causes.peek().is_none() {
        failure
    } else {
        failure.why(causes.collect::<Vec<_>>().join(": "))
    }
}

/// In the words of the function `audit_day_link`, which raises it.
const UNTOLD: &str = "does not stay in audit_days";

/// Whether something took away what the links of closed days were to tell.
pub fn is_untold(error: &anyhow::Error) -> bool {
    explain(error).why.is_some_and(|why| why.contains(UNTOLD))
}

/// The failure that one of us made of it.
pub fn own(error: &anyhow::Error) -> Option<Failure> {
    let of_ours = |cause: &(dyn std::error::Error + 'static)| {
        let carried = match cause.downcast_ref::<DieselError>() {
            Some(DieselError::QueryBuilderError(ours)) => ours.downcast_ref::<Failure>(),
            _ => cause.downcast_ref::<Failure>(),
        };
        carried.cloned()
    };
    error.chain().find_map(of_ours)
}

fn explain_database(kind: DatabaseErrorKind, info: &dyn DatabaseErrorInformation) -> Failure {
    let message = info.message().trim();
    let failure = match Condition::of(kind, info) {
        Condition::LockTimeout => Failure::busy("a lock was not granted in time")
            .why(message)
            .hint("`inboxctl db locks` shows who holds it; or try again later"),
        Condition::Deadlock | Condition::Serialization => {
            Failure::busy("the database kept refusing the transaction").why(message)
        }
        Condition::StatementTimeout => Failure::failed("a statement took too long").why(message),
        Condition::ConnectionLost => connection_lost(message),
        Condition::RecoveryConflict => recovery_conflict(message),
        Condition::DiskFull => Failure::failed("the disk of the database server is full")
            .why(message)
            .hint("free space there and run it again; what was committed stays"),
        Condition::StatementPooling => no_transactions(message),
        Condition::ReadOnly => Failure::refused("the database does not accept writes")
            .why(message)
            .hint("`inboxctl db check` says what forbids it"),
        Condition::PermissionDenied => Failure::failed("the database role may not do this")
            .why(message)
            .hint("connect as the owner of the tables, or have the privilege granted"),
        Condition::RowSecurity => Failure::refused("row-level security hides rows from this role")
            .why(message)
            .hint("connect as a role with BYPASSRLS, or as the table's owner, unless FORCE ROW LEVEL SECURITY binds that too"),
        Condition::UndefinedTable => Failure::failed("a table is missing").why(message).hint(LACKS),
        Condition::DroppedMeanwhile => {
            Failure::busy("something was dropped while it was looked at")
                .why(message)
                .hint("try again")
        }
        Condition::UndefinedPart => lacks_a_part(message),
        _ if is_violation(kind) => Failure::failed(stands_in_the_way(info)).why(message),
        _ if message.contains(UNTOLD) => Failure::failed("the audit log would not tell of it")
            .why(message)
            .hint("disable the trigger, or drop the rule, and run it again"),
        _ => Failure::failed("the database refused a statement").why(message),
    };
    match info.details() {
        Some(detail) if failure.why.is_some() => Failure {
            why: failure.why.map(|why| format!("{why} ({})", detail.lines().next().unwrap_or(""))),
            ..failure
        },
        _ => failure,
    }
}

/// `constraint tags_pkey of tags stands in the way`.
fn stands_in_the_way(info: &dyn DatabaseErrorInformation) -> String {
    let table = info.table_name().unwrap_or("a table");
    match (info.constraint_name(), info.column_name()) {
        (Some(name), _) => format!("constraint {name} of {table} stands in the way"),
        (None, Some(column)) => format!("{table}.{column} may not be empty"),
        (None, None) => format!("a rule of {table} stands in the way"),
    }
}

/// The server says why, if it could.
pub fn connection_lost(message: &str) -> Failure {
    let why = match message.lines().next().map(str::trim) {
        _ if noted::fell_silent() => SILENT,
        None | Some("") => "the server ended it without a word",
        Some(said) => said,
    };
    Failure::busy("the connection to the database was lost")
        .why(why)
        .hint("what was committed stays; run it again, or see with `inboxctl db check`")
}

/// What a standby replays took away what was read there.
pub fn recovery_conflict(message: &str) -> Failure {
    Failure::busy("the standby broke it off: a conflict with recovery").why(message).hint(
        "try again, raise max_standby_streaming_delay or set hot_standby_feedback = on there, or \
         read from the primary",
    )
}

pub fn no_transactions(message: &str) -> Failure {
    Failure::refused("a pooler forbids transactions here")
        .why(message)
        .hint("set its pool_mode to transaction, or put the server's own URL into DATABASE_URL")
}

pub fn no_connection_left(message: &str) -> Failure {
    Failure::busy("the database server has no connection left")
        .why(message)
        .hint("try again, or raise max_connections or the role's connection limit")
}

/// The lock of a command went while it worked: what follows might meet another that has it.
pub fn lock_lost(why: &str) -> Failure {
    Failure::busy(LOCK_LOST).why(why).hint("what was committed stays; run it again")
}

const LOCK_LOST: &str = "the lock of this command was lost";

/// The way out where the schema lacks something; `db drift` is, where no migration is pending.
pub const LACKS: &str = "run `inboxctl db status`, then `inboxctl db migrate`";

fn lacks_a_part(why: &str) -> Failure {
    Failure::failed("the schema lacks what this command needs").why(why).hint(LACKS)
}
