//! A database that a command makes, restores into, and drops unless it is kept.

use std::sync::Arc;
use std::time::Duration;

use super::contents::{self, Findings};
use super::entries::Entries;
use super::source::Source;
use super::take::place;
use crate::atomic_file::AtomicFile;
use crate::backup::programs::Selection;
use crate::backup::stream::Kind;
use crate::backup::{programs, tools};
use crate::commands::db::scratch;
use crate::context::Context;
use crate::domain::backup::version;
use crate::error::{self, Failure};
use crate::store::connect::{Db, Target};
use crate::store::liveness::{Line, Whose};
use crate::store::scratch::Scratch;
use crate::store::{databases, login_roles, server};

/// Longer than any restore takes that somebody waits for.
const ROLE_LIVES: Duration = Duration::from_secs(7 * 24 * 60 * 60);

pub struct Fresh<'a> {
    pub(super) ctx: &'a Context,
    pub scratch: Scratch,
    /// How it is restored into, where not as the operator.
    login: Option<Target>,
}

impl<'a> Fresh<'a> {
    /// Makes it, called after `base` and like `model` where that is there.
    ///
    /// # Errors
    /// The role may not, or a pooler stands between.
    pub fn create(ctx: &'a Context, base: &str, model: &str) -> anyhow::Result<Fresh<'a>> {
        // From here on a signal must not end the process with it left behind.
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        let admin = scratch::admin(ctx)?;
        let scratch = scratch::create(ctx, admin, base, Some(model))?;
        tracing::info!(name = scratch.name, "made a database");
        Ok(Fresh { ctx, scratch, login: None })
    }

    /// As [`Fresh::create`], on the server that `admin` leads to, and restored into by a role that
    /// owns this database alone; `None` where there can't be such a role, or it can't log in.
    ///
    /// # Errors
    /// The role may make no database, or a pooler stands between.
    pub fn for_nobody(
        ctx: &'a Context,
        mut admin: Db,
        base: &str,
        model: Option<&str>,
    ) -> anyhow::Result<Option<Fresh<'a>>> {
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        if !login_roles::is_allowed(&mut admin.conn)? {
            return Ok(None);
        }
        let scratch = scratch::create(ctx, admin, base, model)?;
        let mut fresh = Fresh { ctx, scratch, login: None };
        let random: [u8; 24] = ctx.random()?;
        let password: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let day = server::now(&mut fresh.scratch.admin.conn)? + ROLE_LIVES;
        let login = match fresh.scratch.give_away(&password, day) {
            Ok(login) => login,
            Err(error) => {
                tracing::info!(%error, "no role could be made for the restore");
                return Ok(None);
            }
        };
        if let Err(failure) = login.open() {
            if failure.kind == error::Kind::Busy {
                return Err(failure.into());
            }
            tracing::info!(why = failure.why, "the role made for the restore can't log in");
            return Ok(None);
        }
        fresh.login = Some(login);
        Ok(Some(fresh))
    }

    /// Whether a role made for it restores into it.
    pub fn is_nobodys(&self) -> bool {
        self.login.is_some()
    }

    /// How what is in it is reached by who restores it.
    pub fn target(&self) -> &Target {
        self.login.as_ref().unwrap_or(&self.scratch.target)
    }

    /// Restores into it and checks what came out.
    ///
    /// # Errors
    /// No fitting program, or a signal came.
    pub fn fill(&mut self, source: &Source, plan: &Entries) -> anyhow::Result<Findings> {
        self.close_usual_schema(source)?;
        let problems = self.restore(source, plan.owners, plan.kept_list()?)?;
        if !problems.is_empty() {
            return Ok(Findings::of(problems));
        }
        contents::problems(self.ctx, &self.scratch.target, source.manifest.as_ref())
    }

    /// Where the backup says nothing of it because that is usual by now. Before its own rights are
    /// given, and after nobody made what is in there: a role that only owns the database may not
    /// once it is closed.
    pub(super) fn close_usual_schema(&mut self, source: &Source) -> anyhow::Result<()> {
        let major = version::major(&server::facts(&mut self.scratch.admin.conn)?.version);
        if version::takes_schema_as_closed(source.dumped_by, major) {
            databases::close_usual_schema(&mut self.scratch.open()?.conn)?;
        }
        Ok(())
    }

    /// Restores what `list` names, or everything.
    pub(super) fn restore(
        &mut self,
        source: &Source,
        owners: bool,
        mut list: Option<AtomicFile>,
    ) -> anyhow::Result<Vec<String>> {
        let major = version::major(&server::facts(&mut self.scratch.admin.conn)?.version);
        let (program, least) = match source.kind {
            Kind::Custom => ("pg_restore", major.max(source.dumped_by)),
            Kind::Plain => ("psql", major),
        };
        let program = tools::find(program, self.ctx.config.pg_bin.as_deref(), least)?;
        let _progress = self.ctx.ui.spinner("restoring");
        let place = place(self.target(), &program);
        let started = Some(self.scratch.admin.server.started.clone());
        let whose = Whose { started, all_here: true, ..Whose::default() };
        let line = Line::watch(Arc::new(self.target().clone()), whose);
        let selection = Selection {
            kind: source.kind,
            owners,
            use_list: list.as_mut().map(AtomicFile::aside).transpose()?,
        };
        let reading = programs::restore(
            &program,
            &place,
            &selection,
            source.given.stored(),
            &source.identities,
            &|pace| self.ctx.interrupted().is_some() || line.is_silent(pace),
        )?;
        // One that ended by itself has done what it was to do.
        if matches!(reading, programs::Reading::Stopped) && line.was_silent() {
            return Err(error::connection_lost("").into());
        }
        source.problems(self.ctx, reading)
    }
}

impl Drop for Fresh<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.scratch.remove() {
            let name = &self.scratch.name;
            self.ctx.ui.warn(format!("the database {name} was left behind: {error}"));
        }
    }
}
