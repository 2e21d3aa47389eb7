//! `db anonymise --check`: whether a copy still has what identifies somebody in the source.

use std::collections::BTreeMap;

use serde::Serialize;

use super::plan;
use crate::backup::copy::read_rows;
use crate::backup::tools;
use crate::commands::db::backup::take::{interrupted, place};
use crate::context::Context;
use crate::domain::anonymise::{Leak, Leaks};
use crate::domain::backup::version;
use crate::error::{Failure, Outcome};
use crate::store::connect::Target;
use crate::store::{databases, server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

/// # Errors
/// There is no such database, or either can't be read.
pub(super) fn run(ctx: &Context, name: &str) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let plan = tx::read(&mut db, |conn| plan::read(ctx, conn))?;
    let live = server::database_name(&mut db.conn)?;
    if !databases::exists(&mut db.conn, name)? || name == live {
        return Err(Failure::refused(format!("{name} is no copy of {live}"))
            .why(if name == live {
                "it is the database itself"
            } else {
                "there is no such database"
            })
            .hint("name the copy that `inboxctl db anonymise --into` made")
            .into());
    }
    let major = version::major(&server::facts(&mut db.conn)?.version);
    let pg_dump = tools::find("pg_dump", ctx.config.pg_bin.as_deref(), major)?;
    let copy = db.target.with_database(name);
    let read = |target: &Target, see: &mut (dyn FnMut(&[u8]) + Send)| -> Result<(), Failure> {
        let stop = || ctx.interrupted().is_some();
        read_rows(&pg_dump, &place(target, &pg_dump), see, &stop)?.ok_or_else(|| interrupted(ctx))
    };
    let _progress = ctx.ui.spinner("looking for what leaked");
    let mut leaks = Leaks::default();
    read(&db.target, &mut |bytes| leaks.learn(&plan, bytes))?;
    leaks.settle();
    let mut rows = 0;
    let mut found: BTreeMap<(String, Leak), u64> = BTreeMap::new();
    read(&copy, &mut |bytes| {
        rows += leaks.look(&plan, bytes, &mut |column, leak| {
            *found.entry((column, leak)).or_default() += 1;
        });
    })?;
    let leaked = found.into_iter().map(|((column, leak), values)| Leaked {
        column,
        what: leak.as_str(),
        values,
    });
    let view = CheckView { database: name.to_owned(), rows, leaks: leaked.collect() };
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(!view.leaks.is_empty()))
}

#[derive(Debug, Serialize)]
struct CheckView {
    database: String,
    /// Of the copy, which were looked at.
    rows: u64,
    leaks: Vec<Leaked>,
}

#[derive(Debug, Serialize)]
struct Leaked {
    column: String,
    what: &'static str,
    values: u64,
}

impl Tabular for CheckView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("column"),
            Column::left("of the source"),
            Column::right("values"),
        ]);
        for leak in &self.leaks {
            grid.row(vec![
                leak.column.as_str().into(),
                Cell::toned(leak.what, Tone::Bad),
                human::count(leak.values).into(),
            ]);
        }
        let rows = human::plural(self.rows, "row", "rows");
        grid.note(match self.leaks.is_empty() {
            true => format!(
                "Nothing of the source that identifies somebody is in {}: {rows}.",
                self.database
            ),
            false => format!("{} has values of the source: {rows}.", self.database),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("leaks")
    }
}
