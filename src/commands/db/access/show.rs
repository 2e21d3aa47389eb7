//! `db access show`.

use clap::Args;
use serde::Serialize;

use super::State;
use crate::context::Context;
use crate::domain::access;
use crate::domain::grants::{Grantee, Role};
use crate::error::Outcome;
use crate::store::access::{has_active_admin, requires_actor};
use crate::store::{server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct ShowArgs {}

pub(super) fn run(ctx: &mut Context, _args: ShowArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let view = tx::read(&mut db, |conn| {
        let required = requires_actor(conn)?;
        let state = State::read(conn)?;
        Ok(AccessView {
            database: server::database_name(conn)?,
            require_actor: required,
            in_force: access::is_in_force(required, has_active_admin(conn)?),
            roles: state.roles.iter().map(|role| RoleRow::new(role, &state)).collect(),
            public_excess: state.excess(Grantee::Public),
        })
    })?;
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(view.is_trouble()))
}

#[derive(Debug, Serialize)]
struct AccessView {
    database: String,
    require_actor: bool,
    /// False too while no active ADMIN is there: see `access::is_in_force`.
    in_force: bool,
    roles: Vec<RoleRow>,
    /// Rights that everybody has, and so the roles as well.
    public_excess: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RoleRow {
    role: &'static str,
    exists: bool,
    /// It has rights in this database, right or wrong.
    granted: bool,
    /// It has the rights that it should have and no others.
    exact: bool,
    members: i64,
    missing: Vec<String>,
    excess: Vec<String>,
}

impl RoleRow {
    fn new(role: &Role, state: &State) -> RoleRow {
        let mut excess = role.attributes.clone();
        excess.extend(role.member_of.iter().map(|parent| format!("member of {parent}")));
        excess.extend(state.excess(role.group));
        let missing = state.missing(role.group);
        RoleRow {
            role: role.group.as_str(),
            exists: role.exists,
            granted: state.granted.contains(&role.group),
            exact: role.exists && missing.is_empty() && excess.is_empty(),
            members: role.members,
            missing,
            excess,
        }
    }

    fn rights(&self) -> Cell {
        if !self.exists {
            return Cell::toned("no such role", Tone::Dim);
        }
        if !self.granted {
            return Cell::toned("none in this database", Tone::Dim);
        }
        if self.exact {
            return Cell::toned("exact", Tone::Good);
        }
        let mut parts = Vec::new();
        if !self.missing.is_empty() {
            parts.push(format!("{} missing", human::count(self.missing.len() as u64)));
        }
        if !self.excess.is_empty() {
            parts.push(format!("{} too many", human::count(self.excess.len() as u64)));
        }
        Cell::toned(parts.join(", "), Tone::Bad)
    }
}

impl AccessView {
    fn is_trouble(&self) -> bool {
        // Where nothing was granted, nothing was promised.
        let mut granted = self.roles.iter().filter(|role| role.granted).peekable();
        let is_promised = granted.peek().is_some();
        granted.any(|role| !role.exact) || is_promised && !self.public_excess.is_empty()
    }
}

impl Tabular for AccessView {
    fn blocks(&self) -> Vec<Block> {
        let required = match (self.require_actor, self.in_force) {
            (false, _) => Cell::new("no: whoever connects may change what the server lets them"),
            (true, true) => Cell::toned("yes: only known users change anything", Tone::Good),
            (true, false) => {
                Cell::toned("yes, but not in force: there is no active ADMIN", Tone::Warn)
            }
        };
        let facts =
            Grid::facts([("database", Cell::new(&self.database)), ("actor required", required)]);
        let mut grid = Grid::new(vec![
            Column::left("group role"),
            Column::right("members"),
            Column::left("rights"),
        ]);
        for role in &self.roles {
            let members = if role.exists { role.members.to_string() } else { String::new() };
            grid.row(vec![role.role.into(), members.into(), role.rights()]);
        }
        if !self.public_excess.is_empty() {
            let rights = human::plural(self.public_excess.len() as u64, "right", "rights");
            grid.note(format!("Everybody has {rights} that only the groups should have (PUBLIC)."));
        }
        if self.roles.iter().all(|role| !role.granted) {
            grid.note("`inboxctl db access grant-roles` makes them and grants their rights.");
        } else if self.is_trouble() || self.roles.iter().any(|role| !role.granted) {
            grid.note("`inboxctl db access grant-roles --dry-run` shows what would fix it.");
        }
        vec![Block::Grid(facts), Block::Grid(grid)]
    }
}
