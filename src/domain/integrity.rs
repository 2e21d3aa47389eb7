//! What must be true of the rows, as questions to the database: each counts the
//! rows of which it is not.

use super::schema_diff::identifier::name;
use super::schema_diff::{Catalog, Constraint, ConstraintKind, Table};

/// A SELECT of one number, zero when all is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// `foreign key`, `check`, ...
    pub check: &'static str,
    /// `notes.notes_user_id_fkey`.
    pub object: String,
    pub table: String,
    /// Whose expressions it computes, where it does.
    pub author: Option<String>,
    /// Without its condition and the parenthesis behind that, where only the server knows it.
    pub sql: String,
    pub condition: Condition,
}

/// The last condition of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// It stands in the text.
    Said,
    /// That a row `p` is the one that `c` refers to by this constraint of the table.
    Refers { constraint: String },
    /// As above, where no constraint that is there tells it.
    Equal(String),
    /// What belongs into the partition.
    Bounds,
}

/// Asked of constraints that the server calls valid too: rows come past them
/// when triggers are off, as during a restore.
pub fn questions(catalog: &Catalog) -> Vec<Question> {
    let mut list = Vec::new();
    for table in &catalog.tables {
        for constraint in &table.constraints {
            let question = match constraint.kind {
                ConstraintKind::ForeignKey => orphans(table, constraint),
                ConstraintKind::Check => violations(table, constraint),
                _ => None,
            };
            list.extend(question);
        }
        if table.partition_of.is_some() {
            list.push(out_of_bounds(table));
        }
    }
    list
}

/// Asked of what is to be made: constraints and unique indexes of `expected` that are
/// not in `found`, or not valid there, where the rows are there already.
pub fn questions_before(expected: &Catalog, found: &Catalog) -> Vec<Question> {
    let mut list = Vec::new();
    for table in &expected.tables {
        let Some(other) = found.table(&table.name) else { continue };
        for made in &table.constraints {
            let same = other.constraints.iter().find(|one| one.name == made.name);
            if same.is_some_and(|one| one.validated && one.definition == made.definition) {
                continue;
            }
            list.extend(match made.kind {
                ConstraintKind::ForeignKey => orphans(table, made).map(|asked| Question {
                    // The server knows no operators of a key that isn't there.
                    condition: Condition::Equal(equal_columns(made)),
                    ..asked
                }),
                ConstraintKind::Check => violations(table, made),
                ConstraintKind::PrimaryKey | ConstraintKind::Unique => {
                    let columns: Vec<String> = made.columns.iter().map(|one| name(one)).collect();
                    Some(duplicates(table, &made.name, &columns.join(", "), ""))
                }
                ConstraintKind::Exclusion => None,
            });
        }
        for made in table.indexes.iter().filter(|index| index.unique) {
            let same = other.indexes.iter().find(|one| one.name == made.name);
            if same.is_none_or(|one| one.definition != made.definition || !one.valid) {
                let parts = made.definition.split_once(" USING btree (");
                let (keys, rest) = parts
                    .and_then(|(_, rest)| rest.rsplit_once(") WHERE ").or(Some((rest, ""))))
                    .unwrap_or_default();
                let keys =
                    if rest.is_empty() { keys.strip_suffix(')').unwrap_or(keys) } else { keys };
                list.push(duplicates(table, &made.name, keys, rest));
            }
        }
    }
    list
}

fn duplicates(table: &Table, key: &str, keys: &str, rows: &str) -> Question {
    let rows = if rows.is_empty() { String::new() } else { format!(" WHERE {rows}") };
    let sql = format!(
        "SELECT count(*) AS bad FROM (SELECT FROM {} AS t{rows} GROUP BY {keys} \
         HAVING count(*) > 1 AND pg_catalog.num_nulls({keys}) = 0) d",
        name(&table.name)
    );
    question("duplicates", table, key, sql)
}

