//! `completions SHELL`, and the values that the shell asks for while a line is typed.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::Args;
use clap_complete::Shell;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use crate::config::Source;
use crate::context::Context;
use crate::domain::bare_word;
use crate::error::{Failure, Outcome};
use crate::store::migrations::MIGRATIONS;
use crate::store::{beginnings, templates, tx, users};

/// That it is set says: a shell asks what may come next.
pub const VARIABLE: &str = "INBOXCTL_COMPLETE";
const PROGRAM: &str = "inboxctl";

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(ctx: &mut Context, args: CompletionsArgs) -> anyhow::Result<Outcome> {
    let shell: &dyn EnvCompleter = match args.shell {
        Shell::Bash => &Bash,
        Shell::Elvish => &Elvish,
        Shell::Fish => &Fish,
        Shell::PowerShell => &Powershell,
        Shell::Zsh => &Zsh,
        other => return Err(Failure::usage(format!("{other} can't be completed in")).into()),
    };
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    ctx.ui.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

/// What a value may be one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Contacts,
    Users,
    Templates,
    Migrations,
    Profiles,
}

/// A value, and what people know it by.
pub type Value = (String, Option<String>);

/// Who types waits for no server that is far away, or gone.
const PATIENCE: Duration = Duration::from_millis(500);
const BRIEFLY: tx::Timeouts = tx::Timeouts { statement_timeout_ms: 400, lock_timeout_ms: 50 };
/// More would fill the screen.
const MOST: i64 = 50;
/// Few enough to be looked through.
const NAMES: i64 = 5_000;

/// What begins as it was typed, whatever its case, and a shell takes as it is; nothing where there
/// is nobody to ask.
pub fn values(ctx: Context, of: Of, typed: &str) -> Vec<Value> {
    let begins = |value: &str| {
        let beginning = value.get(..typed.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(typed))
    };
    let all: Vec<Value> = match of {
        Of::Migrations => MIGRATIONS
            .iter()
            .map(|one| (one.version.to_owned(), Some(one.name.to_owned())))
            .collect(),
        Of::Profiles => {
            let profiles = ctx.config.reading.profiles.iter();
            profiles.map(|one| (one.name.clone(), None)).collect()
        }
        Of::Contacts | Of::Users | Of::Templates => asked(ctx, of, typed.to_owned()),
    };
    let fits = |(value, _): &Value| begins(value) && bare_word::is_bare(value);
    all.into_iter().filter(fits).take(MOST as usize).collect()
}

/// Whether every shell takes the path as it is; one below the home may have been begun so.
pub fn may_offer(path: &str, is_at_home: bool) -> bool {
    match is_at_home {
        true => bare_word::is_bare_at_home(path),
        false => bare_word::is_bare(path),
    }
}

/// In a thread, which is left behind where the answer takes too long.
fn asked(ctx: Context, of: Of, typed: String) -> Vec<Value> {
    // No command is run, and no server started, because somebody types.
    if !matches!(ctx.config.source, Source::Url { .. } | Source::Libpq) {
        return Vec::new();
    }
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let found = ctx.connect().and_then(|mut db| {
            tx::read_within(&mut db, BRIEFLY, |conn| {
                let known = |names: Vec<String>| names.into_iter().map(|name| (name, None));
                Ok(match of {
                    Of::Users => known(users::list_emails(conn, NAMES)?).collect(),
                    Of::Templates => known(templates::list_names(conn, NAMES)?).collect(),
                    _ => beginnings::of_contacts(conn, &typed, MOST)?,
                })
            })
        });
        // Nobody may listen any more.
        let _ = tell.send(found.unwrap_or_default());
    });
    told.recv_timeout(PATIENCE).unwrap_or_default()
}
