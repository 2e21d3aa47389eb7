//! A backup restored so that nothing of it runs with the rights of who restores it: a role that is
//! nobody makes what can run, and hands it over.

use super::contents::{self, Findings};
use super::entries::{Entries, script, written};
use super::fresh::Fresh;
use super::source::Source;
use crate::backup::stream::Kind;
use crate::context::Context;
use crate::domain::backup::entries::Maker;
use crate::domain::backup::forms::{self, Turn};
use crate::domain::backup::trusted::Trusted;
use crate::domain::grants::Grant;
use crate::error::{self, Failure};
use crate::store::connect::Db;
use crate::store::{backups, grants, handover, login_roles, tx};

/// What the restoring role runs itself, statement by statement, and what it leaves to nobody.
#[derive(Debug)]
pub struct Steps {
    rooms: Vec<String>,
    schemas: Vec<String>,
    /// Lines of the list.
    nobodys: String,
    owners: Vec<String>,
    finish: Vec<String>,
    event_triggers: Vec<String>,
    has_owners: bool,
    /// What can't be made by nobody, as it is told; without it nothing can.
    pub for_superusers: Vec<String>,
    /// What would run if it were restored by who restores it.
    pub trusted: Trusted,
}

impl Steps {
    /// `None` where it has to be restored as the role of `db`: a script, or a role that may make no
    /// roles.
    ///
    /// # Errors
    /// pg_restore can't be run, or it holds what no dump does.
    pub fn plan(
        ctx: &Context,
        db: &mut Db,
        source: &Source,
        entries: &Entries,
    ) -> anyhow::Result<Option<Steps>> {
        if source.kind == Kind::Plain || !login_roles::is_allowed(&mut db.conn)? {
            return Ok(None);
        }
        let mut text = |makers: &[Maker]| {
            let lines = entries.made_by(makers, false);
            let script = if lines.is_empty() { Vec::new() } else { script(ctx, source, &lines)? };
            Ok::<_, Failure>(decoded(db, script))
        };
        let texts = text(&[Maker::First, Maker::Nobody])?.zip(text(&[Maker::Last])?);
        let is_read = texts.is_some();
        let (makes, ends) = texts.unwrap_or_default();
        let mut for_superusers = forms::for_superusers(&makes);
        let is_read_right = |text: &str| {
            text.is_empty() || text.contains("\nSET standard_conforming_strings = on;\n")
        };
        if !is_read || !is_read_right(&makes) || !is_read_right(&ends) {
            for_superusers.push(String::from("statements that can't be told apart"));
        }
        let finish = forms::finish(&ends).unwrap_or_else(|statement| {
            let line = statement.lines().next().unwrap_or_default();
            for_superusers.push(format!("a statement of no known form: {line}"));
            Vec::new()
        });
        let wanted = |statement: &&str| entries.owners || !forms::gives_owner(statement);
        let of_turn = |turn: Turn| {
            let its =
                finish.iter().filter(|(its, _)| *its == turn).map(|(_, statement)| *statement);
            its.filter(wanted).map(str::to_owned).collect::<Vec<String>>()
        };
        let owned =
            |found: Vec<&str>| found.into_iter().map(str::to_owned).collect::<Vec<String>>();
        let rooms = owned(forms::rooms(&makes));
        Ok(Some(Steps {
            schemas: owned(rooms.iter().filter_map(|room| forms::schema(room)).collect()),
            rooms,
            nobodys: entries.made_by(&[Maker::Nobody], true),
            owners: if entries.owners { owned(forms::owners(&makes)) } else { Vec::new() },
            finish: of_turn(Turn::Then),
            event_triggers: of_turn(Turn::AtLast),
            has_owners: entries.owners,
            for_superusers,
            trusted: entries.trusted(source)?,
        }))
    }
}

