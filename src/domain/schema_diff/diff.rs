//! What differs between the expected schema and the one that was found, in an
//! order in which the mending SQL can be run.

use serde::Serialize;

use super::create;
use super::identifier::name;
use super::mend::{self, Phase};
use super::model::{Catalog, Column, Table};
use super::normal;
use super::partition;

/// What else is compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Owners and grants too.
    pub privileges: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Missing,
    Extra,
    Changed,
    Renamed,
}

/// One difference, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub problem: Problem,
    /// `table`, `column`, `index`, ...
    pub kind: &'static str,
    /// `contacts.phone` for what hangs on a table.
    pub object: String,
    pub details: Vec<Detail>,
    /// Statements that make it as expected.
    pub sql: Vec<String>,
    #[serde(skip)]
    pub(super) phase: Phase,
}

/// One property that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detail {
    pub property: &'static str,
    pub expected: Option<String>,
    pub found: Option<String>,
}

/// All of them; none between equal schemas.
pub fn differences(expected: &Catalog, found: &Catalog, options: Options) -> Vec<Difference> {
    let mut diff = Diff {
        expected,
        found,
        options,
        same_server: expected.server_version_num / 10_000 == found.server_version_num / 10_000,
        list: Vec::new(),
    };
    diff.extensions();
    diff.enums();
    diff.definitions();
    diff.tables();
    diff.list.sort_by_key(|difference| difference.phase);
    diff.list
}

pub(super) struct Diff<'a> {
    expected: &'a Catalog,
    pub(super) found: &'a Catalog,
    options: Options,
    same_server: bool,
    list: Vec<Difference>,
}

/// What two lists have by name: only here, only there, both.
pub(super) type Paired<'a, T> = (Vec<&'a T>, Vec<&'a T>, Vec<(&'a T, &'a T)>);

pub(super) fn paired<'a, T>(
    expected: &'a [T],
    found: &'a [T],
    key: impl Fn(&T) -> &str,
) -> Paired<'a, T> {
    let find = |list: &'a [T], name: &str| list.iter().find(|other| key(other) == name);
    let missing = expected.iter().filter(|made| find(found, key(made)).is_none()).collect();
    let extra = found.iter().filter(|made| find(expected, key(made)).is_none()).collect();
    let both = expected.iter().filter_map(|made| Some((made, find(found, key(made))?))).collect();
    (missing, extra, both)
}

/// Takes out of both lists what is the same but for its name. A name that fits
/// more than one is left alone.
pub(super) fn renamed<'a, T>(
    missing: &mut Vec<&'a T>,
    extra: &mut Vec<&'a T>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<(&'a T, &'a T)> {
    let twins = |one: &T, list: &[&'a T]| list.iter().filter(|other| same(one, other)).count();
    let pairs: Vec<(&T, &T)> = missing
        .iter()
        .filter_map(|one| {
            let mut others = extra.iter().filter(|other| same(one, other));
            let other = others.next()?;
            let unique = others.next().is_none() && twins(other, missing) == 1;
            unique.then_some((*one, *other))
        })
        .collect();
    missing.retain(|one| !pairs.iter().any(|(made, _)| std::ptr::eq(*made, *one)));
    extra.retain(|one| !pairs.iter().any(|(_, made)| std::ptr::eq(*made, *one)));
    pairs
}

