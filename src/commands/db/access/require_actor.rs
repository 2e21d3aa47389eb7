//! `db access require-actor`.

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::json;

use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::error::{Failure, Outcome};
use crate::store::access::{self, requires_actor};
use crate::store::audit::{self, Change};
use crate::store::{server, tx};
use crate::ui::{Block, Tabular};

#[derive(Debug, Args)]
pub struct RequireActorArgs {
    /// Whether the database requires an actor
    #[arg(value_enum)]
    state: Switch,
    #[command(flatten)]
    consent: ConsentArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

pub(super) fn run(ctx: &mut Context, args: RequireActorArgs) -> anyhow::Result<Outcome> {
    let on = args.state == Switch::On;
    let mut db = ctx.connect()?;
    let (database, before) =
        tx::read(&mut db, |conn| Ok((server::database_name(conn)?, requires_actor(conn)?)))?;
    let view =
        RequireActorView { dry_run: args.consent.dry_run, database, before, require_actor: on };
    if !view.dry_run {
        let actor = ctx.actor(&mut db, Right::Settings)?;
        if actor.user_id.is_none() {
            // One who turned it on without a name could not turn it off again.
            return Err(Failure::refused("this setting is changed by an ADMIN only")
                .why("no actor was named")
                .hint("say --actor EMAIL or set INBOXCTL_ACTOR")
                .into());
        }
        tx::write(&mut db, |conn| {
            let before = requires_actor(conn)?;
            if before == on {
                return Ok(());
            }
            access::require_actor(conn, on, &actor.name)?;
            let change = Change {
                action: Action::AccessRequireActor,
                resource_id: None,
                details: json!({ "from": before, "to": on }),
            };
            Ok(audit::record(conn, &actor, &change)?)
        })?;
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct RequireActorView {
    dry_run: bool,
    database: String,
    before: bool,
    require_actor: bool,
}

impl Tabular for RequireActorView {
    fn blocks(&self) -> Vec<Block> {
        let database = &self.database;
        let verb = if self.require_actor { "requires an actor" } else { "requires no actor" };
        vec![Block::Text(match (self.before == self.require_actor, self.dry_run) {
            (true, _) => format!("{database} {verb} already."),
            (false, true) => {
                let verb = verb.replace("requires", "require");
                format!("{database} would {verb}; nothing was changed.")
            }
            (false, false) => format!("{database} {verb} now."),
        })]
    }
}
