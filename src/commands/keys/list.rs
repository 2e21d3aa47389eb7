//! `keys list`.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use crate::context::Context;
use crate::context::keyring::Place;
use crate::domain::vault::{KeyId, Keyring, State};
use crate::error::Outcome;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct ListArgs {}

pub(super) fn run(ctx: &mut Context, _args: ListArgs) -> anyhow::Result<Outcome> {
    let loaded = ctx.keyring()?;
    ctx.ui.show(&KeysView::new(&loaded.keyring, &loaded.place, loaded.is_wrapped()))?;
    Ok(Outcome::Done)
}

/// The keyring without its keys.
#[derive(Debug, Serialize)]
pub(super) struct KeysView {
    place: String,
    has_passphrase: bool,
    keys: Vec<Row>,
    /// Where a key goes: whether it is only shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    dry_run: Option<bool>,
    /// Backups that need a key that goes or went.
    #[serde(skip_serializing_if = "Option::is_none")]
    needed_by: Option<Vec<String>>,
    #[serde(skip)]
    needs: Option<String>,
    #[serde(skip)]
    pub note: Option<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    state: State,
    created_at: Timestamp,
}

impl KeysView {
    pub(super) fn new(keyring: &Keyring, place: &Place, has_passphrase: bool) -> KeysView {
        KeysView {
            place: match place {
                Place::File(path) => path.display().to_string(),
                Place::Variable(found_in) => format!("INBOXCTL_KEYRING in {found_in}"),
            },
            has_passphrase,
            keys: keyring
                .entries()
                .iter()
                .map(|entry| Row {
                    id: entry.key.id().to_string(),
                    state: entry.state,
                    created_at: entry.created_at,
                })
                .collect(),
            dry_run: None,
            needed_by: None,
            needs: None,
            note: None,
        }
    }

    /// Without a key, with the backups in a folder that need it.
    pub(super) fn retiring(
        mut self,
        id: KeyId,
        (folder, backups): (&Path, Vec<String>),
        dry_run: bool,
    ) -> KeysView {
        self.dry_run = Some(dry_run);
        self.needs = Some(match backups.len() as u64 {
            0 if !folder.is_dir() => {
                format!("There is no folder {}: no backup was looked at.", folder.display())
            }
            0 => format!("No backup in {} needs {id}.", folder.display()),
            number => format!(
                "{} {id}: {}",
                human::plural(number, "backup needs", "backups need"),
                backups.join(", ")
            ),
        });
        self.needed_by = Some(backups);
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> KeysView {
        self.note = Some(note.into());
        self
    }
}

impl Tabular for KeysView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("key"), Column::left("state"), Column::left("made at")]);
        for row in &self.keys {
            let tone = match row.state {
                State::Primary => Tone::Good,
                State::Staged => Tone::Plain,
                State::DecryptOnly => Tone::Dim,
            };
            grid.row(vec![
                row.id.as_str().into(),
                Cell::toned(row.state.as_str(), tone),
                human::minute(row.created_at).into(),
            ]);
        }
        let lock = if self.has_passphrase { ", locked with a passphrase" } else { "" };
        grid.note(format!("Keyring: {}{lock}.", self.place));
        if let Some(needs) = &self.needs {
            grid.note(needs.clone());
        }
        if let Some(note) = &self.note {
            grid.note(note.clone());
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        // The backups are no key's.
        self.needed_by.is_none().then_some("keys")
    }
}
