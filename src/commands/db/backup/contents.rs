//! What came out of a restore, against what went into the backup.

use std::collections::BTreeSet;

use crate::commands::integrations::columns::{self, Walk};
use crate::context::Context;
use crate::domain::backup::Manifest;
use crate::domain::backup::manifest::abridged;
use crate::domain::vault::{self, Keyring, OpenError};
use crate::error::Failure;
use crate::store::connect::{Db, Target};
use crate::store::envelopes::Filter;
use crate::store::{backups, tx};

const PAGE_ROWS: i64 = 2_000;

/// What a restored database shows of its backup.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is wrong with it.
    pub problems: Vec<String>,
    /// Why not every credential could be opened. That says nothing of the backup.
    pub unopened: Option<Unopened>,
    /// What only a superuser may create, and was left out of the restore.
    pub not_restored: Vec<String>,
}

impl Findings {
    pub fn of(problems: Vec<String>) -> Findings {
        Findings { problems, ..Findings::default() }
    }
}

/// Why credentials stayed shut that nothing is known to be wrong with.
#[derive(Debug)]
pub enum Unopened {
    /// The keyring lacks these keys.
    MissingKeys(Vec<String>),
    /// There is no keyring that can be read.
    NoKeyring(Failure),
}

impl Unopened {
    pub fn missing_keys(&self) -> &[String] {
        match self {
            Unopened::MissingKeys(keys) => keys,
            Unopened::NoKeyring(_) => &[],
        }
    }

    /// With the way to open them; without a full stop.
    pub fn why(&self) -> String {
        match self {
            Unopened::MissingKeys(keys) => format!(
                "the keyring has no key {}; nothing is known to be damaged. A key that was retired is kept \
                 beside the keyring: INBOXCTL_KEYRING_FILE=.../keyring.json.retired-{} names it",
                keys.join(", "),
                keys.first().map_or("ID", String::as_str)
            ),
            Unopened::NoKeyring(Failure { what, why, .. }) => {
                let why = why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
                format!(
                    "{what}{why}; nothing is known to be damaged. INBOXCTL_KEYRING_FILE names the keyring"
                )
            }
        }
    }
}

/// Looks at a restored database: its rows, its migrations, and the credentials
/// that today's keyring doesn't open.
///
/// # Errors
/// It can't be read.
pub fn problems(
    ctx: &Context,
    target: &Target,
    manifest: Option<&Manifest>,
) -> anyhow::Result<Findings> {
    let mut db = target.open()?;
    db.set_timeouts(0, 0)?;
    let found = tx::read(&mut db, |conn| Ok(backups::contents(conn)?))?;
    let (mut problems, mut unopened) = (Vec::new(), None);
    if let Some(manifest) = manifest {
        problems.extend(manifest.row_problems(&found.rows));
        problems.extend(manifest.migration_problems(&found.migrations));
    }
    // Another program may keep its own secrets under that name.
    if found.envelopes.iter().any(|text| vault::key_id_of(text).is_ok()) {
        match ctx.keyring() {
            Ok(loaded) => {
                let (shut, missing) = shut(&loaded.keyring, &mut db)?;
                problems.extend(abridged(shut));
                unopened = (!missing.is_empty()).then_some(Unopened::MissingKeys(missing));
            }
            Err(failure) => unopened = Some(Unopened::NoKeyring(failure)),
        }
    }
    Ok(Findings { problems, unopened, ..Findings::default() })
}

/// Credentials that don't open, and the keys that others would need.
fn shut(keyring: &Keyring, db: &mut Db) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let (mut shut, mut missing) = (Vec::new(), BTreeSet::new());
    for column in columns::all(db)? {
        let mut walk = Walk::new(&column, Filter::All, PAGE_ROWS);
        loop {
            let page = walk.next(db)?;
            if page.is_empty() {
                break;
            }
            for envelope in &page {
                let place = columns::place(&column, envelope);
                match vault::open(keyring, &place, &envelope.text) {
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
    Ok((shut, missing.into_iter().collect()))
}
