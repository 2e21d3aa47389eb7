//! `each`: one command for many inboxes.

mod view;
mod words;

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use clap::Args;

use self::view::{EachView, Inbox};
use super::own_process::{self, ReadLine};
use crate::context::Context;
use crate::domain::name_pattern;
use crate::domain::nightly::Outcome as Ended;
use crate::domain::suggest;
use crate::error::{Failure, Kind, Outcome};
use crate::store::{catalog, tx};
use crate::ui::{human, millis};

#[derive(Debug, Args)]
pub struct EachArgs {
    /// Run it for each schema of this name, where * stands for any letters
    #[arg(long, value_name = "PATTERN", required = true)]
    schemas: Vec<String>,
    /// Run so many at once, with a connection or more each
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
    jobs: u8,
    /// Begin with this schema, and end there if it fails; give it again for another
    #[arg(long, value_name = "NAME")]
    first: Vec<String>,
    /// Begin no other once so many have failed
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    stop_after: Option<u32>,
    /// The command with its flags, where {schema} stands for the schema's name, as in a file's; it asks
    /// nobody, so what deletes needs --yes
    #[arg(value_name = "COMMAND", last = true, required = true)]
    command: Vec<String>,
}

pub fn run(ctx: &mut Context, args: EachArgs, read: ReadLine) -> anyhow::Result<Outcome> {
    if ctx.config.place_flags.iter().any(|flag| flag == "--schema") {
        return Err(Failure::usage("each takes no --schema")
            .why("--schemas says which ones are meant")
            .into());
    }
    let (first, others) = schemas(ctx, &args)?;
    words::require(&args.command, &first.iter().chain(&others).collect::<Vec<_>>(), read)?;
    let began = Instant::now();
    let total = first.len() + others.len();
    let work = Work {
        ctx,
        args: &args,
        waiting: Mutex::new(VecDeque::new()),
        ended: Mutex::new(Vec::new()),
        total,
    };
    for schema in first {
        work.run_all([schema], 1);
        if work.ended().iter().any(|inbox| !inbox.may_go_on()) {
            break;
        }
    }
    let is_safe = work.ended().iter().all(Inbox::may_go_on);
    if is_safe {
        work.run_all(others, args.jobs.into());
    }
    let Work { ended, .. } = work;
    let mut inboxes = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    inboxes.sort_by(|one, other| one.schema.cmp(&other.schema));
    let view = EachView {
        command: args.command.join(" "),
        not_run: (total - inboxes.len()) as u64,
        duration_ms: millis(began.elapsed()),
        inboxes,
    };
    ctx.ui.show(&view)?;
    outcome(ctx, &view)
}

/// Those to begin with, and the others, by name.
fn schemas(ctx: &Context, args: &EachArgs) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let mut db = ctx.connect_anywhere()?;
    let all = tx::read(&mut db, |conn| Ok(catalog::schemas(conn)?))?;
    let is_meant = |name: &String| name_pattern::matches_any(&args.schemas, name);
    let mut others: Vec<String> = all.into_iter().filter(is_meant).collect();
    if others.is_empty() {
        let patterns = args.schemas.join(", ");
        return Err(Failure::new(Kind::NotFound, format!("no schema is called {patterns}"))
            .hint("`inboxctl db psql -- -c '\\dn'` lists the schemas of the database")
            .into());
    }
    let mut first: Vec<String> = Vec::new();
    for name in &args.first {
        match others.iter().position(|other| other == name) {
            Some(at) => first.push(others.remove(at)),
            None if first.contains(name) => {}
            None => {
                let what = format!("{name} is none of the schemas that are meant");
                let failure = Failure::new(Kind::NotFound, what);
                let near = suggest::nearest(name, others.iter().map(String::as_str));
                return Err(near
                    .map_or(failure.clone(), |near| failure.hint(format!("did you mean {near}?")))
                    .into());
            }
        }
    }
    Ok((first, others))
}

/// What is left to do and what was done, of all who work at once.
struct Work<'a> {
    ctx: &'a Context,
    args: &'a EachArgs,
    waiting: Mutex<VecDeque<String>>,
    ended: Mutex<Vec<Inbox>>,
    total: usize,
}

impl Work<'_> {
    fn ended(&self) -> MutexGuard<'_, Vec<Inbox>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<String> {
        let failed = self.ended().iter().filter(|inbox| !inbox.may_go_on()).count();
        let is_enough = self.args.stop_after.is_some_and(|most| failed >= most as usize);
        if is_enough || self.ctx.interrupted().is_some() {
            return None;
        }
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn run_all(&self, schemas: impl IntoIterator<Item = String>, jobs: usize) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).extend(schemas);
        thread::scope(|scope| {
            for _ in 0..jobs {
                scope.spawn(|| {
                    while let Some(schema) = self.next() {
                        self.run(schema);
                    }
                });
            }
        });
    }

    fn run(&self, schema: String) {
        let mut words = vec![String::from("--schema"), schema.clone()];
        words.extend(words::filled(&self.args.command, &schema));
        let began = Instant::now();
        let inbox = match own_process::run(self.ctx, &words, None) {
            Ok(ended) => Inbox::new(schema, &ended, self.ctx.interrupted().is_some()),
            Err(error) => Inbox::not_started(schema, &error),
        };
        let inbox = Inbox { duration_ms: millis(began.elapsed()), ..inbox };
        let line = inbox.line();
        let number = {
            let mut ended = self.ended();
            ended.push(inbox);
            ended.len()
        };
        self.ctx.ui.status(format!("{number} of {}: {line}", self.total));
    }
}

/// The exit code of the worst.
fn outcome(ctx: &Context, view: &EachView) -> anyhow::Result<Outcome> {
    if let Some(signal) = ctx.interrupted() {
        return Ok(Outcome::Interrupted(signal));
    }
    let worst = view.inboxes.iter().max_by_key(|inbox| inbox.severity());
    let kind = match worst.map(|inbox| (inbox.outcome, inbox.exit_code)) {
        None | Some((Ended::Done, _)) => return Ok(Outcome::Done),
        Some((Ended::Trouble, _)) => return Ok(Outcome::Trouble),
        Some((Ended::Busy, _)) => Kind::Busy,
        Some((_, Some(2))) => Kind::Usage,
        Some((_, Some(4))) => Kind::Refused,
        Some(_) => Kind::Failed,
    };
    let failed = view.inboxes.iter().filter(|inbox| !inbox.may_go_on());
    let names: Vec<String> = failed.map(|inbox| human::printable(&inbox.schema)).collect();
    let count = human::plural(names.len() as u64, "inbox", "inboxes");
    Err(Failure::new(kind, format!("it did not end well for {count}"))
        .why(human::listed(&names, 5))
        .hint("run the command for one of them, with --schema, to see more")
        .into())
}
