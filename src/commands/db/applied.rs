//! What was applied to a database, and a history that no run must build on.

use crate::domain::history::{self, Blocked, Entry};
use crate::domain::origin::Origin;
use crate::domain::suggest;
use crate::error::{Failure, Kind};
use crate::store::connect::Db;
use crate::store::migrations::{self, Embedded, MIGRATIONS};
use crate::store::{interference, ledger, tx};

const LEDGERS: [&str; 2] = ["__diesel_schema_migrations", "inboxctl_migrations"];

/// What was applied to the database; what another program applied is not among
/// it. Writes nothing.
///
/// # Errors
/// The server refuses.
pub(crate) fn history(db: &mut Db) -> anyhow::Result<Vec<Entry>> {
    let is_ours = !matches!(super::whose::origin(db)?, Origin::Foreign(_));
    let known: Vec<_> = MIGRATIONS.iter().map(Embedded::known).collect();
    tx::read(db, |conn| {
        // Rows that a policy hides would be applied again.
        interference::see_all_rows(conn, &LEDGERS)?;
        let mut applied = migrations::applied(conn)?;
        applied.retain(|one| is_ours || Embedded::find(&one.version).is_some());
        let recorded = ledger::recorded(conn)?;
        Ok(history::compare(&known, &applied, &recorded))
    })
}

/// A history that a run must not build on, with the way out.
pub(crate) fn blocked(blocked: &Blocked) -> Failure {
    match blocked {
        Blocked::Edited(names) => {
            Failure::new(Kind::Refused, "the migration history is not what this binary expects")
                .why(format!("edited after it was applied: {}", names.join(", ")))
                .hint(
                    "put the old text back, or, if the database is as the new text says, \
                 accept it with `inboxctl db repair`",
                )
        }
        Blocked::Missing(names) => {
            Failure::new(Kind::Refused, "the migration history is not what this binary expects")
                .why(format!("applied, but not in this binary: {}", names.join(", ")))
                .hint(
                    "a newer inboxctl applied it: use that one; if it is gone for good, \
                 `inboxctl db repair --forget VERSION`",
                )
        }
        Blocked::OutOfOrder(names) => {
            Failure::new(Kind::Refused, "a pending migration is older than one that was applied")
                .why(format!("out of order: {}", names.join(", ")))
                .hint("look at it with --dry-run, then run with --allow-out-of-order")
        }
        Blocked::UnknownVersion(version) => {
            let failure = Failure::new(Kind::NotFound, format!("there is no migration {version}"));
            match suggest::nearest(version, MIGRATIONS.iter().map(|m| m.version)) {
                Some(near) => {
                    failure.hint(format!("did you mean {near}? `inboxctl db status` lists them"))
                }
                None => failure.hint("`inboxctl db status` lists them"),
            }
        }
    }
}

/// The version of `text`: digits, or a migration's full or short name.
pub(crate) fn version_of(text: &str) -> String {
    MIGRATIONS
        .iter()
        .find(|migration| migration.name == text || migration.full_name() == text)
        .map_or_else(|| text.replace('-', ""), |migration| migration.version.to_owned())
}
