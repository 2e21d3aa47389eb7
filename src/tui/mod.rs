//! `ui`: the inbox and its health on a full screen.
//!
//! Here the terminal, the signals and the loop. `state` is what is shown and what becomes of it,
//! `draw` how it looks; `worker` asks the database, by `reading`; `behind` runs commands of ours for
//! what takes long, `action` those that change something, on the terminal.

mod action;
mod behind;
pub mod data;
pub mod draw;
mod reading;
#[cfg(test)]
mod samples;
pub mod screen;
pub mod state;
#[cfg(test)]
mod tests;
mod worker;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use clap::Args;
use ratatui::crossterm::event::{self, Event as Input};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use self::behind::Behind;
use self::draw::Look;
use self::screen::Screen;
use self::state::{Effect, Event, May, State};
use self::worker::Worker;
use crate::context::Context;
use crate::domain::access::Right;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::ui::Format;

#[derive(Debug, Args)]
pub struct UiArgs {
    /// Offer nothing that changes anything
    #[arg(long)]
    read_only: bool,
}

/// What a terminal that is gone is told as.
const HANGUP: u8 = SIGHUP as u8;
/// While somebody waits for an answer it is looked for so often, else for keys alone.
const WHILE_WAITING: Duration = Duration::from_millis(4);
const WHILE_IDLE: Duration = Duration::from_millis(50);
const TICK: Duration = Duration::from_millis(250);

/// # Errors
/// Usage: a format for programs. Refused: no terminal. The database can't be reached.
pub fn run(ctx: &mut Context, args: UiArgs) -> anyhow::Result<Outcome> {
    require_terminal(ctx)?;
    let mut db = ctx.connect()?;
    let place = ctx.place(&mut db)?;
    let may = if args.read_only { May::default() } else { rights(ctx, &mut db) };
    let look = Look { has_colours: ctx.ui.has_colours(), is_production: place.is_production() };
    // What would be said on stderr from here on would stand between two frames.
    ctx.ui = ctx.ui.silenced();
    let (state, effects) = State::new(place, may, ctx.now());
    let (sender, events) = mpsc::channel();
    let worker = Worker::start(db, sender.clone());
    let signals = Signals::install();
    let screen = Screen::enter()?;
    let (examining, matching) = (None, None);
    let mut program =
        Program { ctx, look, state, screen, worker, sender, signals, examining, matching };
    let ended = program.run(effects, &events);
    drop(program.screen);
    program.worker.end();
    ended
}

fn require_terminal(ctx: &Context) -> Result<(), Failure> {
    if ctx.ui.is_machine() {
        let format = match ctx.ui.format() {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            _ => "json",
        };
        return Err(Failure::usage(format!("ui is a screen for people, and prints no {format}"))
            .hint("`inboxctl doctor` and the lists print what it shows"));
    }
    if !ctx.ui.is_at_terminal() {
        return Err(Failure::refused("ui needs a terminal")
            .why("stdin, stdout or stderr leads elsewhere")
            .hint("run it at a terminal; over ssh, with `ssh -t`"));
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(Failure::refused("ui needs a terminal that can place text anywhere")
            .why("TERM is dumb"));
    }
    // Lines of a log would stand between two frames.
    if tracing::enabled!(tracing::Level::INFO) {
        return Err(Failure::usage("ui keeps the terminal to itself, so it logs nothing there")
            .hint("leave -v out"));
    }
    Ok(())
}

fn rights(ctx: &Context, db: &mut Db) -> May {
    May {
        contacts: ctx.may(db, Right::Contacts),
        jobs: ctx.may(db, Right::Jobs),
        settings: ctx.may(db, Right::Settings),
    }
}

/// The signal that asked to stop; SIGINT comes from elsewhere than the keyboard, whose Ctrl-C is a
/// key like any other, unless a command has the terminal.
struct Signals(Arc<AtomicUsize>);

