//! The terminal as a full screen, and as it was before: also after a panic.

use std::io::{self, BufWriter, Stdout, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::ResetColor;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{self, QueueSelector};

/// The terminal is ours.
static IS_OURS: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

type Cells = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

pub struct Screen {
    pub terminal: Cells,
}

/// Nothing is on it yet. A frame is written at once.
fn empty() -> io::Result<Cells> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout())))
}

impl Screen {
    /// # Errors
    /// The terminal can't be written to, or isn't one.
    pub fn enter() -> io::Result<Screen> {
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                give_back();
                before(info);
            }));
        });
        take()?;
        Ok(Screen { terminal: empty()? })
    }

    /// For what is run on the terminal.
    pub fn leave(&mut self) {
        give_back();
    }

    /// # Errors
    /// As for [`Screen::enter`].
    pub fn come_back(&mut self) -> io::Result<()> {
        take()?;
        // To clear the one that is there it would ask the terminal where its cursor is, and wait.
        self.terminal = empty()?;
        Ok(())
    }

    /// Into the clipboard of whoever sits at the terminal, if theirs takes it.
    ///
    /// # Errors
    /// The terminal can't be written to.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        write!(out, "\x1b]52;c;{}\x07", STANDARD.encode(text))?;
        out.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Waits until something was typed, a signal came or the time is over; whether the terminal is gone. What
/// reads keys never returns then.
///
/// # Errors
/// The system can't wait for it.
pub fn has_hung_up(wait: Duration) -> io::Result<bool> {
    let stdin = rustix::stdio::stdin();
    let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
    let timeout = Timespec { tv_sec: 0, tv_nsec: wait.subsec_nanos().into() };
    match poll(&mut waiting, Some(&timeout)) {
        Ok(_) => Ok(waiting[0].revents().intersects(PollFlags::HUP | PollFlags::ERR)),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// What was typed before is for nobody.
pub(super) fn one_key_at_a_time() -> io::Result<()> {
    enable_raw_mode()?;
    IS_OURS.store(true, Ordering::SeqCst);
    // A terminal that can't forget it hands it over.
    let _ = termios::tcflush(rustix::stdio::stdin(), QueueSelector::IFlush);
    Ok(())
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    IS_OURS.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)
}

/// Once, whoever comes first.
fn give_back() {
    if IS_OURS.swap(false, Ordering::SeqCst) {
        // A terminal that is gone takes nothing back.
        let _ =
            execute!(io::stdout(), ResetColor, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}
