//! `inboxctl db access`: who may change this database.

mod grant_roles;
mod require_actor;
mod show;

use std::collections::BTreeSet;

use clap::Subcommand;
use diesel::result::Error;

use crate::context::Context;
use crate::domain::grants::{self, Difference, Grantee, Role};
use crate::error::Outcome;
use crate::store::fingerprint::Fingerprint;
use crate::store::grants as stored;

#[derive(Debug, Subcommand)]
pub enum AccessCommand {
    /// Show whether an actor is required, and the rights of the group roles
    Show(show::ShowArgs),
    /// Require a known user for every change, or no longer
    RequireActor(require_actor::RequireActorArgs),
    /// Make or repair the group roles inbox_viewer, inbox_editor and inbox_admin
    ///
    /// Afterwards the server itself refuses what a role may not do. A viewer reads
    /// everything but ciphertext; an editor also changes contacts, jobs, assignments
    /// and templates; an administrator changes all rows, but neither the past of the
    /// audit log nor the schema, which stay their owner's. It is about the tables and
    /// functions of the inbox: the application's are left alone. Roles belong to the whole
    /// cluster, while rights are granted database by database: run it in each.
    /// Make people members with GRANT inbox_editor TO role
    GrantRoles(grant_roles::GrantRolesArgs),
}

pub fn run(ctx: &mut Context, command: AccessCommand) -> anyhow::Result<Outcome> {
    match command {
        AccessCommand::Show(args) => show::run(ctx, args),
        AccessCommand::RequireActor(args) => require_actor::run(ctx, args),
        AccessCommand::GrantRoles(args) => grant_roles::run(ctx, args),
    }
}

/// How the rights stand before migrations run; nothing, where no group has any.
///
/// # Errors
/// The server refuses.
pub fn before(conn: &mut diesel::PgConnection) -> diesel::QueryResult<Option<Difference>> {
    let state = State::read(conn)?;
    let is_granted = state.granted.iter().any(|grantee| *grantee != Grantee::Public);
    Ok(is_granted.then_some(state.difference))
}

/// Gives what a migration has just made the rights that it should have, in its
/// own transaction: until then a new table with ciphertext could be read by all
/// who read tables. What was wrong `before` is left to `grant-roles`.
///
/// # Errors
/// The server refuses.
pub fn follow(conn: &mut diesel::PgConnection, before: &Difference) -> diesel::QueryResult<()> {
    let state = State::read(conn)?;
    let statements = grants::statements(&[], &state.difference.since(before));
    stored::complete(conn, &statements)
}

/// The group roles as they are, and what is wrong with them.
struct State {
    roles: Vec<Role>,
    /// The groups that have any right here: a role of the cluster may be there for
    /// the sake of other databases.
    granted: BTreeSet<Grantee>,
    difference: Difference,
    /// Objects of the application in the schema, whose rights are its own.
    not_ours: i64,
}

impl State {
    fn read(conn: &mut diesel::PgConnection) -> diesel::QueryResult<State> {
        let ours =
            Fingerprint::embedded().map_err(|error| Error::QueryBuilderError(error.into()))?;
        let objects = stored::objects(conn, &ours.catalog)?;
        let wanted = grants::wanted(&objects);
        let actual = stored::actual(conn, &objects)?;
        Ok(State {
            not_ours: objects.not_ours,
            roles: stored::roles(conn)?,
            granted: actual.iter().map(|grant| grant.grantee).collect(),
            difference: Difference::between(&wanted, &actual),
        })
    }

    fn statements(&self) -> Vec<String> {
        grants::statements(&self.roles, &self.difference)
    }

    /// What would be taken away, a line each.
    fn losses(&self) -> Vec<String> {
        let of_roles = self.roles.iter().flat_map(|role| {
            let name = role.group.as_str();
            let attributes = role.attributes.iter().map(move |one| format!("{name}: {one}"));
            let parents = role.member_of.iter().map(move |one| format!("{name}: member of {one}"));
            attributes.chain(parents)
        });
        let excess = self.difference.excess.iter();
        let of_rights = excess.map(|one| format!("{}: {}", one.grantee.as_str(), one.describe()));
        of_roles.chain(of_rights).collect()
    }

    fn missing(&self, grantee: Grantee) -> Vec<String> {
        let missing = self.difference.missing.iter();
        missing.filter(|one| one.grantee == grantee).map(grants::Grant::describe).collect()
    }

    fn excess(&self, grantee: Grantee) -> Vec<String> {
        let excess = self.difference.excess.iter();
        excess.filter(|one| one.grantee == grantee).map(grants::Grant::describe).collect()
    }
}
