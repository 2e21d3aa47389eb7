//! `contacts data`: what is stored of a person, for that person (GDPR, articles 15 and 20).

mod page;

use std::borrow::Cow;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use diesel::PgConnection;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use self::page::{Book, JSON, PAGE};
use super::archives::{self, Archives};
use super::named::ContactArg;
use crate::age_files;
use crate::commands::output::cannot_write;
use crate::commands::path_arg;
use crate::context::Context;
use crate::domain::person_terms::Terms;
use crate::domain::raw_json::RawJson;
use crate::domain::redaction;
use crate::error::{Failure, Outcome};
use crate::store::people::{self, Person};
use crate::store::person_rows::{self, Place};
use crate::store::{interference, server, tx};
use crate::ui::{Block, Column, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct DataArgs {
    /// The contact, by the beginning of its id, phone, e-mail or handle; one that was merged away
    /// leads to its survivor
    #[arg(value_name = "CONTACT")]
    contact: ContactArg,
    /// Folder to write to, which is made if it isn't there: data.json and a page to read, for their
    /// owner alone
    #[arg(long, value_name = "FOLDER", value_parser = path_arg::local())]
    out: PathBuf,
    /// Look at the rows in archives of this folder too; may be repeated
    #[arg(long, value_name = "DIR")]
    archive: Vec<PathBuf>,
    /// File with the secret key of encrypted archives
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
}

pub(super) fn run(ctx: &mut Context, args: DataArgs) -> anyhow::Result<Outcome> {
    let identities = age_files::all_identities(&args.identity)?;
    let archives = Archives::open(&args.archive, &identities)?;
    let named = ctx.config.references();
    let mut db = ctx.connect()?;
    let mut made = None;
    let progress = ctx.ui.spinner("looking for what is stored");
    // One snapshot: what is stored at one moment.
    let written = tx::read_once(&mut db, |conn| {
        let asked = args.contact.find(ctx, conn)?;
        let person = people::find(conn, asked)?.ok_or_else(|| super::unknown_or_archived(asked))?;
        made = Some(make(&args.out)?);
        Ok((asked, write(ctx, conn, &args, &person, &named, &archives)?))
    });
    drop(progress);
    if written.is_err() && made == Some(true) {
        // Nothing has a name in it.
        let _ = fs::remove_dir(&args.out);
    }
    let (asked, view) = written?;
    if view.contact != asked {
        ctx.ui.status(format!("{asked} was merged into {}", view.contact));
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// Whether it wasn't there.
fn make(folder: &Path) -> anyhow::Result<bool> {
    let refused = |why: &str| {
        Err(Failure::refused(format!("nothing is written into {}", folder.display()))
            .why(why)
            .hint("name a folder that isn't there yet: what is stored of one person is no other's")
            .into())
    };
    let cannot = || cannot_write(folder);
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            DirBuilder::new().mode(0o700).create(folder).with_context(cannot)?;
            Ok(true)
        }
        Err(error) => Err(anyhow::Error::from(error).context(cannot())),
        Ok(facts) if !facts.is_dir() => refused("it is no folder"),
        Ok(_) if fs::read_dir(folder).with_context(cannot)?.next().is_some() => {
            refused("there is something in it")
        }
        Ok(_) => Ok(false),
    }
}

fn write(
    ctx: &Context,
    conn: &mut PgConnection,
    args: &DataArgs,
    person: &Person,
    named: &[String],
    archives: &Archives,
) -> anyhow::Result<DataView> {
    let places = person_rows::places(conn, named)?;
    let readable: Vec<&str> =
        places.iter().filter(|place| place.is_readable).map(Place::table).collect();
    interference::see_all_rows(conn, &readable)?;
    // A row is written between two of them.
    tx::may_be_idle(conn)?;
    let cannot = || cannot_write(&args.out);
    let mut view = DataView::new(&args.out, person);
    let merged: Vec<Value> = person.merged.iter().map(|id| id.to_string().into()).collect();
    let facts = [
        ("contact", Value::from(person.id.to_string())),
        ("merged_ids", Value::from(merged)),
        ("database", Value::from(server::database_name(conn)?)),
        ("written_at", Value::from(server::now(conn)?.to_string())),
    ];
    let called = person.name.clone().unwrap_or_else(|| person.id.to_string());
    let title = format!("What is stored of {called}");
    let mut book = Book::create(&args.out, &title, &facts).with_context(cannot)?;
    for place in places.iter().filter(|place| !place.is_of_others) {
        if !place.is_readable {
            view.not_searched.push(format!("{}: this role can't read it", place.name));
            continue;
        }
        if !place.strange.is_empty() {
            let code = place.strange.join("; ");
            let why = format!("reading it whole would run code of another role: {code}");
            view.not_searched.push(format!("{}: {why}", place.name));
            continue;
        }
        book.begin(&place.name).with_context(cannot)?;
        let rows = place.stream(conn, &person.terms, |row| match ctx.interrupted() {
            Some(signal) => Err(Failure::interrupted(signal).into()),
            None => {
                let row = own_part(&place.name, row, &person.terms);
                Ok(book.row(&place.name, &row).with_context(cannot)?)
            }
        })?;
        book.end().with_context(cannot)?;
        view.add(&place.name, rows);
    }
    for (manifest, archive) in &archives.found {
        let name = archives::name(manifest);
        let mut rows = 0;
        book.begin(&name).with_context(cannot)?;
        let is_of = |row: &str| archives::concerns(row, &person.terms);
        archives::rows(ctx, archive, is_of, |row, is_own| {
            if is_own {
                rows += 1;
                book.row(&name, row).with_context(cannot)?;
            }
            Ok(())
        })?;
        book.end().with_context(cannot)?;
        view.add(&name, rows);
    }
    view.say_what_is_missing(args, person, archives);
    book.finish(&view.searched, &view.not_searched).with_context(cannot)?;
    Ok(view)
}

/// Of lists in jobs and entries that name the person, what names others beside is theirs.
fn own_part<'a>(place: &str, row: &'a str, terms: &Terms) -> Cow<'a, str> {
    let document = match place {
        "scheduled_jobs" => "payload",
        "audit_logs" => "details",
        _ => return Cow::Borrowed(row),
    };
    let Ok(parsed) = RawJson::parse(row.to_owned()) else { return Cow::Borrowed(row) };
    let Some(value) = parsed.member(document) else { return Cow::Borrowed(row) };
    let own = redaction::only(&value, terms);
    match own == value {
        true => Cow::Borrowed(row),
        false => Cow::Owned(parsed.with(&[(document.to_owned(), own)], &[]).text().to_owned()),
    }
}

