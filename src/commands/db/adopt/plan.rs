//! `db adopt --plan`: what would become of it, and what is still to be decided.

use std::path::Path;

use serde::Serialize;

use super::elsewhere;
use super::reading::{self, Decisions, Reading};
use super::tenant::ShareView;
use super::trial::{self, Tried};
use crate::atomic_file::{self, AtomicFile};
use crate::context::Context;
use crate::domain::adopt::decide::{self, Counts, Finding, Undecided};
use crate::domain::adopt::{map, recognise, room};
use crate::domain::schema_diff::identifier;
use crate::error::{Failure, Outcome};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

/// # Errors
/// Refused: it can't be adopted. Usage: the map is not right.
pub(super) fn run(
    ctx: &Context,
    decisions: &Decisions<'_>,
    out: Option<&Path>,
) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let Some(reading) = reading::read(ctx, &mut db, decisions)? else {
        return Ok(Outcome::Done);
    };
    if let Some(path) = out {
        write(path, &map::render(&reading.decided))?;
        ctx.ui.status(format!("wrote the map to {}", path.display()));
    }
    let open = decide::undecided(&reading.decided);
    let tried = match open.is_empty() {
        true => Some(trial::run(ctx, &mut db, decisions, &reading)?),
        false => None,
    };
    let view = PlanView::new(reading, open, tried);
    ctx.ui.show(&view)?;
    if let Some(hint) = view.obstacle.as_ref().and_then(|obstacle| obstacle.hint.as_ref()) {
        ctx.ui.hint(hint);
    }
    if !view.undecided.is_empty() {
        ctx.ui.hint(match (out, decisions.path) {
            (Some(path), _) => format!(
                "fill in what is \"?\" in {}, then: inboxctl db adopt --plan --map {0}",
                path.display()
            ),
            // What is asked now may have no line there.
            (None, Some(path)) => format!(
                "`inboxctl db adopt --plan --map {} --out FILE` writes a map with these lines: fill in what is \"?\" there",
                path.display()
            ),
            (None, None) => reading::WRITE_A_MAP.to_owned(),
        });
    }
    Ok(Outcome::trouble_if(!view.undecided.is_empty() || view.obstacle.is_some()))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failure = |error: std::io::Error| {
        Failure::failed(format!("{} can't be written", path.display())).why(error.to_string())
    };
    if path.symlink_metadata().is_ok() {
        return Err(Failure::refused(format!("there is a file {} already", path.display()))
            .why("what was decided in it would be lost")
            .hint("name another, or read it with --map"));
    }
    let file =
        AtomicFile::written(path, atomic_file::READABLE, text.as_bytes()).map_err(failure)?;
    file.place().map_err(failure)
}

