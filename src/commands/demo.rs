//! `demo`: the main job on a private database, from nothing.

use clap::Args;

use crate::config::Source;
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::store::server;

#[derive(Debug, Args)]
pub struct DemoArgs {}

/// Runs the words of a command line.
type RunCommand = fn(&mut Context, &[&str]) -> anyhow::Result<Outcome>;

/// The database of the demo: its own, so that it never touches what somebody
/// keeps in the private server.
const DATABASE: &str = "demo";

/// What is shown, as an operator would type it.
const STEPS: [(&str, &[&str]); 7] = [
    ("Apply the migrations, one transaction each", &["db", "migrate"]),
    ("Add the base rows and 1,000 contacts", &["db", "seed", "--profile", "small"]),
    ("Look at each migration", &["db", "status"]),
    ("Test the connection", &["db", "check"]),
    (
        "Find the contacts that are one person, and why",
        &["contacts", "dedupe", "--dry-run", "--limit", "3"],
    ),
    ("Merge them; every merge can be taken back", &["contacts", "dedupe", "--yes", "--limit", "0"]),
    ("See where the space goes", &["table-sizes"]),
];

/// `run_command` runs a command line in this context.
pub fn run(ctx: &mut Context, _args: DemoArgs, run_command: RunCommand) -> anyhow::Result<Outcome> {
    if ctx.ui.is_machine() {
        return Err(Failure::usage("demo is for people to read")
            .hint("run the commands that it shows with --format json")
            .into());
    }
    let cluster = ctx.start_local()?;
    let target = ctx.local_target(DATABASE)?;
    // Nothing but an earlier demo is in it.
    let mut db = target.with_database("postgres").open()?;
    server::recreate_own_database(&mut db.conn, DATABASE)?;
    drop(db);
    let url = cluster.url(DATABASE);
    ctx.ui.print(&format!(
        "A private PostgreSQL runs in {}.\nThe demo uses its database \"{DATABASE}\", made anew each time.\n",
        cluster.root().display()
    ))?;
    for (number, (title, words)) in STEPS.iter().enumerate() {
        let command = words.join(" ");
        ctx.ui.print(&format!("\n{}. {title}\n   $ inboxctl {command}\n\n", number + 1))?;
        ctx.config.source =
            Source::Url { url: url.clone().into(), found_in: String::from("the demo") };
        let outcome = run_command(ctx, words)?;
        if outcome != Outcome::Done {
            return Ok(outcome);
        }
    }
    ctx.ui.print(&format!(
        "\nThe server keeps running. Look around with\n   $ inboxctl table-sizes --database-url '{url}'\n\
         and end it with\n   $ inboxctl local stop      (or: inboxctl local destroy)\n"
    ))?;
    Ok(Outcome::Done)
}
