//! What a restore says when it is done.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::Source;
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
    /// What was left out, and an administrator must run in the restored database.
    for_administrators: Option<String>,
    /// Why not every credential in it opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    unopened: Option<String>,
    duration_ms: u64,
}

impl RestoreView {
    pub(super) fn new(
        source: &Source,
        database: &str,
        former: Option<String>,
        for_administrators: Option<String>,
        unopened: Option<String>,
        start: Instant,
    ) -> RestoreView {
        RestoreView {
            file: source.path.display().to_string(),
            database: database.to_owned(),
            former,
            for_administrators,
            unopened,
            tables: source.manifest.as_ref().map(|manifest| manifest.rows.len()),
            rows: source.manifest.as_ref().map(|manifest| manifest.rows_total()),
            duration_ms: millis(start.elapsed()),
        }
    }

    /// # Errors
    /// stdout can't be written.
    pub(super) fn show(&self, ctx: &Context) -> anyhow::Result<Outcome> {
        ctx.ui.show(self)?;
        Ok(Outcome::trouble_if(self.unopened.is_some()))
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
        if let Some(why) = &self.unopened {
            text.push_str(&format!("\nNot every credential in it could be opened: {why}."));
        }
        if let Some(sql) = &self.for_administrators {
            text.push_str(
                "\nLeft out, for it takes more rights; an administrator must run there:\n",
            );
            text.push_str(sql);
        }
        vec![Block::Text(text)]
    }
}
