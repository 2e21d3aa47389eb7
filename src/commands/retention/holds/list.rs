//! `retention holds list`.

use clap::Args;
use serde::Serialize;

use super::HoldView;
use crate::commands::list_args::ColumnsArg;
use crate::context::Context;
use crate::error::Outcome;
use crate::store::{holds, tx};
use crate::ui::{Block, Cell, Field, Grid, List, Listed, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct ListArgs {
    /// Also list those that were released
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    columns: ColumnsArg<HoldView>,
}

pub(super) fn run(ctx: &mut Context, args: ListArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let holds = tx::read(&mut db, |conn| Ok(holds::list(conn, args.all)?))?;
    ctx.tell_policies(&mut db, &["retention_holds"])?;
    let holds = holds.into_iter().map(HoldView::from).collect();
    match args.columns.chosen() {
        columns if columns.is_empty() => ctx.ui.show(&HoldsView { holds })?,
        columns => ctx.ui.show(&List::whole(holds, columns))?,
    }
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct HoldsView {
    holds: Vec<HoldView>,
}

impl Tabular for HoldsView {
    fn blocks(&self) -> Vec<Block> {
        // Two lines a hold: an id and a value of 36 characters each leave no
        // room for the reason.
        let mut blocks = Vec::new();
        for hold in &self.holds {
            let state = match hold.released_at {
                Some(at) => Cell::toned(
                    format!(
                        "released {} by {}",
                        human::minute(at),
                        hold.released_by.as_deref().unwrap_or_default()
                    ),
                    Tone::Dim,
                ),
                None => Cell::toned("in force", Tone::Good),
            };
            blocks.push(Block::Grid(Grid::facts([
                ("hold", Cell::new(hold.id.to_string())),
                (hold.kind.as_str(), Cell::toned(human::one_line(&hold.value, 60), Tone::Strong)),
                ("reason", human::one_line(&hold.reason, 60).into()),
                ("since", format!("{} by {}", human::minute(hold.created_at), hold.actor).into()),
                ("state", state),
            ])));
        }
        blocks.push(Block::Text(match self.holds.len() as u64 {
            0 => String::from("There are no holds."),
            number => format!("{}.", human::plural(number, "hold", "holds")),
        }));
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("holds")
    }
}

impl Listed for HoldView {
    const KEY: &'static str = "holds";
    const TABLES: &'static [&'static str] = &["retention_holds"];
    const NOUN: (&'static str, &'static str) = ("hold", "holds");
    const FIELDS: &'static [Field<HoldView>] = &[
        Field::left("id", |hold: &HoldView| hold.id.to_string().into()),
        Field::left("kind", |hold: &HoldView| hold.kind.as_str().into()),
        Field::left("value", |hold: &HoldView| human::one_line(&hold.value, 60).into()),
        Field::text("reason", |hold: &HoldView| human::one_line(&hold.reason, 60).into()),
        Field::left("actor", |hold: &HoldView| hold.actor.as_str().into()),
        Field::left("created_at", |hold: &HoldView| human::minute(hold.created_at).into())
            .titled("since"),
        Field::left("released_at", |hold: &HoldView| {
            hold.released_at.map(human::minute).unwrap_or_default().into()
        })
        .titled("released"),
        Field::left("released_by", |hold: &HoldView| {
            hold.released_by.clone().unwrap_or_default().into()
        }),
    ];
}