impl Signals {
    fn install() -> Signals {
        let signal = Arc::new(AtomicUsize::new(0));
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let value = usize::try_from(number).unwrap_or_default();
            // It fails only for signals that can't be caught.
            let _ = signal_hook::flag::register_usize(number, Arc::clone(&signal), value);
        }
        Signals(signal)
    }

    fn came(&self) -> Option<u8> {
        u8::try_from(self.0.load(Ordering::SeqCst)).ok().filter(|number| *number > 0)
    }

    /// By something else than a Ctrl-C, which is the command's that has the terminal.
    fn told_to_end(&self) -> bool {
        self.came().is_some_and(|signal| i32::from(signal) != SIGINT)
    }

    /// One that was meant for the command that had the terminal.
    fn forget_interrupt(&self) {
        let _ = self.0.compare_exchange(
            usize::try_from(SIGINT).unwrap_or_default(),
            0,
            Ordering::SeqCst,
            Ordering::SeqCst,
        );
    }
}

struct Program<'a> {
    ctx: &'a Context,
    look: Look,
    state: State,
    screen: Screen,
    worker: Worker,
    sender: Sender<Event>,
    signals: Signals,
    examining: Option<Behind>,
    matching: Option<Behind>,
}

impl Program<'_> {
    fn run(&mut self, first: Vec<Effect>, events: &Receiver<Event>) -> anyhow::Result<Outcome> {
        let (columns, rows) = ratatui::crossterm::terminal::size()?;
        self.state.update(Event::Resize(columns, rows));
        let mut effects = first;
        let mut last_tick = Instant::now();
        let mut is_stale = true;
        loop {
            for effect in std::mem::take(&mut effects) {
                if !self.carry_out(effect, &mut effects)? {
                    return Ok(Outcome::Done);
                }
                is_stale = true;
            }
            if let Some(signal) = self.signals.came() {
                return Ok(Outcome::Interrupted(signal));
            }
            if is_stale {
                self.screen.terminal.draw(|frame| draw::draw(frame, &self.state, self.look))?;
                is_stale = false;
            }
            let waits = self.state.pending.is_some();
            if screen::has_hung_up(if waits { WHILE_WAITING } else { WHILE_IDLE })? {
                return Ok(Outcome::Interrupted(HANGUP));
            }
            // What was typed ahead is one frame.
            while effects.is_empty()
                && !screen::has_hung_up(Duration::ZERO)?
                && event::poll(Duration::ZERO)?
            {
                effects.extend(self.take(event::read()?));
                is_stale = true;
            }
            for event in events.try_iter() {
                effects.extend(self.state.update(event));
                is_stale = true;
            }
            if last_tick.elapsed() >= TICK {
                last_tick = Instant::now();
                effects.extend(self.state.update(Event::Tick(self.ctx.now())));
                is_stale = true;
            }
        }
    }

    fn take(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Key(key) => self.state.update(Event::Key(key)),
            Input::Paste(text) => self.state.update(Event::Paste(text)),
            Input::Resize(columns, rows) => self.state.update(Event::Resize(columns, rows)),
            Input::FocusGained | Input::FocusLost | Input::Mouse(_) => Vec::new(),
        }
    }

    /// Whether it goes on; what follows from it is added to `further`.
    fn carry_out(&mut self, effect: Effect, further: &mut Vec<Effect>) -> io::Result<bool> {
        match effect {
            Effect::Ask(ticket, question) => self.worker.ask(ticket, question),
            Effect::Forget(last) => self.worker.forget(last),
            Effect::Examine => match behind::examine(self.ctx, self.sender.clone()) {
                Ok(behind) => self.examining = Some(behind),
                Err(error) => {
                    let _ = self.sender.send(Event::Examined(Err(error.to_string())));
                }
            },
            Effect::Match => match behind::match_all(self.ctx, self.sender.clone()) {
                Ok(behind) => self.matching = Some(behind),
                Err(error) => {
                    let _ = self.sender.send(Event::Matched(Err(error.to_string())));
                }
            },
            Effect::StopMatching => self.matching = None,
            Effect::Run(words) => {
                self.screen.leave();
                let code = action::run(self.ctx, &words, &self.signals)?;
                self.screen.come_back()?;
                let (columns, rows) = ratatui::crossterm::terminal::size()?;
                self.state.update(Event::Resize(columns, rows));
                self.state.update(Event::Tick(self.ctx.now()));
                further.extend(self.state.update(Event::Returned(code)));
            }
            Effect::Copy(text) => self.screen.copy(&self.ctx.ui.placed(&text))?,
            Effect::Quit => return Ok(false),
        }
        Ok(true)
    }
}
