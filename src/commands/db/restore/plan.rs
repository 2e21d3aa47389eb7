//! What a restore in place would replace, and what must be said first.

use std::time::Duration;

use serde::Serialize;

use super::way::{MOST_NAMED, OwnRights};
use super::{RestoreArgs, Source};
use crate::context::{Context, describe_session};
use crate::domain::backup::name;
use crate::domain::consent::Consent;
use crate::domain::environment::{Environment, Place};
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::{catalog, databases, server, sessions, tx};
use crate::ui::{Block, Cell, Grid, Tabular, human};

/// What would be replaced by what.
#[derive(Debug, Serialize)]
pub(super) struct Plan {
    pub dry_run: bool,
    pub file: String,
    /// The name of the database that will hold the backup.
    pub into: String,
    pub environment: Option<Environment>,
    #[serde(skip)]
    pub place: Option<Place>,
    /// The name that the live one gets.
    pub former: Option<String>,
    pub sessions: Vec<String>,
    /// Schemas with other inboxes: they would be replaced too.
    #[serde(skip)]
    pub other_inboxes: Vec<String>,
    /// Contacts on the list of those who were erased: such as the backup brings back are erased again.
    pub erased_contacts: usize,
    /// What would run with the rights of the role that connects, once that is consented to.
    #[serde(flatten)]
    pub own: OwnRights,
}

impl Plan {
    pub(super) fn read(
        ctx: &Context,
        db: &mut Db,
        source: &Source,
        at: jiff::Timestamp,
    ) -> anyhow::Result<Plan> {
        tx::read(db, |conn| {
            let into = server::database_name(conn)?;
            // Another one may have been replaced within this second.
            let mut at = at;
            let mut former = name::database(&into, "before", at);
            while databases::exists(conn, &former)? {
                at += Duration::from_secs(1);
                former = name::database(&into, "before", at);
            }
            Ok(Plan {
                dry_run: true,
                file: source.name().to_owned(),
                environment: Some(ctx.environment(conn)?),
                place: None,
                former: Some(former),
                sessions: sessions::others(conn)?.iter().map(describe_session).collect(),
                own: OwnRights::default(),
                other_inboxes: catalog::other_inboxes(conn)?,
                erased_contacts: 0,
                into,
            })
        })
    }

    pub(super) fn guard(&self, args: &RestoreArgs) -> Result<(), Failure> {
        let refused = |why: String, hint: &str| {
            Err(Failure::refused(format!("will not replace the database {}", self.into))
                .why(why)
                .hint(hint))
        };
        if self.into == "postgres" {
            return refused(
                String::from("it is the one that other databases are managed from"),
                "restore beside it with --into NAME",
            );
        }
        if self.environment == Some(Environment::Production) && !args.allow_production {
            return refused(
                String::from("it is a production database"),
                "restore beside it with --into NAME and look; \
                 to replace it, say --allow-production",
            );
        }
        if !self.other_inboxes.is_empty() && !args.force {
            return refused(
                format!(
                    "it has other inboxes, which would go back with it: {}",
                    human::listed(&self.other_inboxes, MOST_NAMED)
                ),
                "restore beside it with --into NAME; to take them all back, say --force",
            );
        }
        if !self.sessions.is_empty() && !args.force {
            return refused(
                format!("other sessions are connected: {}", self.sessions.join("; ")),
                "stop the application first, or end its sessions with --force",
            );
        }
        Ok(())
    }

    pub(super) fn ask(&self, ctx: &Context, args: &RestoreArgs) -> Result<Consent, Failure> {
        let what = format!(
            "replace the database {} by the backup {}, keeping it as {}",
            self.into,
            self.file,
            self.former.as_deref().unwrap_or_default()
        );
        let confirmed = args.confirm_db.as_deref();
        ctx.ui.consent_by_name(
            &what,
            self.place.as_ref(),
            &self.into,
            "--confirm-db",
            confirmed,
            &|| ctx.interrupted(),
        )
    }
}

impl Tabular for Plan {
    fn blocks(&self) -> Vec<Block> {
        let mut facts =
            vec![("backup", Cell::new(&self.file)), ("database", Cell::new(&self.into))];
        facts.extend(self.environment.map(|one| ("environment", Cell::new(one.as_str()))));
        facts.extend(self.former.as_deref().map(|name| ("kept as", Cell::new(name))));
        let mut grid = Grid::facts(facts);
        for session in &self.sessions {
            grid.note(format!("Connected: {session}"));
        }
        if self.erased_contacts > 0 {
            grid.note(format!(
                "The list of erased contacts has {}: those that the backup brings back are erased again.",
                human::count(self.erased_contacts as u64)
            ));
        }
        if !self.own.why.is_empty() {
            grid.note(format!(
                "Only with --trust-functions, with your own rights: it holds {}.",
                human::listed(&self.own.why, MOST_NAMED)
            ));
        }
        grid.note(match self.former {
            Some(_) => "The backup is whole; it would replace the database. Nothing was changed.",
            None => "The backup is whole; it would be restored there. Nothing was changed.",
        });
        let mut blocks = self.own.blocks();
        blocks.push(Block::Grid(grid));
        blocks
    }
}
