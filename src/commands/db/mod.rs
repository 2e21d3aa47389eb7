//! `inboxctl db`: the database as a whole.

pub mod access;
pub mod adopt;
pub mod anonymise;
pub(in crate::commands) mod applied;
pub mod backup;
pub mod backups;
pub mod baseline;
pub mod check;
pub mod drift;
pub mod environment;
mod erased_list;
pub mod expected;
mod gate;
pub mod generate;
pub mod leftovers;
pub mod lint;
pub mod locks;
pub mod migrate;
mod migration_files;
pub mod psql;
pub mod redo;
pub mod repair;
pub mod reset;
pub mod restore;
pub mod rollback;
mod runner;
mod scratch;
pub mod seed;
pub mod space;
pub mod status;
pub mod verify;
pub mod wait;
pub(in crate::commands) mod way_out;
pub(in crate::commands) mod whose;

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
    /// Back the database up into a file, and check such files
    Backup(backup::BackupArgs),
    /// List the backups
    #[command(subcommand)]
    Backups(backups::BackupsCommand),
    /// Restore a backup, in place of the database or beside it
    Restore(restore::RestoreArgs),
    /// Show who waits for whom, and how to end it
    Locks(locks::LocksArgs),
    /// Show what fills the disk of the server, and what could go
    Space(space::SpaceArgs),
    /// Drop the copies that restores and killed runs left on the server
    #[command(subcommand)]
    Leftovers(leftovers::LeftoversCommand),
    /// Open the database with psql
    Psql(psql::PsqlArgs),
    /// Test the connection and what stands behind it
    Check(check::CheckArgs),
    /// Look for what is unsafe in migrations, before they run
    Lint(lint::LintArgs),
    /// Compare the live schema with what the migrations make
    Drift(drift::DriftArgs),
    /// Write the schema down: for Prisma, Diesel, as SQL, diagram or data
    Generate(generate::GenerateArgs),
    /// Look for rows, indexes and credentials that are not sound
    Verify(verify::VerifyArgs),
    /// Take over a database that has these tables already
    Baseline(baseline::BaselineArgs),
    /// Make an inbox of the application's own database, by a map and with a rehearsal
    Adopt(adopt::AdoptArgs),
    /// Copy the database into a new one in which nobody is recognisable, or check such a copy
    ///
    /// What remains linkable in the copy: ids, times and the gaps between them, who wrote to whom and how often, how long
    /// a text is and the signs and line breaks in it, how often a name occurs, which names begin or sound alike, which
    /// phones end alike, years of birth, and short numbers. Names of templates, tables and settings, and what a rule
    /// keeps, stay as they are. Whoever has the key can tell which value became which: keep it as you keep the source,
    /// or let it be forgotten.
    Anonymise(anonymise::AnonymiseArgs),
    /// Wait until the database accepts connections
    Wait(wait::WaitArgs),
}

pub use way_out::explain;

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
        DbCommand::Backup(args) => backup::run(ctx, args),
        DbCommand::Backups(command) => backups::run(ctx, command),
        DbCommand::Restore(args) => restore::run(ctx, args),
        DbCommand::Locks(args) => locks::run(ctx, args),
        DbCommand::Space(args) => space::run(ctx, args),
        DbCommand::Leftovers(command) => leftovers::run(ctx, command),
        DbCommand::Psql(args) => psql::run(ctx, args),
        DbCommand::Check(args) => check::run(ctx, args),
        DbCommand::Lint(args) => lint::run(ctx, args),
        DbCommand::Drift(args) => drift::run(ctx, args),
        DbCommand::Generate(args) => generate::run(ctx, args),
        DbCommand::Verify(args) => verify::run(ctx, args),
        DbCommand::Baseline(args) => baseline::run(ctx, args),
        DbCommand::Adopt(args) => adopt::run(ctx, args),
        DbCommand::Anonymise(args) => anonymise::run(ctx, args),
        DbCommand::Wait(args) => wait::run(ctx, args),
    }
}
