//! Tables that are longer than the screen.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::screen::Screen;
use crate::support::{Database, binary, eventually};

/// The binary at a terminal, in this folder, with no pager in its environment.
fn command(database: &Database, folder: &Path, line: &str) -> Command {
    let mut command = Command::new(binary());
    command.args(line.split(' ')).current_dir(folder);
    for name in ["PAGER", "INBOXCTL_PAGER", "LESS", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.env("DATABASE_URL", database.url()).env("TERM", "xterm").env("TZ", "UTC");
    command
}

/// A pager that keeps what it reads in `kept`, and what it is told in `told`.
fn pager(folder: &Path) -> String {
    let script = folder.join("less");
    let text = format!(
        "#!/bin/sh\ncat > {0}/kept\necho \"LESS=$LESS $*\" > {0}/told\necho it was paged\n",
        folder.display()
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    script.display().to_string()
}

#[test]
fn a_table_longer_than_the_screen_goes_to_the_pager_with_its_colours() {
    let database = Database::migrated();
    let folder = tempfile::tempdir().unwrap();
    let pager = pager(folder.path());
    let status = || command(&database, folder.path(), "db status");
    let kept = || fs::read_to_string(folder.path().join("kept")).unwrap_or_default();
    // The first of these that is set.
    for (name, ignored) in [("PAGER", None), ("INBOXCTL_PAGER", Some("PAGER"))] {
        let mut command = status();
        command.env(name, &pager);
        ignored.map(|ignored| command.env(ignored, "false"));
        let screen = Screen::start(command, 100, 20);
        screen.expect("it was paged");
        assert_eq!(screen.end(), Some(0));
        assert!(kept().contains("create_contacts") && kept().contains("\x1b["), "{}", kept());
        fs::remove_file(folder.path().join("kept")).unwrap();
    }
    // A line for the shell.
    let mut command = status();
    command.env("PAGER", "cat > kept && echo by the shell");
    let screen = Screen::start(command, 100, 20);
    screen.expect("by the shell");
    assert_eq!(screen.end(), Some(0));
    assert!(kept().contains("create_contacts"));
    // Without one it is less, if that is there.
    let mut command = status();
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", folder.path().display()));
    let screen = Screen::start(command, 100, 20);
    screen.expect("it was paged");
    assert_eq!(screen.end(), Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("told")).unwrap().trim(), "LESS=FRX");
}

#[test]
fn what_fits_what_is_asked_for_and_what_a_pipe_reads_is_not_paged() {
    let database = Database::migrated();
    let folder = tempfile::tempdir().unwrap();
    let pager = pager(folder.path());
    for (line, rows, with) in [
        ("db status", 100, pager.as_str()),
        ("db status --no-pager", 20, &pager),
        ("db status --format json", 20, &pager),
        ("db status", 20, "cat"),
        ("db status", 20, ""),
        // It can't be run: what was to be shown is shown all the same.
        ("db status", 20, "/no/such/pager"),
    ] {
        let mut command = command(&database, folder.path(), line);
        command.env("PAGER", with);
        let screen = Screen::start(command, 100, rows);
        screen.expect("pending");
        assert_eq!(screen.end(), Some(0), "{line} {with}");
        assert!(!folder.path().join("kept").exists(), "{line} {with}");
    }
    // A file of the folder at hand names no program.
    for file in [".env", ".env.local"] {
        fs::write(folder.path().join(file), format!("PAGER={pager}\nINBOXCTL_PAGER={pager}\n"))
            .unwrap();
    }
    let mut command = command(&database, folder.path(), "db status");
    command.env("PAGER", "cat");
    let screen = Screen::start(command, 100, 20);
    screen.expect("pending");
    assert_eq!(screen.end(), Some(0));
    assert!(!folder.path().join("kept").exists());
}

#[test]
fn migrations_keep_their_lines_at_80_columns() {
    let database = Database::migrated();
    let folder = tempfile::tempdir().unwrap();
    let screen = Screen::start(command(&database, folder.path(), "db status"), 80, 60);
    let shown = screen.expect("pending");
    assert_eq!(screen.end(), Some(0));
    let lines: Vec<&str> = shown.lines().skip(2).take_while(|line| !line.is_empty()).collect();
    let is_whole = |line: &&str| line.starts_with("202") && line.contains("applied");
    assert!(lines.len() > 20 && lines.iter().all(is_whole), "{shown}");
    assert!(shown.contains("create_contacts"), "{shown}");
}

#[test]
fn ctrl_c_is_the_pagers_and_the_exit_code_stays_the_commands() {
    let database = Database::migrated();
    database.execute("UPDATE inboxctl_migrations SET sha256 = 'other' WHERE name = 'create_notes'");
    let folder = tempfile::tempdir().unwrap();
    let interrupted = folder.path().join("interrupted");
    let script = folder.path().join("patient");
    let text = format!(
        "#!/bin/sh\ntrap 'echo again >> {}; echo interrupted' INT\ncat > /dev/null\necho it reads\n\
         while read key < /dev/tty; do [ \"$key\" = q ] && exit; done\n\
         while read key < /dev/tty; do [ \"$key\" = q ] && exit; done\n\
         while read key < /dev/tty; do [ \"$key\" = q ] && exit; done\n",
        interrupted.display()
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = command(&database, folder.path(), "db status --check");
    command.env("PAGER", &script);
    let mut screen = Screen::start(command, 100, 20);
    screen.expect("it reads");
    for times in 1..=2 {
        screen.press("\x03");
        eventually("it is interrupted", || {
            fs::read_to_string(&interrupted).unwrap_or_default().lines().count() == times
        });
    }
    screen.press("q\n");
    assert_eq!(screen.end(), Some(3));
}
