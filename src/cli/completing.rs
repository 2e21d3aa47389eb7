//! The answer to a shell that asks what may come next: commands, options, and values of them.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use clap::{Arg, CommandFactory as _, FromArgMatches as _, ValueHint};
use clap_complete::CompleteEnv;
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};

use super::{Cli, Global};
use crate::commands::completions::{self, Of, VARIABLE};
use crate::config::Config;
use crate::context::Context;
use crate::ui::{self, Ui};

/// Answers if a shell asks; whether it did. What fails is not said: it would stand in the line that
/// is being typed.
pub(super) fn answer(args: &[OsString]) -> bool {
    let is_set = std::env::var_os(VARIABLE).is_some_and(|shell| !shell.is_empty());
    // The variable alone may have been left behind by somebody's script.
    if !is_set || args.get(1).is_none_or(|word| word != "--") {
        return false;
    }
    let words: Arc<[OsString]> = args.iter().skip(2).cloned().collect();
    let here = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| with_values(Cli::command(), "", &words))
        .var(VARIABLE)
        .try_complete(args.to_vec(), here.as_deref())
        .unwrap_or(true)
}

/// Has each argument know what its value may be.
fn with_values(command: clap::Command, path: &str, words: &Arc<[OsString]>) -> clap::Command {
    let command = command.mut_args(|arg| match of(path, &arg) {
        Some(of) => {
            let words = Arc::clone(words);
            arg.add(ArgValueCompleter::new(move |typed: &OsStr| asked(of, typed, &words)))
        }
        None if arg.get_value_hint() == ValueHint::AnyPath => {
            arg.add(ArgValueCompleter::new(paths))
        }
        None => in_any_case(arg),
    });
    command.mut_subcommands(|below| {
        let path = format!("{path} {}", below.get_name());
        with_values(below, &path, words)
    })
}

/// What the value of an argument is one of, by the name that its help gives it.
fn of(path: &str, arg: &Arg) -> Option<Of> {
    let name = arg.get_value_names()?.first()?.as_str();
    match (path.trim_start(), arg.get_id().as_str(), name) {
        (_, _, "CONTACT" | "CONTACT_ID" | "SURVIVOR" | "OTHER") => Some(Of::Contacts),
        ("users create", "email", _) => None,
        (_, _, "USER" | "EMAIL" | "EMAIL|ID") => Some(Of::Users),
        ("assignments move", _, "FROM" | "TO") => Some(Of::Users),
        (_, _, "TEMPLATE") | ("templates check", "render", _) => Some(Of::Templates),
        (_, _, "VERSION") => Some(Of::Migrations),
        (_, "profile", "NAME") | ("profile show", _, "NAME") => Some(Of::Profiles),
        _ => None,
    }
}

/// Files and folders whose names the shell takes as they are.
fn paths(typed: &OsStr) -> Vec<CompletionCandidate> {
    let is_at_home = typed.as_encoded_bytes().starts_with(b"~/");
    let mut found = PathCompleter::any().complete(typed);
    found.retain(|one| {
        let path = one.get_value().to_str();
        path.is_some_and(|path| completions::may_offer(path, is_at_home))
    });
    found
}

/// `sms` is read as `SMS` is, so it is completed too, as it was begun.
fn in_any_case(arg: Arg) -> Arg {
    let values = arg.get_possible_values();
    let is_loud = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    if values.is_empty() || !values.iter().all(|value| is_loud(value.get_name())) {
        return arg;
    }
    let names: Vec<String> = values.iter().map(|value| value.get_name().to_owned()).collect();
    arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy();
        let is_quiet = typed.starts_with(|c: char| c.is_ascii_lowercase());
        let names = names.iter().map(|name| match is_quiet {
            true => name.to_ascii_lowercase(),
            false => name.clone(),
        });
        names.filter(|name| name.starts_with(&*typed)).map(CompletionCandidate::new).collect()
    }))
}

fn asked(of: Of, typed: &OsStr, words: &[OsString]) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let values = completions::values(context(words), of, typed);
    let candidates = values.into_iter().map(|(value, known_by)| {
        let known_by =
            known_by.map(|text| ui::human::printable(&ui::human::one_line(&text, 40)).into());
        CompletionCandidate::new(value).help(known_by)
    });
    candidates.collect()
}

/// Where the line that is being typed would work; nothing is printed meanwhile.
fn context(words: &[OsString]) -> Context {
    let command = Cli::command().ignore_errors(true);
    let read = command.try_get_matches_from(words);
    let flags = read.and_then(|read| Global::from_arg_matches(&read).map(|it| it.config_flags()));
    let flags = flags.unwrap_or_default();
    let place = String::new();
    let settings = ui::Settings {
        format: ui::Format::Table,
        color: Some(false),
        quiet: true,
        pager: false,
        utc: false,
        spreadsheet: false,
        place,
        has_dry_run: false,
    };
    Context::new(Config::read(&flags), Ui::new(settings), "completions")
}
