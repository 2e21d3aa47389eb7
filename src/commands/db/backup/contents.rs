//! What came out of a restore, against what went into the backup.

use crate::commands::integrations::columns::{self, Walk};
use crate::context::Context;
use crate::domain::backup::Manifest;
use crate::domain::backup::manifest::abridged;
use crate::domain::vault;
use crate::store::connect::{Db, Target};
use crate::store::envelopes::Filter;
use crate::store::{backups, tx};

const PAGE_ROWS: i64 = 2_000;

/// What is wrong with a restored database: rows, migrations, and credentials
/// that today's keyring doesn't open.
///
/// # Errors
/// It can't be read, or there is no keyring to open its credentials with.
pub fn problems(
    ctx: &Context,
    target: &Target,
    manifest: Option<&Manifest>,
) -> anyhow::Result<Vec<String>> {
    let mut db = target.open()?;
    db.set_timeouts(0, 0)?;
    let found = tx::read(&mut db, |conn| Ok(backups::contents(conn)?))?;
    let mut problems = Vec::new();
    if let Some(manifest) = manifest {
        problems.extend(manifest.row_problems(&found.rows));
        problems.extend(manifest.migration_problems(&found.migrations));
    }
    // Another program may keep its own secrets under that name.
    if found.envelopes.iter().any(|text| vault::key_id_of(text).is_ok()) {
        problems.extend(abridged(shut(ctx, &mut db)?));
    }
    Ok(problems)
}

/// Credentials that don't open.
fn shut(ctx: &Context, db: &mut Db) -> anyhow::Result<Vec<String>> {
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
                if let Err(error) = vault::open(&loaded.keyring, &place, &envelope.text) {
                    shut.push(format!(
                        "{}.{} of {} does not open: {error}",
                        column.table, column.column, envelope.row_id
                    ));
                }
            }
        }
    }
    Ok(shut)
}
