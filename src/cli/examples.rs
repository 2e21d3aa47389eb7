//! The help of a command: with examples, and without the options that every command takes.

use clap::builder::StyledStr;

/// A line each; the words of a command, and how it is used.
const EXAMPLES: &str = include_str!("examples.txt");

/// The whole tree with examples; what every command takes stands in full.
pub(super) fn with_examples(tree: clap::Command) -> clap::Command {
    let lines: Vec<(&str, String)> =
        EXAMPLES.lines().map(|line| (line, path(&tree, line))).collect();
    added(tree, "", &lines)
}

fn added(command: clap::Command, at: &str, lines: &[(&str, String)]) -> clap::Command {
    let here = lines.iter().filter(|(_, path)| path == at);
    let examples: String = here.map(|(line, _)| format!("\n  inboxctl {line}")).collect();
    let command = match examples.is_empty() {
        true => command,
        false => command.after_help(format!("Examples:{examples}")),
    };
    command.mut_subcommands(|below| {
        let at = format!("{at} {}", below.get_name());
        added(below, at.trim_start(), lines)
    })
}

/// The words of a line that are the command's: `db backup verify`.
fn path(tree: &clap::Command, line: &str) -> String {
    let mut level = tree;
    let words = line.split(' ').map_while(|word| {
        level = level.find_subcommand(word)?;
        Some(word)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// As it is shown for one command: what all take is said in a line.
pub(super) fn shortened(mut tree: clap::Command) -> clap::Command {
    tree.build();
    tree.mut_subcommands(without_globals)
}

fn without_globals(command: clap::Command) -> clap::Command {
    let examples = command.get_after_help().map(StyledStr::to_string).unwrap_or_default();
    let all = "Global options, such as --format json: inboxctl --help";
    let after = [examples.as_str(), all].join(if examples.is_empty() { "" } else { "\n\n" });
    command
        .after_help(after)
        .mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg })
        .mut_subcommands(without_globals)
}
