//! `local status`.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use crate::context::{Context, local_failure};
use crate::error::Outcome;
use crate::local::{State, Status};
use crate::ui::{Block, Cell, Grid, Tabular, Tone, human};

pub fn run(ctx: &mut Context) -> anyhow::Result<Outcome> {
    let status = ctx.cluster()?.status().map_err(|error| local_failure(&error))?;
    ctx.ui.show(&StatusView::new(status))?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct StatusView {
    state: &'static str,
    pid: Option<u32>,
    since: Option<Timestamp>,
    /// PostgreSQL's major version.
    version: Option<u32>,
    data_dir: Option<PathBuf>,
    socket_dir: PathBuf,
    log_file: Option<PathBuf>,
    size_bytes: Option<u64>,
}

impl StatusView {
    fn new(status: Status) -> StatusView {
        let (state, pid, since) = match status.state {
            State::Absent => ("absent", None, None),
            State::Stopped => ("stopped", None, None),
            State::Starting { pid } => ("starting", Some(pid), None),
            State::Running { pid, since } => ("running", Some(pid), since),
            State::Stopping { pid } => ("stopping", Some(pid), None),
        };
        StatusView {
            state,
            pid,
            since: since.and_then(|since| Timestamp::try_from(since).ok()),
            version: status.major,
            data_dir: status.data_dir,
            socket_dir: status.socket_dir,
            log_file: status.log_file,
            size_bytes: status.size_bytes,
        }
    }
}

impl Tabular for StatusView {
    fn blocks(&self) -> Vec<Block> {
        let tone = match self.state {
            "running" => Tone::Good,
            "absent" | "stopped" => Tone::Plain,
            _ => Tone::Warn,
        };
        let mut facts = vec![("private server", Cell::toned(self.state, tone))];
        let mut add = |label, value: Option<String>| {
            facts.extend(value.map(|value| (label, Cell::new(value))));
        };
        add("pid", self.pid.map(|pid| pid.to_string()));
        add("since", self.since.map(human::second));
        add("version", self.version.map(|major| format!("PostgreSQL {major}")));
        let path = |path: &PathBuf| path.display().to_string();
        add("data", self.data_dir.as_ref().map(path));
        add("socket", self.data_dir.as_ref().map(|_| path(&self.socket_dir)));
        add("log", self.log_file.as_ref().map(path));
        add("size", self.size_bytes.map(human::bytes));
        vec![Block::Grid(Grid::facts(facts))]
    }
}