impl Diff<'_> {
    pub(super) fn push(
        &mut self,
        problem: Problem,
        (kind, object): (&'static str, String),
        details: Vec<Detail>,
        (phase, sql): (Phase, Vec<String>),
    ) {
        self.list.push(Difference { problem, kind, object, details, sql, phase });
    }

    pub(super) fn same(&self, expected: &str, found: &str) -> bool {
        normal::definition(expected, self.same_server)
            == normal::definition(found, self.same_server)
    }

    /// More extensions than expected are the operator's business.
    fn extensions(&mut self) {
        for extension in &self.expected.extensions {
            if !self.found.extensions.contains(extension) {
                let sql = vec![create::create_extension(extension)];
                let object = ("extension", extension.clone());
                self.push(Problem::Missing, object, Vec::new(), (Phase::Types, sql));
            }
        }
    }

    fn enums(&mut self) {
        let (expected, found) = (self.expected, self.found);
        let (missing, extra, both) = paired(&expected.enums, &found.enums, |made| &made.name);
        for made in missing {
            let sql = vec![create::create_enum(made)];
            let object = ("enum", made.name.clone());
            self.push(Problem::Missing, object, Vec::new(), (Phase::Types, sql));
        }
        for made in extra {
            let sql = vec![format!("DROP TYPE {}", name(&made.name))];
            let object = ("enum", made.name.clone());
            self.push(Problem::Extra, object, Vec::new(), (Phase::DropTypes, sql));
        }
        for (expected, found) in both {
            if expected.labels != found.labels {
                let detail = detail("labels", expected.labels.join(", "), found.labels.join(", "));
                let sql = mend::enum_labels(expected, found, self.found);
                let object = ("enum", expected.name.clone());
                self.push(Problem::Changed, object, vec![detail], (Phase::Types, sql));
            }
        }
    }

    fn definitions(&mut self) {
        let (expected, found) = (self.expected, self.found);
        let (missing, extra, both) =
            paired(&expected.definitions, &found.definitions, |made| &made.name);
        for made in missing {
            let step = (Phase::of(made.kind), vec![made.definition.clone()]);
            self.push(Problem::Missing, mend::object(made), Vec::new(), step);
        }
        for made in extra {
            let step = (Phase::drop_of(made.kind), vec![mend::drop_definition(made)]);
            self.push(Problem::Extra, mend::object(made), Vec::new(), step);
        }
        for (expected, found) in both {
            if expected.kind != found.kind || !self.same(&expected.definition, &found.definition) {
                let detail = detail("definition", &expected.definition, &found.definition);
                let step = (Phase::of(expected.kind), mend::replace_definition(expected, found));
                self.push(Problem::Changed, mend::object(expected), vec![detail], step);
            }
            if self.options.privileges {
                let (kind, object) = mend::object(expected);
                let target = mend::privilege_target(expected);
                let (mine, theirs) = (&expected.owner, &found.owner);
                self.privileges(
                    (kind, object, target),
                    (mine, theirs),
                    (&expected.grants, &found.grants),
                );
            }
        }
    }

    fn tables(&mut self) {
        let (expected, found) = (self.expected, self.found);
        let (mut missing, mut extra, both) =
            paired(&expected.tables, &found.tables, |made| &made.name);
        extra.retain(|table| !partition::is_monthly(table, expected));
        for table in found.tables.iter().filter(|table| partition::is_monthly(table, expected)) {
            self.partition(&Table::default(), table);
        }
        let same = |one: &Table, other: &Table| {
            one.partition_of.is_none()
                && other.partition_of.is_none()
                && one.columns == other.columns
        };
        for (made, other) in renamed(&mut missing, &mut extra, same) {
            let sql = format!("{} RENAME TO {}", create::alter(other), name(&made.name));
            self.renamed("table", &made.name, &other.name, sql, Phase::Rename);
            let renamed = Table { name: made.name.clone(), ..other.clone() };
            self.inside(made, &renamed);
        }
        for table in missing {
            let step = (Phase::Tables, create::whole_table(table));
            self.push(Problem::Missing, ("table", table.name.clone()), Vec::new(), step);
        }
        for table in extra {
            let (phase, sql) = mend::drop_table(table, self.found);
            self.push(Problem::Extra, ("table", table.name.clone()), Vec::new(), (phase, sql));
        }
        for (expected, found) in both {
            if expected.partition_of != found.partition_of {
                self.place(expected, found);
            } else if expected.partition_of.is_some() {
                self.partition(expected, found);
            } else {
                self.inside(expected, found);
            }
        }
    }

    /// A partition that hangs elsewhere, or nowhere.
    fn place(&mut self, expected: &Table, found: &Table) {
        let text = |table: &Table| {
            table.partition_of.as_ref().map(|place| format!("of {} {}", place.table, place.bound))
        };
        let detail = Detail { property: "partition", expected: text(expected), found: text(found) };
        let sql = mend::attach(expected, found);
        let object = ("table", expected.name.clone());
        self.push(Problem::Changed, object, vec![detail], (Phase::Tables, sql));
    }

    /// Columns follow the parent, so they are compared with the parent's as it is.
    fn partition(&mut self, expected: &Table, found: &Table) {
        let parent = found.partition_of.as_ref().and_then(|place| self.found.table(&place.table));
        let columns = parent.map(|parent| parent.columns.clone()).unwrap_or_default();
        let comments = |columns: Vec<Column>| {
            let plain = |column: Column| Column { comment: None, ..column };
            columns.into_iter().map(plain).collect()
        };
        let like_parent =
            Table { name: found.name.clone(), columns: comments(columns), ..expected.clone() };
        let found = Table { columns: comments(found.columns.clone()), ..found.clone() };
        let expected = if expected.name.is_empty() {
            Table { owner: found.owner.clone(), grants: found.grants.clone(), ..like_parent }
        } else {
            like_parent
        };
        self.inside(&expected, &found);
    }

    fn inside(&mut self, expected: &Table, found: &Table) {
        self.flags(expected, found);
        self.columns(expected, found);
        self.constraints(expected, found);
        self.indexes(expected, found);
        self.triggers(expected, found);
        self.policies(expected, found);
        if self.options.privileges {
            let target = format!("TABLE {}", name(&expected.name));
            self.privileges(
                ("table", expected.name.clone(), target),
                (&expected.owner, &found.owner),
                (&expected.grants, &found.grants),
            );
        }
    }

    fn flags(&mut self, expected: &Table, found: &Table) {
        let (details, sql) = mend::table_flags(expected, found);
        if !details.is_empty() {
            let object = ("table", expected.name.clone());
            self.push(Problem::Changed, object, details, (Phase::Tables, sql));
        }
    }

    fn privileges(
        &mut self,
        (kind, object, target): (&'static str, String, String),
        owners: (&Option<String>, &Option<String>),
        grants: (&[String], &[String]),
    ) {
        let (details, sql) = mend::privileges(&target, owners, grants);
        if !details.is_empty() {
            self.push(Problem::Changed, (kind, object), details, (Phase::Privileges, sql));
        }
    }
}

pub(super) fn path(table: &Table, part: &str) -> String {
    format!("{}.{part}", table.name)
}

pub(super) fn detail(
    property: &'static str,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> Detail {
    Detail { property, expected: Some(expected.into()), found: Some(found.into()) }
}
