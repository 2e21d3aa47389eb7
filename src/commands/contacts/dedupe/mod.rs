//! `contacts dedupe`: finds contacts that are one person, and merges them.
//!
//! Here the arguments and the order of things; `find` reads and matches,
//! `apply` merges, `review` asks, `view` shows.

mod apply;
mod cluster_view;
pub(in crate::commands) mod find;
pub(in crate::commands) mod reading;
mod recent;
mod review;
mod screen;
mod view;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use uuid::Uuid;

use super::merge::{PreferArg, load_references};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::denied;
use crate::commands::output::{Output, cannot_write};
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::matching::{DEFAULT_MAX_WRONG, DEFAULT_THRESHOLD, Settings};
use crate::domain::moment::{self, Moment};
use crate::error::{Failure, Outcome};
use crate::store::audit::Actor;
use crate::store::connect::Db;
use crate::store::contact_hanging;
use crate::store::contact_references::References;
use crate::store::lock::Key;
use crate::store::merge_foresight::{self, Acts};
use crate::store::{interference, lacking, merge_obstacles, merges, merging, tx};
use crate::ui::human;
use apply::Skipped;
use find::Found;
use view::{Around, DedupeView};

#[derive(Debug, Args)]
pub struct DedupeArgs {
    /// Show clusters that are at least this probable, from 0 to 1; else what the profile says
    /// [default: 0.85]
    #[arg(long, value_name = "P", value_parser = probability)]
    threshold: Option<f64>,
    /// Merge only so many of them, the surest first, that no larger share is expected to be
    /// wrong; the others are left for a review
    #[arg(long, value_name = "RATE", default_value_t = DEFAULT_MAX_WRONG, value_parser = rate)]
    max_wrong: f64,
    /// Compare only contacts that changed since, with all that may be the same, by what the last
    /// run without --since learned: 1d, 2026-01-31, or an RFC 3339 time
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    since: Option<Moment>,
    /// Show at most this many clusters; tables show 20 unless told otherwise
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Merge what is certain, and be asked about the rest at a terminal, one question after another;
    /// later runs learn from the answers
    #[arg(long, conflicts_with_all = ["dry_run", "yes"])]
    review: bool,
    /// Show the weight of each field for each pair
    #[arg(long)]
    explain: bool,
    /// Write id,cluster for every contact in a cluster
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
    /// Refuse if more contacts than this would be merged away [default: a quarter of the table]
    #[arg(long, value_name = "N")]
    max_merges: Option<u64>,
    /// Which contact of a cluster survives
    #[arg(long, value_enum, value_name = "WHICH", default_value_t)]
    prefer: PreferArg,
    /// Take phone numbers without a country to be from this one, such as ES; else
    /// INBOXCTL_PHONE_REGION, else compare them by their last digits
    #[arg(long, value_name = "COUNTRY")]
    phone_region: Option<String>,
    #[command(flatten)]
    trust: TrustArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

fn probability(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number > 0.0 && number < 1.0 => Ok(number),
        _ => Err(String::from("expected a number between 0 and 1")),
    }
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err(String::from("expected a share from 0 to 1, such as 0.005 for 1 in 200")),
    }
}

/// Below this many contacts a default tripwire would only be in the way.
const TRIPWIRE_FLOOR: u64 = 50;

