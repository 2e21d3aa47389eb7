//! In the copy: rows become rows of ours, in two sessions at a time, and the application's tables
//! follow them. The copy is dropped if it fails, so no transaction has to hold all of it.

use std::thread;

use serde_json::json;

use super::done::{Done, ReferenceDone, TableDone, stopped};
use super::reading::Reading;
use super::triggers;
use crate::commands::db::backup::take::interrupted;
use crate::context::Context;
use crate::domain::adopt::Map;
use crate::domain::adopt::mapping::Table;
use crate::domain::adopt::stands::Stand;
use crate::domain::audit_action::Action;
use crate::store::adopt::aside::{self, Aside};
use crate::store::adopt::bulk::{self, Parts};
use crate::store::adopt::convert::Converted;
use crate::store::adopt::expression::Rules;
use crate::store::adopt::rehearse::Rehearsed;
use crate::store::adopt::{application, comments, convert, follow, merge, own_keys};
use crate::store::audit::{self, Change};
use crate::store::connect::Db;
use crate::store::tx;
use crate::ui::human;

pub(super) struct Work<'a> {
    pub ctx: &'a Context,
    pub manner: Manner,
    pub reading: &'a Reading,
    pub map: &'a Map,
    pub aside: &'a Aside,
    /// Types of theirs that went aside.
    pub types: &'a [String],
    pub moved: &'a [&'a Stand],
}

/// What is done, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// No row comes: whether what there is can be made into an inbox.
    Trial,
    /// Each of the application's triggers is fired once, and taken back.
    Rehearsal,
    /// Writers wait: triggers aren't tried.
    InPlace,
}

/// A table with what was taken off it.
type Bare<'a> = (&'a Table, Parts);

/// What others refer to: their rows come first.
const FIRST: [&str; 2] = ["users", "contacts"];
/// The most rows, and what refers to them.
const LARGE: [&str; 2] = ["messages", "scheduled_jobs"];

