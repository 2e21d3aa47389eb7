//! The tables and sentences of a run, or of its plan.

use std::time::Duration;

use super::{DROP, Kept, LeftOut, RunView};
use crate::ui::{Block, Cell, Column, Grid, Tabular, human};

/// Actions that a table shows; JSON tells them all.
const SHOWN_GROUPS: usize = 12;

impl RunView {
    fn groups(&self) -> Option<Grid> {
        let all = [
            ("action", &self.by_action),
            ("status", &self.by_status),
            ("channel", &self.by_channel),
        ];
        let (label, groups) =
            all.into_iter().find_map(|(label, groups)| Some((label, groups.as_ref()?)))?;
        if groups.is_empty() {
            return None;
        }
        let mut grid =
            Grid::new(vec![Column::left(label), Column::right("rows"), Column::right("held")]);
        for group in groups.iter().take(SHOWN_GROUPS) {
            grid.row(vec![
                human::one_line(&group.name, 40).into(),
                human::count(group.rows).into(),
                held(group.held),
            ]);
        }
        if groups.len() > SHOWN_GROUPS {
            let (one, many) = (label, format!("{label}s"));
            let more = human::plural((groups.len() - SHOWN_GROUPS) as u64, one, &many);
            grid.note(format!("{more} more; --format json lists all."));
        }
        Some(grid)
    }

    fn partitions(&self) -> Option<Grid> {
        let parts = self.by_partition.as_ref().filter(|parts| !parts.is_empty())?;
        let mut grid = Grid::new(vec![
            Column::left("partition"),
            Column::right("rows"),
            Column::right("held"),
            Column::right("size"),
            Column::left("way"),
        ]);
        for part in parts {
            let rows = if self.dry_run { part.rows } else { part.deleted };
            let way = if part.way == DROP { "dropped whole" } else { "row by row" };
            grid.row(vec![
                part.partition.clone().into(),
                human::count(rows).into(),
                held(part.held),
                human::bytes(part.bytes).into(),
                way.into(),
            ]);
        }
        Some(grid)
    }

    /// The sentences below the tables.
    fn sentences(&self) -> Vec<String> {
        let rows = |number| human::plural(number, "row", "rows");
        let place = format!("of {} from before {}", self.table, human::minute(self.cutoff));
        let mut lines = Vec::new();
        if self.dry_run {
            lines.push(match self.eligible {
                0 => format!("Nothing to {} {place}.", self.verb()),
                eligible => format!(
                    "Would {} {} ({}) {place}.",
                    self.verb(),
                    rows(eligible),
                    human::bytes(self.bytes)
                ),
            });
            if let (Some(oldest), Some(newest)) = (self.oldest, self.newest) {
                lines.push(format!(
                    "They are from {} to {}.",
                    human::minute(oldest),
                    human::minute(newest)
                ));
            }
            for example in &self.examples {
                let day = example.time.get(..10).unwrap_or(&example.time);
                lines.push(format!("such as: {day} {}", human::one_line(&example.about, 70)));
            }
        } else {
            let took = human::duration(Duration::from_millis(self.duration_ms));
            let deed = if self.becomes == "redacted" { "Redacted" } else { "Deleted" };
            lines.push(match self.done() {
                0 => format!("Nothing was {} {place}.", self.becomes),
                done => format!("{deed} {} {place} in {took}.", rows(done)),
            });
            lines.extend(self.aftermath());
        }
        if self.held > 0 {
            lines.push(format!(
                "{} under a hold {}.",
                rows(self.held),
                if self.held == 1 { "stays" } else { "stay" }
            ));
        }
        for Kept { rows, referenced_by } in &self.kept {
            lines.push(format!("kept: {} referenced by {referenced_by}", human::count(*rows)));
        }
        let go = if self.dry_run { "go" } else { "went" };
        for (table, number) in self.along.iter().filter(|(_, number)| **number > 0) {
            lines.push(format!(
                "along: {} of {table} {go} with the rows that they refer to",
                rows(*number)
            ));
        }
        for (table, number) in &self.changed {
            lines.push(format!("changed by a trigger: {} of {table}", rows(*number)));
        }
        lines.extend(self.notes.iter().cloned());
        for LeftOut { name, why, .. } in &self.left_out {
            lines.push(format!("left out: {name}: {why}"));
        }
        if self.dry_run {
            lines.extend(self.warnings.iter().cloned());
            lines.push(String::from("Nothing was changed."));
        }
        lines
    }

    /// What else came of a run.
    fn aftermath(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.archived > 0 {
            lines.push(format!(
                "{} went to {} first, read back and verified.",
                human::plural(self.archived, "row", "rows"),
                human::plural(self.archives.len() as u64, "archive", "archives")
            ));
        }
        let reusable = self.bytes.saturating_sub(self.dropped_bytes());
        let dropped = self.dropped().count() as u64;
        if self.deleted > 0 && dropped > 0 {
            lines.push(format!(
                "Dropped {}; the system has {} back.",
                human::plural(dropped, "partition", "partitions"),
                human::bytes(self.dropped_bytes())
            ));
        }
        if self.deleted > 0 && self.batches.number > 0 && reusable > 0 && self.left == 0 {
            let when = if self.vacuumed.is_empty() { "after the next vacuum" } else { "now" };
            lines.push(format!("About {} can be reused {when}.", human::bytes(reusable)));
        }
        if !self.partitions_made.is_empty() {
            let moved = match self.moved {
                0 => String::new(),
                moved => {
                    format!(
                        "; {} moved out of the DEFAULT one",
                        human::plural(moved, "row", "rows")
                    )
                }
            };
            lines.push(format!("Made {}{moved}.", list(&self.partitions_made)));
        }
        let left = human::plural(self.left, "old row is", "old rows are");
        match self.outcome {
            "interrupted" => lines.push(format!("Interrupted; {left} left.")),
            "out_of_time" => lines.push(format!("Out of time; {left} left for the next run.")),
            _ => {}
        }
        lines
    }

    fn dropped_bytes(&self) -> u64 {
        self.dropped().map(|part| part.bytes).sum()
    }
}

/// `a, b and 3 more`.
fn list(names: &[String]) -> String {
    match names {
        [first, second, _, _, ..] => {
            format!("{first}, {second} and {} more partitions", names.len() - 2)
        }
        names => {
            format!("the partition{} {}", if names.len() == 1 { "" } else { "s" }, names.join(", "))
        }
    }
}

fn held(rows: u64) -> Cell {
    if rows == 0 { Cell::new("") } else { human::count(rows).into() }
}

impl Tabular for RunView {
    fn blocks(&self) -> Vec<Block> {
        let grids = [self.groups(), self.partitions()].into_iter().flatten();
        let mut blocks: Vec<Block> = grids.map(Block::Grid).collect();
        blocks.push(Block::Text(self.sentences().join("\n")));
        blocks
    }
}
