//! With whose rights a backup is restored.

use super::{RestoreArgs, Source};
use crate::commands::db::backup::contents::Findings;
use crate::commands::db::backup::entries::Entries;
use crate::commands::db::backup::fresh::Fresh;
use crate::commands::db::backup::steps::{self, Steps};
use crate::commands::db::scratch;
use crate::context::Context;
use crate::error::Failure;
use crate::store::connect::Db;

/// With the rights of nobody, where that can be.
pub(super) enum Way {
    Nobody(Steps),
    /// It can't be restored so, and what stands in the way.
    Asked(Vec<String>),
    /// A script, a role that may make no roles, or it was said.
    Own,
}

impl Way {
    pub(super) fn plan(
        ctx: &Context,
        db: &mut Db,
        args: &RestoreArgs,
        source: &Source,
        entries: &Entries,
    ) -> anyhow::Result<Way> {
        if args.trust_functions {
            return Ok(Way::Own);
        }
        Ok(match Steps::plan(ctx, db, source, entries)? {
            None => Way::Own,
            Some(steps) if steps.for_superusers.is_empty() => Way::Nobody(steps),
            Some(steps) => Way::Asked(steps.for_superusers),
        })
    }

    /// What has to be restored with the rights of who restores it.
    pub(super) fn with_own_rights(&self) -> &[String] {
        match self {
            Way::Asked(what) => what,
            Way::Nobody(_) | Way::Own => &[],
        }
    }

    /// # Errors
    /// Refused: it was not said, or the answer was no.
    pub(super) fn ask(&self, ctx: &Context, args: &RestoreArgs) -> Result<(), Failure> {
        match self {
            Way::Asked(what) => ask(ctx, args, &format!("it holds {}", what.join(", "))),
            Way::Nobody(_) | Way::Own => Ok(()),
        }
    }

    /// The database to restore into.
    ///
    /// # Errors
    /// The server refuses, or no role can be made and nobody said that it needs none.
    pub(super) fn make<'a>(
        &self,
        ctx: &'a Context,
        args: &RestoreArgs,
        base: &str,
        model: &str,
    ) -> anyhow::Result<Fresh<'a>> {
        if let Way::Nobody(_) = self {
            if let Some(fresh) = Fresh::for_nobody(ctx, scratch::admin(ctx)?, base, Some(model))? {
                return Ok(fresh);
            }
            ask(ctx, args, "a role made for the restore can't log in here")?;
        }
        Fresh::create(ctx, base, model)
    }

    /// Why not every credential that is in it could be opened: no reason to be without all the rest.
    ///
    /// # Errors
    /// It could not be restored, or isn't what the backup was.
    pub(super) fn fill(
        &self,
        fresh: &mut Fresh<'_>,
        source: &Source,
        entries: &Entries,
    ) -> anyhow::Result<Option<String>> {
        let Findings { problems, unopened, .. } = match self {
            Way::Nobody(steps) if fresh.is_nobodys() => fresh.fill_as_nobody(source, steps)?,
            _ => fresh.fill(source, entries)?,
        };
        if problems.is_empty() {
            return Ok(unopened.map(|unopened| unopened.why()));
        }
        Err(Failure::failed(format!("{} was not restored", source.path.display()))
            .why(problems.join("; "))
            .hint("what was made for it was dropped again; nothing else was touched")
            .into())
    }

    /// To the owners. What a backup without its privileges would open is closed.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) fn hand_over(
        &self,
        ctx: &Context,
        fresh: &mut Fresh<'_>,
        source: &Source,
        is_ours: bool,
    ) -> anyhow::Result<()> {
        let closed = match self {
            Way::Nobody(steps) if fresh.is_nobodys() => fresh.hand_over(source, steps, is_ours)?,
            _ if is_ours => steps::close(&mut fresh.scratch.open()?)?,
            _ => Vec::new(),
        };
        for grant in closed {
            ctx.ui.warn(format!(
                "the backup came without its privileges: {} was closed again to {}",
                grant.describe(),
                grant.grantee.as_str()
            ));
        }
        Ok(())
    }
}

fn ask(ctx: &Context, args: &RestoreArgs, why: &str) -> Result<(), Failure> {
    let what = format!(
        "restore {} with your own rights, with which the functions in it will run",
        args.file.display()
    );
    if ctx.ui.can_ask() {
        return ctx.consent_here(&format!("{what} ({why})"), false).map(drop);
    }
    Err(Failure::refused(format!("will not {what}, without consent"))
        .why(why)
        .hint("look at what they do, then say --trust-functions"))
}
