//! `contacts search`.

use clap::Args;
use serde::Serialize;
use uuid::Uuid;

use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::store::contact_search::{self, Hit, Search};
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Phone in any format, e-mail, social handle, the beginning of an id, or a name, typos allowed
    query: String,
    /// Show at most this many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
}

pub fn run(ctx: &mut Context, args: SearchArgs) -> anyhow::Result<Outcome> {
    let search = Search::understand(&args.query).ok_or_else(|| {
        Failure::usage("there is nothing to search for")
            .hint("give a phone number, an e-mail address, a handle or a name")
    })?;
    let mut db = ctx.connect()?;
    // One more than is shown, to know whether there are more.
    let limit = args.limit as usize + 1;
    let mut hits = tx::read(&mut db, |conn| Ok(contact_search::search(conn, &search, limit)?))?;
    let truncated = hits.len() > args.limit as usize;
    hits.truncate(args.limit as usize);
    let hits = hits.into_iter().map(Row::new).collect();
    ctx.tell_policies(&mut db, &["contacts", "contact_identities"])?;
    ctx.ui.show(&SearchView { query: args.query, hits, truncated })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct SearchView {
    query: String,
    hits: Vec<Row>,
    /// There are more than the limit.
    truncated: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    id: Uuid,
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    rank: f64,
    matched: String,
    value: Option<String>,
    #[serde(skip)]
    reason: String,
}

impl Row {
    fn new(hit: Hit) -> Row {
        let rank = (hit.rank * 1000.0).round() / 1000.0;
        let hit = Hit { rank, ..hit };
        Row {
            reason: hit.reason(),
            id: hit.id,
            name: hit.name,
            phone: hit.phone,
            email: hit.email,
            rank,
            matched: hit.matched,
            value: hit.value,
        }
    }
}

impl Tabular for SearchView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("name"),
            Column::left("phone"),
            Column::left("e-mail"),
            Column::left("matched by"),
            Column::left("id"),
        ])
        .records_if_wide();
        for hit in &self.hits {
            let text = |text: &Option<String>| -> Cell {
                human::one_line(text.as_deref().unwrap_or_default(), 40).into()
            };
            grid.row(vec![
                text(&hit.name),
                text(&hit.phone),
                text(&hit.email),
                hit.reason.as_str().into(),
                hit.id.to_string().into(),
            ]);
        }
        let found = self.hits.len() as u64;
        grid.note(match (found, self.truncated) {
            (0, _) => format!("Nobody was found for {:?}.", self.query),
            (_, true) => format!("The best {}; there are more (--limit).", human::count(found)),
            (_, false) => format!("{}.", human::plural(found, "contact", "contacts")),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("hits")
    }
}
