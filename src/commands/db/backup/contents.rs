//! What came out of a restore, against what went into the backup.

use std::collections::BTreeSet;

use crate::commands::integrations::columns::{self, Walk};
use crate::context::Context;
use crate::domain::backup::Manifest;
use crate::domain::backup::manifest::abridged;
use crate::domain::vault::{self, OpenError};
use crate::store::connect::{Db, Target};
use crate::store::envelopes::Filter;
use crate::store::{backups, tx};

const PAGE_ROWS: i64 = 2_000;

/// What a restored database shows of its backup.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is wrong with it.
    pub problems: Vec<String>,
    /// Keys that its credentials need and the keyring doesn't have. That says nothing of the backup.
    pub missing_keys: Vec<String>,
    /// What only a superuser may create, and was left out of the restore.
    pub not_restored: Vec<String>,
}

impl Findings {
    pub fn of(problems: Vec<String>) -> Findings {
        Findings { problems, ..Findings::default() }
    }
}

/// How to come to the keys that are missing.
pub fn about_keys(missing: &[String]) -> String {
    let keys = missing.join(", ");
    format!(
        "the keyring has no key {keys}, so not every credential could be opened; nothing is known to be \
         damaged. A key that was retired is kept beside the keyring: run it again with \
         INBOXCTL_KEYRING_FILE=.../keyring.json.retired-{}",
        missing.first().map_or("ID", String::as_str)
    )
}

/// Looks at a restored database: its rows, its migrations, and the credentials
/// that today's keyring doesn't open.
///
/// # Errors
/// It can't be read, or there is no keyring to open its credentials with.
pub fn problems(
    ctx: &Context,
    target: &Target,
    manifest: Option<&Manifest>,
) -> anyhow::Result<Findings> {
    let mut db = target.open()?;
    db.set_timeouts(0, 0)?;
    let found = tx::read(&mut db, |conn| Ok(backups::contents(conn)?))?;
    let (mut problems, mut missing) = (Vec::new(), BTreeSet::new());
    if let Some(manifest) = manifest {
        problems.extend(manifest.row_problems(&found.rows));
        problems.extend(manifest.migration_problems(&found.migrations));
    }
    // Another program may keep its own secrets under that name.
    if found.envelopes.iter().any(|text| vault::key_id_of(text).is_ok()) {
        problems.extend(abridged(shut(ctx, &mut db, &mut missing)?));
    }
    let missing_keys = missing.into_iter().collect();
    Ok(Findings { problems, missing_keys, ..Findings::default() })
}

/// Credentials that don't open, but for those whose key is missing.
fn shut(ctx: &Context, db: &mut Db, missing: &mut BTreeSet<String>) -> anyhow::Result<Vec<String>> {
    let loaded = ctx.keyring()?;
    let mut shut = Vec::new();
    for column in columns::all(db)? {
        let mut walk = Walk::new(&column, Filter::All, PAGE_ROWS);
        loop {
            let page = walk.next(db)?;
            if page.is_empty() {
                break;
            }
            for envelope in &page {
                let place = columns::place(&column, envelope);
                match vault::open(&loaded.keyring, &place, &envelope.text) {
                    Ok(_) => {}
                    Err(OpenError::KeyMissing(id)) => {
                        missing.insert(id.to_string());
                    }
                    Err(error) => shut.push(format!(
                        "{}.{} of {} does not open: {error}",
                        column.table, column.column, envelope.row_id
                    )),
                }
            }
        }
    }
    Ok(shut)
}
