//! The command line: global flags, the command tree, dispatch.

mod completing;
mod doubled;
mod examples;
mod lead;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{
    ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
};

use crate::commands;
use crate::config::{self, Config};
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::tui;
use crate::ui::{self, Ui, human};

/// Run the PostgreSQL database of a Unified Inbox
#[derive(Debug, Parser)]
#[command(
    name = "inboxctl",
    version,
    propagate_version = false,
    max_term_width = 96,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 done, 1 failed, 2 usage, 3 found trouble, 4 refused, 75 busy, 130/143 interrupted"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
    /// What `application_name` says after "inboxctl": `db migrate`, ...
    #[arg(skip)]
    pub path: String,
    /// The command takes --dry-run.
    #[arg(skip)]
    has_dry_run: bool,
}

impl Cli {
    pub fn ui_settings(&self) -> ui::Settings {
        ui::Settings { has_dry_run: self.has_dry_run, ..self.global.ui_settings() }
    }
}

/// Flags that every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Connect to this database; else DATABASE_URL from the environment, .env.local or .env
    #[arg(long, global = true, value_name = "URL", conflicts_with = "local")]
    pub database_url: Option<String>,
    /// Read settings from this file instead of .env.local and .env
    #[arg(long, global = true, value_name = "FILE")]
    pub env_file: Option<PathBuf>,
    /// Read settings and policies from this file instead of the inboxctl.toml of this folder, of
    /// ~/.config/inboxctl and of /etc/inboxctl
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Use the database of this profile, [profile.NAME] in inboxctl.toml; else INBOXCTL_PROFILE
    #[arg(long, global = true, value_name = "NAME", conflicts_with_all = ["database_url", "local"])]
    pub profile: Option<String>,
    /// Take the inbox to be in this schema, whatever the URL says [default: public]
    #[arg(long, global = true, value_name = "NAME")]
    pub schema: Option<String>,
    /// Read from this standby what reads much: stats, exports, verification, backups
    #[arg(long, global = true, value_name = "URL")]
    pub replica: Option<String>,
    /// Use the private PostgreSQL that inboxctl runs on this machine
    #[arg(long, global = true)]
    pub local: bool,
    /// Print the result as tables to read, one JSON document, JSON lines, or CSV
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// Colour the output; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: Color,
    /// Let tables that are longer than the screen run by, instead of showing them in
    /// INBOXCTL_PAGER, PAGER or less
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// Show times in tables in UTC, not in the zone of TZ or of the system
    #[arg(long, global = true)]
    pub utc: bool,
    /// Put an apostrophe before what a spreadsheet would run as a formula, in CSV
    #[arg(long, global = true)]
    pub spreadsheet: bool,
    /// Print the result and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Log what is done; -vv logs every statement too
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Log as lines of text or of JSON
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value_t)]
    pub log_format: LogFormat,
    /// Act as this user, by e-mail; else INBOXCTL_ACTOR, else the system's user
    #[arg(long, global = true, value_name = "EMAIL")]
    pub actor: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Json,
    Jsonl,
    Csv,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Migrate, seed, check and reset the database
    #[command(subcommand)]
    Db(commands::db::DbCommand),
    /// Find, show, merge and unmerge contacts
    #[command(subcommand)]
    Contacts(commands::contacts::ContactsCommand),
    /// Manage the channels and their credentials
    #[command(subcommand)]
    Integrations(commands::integrations::IntegrationsCommand),
    /// Manage the keys that the credentials are encrypted under
    #[command(subcommand)]
    Keys(commands::keys::KeysCommand),
    /// Read threads, find messages, see what is unread and what failed
    #[command(subcommand)]
    Messages(commands::messages::MessagesCommand),
    /// List, retry, release and cancel scheduled jobs
    #[command(subcommand)]
    Jobs(commands::jobs::JobsCommand),
    /// List and check templates, and fill one in
    #[command(subcommand)]
    Templates(commands::templates::TemplatesCommand),
    /// List, set, move and clear who takes care of which contact
    #[command(subcommand)]
    Assignments(commands::assignments::AssignmentsCommand),
    /// See who is there
    #[command(subcommand)]
    Presence(commands::presence::PresenceCommand),
    /// List and manage the users of the inbox
    #[command(subcommand)]
    Users(commands::users::UsersCommand),
    /// Check the database and say what fixes it
    Doctor(commands::doctor::DoctorArgs),
    /// Read, export and prune the log of who did what
    #[command(subcommand)]
    Audit(commands::audit::AuditCommand),
    /// Delete by policy what has grown old, hold what must stay, bring rows back
    #[command(subcommand)]
    Retention(commands::retention::RetentionCommand),
    /// Run the steps of a night that the configuration names
    Nightly(commands::nightly::NightlyArgs),
    /// Run a command for many inboxes of one database, each in a schema of its own
    Each(commands::each::EachArgs),
    /// See what was cleaned up, and whether it keeps up
    #[command(subcommand)]
    Maintenance(commands::maintenance::MaintenanceCommand),
    /// Show how large each table is, how it grows, and what could go
    TableSizes(commands::table_sizes::TableSizesArgs),
    /// Show messages, response times and load over a span of time
    Stats(commands::stats::StatsArgs),
    /// List the databases that inboxctl.toml knows by name, and show one
    #[command(subcommand)]
    Profile(commands::profile::ProfileCommand),
    /// Look at the inbox and its health on a full screen, and act from there
    Ui(tui::UiArgs),
    /// See the settings and where they come from
    #[command(subcommand)]
    Config(commands::config::ConfigCommand),
    /// Manage the private PostgreSQL that --local uses
    #[command(subcommand)]
    Local(commands::local::LocalCommand),
    /// Show inboxctl at work on a private database, from nothing
    Demo(commands::demo::DemoArgs),
    /// Print the completion script of a shell
    Completions(commands::completions::CompletionsArgs),
    /// Write the man pages into a folder
    Man(commands::man::ManArgs),
}

