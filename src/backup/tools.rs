//! Choosing a client program that fits the server.

use std::path::Path;

use crate::domain::backup::version;
use crate::error::Failure;
use crate::local::Client;

/// The installation of `program` that fits a server of this major version best.
/// `named` is the folder of INBOXCTL_PG_BIN.
///
/// # Errors
/// There is none, or every one of them is too old.
pub fn find(program: &str, named: Option<&Path>, major: u32) -> Result<Client, Failure> {
    let mut found = Client::find_all(program, named);
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
