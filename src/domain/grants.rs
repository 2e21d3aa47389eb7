//! The rights of the three group roles on the server, to the letter: what they
//! should be, how that differs from what they are, and the SQL between the two.

mod statements;

use std::collections::BTreeSet;

use serde::Serialize;

pub use statements::statements;

/// A group role of the cluster. Members of it log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grantee {
    InboxViewer,
    InboxEditor,
    InboxAdmin,
    /// Everybody: what is granted to it, the three have too.
    Public,
}

impl Grantee {
    pub const GROUPS: [Grantee; 3] =
        [Grantee::InboxViewer, Grantee::InboxEditor, Grantee::InboxAdmin];

    pub fn as_str(self) -> &'static str {
        match self {
            Grantee::InboxViewer => "inbox_viewer",
            Grantee::InboxEditor => "inbox_editor",
            Grantee::InboxAdmin => "inbox_admin",
            Grantee::Public => "PUBLIC",
        }
    }

    pub fn parse(name: &str) -> Option<Grantee> {
        [&Grantee::GROUPS[..], &[Grantee::Public]]
            .concat()
            .into_iter()
            .find(|grantee| grantee.as_str() == name)
    }
}

/// What a right is on. Names are as SQL writes them, quoted where they must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    Database(String),
    Schema(String),
    Table(String),
    Column { table: String, column: String },
    Sequence(String),
    Routine(String),
}

/// One right of one grantee.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    pub on: On,
    pub grantee: Grantee,
    pub privilege: String,
}