#[derive(Debug, Serialize)]
struct PlaceView {
    place: String,
    rows: u64,
}

#[derive(Debug, Serialize)]
struct DataView {
    contact: Uuid,
    merged_ids: Vec<Uuid>,
    json: String,
    page: String,
    /// Those that have any.
    places: Vec<PlaceView>,
    searched: Vec<String>,
    not_searched: Vec<String>,
}

impl DataView {
    fn new(folder: &Path, person: &Person) -> DataView {
        let path = |name| folder.join(name).display().to_string();
        DataView {
            contact: person.id,
            merged_ids: person.merged.clone(),
            json: path(JSON),
            page: path(PAGE),
            places: Vec::new(),
            searched: Vec::new(),
            not_searched: Vec::new(),
        }
    }

    fn add(&mut self, place: &str, rows: u64) {
        self.searched.push(place.to_owned());
        if rows > 0 {
            self.places.push(PlaceView { place: place.to_owned(), rows });
        }
    }

    fn say_what_is_missing(&mut self, args: &DataArgs, person: &Person, archives: &Archives) {
        let mut say = |what: String| self.not_searched.push(what);
        archives.closed.iter().for_each(|one| say(one.clone()));
        if args.archive.is_empty() {
            say(String::from("archives of deleted rows: none was named, see --archive"));
        }
        say(String::from(
            "backups, and other databases of the server: they hold what was there when they were made",
        ));
        say(String::from(
            "texts that name the person and hold neither an id, nor a phone or an e-mail of theirs",
        ));
        for value in &person.shared {
            say(format!(
                "jobs, the audit log and archives for {value}, which another contact has too"
            ));
        }
    }
}

impl Tabular for DataView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![Column::left("place"), Column::right("rows")]);
        for one in &self.places {
            grid.row(vec![one.place.as_str().into(), human::count(one.rows).into()]);
        }
        for what in &self.not_searched {
            grid.note(format!("Not searched: {}.", human::one_line(what, 400)));
        }
        grid.note(format!("Wrote {} and {}.", self.json, self.page));
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("places")
    }
}
