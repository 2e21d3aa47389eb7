//! What would be erased, and what was: the certificate.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::archived::ArchiveView;
use super::plan::Plan;
use crate::store::erasing::Erased;
use crate::store::person_rows::{Fate, Mentions};
use crate::store::rows_written::Changed;
use crate::store::statements::quote_identifier;
use crate::ui::{Block, Column, Grid, Tabular, human};

#[derive(Debug, Serialize)]
struct PlaceView {
    place: String,
    rows: u64,
    /// `deleted`; `anonymised`: they stay, without text and by nobody; `redacted`: what they say of the person goes; `emptied`: they no longer refer to
    /// the contact, and what else they hold stays.
    becomes: &'static str,
}

#[derive(Debug, Serialize)]
struct CopyView {
    database: String,
    /// The statement that drops it.
    drop: String,
}

#[derive(Debug, Serialize)]
pub(super) struct EraseView {
    contact: Uuid,
    merged_ids: Vec<Uuid>,
    reason: Option<String>,
    /// Null as long as nothing was erased.
    actor: Option<String>,
    erased_at: Option<Timestamp>,
    places: Vec<PlaceView>,
    /// Archives that have rows of the person.
    pub(super) archives: Vec<ArchiveView>,
    /// Databases of the server that are copies of this one and were not touched.
    copies: Vec<CopyView>,
    /// Rows of others that name the person, and stay as they are.
    mentions: Vec<Mentions>,
    not_reached: Vec<String>,
    /// Rows of other tables that triggers changed or deleted meanwhile, by table.
    pub(super) changed: Changed,
    #[serde(skip)]
    name: Option<String>,
    #[serde(skip)]
    is_nothing_left: bool,
}

/// Whoever is erased.
const NEVER_REACHED: [&str; 3] = [
    "backups: they can't be rewritten; a restore of one erases the contact again, by the list of \
     erased contacts",
    "archives in folders that --archive doesn't name, and copies of archives elsewhere: what they hold \
     of the contact by its ids is left out when they are restored; other copies of this database, and \
     files that were exported",
    "texts in tables of the application, which are not searched; and rows of others, jobs and entries \
     that name the person and hold neither an id, nor a phone or an e-mail of theirs, or lie in \
     archives",
];

impl EraseView {
    pub(super) fn new(
        plan: &Plan,
        reason: Option<String>,
        archives: Vec<ArchiveView>,
        closed: &[String],
    ) -> EraseView {
        let places = plan.places.iter().map(|(place, rows)| PlaceView {
            place: place.name.clone(),
            rows: *rows,
            becomes: match (place.fate, place.name.as_str()) {
                (Fate::Emptied, _) => "emptied",
                (_, "messages") if plan.keeps_messages => "anonymised",
                (Fate::Record, "audit_logs" | "scheduled_jobs" | "retention_holds") => "redacted",
                _ => "deleted",
            },
        });
        let copies = plan.copies.iter().map(|name| CopyView {
            database: name.clone(),
            drop: format!("DROP DATABASE {}", quote_identifier(name)),
        });
        let mut not_reached: Vec<String> = NEVER_REACHED.map(String::from).into();
        not_reached.extend(closed.iter().map(|one| format!("the archive {one}")));
        if !plan.person.shared.is_empty() {
            let shared = plan.person.shared.len() as u64;
            not_reached.push(format!(
                "jobs and entries of the audit log by {} that another contact has too",
                human::plural(shared, "phone or e-mail", "phones and e-mails")
            ));
        }
        EraseView {
            contact: plan.person.id,
            merged_ids: plan.person.merged.clone(),
            reason,
            actor: None,
            erased_at: None,
            places: places.collect(),
            archives,
            copies: copies.collect(),
            mentions: plan.mentions.clone(),
            not_reached,
            changed: Changed::new(),
            name: plan.person.name.clone(),
            is_nothing_left: plan.erased.is_some() && plan.places.is_empty(),
        }
    }

    /// With what came of it. What is shown of the person is that it is gone.
    pub(super) fn tell(&mut self, erased: &Erased) {
        self.actor = Some(erased.actor.clone());
        self.erased_at = Some(erased.erased_at);
    }

    pub(super) fn question(&self) -> String {
        let name = self.name.as_deref().map(|name| human::one_line(name, 60));
        let merged = match self.merged_ids.len() as u64 {
            0 => String::new(),
            more => format!(
                " with {} merged into it",
                human::plural(more, "contact that was", "contacts that were")
            ),
        };
        let rows = self.places.iter().map(|place| place.rows).sum();
        let archives = match self.archives.len() as u64 {
            0 => String::new(),
            many => format!(", and rewrite {}", human::plural(many, "archive", "archives")),
        };
        format!(
            "erase {}{merged}, {} in all{archives}",
            name.unwrap_or_else(|| self.contact.to_string()),
            human::plural(rows, "row", "rows")
        )
    }
}

impl Tabular for EraseView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("place"), Column::right("rows"), Column::left("becomes")]);
        for one in &self.places {
            grid.row(vec![
                one.place.as_str().into(),
                human::count(one.rows).into(),
                one.becomes.into(),
            ]);
        }
        for one in &self.archives {
            grid.row(vec![
                one.archive.as_str().into(),
                human::count(one.rows).into(),
                "rewritten".into(),
            ]);
        }
        for one in &self.copies {
            grid.note(format!("Not touched: the copy {}; {} drops it.", one.database, one.drop));
        }
        for Mentions { table, rows, ids } in &self.mentions {
            let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
            grid.note(format!(
                "Not changed: {} of {table} of other contacts name this one, such as {}.",
                human::plural(rows.unsigned_abs(), "row", "rows"),
                ids.join(", ")
            ));
        }
        grid.note(
            "Not reached: backups (a restore erases the contact again), archives elsewhere, exported \
             files, and texts without an id, a phone or an e-mail; --format json says more.",
        );
        for what in self.not_reached.iter().skip(NEVER_REACHED.len()) {
            grid.note(format!("Not reached: {}.", human::one_line(what, 400)));
        }
        for (table, &rows) in &self.changed {
            let rows = human::plural(rows, "row", "rows");
            grid.note(format!("Triggers changed or deleted {rows} of {table} too."));
        }
        grid.note(match (self.erased_at, self.is_nothing_left) {
            (_, true) => {
                format!("{} was erased before; no row that names its ids is left.", self.contact)
            }
            (Some(_), _) => format!("Erased {}.", self.contact),
            (None, false) => String::from("Nothing was changed."),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("places")
    }
}
