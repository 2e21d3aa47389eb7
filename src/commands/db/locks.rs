//! `db locks`.

use std::collections::HashMap;
use std::time::Duration;

use clap::Args;
use serde::Serialize;

use crate::context::Context;
use crate::domain::lock_tree;
use crate::domain::schema_diff::identifier;
use crate::error::Outcome;
use crate::store::sessions::{self, Waiter};
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct LocksArgs {}

pub fn run(ctx: &mut Context, _args: LocksArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (waiters, sees_all) =
        tx::read(&mut db, |conn| Ok((sessions::waiters(conn)?, sessions::sees_all(conn)?)))?;
    let view = LocksView::new(waiters);
    if !sees_all && !view.sessions.is_empty() {
        let role = tx::read(&mut db, |conn| Ok(sessions::role(conn)?))?;
        let role = identifier::name(&role);
        ctx.ui.hint(format!(
            "what other roles' sessions do is hidden: `GRANT pg_read_all_stats TO {role}` shows it"
        ));
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct LocksView {
    /// Each below the one that it waits for.
    sessions: Vec<Row>,
    /// How to end those for whom others wait, and who wait for nobody.
    remedies: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    pid: i32,
    depth: usize,
    user: Option<String>,
    application: Option<String>,
    state: Option<String>,
    /// Since its transaction began.
    age_seconds: Option<i64>,
    waits_for: Option<String>,
    /// Process ids; 0 is a prepared transaction.
    blocked_by: Vec<i32>,
    query: Option<String>,
}

impl LocksView {
    fn new(waiters: Vec<Waiter>) -> LocksView {
        let edges: Vec<lock_tree::Waiting> =
            waiters.iter().map(|one| (one.session.pid, one.blocked_by.clone())).collect();
        let mut known: HashMap<i32, Waiter> =
            waiters.into_iter().map(|one| (one.session.pid, one)).collect();
        let sessions: Vec<Row> = lock_tree::order(&edges)
            .into_iter()
            .filter_map(|(pid, depth)| Some(Row::new(known.remove(&pid)?, depth)))
            .collect();
        let mut remedies: Vec<String> = sessions.iter().filter_map(Row::remedy).collect();
        if sessions.iter().any(|row| row.blocked_by.contains(&0)) {
            remedies.push(String::from(
                "pg_prepared_xacts names the prepared transaction, and ROLLBACK PREPARED ends it",
            ));
        }
        LocksView { sessions, remedies }
    }
}

impl Row {
    fn new(waiter: Waiter, depth: usize) -> Row {
        let Waiter { session, blocked_by, waits_for } = waiter;
        Row {
            pid: session.pid,
            depth,
            user: session.user,
            application: session.application,
            state: session.state,
            age_seconds: session.age_seconds,
            waits_for,
            blocked_by,
            query: session.query.map(without_password),
        }
    }

    /// A statement that runs is cancelled; a transaction that does nothing has none to cancel.
    fn remedy(&self) -> Option<String> {
        let ends = match self.state.as_deref() {
            // What is hidden may run one.
            Some("active") | None => "pg_cancel_backend",
            _ => "pg_terminate_backend",
        };
        let pid = self.pid;
        let command = format!("inboxctl db psql -- -c 'SELECT {ends}({pid})'");
        self.blocked_by.is_empty().then_some(command)
    }
}

/// `ALTER ROLE ... PASSWORD 'x'` up to what is nobody's business.
fn without_password(query: String) -> String {
    const WORD: &str = "password";
    match query.to_ascii_lowercase().find(WORD) {
        Some(at) => format!("{} ...", &query[..at + WORD.len()]),
        None => query,
    }
}

/// Columns of a statement.
const WIDTH: usize = 60;

impl Tabular for LocksView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("session"),
            Column::left("user"),
            Column::left("application"),
            Column::left("state"),
            Column::right("since"),
            Column::left("waits for"),
            Column::left("held by"),
            Column::text("statement"),
        ])
        .records_if_wide();
        for row in &self.sessions {
            let text = |text: &Option<String>| -> Cell {
                human::one_line(text.as_deref().unwrap_or("hidden"), WIDTH).into()
            };
            let indent = "  ".repeat(row.depth.min(8));
            let tone = if row.blocked_by.is_empty() { Tone::Bad } else { Tone::Plain };
            let age = row.age_seconds.map(|age| Duration::from_secs(age.unsigned_abs()));
            grid.row(vec![
                Cell::toned(format!("{indent}{}", row.pid), tone),
                text(&row.user),
                row.application.clone().unwrap_or_default().into(),
                text(&row.state),
                age.map(human::age).unwrap_or_default().into(),
                row.waits_for.clone().unwrap_or_default().into(),
                row.blocked_by.iter().map(i32::to_string).collect::<Vec<_>>().join(", ").into(),
                text(&row.query),
            ]);
        }
        let waiting = self.sessions.iter().filter(|row| !row.blocked_by.is_empty()).count();
        grid.note(match waiting {
            0 => String::from("Nobody waits for a lock."),
            _ => format!(
                "{}; each is listed below the session that it waits for.",
                human::plural(waiting as u64, "session waits", "sessions wait")
            ),
        });
        for remedy in &self.remedies {
            match remedy.starts_with("inboxctl ") {
                true => grid.note(format!("To end it: `{remedy}`")),
                false => grid.note(format!("{remedy}.")),
            }
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("sessions")
    }
}
