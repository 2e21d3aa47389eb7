//! What differs between the expected schema and the one that was found, in an
//! order in which the mending SQL can be run.

use super::create;
use super::dependents::Obstacles;
use super::difference::{Addition, Comparison, Detail, Difference, Problem, detail};
use super::enums;
use super::identifier::name;
use super::model::{Catalog, Column, Constraint, ConstraintKind, Definition, Enum, Table};
use super::normal;
use super::order;
use super::partition;
use super::phase::{Phase, Step, mentions};
use super::repair;
use super::way::{self, Ground};

/// What else is compared, and what else is known.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Owners and grants too.
    pub privileges: bool,
    pub obstacles: &'a Obstacles,
}

/// What of `expected` is missing or changed, and what else there is.
pub fn compare(expected: &Catalog, found: &Catalog, options: Options<'_>) -> Comparison {
    let mut diff = Diff {
        expected,
        found,
        options,
        same_server: expected.server_version_num / 10_000 == found.server_version_num / 10_000,
        list: Vec::new(),
        not_ours: Vec::new(),
    };
    diff.extensions();
    diff.enums();
    diff.definitions();
    diff.tables();
    diff.owners();
    let ground = diff.ground();
    enums::settle(&mut diff.list, ground);
    way::hold_back(&mut diff.list);
    diff.list.sort_by_key(|difference| difference.steps.first().map(|(phase, _)| *phase));
    diff.not_ours.sort();
    Comparison { differences: diff.list, not_ours: diff.not_ours }
}

pub(super) struct Diff<'a> {
    expected: &'a Catalog,
    pub(super) found: &'a Catalog,
    options: Options<'a>,
    same_server: bool,
    list: Vec<Difference>,
    not_ours: Vec<Addition>,
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

