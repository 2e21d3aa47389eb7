//! `db environment`: what this database is for.

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use serde_json::json;

use super::whose;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::context::place::{self, ENVIRONMENT_KEY};
use crate::domain::audit_action::Action;
use crate::domain::environment::Environment;
use crate::error::Outcome;
use crate::store::audit::{self, Change};
use crate::store::{server, settings, tx};
use crate::ui::{Block, Cell, Grid, Tabular};

#[derive(Debug, Args)]
pub struct EnvironmentArgs {
    #[command(subcommand)]
    command: Option<EnvironmentCommand>,
}

#[derive(Debug, Subcommand)]
enum EnvironmentCommand {
    /// Mark the database
    Set(SetArgs),
}

#[derive(Debug, Args)]
struct SetArgs {
    /// What the database is for
    #[arg(value_enum)]
    name: Name,
    #[command(flatten)]
    consent: ConsentArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    Development,
    Test,
    Staging,
    Production,
}

impl From<Name> for Environment {
    fn from(name: Name) -> Environment {
        match name {
            Name::Development => Environment::Development,
            Name::Test => Environment::Test,
            Name::Staging => Environment::Staging,
            Name::Production => Environment::Production,
        }
    }
}

pub fn run(ctx: &mut Context, args: EnvironmentArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (before, marked, database) = tx::read(&mut db, |conn| {
        let (environment, marked) = place::environment(conn)?;
        Ok((environment, marked, server::database_name(conn)?))
    })?;
    let Some(EnvironmentCommand::Set(set)) = args.command else {
        ctx.ui.show(&EnvironmentView { database, environment: before, marked })?;
        return Ok(Outcome::Done);
    };
    let environment = Environment::from(set.name);
    let view = EnvironmentView { database, environment, marked: true };
    if set.consent.dry_run {
        ctx.ui.status(format!("would mark {} as {environment}; it is {before}", view.database));
        return Ok(Outcome::Done);
    }
    whose::require_inbox(&mut db)?;
    let actor = ctx.schema_actor(&mut db)?;
    if marked && before == environment {
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    // To production: what worked unasked asks from then on. From it: `db reset` is one flag away.
    if [before, environment].contains(&Environment::Production) {
        let question = format!("mark {} as {environment} (it is {before})", view.database);
        ctx.consent(&mut db, &view, &question, set.consent.yes)?;
    }
    tx::write(&mut db, |conn| {
        settings::setup(conn)?;
        settings::upsert(conn, ENVIRONMENT_KEY, &json!(environment.as_str()), &actor.name)?;
        let details = json!({ "from": before, "to": environment });
        let change = Change { action: Action::EnvironmentSet, resource_id: None, details };
        let actor = actor.resolve(conn)?;
        Ok(audit::record_if_possible(conn, &actor, &change)?)
    })?;
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct EnvironmentView {
    database: String,
    environment: Environment,
    /// False where nobody said so and the default counts.
    marked: bool,
}

impl Tabular for EnvironmentView {
    fn blocks(&self) -> Vec<Block> {
        let source = if self.marked { "" } else { " (not marked: the default)" };
        vec![Block::Grid(Grid::facts([
            ("database", Cell::new(&self.database)),
            ("environment", Cell::new(format!("{}{source}", self.environment))),
        ]))]
    }
}
