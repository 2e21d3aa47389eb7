//! `db leftovers drop`: what `db space` lists of copies that nobody needs any more.

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::json;

use super::scratch;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::schema_diff::identifier;
use crate::error::{self, Failure, Kind, Outcome};
use crate::store::audit::{self, Change};
use crate::store::space::{self, Part};
use crate::store::{databases, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Subcommand)]
pub enum LeftoversCommand {
    /// Drop the copies of this database that restores and adoptions kept or killed runs left
    Drop(DropArgs),
}

pub fn run(ctx: &mut Context, command: LeftoversCommand) -> anyhow::Result<Outcome> {
    match command {
        LeftoversCommand::Drop(args) => drop_some(ctx, &args),
    }
}

#[derive(Debug, Args)]
pub struct DropArgs {
    /// Drop only these, as db space names them
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    consent: ConsentArgs,
}

fn drop_some(ctx: &mut Context, args: &DropArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let parts = tx::read(&mut db, |conn| Ok(space::parts(conn)?))?;
    let mut view = DropView::new(meant(parts, &args.names)?, args.consent.dry_run);
    if args.consent.dry_run {
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Settings)?;
    let what = view.question();
    let number = view.leftovers.len() as u64;
    let consent = ctx.consent_if_any(&mut db, number, &view, &what, args.consent.yes)?;
    let mut admin = scratch::admin(ctx)?;
    let mut failed = None;
    for row in &mut view.leftovers {
        if let Some(signal) = ctx.interrupted() {
            ctx.ui.summarise(&view)?;
            return Ok(Outcome::Interrupted(signal));
        }
        let change = Change {
            action: Action::LeftoverDrop,
            resource_id: Some(&row.name),
            details: json!({ "kind": row.kind, "size_bytes": row.size_bytes }),
        };
        // No transaction can hold the drop itself: the entry is written before, and kept after it.
        let dropped = tx::write(&mut db, |conn| {
            audit::record(conn, &actor, &change)?;
            Ok(databases::drop_kept(&mut admin.conn, &row.name, &consent)?)
        });
        row.becomes = match dropped {
            Ok(()) => "dropped",
            // Somebody still looks into it, which is their right.
            Err(error) if databases::is_in_use(&error) => "in_use",
            Err(error) => {
                failed.get_or_insert_with(|| (row.name.clone(), error::explain(&error)));
                "failed"
            }
        };
    }
    ctx.ui.summarise(&view)?;
    match failed {
        None => Ok(Outcome::Done),
        Some((name, failure)) => Err(Failure {
            what: format!("{} was not dropped", identifier::shown(&name)),
            why: Some(
                failure.why.map_or(failure.what.clone(), |why| format!("{}: {why}", failure.what)),
            ),
            ..failure
        }
        .into()),
    }
}

/// The leftovers of these names, or all that nothing works with.
fn meant(parts: Vec<Part>, names: &[String]) -> Result<Vec<Part>, Failure> {
    let is_leftover =
        |part: &Part| matches!(part.kind.as_str(), "kept_database" | "scratch_database");
    let (active, mut left): (Vec<Part>, Vec<Part>) =
        parts.into_iter().filter(is_leftover).partition(|part| part.is_active);
    for name in names {
        if active.iter().any(|part| part.name == *name) {
            return Err(Failure::refused(format!("a run works with {}", identifier::shown(name)))
                .hint("it drops the database itself once it is done"));
        }
        if !left.iter().any(|part| part.name == *name) {
            let what = format!("{} is no leftover of this database", identifier::shown(name));
            return Err(Failure::new(Kind::NotFound, what)
                .hint("`inboxctl db leftovers drop --dry-run` lists them"));
        }
    }
    left.retain(|part| names.is_empty() || names.contains(&part.name));
    Ok(left)
}

#[derive(Debug, Serialize)]
struct DropView {
    dry_run: bool,
    leftovers: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    kind: String,
    /// Null where the role may not ask.
    size_bytes: Option<u64>,
    /// `dropped`, `in_use` or `failed`; `kept` in a dry run.
    becomes: &'static str,
}

impl DropView {
    fn new(parts: Vec<Part>, dry_run: bool) -> DropView {
        let row = |part: Part| Row {
            name: part.name,
            kind: part.kind,
            size_bytes: part.size_bytes.and_then(|bytes| u64::try_from(bytes).ok()),
            becomes: "kept",
        };
        DropView { dry_run, leftovers: parts.into_iter().map(row).collect() }
    }

    fn told(&self, of: impl Fn(&Row) -> bool) -> String {
        let rows: Vec<&Row> = self.leftovers.iter().filter(|row| of(row)).collect();
        let size_bytes = rows.iter().filter_map(|row| row.size_bytes).sum();
        format!(
            "{} ({})",
            human::plural(rows.len() as u64, "leftover database", "leftover databases"),
            human::bytes(size_bytes)
        )
    }

    fn question(&self) -> String {
        let names: Vec<String> =
            self.leftovers.iter().map(|row| identifier::shown(&row.name)).collect();
        match names.is_empty() {
            true => String::from("drop leftover databases"),
            false => format!("drop {}: {}", self.told(|_| true), human::listed(&names, 3)),
        }
    }
}

impl Tabular for DropView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("left by"),
            Column::right("size"),
            Column::left("name"),
            Column::left("state"),
        ])
        .records_if_wide();
        for row in &self.leftovers {
            let (state, tone) = match row.becomes {
                "dropped" => ("dropped", Tone::Good),
                "in_use" => ("in use", Tone::Warn),
                "failed" => ("not dropped", Tone::Bad),
                _ => ("", Tone::Plain),
            };
            grid.row(vec![
                if row.kind == "kept_database" { "a restore" } else { "a killed run" }.into(),
                match row.size_bytes {
                    Some(bytes) => human::bytes(bytes).into(),
                    None => Cell::toned("hidden", Tone::Dim),
                },
                row.name.as_str().into(),
                Cell::toned(state, tone),
            ]);
        }
        let is_done = self.leftovers.iter().any(|row| row.becomes != "kept");
        grid.note(match is_done {
            _ if self.leftovers.is_empty() => String::from("Nothing is left over."),
            false => format!("Would drop {}; nothing was changed.", self.told(|_| true)),
            true => format!("Dropped {}.", self.told(|row| row.becomes == "dropped")),
        });
        if self.leftovers.iter().any(|row| row.becomes == "in_use") {
            grid.note("What is in use stays: somebody is connected to it.");
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("leftovers")
    }
}
