//! A URL that a command prints: where it is kept is no file of ours.

use std::io::Read;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::Context;
use crate::error::Failure;
use crate::local::environment;

/// A command that takes longer hangs. A person may have to type a passphrase.
const PATIENCE: Duration = Duration::from_secs(120);
/// Longer than any URL.
const LIMIT_BYTES: u64 = 64 << 10;

impl Context {
    /// What the command prints, which is run once.
    pub(super) fn url_of_command(&self, command: &str) -> Result<&SecretString, Failure> {
        if let Some(url) = self.url.get() {
            return Ok(url);
        }
        let url = self.run(command).map_err(|why| {
            Failure::failed("the command for the URL of the database failed").why(why).hint(
                "url_command is run by sh, and prints the URL and nothing else on its standard output",
            )
        })?;
        Ok(self.url.get_or_init(|| url))
    }

    fn run(&self, text: &str) -> Result<SecretString, String> {
        let mut command = environment::shell(text);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let stdout = child.stdout.take();
        let reader = thread::spawn(move || {
            let mut text = Zeroizing::new(String::new());
            stdout.map(|pipe| pipe.take(LIMIT_BYTES).read_to_string(&mut text)).transpose()?;
            Ok::<_, std::io::Error>(text)
        });
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                break status;
            }
            if Instant::now() >= end || self.interrupted().is_some() {
                // It may have ended by itself.
                let _ = child.kill();
                let _ = child.wait();
                return Err(String::from("it did not end, and was ended"));
            }
            thread::sleep(Duration::from_millis(10));
        };
        if !status.success() {
            return Err(format!("it ended with {status}"));
        }
        let text = reader.join().map_err(|_| String::from("what it printed can't be read"))?;
        let text = text.map_err(|_| String::from("what it printed is no text"))?;
        match text.trim() {
            "" => Err(String::from("it printed nothing")),
            url => Ok(url.into()),
        }
    }
}
