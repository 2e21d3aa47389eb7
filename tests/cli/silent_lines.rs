//! Connections whose other end goes on acknowledging and says nothing more: no command hangs on one.

use std::thread;

use crate::support::backups::Folder;
use crate::support::black_hole::{self, Silent};
use crate::support::{Binary, Database};

/// What each command may end with: the line is lost, or what was to be heard had come before.
#[test]
fn no_command_waits_for_a_line_that_fell_silent() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed", "--profile", "small"]).expect_code(0);
    let folder = Folder::new();
    let out = folder.path().join("inbox.dump");
    let backup = format!("db backup --out {}", out.display());
    let (whole, restored) =
        (folder.back_up(&database, "whole.dump"), format!("{}_restored", database.name));
    let restore = format!("db restore {whole} --into {restored}");
    let archive =
        format!("audit prune --older-than 30d --yes --archive {}", folder.path().display());
    thread::scope(|scope| {
        for (line, silent) in [
            ("db status", Silent::Each(3_000)),
            ("db check", Silent::AllAfter(3_000)),
            // The session isn't even open.
            ("db status", Silent::Each(450)),
            ("contacts dedupe --dry-run", Silent::OneAfter(60_000)),
            ("contacts dedupe --yes", Silent::AllAfter(3_000)),
            ("table-sizes", Silent::Each(3_000)),
            (archive.as_str(), Silent::AllAfter(6_000)),
            (backup.as_str(), Silent::OneAfter(200_000)),
            (backup.as_str(), Silent::AllAfter(50_000)),
            // What pg_restore sends, which nothing of ours waits for.
            (restore.as_str(), Silent::OneAfterSending(20_000)),
        ] {
            let url = black_hole::url(&database, silent);
            scope.spawn(move || {
                let ran = Binary::new().env("DATABASE_URL", url).run(line.split(' '));
                assert_eq!(ran.code, 75, "{line}, {silent:?}: {ran}");
                assert!(
                    ran.stderr.contains("connection to the database was lost"),
                    "{line}: {ran}"
                );
                assert!(ran.stderr.contains("no answer came any more"), "{line}: {ran}");
            });
        }
        // For the doctor that is something to tell.
        let url = black_hole::url(&database, Silent::OneAfter(9_000));
        scope.spawn(move || {
            let ran = Binary::new().env("DATABASE_URL", url).run(["doctor"]).expect_code(3);
            let failed =
                ran.stdout.lines().find(|line| line.contains(" fail ")).unwrap_or_default();
            assert!(failed.contains("the connection to the database was lost"), "{ran}");
            assert!(ran.stdout.contains("no connection"), "{ran}");
        });
        // What only takes its time is waited for.
        let slow = Database::migrated();
        slow.execute(
            "CREATE FUNCTION think() RETURNS trigger LANGUAGE plpgsql \
                 AS 'BEGIN PERFORM pg_sleep(40); RETURN NEW; END'; \
             CREATE TRIGGER think BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION think()",
        );
        let args = ["users", "create", "new@inbox.example", "--name", "New", "--role", "VIEWER"];
        let url = black_hole::url(&slow, Silent::Each(usize::MAX));
        Binary::new().env("DATABASE_URL", url).run(args).expect_code(0);
    });
    assert_eq!(folder.names(), ["whole.dump", "whole.dump.manifest.json"], "left behind");
    let left =
        format!("(SELECT count(*) FROM pg_database WHERE starts_with(datname, '{restored}'))");
    assert_eq!(database.value(&left), "0");
}

/// So long a program is at work by itself: longer than one whose server is idle is waited for.
const BY_ITSELF: &str = "end=$(($(date +%s) + 45)); while [ $(date +%s) -lt $end ]; do :; done";

/// Its session, if it has one, is idle all the time; what it computes shows that it is at work.
#[test]
fn a_program_that_is_busy_by_itself_is_waited_for() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed", "--profile", "small"]).expect_code(0);
    let folder = Folder::new();
    let out = |name: &str| format!("db backup --out {}", folder.path().join(name).display());
    let whole = folder.back_up(&database, "whole.dump");
    let (line, restored) = (out("inbox.dump"), format!("{}_busy", database.name));
    let restore = format!("db restore {whole} --into {restored}");
    let listing = |work: &str| format!("[ \"$1\" != --list ] || {work}; exec \"$REAL\" \"$@\"");
    let connecting =
        format!("case \"$*\" in *--dbname*) {BY_ITSELF};; esac; exec \"$REAL\" \"$@\"");
    thread::scope(|scope| {
        for (line, program, script, code) in [
            (&line, "pg_dump", format!("{BY_ITSELF}; exec \"$REAL\" \"$@\""), 0),
            // As a slow disk: nobody takes what pg_dump wrote.
            (&out("slow.dump"), "pg_restore", listing("sleep 45"), 0),
            (&restore, "pg_restore", connecting, 0),
            // Neither computes nor reads nor writes.
            (&out("never.dump"), "pg_dump", String::from("exec sleep 600"), 75),
        ] {
            let (database, line) = (&database, line.clone());
            scope.spawn(move || {
                let folder = Folder::new();
                let bin = folder.program(program, None, &script);
                let ran = Binary::on(database).env("INBOXCTL_PG_BIN", bin).run(line.split(' '));
                assert_eq!(ran.code, code, "{line}, {script}: {ran}");
            });
        }
    });
    database.execute(&format!("DROP DATABASE {restored}"));
}
