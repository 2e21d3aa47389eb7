//! `contacts show`.

use clap::Args;
use serde::Serialize;
use uuid::Uuid;

use super::merges::{MergeRow, kept_for};
use super::named::ContactArg;
use crate::context::Context;
use crate::domain::identifiers;
use crate::domain::moment::Span;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::error::Outcome;
use crate::store::contacts::{self, Contact};
use crate::store::{merges, tx};
use crate::ui::{Block, Cell, Grid, List, Tabular, human};

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The contact, by the beginning of its id, phone, e-mail or handle, or the id that it had before
    /// the database was adopted; one that was merged away leads to its survivor
    #[arg(value_name = "CONTACT")]
    contact: ContactArg,
}

/// What is told of a contact comes from these.
const READ: [&str; 8] = [
    "contacts",
    "contact_identities",
    "messages",
    "notes",
    "assignments",
    "presence",
    "merged_contacts",
    "contact_merges",
];

/// Merges that are shown with a contact.
const MERGES: i64 = 20;

pub fn run(ctx: &mut Context, args: ShowArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let asked = tx::read(&mut db, |conn| args.contact.find(ctx, conn))?;
    let found = tx::read(&mut db, |conn| {
        let Some(contact) = contacts::find(conn, asked)? else { return Ok(None) };
        let merges = merges::list(conn, Some(contact.id), None, Span::default(), MERGES)?;
        Ok(Some((contact, merges)))
    })?;
    ctx.tell_policies(&mut db, &READ)?;
    let (contact, merges) = found.ok_or_else(|| super::unknown(asked))?;
    if contact.id != asked {
        ctx.ui.status(format!("{asked} was merged into {}", contact.id));
    }
    let kept_for = kept_for(ctx);
    let merges = merges.iter().map(|merge| MergeRow::new(merge, kept_for)).collect();
    ctx.ui.show(&ShowView::new(asked, contact, merges))?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct ShowView {
    id: Uuid,
    /// The id that was asked for, where that one was merged away.
    merged_from: Option<Uuid>,
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    social_handles: RawJson,
    metadata: RawJson,
    identities: RawJson,
    messages: i64,
    notes: i64,
    assigned_to_email: Option<String>,
    open_at_emails: Vec<String>,
    created_at: PgTime,
    updated_at: PgTime,
    merges: Vec<MergeRow>,
}

impl ShowView {
    fn new(asked: Uuid, contact: Contact, merges: Vec<MergeRow>) -> ShowView {
        ShowView {
            id: contact.id,
            merged_from: (contact.id != asked).then_some(asked),
            name: contact.name,
            phone: contact.phone,
            email: contact.email,
            social_handles: contact.social_handles,
            metadata: contact.metadata,
            identities: contact.identities,
            messages: contact.messages,
            notes: contact.notes,
            assigned_to_email: contact.assigned_to,
            open_at_emails: contact.open_at,
            created_at: contact.created_at,
            updated_at: contact.updated_at,
            merges,
        }
    }
}

impl Tabular for ShowView {
    fn blocks(&self) -> Vec<Block> {
        let mut facts = vec![("id", Cell::new(self.id.to_string()))];
        let mut add = |label, value: String| {
            if !value.is_empty() {
                facts.push((label, Cell::new(value)));
            }
        };
        let count = |number: i64| human::count(u64::try_from(number).unwrap_or_default());
        add("merged from", self.merged_from.map(|id| id.to_string()).unwrap_or_default());
        add("name", self.name.clone().unwrap_or_default());
        add("phone", self.phone.clone().unwrap_or_default());
        add("e-mail", self.email.clone().unwrap_or_default());
        add("handles", identifiers::pairs(&self.social_handles));
        add("also", identifiers::listed(&self.identities));
        add("metadata", identifiers::pairs(&self.metadata));
        add("messages", count(self.messages));
        add("notes", count(self.notes));
        add("assigned to", self.assigned_to_email.clone().unwrap_or_default());
        add("open at", self.open_at_emails.join(", "));
        add("created", human::minute(self.created_at));
        add("updated", human::minute(self.updated_at));
        let mut blocks = vec![Block::Grid(Grid::facts(facts))];
        if !self.merges.is_empty() {
            blocks.push(Block::Grid(List::grid(&self.merges)));
        }
        blocks
    }
}
