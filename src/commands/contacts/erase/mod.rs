//! `contacts erase`: nothing of a person is left (GDPR, article 17).

mod archived;
pub(in crate::commands) mod plan;
mod view;
pub(in crate::commands) mod work;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;

use self::plan::Plan;
use self::view::EraseView;
use super::archives::Archives;
use super::named::ContactArg;
use crate::age_files;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::denied;
use crate::commands::id_arg::Asked;
use crate::commands::output::{Output, cannot_write};
use crate::context::Context;
use crate::domain::access::Right;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::erasing::{self, Erased};
use crate::store::lock::Key;
use crate::store::{audit_days, server, tx};

#[derive(Debug, Args)]
pub struct EraseArgs {
    /// The contact, with all that were merged into it, by the beginning of its id, phone, e-mail or
    /// handle (with --yes by a whole id); one that was merged away leads to its survivor
    #[arg(value_name = "CONTACT")]
    contact: ContactArg,
    /// Why the contact is erased, which is kept with its ids
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Write what was done as JSON, for the file
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Name the archives of this folder that hold rows of the person, which stay: archives can't be
    /// rewritten yet; may be repeated
    #[arg(long, value_name = "DIR")]
    archive: Vec<PathBuf>,
    /// File with the secret key of encrypted archives
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: EraseArgs) -> anyhow::Result<Outcome> {
    let identities = age_files::all_identities(&args.identity)?;
    let archives = Archives::open(&args.archive, &identities)?;
    let named = ctx.config.references();
    let mut db = ctx.connect()?;
    if !args.consent.dry_run {
        require_rights(ctx, &mut db)?;
        // Nobody merges or closes days meanwhile.
        for key in [Key::Dedupe, Key::Retention, Key::Erasing] {
            ctx.hold(&mut db, key, Duration::ZERO)?;
        }
    }
    let yes = Asked::unless(args.consent.yes);
    let asked = tx::read(&mut db, |conn| args.contact.find_for(ctx, conn, yes))?;
    let mut plan = tx::read(&mut db, |conn| Plan::read(conn, asked, &named))?;
    let found = archived::find(ctx, &archives, &plan.person.terms)?;
    let mut view = EraseView::new(&plan, args.reason.clone(), found, &archives.closed);
    if plan.person.id != asked {
        ctx.ui.status(format!("{asked} was merged into {}", plan.person.id));
    }
    if args.consent.dry_run {
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    // A run that was killed may have come to its end, but not to its certificate.
    if let Some(before) = plan.erased.as_ref().filter(|_| plan.places.is_empty()) {
        view.tell(before);
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
    if let Some(signal) = work::erase(ctx, &mut db, &mut plan.ground, &erased, &actor, &consent)? {
        ctx.ui.warn("a part is erased; run the command again for the rest");
        return Ok(Outcome::Interrupted(signal));
    }
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
fn require_rights(ctx: &Context, db: &mut Db) -> anyhow::Result<()> {
    ctx.actor(db, Right::Retention)?;
    let (is_there, may_close) = tx::read(db, |conn| {
        let may_close = !audit_days::is_there(conn)? || audit_days::may_close(conn, false)?;
        Ok((erasing::is_there(conn)?, may_close))
    })?;
    if !is_there {
        return Err(Failure::failed("the database has no table erased_contacts")
            .hint(crate::error::LACKS)
            .into());
    }
    if !may_close {
        return Err(Failure::refused("this role may not redact entries of the audit log")
            .why("that is for the owner of the log alone; nothing was changed")
            .hint("have the owner of audit_logs run this command")
            .into());
    }
    denied::require(db, "erase contacts", &erasing::NEEDED)
}
