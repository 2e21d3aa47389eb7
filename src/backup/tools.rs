//! Choosing a client program that fits the server.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::domain::backup::version;
use crate::error::Failure;
use crate::local::Client;

/// The installation of `program` that fits a server of this major version best.
/// `named` is the folder of INBOXCTL_PG_BIN.
///
/// # Errors
/// There is none, or every one of them is too old.
pub fn find(program: &str, named: Option<&Path>, major: u32) -> Result<Client, Failure> {
    let mut found = installations(program, named);
    let majors: Vec<u32> = found.iter().map(|client| client.major).collect();
    let hint = format!(
        "install the client programs of PostgreSQL {major} or later, \
         or name their folder in INBOXCTL_PG_BIN"
    );
    if let Some(index) = version::choose(&majors, major) {
        return Ok(found.swap_remove(index));
    }
    Err(match found.iter().max_by_key(|client| client.major) {
        None => Failure::failed(format!("{program} was not found")).hint(hint),
        Some(newest) => {
            Failure::failed(format!("{program} is too old: version {major} or later is needed"))
                .why(format!(
                    "the newest one here is {} ({})",
                    newest.version,
                    newest.path.display()
                ))
                .hint(hint)
        }
    })
}

/// What was found, for whom.
struct Found {
    program: String,
    named: Option<PathBuf>,
    clients: Vec<Client>,
}

/// As [`Client::find_all`], once for a command: each of them is started to tell its version, and a
/// restore asks for the same one several times.
fn installations(program: &str, named: Option<&Path>) -> Vec<Client> {
    static FOUND: Mutex<Vec<Found>> = Mutex::new(Vec::new());
    let mut known = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    let is_it = |one: &&Found| one.program == program && one.named.as_deref() == named;
    if let Some(found) = known.iter().find(is_it) {
        return found.clients.clone();
    }
    let clients = Client::find_all(program, named);
    let (program, named) = (program.to_owned(), named.map(Path::to_owned));
    known.push(Found { program, named, clients: clients.clone() });
    clients
}
