//! Questions to a person, and the only mint of [`Consent`].

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::Ui;
use crate::domain::consent::Consent;
use crate::error::Failure;

impl Ui {
    /// Consent to do `what` ("drop 3 tables with 1,200 rows"): given by `yes`,
    /// or by a person at a terminal.
    ///
    /// `interrupted` is asked while the person thinks; it returns the signal.
    ///
    /// # Errors
    /// Refused: the answer was no, or there is nobody to ask.
    pub fn consent(
        &self,
        what: &str,
        yes: bool,
        interrupted: &dyn Fn() -> Option<u8>,
    ) -> Result<Consent, Failure> {
        if yes {
            return Ok(Consent::mint());
        }
        if !self.can_ask() {
            return Err(Failure::refused(format!("will not {what} without consent"))
                .why("there is no terminal to ask at, and --yes was not given")
                .hint("look first with --dry-run, then say --yes"));
        }
        let answer = self.ask(&format!("{}? [y/N] ", capitalised(what)), interrupted)?;
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" => Ok(Consent::mint()),
            _ => Err(Failure::refused("nothing was changed").why("the answer was not yes")),
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
        name: &str,
        flag: &str,
        confirmed: Option<&str>,
        interrupted: &dyn Fn() -> Option<u8>,
    ) -> Result<Consent, Failure> {
        let typed = match confirmed {
            Some(confirmed) => confirmed.to_owned(),
            None if self.can_ask() => {
                let question =
                    format!("{}.\nType the name of the database to go on: ", capitalised(what));
                self.ask(&question, interrupted)?.trim().to_owned()
            }
            None => {
                return Err(Failure::refused(format!("will not {what} without consent"))
                    .why(format!("there is no terminal to ask at, and {flag} was not given"))
                    .hint(format!("look first with --dry-run, then say {flag} {name}")));
            }
        };
        if typed == name {
            Ok(Consent::mint())
        } else {
            Err(Failure::refused("nothing was changed")
                .why(format!("{typed:?} is not the name of this database, {name:?}")))
        }
    }

    /// One of `letters`, and with it the consent to what it stands for.
    ///
    /// # Errors
    /// Refused: there is nobody to ask. Interrupted.
    pub fn choose(
        &self,
        question: &str,
        letters: &[char],
        interrupted: &dyn Fn() -> Option<u8>,
    ) -> Result<(char, Consent), Failure> {
        if !self.can_ask() {
            return Err(Failure::refused("there is no terminal to ask at")
                .hint("run it at a terminal, or without --review"));
        }
        loop {
            let answer = self.ask(question, interrupted)?.trim().to_lowercase();
            if let Some(&letter) = letters.iter().find(|letter| answer == letter.to_string()) {
                return Ok((letter, Consent::mint()));
            }
        }
    }

    fn can_ask(&self) -> bool {
        self.stdin_is_terminal && self.stderr_is_terminal
    }

    fn ask(&self, question: &str, interrupted: &dyn Fn() -> Option<u8>) -> Result<String, Failure> {
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "{question}");
        let _ = stderr.flush();
        drop(stderr);
        let answer = read_line(interrupted);
        if answer.is_err() {
            let _ = writeln!(io::stderr().lock());
        }
        answer
    }
}

/// A line of stdin, read by a thread: a signal doesn't wake up a blocked read,
/// because the handler restarts it.
fn read_line(interrupted: &dyn Fn() -> Option<u8>) -> Result<String, Failure> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = io::stdin().read_line(&mut line).map(|_| line);
        let _ = sender.send(read);
    });
    loop {
        match receiver.recv_timeout(Duration::from_millis(20)) {
            // The end of input: nobody will answer any more.
            Ok(Ok(line)) if line.is_empty() => {
                return Err(Failure::refused("nothing was changed").why("stdin was closed"));
            }
            Ok(Ok(line)) => return Ok(line),
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

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