/// What the catalogue itself calls unsound. Of triggers those of `ours`: another one that is disabled
/// may be so on purpose.
pub fn unsound(catalog: &Catalog, ours: &Catalog) -> Vec<(&'static str, String)> {
    let is_ours = |name: &str| {
        ours.tables.iter().any(|table| table.triggers.iter().any(|trigger| trigger.name == name))
    };
    let mut list = Vec::new();
    for table in &catalog.tables {
        let path = |part: &str| format!("{}.{part}", table.name);
        let open = table.constraints.iter().filter(|constraint| !constraint.validated);
        list.extend(open.map(|constraint| ("constraint not validated", path(&constraint.name))));
        let broken = table.indexes.iter().filter(|index| !index.valid);
        list.extend(broken.map(|index| ("index not valid", path(&index.name))));
        let off = table
            .triggers
            .iter()
            .filter(|trigger| trigger.enabled == 'D' && is_ours(&trigger.name));
        list.extend(off.map(|trigger| ("trigger disabled", path(&trigger.name))));
    }
    list
}

fn question(check: &'static str, table: &Table, constraint: &str, sql: String) -> Question {
    Question {
        check,
        object: format!("{}.{constraint}", table.name),
        table: table.name.clone(),
        author: None,
        sql,
        condition: Condition::Said,
    }
}

fn orphans(table: &Table, constraint: &Constraint) -> Option<Question> {
    let target = constraint.references.as_ref()?;
    let set: Vec<String> =
        constraint.columns.iter().map(|own| format!("c.{} IS NOT NULL", name(own))).collect();
    let sql = format!(
        "SELECT count(*) AS bad FROM {} c WHERE {} AND NOT EXISTS (SELECT FROM {} p WHERE ",
        name(&table.name),
        set.join(" AND "),
        name(&target.table)
    );
    let condition = Condition::Refers { constraint: constraint.name.clone() };
    let asked = question("orphans", table, &constraint.name, sql);
    Some(Question { condition, ..asked })
}

fn equal_columns(constraint: &Constraint) -> String {
    let theirs = constraint.references.iter().flat_map(|target| &target.columns);
    let equal: Vec<String> = constraint
        .columns
        .iter()
        .zip(theirs)
        .map(|(own, other)| format!("p.{} OPERATOR(pg_catalog.=) c.{}", name(other), name(own)))
        .collect();
    equal.join(" AND ")
}

fn violations(table: &Table, constraint: &Constraint) -> Option<Question> {
    let rule = constraint.definition.strip_prefix("CHECK ")?.trim_end_matches(" NO INHERIT");
    let sql = format!(
        "SELECT count(*) AS bad FROM {} WHERE NOT coalesce({rule}, true)",
        name(&table.name)
    );
    let asked = question("rows against a check", table, &constraint.name, sql);
    Some(Question { author: table.owner.clone(), ..asked })
}

/// The server says what belongs into a partition.
fn out_of_bounds(table: &Table) -> Question {
    let sql = format!("SELECT count(*) AS bad FROM {} WHERE NOT (", name(&table.name));
    Question {
        check: "rows out of bounds",
        object: table.name.clone(),
        table: table.name.clone(),
        author: table.owner.clone(),
        sql,
        condition: Condition::Bounds,
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema_diff::Reference;
    use super::*;

    #[test]
    fn a_foreign_key_becomes_a_count_of_orphans() {
        let key = Constraint {
            name: String::from("notes_user_id_fkey"),
            kind: ConstraintKind::ForeignKey,
            definition: String::new(),
            validated: false,
            columns: vec![String::from("user_id")],
            references: Some(Reference {
                table: String::from("users"),
                columns: vec![String::from("id")],
                on_delete: 'r',
                on_update: 'a',
            }),
        };
        let table =
            Table { name: String::from("notes"), constraints: vec![key], ..Table::default() };
        let catalog = Catalog { tables: vec![table], ..Catalog::default() };
        assert_eq!(
            questions(&catalog)[0].sql,
            "SELECT count(*) AS bad FROM notes c WHERE c.user_id IS NOT NULL \
             AND NOT EXISTS (SELECT FROM users p WHERE "
        );
        let found = unsound(&catalog, &Catalog::default());
        assert_eq!(found[0], ("constraint not validated", "notes.notes_user_id_fkey".to_owned()));
    }
}
