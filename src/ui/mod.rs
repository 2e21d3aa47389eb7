//! Everything that is printed, and the questions that are asked.
//!
//! stdout carries the result and nothing else; everything else goes to stderr.
//! Knows nothing of the database.

pub mod chart;
mod fit;
mod grid;
pub mod human;
mod list;
pub mod log;
mod machine;
mod pager;
mod progress;
mod prompt;
pub mod signals;
mod table;
mod tones;
mod zone;

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use serde::Serialize;
use serde_json::json;

use crate::error::{Failure, Kind};

pub use grid::{Block, Cell, Column, Grid, Tone};
pub use list::{Field, List, Listed};
pub use machine::millis;
pub use progress::Progress;

/// How a command begins that is suggested.
const COMMAND: &str = "inboxctl ";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
}

/// What the command line says about output.
#[derive(Debug, Clone)]
pub struct Settings {
    pub format: Format,
    /// `None`: on a terminal, unless NO_COLOR is set.
    pub color: Option<bool>,
    pub quiet: bool,
    /// Whether tables that are longer than the screen go to a pager.
    pub pager: bool,
    /// Whether people read times in UTC too.
    pub utc: bool,
    /// Whether a spreadsheet reads what is printed as CSV.
    pub spreadsheet: bool,
    /// Global flags that say where to work, as they are typed: a command that is suggested without
    /// them would work elsewhere.
    pub place: String,
    /// There is a way to look first.
    pub has_dry_run: bool,
}

/// How a view looks to people. Its serde form is how it looks to machines.
pub trait Tabular {
    fn blocks(&self) -> Vec<Block>;

