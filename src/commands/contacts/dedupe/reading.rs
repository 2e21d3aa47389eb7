//! Contacts as they are read to be matched.

use diesel::PgConnection;

use crate::domain::matching::{Identity, Table};
use crate::domain::named::Label;
use crate::domain::vocabulary::IdentityKind;
use crate::store::contacts_scan::{self, Scanned};

/// Contacts that were read.
#[derive(Default)]
pub(super) struct Read {
    pub table: Table,
    pub times: Vec<Times>,
}

impl Read {
    pub(super) fn take(&mut self, contact: &Scanned<'_>) {
        let Scanned { created_at_us, updated_at_us, .. } = *contact;
        self.times.push(Times { created_at_us, updated_at_us });
        self.table.push(contact.row());
    }
}

/// When a row of the table was made and changed: microseconds since 1970.
pub(super) struct Times {
    pub created_at_us: i64,
    pub updated_at_us: i64,
}

/// All contacts with their further identities.
///
/// # Errors
/// The server refuses.
pub(super) fn read_all(conn: &mut PgConnection) -> anyhow::Result<Read> {
    let further = contacts_scan::further_identities(conn)?;
    let mut read = Read::default();
    contacts_scan::scan(conn, |contact| {
        read.take(&contact);
        for more in further.get(&contact.id).into_iter().flatten() {
            read.table.also(identity(&more.kind), &more.value);
        }
    })?;
    Ok(read)
}

pub(in crate::commands::contacts) fn identity(kind: &Label<IdentityKind>) -> Identity {
    match kind.known() {
        Some(IdentityKind::Phone) => Identity::Phone,
        Some(IdentityKind::Email) => Identity::Email,
        _ => Identity::Handle,
    }
}
