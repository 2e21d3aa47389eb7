//! `db anonymise`: a copy for staging or a bug report, in which nobody is recognisable and everything still works.

mod check;
mod guards;
mod plan;
mod work;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use serde::Serialize;

use self::work::{Source, fill};
use super::backup::fresh::Fresh;
use super::{adopt, scratch, whose};
use crate::bounded_file;
use crate::commands::database_arg;
use crate::context::Context;
use crate::domain::anonymise::Key;
use crate::domain::origin::Origin;
use crate::error::{Failure, Outcome};
use crate::store::{backups, databases, server, tx};
use crate::ui::{Block, Tabular, human, millis};

#[derive(Debug, Args)]
pub struct AnonymiseArgs {
    /// Make the copy in a new database of this name, on the same server; the source is only read
    #[arg(long, value_name = "NAME", value_parser = database_arg::new(),
          required_unless_present = "check", conflicts_with = "check")]
    into: Option<String>,
    /// Look in this copy for values of the source that identify somebody; exits with 3 if there are any
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    check: Option<String>,
    /// Secret that the replacements follow from: with the same one they are the same; otherwise it is
    /// random and forgotten
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    key: Option<PathBuf>,
    /// Copy this share of the contacts alone, with all that hangs on them: 10%
    #[arg(long, value_name = "PERCENT", value_parser = share, conflicts_with = "check")]
    sample: Option<u16>,
    /// Let functions of other roles run with your own rights where checks, columns and indexes call them
    #[arg(long, conflicts_with = "check")]
    trust_functions: bool,
    /// Show what becomes of each column, and make nothing
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,
}

/// Of ten thousand.
fn share(text: &str) -> Result<u16, String> {
    let number = text.trim().trim_end_matches('%').trim_end();
    match number.parse::<f64>() {
        Ok(percent) if percent > 0.0 && percent <= 100.0 => {
            Ok((percent * 100.0).round().max(1.0) as u16)
        }
        _ => Err(String::from("a share is more than 0% and at most 100%")),
    }
}

pub fn run(ctx: &mut Context, args: AnonymiseArgs) -> anyhow::Result<Outcome> {
    match (&args.into, &args.check) {
        (_, Some(name)) => check::run(ctx, name),
        (Some(name), None) => make(ctx, &args, name),
        // Clap asks for one of them.
        (None, None) => Err(Failure::usage("say --into NAME or --check NAME").into()),
    }
}

fn make(ctx: &Context, args: &AnonymiseArgs, name: &str) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let key = match &args.key {
        Some(path) => read_key(path)?,
        None => Key::new(ctx.random()?),
    };
    let mut db = ctx.connect()?;
    whose::require_inbox(&mut db)?;
    if whose::origin(&mut db)? == Origin::Empty {
        return Err(Failure::refused("there is nothing to copy")
            .why("the database has no inbox")
            .into());
    }
    ctx.need_session(&mut db, "a copy of the database")?;
    scratch::require_for(&mut db, "the copy is a database of its own")?;
    let live = server::database_name(&mut db.conn)?;
    if args.dry_run {
        let plan = tx::read(&mut db, |conn| plan::read(ctx, conn))?;
        require_free(ctx, name)?;
        ctx.ui.show(&plan::PlanView::new(name, &plan))?;
        return Ok(Outcome::Done);
    }
    require_free(ctx, name)?;
    // Names are read, and pg_dump is waited for.
    db.set_timeouts(0, 0)?;
    let (from, started) = (db.target.clone(), db.server.started.clone());
    let _progress = ctx.ui.spinner("copying");
    let made = tx::read_once(&mut db, |conn| {
        let snapshot = backups::export_snapshot(conn, 60_000)?;
        adopt::own_code::require(conn, None, args.trust_functions)?;
        let plan = plan::read(ctx, conn)?;
        let source = Source {
            target: &from,
            started: &started,
            snapshot: &snapshot,
            key: &key,
            sample: args.sample,
        };
        let fresh = Fresh::create(ctx, &live, &live)?;
        let filled = fill(ctx, conn, &source, &plan, &fresh.scratch.target)?;
        Ok((fresh, filled))
    });
    let (mut fresh, filled) = made?;
    if let Some(signal) = ctx.interrupted() {
        return Err(Failure::interrupted(signal).into());
    }
    let scratch = &mut fresh.scratch;
    databases::mark_anonymised(&mut scratch.admin.conn, &scratch.name, &live)?;
    scratch.keep_as(name)?;
    let view = AnonymiseView {
        database: name.to_owned(),
        tables: filled.tables,
        rows: filled.rows,
        replaced_columns: filled.replaced_columns,
        sample_percent: args.sample.map(|share| f64::from(share) / 100.0),
        has_key: args.key.is_some(),
        duration_ms: millis(start.elapsed()),
    };
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// A key that somebody could guess would open the copy.
const KEY_BYTES: usize = 16;
const KEY_LIMIT_BYTES: usize = 64 * 1024;

fn read_key(path: &Path) -> Result<Key, Failure> {
    let file = path.display();
    let secret = bounded_file::read(path, KEY_LIMIT_BYTES)
        .map_err(|error| Failure::failed(format!("{file} can't be read")).why(error.to_string()))?;
    let secret = secret.trim_ascii();
    if secret.len() < KEY_BYTES {
        return Err(Failure::refused(format!("{file} holds no key"))
            .why(format!("a key has at least {KEY_BYTES} bytes that nobody can guess"))
            .hint("make one: openssl rand -hex 32 > FILE"));
    }
    Ok(Key::of(secret))
}

fn require_free(ctx: &Context, name: &str) -> anyhow::Result<()> {
    let mut admin = scratch::admin(ctx)?;
    if databases::exists(&mut admin.conn, name)? {
        return Err(Failure::refused(format!("there is a database {name} already"))
            .why("a copy is only made into a new one")
            .hint("name another")
            .into());
    }
    Ok(())
}

#[derive(Debug, Serialize)]
struct AnonymiseView {
    database: String,
    tables: u64,
    rows: u64,
    /// Whose values were replaced or emptied.
    replaced_columns: u64,
    /// Of the contacts, where not all were copied.
    sample_percent: Option<f64>,
    /// It follows from a key that somebody has.
    has_key: bool,
    duration_ms: u64,
}

impl Tabular for AnonymiseView {
    fn blocks(&self) -> Vec<Block> {
        let of = match self.sample_percent {
            Some(percent) => format!(" with {percent}% of the contacts"),
            None => String::new(),
        };
        let key = match self.has_key {
            true => "Whoever has the key can tell which value became which.",
            false => "The key was random and is forgotten.",
        };
        vec![Block::Text(format!(
            "Copied into {}{of} in {}: {} of {}, with other values in {}. The source was only read.\n{key} \
             `inboxctl db anonymise --check {}` looks for what leaked.",
            self.database,
            human::duration(std::time::Duration::from_millis(self.duration_ms)),
            human::plural(self.rows, "row", "rows"),
            human::plural(self.tables, "table", "tables"),
            human::plural(self.replaced_columns, "column", "columns"),
            human::shell_word(&self.database),
        ))]
    }
}
