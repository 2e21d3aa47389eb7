//! `keys stage`.

use clap::Args;

use super::list::KeysView;
use super::refuse;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct StageArgs {
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: StageArgs) -> anyhow::Result<Outcome> {
    let (loaded, writer) = ctx.keyring_to_change()?;
    let mut keyring = loaded.keyring.clone();
    let key = ctx.new_key()?;
    let id = key.id();
    keyring.stage(key, ctx.now()).map_err(refuse)?;
    if args.consent.dry_run {
        let view = KeysView::new(&keyring, &loaded.place, loaded.is_wrapped());
        ctx.ui.show(&view.note(String::from("Would stage a new key; nothing was changed.")))?;
        return Ok(Outcome::Done);
    }
    writer.extend(&ctx.text_like(&loaded, &keyring)?)?;
    ctx.ui.show(
        &KeysView::new(&keyring, &loaded.place, loaded.is_wrapped())
            .note(format!("Staged the key {id}.")),
    )?;
    ctx.ui.hint(format!(
        "give the keyring to everything that reads credentials, then run `inboxctl keys promote {id}`"
    ));
    Ok(Outcome::Done)
}
