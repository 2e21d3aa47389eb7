//! A database that a command makes, restores into, and drops unless it is kept.

use jiff::Timestamp;

use super::contents;
use super::source::Source;
use super::take::place;
use crate::backup::stream::Kind;
use crate::backup::{programs, tools};
use crate::context::Context;
use crate::domain::backup::version;
use crate::error::Failure;
use crate::store::connect::{Db, Target};
use crate::store::{databases, server};

pub struct Fresh<'a> {
    ctx: &'a Context,
    /// In another database of the server.
    pub admin: Db,
    pub name: String,
    pub target: Target,
    kept: bool,
}

impl<'a> Fresh<'a> {
    /// Makes it, like `model` where that is there.
    ///
    /// # Errors
    /// The role may not, or it is there already.
    pub fn create(ctx: &'a Context, name: &str, model: &str) -> anyhow::Result<Fresh<'a>> {
        // From here on a signal must not end the process with it left behind.
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        let target = ctx.target()?;
        let mut admin = target.with_database("postgres").open().or_else(|_| target.open())?;
        if databases::exists(&mut admin.conn, name)? {
            return Err(Failure::refused(format!("there is a database {name} already"))
                .why("a backup is only restored into a new one")
                .hint("name another")
                .into());
        }
        databases::create_like(&mut admin.conn, name, model)?;
        tracing::info!(name, "made a database");
        let target = target.with_database(name);
        Ok(Fresh { ctx, admin, name: name.to_owned(), target, kept: false })
    }

    /// Restores into it and checks what came out. Returns what is wrong.
    ///
    /// # Errors
    /// No fitting program, or a signal came.
    pub fn fill(&mut self, source: &Source, owners: bool) -> anyhow::Result<Vec<String>> {
        let major = version::major(&server::facts(&mut self.admin.conn)?.version);
        let (program, least) = match source.kind {
            Kind::Custom => ("pg_restore", major.max(source.dumped_by())),
            Kind::Plain => ("psql", major),
        };
        let program = tools::find(program, self.ctx.config.pg_bin.as_deref(), least)?;
        let progress = self.ctx.ui.spinner("restoring");
        let reading = programs::restore(
            &program,
            &place(&self.target),
            source.kind,
            owners,
            &source.path,
            &source.identities,
            &|| self.ctx.interrupted().is_some(),
        )?;
        let problems = source.problems(self.ctx, reading)?;
        if !problems.is_empty() {
            return Ok(problems);
        }
        progress.label("checking what was restored");
        contents::problems(self.ctx, &self.target, source.manifest.as_ref())
    }

    /// It stays.
    pub fn keep(&mut self) {
        self.kept = true;
    }
}

impl Drop for Fresh<'_> {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        if let Err(error) = databases::drop_own(&mut self.admin.conn, &self.name) {
            self.ctx.ui.warn(format!("the database {} was left behind: {error}", self.name));
        }
    }
}

/// The time that names of such databases carry.
///
/// # Errors
/// The server refuses.
pub fn now(db: &mut Db) -> anyhow::Result<Timestamp> {
    Ok(server::now(&mut db.conn)?)
}
