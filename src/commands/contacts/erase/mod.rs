//! `contacts erase`: nothing of a person is left (GDPR, article 17).

mod archived;
pub(in crate::commands) mod plan;
mod view;
pub(in crate::commands) mod work;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use self::archived::Erasure;
use self::plan::Plan;
use self::view::EraseView;
use super::archives::Archives;
use super::named::ContactArg;
use crate::age_files;
use crate::commands::audit_days::flag_late;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::denied;
use crate::commands::id_arg::Asked;
use crate::commands::output::{Output, cannot_write};
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::erasing::{self, Erased};
use crate::store::erasing_kept;
use crate::store::lock::Key;
use crate::store::statements::quote_identifier;
use crate::store::{audit_days, people, retention_partitions, server, tx};

#[derive(Debug, Args)]
pub struct EraseArgs {
    /// The contact, with all that were merged into it, by the beginning of its id, phone, e-mail or
    /// handle (with --yes by a whole id); one that was merged away leads to its survivor
    #[arg(value_name = "CONTACT")]
    contact: ContactArg,
    /// Why the contact is erased, which is kept with its ids
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Keep messages without text and by nobody, so that statistics stay true
    #[arg(long, value_name = "HOW")]
    keep_messages: Option<Keep>,
    /// Write what was done as JSON, for the file
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Write the archives of this folder anew that hold rows of the person, without them; may be
    /// repeated
    #[arg(long, value_name = "DIR")]
    archive: Vec<PathBuf>,
    /// File with the secret key of encrypted archives; they are encrypted again to the keys that open
    /// them and are given here
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
    #[command(flatten)]
    trust: TrustArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

/// How messages are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keep {
    Anonymised,
}

pub(super) fn run(ctx: &mut Context, args: EraseArgs) -> anyhow::Result<Outcome> {
    let identities = age_files::all_identities(&args.identity)?;
    let named = ctx.config.references();
    let mut db = ctx.connect()?;
    if !args.consent.dry_run {
        require_rights(ctx, &mut db, !args.archive.is_empty(), args.keep_messages.is_some())?;
        // Nobody merges or closes days meanwhile.
        for key in [Key::Dedupe, Key::Retention, Key::Erasing] {
            ctx.hold(&mut db, key, Duration::ZERO)?;
        }
    }
    let mut archives = Archives::open(&args.archive, &identities)?;
    let yes = Asked::unless(args.consent.yes);
    let asked = tx::read(&mut db, |conn| args.contact.find_for(ctx, conn, yes))?;
    let keeps_messages = args.keep_messages.is_some();
    let mut plan =
        tx::read(&mut db, |conn| Plan::read(conn, asked, &named, keeps_messages, args.trust))?;
    let ids = &plan.person.terms.ids;
    let mut things = match archives.found.is_empty() {
        true => BTreeSet::new(),
        false => tx::read(&mut db, |conn| Ok(people::things(conn, ids)?))?,
    };
    let found = archived::find(ctx, &archives, &plan.person.terms, &mut things)?;
    let mut view = EraseView::new(&plan, args.reason.clone(), found, &archives.closed);
    if plan.person.id != asked {
        ctx.ui.status(format!("{asked} was merged into {}", plan.person.id));
    }
    if args.consent.dry_run {
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    // A run that was killed may have come to its end, but not to its certificate.
    let is_done = plan.places.is_empty() && view.archives.is_empty();
    if let Some(before) = plan.erased.as_ref().filter(|_| is_done) {
        view.tell(before);
        archived::tidy(&mut db, &args.archive)?;
        archived::write_lists(&mut db, &args.archive)?;
        if let Some(path) = &args.certificate {
            let output = Output::open(ctx, path, args.consent.yes)?;
            certify(&view, path, output)?;
        }
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Retention)?;
    let consent = ctx.consent(&mut db, &view, &view.question(), args.consent.yes)?;
    let certificate = match &args.certificate {
        Some(path) => Some((path, Output::open(ctx, path, args.consent.yes)?)),
        None => None,
    };
    let erased = Erased {
        contact_id: plan.person.id,
        merged_ids: plan.person.merged.clone(),
        reason: args.reason,
        actor: actor.name.clone(),
        erased_at: server::now(&mut db.conn)?,
    };
    if archived::tidy(&mut db, &args.archive)? {
        archives = Archives::open(&args.archive, &identities)?;
        view.archives = archived::find(ctx, &archives, &plan.person.terms, &mut things)?;
    }
    // As long as its phones and e-mails are known.
    let erasure = Erasure {
        ground: &mut plan.ground,
        erased: &erased,
        actor: &actor,
        identities: &identities,
        things: &things,
    };
    let ended = archived::rewrite(ctx, &mut db, &archives, &mut view.archives, erasure, &consent)?;
    if let Some(signal) = ended {
        ctx.ui.warn("a part of the archives is rewritten; run the command again for the rest");
        return Ok(Outcome::Interrupted(signal));
    }
    flag_late(ctx, &mut db, &actor.name)?;
    let (ended, changed) =
        work::erase(ctx, &mut db, &mut plan.ground, &erased, &actor, keeps_messages, &consent)?;
    view.changed = changed;
    if let Some(signal) = ended {
        ctx.ui.warn("a part is erased; run the command again for the rest");
        return Ok(Outcome::Interrupted(signal));
    }
    archived::write_lists(&mut db, &args.archive)?;
    view.tell(&erased);
    if let Some((path, output)) = certificate {
        certify(&view, path, output)?;
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

fn certify(view: &EraseView, path: &Path, mut output: Output) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(view)? + "\n";
    let written = output.write_all(text.as_bytes()).and_then(|()| output.finish());
    written.map(drop).with_context(|| cannot_write(path))
}

/// # Errors
/// Refused: the role may not change all of it; or the database isn't migrated so far.
fn require_rights(
    ctx: &Context,
    db: &mut Db,
    archives: bool,
    keeps_messages: bool,
) -> anyhow::Result<()> {
    ctx.actor(db, Right::Retention)?;
    let (is_there, may_close, owner) = tx::read(db, |conn| {
        let may_close = !audit_days::is_there(conn)? || audit_days::may_close(conn, false)?;
        let owner = retention_partitions::owner(conn, "audit_logs")?;
        Ok((erasing::is_there(conn)?, may_close, owner))
    })?;
    if !is_there {
        return Err(Failure::failed("the database has no table erased_contacts")
            .hint(crate::error::LACKS)
            .into());
    }
    if !may_close {
        return Err(Failure::refused("this role may not redact entries of the audit log")
            .why(format!("that is for {owner} alone, who owns audit_logs, and for members of that role; nothing was changed"))
            .hint(format!(
                "have {owner} run this command, or a superuser: GRANT {owner} TO {}",
                quote_identifier(&db.server.role)
            ))
            .into());
    }
    let of_archives: &[(&str, &[&str])] =
        if archives { &[("maintenance_runs", &["SELECT", "UPDATE"])] } else { &[] };
    let of_kept = if keeps_messages { &erasing_kept::NEEDED[..] } else { &[] };
    denied::require(db, "erase contacts", &[&erasing::NEEDED[..], of_archives, of_kept].concat())
}
