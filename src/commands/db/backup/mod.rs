//! `db backup`: one file that holds the database as it was at one moment.

pub mod contents;
pub mod entries;
pub mod fresh;
pub mod given;
pub mod prune;
pub mod rehearsal;
pub mod sink;
pub mod source;
pub mod steps;
pub mod take;
pub mod verify;

use std::path::{Path, PathBuf};
use std::time::Duration;

use age::x25519::Recipient;
use clap::{Args, Subcommand};
use serde::Serialize;

use self::given::Given;
use self::sink::Out;
use self::source::Source;
use crate::age_files;
use crate::backup::files;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::erased_file;
use crate::commands::{audit_days, path_arg};
use crate::context::Context;
use crate::domain::audit_head::Identity;
use crate::domain::backup::{Manifest, Verification};
use crate::domain::moment;
use crate::error::{self, Failure, Outcome};
use crate::store::{catalog, server, tx};
use crate::ui::{Block, Cell, Grid, Tabular, human, millis};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BackupArgs {
    #[command(subcommand)]
    command: Option<BackupCommand>,
    #[command(flatten)]
    take: TakeArgs,
}

#[derive(Debug, Subcommand)]
enum BackupCommand {
    /// Check that a backup is whole and can be restored
    Verify(verify::VerifyArgs),
}

#[derive(Debug, Args)]
struct TakeArgs {
    /// Write to this file, or into this folder (one that is there, or ends with a slash), or with
    /// - to standard output; else into backups/
    #[arg(long, value_name = "DIR|FILE|-", value_parser = path_arg::local_or_stream())]
    out: Option<PathBuf>,
    /// Where the manifest of a backup goes that is written to standard output
    #[arg(long, value_name = "FILE", value_parser = path_arg::local())]
    manifest: Option<PathBuf>,
    /// Encrypt to this public key of age; give it again for another
    #[arg(long, value_name = "RECIPIENT", value_parser = age_files::recipient)]
    encrypt_to: Vec<Recipient>,
    /// Wait this long for a table that somebody holds
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "60s")]
    lock_wait: Duration,
    #[command(flatten)]
    keep: prune::KeepArgs,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub fn run(ctx: &mut Context, args: BackupArgs) -> anyhow::Result<Outcome> {
    match args.command {
        Some(BackupCommand::Verify(args)) => verify::run(ctx, args),
        None => back_up(ctx, &args.take),
    }
}