impl Global {
    fn ui_settings(&self) -> ui::Settings {
        ui::Settings {
            format: match self.format {
                Format::Table => ui::Format::Table,
                Format::Json => ui::Format::Json,
                Format::Jsonl => ui::Format::Jsonl,
                Format::Csv => ui::Format::Csv,
            },
            color: match self.color {
                Color::Auto => None,
                Color::Always => Some(true),
                Color::Never => Some(false),
            },
            quiet: self.quiet,
            pager: !self.no_pager,
            utc: self.utc,
            spreadsheet: self.spreadsheet,
            place: self.place(),
            has_dry_run: false,
        }
    }

    /// The flags that say where to work, as they are typed.
    fn place(&self) -> String {
        let flags = self.config_flags().of_place();
        let words = flags.iter().map(|word| human::shell_word(&word.to_string_lossy()));
        words.collect::<Vec<_>>().join(" ")
    }

    fn config_flags(&self) -> config::Flags {
        config::Flags {
            database_url: self.database_url.clone(),
            env_file: self.env_file.clone(),
            config: self.config.clone(),
            profile: self.profile.clone(),
            schema: self.schema.clone(),
            replica: self.replica.clone(),
            local: self.local,
            actor: self.actor.clone(),
        }
    }
}

/// What `--version -v` says: which program this is, for a report of a fault.
pub fn build() -> String {
    // Set by scripts/release.
    let built = |value: Option<&'static str>| {
        value.unwrap_or("unknown, as it wasn't built by scripts/release")
    };
    format!(
        "inboxctl {}\ncommit: {}\nbuilt: {}\ntarget: {} {}, {}\n",
        env!("CARGO_PKG_VERSION"),
        built(option_env!("INBOXCTL_BUILD_COMMIT")),
        built(option_env!("INBOXCTL_BUILD_DATE")),
        std::env::consts::ARCH,
        std::env::consts::OS,
        if cfg!(target_env = "musl") { "static" } else { "linked to the system's libc" },
    )
}

/// The command tree as clap sees it; man pages are made of it.
pub fn tree() -> clap::Command {
    examples::with_examples(Cli::command())
}

/// Answers a shell that asks what may come next; whether one did.
pub fn complete(args: &[OsString]) -> bool {
    completing::answer(args)
}

/// Parses without touching the world.
pub fn parse(args: &[OsString]) -> Result<Cli, clap::Error> {
    let args = &lead::sizes_of_samples(args);
    let matches = Cli::command().try_get_matches_from(args).map_err(|error| told(error, args))?;
    doubled::refuse(&matches)?;
    let mut cli = Cli::from_arg_matches(&matches)?;
    let mut words = Vec::new();
    let mut level = &matches;
    while let Some((word, below)) = level.subcommand() {
        words.push(word);
        level = below;
    }
    cli.path = words.join(" ");
    let mut command = &Cli::command();
    while let Some(below) = words.first().and_then(|word| command.find_subcommand(word)) {
        words.remove(0);
        command = below;
    }
    cli.has_dry_run = command.get_arguments().any(|arg| arg.get_long() == Some("dry-run"));
    Ok(cli)
}

