//! `keys retire`.

use clap::Args;
use serde_json::json;

use super::list::KeysView;
use super::{parse_id, refuse};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::vault::{self, KeyId};
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
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    wait: LockWaitArgs,
}

pub fn run(ctx: &mut Context, args: RetireArgs) -> anyhow::Result<Outcome> {
    // What needs no database is refused without one.
    ctx.keyring()?.keyring.retire(args.id).map_err(refuse)?;
    let mut db = ctx.connect()?;
    require_unused(&mut db, args.id)?;
    if args.consent.dry_run {
        let loaded = ctx.keyring()?;
        let mut keyring = loaded.keyring.clone();
        keyring.retire(args.id).map_err(refuse)?;
        let view = KeysView::new(&keyring, &loaded.place, loaded.is_wrapped());
        ctx.ui.show(&view.note("It would be so; nothing was changed."))?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Keys)?;
    let question = format!("remove the key {} for ever", args.id);
    let consent = ctx.consent(&question, args.consent.yes)?;
    // From here on nothing is sealed under it: who seals shares the second lock.
    ctx.hold(&mut db, Key::Rotation, args.wait.lock_wait)?;
    ctx.hold(&mut db, Key::Keyring, args.wait.lock_wait)?;
    let (loaded, writer) = ctx.keyring_to_change()?;
    let mut keyring = loaded.keyring.clone();
    keyring.retire(args.id).map_err(refuse)?;
    require_unused(&mut db, args.id)?;
    let text = ctx.text_like(&loaded, &keyring)?;
    let id = args.id.to_string();
    tx::write(&mut db, |conn| {
        let change = Change {
            action: "keys.retire",
            resource: "keys",
            resource_id: Some(&id),
            details: json!({ "primary": keyring.primary().id().to_string() }),
        };
        audit::record(conn, &actor, &change)?;
        // Last, so that a key never goes without an entry.
        Ok(writer.remove(&text, &consent)?)
    })?;
    let view = KeysView::new(&keyring, &loaded.place, loaded.is_wrapped());
    ctx.ui.show(&view.note(format!("Retired the key {}.", args.id)))?;
    ctx.ui
        .hint("backups of the database from before the rotation still need it: keep it with them");
    Ok(Outcome::Done)
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
