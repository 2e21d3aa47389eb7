//! `stats --by contact`: who writes most, and so who floods the inbox.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::context::Context;
use crate::domain::moment::Moment;
use crate::domain::pg_time::PgTime;
use crate::error::Outcome;
use crate::store::connect::Db;
use crate::store::stats::{self, OfContact};
use crate::store::{interference, server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

pub(super) fn run(
    ctx: &Context,
    db: &mut Db,
    since: Moment,
    limit: u32,
) -> anyhow::Result<Outcome> {
    let (since, until, mut found) = tx::read(db, |conn| {
        interference::see_all_rows(conn, &["messages", "contacts"])?;
        let until = server::now(conn)?;
        let since = since.resolve(until).max(Timestamp::UNIX_EPOCH);
        // One more than is shown, to know whether there are more.
        Ok((since, until, stats::by_contact(conn, since, until, i64::from(limit) + 1)?))
    })?;
    let truncated = found.len() > limit as usize;
    found.truncate(limit as usize);
    let contacts = found.into_iter().map(Row::new).collect();
    ctx.ui.show(&ByContact { since, until, by: "contact", contacts, truncated })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct ByContact {
    since: Timestamp,
    until: Timestamp,
    by: &'static str,
    /// Whoever wrote most comes first.
    contacts: Vec<Row>,
    /// There are more than the limit.
    truncated: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    contact_id: Uuid,
    contact_name: Option<String>,
    /// A phone or an e-mail.
    contact_known_by: Option<String>,
    messages: u64,
    inbound: u64,
    outbound: u64,
    /// Of the outbound ones.
    failed: u64,
    first_at: PgTime,
    last_at: PgTime,
}

impl Row {
    fn new(of: OfContact) -> Row {
        let (inbound, outbound) = (of.inbound.unsigned_abs(), of.outbound.unsigned_abs());
        Row {
            contact_id: of.contact_id,
            contact_name: of.contact_name,
            contact_known_by: of.contact_known_by,
            messages: inbound + outbound,
            inbound,
            outbound,
            failed: of.failed.unsigned_abs(),
            first_at: of.first_at,
            last_at: of.last_at,
        }
    }

    fn name(&self) -> Cell {
        match self.contact_name.as_ref().or(self.contact_known_by.as_ref()) {
            Some(name) => name.as_str().into(),
            None => Cell::toned("no name", Tone::Dim),
        }
    }
}

impl Tabular for ByContact {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::text("contact"),
            Column::right("in"),
            Column::right("out"),
            Column::right("failed"),
            Column::left("last"),
            Column::left("id"),
        ])
        .records_if_wide();
        for row in &self.contacts {
            grid.row(vec![
                row.name(),
                human::count(row.inbound).into(),
                human::count(row.outbound).into(),
                human::count(row.failed).into(),
                human::when(row.last_at, self.until).into(),
                row.contact_id.to_string().into(),
            ]);
        }
        let since = human::minute(self.since);
        grid.note(match (self.contacts.len() as u64, self.truncated) {
            (0, _) => format!("No messages since {since}."),
            (number, true) => format!(
                "{} since {since}; there are more (--limit).",
                human::plural(number, "contact", "contacts")
            ),
            (number, false) => {
                format!("{} since {since}.", human::plural(number, "contact", "contacts"))
            }
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("contacts")
    }
}
