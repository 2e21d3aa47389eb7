//! Questions to a person, and the only mint of [`Consent`].

use std::io::{self, Write};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rustix::termios::{self, LocalModes, OptionalActions, Termios};
use zeroize::Zeroizing;

use super::{Tone, Ui, fit, human};
use crate::domain::consent::Consent;
use crate::domain::environment::Place;
use crate::error::{Failure, Kind};

impl Ui {
    /// Consent to do `what` ("drop 3 tables with 1,200 rows"): given by `yes`,
    /// or by a person at a terminal.
    ///
    /// The question ends with the place, `in inbox on db.prod (PRODUCTION)`.
    /// `interrupted` is asked while the person thinks; it returns the signal.
    ///
    /// # Errors
    /// Refused: the answer was no, or there is nobody to ask.
    pub fn consent(
        &self,
        what: &str,
        place: Option<&Place>,
        yes: bool,
        interrupted: &dyn Fn() -> Option<u8>,
    ) -> Result<Consent, Failure> {
        if yes {
            return Ok(Consent::mint());
        }
        if !self.can_ask() {
            return Err(Failure::refused(format!("will not {what} without consent"))
                .why("there is no terminal to ask at, and --yes was not given")
                .hint(format!("{}say --yes", self.look_first())));
        }
        let place = place.map(|place| self.in_place(place)).unwrap_or_default();
        let question = format!("{}{place}? [y/N] ", capitalised(&human::printable(what)));
        let answer = self.ask(&question, interrupted)?;
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" => Ok(Consent::mint()),
            _ => Err(Failure::new(Kind::Declined, "You answered no: nothing was changed.")),
        }
    }

    /// Consent that takes the name of the thing: typed at a terminal, given as
    /// `confirmed` (of the flag `flag`) elsewhere. A wrong name is refused in
    /// both places.
    ///
    /// # Errors
    /// Refused, as for [`Ui::consent`].
    pub fn consent_by_name(
        &self,
        what: &str,
        place: Option<&Place>,
        name: &str,
        flag: &str,
        confirmed: Option<&str>,
        interrupted: &dyn Fn() -> Option<u8>,
    ) -> Result<Consent, Failure> {
        let typed = match confirmed {
            Some(confirmed) => confirmed.to_owned(),
            None if self.can_ask() => {
                let question = format!(
                    "{}{}.\nType the name of the database to go on: ",
                    capitalised(&human::printable(what)),
                    place.map(|place| self.in_place(place)).unwrap_or_default()
                );
                self.ask(&question, interrupted)?.trim().to_owned()
            }
            None => {
                return Err(Failure::refused(format!("will not {what} without consent"))
                    .why(format!("there is no terminal to ask at, and {flag} was not given"))
                    .hint(format!("{}say {flag} {name}", self.look_first())));
            }
        };
        if typed == name {
            Ok(Consent::mint())
        } else {
            Err(Failure::refused("nothing was changed")
                .why(format!("{typed:?} is not the name of this database, {name:?}")))
        }
    }

    fn look_first(&self) -> &'static str {
        if self.has_dry_run { "look first with --dry-run, then " } else { "" }
    }

    /// ` in inbox on db.prod (PRODUCTION)`, production in red.
    fn in_place(&self, place: &Place) -> String {
        let at = format!(" in {} on {}", place.database, place.server);
        let mark = match place.mark() {
            Some(mark) if place.is_production() && self.color_err => Tone::Bad.paint(&mark),
            Some(mark) => mark,
            None => return human::printable(&at),
        };
        format!("{} ({mark})", human::printable(&at))
    }

    /// One of `letters` in answer to `what`, and with it the consent to what it stands for. `keys` says
    /// what the letters mean.
    ///
    /// # Errors
    /// Refused: there is nobody to ask. Interrupted.
    pub fn choose(
        &self,
        what: &str,
        place: Option<&Place>,
        (keys, letters): (&str, &[char]),
        interrupted: &dyn Fn() -> Option<u8>,
    ) -> Result<(char, Consent), Failure> {
        if !self.can_ask() {
            return Err(Failure::refused("there is no terminal to ask at")
                .hint("run it at a terminal, or without --review"));
        }
        let place = place.map(|place| self.in_place(place)).unwrap_or_default();
        let question = format!("{}{place}? {keys} ", human::printable(what));
        loop {
            let answer = self.ask(&question, interrupted)?.trim().to_lowercase();
            if let Some(&letter) = letters.iter().find(|letter| answer == letter.to_string()) {
                return Ok((letter, Consent::mint()));
            }
        }
    }

    /// A line typed without being shown. Empty if just Enter was pressed.
    ///
    /// # Errors
    /// Refused: there is nobody to ask, or the line doesn't fit into the
    /// terminal's buffer.
    pub fn ask_secret(
        &self,
        question: &str,
        interrupted: &dyn Fn() -> Option<u8>,
    ) -> Result<Zeroizing<String>, Failure> {
        if !self.can_ask() {
            return Err(Failure::refused(format!("can't ask for a secret ({question})"))
                .why("there is no terminal to ask at"));
        }
        // The handler must be there before the echo is off: it stays off after
        // a process that a signal ends.
        if let Some(signal) = interrupted() {
            return Err(Failure::interrupted(signal));
        }
        self.is_busy.store(true, Ordering::Relaxed);
        let _ = write!(io::stderr().lock(), "{}: ", question);
        let _silence = Silence::start()?;
        let answer = wait_for(interrupted, read_secret_line);
        let _ = writeln!(io::stderr().lock());
        answer
    }

    /// Whether somebody sits at a terminal to answer.
    pub fn can_ask(&self) -> bool {
        self.stdin_is_terminal && self.stderr_is_terminal
    }

    /// Without a word, or the answers that there are, broken at the edge.
    fn wrapped_question(&self, question: &str) -> String {
        let columns = termios::tcgetwinsize(rustix::stdio::stderr()).map_or(0, |size| size.ws_col);
        // A pseudo-terminal that nobody gave a size says 0.
        let width = Some(columns).filter(|columns| *columns > 0);
        format!("{} ", fit::wrap(question.trim_end(), 0, width))
    }

    fn ask(&self, question: &str, interrupted: &dyn Fn() -> Option<u8>) -> Result<String, Failure> {
        // The handler must be there before the question is: who answers it with Ctrl-C is told what
        // became of it.
        if let Some(signal) = interrupted() {
            return Err(Failure::interrupted(signal));
        }
        self.is_busy.store(true, Ordering::Relaxed);
        let question = self.wrapped_question(question);
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "{question}");
        let _ = stderr.flush();
        drop(stderr);
        let answer = wait_for(interrupted, || {
            let mut line = String::new();
            match io::stdin().read_line(&mut line)? {
                // The end of input: nobody will answer any more.
                0 => Err(io::Error::other("stdin was closed")),
                _ => Ok(line),
            }
        });
        if answer.is_err() {
            let _ = writeln!(io::stderr().lock());
        }
        answer
    }
}

