//! `contacts import`: contacts of a file, each of which is matched with those that are there.
//!
//! Here the arguments and the order of things; `decoded`, `reading` and `lines` read the file,
//! `deciding` matches, `writing` writes, `view` shows, `undo` takes it back.

mod deciding;
mod decoded;
mod lines;
mod reading;
mod undo;
mod view;
mod writing;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use self::deciding::Decided;
use self::lines::{Lines, Rejected, is_stdin};
use self::reading::Reading;
use self::view::{ImportView, LISTED, LeftView};
use self::writing::Plan;
use super::contact_view::ContactView;
use crate::bounded_file;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::denied;
use crate::commands::id_arg::IdArg;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::environment::Environment;
use crate::domain::import::columns::Field;
use crate::domain::import::fate::Fate;
use crate::domain::matching::Region;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::contact_list::Form;
use crate::store::lock::Key;
use crate::store::strangers::OwnCode;
use crate::store::{contact_imports, tx};
use crate::ui::{Format, human};

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// File to read, or - for standard input: comma-separated values, or JSON lines
    #[arg(required_unless_present = "undo")]
    file: Option<PathBuf>,
    /// Take a column for a field, such as Kundennr=metadata.customer, or none to leave it out
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapped)]
    map: Vec<(String, Option<Field>)>,
    /// Leave a contact that is there already as it is, change it to what the line says, or be asked
    /// about lines in doubt
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    on_match: OnMatch,
    /// Take phone numbers without a country to be from this one, such as ES; else
    /// INBOXCTL_PHONE_REGION, else keep them as they are
    #[arg(long, value_name = "COUNTRY")]
    phone_region: Option<String>,
    /// Take back what the import of this id added and changed, where nothing was built on it
    #[arg(long, value_name = "ID", conflicts_with_all = ["file", "map", "on_match", "phone_region"])]
    undo: Option<IdArg>,
    #[command(flatten)]
    trust: TrustArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum OnMatch {
    #[default]
    Skip,
    Update,
    Ask,
}

fn mapped(text: &str) -> Result<(String, Option<Field>), String> {
    let (column, field) = text.rsplit_once('=').ok_or("expected COLUMN=FIELD")?;
    let field = if field == "none" { None } else { Some(Field::parse(field)?) };
    Ok((column.trim().to_owned(), field))
}

pub(super) fn run(ctx: &mut Context, args: ImportArgs) -> anyhow::Result<Outcome> {
    if let Some(import) = args.undo {
        return undo::run(ctx, &import, args.trust, &args.consent);
    }
    let file = args.file.as_deref().unwrap_or(Path::new("-"));
    let region = args.phone_region.as_ref().or(ctx.config.phone_region.as_ref());
    let region = region.map(|letters| super::region(letters)).transpose()?;
    let dry_run = args.consent.dry_run;
    if args.on_match == OnMatch::Ask && !ctx.ui.can_ask() {
        return Err(Failure::refused("there is no terminal to ask at")
            .hint("leave --on-match out: what is in doubt is named and left out")
            .into());
    }
    let mut db = ctx.connect()?;
    let own_code = writing::judge(&mut db, args.trust)?;
    if !dry_run {
        // Refused before the minutes that a large file takes, not after.
        ctx.actor(&mut db, Right::Contacts)?;
        denied::require(&mut db, "import contacts", &contact_imports::NEEDED)?;
        // What is matched must not be merged meanwhile, and two imports would both add somebody.
        ctx.hold(&mut db, Key::Dedupe, std::time::Duration::ZERO)?;
    }
    let mut rejected = Rejected::beside(file, args.consent.yes, dry_run);
    let mut lines = read(ctx, file, args.map, region.as_ref(), &mut rejected)?;
    let mut view = ImportView::new(file, &lines, dry_run);
    ctx.ui.status(view.told_columns());
    let mut decided = deciding::decide(ctx, &mut db, &mut lines, region)?;
    if args.on_match == OnMatch::Ask && !dry_run {
        ask(ctx, &mut db, &lines, &mut decided)?;
    }
    let plan = Plan::new(&lines, &decided, args.on_match == OnMatch::Update);
    tell(&mut view, &lines, &decided, &plan);
    if !dry_run {
        write(ctx, &mut db, &mut view, &plan, (&lines, &own_code, args.consent.yes))?;
    }
    // What is imported is told, whatever becomes of the file; a dry run has none.
    let kept = rejected.finish();
    view.rejected_file =
        kept.as_ref().ok().and_then(|path| Some(path.as_ref()?.display().to_string()));
    ctx.ui.show(&view)?;
    kept?;
    Ok(Outcome::trouble_if(view.has_trouble()))
}

