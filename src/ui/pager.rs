//! A pager for what is longer than the screen, as git has it.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::{Command, ExitStatus, Stdio};

use rustix::termios;

use super::signals;

/// What a shell says of a program that it can't run.
const NOT_RUN: [i32; 2] = [126, 127];
/// What only a shell understands.
const OF_SHELL: [char; 18] =
    ['|', '&', ';', '<', '>', '(', ')', '$', '`', '\\', '*', '?', '[', '#', '~', '=', '%', '\n'];

/// Whether a pager has shown the text: none is there, or it fits on the screen.
pub(super) fn has_shown(text: &[u8]) -> bool {
    let lines = text.iter().filter(|byte| **byte == b'\n').count();
    // A pseudo-terminal that nobody gave a size has no rows, and the shell's prompt needs one.
    let rows = termios::tcgetwinsize(rustix::stdio::stdout()).map_or(0, |size| size.ws_row);
    if rows == 0 || lines < usize::from(rows) {
        return false;
    }
    let Some(mut pager) = pager() else { return false };
    if env::var_os("LESS").is_none() {
        // Leaves what fits on the screen, keeps colours, keeps what was shown.
        pager.env("LESS", "FRX");
    }
    signals::left_to_another(|| run(&mut pager, text))
        .is_ok_and(|ended| !ended.code().is_some_and(|code| NOT_RUN.contains(&code)))
}

/// Of the environment alone: no file of the folder at hand names a program to run.
fn pager() -> Option<Command> {
    let named = ["INBOXCTL_PAGER", "PAGER"].iter().find_map(env::var_os);
    match named {
        None => Some(Command::new("less")),
        Some(none) if none.is_empty() || none == "cat" => None,
        Some(words) => Some(named_by(&words)),
    }
}

/// By itself where it is only words: a Ctrl-C ends a shell that waits for its pager.
fn named_by(words: &OsStr) -> Command {
    let plain = words.to_str().filter(|text| !text.contains(OF_SHELL));
    let mut words_of = plain.and_then(shlex::split).unwrap_or_default().into_iter();
    match words_of.next() {
        Some(program) => {
            let mut pager = Command::new(program);
            pager.args(words_of);
            pager
        }
        None => {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(words);
            shell
        }
    }
}

fn run(pager: &mut Command, text: &[u8]) -> io::Result<ExitStatus> {
    let mut child = pager.stdin(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Who has seen enough closes it.
        let _ = stdin.write_all(text);
    }
    child.wait()
}
