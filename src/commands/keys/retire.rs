//! `keys retire`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::list::KeysView;
use super::{parse_id, refuse};
use crate::backup::files;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::backup::Manifest;
use crate::domain::vault::{self, KeyId, TransitionError};
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Change};
use crate::store::connect::Db;
use crate::store::envelopes::{self, Filter};
use crate::store::lock::Key;
use crate::store::tx;
use crate::ui::human;

#[derive(Debug, Args)]
pub struct RetireArgs {
    /// Key to remove
    #[arg(value_name = "ID", value_parser = parse_id)]
    id: KeyId,
    /// Look for backups that need the key in this folder; else in the one that is set, else in
    /// backups
    #[arg(long, value_name = "DIR")]
    backups: Option<PathBuf>,
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    wait: LockWaitArgs,
}

pub(super) fn run(ctx: &mut Context, args: RetireArgs) -> anyhow::Result<Outcome> {
    // What needs no database is refused without one.
    ctx.keyring()?.keyring.retire(args.id).map_err(refuse)?;
    let mut db = ctx.connect()?;
    require_unused(&mut db, args.id)?;
    let backups = args.backups.as_ref().unwrap_or(&ctx.config.backups);
    let needed_by = needed_by(backups, args.id)?;
    let loaded = ctx.keyring()?;
    let mut keyring = loaded.keyring.clone();
    keyring.retire(args.id).map_err(refuse)?;
    let plan = KeysView::new(&keyring, &loaded.place, loaded.is_wrapped())
        .retiring(args.id, (backups, needed_by.clone()), true)
        .note("It would be so; nothing was changed.");
    if args.consent.dry_run {
        ctx.ui.show(&plan)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Keys)?;
    let question = format!("take the key {} out of the keyring, for credentials", args.id);
    let consent = ctx.consent(&mut db, &plan, &question, args.consent.yes)?;
    // From here on nothing is sealed under it: who seals shares the second lock.
    ctx.hold(&mut db, Key::Rotation, args.wait.lock_wait)?;
    ctx.hold(&mut db, Key::Keyring, args.wait.lock_wait)?;
    let (loaded, writer) = ctx.keyring_to_change()?;
    let mut keyring = loaded.keyring.clone();
    keyring.retire(args.id).map_err(refuse)?;
    require_unused(&mut db, args.id)?;
    let text = ctx.text_like(&loaded, &keyring)?;
    let retired = loaded.keyring.only(args.id).ok_or(TransitionError::Unknown(args.id));
    let copy = ctx.text_like(&loaded, &retired.map_err(refuse)?)?;
    let id = args.id.to_string();
    tx::write(&mut db, |conn| {
        let change = Change {
            action: Action::KeysRetire,
            resource_id: Some(&id),
            details: json!({ "primary": keyring.primary().id().to_string() }),
        };
        Ok(audit::record(conn, &actor, &change)?)
    })?;
    // The entry first: a kill or an error between leaves a key that is still there, which the next
    // run takes out, and never one that went without a trace.
    let copied = writer.keep_copy(&id, &copy).and_then(|path| {
        writer.remove(&text, &consent)?;
        Ok(path.display().to_string())
    });
    let copied = copied.map_err(|failure| {
        failure.hint(format!(
            "the key is still in the keyring, though the audit log has its entry: once that can be \
             written, run `inboxctl keys retire {id}` again"
        ))
    })?;
    let view = KeysView::new(&keyring, &loaded.place, loaded.is_wrapped())
        .retiring(args.id, (backups, needed_by), false)
        .note(format!("Retired the key {}. A keyring of it alone is kept in {copied}.", args.id));
    ctx.ui.show(&view)?;
    ctx.ui.hint(
        "backups from before the rotation need it: INBOXCTL_KEYRING_FILE names it for them; \
         once they are gone, or if the key has leaked, delete it",
    );
    Ok(Outcome::Done)
}

/// The backups in a folder whose credentials are sealed under the key.
fn needed_by(folder: &Path, id: KeyId) -> Result<Vec<String>, Failure> {
    let id = id.to_string();
    let listed = files::list(folder)?;
    let needs = |(path, manifest): &(PathBuf, Manifest)| {
        let needs = manifest.key_ids.contains(&id) && path.is_file();
        needs.then(|| path.display().to_string())
    };
    // They may need it too.
    let unknown = listed.unreliable.into_iter().map(|failure| failure.what);
    Ok(listed.backups.iter().filter_map(needs).chain(unknown).collect())
}

fn require_unused(db: &mut Db, id: KeyId) -> anyhow::Result<()> {
    let prefixes = vault::text_prefixes(id);
    let uses = tx::read(db, |conn| {
        let mut uses = Vec::new();
        for column in envelopes::columns(conn)? {
            let rows = envelopes::count(conn, &column, Filter::With(&prefixes))?;
            if rows > 0 {
                let rows = human::plural(rows, "row", "rows");
                uses.push(format!("{rows} of {}.{}", column.table, column.column));
            }
        }
        Ok(uses)
    })?;
    if uses.is_empty() {
        return Ok(());
    }
    Err(Failure::refused(format!("will not retire the key {id}"))
        .why(format!("without it nobody can open {}", uses.join(" and ")))
        .hint("run `inboxctl integrations rotate-keys` first")
        .into())
}
