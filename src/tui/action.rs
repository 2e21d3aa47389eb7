//! A command of ours on the terminal, with its own questions, and back at a key.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyEventKind};

use super::Signals;
use super::screen;
use super::state::command_line;
use crate::context::{Context, itself};

const POLL: Duration = Duration::from_millis(20);

/// Its exit code; `None` if a signal ended it. Ctrl-C is the command's: it has the terminal.
///
/// # Errors
/// It can't be started, or the terminal is gone.
pub(super) fn run(ctx: &Context, words: &[String], signals: &Signals) -> io::Result<Option<i32>> {
    let mut out = io::stdout().lock();
    writeln!(out, "$ {}\n", ctx.ui.placed(&command_line(words)))?;
    out.flush()?;
    let mut child = ctx.itself(words)?.spawn()?;
    let mut is_told = false;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if signals.told_to_end() && !is_told {
            itself::tell_to_stop(child.id());
            is_told = true;
        }
        thread::sleep(POLL);
    };
    signals.forget_interrupt();
    if is_told {
        return Ok(status.code());
    }
    let how = match status.code() {
        Some(0) => String::from("Done."),
        Some(code) => format!("It ended with exit code {code}."),
        None => String::from("A signal ended it."),
    };
    // Before it is asked for: a key that comes earlier would wait for the end of a line.
    screen::one_key_at_a_time()?;
    write!(out, "\r\n{how} Press any key to go back.")?;
    out.flush()?;
    wait_for_a_key(signals)?;
    Ok(status.code())
}

fn wait_for_a_key(signals: &Signals) -> io::Result<()> {
    while !signals.told_to_end() {
        if event::poll(POLL * 5)?
            && let Event::Key(key) = event::read()?
            && key.kind == KeyEventKind::Press
        {
            break;
        }
    }
    Ok(())
}
