//! `db drift`: the live schema against what the migrations make.

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;

use super::expected::{self, Source};
use super::whose;
use crate::context::Context;
use crate::domain::ignored::Ignored;
use crate::domain::integrity;
use crate::domain::schema_diff::{
    self, Addition, Catalog, Comparison, Difference, Obstacles, Options, Problem, path_shown,
};
use crate::error::Outcome;
use crate::store::connect::Db;
use crate::store::migrations::Embedded;
use crate::store::{self, dependents, interference, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct DriftArgs {
    /// Compare owners and grants too
    #[arg(long)]
    privileges: bool,
    /// Compare with the fingerprint in the binary; make no scratch database
    #[arg(long)]
    fingerprint: bool,
    /// Leave this object out; a * stands for anything
    #[arg(long, value_name = "NAME")]
    ignore: Vec<String>,
    /// Print the SQL that fixes it, and nothing else
    #[arg(long)]
    sql: bool,
}

pub fn run(ctx: &mut Context, args: DriftArgs) -> anyhow::Result<Outcome> {
    let ignore = [args.ignore, ctx.config.ignore()].concat();
    let mut db = ctx.connect()?;
    whose::require_alike(&mut db)?;
    let list = expected::applied(&mut db)?;
    let what = What { privileges: args.privileges, by_fingerprint: args.fingerprint, ignore };
    let view = find(ctx, &mut db, &list, &what)?;
    if args.sql {
        ctx.ui.print(&text_of(&view.sql))?;
    } else {
        ctx.ui.show(&view)?;
    }
    Ok(Outcome::trouble_if(!view.differences.is_empty()))
}

/// What is compared, and with what.
#[derive(Debug, Default)]
pub struct What {
    pub privileges: bool,
    pub by_fingerprint: bool,
    pub ignore: Vec<String>,
}

/// The differences between the database and what `list` makes.
///
/// # Errors
/// The server refuses, or a migration fails.
pub fn find(
    ctx: &Context,
    db: &mut Db,
    list: &[&'static Embedded],
    what: &What,
) -> anyhow::Result<DriftView> {
    let found = expected::read(db)?;
    let expected = expected::schema(ctx, db, list, what.by_fingerprint)?;
    let ignored = Ignored::new(&what.ignore, &expected.catalog);
    for pattern in ignored.too_wide() {
        ctx.ui.warn(format!("{pattern} fits tables of the inbox, which are never left out"));
    }
    let left = |catalog: Catalog| catalog.without(|name| ignored.has(name));
    let (expected_catalog, found) = (left(expected.catalog.clone()), left(found));
    let obstacles = obstacles(db, &expected_catalog, &found)?;
    let options = Options { privileges: what.privileges, obstacles: &obstacles };
    let Comparison { differences, not_ours } =
        schema_diff::compare(&expected_catalog, &found, options);
    let sql = schema_diff::script(&differences, db.target.schema());
    Ok(DriftView { source: expected.source, migrations: list.len(), differences, not_ours, sql })
}

/// What stands in the way of mending it. A table that can't be read is taken to have rows.
fn obstacles(db: &mut Db, expected: &Catalog, found: &Catalog) -> anyhow::Result<Obstacles> {
    let dependents = tx::read(db, |conn| Ok(dependents::read(conn)?))?;
    let mut unfilled = BTreeSet::new();
    for question in schema_diff::questions(expected, found) {
        let answer = tx::read(db, |conn| {
            interference::see_all_rows(conn, &[])?;
            Ok(dependents::is_unfilled(conn, &question)?)
        });
        if answer.unwrap_or(true) {
            unfilled.insert((question.table, question.column));
        }
    }
    let mut broken = BTreeSet::new();
    for question in integrity::questions_before(expected, found) {
        let count = tx::read(db, |conn| {
            interference::see_all_rows(conn, &[])?;
            Ok(store::integrity::count(conn, &question)?)
        });
        // What can't be asked yet, for want of a column, may well be true.
        if count.is_ok_and(|count| count > 0) {
            broken.insert(question.object);
        }
    }
    Ok(Obstacles { dependents, unfilled, broken })
}

#[derive(Debug, Serialize)]
pub struct DriftView {
    /// What the database was compared with.
    source: Source,
    /// How many migrations make it.
    migrations: usize,
    pub differences: Vec<Difference>,
    /// What the application added: no drift.
    pub not_ours: Vec<Addition>,
    /// What mends all differences, in the order in which it runs in one transaction.
    sql: Vec<String>,
}

/// The script as a file: comments need no semicolon.
fn text_of(sql: &[String]) -> String {
    let mut text = String::new();
    for statement in sql {
        let end = if statement.starts_with("--") { "" } else { ";" };
        text.push_str(&format!("{statement}{end}\n"));
    }
    text
}

/// So many of what isn't ours are named to people; data has them all.
const NAMED: usize = 12;

/// `Not ours, and left alone: table archive, column contacts.nickname.`, and all that acts on
/// tables of ours.
fn not_ours_notes(list: &[Addition]) -> Vec<String> {
    let (meddling, other): (Vec<&Addition>, Vec<&Addition>) =
        list.iter().partition(|one| one.meddles());
    let titles: Vec<String> = meddling.iter().map(|one| one.title()).collect();
    let acting = (!titles.is_empty())
        .then(|| format!("On tables and functions of ours, by others: {}.", titles.join(", ")));
    acting.into_iter().chain(not_ours_text(&other)).collect()
}

fn not_ours_text(list: &[&Addition]) -> Option<String> {
    let titles: Vec<String> = list.iter().map(|one| one.title()).collect();
    (!list.is_empty())
        .then(|| format!("Not ours, and left alone: {}.", human::listed(&titles, NAMED)))
}

impl Tabular for DriftView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("drift"),
            Column::left("object"),
            Column::left("what differs"),
        ]);
        for difference in &self.differences {
            let tone = match difference.problem {
                Problem::Renamed => Tone::Warn,
                Problem::Missing | Problem::Changed => Tone::Bad,
            };
            grid.row(vec![
                Cell::toned(difference.problem.as_str(), tone),
                format!("{} {}", difference.kind, path_shown(&difference.object)).into(),
                Cell::new(details(difference)),
            ]);
        }
        let made = human::plural(self.migrations as u64, "migration", "migrations");
        let with = match self.source {
            Source::Replay => format!("{made}, replayed"),
            Source::Fingerprint => format!("the fingerprint of {made}"),
        };
        let number = self.differences.len() as u64;
        if number == 0 {
            grid.note(format!("No drift: the schema is what the migrations make ({with})."));
            not_ours_notes(&self.not_ours).into_iter().for_each(|text| grid.note(text));
            return vec![Block::Grid(grid)];
        }
        let counted = human::plural(number, "difference", "differences");
        grid.note(format!("{counted} from what the migrations make ({with})."));
        not_ours_notes(&self.not_ours).into_iter().for_each(|text| grid.note(text));
        grid.note("This would fix it in one transaction (psql -1 -f FILE); read it first:");
        vec![Block::Grid(grid), Block::Verbatim(text_of(&self.sql))]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("differences")
    }
}

/// `type is text, not integer`; long ones are cut, for the SQL tells the rest.
fn details(difference: &Difference) -> String {
    let short = |text: &str| human::one_line(text, 24);
    let lines = difference.details.iter().map(|detail| {
        let property = detail.property;
        match (&detail.expected, &detail.found) {
            _ if property == "definition" => String::from(property),
            (Some(expected), Some(found)) => {
                format!("{property} is {}, not {}", short(found), short(expected))
            }
            (None, Some(found)) => format!("{property} {}", short(found)),
            (Some(expected), None) => format!("no {property} {}", short(expected)),
            (None, None) => String::from(property),
        }
    });
    lines.collect::<Vec<_>>().join("; ")
}
