//! What a restore says when it is done.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::Source;
use crate::commands::db::erased_list::ErasedAgain;
use crate::context::Context;
use crate::error::Outcome;
use crate::ui::{Block, Tabular, human, millis};

#[derive(Debug, Serialize)]
pub(super) struct RestoreView {
    file: String,
    database: String,
    /// The name of what was there before.
    former: Option<String>,
    /// As the manifest has them.
    tables: Option<usize>,
    rows: Option<u64>,
    erased_again: ErasedAgain,
    #[serde(flatten)]
    left: Left,
    duration_ms: u64,
}

/// What is still to be done.
#[derive(Debug, Serialize)]
pub(super) struct Left {
    /// What was left out, and an administrator must run in the restored database.
    for_administrators: Option<String>,
    /// What fills the materialized views that were left empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to_fill: Vec<String>,
    /// Why not every credential in it opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    unopened: Option<String>,
}

impl Left {
    pub(super) fn new(
        for_administrators: Option<String>,
        unfilled: Vec<String>,
        unopened: Option<String>,
    ) -> Left {
        let fill = |view: String| format!("REFRESH MATERIALIZED VIEW {view};");
        Left { for_administrators, to_fill: unfilled.into_iter().map(fill).collect(), unopened }
    }
}

impl RestoreView {
    pub(super) fn new(
        source: &Source,
        database: &str,
        former: Option<String>,
        left: Left,
        erased_again: ErasedAgain,
        start: Instant,
    ) -> RestoreView {
        RestoreView {
            file: source.name().to_owned(),
            database: database.to_owned(),
            former,
            erased_again,
            left,
            tables: source.manifest.as_ref().map(|manifest| manifest.rows.len()),
            rows: source.manifest.as_ref().map(|manifest| manifest.rows_total()),
            duration_ms: millis(start.elapsed()),
        }
    }

    /// # Errors
    /// stdout can't be written.
    pub(super) fn show(&self, ctx: &Context) -> anyhow::Result<Outcome> {
        ctx.ui.show(self)?;
        Ok(Outcome::trouble_if(self.left.unopened.is_some() || !self.erased_again.left.is_empty()))
    }
}

impl Tabular for RestoreView {
    fn blocks(&self) -> Vec<Block> {
        let took = human::duration(Duration::from_millis(self.duration_ms));
        let held = match (self.rows, self.tables) {
            (Some(rows), Some(tables)) => format!(
                ": {} in {}, as its manifest says",
                human::plural(rows, "row", "rows"),
                human::plural(tables as u64, "table", "tables")
            ),
            _ => String::new(),
        };
        let mut text = format!("Restored {} into {} in {took}{held}.", self.file, self.database);
        if let Some(former) = &self.former {
            text.push_str(&format!(
                "\nWhat was there before is the database {former} now; drop it when you are sure."
            ));
        }
        text.push_str(&self.erased_again.told());
        if let Some(why) = &self.left.unopened {
            text.push_str(&format!("\nNot every credential in it could be opened: {why}."));
        }
        if let Some(sql) = &self.left.for_administrators {
            text.push_str(
                "\nLeft out, for it takes more rights; an administrator must run there:\n",
            );
            text.push_str(sql);
        }
        if !self.left.to_fill.is_empty() {
            text.push_str(
                "\nLeft empty, for tables that they read hide rows; their owners fill them there, \
                 from what they may see:\n",
            );
            text.push_str(&self.left.to_fill.join("\n"));
        }
        vec![Block::Text(text)]
    }
}
