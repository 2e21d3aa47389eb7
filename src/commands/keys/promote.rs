//! `keys promote`.

use clap::Args;

use super::list::KeysView;
use super::{parse_id, refuse};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::vault::KeyId;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct PromoteArgs {
    /// Key that seals from now on
    #[arg(value_name = "ID", value_parser = parse_id)]
    id: KeyId,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: PromoteArgs) -> anyhow::Result<Outcome> {
    let (loaded, writer) = ctx.keyring_to_change()?;
    let mut keyring = loaded.keyring.clone();
    let former = keyring.primary().id();
    let is_new = keyring.promote(args.id).map_err(refuse)?;
    if is_new && !args.consent.dry_run {
        writer.extend(&ctx.text_like(&loaded, &keyring)?)?;
    }
    let note = match (is_new, args.consent.dry_run) {
        (false, _) => format!("The key {} is the primary one already.", args.id),
        (true, true) => String::from("It would be so; nothing was changed."),
        (true, false) => format!("Promoted the key {}; {former} only opens from now on.", args.id),
    };
    ctx.ui.show(&KeysView::new(&keyring, &loaded.place, loaded.is_wrapped()).note(note))?;
    if is_new && !args.consent.dry_run {
        ctx.ui.hint(
            "give the keyring to everything that reads or writes credentials, \
             then run `inboxctl integrations rotate-keys`",
        );
    }
    Ok(Outcome::Done)
}