/// What `read` reads from stdin, in a thread: a signal doesn't wake up a blocked
/// read, because the handler restarts it.
fn wait_for<T: Send + 'static>(
    interrupted: &dyn Fn() -> Option<u8>,
    read: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let _ = sender.send(read());
    });
    loop {
        match receiver.recv_timeout(Duration::from_millis(20)) {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => {
                return Err(Failure::refused("nothing was changed").why(error.to_string()));
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some(signal) = interrupted() {
                    return Err(Failure::interrupted(signal));
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::refused("nothing was changed").why("stdin was closed"));
            }
        }
    }
}

/// What a terminal hands over at most for one line; what is longer is cut off
/// without a word.
const TERMINAL_LINE_BYTES: usize = 4095;

/// Read past the standard library's buffer, which is never overwritten.
fn read_secret_line() -> io::Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(vec![0; TERMINAL_LINE_BYTES + 1]);
    let length = rustix::io::read(rustix::stdio::stdin(), &mut bytes[..])?;
    let line = bytes[..length].strip_suffix(b"\n").unwrap_or(&bytes[..length]);
    if length == 0 {
        return Err(io::Error::other("stdin was closed"));
    }
    if line.len() >= TERMINAL_LINE_BYTES - 1 {
        return Err(io::Error::other(
            "the line is too long for a terminal; read it from a file instead",
        ));
    }
    match std::str::from_utf8(line) {
        Ok(line) => Ok(Zeroizing::new(line.to_owned())),
        Err(_) => Err(io::Error::other("it is not UTF-8")),
    }
}

/// No echo while it lives.
struct Silence {
    before: Termios,
}

impl Silence {
    fn start() -> Result<Silence, Failure> {
        let set = || {
            let before = termios::tcgetattr(rustix::stdio::stdin())?;
            let mut silent = before.clone();
            silent.local_modes.remove(LocalModes::ECHO);
            // What was typed ahead was shown: it is no secret any more.
            termios::tcsetattr(rustix::stdio::stdin(), OptionalActions::Flush, &silent)?;
            Ok(Silence { before })
        };
        set().map_err(|error: rustix::io::Errno| {
            Failure::refused("can't hide what is typed").why(error.to_string())
        })
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        let _ = termios::tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.before);
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
