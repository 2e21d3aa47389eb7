//! What a command line names twice, and could show only once.

use std::collections::HashSet;

use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory as _};

use super::Cli;

/// # Errors
/// `--columns` names one twice.
pub(super) fn refuse(matches: &ArgMatches) -> Result<(), clap::Error> {
    let mut level = matches;
    while let Some((_, below)) = level.subcommand() {
        level = below;
    }
    let columns = level.try_get_many::<String>("columns").ok().flatten();
    let mut seen = HashSet::new();
    match columns.into_iter().flatten().find(|column| !seen.insert(*column)) {
        Some(column) => Err(Cli::command()
            .error(ErrorKind::ValueValidation, format!("--columns names {column} twice"))),
        None => Ok(()),
    }
}
