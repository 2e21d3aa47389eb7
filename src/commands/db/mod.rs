//! `inboxctl db`: the database as a whole.

pub mod access;
pub mod check;
pub mod environment;
pub mod migrate;
pub mod redo;
pub mod repair;
pub mod reset;
pub mod rollback;
pub(in crate::commands) mod runner;
pub mod seed;
pub mod status;
pub mod wait;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum DbCommand {
    /// Apply the pending migrations, safely
    Migrate(migrate::MigrateArgs),
    /// Show each migration and where it stands
    Status(status::StatusArgs),
    /// Revert the newest migrations
    Rollback(rollback::RollbackArgs),
    /// Revert the newest migrations and apply them again
    Redo(redo::RedoArgs),
    /// Bring the migration history in order
    Repair(repair::RepairArgs),
    /// Fill the database with sample rows
    Seed(seed::SeedArgs),
    /// Drop everything, migrate, and seed if asked
    Reset(reset::ResetArgs),
    /// Show or set what this database is for
    Environment(environment::EnvironmentArgs),
    /// Say who may change the database: users, and roles of the server
    #[command(subcommand)]
    Access(access::AccessCommand),
    /// Test the connection and what stands behind it
    Check(check::CheckArgs),
    /// Wait until the database accepts connections
    Wait(wait::WaitArgs),
}

pub fn run(ctx: &mut Context, command: DbCommand) -> anyhow::Result<Outcome> {
    match command {
        DbCommand::Migrate(args) => migrate::run(ctx, args),
        DbCommand::Status(args) => status::run(ctx, args),
        DbCommand::Rollback(args) => rollback::run(ctx, args),
        DbCommand::Redo(args) => redo::run(ctx, args),
        DbCommand::Repair(args) => repair::run(ctx, args),
        DbCommand::Seed(args) => seed::run(ctx, args),
        DbCommand::Reset(args) => reset::run(ctx, args),
        DbCommand::Environment(args) => environment::run(ctx, args),
        DbCommand::Access(command) => access::run(ctx, command),
        DbCommand::Check(args) => check::run(ctx, args),
        DbCommand::Wait(args) => wait::run(ctx, args),
    }
}
