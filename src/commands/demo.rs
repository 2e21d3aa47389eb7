//! `demo`: the main job on a private database, from nothing.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::{fs, io};

use anyhow::Context as _;
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

/// Stands in a step for the file of credentials.
const FILE: &str = "FILE";

/// What is shown, as an operator would type it.
const STEPS: [(&str, &[&str]); 10] = [
    ("Apply the migrations, one transaction each", &["db", "migrate"]),
    ("Add the base rows and 1,000 contacts", &["db", "seed", "--size", "small"]),
    ("Look at each migration", &["db", "status"]),
    ("Test the connection", &["db", "check"]),
    (
        "Find the contacts that are one person, and why",
        &["contacts", "dedupe", "--dry-run", "--limit", "3"],
    ),
    ("Merge them; every merge can be taken back", &["contacts", "dedupe", "--yes", "--limit", "0"]),
    ("Make a key that the database never sees", &["keys", "generate"]),
    (
        "Encrypt a channel's credentials under it",
        &["integrations", "set-credentials", "SMS", "--from-file", FILE],
    ),
    ("Open them all, to be sure", &["integrations", "verify"]),
    ("See where the space goes", &["table-sizes"]),
];

/// A keyring and credentials for the time of the demo, so that it never touches
/// the operator's own. Removed with it.
struct Secrets {
    folder: PathBuf,
}

impl Secrets {
    fn new(ctx: &mut Context) -> io::Result<Secrets> {
        let folder = std::env::temp_dir().join(format!("inboxctl-demo-{}", std::process::id()));
        fs::DirBuilder::new().mode(0o700).create(&folder)?;
        let secrets = Secrets { folder };
        fs::write(secrets.file(), r#"{"account_sid": "AC-demo", "auth_token": "not a real one"}"#)?;
        ctx.config.keyring = None;
        ctx.config.keyring_passphrase = None;
        let keyring = secrets.folder.join("keyring.json");
        ctx.config.keyring_file = Some((keyring, String::from("the demo")));
        Ok(secrets)
    }

    fn file(&self) -> PathBuf {
        self.folder.join("twilio.json")
    }
}

impl Drop for Secrets {
    fn drop(&mut self) {
        // Nobody can be told.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// `run_command` runs a command line in this context.
pub fn run(ctx: &mut Context, _args: DemoArgs, run_command: RunCommand) -> anyhow::Result<Outcome> {
    if ctx.ui.is_machine() {
        return Err(Failure::usage("demo is for people to read")
            .hint("run the commands that it shows with --format json")
            .into());
    }
    ctx.ui = ctx.ui.unpaged();
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
    // Its users are none of another database.
    ctx.config.actor = None;
    let secrets = Secrets::new(ctx).context("can't write into the temporary folder")?;
    let file = secrets.file().display().to_string();
    for (number, (title, words)) in STEPS.iter().enumerate() {
        let words: Vec<&str> =
            words.iter().map(|&word| if word == FILE { file.as_str() } else { word }).collect();
        let command = words.join(" ");
        ctx.ui.print(&format!("\n{}. {title}\n   $ inboxctl {command}\n\n", number + 1))?;
        ctx.config.source =
            Source::Url { url: url.clone().into(), found_in: String::from("the demo") };
        let outcome = run_command(ctx, &words)?;
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
