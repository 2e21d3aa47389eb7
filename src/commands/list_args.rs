//! `--limit` and `--columns`, as every list has them.

use std::marker::PhantomData;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::context::Context;
use crate::error::Outcome;
use crate::store::connect::Db;
use crate::ui::{List, Listed};

#[derive(Debug, Clone, Args)]
pub struct ListArgs<R: Listed> {
    /// Show at most this many
    #[arg(long, value_name = "N", default_value_t = 50,
          value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    #[command(flatten)]
    columns: ColumnsArg<R>,
}

/// Of a list that is cut in its own way, or not at all.
#[derive(Debug, Clone, Args)]
pub struct ColumnsArg<R: Listed> {
    /// Show these columns, in this order, separated by commas
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', value_parser = names::<R>())]
    columns: Vec<String>,
    #[arg(skip)]
    of: PhantomData<fn() -> R>,
}

impl<R: Listed> ColumnsArg<R> {
    /// None are the usual ones.
    pub fn chosen(self) -> Vec<String> {
        self.columns
    }
}

fn names<R: Listed>() -> PossibleValuesParser {
    PossibleValuesParser::new(R::FIELDS.iter().map(|field| field.name))
}

impl<R: Listed> ListArgs<R> {
    /// How many rows to ask the database for: one more than is shown, to know
    /// whether there are more.
    pub fn probe(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// Shows what the database answered to [`ListArgs::probe`].
    ///
    /// # Errors
    /// stdout can't be written to.
    pub fn show(self, ctx: &Context, db: &mut Db, rows: Vec<R>) -> anyhow::Result<Outcome> {
        self.show_in(ctx, db, rows, false)
    }

    /// The same with the last row first.
    ///
    /// # Errors
    /// stdout can't be written to.
    pub fn show_reversed(
        self,
        ctx: &Context,
        db: &mut Db,
        rows: Vec<R>,
    ) -> anyhow::Result<Outcome> {
        self.show_in(ctx, db, rows, true)
    }

    fn show_in(
        self,
        ctx: &Context,
        db: &mut Db,
        mut rows: Vec<R>,
        reversed: bool,
    ) -> anyhow::Result<Outcome> {
        ctx.tell_policies(db, R::TABLES)?;
        let limit = self.limit as usize;
        let truncated = rows.len() > limit;
        rows.truncate(limit);
        if reversed {
            rows.reverse();
        }
        // Lines of jsonl and csv have no place to say it.
        if truncated && ctx.ui.is_machine() {
            ctx.ui.warn(format!("there are more than {limit} {} (--limit)", R::NOUN.1));
        }
        ctx.ui.show(&List::new(rows, truncated, self.columns.chosen()))?;
        Ok(Outcome::Done)
    }
}
