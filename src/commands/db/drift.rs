//! `db drift`: the live schema against what the migrations make.

use clap::Args;
use serde::Serialize;

use super::expected::{self, Source};
use super::whose;
use crate::context::Context;
use crate::domain::name_pattern;
use crate::domain::schema_diff::{
    self, Addition, Catalog, Comparison, Difference, Options, Problem, path_shown,
};
use crate::error::Outcome;
use crate::store::connect::Db;
use crate::store::migrations::Embedded;
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
    /// Print the SQL that mends it, and nothing else
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
    let options = Options { privileges: what.privileges };
    let left =
        |catalog: Catalog| catalog.without(|name| name_pattern::matches_any(&what.ignore, name));
    let Comparison { differences, not_ours } =
        schema_diff::compare(&left(expected.catalog), &left(found), options);
    let sql = schema_diff::script(&differences, db.target.schema());
    Ok(DriftView { source: expected.source, migrations: list.len(), differences, not_ours, sql })
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

/// `Not ours, and left alone: table archive, column contacts.nickname.`
fn not_ours_text(list: &[Addition]) -> Option<String> {
    let named: Vec<String> = list
        .iter()
        .take(NAMED)
        .map(|one| format!("{} {}", one.kind, path_shown(&one.object)))
        .collect();
    let more = match list.len().saturating_sub(NAMED) {
        0 => String::new(),
        number => format!(" and {number} more"),
    };
    (!list.is_empty()).then(|| format!("Not ours, and left alone: {}{more}.", named.join(", ")))
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
            not_ours_text(&self.not_ours).into_iter().for_each(|text| grid.note(text));
            return vec![Block::Grid(grid)];
        }
        let counted = human::plural(number, "difference", "differences");
        grid.note(format!("{counted} from what the migrations make ({with})."));
        not_ours_text(&self.not_ours).into_iter().for_each(|text| grid.note(text));
        grid.note("This would mend it in one transaction (psql -1 -f FILE); read it first:");
        vec![Block::Grid(grid), Block::Text(text_of(&self.sql))]
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
