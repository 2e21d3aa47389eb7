//! A backup restored into a database that is dropped again: as nobody, here or on the private server of
//! this machine, else as the role that connects, with its consent.

use super::contents::Findings;
use super::entries::Entries;
use super::fresh::Fresh;
use super::source::Source;
use crate::backup::stream::Kind;
use crate::commands::db::scratch;
use crate::context::Context;
use crate::domain::backup::version;
use crate::store::server;

/// Restores it into a database called after `base`, and says what came out. `yes` is consent to restore
/// it as the role that connects.
///
/// # Errors
/// Refused; no fitting program, the server refuses, or a signal came.
pub fn restored<'a>(
    ctx: &'a Context,
    source: &Source,
    base: &str,
    yes: bool,
) -> anyhow::Result<(Fresh<'a>, Findings)> {
    let mut db = ctx.connect_anywhere()?;
    scratch::require(&mut db)?;
    let model = server::database_name(&mut db.conn)?;
    let admin = scratch::admin(ctx)?;
    let fresh = match source.kind {
        // A script gives what it makes to roles that nobody may not act for.
        Kind::Plain => None,
        Kind::Custom => match Fresh::for_nobody(ctx, admin, base, Some(&model))? {
            None => on_the_private_server(ctx, source, base)?,
            fresh => fresh,
        },
    };
    let (mut fresh, entries) = match fresh {
        Some(mut fresh) => {
            let entries = Entries::for_its_owner(ctx, &mut fresh.scratch.admin, source)?;
            (fresh, entries)
        }
        None => {
            let role = server::role(&mut db.conn)?;
            let what = format!(
                "restore {} as {role}, with whose rights the functions in it will run",
                source.name()
            );
            ctx.consent_here(&what, yes)?;
            let entries = Entries::plan(ctx, &mut db, source, false)?;
            (Fresh::create(ctx, base, &model)?, entries)
        }
    };
    drop(db);
    let found = fresh.fill(source, &entries)?;
    Ok((fresh, Findings { not_restored: entries.left_out(), ..found }))
}

/// Where the operator's server makes no role for it: `None` where there is no private server, or one
/// that is too old.
fn on_the_private_server<'a>(
    ctx: &'a Context,
    source: &Source,
    base: &str,
) -> anyhow::Result<Option<Fresh<'a>>> {
    let Ok(admin) = ctx.local_target("postgres").and_then(|target| Ok(target.open()?)) else {
        return Ok(None);
    };
    let manifest = source.manifest.as_ref();
    let dumped = manifest.map_or(source.dumped_by, |one| version::major(&one.server_version));
    if u32::try_from(admin.server.version_num / 10_000).unwrap_or_default() < dumped {
        return Ok(None);
    }
    ctx.ui.status("restoring on the private server: no role can be made for it where it is from");
    Fresh::for_nobody(ctx, admin, base, None)
}
