//! `contacts search`.

use clap::Args;
use serde::Serialize;
use uuid::Uuid;

use crate::context::Context;
use crate::domain::id_prefix::IdRange;
use crate::domain::matching::handles;
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
    let search = understand(&args.query)?;
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

/// What the query can be: a text with seven digits and more is a phone number,
/// one with an @ inside an e-mail, one word perhaps a handle, and with letters
/// it may be a name.
fn understand(query: &str) -> Result<Search, Failure> {
    let query = query.trim();
    let search = identities(query).unwrap_or_default();
    let has_letters = query.chars().any(char::is_alphabetic);
    let is_name = has_letters && search.email.is_none() && !query.starts_with('@');
    let search = Search { name: is_name.then(|| query.to_owned()), ..search };
    match search == Search::default() {
        true => Err(Failure::usage("there is nothing to search for")
            .hint("give a phone number, an e-mail address, a handle or a name")),
        false => Ok(search),
    }
}

/// What it can be that identifies somebody.
pub(super) fn identities(query: &str) -> Option<Search> {
    let digits: String = query.chars().filter(char::is_ascii_digit).collect();
    let has_letters = query.chars().any(char::is_alphabetic);
    let is_email = query.find('@').is_some_and(|at| at > 0 && at + 1 < query.len());
    let is_word = !query.contains(char::is_whitespace) && query.contains(char::is_alphanumeric);
    let search = Search {
        id: query.contains(|c: char| c.is_ascii_digit()).then(|| IdRange::parse(query)).flatten(),
        phone_tail: (digits.len() >= 7 && !has_letters)
            .then(|| digits[digits.len().saturating_sub(8)..].to_owned()),
        email: is_email.then(|| query.to_lowercase()),
        handle: (is_word && !is_email).then(|| handles::searched(query)),
        name: None,
    };
    (search != Search::default()).then_some(search)
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
}

/// Below it a name has a word that sounds alike, and little else.
const WEAK: f64 = 0.5;

impl Row {
    fn new(hit: Hit) -> Row {
        Row {
            id: hit.id,
            name: hit.name,
            phone: hit.phone,
            email: hit.email,
            rank: (hit.rank * 1000.0).round() / 1000.0,
            matched: hit.matched,
            value: hit.value,
        }
    }

    /// Why it was found; with the value where the columns don't show it.
    fn reason(&self) -> String {
        if self.matched == "name" && self.rank < WEAK {
            return String::from("name, weakly");
        }
        let shown = [&self.name, &self.phone, &self.email].contains(&&self.value);
        match &self.value {
            Some(value) if !shown => format!("{} {value}", self.matched),
            _ => self.matched.clone(),
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
                hit.reason().into(),
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
