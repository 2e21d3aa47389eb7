//! The tables that an archive's rows come back into.

use crate::archive::Archive;
use crate::commands::denied;
use crate::commands::trust_arg::TrustArg;
use crate::domain::archive::{Column, restorable};
use crate::domain::retention::policy::Table;
use crate::error::Failure;
use crate::store::archive_dependants::{self, Along};
use crate::store::archive_return::Target;
use crate::store::archive_rows::{self, Layout};
use crate::store::connect::Db;
use crate::store::strangers::{self, OwnCode};
use crate::store::tx;

/// What rows come back into.
pub(super) struct Tables {
    pub table: Table,
    pub own: Target,
    pub along: Vec<Along>,
}

impl Tables {
    /// # Errors
    /// Refused: the archive doesn't fit; or the server refuses.
    pub(super) fn find(db: &mut Db, archive: &Archive, table: Table) -> anyhow::Result<Tables> {
        let manifest = archive.manifest();
        let layout = layout(db, table.name())?;
        let columns = restorable(&manifest.columns, layout.table_columns())
            .map_err(|problems| misfit(archive, &problems))?;
        let owned = |(column, now): (&Column, &str)| (column.clone(), now.to_owned());
        let columns = columns.into_iter().map(owned).collect();
        tx::read_once(db, |conn| {
            let along = archive_dependants::resolve(conn, &layout.relation, &manifest.dependants)?;
            Ok(Tables { table, own: Target::new(conn, layout, columns, None)?, along })
        })
    }

    /// # Errors
    /// Refused: code of another role would run where rows come back.
    pub(super) fn judge(&self, db: &mut Db, trust: TrustArg) -> anyhow::Result<OwnCode> {
        let along = self.along.iter().map(|one| &one.target);
        let tables = along.chain([&self.own]).map(|target| target.layout.relation.as_str());
        trust.judge(db, &tables.collect::<Vec<_>>(), &strangers::COMING, "nothing was restored")
    }

    /// # Errors
    /// Refused: this role may not write what comes back, or what tells of it.
    pub(super) fn require_rights(&self, db: &mut Db) -> anyhow::Result<()> {
        let own: &[&str] = match self.table.emptied().is_empty() {
            true => &["SELECT", "INSERT"],
            false => &["SELECT", "INSERT", "UPDATE"],
        };
        let mut wanted: Vec<(&str, &[&str])> =
            self.all().map(|table| (table, &["SELECT"][..])).collect();
        wanted.push((&self.own.layout.relation, own));
        let along = self.along.iter().map(|one| one.target.layout.relation.as_str());
        wanted.extend(along.map(|table| (table, &["SELECT", "INSERT"][..])));
        wanted.push(("audit_logs", &["INSERT"]));
        let what = format!("restore rows of {}", self.table.name());
        denied::require_on(db, &what, &wanted)
    }

    /// What is read for them, as SQL writes it.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        let along = self.along.iter().flat_map(|one| one.target.tables());
        self.own.tables().chain(along)
    }
}

fn layout(db: &mut Db, table: &str) -> anyhow::Result<Layout> {
    let found = tx::read(db, |conn| Ok(archive_rows::layout(conn, table)?))?;
    found.filter(|layout| !layout.key.is_empty()).ok_or_else(|| {
        Failure::failed(format!("there is no table {table} to restore into"))
            .hint("run `inboxctl db status`, then `inboxctl db migrate`")
            .into()
    })
}

fn misfit(archive: &Archive, problems: &[String]) -> Failure {
    let manifest = archive.manifest();
    Failure::refused(format!("the archive does not fit the table {} any more", manifest.table))
        .why(problems.join("; "))
        .hint(format!(
            "restore it into a database that is migrated to version {}",
            manifest.schema_version
        ))
}
