//! `db verify`: whether what is stored is sound.

use clap::Args;
use serde::Serialize;

use super::{expected, whose};
use crate::commands::integrations::columns::{self, Walk};
use crate::context::Context;
use crate::domain::{integrity, vault};
use crate::error::{Outcome, explain};
use crate::store::connect::Db;
use crate::store::envelopes::Filter;
use crate::store::fingerprint::Fingerprint;
use crate::store::grants::{self, Creators};
use crate::store::{self, catalog, interference, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct VerifyArgs {}

const PAGE_ROWS: i64 = 2_000;
const OPEN_FUNCTION: &str = "function open to others";

pub fn run(ctx: &mut Context, _args: VerifyArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect_to_read()?;
    whose::require_alike(&mut db)?;
    let catalog = expected::read(&mut db)?;
    let mut view = VerifyView::default();
    let lacking = expected::lacking(&mut db, &catalog)?;
    view.checked += 1;
    for title in &lacking {
        view.bad("schema", title.clone(), None);
    }
    for (check, object) in integrity::unsound(&catalog, &Fingerprint::embedded()?.catalog) {
        view.bad(check, object, None);
    }
    let schema = db.target.schema().to_owned();
    let (trusted, creators, open) = tx::read(&mut db, |conn| {
        let trusted = store::integrity::trusted_roles(conn)?;
        Ok((trusted, grants::creators(conn, &schema)?, grants::open_functions(conn)?))
    })?;
    view.checked += 1;
    for grant in &open {
        let what = format!("{}: {}", grant.grantee.as_str(), grant.describe());
        view.bad(OPEN_FUNCTION, what, None);
    }
    if let Some(found) = creators {
        let Creators { names, revoke } = found;
        ctx.ui.warn(format!("{names} may create in the schema {schema}; this ends it: {revoke}"));
    }
    for question in integrity::questions(&catalog) {
        if let Some(signal) = ctx.interrupted() {
            ctx.ui.show(&view)?;
            return Ok(Outcome::Interrupted(signal));
        }
        if let Some(author) = question.author.as_ref().filter(|author| !trusted.contains(author)) {
            let why = format!("{}: it would run what {author} wrote", question.object);
            view.skip(question.check, &why);
            continue;
        }
        view.checked += 1;
        let counted = tx::read(&mut db, |conn| {
            interference::see_all_rows(conn, &[])?;
            Ok(store::integrity::count(conn, &question)?)
        });
        let bad = match counted {
            Ok(bad) => bad,
            Err(error) if tx::is_hidden(&error) => {
                let failure = explain(&error);
                let why = failure.why.unwrap_or(failure.what);
                view.skip(question.check, &format!("{}: {why}", question.object));
                continue;
            }
            // It was in the catalogue a moment ago: a prune dropped it, and left nothing to check.
            Err(error) if tx::is_gone(&error) => continue,
            Err(error) => return Err(error),
        };
        if bad > 0 {
            view.bad(question.check, question.object, u64::try_from(bad).ok());
        }
    }
    indexes(ctx, &mut db, &mut view)?;
    match credentials(ctx, &mut db, &mut view) {
        // What is missing was told; who may not read them is not to be given the right for this.
        Err(error) if !lacking.is_empty() || tx::is_hidden(&error) => {
            view.skip("credentials", &explain(&error).what)
        }
        done => done?,
    }
    ctx.ui.show(&view)?;
    if !lacking.is_empty() {
        ctx.ui.hint("`inboxctl db drift --sql` prints the SQL that makes the schema what it was");
    }
    if !open.is_empty() {
        ctx.ui.hint(
            "`inboxctl db access grant-roles` closes what runs as its owner, and is open to others",
        );
    }
    match ctx.interrupted() {
        Some(signal) => Ok(Outcome::Interrupted(signal)),
        None => Ok(Outcome::trouble_if(!view.problems.is_empty())),
    }
}

fn indexes(ctx: &Context, db: &mut Db, view: &mut VerifyView) -> anyhow::Result<()> {
    let (amcheck, names) = tx::read(db, |conn| {
        let amcheck = catalog::extension_schema(conn, "amcheck")?;
        Ok((amcheck, store::integrity::checkable_indexes(conn)?))
    })?;
    let Some(amcheck) = amcheck else {
        view.skip("indexes", "the extension amcheck is not installed");
        return Ok(());
    };
    for name in names {
        if ctx.interrupted().is_some() {
            break;
        }
        view.checked += 1;
        let checked =
            tx::read(db, |conn| Ok(store::integrity::check_index(conn, &amcheck, &name)?));
        if let Err(error) = checked {
            let failure = explain(&error);
            let why = failure.why.unwrap_or(failure.what);
            view.bad("index corrupt", format!("{name}: {why}"), None);
        }
    }
    Ok(())
}

/// Opens every envelope; where there is none, no keyring is asked for.
fn credentials(ctx: &Context, db: &mut Db, view: &mut VerifyView) -> anyhow::Result<()> {
    let mut loaded = None;
    for column in columns::all(db)? {
        let mut walk = Walk::new(&column, Filter::All, PAGE_ROWS);
        let mut unopened = 0;
        loop {
            let page = walk.next(db)?;
            if page.is_empty() || ctx.interrupted().is_some() {
                break;
            }
            if loaded.is_none() {
                match ctx.keyring() {
                    Ok(found) => loaded = Some(found),
                    Err(failure) => {
                        view.skip("credentials", &failure.what);
                        return Ok(());
                    }
                }
            }
            let Some(keys) = &loaded else { break };
            unopened += page
                .iter()
                .filter(|envelope| {
                    let place = columns::place(&column, envelope);
                    vault::open(&keys.keyring, &place, &envelope.text).is_err()
                })
                .count() as u64;
        }
        view.checked += 1;
        if unopened > 0 {
            let object = format!("{}.{}", column.table, column.column);
            view.bad("credentials that don't open", object, Some(unopened));
        }
    }
    Ok(())
}

#[derive(Debug, Default, Serialize)]
struct VerifyView {
    /// How many questions were asked.
    checked: u64,
    problems: Vec<Unsound>,
    skipped: Vec<Skipped>,
}

#[derive(Debug, Serialize)]
struct Unsound {
    check: &'static str,
    object: String,
    /// Where it is about rows.
    rows: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Skipped {
    check: &'static str,
    detail: String,
}

impl VerifyView {
    fn bad(&mut self, check: &'static str, object: String, rows: Option<u64>) {
        self.problems.push(Unsound { check, object, rows });
    }

    fn skip(&mut self, check: &'static str, detail: &str) {
        self.skipped.push(Skipped { check, detail: detail.to_owned() });
    }
}

impl Tabular for VerifyView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("problem"), Column::left("where"), Column::right("rows")]);
        for problem in &self.problems {
            grid.row(vec![
                Cell::toned(problem.check, Tone::Bad),
                problem.object.as_str().into(),
                problem.rows.map(human::count).unwrap_or_default().into(),
            ]);
        }
        let checked = human::plural(self.checked, "check", "checks");
        grid.note(match self.problems.len() as u64 {
            0 => format!("Sound: {checked}, no problem."),
            number => format!("{checked}, {}.", human::plural(number, "problem", "problems")),
        });
        for skipped in &self.skipped {
            grid.note(format!(
                "Not checked: {} ({}).",
                skipped.check,
                human::one_line(&skipped.detail, 200)
            ));
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("problems")
    }
}