impl Work<'_> {
    /// # Errors
    /// A value can't be converted, or something can't follow.
    pub(super) fn run(&self, db: &mut Db) -> anyhow::Result<Done> {
        let ctx = self.ctx;
        let tables = &self.reading.mapping.tables;
        let progress = ctx.ui.spinner("converting");
        let mut beside = db.target.open()?;
        beside.set_timeouts(0, 0)?;
        let (bare, ids) = tx::once(db, |conn| {
            convert::helpers(conn, &self.reading.mapping)?;
            let bare =
                tables.iter().map(|table| Ok((table, bulk::take_off(conn, table.model.table)?)));
            let bare: diesel::QueryResult<Vec<Bare<'_>>> = bare.collect();
            Ok((bare?, bulk::take_off(conn, "adopted_ids")?))
        })?;
        let (large, small): (Vec<Bare<'_>>, Vec<Bare<'_>>) =
            bare.into_iter().partition(|(table, _)| LARGE.contains(&table.model.table));
        let (first, rest): (Vec<Bare<'_>>, Vec<Bare<'_>>) =
            small.into_iter().partition(|(table, _)| FIRST.contains(&table.model.table));
        self.in_two(
            (db, &mut beside),
            |db| old_ids(db, self.map, &[&large]),
            |db| old_ids(db, self.map, &[&first, &rest]),
        )?;
        tx::once(db, |conn| {
            bulk::prepare(conn)?;
            merge::merge_users(conn, &self.reading.mapping, self.map)?;
            Ok(bulk::finish_old_ids(conn, &ids)?)
        })?;
        let Reading { mapping, tenant, .. } = self.reading;
        let rules = Rules { map: self.map, mapping, tenant: tenant.as_ref() };
        let mut converted = rows_of(db, &rules, &first)?;
        let (of_large, of_rest) = self.in_two(
            (db, &mut beside),
            |db| {
                let done = rows_of(db, &rules, &large)?;
                index(db, &large).map(|()| done)
            },
            |db| {
                index(db, &first)?;
                let done = rows_of(db, &rules, &rest)?;
                index(db, &rest).map(|()| done)
            },
        )?;
        drop(beside);
        converted.extend(of_large.into_iter().chain(of_rest));
        let place = |done: &Converted| tables.iter().position(|one| one.model.table == done.table);
        converted.sort_by_key(place);
        let parts: Vec<Bare<'_>> = first.into_iter().chain(large).chain(rest).collect();
        let mut done = self.finish(db, &parts, converted)?;
        if self.manner == Manner::Trial {
            return Ok(done);
        }
        progress.step("analysing");
        bulk::analyse(&mut db.conn)?;
        if self.manner == Manner::Rehearsal {
            let Rehearsed { failing, untried } = triggers::fire(ctx, db, self.reading, self.moved)?;
            (done.failing_triggers, done.untried_triggers) = (failing, untried);
        }
        drop(progress);
        for failing in &done.failing_triggers {
            ctx.ui.warn(format!("a trigger of the application fails: {failing}"));
        }
        if !done.untried_triggers.is_empty() {
            ctx.ui.warn(format!(
                "triggers of the application were not fired by everything: {}",
                human::listed(&done.untried_triggers, 10)
            ));
        }
        Ok(done)
    }

    /// The keys of ours, and the application's own tables.
    fn finish(
        &self,
        db: &mut Db,
        tables: &[Bare<'_>],
        converted: Vec<Converted>,
    ) -> anyhow::Result<Done> {
        let Reading { mapping, catalog, database, tenant, .. } = self.reading;
        let actor = self.ctx.schema_actor(db)?;
        let follows =
            |error: anyhow::Error| stopped(&error, "the application's own tables can't follow");
        tx::once(db, |conn| {
            bulk::prepare(conn)?;
            for (table, parts) in tables {
                parts.put_keys_back(conn).map_err(|error| unconverted(table, &error.into()))?;
            }
            own_keys::index(conn, mapping).map_err(|error| follows(error.into()))?;
            let mut done = Done {
                tables: converted.into_iter().map(TableDone::from).collect(),
                keys: application::follow_keys(
                    conn,
                    mapping,
                    self.aside,
                    !self.map.merged().is_empty(),
                )
                .map_err(follows)?,
                ..Done::default()
            };
            let followed = follow::follow(conn, catalog, mapping)?;
            done.references = followed.into_iter().map(ReferenceDone::from).collect();
            own_keys::make(conn, mapping).map_err(|error| follows(error.into()))?;
            application::move_triggers(conn, mapping, self.moved)
                .map_err(|error| follows(error.into()))?;
            comments::say_again(conn, mapping, &self.reading.comments)?;
            application::grant(conn, mapping, &self.aside.grants)?;
            aside::drop_aside(conn, catalog, mapping, self.types).map_err(|error| {
                stopped(
                    &error.into(),
                    "something of the application stands on a table that became ours",
                )
            })?;
            // Whoever it is, he isn't among the users there.
            if self.manner == Manner::Trial {
                return Ok(done);
            }
            let actor = actor.resolve(conn)?;
            let change = Change {
                action: Action::DatabaseAdopt,
                resource_id: None,
                details: match tenant {
                    Some(tenant) => {
                        json!({ "database": database, "tables": done.tables, "tenant": tenant.id })
                    }
                    None => json!({ "database": database, "tables": done.tables }),
                },
            };
            audit::record(conn, &actor, &change)?;
            Ok(done)
        })
    }

    /// Both have ended when it returns.
    fn in_two<A, B: Send>(
        &self,
        (here, beside): (&mut Db, &mut Db),
        one: impl FnOnce(&mut Db) -> anyhow::Result<A>,
        other: impl FnOnce(&mut Db) -> anyhow::Result<B> + Send,
    ) -> anyhow::Result<(A, B)> {
        if self.ctx.interrupted().is_some() {
            return Err(interrupted(self.ctx).into());
        }
        let (one, other) = thread::scope(|scope| {
            let other = scope.spawn(move || other(beside));
            let one = one(here);
            (one, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        Ok((one?, other?))
    }
}

fn old_ids(db: &mut Db, map: &Map, tables: &[&Vec<Bare<'_>>]) -> anyhow::Result<()> {
    tx::once(db, |conn| {
        bulk::prepare(conn)?;
        let mut tables = tables.iter().flat_map(|tables| tables.iter());
        Ok(tables.try_for_each(|(table, _)| convert::old_ids(conn, map, table))?)
    })
}

/// A transaction for each.
fn rows_of(db: &mut Db, rules: &Rules<'_>, tables: &[Bare<'_>]) -> anyhow::Result<Vec<Converted>> {
    let mut done = Vec::new();
    for (table, _) in tables {
        let converted = tx::once(db, |conn| {
            bulk::prepare(conn)?;
            convert::table(conn, rules, table)
        });
        done.extend(converted.map_err(|error| unconverted(table, &error))?);
    }
    Ok(done)
}

fn index(db: &mut Db, tables: &[Bare<'_>]) -> anyhow::Result<()> {
    tx::once(db, |conn| {
        bulk::prepare(conn)?;
        for (table, parts) in tables {
            parts.put_indexes_back(conn).map_err(|error| unconverted(table, &error.into()))?;
        }
        Ok(())
    })
}

fn unconverted(table: &Table, error: &anyhow::Error) -> anyhow::Error {
    stopped(error, &format!("{} can't be converted", table.model.table))
}
