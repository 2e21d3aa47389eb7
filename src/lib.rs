//! inboxctl: the operator's tool for a Unified Inbox database on PostgreSQL.
//!
//! The rooms, and what may call what: `cli -> {commands, tui}`, `tui -> {context, ui, store, domain}`,
//! `commands -> {context, ui, store,
//! domain, local, keyring, archive, backup}`, `context -> {config, ui, store, keyring}`,
//! `store, keyring, archive -> domain`, `backup -> {domain, local}`, whoever writes a file of its own
//! `-> atomic_file`, and whoever reads one `-> bounded_file`; backups and archives are encrypted by
//! `age_files`. `domain`, `local` and the first two of these know
//! nothing else of ours, `ui` never sees `store`, and everybody may return an [`error::Failure`].
//! `tests/house` keeps it so.

pub mod age_files;
pub mod archive;
pub mod atomic_file;
pub mod backup;
pub mod bounded_file;
pub mod cli;
pub mod commands;
pub mod config;
pub mod context;
pub mod domain;
pub mod error;
pub mod keyring;
pub mod local;
pub mod store;
pub mod tui;
pub mod ui;

use std::ffi::OsString;
use std::io::Write as _;

use clap::error::ErrorKind;

use crate::ui::Ui;

/// Runs one command line and returns the exit code.
///
/// Everything that goes wrong is printed here, so that no other place prints
/// an error.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    if cli::complete(&args) {
        return 0;
    }
    let cli = match cli::parse(&args) {
        Ok(cli) => cli,
        Err(error) => return refuse_usage(&args, &error),
    };
    let ui = Ui::new(cli.ui_settings());
    let ended = cli::dispatch(cli, ui.clone());
    for path in atomic_file::take_swept() {
        ui.status(format!("removed {}, which a killed run had left there", path.display()));
    }
    match ended {
        Ok(outcome) => outcome.exit_code(),
        Err(error) if error::is_broken_pipe(&error) => 0,
        Err(error) => {
            let failure = error::explain(&error);
            ui.failure(&failure);
            failure.kind.exit_code()
        }
    }
}

/// `--help` and `--version` are errors to clap, but not to anybody else.
fn refuse_usage(args: &[OsString], error: &clap::Error) -> u8 {
    let wants_json = args.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
        || args.iter().any(|arg| arg == "--format=json");
    let is_verbose = |arg: &OsString| ["-v", "-vv", "--verbose"].iter().any(|flag| arg == flag);
    match error.kind() {
        ErrorKind::DisplayVersion if args.iter().any(is_verbose) => {
            let _ = write!(std::io::stdout().lock(), "{}", cli::build());
            0
        }
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Help that nobody reads (a closed pipe) is no failure.
            let _ = error.print();
            0
        }
        _ if wants_json => {
            ui::print_failure_json(&cli::usage_failure(error));
            2
        }
        _ => {
            let _ = error.print();
            2
        }
    }
}
