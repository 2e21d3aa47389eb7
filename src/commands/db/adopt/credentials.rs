//! `--decrypt-with COMMAND`: what the application encrypted, sealed anew. Neither what went to the
//! command nor what came from it, its complaints among them, is ever shown.

use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde::Serialize;
use zeroize::Zeroizing;

use crate::backup::process;
use crate::commands::integrations::set_credentials;
use crate::context::Context;
use crate::context::keyring::Loaded;
use crate::domain::named::Named;
use crate::domain::vault::{Fields, INPUT_LIMIT_BYTES};
use crate::domain::vocabulary::Channel;
use crate::error;
use crate::local::environment;
use crate::store::adopt::credentials::{self, Kept};
use crate::store::connect::Db;
use crate::store::tx;

/// A command that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(30);
/// For its output to come, once it was ended.
const GRACE: Duration = Duration::from_secs(1);

pub(super) struct Decrypt<'a> {
    pub command: &'a str,
    pub loaded: Loaded,
}

/// A channel whose credentials were kept aside.
#[derive(Debug, Serialize)]
pub(super) struct Sealed {
    pub channel: String,
    /// Why they are only kept aside.
    pub why_not: Option<String>,
}

impl<'a> Decrypt<'a> {
    /// Before any work: the keyring may ask for its passphrase.
    ///
    /// # Errors
    /// As for [`Context::keyring`].
    pub(super) fn with(
        ctx: &Context,
        command: Option<&'a str>,
    ) -> anyhow::Result<Option<Decrypt<'a>>> {
        let Some(command) = command else { return Ok(None) };
        Ok(Some(Decrypt { command, loaded: ctx.keyring()? }))
    }

    /// One channel after the other: what fails of one keeps nothing from the others.
    ///
    /// # Errors
    /// The database can't be read, or a signal came.
    pub(super) fn seal(&self, ctx: &Context, db: &mut Db) -> anyhow::Result<Vec<Sealed>> {
        let mut done = Vec::new();
        for kept in tx::read(db, |conn| Ok(credentials::kept(conn)?))? {
            let why_not = self.seal_one(ctx, db, &kept).err();
            if let Some(signal) = ctx.interrupted() {
                return Err(error::Failure::interrupted(signal).into());
            }
            let Kept { channel, value } = kept;
            drop(Zeroizing::new(value));
            done.push(Sealed { channel, why_not });
        }
        Ok(done)
    }

    fn seal_one(&self, ctx: &Context, db: &mut Db, kept: &Kept) -> Result<(), String> {
        let Some(channel) = Channel::from_name(&kept.channel) else {
            return Err(String::from("it is a channel of the application's own"));
        };
        let said = self.run(ctx, kept)?;
        let fields = Fields::parse(&said).map_err(|why| format!("of what it printed, {why}"))?;
        let explained = |error: anyhow::Error| {
            let own = error::explain(&error);
            own.why.map_or(own.what.clone(), |why| format!("{}: {why}", own.what))
        };
        let entropy = ctx.entropy().map_err(|failure| failure.what)?;
        let actor = ctx.schema_actor(db).map_err(explained)?;
        tx::once(db, |conn| {
            let actor = actor.resolve(conn)?;
            set_credentials::set_first(conn, channel, fields, &self.loaded, &entropy, &actor)
        })
        .map_err(explained)
    }

    /// What it prints.
    fn run(&self, ctx: &Context, kept: &Kept) -> Result<Zeroizing<Vec<u8>>, String> {
        let mut command = environment::shell(self.command);
        command.env("INBOXCTL_CHANNEL", &kept.channel);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let started = Instant::now();
        let stop = || ctx.interrupted().is_some() || started.elapsed() > PATIENCE;
        let ended = process::run(&mut command, &stop, |stdin, stdout| {
            if let Some(mut stdin) = stdin {
                // It may have enough before the end.
                let _ = stdin.write_all(kept.value.as_bytes());
            }
            // Large enough never to move: what is left behind isn't overwritten.
            let mut said = Zeroizing::new(Vec::with_capacity(INPUT_LIMIT_BYTES + 1));
            if let Some(stdout) = stdout {
                let is_over =
                    || ctx.interrupted().is_some() || started.elapsed() > PATIENCE + GRACE;
                process::read_into(&mut said, INPUT_LIMIT_BYTES + 1, stdout, &is_over)?;
            }
            Ok::<_, std::io::Error>(said)
        });
        match ended {
            Err(error) => Err(format!("the command can't be run: {error}")),
            Ok(ended) if ended.stopped => {
                Err(format!("the command did not end within {} s", PATIENCE.as_secs()))
            }
            Ok(ended) if !ended.status.success() => {
                Err(format!("the command ended with {}", ended.status))
            }
            Ok(ended) => ended.worked.map_err(|error| format!("it can't be read: {error}")),
        }
    }
}