/// Reads a line that another process of this program is to run.
fn read_line(words: &[OsString]) -> Result<ArgMatches, Failure> {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    let words = &lead::sizes_of_samples(words);
    let read = Cli::command().try_get_matches_from(words);
    read.map_err(|error| match error.kind() {
        DisplayHelp | DisplayVersion | DisplayHelpOnMissingArgumentOrSubcommand => {
            Failure::usage("it only shows its help")
        }
        _ => usage_failure(&told(error, words)),
    })
}

/// A clap error with what helps: examples in the help, and where its words lead.
fn told(mut error: clap::Error, args: &[OsString]) -> clap::Error {
    if let ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand =
        error.kind()
    {
        return examples::shortened(tree()).try_get_matches_from(args).err().unwrap_or(error);
    }
    let words: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    lead::add(&mut error, &Cli::command(), &words);
    error
}

/// A clap error as one of ours, for `--format json`.
pub fn usage_failure(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let what = lines.next().unwrap_or("the command line can't be read");
    let what = what.trim_start_matches("error: ").trim_end_matches(':');
    // Which arguments it is about, or which values there are, stands in the lines below.
    let is_about = |line: &&str| {
        !["Usage:", "tip:", "For more information"].iter().any(|other| line.starts_with(other))
    };
    let about: Vec<&str> = lines.take_while(is_about).collect();
    let about = about.join(", ").replace(['[', ']'], "");
    let failure = Failure::usage(match about.is_empty() {
        false => format!("{what}: {about}"),
        true => what.to_owned(),
    });
    match text.lines().find_map(|line| line.trim().strip_prefix("tip: ")) {
        Some(tip) => failure.hint(tip),
        None => failure.hint("run it with --help to see what it takes"),
    }
}

pub fn dispatch(cli: Cli, ui: Ui) -> anyhow::Result<Outcome> {
    ui::log::start(cli.global.verbose, cli.global.log_format == LogFormat::Json);
    let config = Config::read(&cli.global.config_flags());
    // Some commands ask no setting, and one shows what is wrong.
    if !matches!(cli.command, Command::Completions(_) | Command::Man(_)) {
        for warning in &config.reading.warnings {
            ui.warn(warning);
        }
        if let (Some(problem), false) = (
            config.reading.problems.first(),
            matches!(cli.command, Command::Config(_) | Command::Profile(_)),
        ) {
            return Err(problem.clone().into());
        }
    }
    let mut ctx = Context::new(config, ui, &cli.path);
    run_command(&mut ctx, cli.command)
        .map_err(|error| commands::denied::explain(&ctx, commands::db::explain(&ctx, error)))
}

/// Runs a command line within another command, in its context: what the demo
/// shows is what an operator would type.
fn run_within(ctx: &mut Context, words: &[&str]) -> anyhow::Result<Outcome> {
    let args: Vec<OsString> =
        std::iter::once("inboxctl").chain(words.iter().copied()).map(OsString::from).collect();
    run_command(ctx, parse(&args)?.command)
}

fn run_command(ctx: &mut Context, command: Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Db(command) => commands::db::run(ctx, command),
        Command::Contacts(command) => commands::contacts::run(ctx, command),
        Command::Integrations(command) => commands::integrations::run(ctx, command),
        Command::Keys(command) => commands::keys::run(ctx, command),
        Command::Messages(command) => commands::messages::run(ctx, command),
        Command::Jobs(command) => commands::jobs::run(ctx, command),
        Command::Templates(command) => commands::templates::run(ctx, command),
        Command::Assignments(command) => commands::assignments::run(ctx, command),
        Command::Presence(command) => commands::presence::run(ctx, command),
        Command::Users(command) => commands::users::run(ctx, command),
        Command::Doctor(args) => commands::doctor::run(ctx, args),
        Command::Audit(command) => commands::audit::run(ctx, command),
        Command::Retention(command) => commands::retention::run(ctx, command),
        Command::Nightly(args) => commands::nightly::run(ctx, args, read_line),
        Command::Each(args) => commands::each::run(ctx, args, read_line),
        Command::Maintenance(command) => commands::maintenance::run(ctx, command),
        Command::TableSizes(args) => commands::table_sizes::run(ctx, args),
        Command::Stats(args) => commands::stats::run(ctx, args),
        Command::Profile(command) => commands::profile::run(ctx, command),
        Command::Ui(args) => tui::run(ctx, args),
        Command::Config(command) => commands::config::run(ctx, command),
        Command::Local(command) => commands::local::run(ctx, command),
        Command::Demo(args) => commands::demo::run(ctx, args, run_within),
        Command::Completions(args) => commands::completions::run(ctx, args),
        Command::Man(args) => commands::man::run(ctx, args, tree()),
    }
}
