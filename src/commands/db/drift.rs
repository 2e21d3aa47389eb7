//! `db drift`: the live schema against what the migrations make.

use clap::Args;
use serde::Serialize;

use super::expected::{self, Source};
use crate::context::Context;
use crate::domain::schema_diff::{self, Catalog, Difference, Options, Problem};
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
    /// Leave this object out; a * at the end stands for anything
    #[arg(long, value_name = "NAME")]
    ignore: Vec<String>,
    /// Print the SQL that mends it, and nothing else
    #[arg(long)]
    sql: bool,
}

pub fn run(ctx: &mut Context, args: DriftArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let list = expected::applied(&mut db)?;
    let what =
        What { privileges: args.privileges, by_fingerprint: args.fingerprint, ignore: args.ignore };
    let view = find(ctx, &mut db, &list, &what)?;
    if args.sql {
        ctx.ui.print(&script(&view.differences))?;
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
    let left = |catalog: Catalog| {
        catalog.without(|name| what.ignore.iter().any(|pattern| matches(pattern, name)))
    };
    let differences = schema_diff::differences(&left(expected.catalog), &left(found), options);
    Ok(DriftView { source: expected.source, migrations: list.len(), differences })
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

#[derive(Debug, Serialize)]
pub struct DriftView {
    /// What the database was compared with.
    source: Source,
    /// How many migrations make it.
    migrations: usize,
    pub differences: Vec<Difference>,
}

/// The statements with a line above that says what they mend.
pub fn script(differences: &[Difference]) -> String {
    let mut text = String::new();
    for difference in differences {
        text.push_str(&format!("-- {}\n", title(difference)));
        for statement in &difference.sql {
            let end = if statement.starts_with("--") { "" } else { ";" };
            text.push_str(&format!("{statement}{end}\n"));
        }
    }
    text
}

fn title(difference: &Difference) -> String {
    format!("{} {} {}", word(difference.problem), difference.kind, difference.object)
}

fn word(problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => "missing",
        Problem::Extra => "extra",
        Problem::Changed => "changed",
        Problem::Renamed => "renamed",
    }
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
                Problem::Extra | Problem::Renamed => Tone::Warn,
                Problem::Missing | Problem::Changed => Tone::Bad,
            };
            grid.row(vec![
                Cell::toned(word(difference.problem), tone),
                format!("{} {}", difference.kind, difference.object).into(),
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
            return vec![Block::Grid(grid)];
        }
        let counted = human::plural(number, "difference", "differences");
        grid.note(format!("{counted} from what the migrations make ({with})."));
        grid.note("This would mend it; read it first, for what is dropped is gone:");
        vec![Block::Grid(grid), Block::Text(script(&self.differences))]
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
