//! Who makes the changes of a command: the one place where a right is granted
//! or refused.

use diesel::PgConnection;

use super::Context;
use crate::domain::access::{self, Refusal, Right, Who};
use crate::error::{Failure, Kind};
use crate::store::access::{Standing, find_standing, has_active_admin, requires_actor};
use crate::store::audit::{Actor, SchemaActor};
use crate::store::catalog;
use crate::store::connect::Db;
use crate::store::tx;

impl Context {
    /// Who makes the changes of this command, if they have the right to.
    ///
    /// Every command that changes something calls it, once it is no dry run and
    /// before it asks for consent: without the [`Actor`] it can write no audit
    /// entry, and nobody else makes one.
    ///
    /// # Errors
    /// Refused: the session may not write, the role of the actor, or nobody known acts where the
    /// database requires that. Not found: the named actor is no row of `users`.
    pub fn actor(&self, db: &mut Db, right: Right) -> anyhow::Result<Actor> {
        let standing = self.admit(db, right)?;
        let user_id = standing.map(|user| user.user_id);
        Ok(Actor::admitted(user_id, self.actor_name(), self.config.claim.clone()))
    }

    /// As [`Context::actor`]; nobody for a dry run, which changes nothing.
    ///
    /// # Errors
    /// As for [`Context::actor`].
    pub fn actor_unless(
        &self,
        dry_run: bool,
        db: &mut Db,
        right: Right,
    ) -> anyhow::Result<Option<Actor>> {
        if dry_run { Ok(None) } else { self.actor(db, right).map(Some) }
    }

    /// As [`Context::actor`], for what changes the schema itself: the actor's row
    /// may not be there yet, and is looked up when the entry is written.
    ///
    /// # Errors
    /// Refused, as for [`Context::actor`].
    pub fn schema_actor(&self, db: &mut Db) -> anyhow::Result<SchemaActor> {
        self.admit(db, Right::Schema)?;
        Ok(SchemaActor::admitted(self.actor_name(), self.config.claim.clone()))
    }

    /// Whether [`Context::actor`] would let this command make such a change.
    pub fn may(&self, db: &mut Db, right: Right) -> bool {
        self.admit(db, right).is_ok()
    }

    fn admit(&self, db: &mut Db, right: Right) -> anyhow::Result<Option<Standing>> {
        db.require_writes()?;
        let email = self.config.actor.as_deref();
        let (standing, is_required) = tx::read(db, |conn| {
            let standing = match email {
                Some(email) => find(conn, email, right)?,
                None => None,
            };
            let required = requires_actor(conn)?;
            Ok((standing, required && access::is_in_force(required, has_active_admin(conn)?)))
        })?;
        let who = match (email, standing) {
            (None, _) => Who::Unnamed,
            (Some(_), None) => Who::Unknown,
            (Some(_), Some(user)) => Who::User { role: user.role, is_active: user.is_active },
        };
        match access::decide(who, right, is_required) {
            Ok(()) => Ok(standing),
            Err(refusal) => Err(explain(refusal, &self.actor_name(), right, is_required).into()),
        }
    }

    /// The e-mail, or `os:alice`.
    fn actor_name(&self) -> String {
        match &self.config.actor {
            Some(email) => email.to_lowercase(),
            None => format!("os:{}", self.config.system_user),
        }
    }
}

fn find(conn: &mut PgConnection, email: &str, right: Right) -> anyhow::Result<Option<Standing>> {
    // Before the first migration, and in another program's database, there are no users of ours.
    let ours = ["email", "role", "deactivated_at"];
    if right == Right::Schema && !catalog::has_columns(conn, "users", &ours)? {
        return Ok(None);
    }
    Ok(find_standing(conn, email)?)
}

fn explain(refusal: Refusal, name: &str, right: Right, is_required: bool) -> Failure {
    let object = right.object();
    match refusal {
        Refusal::Unnamed => Failure::refused("this database wants to know who makes a change")
            .why("it is set to require an actor, and none was named")
            .hint("say --actor EMAIL or set INBOXCTL_ACTOR"),
        Refusal::Unknown => {
            let kind = if is_required { Kind::Refused } else { Kind::NotFound };
            let failure = Failure::new(kind, format!("no user has the e-mail {name}"))
                .why("--actor or INBOXCTL_ACTOR names who makes the change");
            match kind {
                Kind::Refused => failure.hint("name a row of users: this database requires it"),
                _ => failure.hint("name a row of users, or leave it out"),
            }
        }
        Refusal::Deactivated => Failure::refused(format!("{name} may not change {object}"))
            .why("this user is deactivated")
            .hint("act as a user who is active, with --actor or INBOXCTL_ACTOR"),
        Refusal::Role(role) => {
            let least = right.least_role();
            let or_admin = if least == access::Role::Admin { "" } else { " or ADMIN" };
            Failure::refused(format!("{name} may not change {object}"))
                .why(format!("the role is {}; this takes {}{or_admin}", role.as_str(), least.as_str()))
                .hint("act as somebody who may, with --actor or INBOXCTL_ACTOR, or have the role changed")
        }
    }
}
