//! `contacts search`.

use clap::Args;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::list_args::ColumnsArg;
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::store::contact_search::{self, Hit, Search};
use crate::store::tx;
use crate::ui::{Cell, Field, List, Listed, human};

#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Phone in any format, e-mail, social handle, the beginning of an id, or a name, typos allowed
    query: String,
    /// Show at most this many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    #[command(flatten)]
    columns: ColumnsArg<Row>,
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
    let hits: Vec<Row> = hits.into_iter().map(Row::new).collect();
    ctx.tell_policies(&mut db, Row::TABLES)?;
    let found = hits.len() as u64;
    let note = match (found, truncated) {
        (0, _) => format!("Nobody was found for {:?}.", args.query),
        (_, true) => format!("The best {}; there are more (--limit).", human::count(found)),
        (_, false) => format!("{}.", human::plural(found, "contact", "contacts")),
    };
    let list = List::new(hits, truncated, args.columns.chosen());
    ctx.ui.show(&list.with("query", &args.query)?.noting(vec![note]))?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
pub struct Row {
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

fn text(text: &Option<String>) -> Cell {
    human::one_line(text.as_deref().unwrap_or_default(), 40).into()
}

impl Listed for Row {
    const KEY: &'static str = "hits";
    const TABLES: &'static [&'static str] = &["contacts", "contact_identities"];
    const NOUN: (&'static str, &'static str) = ("contact", "contacts");
    const FIELDS: &'static [Field<Row>] = &[
        Field::left("name", |row: &Row| text(&row.name)),
        Field::left("phone", |row: &Row| text(&row.phone)),
        Field::left("email", |row: &Row| text(&row.email)).titled("e-mail"),
        Field::left("matched", |row: &Row| row.reason.as_str().into()).titled("matched by"),
        Field::left("id", |row: &Row| row.id.to_string().into()),
        Field::right("rank", |row: &Row| format!("{:.3}", row.rank).into()).on_request(),
        Field::left("value", |row: &Row| text(&row.value)).on_request(),
    ];
}
