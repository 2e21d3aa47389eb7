//! `keys generate`.

use clap::Args;

use super::list::KeysView;
use crate::context::Context;
use crate::context::keyring::Place;
use crate::domain::vault::Keyring;
use crate::error::Outcome;
use crate::keyring::Writer;

#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Lock the keyring with a passphrase: INBOXCTL_KEYRING_PASSPHRASE, or asked for
    #[arg(long)]
    passphrase: bool,
}

pub(super) fn run(ctx: &mut Context, args: GenerateArgs) -> anyhow::Result<Outcome> {
    let path = ctx.keyring_file_to_change()?;
    let passphrase = if args.passphrase { Some(ctx.new_passphrase()?) } else { None };
    let keyring = Keyring::generate(ctx.new_key()?, ctx.now());
    let text = ctx.keyring_text(&keyring, passphrase.as_ref())?;
    Writer::open(&path)?.create(&text)?;
    ctx.ui.show(&KeysView::new(&keyring, &Place::File(path), args.passphrase))?;
    ctx.ui.hint("keep a copy where the database's backups are not: without it no credentials open");
    Ok(Outcome::Done)
}
