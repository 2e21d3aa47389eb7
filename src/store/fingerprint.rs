//! What the migrations make, embedded in the binary: for a role that may not
//! make a scratch database to replay them in.

use serde::{Deserialize, Serialize};

use super::migrations::Embedded;
use crate::domain::schema_diff::Catalog;

/// The document that `db generate json` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// `20261128090000 3f2a...`: version and checksum of each.
    pub migrations: Vec<String>,
    #[serde(flatten)]
    pub catalog: Catalog,
}

impl Fingerprint {
    pub fn new<'a>(
        migrations: impl IntoIterator<Item = &'a Embedded>,
        catalog: Catalog,
    ) -> Fingerprint {
        let line = |migration: &Embedded| format!("{} {}", migration.version, migration.sha256);
        Fingerprint {
            migrations: migrations.into_iter().map(line).collect(),
            catalog: catalog.without_privileges(),
        }
    }

    /// The one that was built in.
    ///
    /// # Errors
    /// The file was edited by hand.
    pub fn embedded() -> serde_json::Result<Fingerprint> {
        serde_json::from_str(include_str!("../../docs/schema/schema.json"))
    }

    /// Whether it tells of these migrations, no more and no fewer.
    pub fn is_of<'a>(&self, migrations: impl IntoIterator<Item = &'a Embedded>) -> bool {
        self.migrations == Fingerprint::new(migrations, Catalog::default()).migrations
    }
}
