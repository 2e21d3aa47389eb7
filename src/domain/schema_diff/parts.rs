//! What hangs on a table, compared: columns, constraints, indexes, triggers,
//! policies.

use super::create;
use super::diff::{Diff, paired, path, renamed};
use super::difference::{Problem, detail};
use super::identifier::name;
use super::model::{Column, Constraint, ConstraintKind, Index, Table};
use super::order;
use super::phase::{Phase, Step};
use super::repair;
use super::way::{self, Way};

impl Diff<'_> {
    pub(super) fn columns(&mut self, expected: &Table, found: &Table) {
        let (mut missing, mut extra, both) =
            paired(&expected.columns, &found.columns, |made| &made.name);
        let same = |one: &Column, other: &Column| {
            Column { name: String::new(), ..one.clone() }
                == Column { name: String::new(), ..other.clone() }
        };
        for (made, other) in renamed(&mut missing, &mut extra, same) {
            let (new, old) = (name(&made.name), name(&other.name));
            let sql = format!("{} RENAME COLUMN {old} TO {new}", create::alter(expected));
            self.renamed("column", &path(expected, &made.name), &other.name, sql, Phase::Rename);
        }
        for made in missing {
            let sql = repair::missing_column(self.ground(), expected, made);
            let object = ("column", path(expected, &made.name));
            self.push(Problem::Missing, object, Vec::new(), (Phase::Columns, sql));
        }
        for made in extra {
            self.not_ours("column", path(expected, &made.name));
        }
        for (made, other) in both {
            self.added_to(expected, made, other);
            let (details, steps) = repair::column(self.ground(), (expected, found), (made, other));
            if !details.is_empty() {
                let object = ("column", path(expected, &made.name));
                self.push_steps(Problem::Changed, object, details, steps);
            }
        }
    }

    /// A default or a comment where we have none: the application's.
    fn added_to(&mut self, table: &Table, expected: &Column, found: &Column) {
        let has_own_default = expected.default.is_none()
            && found.default.is_some()
            && (&expected.identity, &expected.generated) == (&found.identity, &found.generated);
        if has_own_default {
            self.not_ours("default", path(table, &expected.name));
        }
        if expected.comment.is_none() && found.comment.is_some() {
            self.not_ours("comment", path(table, &expected.name));
        }
    }

    pub(super) fn constraints(&mut self, expected: &Table, found: &Table) {
        let (mut missing, mut extra, both) =
            paired(&expected.constraints, &found.constraints, |made| &made.name);
        let same = |one: &Constraint, other: &Constraint| {
            one.kind == other.kind
                && one.definition == other.definition
                && one.validated == other.validated
        };
        for (made, other) in renamed(&mut missing, &mut extra, same) {
            let sql = repair::rename_constraint(expected, &other.name, &made.name);
            let object = path(expected, &made.name);
            self.renamed("constraint", &object, &other.name, sql, Phase::Rename);
        }
        for made in missing {
            let object = ("constraint", path(expected, &made.name));
            let is_unfilled =
                |column: &String| self.ground().obstacles.is_unfilled(&expected.name, column);
            let sql = match made.kind == ConstraintKind::PrimaryKey {
                true if made.columns.iter().any(is_unfilled) => {
                    vec![way::blocked("make it", "rows have no value for its columns")]
                }
                _ => repair::add_constraint(self.ground(), expected, made),
            };
            let step = (Phase::of_constraint(made), sql);
            self.push(Problem::Missing, object, Vec::new(), step);
        }
        for made in extra {
            self.not_ours("constraint", path(expected, &made.name));
        }
        for (made, other) in both {
            let object = ("constraint", path(expected, &made.name));
            if made.kind != other.kind || !self.same(&made.definition, &other.definition) {
                let detail = detail("definition", &made.definition, &other.definition);
                let mut sql = repair::add_constraint(self.ground(), expected, made);
                if !sql.iter().all(|sql| sql.starts_with("--")) {
                    sql.insert(0, create::drop_constraint(expected, other));
                }
                let phase = Phase::of_constraint(made);
                let steps = self.key_steps(&expected.name, &other.name, phase, sql);
                self.push_steps(Problem::Changed, object, vec![detail], steps);
            } else if made.validated && !other.validated {
                let detail = detail("validity", "valid", "not valid");
                let sql = repair::validate_constraint(self.ground(), expected, made);
                let step = (Phase::of_constraint(made), vec![sql]);
                self.push(Problem::Changed, object, vec![detail], step);
            }
        }
    }

    pub(super) fn indexes(&mut self, expected: &Table, found: &Table) {
        let (mut missing, mut extra, both) =
            paired(&expected.indexes, &found.indexes, |made| &made.name);
        let same = |one: &Index, other: &Index| {
            let body = |index: &Index| index.definition.replacen(&name(&index.name), "", 1);
            body(one) == body(other) && one.valid == other.valid
        };
        for (made, other) in renamed(&mut missing, &mut extra, same) {
            let sql = format!("ALTER INDEX {} RENAME TO {}", name(&other.name), name(&made.name));
            self.renamed("index", &path(expected, &made.name), &other.name, sql, Phase::Rename);
        }
        for made in missing {
            let step = (Phase::Indexes, self.index(expected, made));
            self.missing(("index", path(expected, &made.name)), &made.name, vec![step]);
        }
        for made in extra {
            self.not_ours("index", path(expected, &made.name));
        }
        for (made, other) in both {
            let object = ("index", path(expected, &made.name));
            if !self.same(&made.definition, &other.definition) {
                let detail = detail("definition", &made.definition, &other.definition);
                let mut sql = vec![self.index(expected, made)];
                if !sql[0].starts_with("--") {
                    sql.insert(0, create::drop_index(other));
                }
                let steps = self.key_steps(&expected.name, &other.name, Phase::Indexes, sql);
                self.push_steps(Problem::Changed, object, vec![detail], steps);
            } else if made.valid && !other.valid {
                let detail = detail("validity", "valid", "invalid");
                let sql = vec![repair::rebuild_index(made)];
                self.push(Problem::Changed, object, vec![detail], (Phase::Indexes, sql));
            }
        }
    }

    /// Its statement, or a comment where rows break it.
    fn index(&self, table: &Table, made: &Index) -> String {
        match self.ground().obstacles.is_broken(&table.name, &made.name) {
            true => way::blocked("make it", repair::BROKEN),
            false => made.definition.clone(),
        }
    }

    /// What makes a key or an index anew, or why that can't be.
    fn key_steps(&self, table: &str, key: &str, phase: Phase, sql: Vec<String>) -> Vec<Step> {
        match Way::without_key(self.ground(), table, key) {
            Ok(way) => way.around(phase, sql),
            Err(why) => vec![(phase, way::blocked("make it anew", &why))],
        }
    }

    pub(super) fn triggers(&mut self, expected: &Table, found: &Table) {
        let (missing, extra, both) = paired(&expected.triggers, &found.triggers, |made| &made.name);
        for made in missing {
            let object = ("trigger", path(expected, &made.name));
            let step = (Phase::Triggers, create::create_trigger(expected, made));
            self.push(Problem::Missing, object, Vec::new(), step);
        }
        for made in extra {
            let by = (made.function.clone(), made.owner.clone());
            self.not_ours_by("trigger", path(expected, &made.name), by);
        }
        for (made, other) in both {
            let object = ("trigger", path(expected, &made.name));
            if !self.same(&made.definition, &other.definition) {
                let detail = detail("definition", &made.definition, &other.definition);
                let mut sql = vec![create::drop_trigger(expected, &made.name)];
                sql.extend(create::create_trigger(expected, made));
                self.push(Problem::Changed, object, vec![detail], (Phase::Triggers, sql));
            } else if made.enabled != other.enabled {
                let detail = detail("enabled", repair::firing(made), repair::firing(other));
                let sql = vec![create::enable_trigger(expected, made)];
                self.push(Problem::Changed, object, vec![detail], (Phase::Triggers, sql));
            }
        }
    }

    pub(super) fn policies(&mut self, expected: &Table, found: &Table) {
        let (missing, extra, both) = paired(&expected.policies, &found.policies, |made| &made.name);
        for made in missing {
            let object = ("policy", path(expected, &made.name));
            let step = (Phase::Triggers, vec![made.definition.clone()]);
            self.push(Problem::Missing, object, Vec::new(), step);
        }
        for made in extra {
            self.not_ours("policy", path(expected, &made.name));
        }
        for (made, other) in both {
            if !self.same(&made.definition, &other.definition) {
                let object = ("policy", path(expected, &made.name));
                let detail = detail("definition", &made.definition, &other.definition);
                let sql = vec![create::drop_policy(expected, &made.name), made.definition.clone()];
                self.push(Problem::Changed, object, vec![detail], (Phase::Triggers, sql));
            }
        }
    }

    pub(super) fn renamed(
        &mut self,
        kind: &'static str,
        object: &str,
        found: &str,
        sql: String,
        phase: Phase,
    ) {
        let expected = object.rsplit('.').next().unwrap_or(object);
        let details = vec![detail("name", expected, found)];
        // A column shares its name with nobody but the others of its table.
        let sql = match kind != "column" && self.found.names().contains(expected) {
            true => order::taken(kind, expected),
            false => sql,
        };
        self.push(Problem::Renamed, (kind, object.to_owned()), details, (phase, vec![sql]));
    }
}
