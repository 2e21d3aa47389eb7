//! From what somebody typed to what this program calls it.

use std::ffi::OsString;

use clap::ValueEnum;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::commands::db::seed;

/// What other programs call a flag, and the flag here.
const FLAGS: [(&str, &str); 9] = [
    ("--json", "--format json"),
    ("--csv", "--format csv"),
    ("--output", "--format, such as --format json"),
    ("-o", "--format, such as --format json"),
    ("--no-color", "--color never"),
    ("--force", "--yes, for what asks"),
    ("--host", "--database-url"),
    ("--url", "--database-url"),
    ("--all", "--limit, for a list"),
];

/// Adds to a failure of the command line where its words lead, if they lead anywhere.
pub(super) fn add(error: &mut clap::Error, tree: &clap::Command, args: &[String]) {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        _ => None,
    };
    let tip = match error.kind() {
        ErrorKind::InvalidSubcommand => context(ContextKind::InvalidSubcommand)
            .and_then(|word| of_word(tree, &place(tree, args, &word), &word)),
        ErrorKind::UnknownArgument => context(ContextKind::InvalidArg)
            .and_then(|word| of_flag(tree, &place(tree, args, &word), &word)),
        _ => None,
    };
    if let Some(tip) = tip {
        error.remove(ContextKind::SuggestedSubcommand);
        error.remove(ContextKind::SuggestedArg);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
}

/// The words of the command that stand before `word`: `["db", "backup"]`.
fn place<'a>(tree: &clap::Command, args: &'a [String], word: &str) -> Vec<&'a str> {
    let mut words = Vec::new();
    let mut level = tree;
    for arg in args.iter().skip(1).take_while(|arg| *arg != word) {
        if let Some(below) = level.find_subcommand(arg) {
            words.push(arg.as_str());
            level = below;
        }
    }
    words
}

/// A short word with a slip in it is as like to the one that was meant.
const NEAR: f64 = 0.9;

/// 0 to 1, whatever their case.
fn likeness(left: &str, right: &str) -> f64 {
    strsim::jaro_winkler(&left.to_lowercase(), &right.to_lowercase())
}

fn of_word(tree: &clap::Command, place: &[&str], word: &str) -> Option<String> {
    if let ("help" | "version", place) = (word, place.join(" ")) {
        let command = format!("{} --{word}", tree.get_name());
        return Some(match (word, place.as_str()) {
            ("help", "") => format!("`{command}` shows the commands; each of them takes --help"),
            ("help", place) => format!("`{} {place} --help` shows it", tree.get_name()),
            _ => format!("`{command}` shows it"),
        });
    }
    let typed = [place, &[word]].concat().join(" ");
    let mut near: Vec<(f64, String)> = paths(tree)
        .into_iter()
        .filter(|path| likeness(word, path.rsplit(' ').next().unwrap_or_default()) >= NEAR)
        .map(|path| (likeness(&typed, &path), path))
        .collect();
    near.sort_by(|left, right| right.0.total_cmp(&left.0));
    let near: Vec<String> =
        near.into_iter().take(3).map(|(_, path)| format!("`{} {path}`", tree.get_name())).collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")))
}

fn of_flag(tree: &clap::Command, place: &[&str], flag: &str) -> Option<String> {
    let level = place.iter().try_fold(tree, |level, word| level.find_subcommand(word))?;
    let has = |long: &str| level.get_arguments().any(|one| one.get_long() == Some(long));
    if flag == "-n" {
        let meant: Vec<&str> = [("dry-run", "--dry-run"), ("limit", "--limit")]
            .into_iter()
            .filter(|(long, _)| has(long))
            .map(|(_, flag)| flag)
            .collect();
        return Some(match meant.is_empty() {
            true => String::from("there is no -n: say --dry-run or --limit where they are taken"),
            false => format!("there is no -n: say {}", meant.join(" or ")),
        });
    }
    let (_, here) = FLAGS.iter().find(|(there, _)| *there == flag)?;
    let long = here.trim_start_matches("--").split([' ', ',']).next().unwrap_or_default();
    // Global flags stand at the top.
    let is_taken = has(long) || tree.get_arguments().any(|one| one.get_long() == Some(long));
    is_taken.then(|| format!("say {here}"))
}

/// All commands, with those that have others below them.
fn paths(tree: &clap::Command) -> Vec<String> {
    let mut all = Vec::new();
    for command in tree.get_subcommands() {
        let name = command.get_name();
        all.push(name.to_owned());
        all.extend(paths(command).into_iter().map(|path| format!("{name} {path}")));
    }
    all
}

/// `db seed --profile small` is older than profiles of databases, and means the size all the same.
pub(super) fn sizes_of_samples(args: &[OsString]) -> Vec<OsString> {
    let is_size = |text: &str| <seed::Profile as ValueEnum>::from_str(text, false).is_ok();
    let mut given: Vec<OsString> = args.to_vec();
    let Some(seed) = args.windows(2).position(|pair| pair[0] == "db" && pair[1] == "seed") else {
        return given;
    };
    for at in seed + 2..given.len() {
        let next = given.get(at + 1).and_then(|next| next.to_str()).map(str::to_owned);
        let Some(word) = given[at].to_str() else { continue };
        match word.strip_prefix("--profile=") {
            Some(size) if is_size(size) => given[at] = format!("--size={size}").into(),
            None if word == "--profile" && next.as_deref().is_some_and(is_size) => {
                given[at] = "--size".into();
            }
            _ => {}
        }
    }
    given
}
