//! `audit acknowledge`.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use jiff::civil::Date;
use serde::Serialize;

use crate::commands::audit_days::require_right;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_trail;
use crate::error::{Failure, Kind, Outcome};
use crate::store::{audit_days, audit_trail as store, tx};
use crate::ui::{Block, Tabular, human};

#[derive(Debug, Args)]
pub struct AcknowledgeArgs {
    /// The day, in UTC
    #[arg(value_name = "DAY", value_parser = day)]
    day: String,
    /// What was found out about them
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    reason: String,
}

/// As PostgreSQL writes it: `0044-03-15 BC` too.
fn day(text: &str) -> Result<String, &'static str> {
    let (date, era) = match text.strip_suffix(" BC") {
        Some(date) => (date, " BC"),
        None => (text, ""),
    };
    let date: Date = date.parse().map_err(|_| "expected a day, such as 2026-03-01")?;
    Ok(format!("{date}{era}"))
}

pub(super) fn run(ctx: &mut Context, args: AcknowledgeArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor(&mut db, Right::Retention)?;
    require_right(&mut db)?;
    let day = args.day;
    let entries = tx::write(&mut db, |conn| {
        let mut links = store::links(conn)?;
        links.retain(|link| link.day == day);
        let open = audit_trail::late(&links).filter(|(_, by)| by.is_none());
        let entries =
            open.map(|(late, _)| late.changed.unsigned_abs()).fold(0, u64::saturating_add);
        let Some(last) = links.last().filter(|_| entries > 0) else {
            return Err(nothing_late(&day).into());
        };
        match audit_days::acknowledge(conn, last, &args.reason, &actor.name)? {
            true => Ok(entries),
            false => Err(Failure::refused(format!("{day} is not what its last link says"))
                .why("entries were changed, removed or added since")
                .hint("`inboxctl audit close` flags what came late since, `inboxctl audit verify` tells the rest")
                .into()),
        }
    })?;
    ctx.ui.show(&AcknowledgeView { day, entries, reason: args.reason })?;
    Ok(Outcome::Done)
}

fn nothing_late(day: &str) -> Failure {
    Failure::new(Kind::NotFound, format!("no entry is known to have come late into {day}"))
        .why("none was flagged there that was not acknowledged")
        .hint("`inboxctl audit close` flags what came late, and what it flags can be acknowledged")
}

#[derive(Debug, Serialize)]
struct AcknowledgeView {
    day: String,
    entries: u64,
    reason: String,
}

impl Tabular for AcknowledgeView {
    fn blocks(&self) -> Vec<Block> {
        let entries = human::plural(self.entries, "entry", "entries");
        vec![Block::Text(format!("Acknowledged {entries} that came late into {}.", self.day))]
    }
}
