//! The list of erased contacts that lies beside backups and archives: what comes back from them doesn't
//! bring those back.

use std::fs::File;
use std::io;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::atomic_file::{AtomicFile, PRIVATE};
use crate::bounded_file;
use crate::commands::output::cannot_write;
use crate::domain::audit_head::Identity;
use crate::domain::backup::name::ERASED;
use crate::error::Failure;
use crate::store::connect::{Db, Target};
use crate::store::erasing::{self, Erased};
use crate::store::tx;

/// Larger than the list of a million.
const LIMIT_BYTES: usize = 512 << 20;

/// One of a list, with the database that it was erased from.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Listed {
    pub database: String,
    pub system_identifier: Option<String>,
    /// Of its inbox; lists of older versions don't say.
    #[serde(default)]
    pub schema: Option<String>,
    #[serde(flatten)]
    pub erased: Erased,
}

/// What the list in the folder of a file says.
///
/// # Errors
/// It can't be read, or is no such list.
pub(super) fn beside(file: &Path) -> Result<Vec<Listed>, Failure> {
    let file = file.with_file_name(ERASED);
    let unreadable = |why: String| {
        Failure::failed(format!("{} can't be read", file.display()))
            .why(why)
            .hint("it says who is to be erased again: bring a good copy back, or move it away")
    };
    let text = match bounded_file::read_text(&file, LIMIT_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(|error| unreadable(error.to_string()))?,
    };
    serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))
}

/// Another inbox of the database.
///
/// # Errors
/// It can't be opened, or this role may not look into it.
pub(super) fn inbox(target: &Target, schema: &str) -> anyhow::Result<Db> {
    let db = target.with_schema(schema.to_owned()).open()?;
    db.require_schema()?;
    Ok(db)
}

/// Writes what an inbox knows beside a file of it, with what the list there knows already.
///
/// # Errors
/// The list there can't be read, none can be written, or the server refuses.
pub(super) fn write_beside(db: &mut Db, file: &Path, here: &Identity) -> anyhow::Result<()> {
    let known = tx::read(db, |conn| match erasing::is_there(conn)? {
        true => Ok(erasing::list(conn)?),
        false => Ok(Vec::new()),
    })?;
    if known.is_empty() {
        return Ok(());
    }
    // Who else writes it waits; a file system without locks has to do without.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = File::open(folder.unwrap_or(Path::new(".")));
    let _alone = folder.and_then(|folder| folder.lock().map(|()| folder));
    let mut all = beside(file)?;
    let schema = Some(db.target.schema().to_owned());
    for erased in known {
        let database = here.database.clone().unwrap_or_default();
        let system_identifier = here.system_identifier.clone();
        let listed = all.iter_mut().find(|one| {
            one.erased.contact_id == erased.contact_id
                && one.database == database
                && one.system_identifier == system_identifier
                && (one.schema.is_none() || one.schema == schema)
        });
        match listed {
            Some(listed) => {
                listed.schema.clone_from(&schema);
                listed.erased.add(erased);
            }
            None => {
                all.push(Listed { database, system_identifier, schema: schema.clone(), erased });
            }
        }
    }
    let file = file.with_file_name(ERASED);
    let text = serde_json::to_string_pretty(&all)? + "\n";
    let written = AtomicFile::written(&file, PRIVATE, text.as_bytes());
    written.and_then(AtomicFile::replace).with_context(|| cannot_write(&file))
}
