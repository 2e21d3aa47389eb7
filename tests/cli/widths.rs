//! What is shown fits a screen of 60, 80 and 200 columns, whatever the values are: ids and e-mails
//! stand whole, and one long value hides no other row of a list.

use std::io::Read;
use std::process::Command;

use insta::{assert_snapshot, with_settings};
use rexpect::process::PtyProcess;
use unicode_width::UnicodeWidthStr;

use crate::support::{Binary, Database, binary};

const WIDTHS: [usize; 3] = [60, 80, 200];

/// Whatever shows rows of the inbox, or tells what a change would do.
const COMMANDS: [&str; 42] = [
    "assignments list",
    "audit list",
    "audit prune --dry-run",
    "audit verify",
    "config show",
    "contacts dedupe --dry-run",
    "contacts distinct --list",
    "contacts erase {amara} --dry-run",
    "contacts list",
    "contacts merge {amara} {jose} --dry-run",
    "contacts merges",
    "contacts search 张伟",
    "contacts show {amara}",
    "db access show",
    "db backups list",
    "db check",
    "db locks",
    "db reset --dry-run",
    "db space",
    "db status",
    "db verify",
    "doctor",
    "integrations list",
    "jobs cleanup --dry-run",
    "jobs list",
    "jobs show 01900000-0000-7000-8000-000000000701",
    "jobs stats",
    "maintenance log",
    "messages failed",
    "messages search line",
    "messages show 01900000-0000-7000-8000-000000000201",
    "messages thread --contact {amara}",
    "messages unread",
    "presence list",
    "profile list",
    "retention holds list",
    "stats",
    "stats --by contact",
    "table-sizes",
    "templates list",
    "templates show welcome",
    "users list",
];

/// Lists whose rows are the same each time.
const LISTS: [&str; 6] = [
    "assignments list",
    "contacts list",
    "contacts search 张伟",
    "messages thread --contact {amara}",
    "templates list",
    "users list",
];

/// 10 kB of CJK, emoji of several code points, letters from right to left, and letters with marks.
fn with_long_values() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let long = [
        (
            "contacts",
            "name",
            "'张伟 محمد 👩‍👩‍👧‍👦 ' || repeat('名前é ', 1000)",
            "WHERE phone = '+14155550101'",
        ),
        ("messages", "content", r"repeat(E'長い👍 line שלום\n', 500)", ""),
        ("users", "name", "repeat('𝔘ser אבג ', 600)", "WHERE email LIKE 'viewer%'"),
        ("templates", "content", "repeat('テンプレート {{name}} ', 400)", ""),
        ("assignments", "created_at", "now() - interval '3 days'", ""),
        ("notes", "content", "repeat('ノート', 3000)", ""),
        ("scheduled_jobs", "last_error", "repeat('失敗 ', 1500)", ""),
        ("audit_logs", "details", "jsonb_build_object('x', repeat('監査', 1700))", ""),
    ];
    for (table, column, value, condition) in long {
        database.execute(&format!("UPDATE {table} SET {column} = {value} {condition}"));
    }
    database
}

/// What a command writes at a terminal of so many columns.
fn shown(database: &Database, line: &str, width: usize) -> String {
    let line = line
        .replace("{amara}", "01900000-0000-7000-8000-000000000101")
        .replace("{jose}", "01900000-0000-7000-8000-000000000102");
    let mut command = Command::new("/bin/sh");
    let script = format!("stty rows 2000 cols {width}; exec \"$@\" 2>/dev/null");
    command.arg("-c").arg(script).arg("sh").arg(binary()).args(line.split(' ')).arg("--no-pager");
    command.env("DATABASE_URL", database.url()).env("TERM", "xterm").env("TZ", "UTC");
    command.env("NO_COLOR", "1").current_dir("/");
    let process = PtyProcess::new(command).expect("a pseudo-terminal");
    let mut terminal = process.get_file_handle().expect("its other end");
    // The end of a terminal that nobody writes to any more is an error.
    let (mut written, mut part) = (Vec::new(), [0; 4096]);
    while let Ok(length @ 1..) = terminal.read(&mut part) {
        written.extend_from_slice(&part[..length]);
    }
    String::from_utf8(written).expect("text").replace('\r', "")
}

#[test]
fn nothing_is_wider_than_the_screen_and_no_id_is_broken() {
    let database = with_long_values();
    let mut wrong = Vec::new();
    for command in COMMANDS {
        for width in WIDTHS {
            let shown = shown(&database, command, width);
            assert!(!shown.trim().is_empty(), "{command}");
            for line in shown.lines() {
                let words = line.split([' ', '`', '"', ',', '(', ')']);
                let is_whole = words.map(|word| word.trim_end_matches(['.', ':'])).all(|word| {
                    (!word.starts_with("01900000-") || word.len() == 36)
                        && (!["@mail", "@inbox."].iter().any(|domain| word.contains(domain))
                            || word.ends_with(".example")
                            || word.ends_with('…'))
                });
                if line.width() > width || !is_whole {
                    wrong.push(format!("{width} {command}: {line}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_read_well_at_every_width() {
    let database = with_long_values();
    for width in WIDTHS {
        let shown =
            LISTS.map(|line| format!("$ inboxctl {line}\n{}", shown(&database, line, width)));
        with_settings!({ filters => [(r"\d+ (s|min|h|d) ago *", "[ago] "), (r"(?m) +$", "")] }, {
            assert_snapshot!(format!("at_{width}_columns"), shown.join("\n"));
        });
    }
}
