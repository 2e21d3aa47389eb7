//! What the programs that we start find in their environment. Ours holds passwords and keys, which
//! nothing that it doesn't need to know them may inherit: each gets a list of names, no more.

use std::env;
use std::process::Command;

/// What a program needs to be loaded.
const LOADING: [&str; 6] =
    ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LOCALE_ARCHIVE", "LOCPATH", "OPENSSL_CONF"];
/// Where libpq finds `.pgpass`, certificates and tickets; its own variables begin with PG.
const CONNECTING: [&str; 6] =
    ["HOME", "SSL_CERT_FILE", "SSL_CERT_DIR", "KRB5CCNAME", "KRB5_CONFIG", "KRB5_CLIENT_KTNAME"];
/// What somebody who sits before psql is used to.
const TERMINAL: [&str; 14] = [
    "LANG", "LANGUAGE", "TERM", "TERMINFO", "COLUMNS", "LINES", "PAGER", "LESS", "EDITOR",
    "VISUAL", "SHELL", "TMPDIR", "USER", "TZ",
];

/// For a server and its like: a PG* variable means something else to them. A fixed LC_ALL keeps
/// early messages in English, and macOS insists on one.
pub(super) fn minimal(command: &mut Command) -> &mut Command {
    command.env_clear().env("LC_ALL", "C");
    pass_on(command, |name| LOADING.contains(&name))
}

/// For a client program whose messages we read.
pub fn client(command: &mut Command) -> &mut Command {
    minimal(command);
    pass_on(command, is_for_clients)
}

/// A command that the operator wrote, for the shell.
pub fn shell(text: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.env_clear().args(["-c", text]);
    pass_on(&mut command, |name| {
        let is_listed = ["HOME", "SSH_AUTH_SOCK"].contains(&name);
        is_listed || LOADING.contains(&name) || TERMINAL.contains(&name) || name.starts_with("LC_")
    });
    command
}

/// For psql at a terminal.
pub fn terminal(command: &mut Command) -> &mut Command {
    command.env_clear();
    pass_on(command, |name| {
        let begins = |start: &str| name.starts_with(start);
        let is_listed = LOADING.contains(&name) || TERMINAL.contains(&name);
        is_listed || is_for_clients(name) || begins("LC_") || begins("PSQL")
    })
}

fn is_for_clients(name: &str) -> bool {
    CONNECTING.contains(&name) || name.starts_with("PG")
}

fn pass_on(command: &mut Command, is_wanted: impl Fn(&str) -> bool) -> &mut Command {
    command.envs(env::vars_os().filter(|(name, _)| name.to_str().is_some_and(&is_wanted)))
}