/// The same file may hold more than fits in memory; a person's contacts do.
fn read(
    ctx: &Context,
    file: &Path,
    mapped: Vec<(String, Option<Field>)>,
    region: Option<&Region>,
    rejected: &mut Rejected,
) -> anyhow::Result<Lines> {
    let unreadable = || format!("can't read {}", file.display());
    let input: Box<dyn Read> = match is_stdin(file) {
        true => Box::new(File::from(rustix::stdio::stdin().try_clone_to_owned()?)),
        false => Box::new(
            bounded_file::open_any(file)
                .map_err(|error| Failure::usage(unreadable()).why(error.to_string()))?,
        ),
    };
    let form = match ctx.ui.format() {
        Format::Csv => Some(Form::Csv),
        Format::Jsonl => Some(Form::Jsonl),
        Format::Table | Format::Json => None,
    };
    let reading = Reading::new(input, form, mapped).with_context(unreadable)?;
    let progress = ctx.ui.spinner("reading");
    let lines = Lines::read(ctx, reading, region, rejected, ctx.now())?;
    drop(progress);
    if !lines.columns.is_empty() && lines.columns.iter().all(|column| column.field.is_none()) {
        let names = lines.columns.iter().map(|column| format!("{:?}", column.name));
        let names = human::listed(&names.collect::<Vec<_>>(), 10);
        return Err(Failure::usage("no column of the file is known")
            .why(format!("it has {names}"))
            .hint("say what they are, such as --map COLUMN=name --map COLUMN=phone")
            .into());
    }
    Ok(lines)
}

/// Asks about each line in doubt; what stays in doubt is left out.
fn ask(ctx: &Context, db: &mut Db, lines: &Lines, decided: &mut Decided) -> anyhow::Result<()> {
    let place = ctx.place(db)?;
    for row in 0..decided.fates.len() {
        let Fate::Doubtful(other, probability) = decided.fates[row] else { continue };
        let (one, two) = (contact(lines, row as u32), contact(lines, other));
        let [who, whom] = [one.cells(60), two.cells(60)].map(|cells| cells.join("  "));
        let question = format!(
            "Line {}: {who}\nis this  {whom} ({:.0} %)",
            lines.numbers[row],
            probability * 100.0
        );
        let keys = ("[y]es, [n]o and add it, [l]eave it out:", &['y', 'n', 'l'][..]);
        let (answer, _) = ctx.ui.choose(&question, Some(&place), keys, &|| ctx.interrupted())?;
        match answer {
            'y' if (other as usize) < lines.numbers.len() => {
                decided.fates[row] = Fate::Repeats(other);
            }
            'y' => decided.fates[row] = Fate::Same(other),
            'n' => decided.fates[row] = Fate::Add,
            _ => {}
        }
    }
    Ok(())
}

fn contact(lines: &Lines, row: u32) -> ContactView {
    let row = lines.table.row(row);
    let text = |text: Option<&str>| text.map(str::to_owned);
    ContactView { id: row.id, name: text(row.name), phone: text(row.phone), email: text(row.email) }
}

fn tell(view: &mut ImportView, lines: &Lines, decided: &Decided, plan: &Plan) {
    view.added = plan.added.len() as u64;
    view.updated = plan.changed.len() as u64;
    for (row, fate) in decided.fates.iter().enumerate() {
        match *fate {
            Fate::Add => {}
            Fate::Same(_) => view.matched += 1,
            Fate::Repeats(_) => view.repeated += 1,
            Fate::Erased => view.erased.push(lines.numbers[row]),
            Fate::Doubtful(other, probability) => {
                view.left_count += 1;
                let other_line = lines.numbers.get(other as usize).copied();
                if view.left.len() < LISTED {
                    view.left.push(LeftView {
                        line: lines.numbers[row],
                        name: contact(lines, row as u32).name,
                        contact: other_line.is_none().then(|| contact(lines, other)),
                        other_line,
                        probability: (probability * 1000.0).round() / 1000.0,
                    });
                }
            }
        }
    }
}

/// Asks where it has to, and writes.
fn write(
    ctx: &Context,
    db: &mut Db,
    view: &mut ImportView,
    plan: &Plan,
    (lines, own_code, yes): (&Lines, &OwnCode, bool),
) -> anyhow::Result<()> {
    if plan.is_empty() {
        return Ok(());
    }
    let environment = tx::read(db, |conn| Ok(ctx.environment(conn)?))?;
    let added = human::plural(view.added, "contact", "contacts");
    let changed = human::plural(view.updated, "contact", "contacts");
    let question = match (view.added, view.updated) {
        (_, 0) => format!("add {added}"),
        (0, _) => format!("change {changed}"),
        _ => format!("add {added} and change {changed}"),
    };
    // What only adds is asked about where it would be seen.
    let has_to_ask = !plan.changed.is_empty() || environment == Environment::Production;
    let actor = ctx.actor(db, Right::Contacts)?;
    if has_to_ask {
        view.dry_run = true;
        ctx.consent(db, &*view, &question, yes)?;
        view.dry_run = false;
    }
    let id = uuid::Builder::from_random_bytes(ctx.random()?).into_uuid();
    let (updated, changed) = writing::write(ctx, db, id, plan, (lines, own_code, &actor))?;
    let left = plan.changed.iter().map(|(id, ..)| *id).filter(|id| !updated.contains(id));
    view.changed_meanwhile = left.collect();
    view.changed = changed;
    view.updated = updated.len() as u64;
    view.id = Some(id).filter(|_| view.added + view.updated > 0);
    Ok(())
}