fn back_up(ctx: &Context, args: &TakeArgs) -> anyhow::Result<Outcome> {
    let out = args.out()?;
    out.require_free()?;
    let mut db = ctx.connect_anywhere_to_read()?;
    let request = take::Request {
        out,
        folder: &ctx.config.backups,
        recipients: &args.encrypt_to,
        lock_wait: args.lock_wait,
    };
    let now = server::now(&mut db.conn)?;
    let path = request.path(&server::database_name(&mut db.conn)?, now);
    let folder = take::folder_of(&path);
    let file = match out {
        Out::Stream(_) => String::from("standard output"),
        Out::Path(_) => path.display().to_string(),
    };
    let rules = args.keep.rules();
    let place = prune::Place {
        database: server::database_name(&mut db.conn)?,
        system_identifier: server::system_identifier(&mut db.conn)?,
    };
    if !rules.is_empty() && place.system_identifier.is_none() {
        ctx.ui.warn(
            "no backup will be deleted: the server doesn't tell this role which one it is \
             (GRANT EXECUTE ON FUNCTION pg_control_system() TO the role)",
        );
    }
    let surplus = prune::plan(&folder, &place, &rules, Some(now))?;
    if args.consent.dry_run {
        let delete = surplus.iter().map(|path| path.display().to_string()).collect();
        let plan = Plan { dry_run: true, file, delete };
        match out {
            // Who reads standard output waits for a backup.
            Out::Stream(_) => ctx.ui.status(plan.text()),
            Out::Path(_) => ctx.ui.show(&plan)?,
        }
        return Ok(Outcome::Done);
    }
    // Asked before the work: who runs it at night shall learn of it at once.
    let consent = match surplus.is_empty() {
        true => None,
        false => {
            let what = prune::describe(&folder, &surplus);
            Some(ctx.consent_here(&what, args.consent.yes)?)
        }
    };
    audit_days::close_beside(ctx, &mut db);
    let taken = take::take(ctx, &mut db, &request)?;
    let here = Identity {
        database: Some(taken.manifest.database.clone()),
        system_identifier: taken.manifest.system_identifier.clone(),
    };
    erased_file::write_beside(&mut db, &taken.manifest_path, &here)?;
    for schema in tx::read(&mut db, |conn| Ok(catalog::other_inboxes(conn)?))? {
        let inbox = erased_file::inbox(&db.target, &schema);
        let written = inbox.and_then(|mut inbox| {
            erased_file::write_beside(&mut inbox, &taken.manifest_path, &here)
        });
        if let Err(error) = written {
            ctx.ui.warn(format!(
                "the list of erased contacts of the inbox {} doesn't lie beside the backup: {}",
                human::printable(&schema),
                error::explain(&error).what
            ));
        }
    }
    if let Out::Stream(manifest) = out {
        // Standard output is the backup.
        ctx.ui.status(written(&taken.manifest, manifest));
        return Ok(Outcome::Done);
    }
    let mut view = BackupView {
        path: taken.path.display().to_string(),
        manifest: taken.manifest,
        deleted: Vec::new(),
    };
    if let Some(consent) = consent {
        // What was consented to, as far as the rules still say so.
        let now_surplus = prune::plan(&folder, &place, &rules, None)?;
        for path in surplus.iter().filter(|path| now_surplus.contains(path)) {
            files::remove(path, &consent)?;
            view.deleted.push(path.display().to_string());
        }
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

impl TakeArgs {
    /// # Errors
    /// What goes to standard output and what to a folder is mixed up.
    fn out(&self) -> Result<Out<'_>, Failure> {
        let is_stream = self.out.as_deref() == Some(Path::new("-"));
        let keeps = !self.keep.rules().is_empty();
        match (is_stream, self.manifest.as_deref()) {
            (false, None) => Ok(Out::Path(self.out.as_deref())),
            (false, Some(_)) => Err(Failure::usage("--manifest goes with --out -")
                .hint("a file has its manifest beside it: FILE.manifest.json")),
            (true, None) => Err(Failure::usage("--out - needs --manifest FILE")
                .why("without its manifest nothing tells whether a backup is whole")
                .hint("name a file for it, or write both into a folder: --out DIR")),
            (true, Some(_)) if keeps => Err(Failure::usage("--keep doesn't work with --out -")
                .why("older backups are deleted in the folder that the new one is written to")
                .hint("let what takes the backup from here delete the older ones")),
            (true, Some(manifest)) => Ok(Out::Stream(manifest)),
        }
    }
}

fn written(manifest: &Manifest, path: &Path) -> String {
    let size = human::bytes(manifest.size_bytes);
    format!("wrote {size} to standard output; the manifest is {}", path.display())
}

#[derive(Debug, Serialize)]
struct Plan {
    dry_run: bool,
    /// The name has the time in it.
    file: String,
    delete: Vec<String>,
}

impl Plan {
    fn text(&self) -> String {
        let mut text = format!("Would write to {}; nothing was written.", self.file);
        for path in &self.delete {
            text.push_str(&format!("\nWould delete {path}"));
        }
        text
    }
}

impl Tabular for Plan {
    fn blocks(&self) -> Vec<Block> {
        vec![Block::Text(self.text())]
    }
}

#[derive(Debug, Serialize)]
struct BackupView {
    path: String,
    #[serde(flatten)]
    manifest: Manifest,
    /// Older backups that the rules don't keep.
    deleted: Vec<String>,
}

impl Tabular for BackupView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::facts(facts(&self.path, &self.manifest));
        for path in &self.deleted {
            grid.note(format!("Deleted {path}"));
        }
        if self.deleted.is_empty() {
            grid.note(format!("Check it: inboxctl db backup verify {} --level 3", self.path));
        }
        vec![Block::Grid(grid)]
    }
}

/// What a backup holds, for people.
pub fn facts(path: &str, manifest: &Manifest) -> Vec<(&'static str, Cell)> {
    let rows = human::plural(manifest.rows_total(), "row", "rows");
    let tables = human::plural(manifest.rows.len() as u64, "table", "tables");
    let took = human::duration(std::time::Duration::from_millis(manifest.duration_ms));
    vec![
        ("file", Cell::new(path)),
        ("database", Cell::new(&manifest.database)),
        ("taken", Cell::new(format!("{} in {took}", human::second(manifest.taken_at)))),
        ("size", Cell::new(human::bytes(manifest.size_bytes))),
        ("holds", Cell::new(format!("{rows} in {tables}"))),
        (
            "encrypted",
            Cell::new(match manifest.encrypted_to.len() as u64 {
                0 => String::from("no"),
                keys => format!("to {}", human::plural(keys, "public key", "public keys")),
            }),
        ),
        (
            "keys needed",
            Cell::new(match manifest.key_ids.is_empty() {
                true => String::from("none"),
                false => manifest.key_ids.join(", "),
            }),
        ),
    ]
}

/// A backup that was read again before it is counted on: through, or where that needs a key
/// that isn't here, for its hash.
///
/// # Errors
/// It can't be made, or isn't whole.
pub fn take_verified(ctx: &Context, request: &take::Request<'_>) -> anyhow::Result<take::Taken> {
    let mut db = ctx.connect_anywhere()?;
    let mut taken = take::take(ctx, &mut db, request)?;
    let start = std::time::Instant::now();
    let given = Given::at(&taken.path);
    let (level, problems) = match request.recipients.is_empty() {
        true => (2, Source::open(given, &[])?.read_through(ctx)?),
        false => (1, verify::hash_problems(ctx, &given, &taken.manifest)?),
    };
    let verification =
        Verification { level, at: ctx.now(), duration_ms: millis(start.elapsed()), problems };
    let problems = verification.problems.join("; ");
    taken.manifest.verifications.push(verification);
    files::replace_manifest(&taken.manifest_path, &taken.manifest)?;
    match problems.is_empty() {
        true => Ok(taken),
        false => Err(Failure::failed("the backup is not whole").why(problems).into()),
    }
}