/// What was done besides, and is to be told.
#[derive(Debug, Default)]
pub struct HandedOver {
    /// What a backup without its privileges would have opened.
    pub closed: Vec<Grant>,
    /// Materialized views that were left empty.
    pub unfilled: Vec<String>,
}

/// `None` where the server can't tell what it says.
fn decoded(db: &mut Db, script: Vec<u8>) -> Option<String> {
    if script.is_ascii() {
        return String::from_utf8(script).ok();
    }
    let encoding = forms::encoding(&script)?;
    match encoding.as_str() {
        "UTF8" => String::from_utf8(script).ok(),
        _ => backups::decoded(&mut db.conn, &script, &encoding).ok(),
    }
}

/// Not everything that only a superuser may make is known before.
fn with_the_other_way(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<Failure>() {
        Ok(failure) if failure.kind == error::Kind::Busy => failure.into(),
        Ok(failure) if failure.why.as_ref().is_some_and(|why| !why.contains("role \"")) => failure
            .hint(
                "what was made for it was dropped again, and nothing else was touched; if only a \
                 superuser may make that, and you trust the functions in it: --trust-functions",
            )
            .into(),
        Ok(failure) => failure.into(),
        Err(error) => error,
    }
}

/// Closes what a backup without its privileges would open.
///
/// # Errors
/// The server refuses.
pub fn close(db: &mut Db) -> anyhow::Result<Vec<Grant>> {
    tx::write(db, |conn| Ok(grants::close_functions(conn)?))
}

impl Fresh<'_> {
    /// Restores into it as nobody, and checks what came out, as nobody too.
    ///
    /// # Errors
    /// No fitting program, the server refuses, or a signal came.
    pub fn fill_as_nobody(&mut self, source: &Source, steps: &Steps) -> anyhow::Result<Findings> {
        let mut db = self.scratch.open()?;
        db.set_timeouts(0, 0)?;
        handover::begin(&mut db.conn)?;
        handover::prepare(&mut db.conn, &steps.rooms, &steps.schemas, &self.scratch.name)?;
        drop(db);
        let list = written(&steps.nobodys)?;
        let problems = self.restore(source, false, Some(list)).map_err(with_the_other_way)?;
        if !problems.is_empty() {
            return Ok(Findings::of(problems));
        }
        contents::problems(self.ctx, self.target(), source.manifest.as_ref())
    }

    /// Gives it, and what is in it, to the owners; the role that restored it is gone after that.
    ///
    /// # Errors
    /// The server refuses, or something has no owner.
    pub fn hand_over(
        &mut self,
        source: &Source,
        steps: &Steps,
        is_ours: bool,
    ) -> anyhow::Result<HandedOver> {
        let name = self.scratch.name.clone();
        self.scratch.take_back()?;
        let mut db = self.scratch.open()?;
        db.set_timeouts(0, 0)?;
        handover::begin(&mut db.conn)?;
        handover::give(&mut db.conn, &steps.owners)
            .map_err(|error| source.not_taken(error.to_string()))?;
        let left = handover::owned(&mut db.conn, &name)?;
        if steps.has_owners && !left.is_empty() {
            return Err(Failure::failed(format!("{} was not restored", source.name()))
                .why(format!("its list of owners lacks: {}", left.join(", ")))
                .hint("leave owners and privileges out with --no-owner")
                .into());
        }
        handover::end(&mut db.conn, &name)?;
        self.close_usual_schema(source)?;
        let finish = |db: &mut Db, statements: &[String]| {
            handover::finish(&mut db.conn, statements)
                .map_err(|error| source.not_taken(error.to_string()))
        };
        finish(&mut db, &steps.finish)?;
        let unfilled = handover::empty_views(&mut db.conn)?;
        self.scratch.remove_role()?;
        let closed = if is_ours { close(&mut self.scratch.open()?)? } else { Vec::new() };
        // From here on they run, and nothing more is done there.
        finish(&mut db, &steps.event_triggers)?;
        Ok(HandedOver { closed, unfilled })
    }
}
