//! What of a backup the role may restore: known before any work, with what an
//! administrator must run for the rest.

use std::io::{self, Write};

use super::source::Source;
use crate::atomic_file::{AtomicFile, PRIVATE};
use crate::backup::stream::Kind;
use crate::backup::{programs, toc, tools};
use crate::context::Context;
use crate::domain::backup::copy_text::{CopyText, Row};
use crate::domain::backup::entries::{self, Maker, Needs};
use crate::domain::backup::trusted::{self, Trusted};
use crate::error::Failure;
use crate::local::Client;
use crate::store::backups;
use crate::store::connect::Db;

/// What is restored of a backup.
#[derive(Debug, Default)]
pub struct Entries {
    pub owners: bool,
    list: String,
    needs: Needs,
}

impl Entries {
    /// What the role of `db` may restore of `source`.
    ///
    /// # Errors
    /// Refused: it needs what only an administrator may do.
    pub fn plan(
        ctx: &Context,
        db: &mut Db,
        source: &Source,
        owners: bool,
    ) -> anyhow::Result<Entries> {
        let rights = match source.kind {
            Kind::Custom => backups::rights(&mut db.conn)?,
            // What a script holds nobody knows before.
            Kind::Plain => return Ok(Entries { owners, ..Entries::default() }),
        };
        let list = list(ctx, source)?;
        // A superuser may restore everything.
        let Some(rights) = rights else {
            return Ok(Entries { owners, list, ..Entries::default() });
        };
        let needs = entries::needs(&list, &rights, owners);
        if needs.before.is_empty() {
            return Ok(Entries { owners, list, needs });
        }
        let what: Vec<&str> = needs.before.iter().map(|(what, _)| what.as_str()).collect();
        let remedies: Vec<&str> = needs.before.iter().map(|(_, remedy)| remedy.as_str()).collect();
        let without =
            if owners { "; or leave owners and privileges out with --no-owner" } else { "" };
        Err(Failure::refused(format!("{} may not restore all of it", rights.role))
            .why(format!("the backup is sound, and holds {}", what.join(", ")))
            .hint(format!("an administrator must run: {}{without}", remedies.join("; ")))
            .into())
    }

    /// What a role restores that owns the database it restores into, and nothing else.
    ///
    /// # Errors
    /// The server refuses, or pg_restore can't be run.
    pub fn for_its_owner(ctx: &Context, db: &mut Db, source: &Source) -> anyhow::Result<Entries> {
        if source.kind == Kind::Plain {
            return Ok(Entries::default());
        }
        let extensions = backups::extensions(&mut db.conn)?;
        let list = list(ctx, source)?;
        let functions = entries::functions(&list);
        let script = match functions.is_empty() {
            true => Vec::new(),
            false => script(ctx, source, &functions)?,
        };
        let needs = entries::left_out(&list, &extensions, &String::from_utf8_lossy(&script));
        Ok(Entries { owners: false, list, needs })
    }

    /// What is left out, as people read it.
    pub fn left_out(&self) -> Vec<String> {
        self.needs.later.iter().map(|line| entries::about(line)).collect()
    }

    /// The lines of the list that `makers` make, see [`entries::made_by`].
    pub(super) fn made_by(&self, makers: &[Maker], data: bool) -> String {
        entries::made_by(&self.list, &self.needs, makers, self.owners, data)
    }

    /// What of it would run with the rights of who restores it.
    ///
    /// # Errors
    /// The file can't be read.
    pub(super) fn trusted(&self, source: &Source) -> Result<Trusted, Failure> {
        let Some(mut all) = toc::entries(source.given.stored(), &source.identities)? else {
            return Ok(trusted::unknown());
        };
        let left = self.needs.later.iter().filter_map(|line| line.split_once(';')?.0.parse().ok());
        let left: Vec<u64> = left.collect();
        all.retain(|entry| !left.contains(&entry.id));
        Ok(trusted::trusted(&all))
    }

