//! Archives that hold rows of a person who is erased: they can't be rewritten, and are named.

use serde::Serialize;

use crate::commands::contacts::archives::{self, Archives};
use crate::context::Context;
use crate::domain::person_terms::Terms;

/// An archive that has rows of the person, and stays as it is.
#[derive(Debug, Serialize)]
pub(super) struct ArchiveView {
    /// Its manifest.
    pub archive: String,
    /// Rows in it that name the person.
    pub rows: u64,
}

/// Those that have any.
///
/// # Errors
/// One is damaged, or a signal came.
pub(super) fn find(
    ctx: &Context,
    all: &Archives,
    terms: &Terms,
) -> anyhow::Result<Vec<ArchiveView>> {
    let mut found = Vec::new();
    for (manifest, archive) in &all.found {
        let mut rows = 0;
        archives::rows(ctx, archive, terms, |_, is_own| {
            rows += u64::from(is_own);
            Ok(())
        })?;
        if rows > 0 {
            found.push(ArchiveView { archive: manifest.display().to_string(), rows });
        }
    }
    Ok(found)
}