#[derive(Debug, Serialize)]
struct PlanView {
    dry_run: bool,
    already_adopted: bool,
    database: String,
    tables: Vec<TableView>,
    /// The one of several whose rows come along.
    tenant: Option<String>,
    /// What of each table is its own; nothing without a tenant.
    shares: Vec<ShareView>,
    undecided: Vec<Undecided>,
    /// What would stop the rehearsal, tried without the rows once all is decided.
    obstacle: Option<Obstacle>,
    /// What stays the application's own.
    not_ours: Vec<String>,
    /// What has no place here, and isn't kept.
    left_behind: Vec<String>,
    /// What to know besides.
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Obstacle {
    what: String,
    why: Option<String>,
    hint: Option<String>,
}

#[derive(Debug, Serialize)]
struct TableView {
    theirs: Option<String>,
    ours: &'static str,
    rows: u64,
    columns: Vec<ColumnView>,
    /// Columns that ours has none for: they come along.
    own_columns: Vec<OwnColumn>,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct ColumnView {
    ours: &'static str,
    theirs: String,
}

#[derive(Debug, Serialize)]
struct OwnColumn {
    theirs: String,
    /// Its name here; of the audit log, where it is in the details.
    here: String,
}

impl PlanView {
    fn new(reading: Reading, undecided: Vec<Undecided>, tried: Option<Tried<'_>>) -> PlanView {
        let tables = reading.mapping.tables.iter().map(|table| {
            let counted = reading.counts.tables.get(table.model.table).cloned().unwrap_or_default();
            TableView {
                theirs: table.name().map(str::to_owned),
                ours: table.model.table,
                rows: counted.rows,
                columns: table
                    .columns
                    .iter()
                    .map(|column| ColumnView {
                        ours: column.field.name,
                        theirs: column.value.written(),
                    })
                    .filter(|column| !column.theirs.is_empty())
                    .collect(),
                own_columns: table
                    .own
                    .iter()
                    .map(|(column, here)| OwnColumn {
                        theirs: column.name.clone(),
                        here: match table.model.table {
                            "audit_logs" => format!("details.{}", column.name),
                            _ => here.clone(),
                        },
                    })
                    .collect(),
                findings: counted.findings,
            }
        });
        let mut left_behind = room::left_behind(&reading.catalog, &reading.mapping);
        left_behind.extend(reading.counts.left.iter().cloned());
        let mut notes = notes(&reading, &left_behind);
        let obstacle = match tried {
            None | Some(Tried::Works(_)) => None,
            Some(Tried::Stops(Failure { what, why, hint, .. })) => {
                Some(Obstacle { what, why, hint })
            }
            Some(Tried::Not(failure)) => {
                let what = &failure.what;
                notes.push(format!("Only the rehearsal will tell what can't follow: {what}."));
                None
            }
        };
        PlanView {
            dry_run: true,
            already_adopted: false,
            tables: tables.collect(),
            tenant: reading.tenant.as_ref().map(|tenant| tenant.id.clone()),
            undecided,
            left_behind,
            not_ours: reading.application.iter().chain(&reading.elsewhere).cloned().collect(),
            notes,
            obstacle,
            database: reading.database,
            shares: reading.shares,
        }
    }
}

fn notes(reading: &Reading, behind: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    if !reading.counts.credentials.is_empty() {
        notes.push(format!(
            "The credentials of {} are kept untouched in integrations.{}; no command prints them.",
            human::listed(&reading.counts.credentials, 10),
            recognise::CREDENTIALS_ASIDE
        ));
    }
    let Counts { numbers, slots, subscriptions, publications, .. } = &reading.counts;
    if !numbers.is_empty() {
        let numbers: Vec<String> = numbers
            .iter()
            .map(|(column, rows)| format!("{column} ({})", human::plural(*rows, "row", "rows")))
            .collect();
        notes.push(format!(
            "Numbers without a foreign key are not followed, whatever they name: {}. Add the key there first.",
            human::listed(&numbers, 20)
        ));
    }
    for (what, names) in [("Replication slots", slots), ("Subscriptions", subscriptions)] {
        if !names.is_empty() {
            notes.push(format!("{what} stay with the old database: {}.", human::listed(names, 10)));
        }
    }
    if !publications.is_empty() {
        notes.push(format!(
            "Publications lose the tables that become an inbox's: {}.",
            human::listed(publications, 10)
        ));
    }
    match (reading.counts.large_objects, &reading.tenant) {
        (0, _) => {}
        (of, None) => notes.push(format!("Large objects come along: {}.", human::count(of))),
        (of, Some(_)) => notes.push(format!(
            "Large objects stay behind, for whose they are can't be known: {}.",
            human::count(of)
        )),
    }
    if !behind.is_empty() {
        notes
            .push(format!("Left behind, for it has no place here: {}.", human::listed(behind, 20)));
    }
    let invented = reading.mapping.invented();
    if !invented.is_empty() {
        notes.push(format!(
            "Without a column of theirs, each row gets: {}.",
            human::listed(&invented, 20)
        ));
    }
    let empty = reading.mapping.tables.iter().filter(|table| table.theirs.is_none());
    let empty: Vec<String> = empty.map(|table| table.model.table.to_owned()).collect();
    if !empty.is_empty() {
        notes.push(format!("Made empty, for there is no such table: {}.", empty.join(", ")));
    }
    let passed_over = elsewhere::passed_over(&reading.mapping, &reading.besides.schemas);
    if !passed_over.is_empty() {
        notes.push(format!(
            "Other schemas have such tables, and only those of one schema become an inbox's: {}. \
             Move them there first, with ALTER TABLE ... SET SCHEMA.",
            human::listed(&passed_over, 10)
        ));
    }
    notes
}

fn shares(shares: &[ShareView], tenant: &str) -> Grid {
    let mut grid = Grid::new(vec![
        Column::left("table"),
        Column::right("comes"),
        Column::right("of"),
        Column::text("how that is known"),
    ]);
    for share in shares {
        grid.row(vec![
            human::printable(&share.table).into(),
            human::count(share.rows).into(),
            human::count(share.of).into(),
            share.how.as_str().into(),
        ]);
    }
    grid.note(format!(
        "Of {} tables, what is {}'s comes along.",
        shares.len(),
        human::printable(tenant)
    ));
    grid
}

impl Tabular for PlanView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("theirs"),
            Column::left("ours"),
            Column::right("rows"),
            Column::text("what becomes of them"),
        ]);
        for table in &self.tables {
            let name = match &table.theirs {
                Some(name) => Cell::new(identifier::shown(name)),
                None => Cell::toned("none", Tone::Dim),
            };
            let rows = match table.theirs {
                Some(_) => human::count(table.rows),
                None => String::new(),
            };
            grid.row(vec![name, table.ours.into(), rows.into(), table.told().into()]);
        }
        let mut blocks = vec![Block::Grid(grid)];
        if let Some(tenant) = &self.tenant {
            blocks.push(Block::Grid(shares(&self.shares, tenant)));
        }
        if !self.undecided.is_empty() {
            let mut grid = Grid::new(vec![
                Column::left("undecided: the line of the map"),
                Column::text("why"),
            ]);
            for one in &self.undecided {
                grid.row(vec![Cell::toned(&one.line, Tone::Warn), one.why.as_str().into()]);
            }
            blocks.push(Block::Grid(grid));
        }
        let mut text = self.notes.clone();
        if !self.not_ours.is_empty() {
            let number = self.not_ours.len() as u64;
            text.push(format!(
                "{}: {}.",
                match number {
                    1 => String::from("1 thing is the application's own and comes along"),
                    _ => format!("{number} things are the application's own and come along"),
                },
                human::listed(&self.not_ours, 20)
            ));
        }
        let open = self.undecided.len() as u64;
        if let Some(Obstacle { what, why, .. }) = &self.obstacle {
            let why = why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            text.push(format!("The rehearsal would stop: {what}{why}."));
        }
        text.push(match open {
            0 if self.obstacle.is_some() => {
                String::from("Everything else is decided. Nothing was changed.")
            }
            0 => String::from("Everything is decided. Nothing was changed."),
            _ => format!(
                "{} to decide. Nothing was changed.",
                human::plural(open, "thing is", "things are")
            ),
        });
        blocks.push(Block::Text(text.join("\n")));
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("tables")
    }
}

impl TableView {
    fn told(&self) -> String {
        let findings = self.findings.iter().map(|finding| {
            format!(
                "{}: {} {}",
                finding.column,
                human::count(finding.rows),
                finding.rule.describe()
            )
        });
        let own = self.own_columns.iter().map(|own| match own.theirs == own.here {
            true => format!("{} comes along", own.here),
            false => format!("{} comes along as {}", own.theirs, own.here),
        });
        findings.chain(own).collect::<Vec<_>>().join("; ")
    }
}