impl Grant {
    /// `SELECT on public.contacts`.
    pub fn describe(&self) -> String {
        let privilege = &self.privilege;
        match &self.on {
            On::Database(name) => format!("{privilege} on database {name}"),
            On::Schema(name) => format!("{privilege} on schema {name}"),
            On::Table(name) | On::Sequence(name) | On::Routine(name) => {
                format!("{privilege} on {name}")
            }
            On::Column { table, column } => format!("{privilege} on {table}.{column}"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// `public.contacts`.
    pub name: String,
    /// The name alone, unquoted; of a partition, its table's.
    pub base: String,
    pub is_partition: bool,
    pub columns: Vec<String>,
    /// Columns of ciphertext.
    pub sealed: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    pub name: String,
    /// The table that it numbers, by its name alone.
    pub table: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// `public.uuid_v7()`.
    pub name: String,
    /// It runs as its owner: for administrators alone, and closed to everybody.
    pub is_definer: bool,
}

/// What there is to grant rights on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objects {
    pub database: String,
    /// The one that the inbox is in.
    pub schema: String,
    pub tables: Vec<Table>,
    pub sequences: Vec<Sequence>,
    pub routines: Vec<Routine>,
    /// Tables, views, sequences and routines in the schema that the application made: left alone.
    pub not_ours: i64,
}

impl Objects {
    pub fn has(&self, on: &On) -> bool {
        match on {
            On::Database(_) | On::Schema(_) => true,
            On::Table(name) | On::Column { table: name, .. } => {
                self.tables.iter().any(|table| &table.name == name)
            }
            On::Sequence(name) => self.sequences.iter().any(|sequence| &sequence.name == name),
            On::Routine(name) => self.routines.iter().any(|routine| &routine.name == name),
        }
    }
}

/// What an editor changes beside reading it, row by row.
const EDITED: [(&str, &[&str]); 10] = [
    ("contacts", &["INSERT", "UPDATE", "DELETE"]),
    ("contact_identities", &["INSERT", "UPDATE", "DELETE"]),
    ("scheduled_jobs", &["INSERT", "UPDATE", "DELETE"]),
    ("assignments", &["INSERT", "UPDATE", "DELETE"]),
    ("templates", &["INSERT", "UPDATE", "DELETE"]),
    ("merged_contacts", &["INSERT", "DELETE"]),
    ("contact_merges", &["INSERT"]),
    ("distinct_contacts", &["INSERT", "DELETE"]),
    ("imported_contacts", &["INSERT", "DELETE"]),
    ("matching_lessons", &["INSERT", "DELETE"]),
];

/// What a merge moves, and that it was taken back: the rest of these rows is not
/// an editor's.
const EDITED_COLUMNS: [(&str, &[&str]); 4] = [
    ("messages", &["contact_id"]),
    ("notes", &["contact_id"]),
    ("presence", &["contact_id"]),
    ("contact_merges", &["undone_at", "undone_by"]),
];

/// What an administrator may not do with a table as with any other: history is
/// not rewritten, and the schema is its owner's.
const ADMINISTERED: [(&str, &[&str]); 5] = [
    ("audit_logs", &["INSERT"]),
    ("erased_contacts", &["INSERT", "UPDATE"]),
    ("audit_days", &[]),
    ("inboxctl_migrations", &[]),
    ("__diesel_schema_migrations", &[]),
];

/// What nobody chooses who writes an entry of the log: the server says it.
const RECORDED: [&str; 3] = ["recorded_at", "recorded_by", "recorded_from"];

type Listed = [(&'static str, &'static [&'static str])];

fn listed(list: &Listed, table: &str) -> Option<&'static [&'static str]> {
    list.iter().find(|(name, _)| *name == table).map(|(_, privileges)| *privileges)
}

/// What an administrator changes in a table of the inbox.
pub fn administered(table: &str) -> &'static [&'static str] {
    listed(&ADMINISTERED, table).unwrap_or(&["INSERT", "UPDATE", "DELETE"])
}

fn changes(group: Grantee, table: &Table) -> &'static [&'static str] {
    match group {
        // Rows come and go through the parent.
        _ if table.is_partition => &[],
        Grantee::InboxViewer | Grantee::Public => &[],
        // Column by column, below.
        _ if table.base == "audit_logs" => &[],
        Grantee::InboxEditor => listed(&EDITED, &table.base).unwrap_or_default(),
        Grantee::InboxAdmin => administered(&table.base),
    }
}

/// The columns of an entry that whoever writes it chooses.
fn inserted_columns(group: Grantee, table: &Table) -> Vec<&str> {
    let writes = matches!(group, Grantee::InboxEditor | Grantee::InboxAdmin);
    if !writes || table.is_partition || table.base != "audit_logs" {
        return Vec::new();
    }
    let columns = table.columns.iter().map(String::as_str);
    columns.filter(|name| !RECORDED.contains(name)).collect()
}

fn changed_columns(group: Grantee, table: &Table) -> &'static [&'static str] {
    let listed = EDITED_COLUMNS.iter().find(|(name, _)| *name == table.base);
    match (group, listed) {
        (Grantee::InboxEditor, Some((_, columns))) if !table.is_partition => columns,
        _ => &[],
    }
}

/// The rights that the three should have, and nobody has by PUBLIC.
pub fn wanted(objects: &Objects) -> BTreeSet<Grant> {
    let mut grants = BTreeSet::new();
    for grantee in Grantee::GROUPS {
        let mut add = |on: On, privilege: &str| {
            grants.insert(Grant { on, grantee, privilege: privilege.to_owned() });
        };
        add(On::Database(objects.database.clone()), "CONNECT");
        add(On::Schema(objects.schema.clone()), "USAGE");
        for table in &objects.tables {
            let on = || On::Table(table.name.clone());
            let column =
                |name: &str| On::Column { table: table.name.clone(), column: name.to_owned() };
            if table.sealed.is_empty() || grantee == Grantee::InboxAdmin {
                add(on(), "SELECT");
            } else {
                let open = table.columns.iter().filter(|name| !table.sealed.contains(name));
                open.for_each(|name| add(column(name), "SELECT"));
            }
            changes(grantee, table).iter().for_each(|privilege| add(on(), privilege));
            inserted_columns(grantee, table).iter().for_each(|name| add(column(name), "INSERT"));
            changed_columns(grantee, table).iter().for_each(|name| add(column(name), "UPDATE"));
        }
        for sequence in &objects.sequences {
            let on = || On::Sequence(sequence.name.clone());
            add(on(), "SELECT");
            let numbers_edited =
                EDITED.iter().any(|(name, _)| sequence.table.as_deref() == Some(name));
            if grantee == Grantee::InboxAdmin || grantee == Grantee::InboxEditor && numbers_edited {
                add(on(), "USAGE");
            }
        }
        for Routine { name, is_definer } in &objects.routines {
            if !is_definer || grantee == Grantee::InboxAdmin {
                add(On::Routine(name.clone()), "EXECUTE");
            }
        }
    }
    grants
}

/// A group role as the cluster has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub group: Grantee,
    pub exists: bool,
    /// Attributes that a group role shouldn't have: LOGIN, SUPERUSER, ...
    pub attributes: Vec<String>,
    /// Roles whose rights it has besides.
    pub member_of: Vec<String>,
    /// How many roles are members of it.
    pub members: i64,
}

/// How the rights differ from what they should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    pub missing: Vec<Grant>,
    pub excess: Vec<Grant>,
}

impl Difference {
    pub fn between(wanted: &BTreeSet<Grant>, actual: &BTreeSet<Grant>) -> Difference {
        let excess: Vec<Grant> = actual.difference(wanted).cloned().collect();
        // Revoking a right on a table takes the same right on its columns along.
        let falls = |grant: &Grant| match &grant.on {
            On::Column { table, .. } => excess.iter().any(|gone| {
                gone.on == On::Table(table.clone())
                    && (gone.grantee, &gone.privilege) == (grant.grantee, &grant.privilege)
            }),
            _ => false,
        };
        let missing = wanted.iter().filter(|grant| !actual.contains(grant) || falls(grant));
        Difference { missing: missing.cloned().collect(), excess }
    }

    /// What of it came since `before`.
    pub fn since(&self, before: &Difference) -> Difference {
        let new = |now: &[Grant], then: &[Grant]| {
            now.iter().filter(|grant| !then.contains(grant)).cloned().collect()
        };
        Difference {
            missing: new(&self.missing, &before.missing),
            excess: new(&self.excess, &before.excess),
        }
    }

    pub fn is_exact(&self) -> bool {
        self.missing.is_empty() && self.excess.is_empty()
    }
}

#[cfg(test)]
#[path = "grants_tests.rs"]
mod tests;
