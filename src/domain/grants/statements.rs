//! The SQL that makes of the rights as they are those that should be.

use std::collections::{BTreeMap, BTreeSet};

use super::{Difference, Grant, Grantee, On, Role};

/// The statements that make the roles and their rights in the schema what they should be;
/// none, if they are. First what goes, then what comes.
pub fn statements(roles: &[Role], difference: &Difference) -> Vec<String> {
    let mut statements: Vec<String> = roles.iter().flat_map(role_statements).collect();
    statements.extend(grouped("REVOKE", &difference.excess));
    statements.extend(grouped("GRANT", &difference.missing));
    statements
}

fn role_statements(role: &Role) -> Vec<String> {
    let name = role.group.as_str();
    let mut statements = Vec::new();
    if !role.exists {
        // Roles are the cluster's: another database may be making it just now.
        statements.push(format!(
            "DO $$ BEGIN CREATE ROLE {name} NOLOGIN;\n    \
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        ));
    }
    if !role.attributes.is_empty() {
        let without: Vec<String> =
            role.attributes.iter().map(|attribute| format!("NO{attribute}")).collect();
        statements.push(format!("ALTER ROLE {name} {}", without.join(" ")));
    }
    statements.extend(role.member_of.iter().map(|parent| format!("REVOKE {parent} FROM {name}")));
    statements
}

/// What a statement names after its list of privileges.
type Place = (Kind, String);

/// Kinds of objects in the order of the statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Database,
    Schema,
    Table,
    Sequence,
    Routine,
}

/// Few statements: what has the same privileges stands in one.
fn grouped(verb: &str, grants: &[Grant]) -> Vec<String> {
    // The privileges of each grantee on each object; columns by privilege.
    let mut plain: BTreeMap<(Place, Grantee), BTreeSet<&str>> = BTreeMap::new();
    let mut columns: BTreeMap<(Place, Grantee), BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for Grant { on, grantee, privilege } in grants {
        if let On::Column { table, column } = on {
            let at = ((Kind::Table, table.clone()), *grantee);
            columns.entry(at).or_default().entry(privilege).or_default().push(column);
        } else {
            plain.entry((place(on), *grantee)).or_default().insert(privilege);
        }
    }
    let mut by_rights: BTreeMap<(Kind, String, Grantee), Vec<String>> = BTreeMap::new();
    for (((kind, name), grantee), privileges) in plain {
        let privileges = privileges.into_iter().collect::<Vec<_>>().join(", ");
        by_rights.entry((kind, privileges, grantee)).or_default().push(name);
    }
    for (((kind, name), grantee), privileges) in columns {
        let privileges: Vec<String> = privileges
            .into_iter()
            .map(|(privilege, columns)| format!("{privilege} ({})", columns.join(", ")))
            .collect();
        by_rights.entry((kind, privileges.join(", "), grantee)).or_default().push(name);
    }
    let mut by_objects: BTreeMap<(Kind, String, Vec<String>), Vec<&str>> = BTreeMap::new();
    for ((kind, privileges, grantee), names) in by_rights {
        by_objects.entry((kind, privileges, names)).or_default().push(grantee.as_str());
    }
    by_objects
        .into_iter()
        .map(|((kind, privileges, names), grantees)| {
            statement(verb, kind, &privileges, &names, &grantees.join(", "))
        })
        .collect()
}

fn place(on: &On) -> Place {
    let (kind, name) = match on {
        On::Database(name) => (Kind::Database, name),
        On::Schema(name) => (Kind::Schema, name),
        On::Table(name) | On::Column { table: name, .. } => (Kind::Table, name),
        On::Sequence(name) => (Kind::Sequence, name),
        On::Routine(name) => (Kind::Routine, name),
    };
    (kind, name.clone())
}

fn statement(verb: &str, kind: Kind, privileges: &str, names: &[String], grantees: &str) -> String {
    let direction = if verb == "GRANT" { "TO" } else { "FROM" };
    let listed = |word: &str| {
        let objects = names.join(",\n       ");
        match names {
            [one] => format!("{verb} {privileges} ON {word} {one} {direction} {grantees}"),
            _ => format!(
                "{verb} {privileges} ON {word}\n       {objects}\n    {direction} {grantees}"
            ),
        }
    };
    match kind {
        Kind::Database => listed("DATABASE"),
        Kind::Schema => listed("SCHEMA"),
        Kind::Table => listed("TABLE"),
        Kind::Sequence => listed("SEQUENCE"),
        Kind::Routine => listed("ROUTINE"),
    }
}
