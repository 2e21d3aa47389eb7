//! `messages unread`.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::OnlyArgs;
use super::row::MessageRow;
use crate::commands::list_args::ListArgs;
use crate::context::Context;
use crate::domain::pg_time::PgTime;
use crate::error::Outcome;
use crate::store::messages::{self, UnreadGroup};
use crate::store::{interference, server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct UnreadArgs {
    /// Count by contact, by the user that the contact is assigned to, or by channel
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with_all = ["channel", "since", "until", "columns"])]
    by: Option<By>,
    #[command(flatten)]
    only: OnlyArgs,
    #[command(flatten)]
    list: ListArgs<MessageRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Contact,
    User,
    Channel,
}

pub(super) fn run(ctx: &mut Context, args: UnreadArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let limit = args.list.probe();
    let Some(by) = args.by else {
        let (found, now) = tx::read(&mut db, |conn| {
            let now = server::now(conn)?;
            Ok((messages::list_unread(conn, args.only.resolve(now), limit)?, now))
        })?;
        let rows = found.into_iter().map(|message| MessageRow::new(message, now));
        return args.list.show(ctx, &mut db, rows.collect());
    };
    let key = match by {
        By::Contact => messages::By::Contact,
        By::User => messages::By::User,
        By::Channel => messages::By::Channel,
    };
    let (mut groups, now) = tx::read(&mut db, |conn| {
        interference::see_all_rows(conn, &["messages", "contacts", "assignments", "users"])?;
        Ok((messages::count_unread(conn, key, limit)?, server::now(conn)?))
    })?;
    let truncated = groups.len() as i64 == limit;
    groups.truncate(limit as usize - 1);
    let groups = groups.into_iter().map(|group| Row::new(by, group)).collect();
    ctx.ui.show(&UnreadView { groups, truncated, by, now })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct UnreadView {
    groups: Vec<Row>,
    truncated: bool,
    #[serde(skip)]
    by: By,
    #[serde(skip)]
    now: Timestamp,
}

#[derive(Debug, Serialize)]
struct Row {
    /// Of the contact or the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    /// Name, e-mail or channel; null for a contact without a name, and for
    /// contacts that are assigned to nobody.
    label: Option<String>,
    unread: i64,
    oldest_at: PgTime,
    newest_at: PgTime,
    #[serde(skip)]
    known_by: Option<String>,
    #[serde(skip)]
    by: By,
}

impl Row {
    fn new(by: By, group: UnreadGroup) -> Row {
        Row {
            id: group.id,
            label: group.label,
            unread: group.unread,
            oldest_at: group.oldest_at,
            newest_at: group.newest_at,
            known_by: group.known_by,
            by,
        }
    }

    fn label_cell(&self) -> Cell {
        match (self.label.as_ref().or(self.known_by.as_ref()), self.by) {
            (Some(label), _) => label.as_str().into(),
            (None, By::User) => Cell::toned("nobody", Tone::Warn),
            (None, _) => Cell::toned("no name", Tone::Dim),
        }
    }
}

impl Tabular for UnreadView {
    fn blocks(&self) -> Vec<Block> {
        let name = match self.by {
            By::Contact => "contact",
            By::User => "user",
            By::Channel => "channel",
        };
        let mut columns = vec![
            Column::text(name),
            Column::right("unread"),
            Column::left("oldest"),
            Column::left("newest"),
        ];
        if self.by == By::Contact {
            columns.push(Column::left("id"));
        }
        let mut grid = Grid::new(columns).records_if_wide();
        for row in &self.groups {
            let mut cells = vec![
                row.label_cell(),
                human::count(row.unread.unsigned_abs()).into(),
                human::when(row.oldest_at, self.now).into(),
                human::when(row.newest_at, self.now).into(),
            ];
            if self.by == By::Contact {
                cells.push(row.id.map(|id| id.to_string()).unwrap_or_default().into());
            }
            grid.row(cells);
        }
        let listed: i64 = self.groups.iter().map(|row| row.unread).sum();
        let unread = human::plural(listed.unsigned_abs(), "unread message", "unread messages");
        grid.note(match self.truncated {
            _ if self.groups.is_empty() => String::from("Nothing is unread."),
            true => format!("{unread} in these; there are more (--limit)."),
            false => format!("{unread}."),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("groups")
    }
}