pub fn run(ctx: &mut Context, args: DedupeArgs) -> anyhow::Result<Outcome> {
    let phone_region = args.phone_region.as_ref().or(ctx.config.phone_region.as_ref());
    let phone_region = phone_region.map(|letters| super::region(letters)).transpose()?;
    let named = ctx.config.references();
    let is_dry = args.consent.dry_run;
    let mut db = if is_dry { ctx.connect_to_read()? } else { ctx.connect()? };
    let export = args.export.as_ref().map(|file| Output::open(ctx, file, args.consent.yes));
    let export = export.transpose()?;
    if !is_dry {
        // Refused before the minutes that a large table takes, not after.
        ctx.actor(&mut db, Right::Contacts)?;
        denied::require(&mut db, "merge contacts", &merging::NEEDED)?;
        // Two at once would only get into each other's way.
        ctx.hold(&mut db, Key::Dedupe, std::time::Duration::ZERO)?;
    }
    let of_profile = ctx.config.profile.as_ref().and_then(|(_, profile)| profile.threshold);
    let wanted = args.threshold.or(of_profile).unwrap_or(DEFAULT_THRESHOLD);
    let threshold = if args.review { wanted.min(review::LEAST) } else { wanted };
    let settings = Settings { threshold, phone_region, ..Settings::default() };
    let how = (args.prefer.into(), args.max_wrong);
    let mut found = find::find(ctx, &mut db, settings, args.since, how)?;
    if let (Some(output), Some(file)) = (export, &args.export) {
        view::export(output, &found).with_context(|| cannot_write(file))?;
    }
    let (references, around) = look_around(&mut db, (&named, args.trust), &mut found)?;
    if args.review {
        around.kept.iter().for_each(|one| ctx.ui.warn(one.warning()));
        trip(&found, args.max_merges)?;
        let actor = ctx.actor(&mut db, Right::Contacts)?;
        keep(ctx, &mut db, &found, &actor)?;
        let (id, prefer) = (new_run(ctx)?, args.prefer.into());
        let run = apply::Run { found: &found, references: &references, id, prefer, actor: &actor };
        return review::run(ctx, &mut db, run);
    }
    let limit = args.limit.unwrap_or(if ctx.ui.is_machine() { usize::MAX } else { view::SHOWN });
    let mut view = DedupeView::new(&found, around, (wanted, args.max_wrong), limit, args.explain);
    if is_dry || found.merges.is_empty() {
        view.dry_run = is_dry;
        if !is_dry {
            let actor = ctx.actor(&mut db, Right::Contacts)?;
            keep(ctx, &mut db, &found, &actor)?;
        }
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    trip(&found, args.max_merges)?;
    let others = human::plural(found.surplus(), "contact", "contacts");
    let clusters = human::plural(found.merges.len() as u64, "cluster", "clusters");
    let what = format!("merge away {others} in {clusters}");
    view.dry_run = true;
    let consent = ctx.consent(&mut db, &view, &what, args.consent.yes)?;
    view.dry_run = false;
    let actor = ctx.actor(&mut db, Right::Contacts)?;
    keep(ctx, &mut db, &found, &actor)?;
    let run = apply::Run {
        found: &found,
        references: &references,
        id: new_run(ctx)?,
        prefer: args.prefer.into(),
        actor: &actor,
    };
    let done = apply::merge_all(ctx, &mut db, &run, &consent)?;
    view.run = Some(run.id).filter(|_| done.merged > 0);
    view.merged = done.merged;
    view.skip(&found, done.skipped);
    ctx.ui.show(&view)?;
    match done.surprise {
        Some(surprise) => Err(surprise.into()),
        None => Ok(done.outcome),
    }
}

/// Keeps what a run over all contacts learned.
fn keep(ctx: &Context, db: &mut Db, found: &Found, actor: &Actor) -> anyhow::Result<()> {
    match found.is_whole {
        true => recent::keep(ctx, db, &found.matches, actor),
        false => Ok(()),
    }
}

/// The id of a run.
fn new_run(ctx: &Context) -> Result<Uuid, Failure> {
    Ok(uuid::Builder::from_random_bytes(ctx.random()?).into_uuid())
}

/// What refers to contacts, and what hangs on those that would go. What is known to stand in the way
/// of a merge keeps it from being tried.
fn look_around(
    db: &mut Db,
    (named, trust): (&[String], TrustArg),
    found: &mut Found,
) -> anyhow::Result<(References, Around)> {
    // Those that a first look has taken out are known to a second one.
    let mut kept = Vec::new();
    tx::read(db, |conn| {
        let references = load_references(conn, named, trust)?;
        references.require_own_code()?;
        interference::see_all_rows(conn, &references.tables())?;
        let is_done = lacking::grants(conn, &merging::NEEDED)?.is_empty();
        let mut obstacles = merge_obstacles::find(conn, &references, &found.gone(), is_done)?;
        found.merges.retain(|merge| {
            let failure = obstacles.of(merge.survivor);
            kept.extend(failure.as_ref().map(|one| Skipped::by(merge.survivor, one)));
            failure.is_none()
        });
        let gone = found.gone();
        let columns = merges::added_columns(&references.contacts);
        let around = Around {
            kept: kept.clone(),
            rows: contact_hanging::all(conn, &references, &gone)?,
            differing: contact_hanging::differing(conn, &columns, &gone)?,
            elsewhere: merges::elsewhere(conn)?,
            unknown: match gone.contacts.is_empty() {
                true => Vec::new(),
                false => merge_foresight::unforeseen(conn, &references, &gone, is_done, ANY)?,
            },
        };
        Ok((references, around))
    })
}

/// Of many merges some do what others don't.
const ANY: Acts = Acts { adds_identities: true, removes_assignments: true };

/// Refuses a run that would merge away an absurd share of the table.
fn trip(found: &Found, max_merges: Option<u64>) -> Result<(), Failure> {
    let most = max_merges.unwrap_or_else(|| (found.scanned / 4).max(TRIPWIRE_FLOOR));
    if found.surplus() <= most {
        return Ok(());
    }
    Err(Failure::refused(format!(
        "will not merge away {}",
        human::plural(found.surplus(), "contact", "contacts")
    ))
    .why(format!("that is more than {}", human::count(most)))
    .hint("look at it with --dry-run; if it is right, raise --max-merges"))
}
