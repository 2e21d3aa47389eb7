//! `db backup verify`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::contents::{Findings, Unopened};
use super::given::{Given, ManifestArg};
use super::rehearsal;
use super::source::Source;
use crate::backup::{files, stream};
use crate::context::Context;
use crate::domain::backup::{Manifest, Verification};
use crate::error::{Failure, Kind, Outcome};
use crate::ui::{Block, Cell, Grid, Tabular, Tone, human, millis};

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The backup; - reads standard input
    #[arg(value_name = "FILE", required_unless_present = "latest", conflicts_with = "latest")]
    file: Option<PathBuf>,
    #[command(flatten)]
    manifest: ManifestArg,
    /// Check the newest backup in this folder; without one, in the one that is set, else in backups
    #[arg(long, value_name = "DIR", num_args = 0..=1)]
    #[allow(clippy::option_option, reason = "how clap tells a flag from its value")]
    latest: Option<Option<PathBuf>>,
    /// 1: compare the hash; 2: decrypt and read it through; 3: restore it into a database that
    /// is dropped again, compare rows and migrations, open every credential
    #[arg(long, value_name = "LEVEL", default_value_t = 2,
          value_parser = clap::value_parser!(u8).range(1..=3))]
    level: u8,
    /// File with the secret key of an encrypted backup
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
    /// With level 3, don't ask where it must be restored as the role that connects
    #[arg(long, short)]
    yes: bool,
}

pub fn run(ctx: &mut Context, args: VerifyArgs) -> anyhow::Result<Outcome> {
    let given = Given::open(ctx, &which(ctx, &args)?, &args.manifest)?;
    let (Some(manifest), Some(manifest_path)) = (given.read_manifest()?, given.manifest.clone())
    else {
        return Err(no_manifest(&given).into());
    };
    let (start, file) = (Instant::now(), given.name.clone());
    let Findings { problems, unopened, not_restored } = check(ctx, &args, given, &manifest)?;
    let verification = Verification {
        // What was not opened was not checked.
        level: if unopened.is_none() { args.level } else { 2 },
        at: ctx.now(),
        duration_ms: millis(start.elapsed()),
        problems,
    };
    let found = !verification.passed() || unopened.is_some();
    // Read again: another check may have ended meanwhile.
    let mut manifest = files::read_manifest_at(&manifest_path)?.unwrap_or(manifest);
    manifest.verifications.push(verification.clone());
    files::replace_manifest(&manifest_path, &manifest)?;
    ctx.ui.show(&VerifyView {
        file,
        passed: !found,
        verification,
        missing_keys: unopened.as_ref().map(Unopened::missing_keys).unwrap_or_default().to_vec(),
        unopened: unopened.map(|unopened| unopened.why()),
        not_restored,
        manifest,
    })?;
    Ok(Outcome::trouble_if(found))
}

fn no_manifest(given: &Given) -> Failure {
    let name = &given.name;
    if !given.path.exists() {
        return Failure::new(Kind::NotFound, format!("there is no file {name}"))
            .hint("`inboxctl db backups list` lists them");
    }
    let Some(path) = &given.manifest else {
        return Failure::usage(format!("{name} comes without its manifest"))
            .why("nothing else tells whether it is whole")
            .hint("--manifest FILE names what `inboxctl db backup --out - --manifest FILE` wrote");
    };
    Failure::failed(format!("{name} has no manifest"))
        .why(format!("there is no {}", path.display()))
        .hint("`inboxctl db restore FILE --into NAME` restores it beside the others, to look at")
}

/// The backup that is meant.
///
/// # Errors
/// Not found: the folder holds none.
fn which(ctx: &Context, args: &VerifyArgs) -> anyhow::Result<PathBuf> {
    let folder = match (&args.file, &args.latest) {
        (Some(file), _) => return Ok(file.clone()),
        (None, latest) => latest.as_ref().and_then(Option::as_ref).unwrap_or(&ctx.config.backups),
    };
    let newest = files::list(folder)?.backups.pop().map(|(path, _)| path);
    Ok(newest.ok_or_else(|| {
        Failure::new(Kind::NotFound, format!("there is no backup in {}", folder.display()))
            .hint("`inboxctl db backup` takes one; --latest DIR looks in another folder")
    })?)
}

fn check(
    ctx: &Context,
    args: &VerifyArgs,
    given: Given,
    manifest: &Manifest,
) -> anyhow::Result<Findings> {
    let problems = hash_problems(ctx, &given, manifest)?;
    if args.level == 1 || !problems.is_empty() {
        return Ok(Findings::of(problems));
    }
    let source = Source::open(given, &args.identity)?;
    let problems = source.read_through(ctx)?;
    if args.level == 2 || !problems.is_empty() {
        return Ok(Findings::of(problems));
    }
    let (_, found) = rehearsal::restored(ctx, &source, &manifest.database, args.yes)?;
    Ok(found)
}

/// What level 1 finds: it needs no key.
///
/// # Errors
/// It can't be read, or a signal came.
pub fn hash_problems(
    ctx: &Context,
    given: &Given,
    manifest: &Manifest,
) -> anyhow::Result<Vec<String>> {
    let progress = ctx.ui.spinner("comparing the hash");
    let (size_bytes, sha256) =
        stream::hash(given.stored().open()?).map_err(|error| given.stored().unreadable(&error))?;
    drop(progress);
    match ctx.interrupted() {
        Some(signal) => Err(Failure::interrupted(signal).into()),
        None => Ok(manifest.file_problems(size_bytes, &sha256)),
    }
}

#[derive(Debug, Serialize)]
struct VerifyView {
    file: String,
    passed: bool,
    #[serde(flatten)]
    verification: Verification,
    /// That its credentials need.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing_keys: Vec<String>,
    /// Why not every credential in it opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    unopened: Option<String>,
    /// What only a superuser may create.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_restored: Vec<String>,
    #[serde(skip)]
    manifest: Manifest,
}

impl Tabular for VerifyView {
    fn blocks(&self) -> Vec<Block> {
        let did = match self.verification.level {
            1 => "the hash is the one of the manifest",
            2 => "it was read to its end",
            _ => "it was restored; rows, migrations and credentials are right",
        };
        let (text, tone) = match (self.verification.passed(), self.unopened.is_none()) {
            (true, true) => ("whole", Tone::Good),
            (true, false) => ("whole, but for credentials that were not opened", Tone::Warn),
            (false, _) => ("damaged", Tone::Bad),
        };
        let mut facts = super::facts(&self.file, &self.manifest);
        facts.push(("result", Cell::toned(text, tone)));
        let mut grid = Grid::facts(facts);
        let took = human::duration(Duration::from_millis(self.verification.duration_ms));
        if self.passed {
            grid.note(format!("Level {}: {did} ({took}).", self.verification.level));
        }
        if let Some(why) = &self.unopened {
            grid.note(format!("Not opened: {why}."));
        }
        if !self.not_restored.is_empty() {
            grid.note(format!(
                "Not restored here, for only a superuser may create it: {}.",
                self.not_restored.join(", ")
            ));
        }
        for problem in &self.verification.problems {
            grid.note(format!("Problem: {problem}"));
        }
        vec![Block::Grid(grid)]
    }
}