    /// The list for pg_restore, where something is left out.
    ///
    /// # Errors
    /// No temporary file can be written.
    pub fn kept_list(&self) -> Result<Option<AtomicFile>, Failure> {
        if self.needs.later.is_empty() {
            return Ok(None);
        }
        written(&entries::without_later(&self.list, &self.needs)).map(Some)
    }

    /// The statements of what was left out, which an administrator must run in the
    /// restored database; `None` if nothing was.
    ///
    /// # Errors
    /// pg_restore can't be run.
    pub fn for_administrators(
        &self,
        ctx: &Context,
        source: &Source,
    ) -> Result<Option<String>, Failure> {
        if self.needs.later.is_empty() {
            return Ok(None);
        }
        let script = script(ctx, source, &self.needs.later.join("\n"))?;
        let script = String::from_utf8_lossy(&script);
        let is_statement = |line: &&str| {
            !line.trim().is_empty() && !line.starts_with("--") && !line.starts_with('\\')
        };
        let settings = ["SET ", "SELECT pg_catalog.set_config"];
        let lines = script.lines().filter(is_statement);
        let lines = lines.filter(|line| !settings.iter().any(|word| line.starts_with(word)));
        Ok(Some(lines.collect::<Vec<_>>().join("\n")))
    }
}

/// Where a dump's text goes whose rows are wanted.
struct Rows<F>(CopyText<F>);

impl<F: FnMut(&Row<'_>)> Write for Rows<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.take(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Hands over each row of the tables that are wanted, see [`entries::data_of`].
///
/// # Errors
/// It can't be read, is damaged, a plain script, or a signal came.
pub fn rows(
    ctx: &Context,
    source: &Source,
    schema: &str,
    is_wanted: impl Fn(&str, bool) -> bool,
    each: impl FnMut(&Row<'_>) + Send,
) -> Result<(), Failure> {
    if source.kind == Kind::Plain {
        // What in a script is a row, and of which table, only a server can tell.
        return Err(Failure::refused(format!("{} can't be looked into", source.name()))
            .why("it is a plain script, and only a server can tell what it says")
            .hint("name a backup of `inboxctl db backup`, or of pg_dump --format=custom"));
    }
    let lines = entries::data_of(&list(ctx, source)?, schema, is_wanted);
    script_into(ctx, source, &lines, &mut Rows(CopyText::new(each)))
}

fn list(ctx: &Context, source: &Source) -> Result<String, Failure> {
    let (stored, keys) = (source.given.stored(), &source.identities);
    told(ctx, source, |program, stop| programs::list(program, stored, keys, stop))
}

/// The statements of the entries that `lines` of the list name, in the encoding of the dump.
pub(super) fn script(ctx: &Context, source: &Source, lines: &str) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    script_into(ctx, source, lines, &mut text)?;
    Ok(text)
}

/// As [`script`], with the rows of what is data.
fn script_into(
    ctx: &Context,
    source: &Source,
    lines: &str,
    sink: &mut (dyn Write + Send),
) -> Result<(), Failure> {
    let mut list = written(lines)?;
    let list = list.aside().map_err(|error| unwritable(&error))?;
    let (stored, keys) = (source.given.stored(), &source.identities);
    told(ctx, source, |program, stop| programs::script(program, stored, keys, list, sink, stop))
}

fn told<T>(
    ctx: &Context,
    source: &Source,
    tell: impl FnOnce(&Client, &dyn Fn() -> bool) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let program = tools::find("pg_restore", ctx.config.pg_bin.as_deref(), source.dumped_by)?;
    let told = tell(&program, &|| ctx.interrupted().is_some());
    match ctx.interrupted() {
        Some(signal) => Err(Failure::interrupted(signal)),
        None => told,
    }
}

/// Gone with its value.
pub(super) fn written(text: &str) -> Result<AtomicFile, Failure> {
    let path = std::env::temp_dir().join("inboxctl-restore.list");
    AtomicFile::written(&path, PRIVATE, text.as_bytes()).map_err(|error| unwritable(&error))
}

fn unwritable(error: &io::Error) -> Failure {
    let folder = std::env::temp_dir();
    Failure::failed(format!("no temporary file can be written in {}", folder.display()))
        .why(error.to_string())
}