    /// The JSON key of the list that jsonl and csv print a line each of;
    /// without one the whole view is one record.
    fn records_key(&self) -> Option<&'static str> {
        None
    }

    /// The columns of csv, where they are known without a record: it has a header all the same.
    fn record_keys(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// A view of one piece.
impl Tabular for Block {
    fn blocks(&self) -> Vec<Block> {
        vec![self.clone()]
    }
}

/// Where output goes and how. Cheap to clone, so that threads can report.
#[derive(Debug, Clone)]
pub struct Ui {
    format: Format,
    quiet: bool,
    color_out: bool,
    color_err: bool,
    stderr_is_terminal: bool,
    stdin_is_terminal: bool,
    place: String,
    has_dry_run: bool,
    /// Columns; `None` when stdout is no terminal: then nothing is wrapped.
    width: Option<u16>,
    pager: bool,
    spreadsheet: bool,
    /// Whether a question or a bar has stood at the terminal: a pager would come between.
    is_busy: Arc<AtomicBool>,
}

impl Ui {
    pub fn new(settings: Settings) -> Ui {
        zone::start(settings.utc);
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let color = |is_terminal| settings.color.unwrap_or(is_terminal && !no_color && !dumb);
        let stdout_is_terminal = io::stdout().is_terminal();
        let stderr_is_terminal = io::stderr().is_terminal();
        Ui {
            format: settings.format,
            quiet: settings.quiet,
            color_out: color(stdout_is_terminal),
            color_err: color(stderr_is_terminal),
            stderr_is_terminal,
            stdin_is_terminal: io::stdin().is_terminal(),
            place: settings.place,
            has_dry_run: settings.has_dry_run,
            width: stdout_is_terminal.then(table::terminal_width),
            pager: settings.pager && stdout_is_terminal && !dumb,
            spreadsheet: settings.spreadsheet,
            is_busy: Arc::default(),
        }
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether whoever read stdout has closed it.
    pub fn is_reader_gone(&self) -> bool {
        let mut stdout = [PollFd::from_borrowed_fd(rustix::stdio::stdout(), PollFlags::empty())];
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        let gone = PollFlags::ERR | PollFlags::HUP;
        poll(&mut stdout, Some(&now)).is_ok() && stdout[0].revents().intersects(gone)
    }

    /// The same, but silent on stderr: for what goes on behind a full screen.
    pub fn silenced(&self) -> Ui {
        Ui { quiet: true, ..self.clone() }
    }

    /// The same without a pager: for what goes on by itself.
    pub fn unpaged(&self) -> Ui {
        Ui { pager: false, ..self.clone() }
    }

    /// Whether what is shown at a terminal may have colours.
    pub fn has_colours(&self) -> bool {
        self.color_out
    }

    /// Whether stderr is shown at a terminal.
    pub fn is_stderr_shown(&self) -> bool {
        self.stderr_is_terminal
    }

    /// Whether the result is read by a program.
    pub fn is_machine(&self) -> bool {
        self.format != Format::Table
    }

    /// Whether the result goes to a person's eyes and nowhere else.
    pub fn is_at_terminal(&self) -> bool {
        self.width.is_some() && self.can_ask()
    }

    /// Prints a result to stdout in the chosen format.
    ///
    /// # Errors
    /// stdout can't be written to; a broken pipe ends the program quietly.
    pub fn show<V: Serialize + Tabular>(&self, view: &V) -> io::Result<()> {
        self.show_by(view, self.pager && !self.is_busy.load(Ordering::Relaxed))
    }

    fn show_by<V: Serialize + Tabular>(&self, view: &V, pages: bool) -> io::Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match self.format {
            Format::Table => {
                let mut text = Vec::new();
                table::write(&mut text, &self.blocks(view), self.width, self.color_out)?;
                if pages && pager::has_shown(&text) {
                    return Ok(());
                }
                out.write_all(&text)?;
            }
            Format::Json => machine::write_json(&mut out, view)?,
            Format::Jsonl => machine::write_jsonl(&mut out, view, view.records_key())?,
            Format::Csv => {
                let keys = view.record_keys();
                machine::write_csv(&mut out, view, (view.records_key(), &keys), &|text| {
                    self.csv_cell(text)
                })?
            }
        }
        out.flush()
    }

    /// The text as a cell of CSV: itself, unless a spreadsheet reads it, which would run what begins
    /// as a formula does (OWASP, CSV injection).
    pub fn csv_cell<'a>(&self, text: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
        const BEGINS: [char; 11] =
            ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
        let text = text.into();
        match self.spreadsheet && text.starts_with(BEGINS) {
            true => Cow::Owned(format!("'{text}")),
            false => text,
        }
    }

    /// Shows on stderr what would be done, before somebody is asked: stdout is for what was.
    pub fn preview(&self, plan: &dyn Tabular) {
        let width = self.width.or_else(|| Some(table::terminal_width()));
        let mut err = io::stderr().lock();
        // Nobody can be told that stderr is closed.
        let _ = table::write(&mut err, &self.blocks(plan), width, self.color_err);
        let _ = writeln!(err);
    }

    /// Prints what was done. Under --quiet a person is told nothing of success,
    /// so that cron sends no mail; a program gets its document.
    ///
    /// # Errors
    /// As for [`Ui::show`].
    pub fn summarise<V: Serialize + Tabular>(&self, view: &V) -> io::Result<()> {
        if self.quiet && !self.is_machine() { Ok(()) } else { self.show_by(view, false) }
    }

    /// Prints text that is itself the result: a script, a URL, a path.
    ///
    /// # Errors
    /// As for [`Ui::show`].
    pub fn print(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    /// One line about what is going on.
    pub fn status(&self, message: impl AsRef<str>) {
        if !self.quiet {
            self.err_line("", None, message.as_ref());
        }
    }

    pub fn warn(&self, message: impl AsRef<str>) {
        if !self.quiet {
            self.err_line("warning: ", Some(Tone::Warn), message.as_ref());
        }
    }

    pub fn hint(&self, message: impl AsRef<str>) {
        if !self.quiet {
            self.err_line("hint: ", Some(Tone::Dim), &self.placed(message.as_ref()));
        }
    }

    /// The text with its commands, `` `inboxctl ...` ``, from its beginning or behind a colon or a
    /// semicolon, as they work where this one works; one that says so already is left.
    pub fn placed(&self, text: &str) -> String {
        if self.place.is_empty() {
            return text.to_owned();
        }
        let place = format!("{} ", self.place);
        let parts = text.split(COMMAND);
        let mut placed = String::new();
        for (at, part) in parts.enumerate() {
            if at > 0 {
                let is_command =
                    placed.is_empty() || ["`", ": ", "; "].iter().any(|it| placed.ends_with(it));
                placed.push_str(COMMAND);
                if is_command && !part.starts_with(&place) {
                    placed.push_str(&place);
                }
            }
            placed.push_str(part);
        }
        placed
    }

    /// What a view says, with its commands as [`Ui::placed`] has them.
    fn blocks(&self, view: &dyn Tabular) -> Vec<Block> {
        let mut blocks = view.blocks();
        for block in &mut blocks {
            match block {
                Block::Text(text) => *text = self.placed(text),
                Block::Grid(grid) => {
                    grid.notes.iter_mut().for_each(|note| *note = self.placed(note))
                }
                Block::Verbatim(_) => {}
            }
        }
        blocks
    }

    /// Prints why the program ends; even when it is quiet.
    pub fn failure(&self, failure: &Failure) {
        let hint = failure.hint.as_deref().map(|hint| self.placed(hint));
        if self.format == Format::Json {
            print_failure_json(&Failure { hint, ..failure.clone() });
            return;
        }
        match failure.kind {
            Kind::Declined => self.err_line("", None, &failure.what),
            _ => self.err_line("error: ", Some(Tone::Bad), &failure.what),
        }
        if let Some(why) = &failure.why {
            self.err_line("reason: ", Some(Tone::Dim), why);
        }
        if let Some(hint) = &hint {
            self.err_line("hint: ", Some(Tone::Dim), hint);
        }
    }

    /// A bar on a terminal, nothing elsewhere. `total` in rows or bytes.
    pub fn progress(&self, label: &str, total: u64) -> Progress {
        Progress::new(self.clone(), label, total)
    }

    /// A spinner on a terminal, for work that can't say how far it is.
    pub fn spinner(&self, label: &str) -> Progress {
        Progress::spinner(self.clone(), label)
    }

    /// Whether bars are drawn; what follows one goes to no pager.
    fn draws(&self) -> bool {
        let draws = self.stderr_is_terminal && !self.quiet;
        self.is_busy.fetch_or(draws, Ordering::Relaxed);
        draws
    }

    fn err_line(&self, prefix: &str, tone: Option<Tone>, message: &str) {
        let width = self.stderr_is_terminal.then(table::terminal_width);
        let message = human::printable(message);
        let message = fit::wrap(&message, prefix.len(), width);
        let prefix = match tone {
            Some(tone) if self.color_err => tone.paint(prefix),
            _ => prefix.to_owned(),
        };
        // Nobody can be told that stderr is closed.
        let _ = writeln!(io::stderr().lock(), "{prefix}{message}");
    }
}

/// The failure as the one JSON document that a program reading stderr expects.
pub fn print_failure_json(failure: &Failure) {
    let document = json!({
        "error": {
            "kind": failure.kind,
            "message": match &failure.why {
                Some(why) => format!("{}: {why}", failure.what),
                None => failure.what.clone(),
            },
            "hint": failure.hint,
        }
    });
    let _ = writeln!(io::stderr().lock(), "{document}");
}