impl<'a> Diff<'a> {
    pub(super) fn push(
        &mut self,
        problem: Problem,
        (kind, object): (&'static str, String),
        details: Vec<Detail>,
        (phase, sql): (Phase, Vec<String>),
    ) {
        let steps = sql.into_iter().map(|sql| (phase, sql)).collect();
        self.push_steps(problem, (kind, object), details, steps);
    }

    pub(super) fn push_steps(
        &mut self,
        problem: Problem,
        (kind, object): (&'static str, String),
        details: Vec<Detail>,
        steps: Vec<Step>,
    ) {
        let sql = steps.iter().map(|(_, sql)| sql.clone()).collect();
        self.list.push(Difference { problem, kind, object, details, sql, steps });
    }

    /// What is missing, unless something else has its name.
    pub(super) fn missing(
        &mut self,
        (kind, object): (&'static str, String),
        name: &str,
        steps: Vec<Step>,
    ) {
        let steps = match (self.found.names().contains(name), steps.first()) {
            (true, Some((phase, _))) => vec![(*phase, order::taken(kind, name))],
            _ => steps,
        };
        self.push_steps(Problem::Missing, (kind, object), Vec::new(), steps);
    }

    pub(super) fn not_ours(&mut self, kind: &'static str, object: impl Into<String>) {
        self.not_ours_by(kind, object, (None, None));
    }

    pub(super) fn not_ours_by(
        &mut self,
        kind: &'static str,
        object: impl Into<String>,
        (function, owner): (Option<String>, Option<String>),
    ) {
        self.not_ours.push(Addition { kind, object: object.into(), function, owner });
    }

    /// Objects of ours that another role owns than most of them: who owns one may change it.
    fn owners(&mut self) {
        let is_ours = |table: &&Table| {
            self.expected.table(&table.name).is_some()
                || partition::is_monthly(table, self.expected)
        };
        let tables = self.found.tables.iter().filter(is_ours);
        let tables = tables.filter_map(|made| Some((&made.name, made.owner.as_ref()?)));
        let is_ours = |made: &&Definition| {
            self.expected.definitions.iter().any(|other| other.name == made.name)
        };
        let definitions = self.found.definitions.iter().filter(is_ours);
        let definitions = definitions.filter_map(|made| Some((&made.name, made.owner.as_ref()?)));
        let owned: Vec<(&String, &String)> = tables.chain(definitions).collect();
        let number = |owner: &String| owned.iter().filter(|(_, other)| *other == owner).count();
        let Some(usual) = owned.iter().map(|(_, owner)| *owner).max_by_key(|owner| number(owner))
        else {
            return;
        };
        for (object, owner) in owned.iter().filter(|(_, owner)| *owner != usual) {
            self.not_ours.push(Addition {
                kind: "owner",
                object: (*object).clone(),
                function: None,
                owner: Some((*owner).clone()),
            });
        }
    }

    pub(super) fn ground(&self) -> Ground<'a> {
        Ground { expected: self.expected, found: self.found, obstacles: self.options.obstacles }
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
            let step = (Phase::Types, create::create_enum(made));
            self.missing(("enum", made.name.clone()), &made.name, vec![step]);
        }
        for made in extra {
            self.not_ours("enum", made.name.clone());
        }
        for (expected, found) in both {
            self.labels(expected, found);
        }
    }

    /// A label more than ours is the application's.
    fn labels(&mut self, expected: &Enum, found: &Enum) {
        let sql = enums::labels(expected, found, self.ground());
        if sql.is_empty() {
            for label in found.labels.iter().filter(|label| !expected.labels.contains(label)) {
                self.not_ours("enum value", format!("{}.{label}", expected.name));
            }
            return;
        }
        let detail = detail("labels", expected.labels.join(", "), found.labels.join(", "));
        let object = ("enum", expected.name.clone());
        self.push_steps(Problem::Changed, object, vec![detail], sql);
    }

    fn definitions(&mut self) {
        let (expected, found) = (self.expected, self.found);
        let (missing, extra, both) =
            paired(&expected.definitions, &found.definitions, |made| &made.name);
        for made in missing {
            let step = (self.phase_of(made), made.definition.clone());
            self.missing(repair::object(made), &made.name, vec![step]);
        }
        for made in extra {
            let (kind, object) = repair::object(made);
            self.not_ours(kind, object);
        }
        for (expected, found) in both {
            if expected.kind != found.kind || !self.same(&expected.definition, &found.definition) {
                let detail = detail("definition", &expected.definition, &found.definition);
                let steps = repair::replace_definition(self.ground(), expected, found);
                self.push_steps(Problem::Changed, repair::object(expected), vec![detail], steps);
            }
            if self.options.privileges {
                let (kind, object) = repair::object(expected);
                let target = repair::privilege_target(expected);
                let (mine, theirs) = (&expected.owner, &found.owner);
                self.privileges(
                    (kind, object, target),
                    (mine, theirs),
                    (&expected.grants, &found.grants),
                );
            }
        }
    }

    /// A routine whose arguments or result are rows of a table that isn't there
    /// yet comes after it.
    fn phase_of(&self, made: &Definition) -> Phase {
        let head = made.definition.split("AS $").next().unwrap_or_default();
        let is_new = |table: &&Table| self.found.table(&table.name).is_none();
        let mut new = self.expected.tables.iter().filter(is_new);
        match Phase::of(made.kind) {
            Phase::Routines if new.any(|table| mentions(head, &name(&table.name))) => {
                Phase::LateRoutines
            }
            phase => phase,
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
        let same = |one: &Table, other: &Table| match (&one.partition_of, &other.partition_of) {
            (None, None) => one.columns == other.columns,
            (Some(place), Some(other)) => place == other,
            _ => false,
        };
        for (made, other) in renamed(&mut missing, &mut extra, same) {
            let sql = format!("{} RENAME TO {}", create::alter(other), name(&made.name));
            self.renamed("table", &made.name, &other.name, sql, Phase::Rename);
            let renamed = Table { name: made.name.clone(), ..other.clone() };
            match made.partition_of {
                Some(_) => self.partition(made, &renamed),
                None => self.inside(made, &renamed),
            }
        }
        for table in missing {
            self.missing(("table", table.name.clone()), &table.name, repair::new_table(table));
        }
        for table in extra {
            self.not_ours("table", table.name.clone());
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
        let sql = repair::attach(expected, found);
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
        for rule in &found.rules {
            self.not_ours("rule", path(expected, rule));
        }
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
        let is_added = |mine: bool, theirs: bool| theirs && !mine;
        if is_added(expected.row_security, found.row_security)
            || is_added(expected.force_row_security, found.force_row_security)
        {
            self.not_ours("row security", expected.name.clone());
        }
        if found.comment.is_some() && expected.comment.is_none() {
            self.not_ours("comment", expected.name.clone());
        }
        let (details, sql) = repair::table_flags(expected, found);
        if !details.is_empty() {
            let object = ("table", expected.name.clone());
            let points = |key: &Constraint| key.kind == ConstraintKind::ForeignKey;
            let phase = match expected.constraints.iter().any(points) {
                true => Phase::Logged,
                false => Phase::Tables,
            };
            self.push(Problem::Changed, object, details, (phase, sql));
        }
    }

    fn privileges(
        &mut self,
        (kind, object, target): (&'static str, String, String),
        owners: (&Option<String>, &Option<String>),
        grants: (&[String], &[String]),
    ) {
        let (details, sql) = repair::privileges(&target, owners, grants);
        if !details.is_empty() {
            self.push(Problem::Changed, (kind, object), details, (Phase::Privileges, sql));
        }
    }
}

pub(super) fn path(table: &Table, part: &str) -> String {
    format!("{}.{part}", table.name)
}
