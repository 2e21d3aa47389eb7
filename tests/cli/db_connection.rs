//! Connections that fail: one clear error each, and never a password.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

const SECRET: &str = "hunter2-canary";

fn status(url: &str) -> Ran {
    let ran = Binary::new().env("DATABASE_URL", url).run(["db", "status", "-vv"]);
    assert!(!ran.to_string().contains("hunter2"), "{ran}");
    ran
}

#[test]
fn urls_that_cannot_be_read() {
    for (name, url) in [
        ("url_scheme", format!("mysql://ana:{SECRET}@db/inbox")),
        ("url_at_in_password", format!("postgres://ana:{SECRET}@x@db/inbox")),
        ("url_slash_in_password", format!("postgres://ana:{SECRET}/x@db/inbox")),
        ("url_percent_in_password", format!("postgres://ana:{SECRET}%zz@db/inbox")),
        ("url_prisma", format!("prisma://accelerate.example/?api_key={SECRET}")),
        ("url_nonsense", SECRET.to_owned()),
    ] {
        let ran = Binary::new().env("DATABASE_URL", &url).run(["db", "status"]).expect_code(2);
        assert!(!ran.to_string().contains("hunter2"), "{ran}");
        assert_ran!(name, ran);
        let verbose = Binary::new().env("DATABASE_URL", &url).run(["db", "status", "-vv"]);
        assert!(!verbose.to_string().contains("hunter2"), "{verbose}");
    }
}

#[test]
fn nobody_listens() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let ran = status(&format!("postgres://ana:{SECRET}@127.0.0.1:{free}/inbox")).expect_code(1);
    assert!(ran.stderr.contains("Connection refused"), "{ran}");
    assert!(ran.stderr.contains("hint: is the server running"), "{ran}");
    assert!(ran.stderr.contains("ana@127.0.0.1"), "{ran}");
    let ran = status("postgres:///inbox?host=/nonexistent").expect_code(1);
    assert!(ran.stderr.contains("No such file"), "{ran}");
}

/// As in a container: only root can try it.
#[test]
fn who_has_no_name_on_this_system_is_asked_for_one() {
    if rustix::process::getuid().is_root() {
        let binary = Binary::new().env("DATABASE_URL", "postgres://127.0.0.1:1/inbox");
        let ran = binary.user(54_321).run(["db", "status"]).expect_code(1);
        assert!(ran.stderr.contains("postgres://user@host/database"), "{ran}");
    }
}

#[test]
fn a_connection_that_is_closed_at_once_is_told_as_that() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || listener.incoming().for_each(drop));
    let ran = status(&format!("postgres://ana:{SECRET}@127.0.0.1:{port}/inbox")).expect_code(1);
    assert!(ran.stderr.contains("reason: server closed the connection unexpectedly"), "{ran}");
    assert!(ran.stderr.contains("hint: a proxy closes like that"), "{ran}");
}

#[test]
fn a_database_that_is_not_there() {
    let database = Database::empty();
    let url = database.url().replace(&database.name, "inboxctl_absent");
    let ran = status(&url).expect_code(1);
    assert!(ran.stderr.contains("database \"inboxctl_absent\" does not exist"), "{ran}");
    assert!(ran.stderr.contains("hint: create it with createdb"), "{ran}");
}

/// Speaks just enough of the protocol to refuse: PostgreSQL manual, "Message
/// Formats", ErrorResponse.
fn refuse_with(sqlstate: &'static str, message: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut length = [0; 4];
            while stream.read_exact(&mut length).is_ok() {
                let rest = u32::from_be_bytes(length) as usize - 4;
                let mut packet = vec![0; rest];
                stream.read_exact(&mut packet).unwrap();
                // A request for TLS or GSS is declined; what follows is the start.
                if rest == 4 {
                    stream.write_all(b"N").unwrap();
                    continue;
                }
                let fields = format!("SFATAL\0VFATAL\0C{sqlstate}\0M{message}\0\0");
                let length = u32::try_from(fields.len() + 4).unwrap();
                stream.write_all(b"E").unwrap();
                stream.write_all(&length.to_be_bytes()).unwrap();
                stream.write_all(fields.as_bytes()).unwrap();
                break;
            }
        }
    });
    port
}

#[test]
fn a_server_that_starts_is_busy() {
    let port = refuse_with("57P03", "the database system is starting up");
    let url = format!("postgres://ana:{SECRET}@127.0.0.1:{port}/inbox");
    let ran = Binary::new().env("DATABASE_URL", &url).run(["db", "status"]).expect_code(75);
    assert_ran!("server_starting", ran);
    let waited = Binary::new()
        .env("DATABASE_URL", &url)
        .run(["db", "wait", "--timeout", "300ms"])
        .expect_code(75);
    assert!(waited.stderr.contains("waiting: the database system is starting up"), "{waited}");
}

#[test]
fn a_server_that_starts_is_busy_in_any_language() {
    let port = refuse_with("57P03", "das Datenbanksystem startet");
    let url = format!("postgres://ana:{SECRET}@127.0.0.1:{port}/inbox");
    let ran = status(&url).expect_code(75);
    assert!(ran.stderr.contains("is not ready"), "{ran}");
    let wait = ["db", "wait", "--timeout", "300ms"];
    Binary::new().env("DATABASE_URL", &url).run(wait).expect_code(75);
}

#[test]
fn waiting_takes_no_longer_than_it_may() {
    // Takes connections and says nothing.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let started = std::time::Instant::now();
    let url = format!("postgres://ana:{SECRET}@127.0.0.1:{port}/inbox");
    let wait = ["db", "wait", "--timeout", "1s"];
    Binary::new().env("DATABASE_URL", &url).run(wait).expect_code(75);
    assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn a_proxy_that_refuses_settings_is_connected_to_without_them() {
    let port =
        refuse_with("0A000", "RDS Proxy currently doesn\u{2019}t support command-line options");
    let ran = status(&format!("postgres://ana:{SECRET}@127.0.0.1:{port}/inbox")).expect_code(1);
    assert!(ran.stderr.contains("command-line options"), "tried again, and told: {ran}");
}

#[test]
fn a_server_without_a_free_connection_is_busy() {
    let port = refuse_with("53300", "sorry, too many clients already");
    let ran = status(&format!("postgres://ana:{SECRET}@127.0.0.1:{port}/inbox")).expect_code(75);
    assert!(ran.stderr.contains("no connection left"), "{ran}");
}

#[test]
fn a_wrong_password() {
    let port = refuse_with("28P01", "password authentication failed for user \"ana\"");
    assert_ran!("wrong_password", {
        let mut ran =
            status(&format!("postgres://ana:{SECRET}@127.0.0.1:{port}/inbox")).expect_code(1);
        ran.stderr = ran.stderr.replace(&port.to_string(), "[port]");
        ran.stderr =
            ran.stderr.lines().filter(|line| !line.contains("INFO")).collect::<Vec<_>>().join("\n");
        ran
    });
    let waited = Binary::new()
        .env("DATABASE_URL", format!("postgres://ana:{SECRET}@127.0.0.1:{port}/inbox"))
        .run(["db", "wait", "--timeout", "60s"])
        .expect_code(1);
    assert!(waited.stderr.contains("password"), "waiting mends no password: {waited}");
}

#[test]
fn where_the_url_comes_from() {
    let database = Database::migrated();
    let url = database.url();
    let broken = "nonsense://";
    // The flag wins over the environment, that over .env.local, that over .env.
    let with_files = |local: &str, plain: &str| {
        let binary = Binary::new();
        std::fs::write(binary.folder().join(".env.local"), local).unwrap();
        std::fs::write(binary.folder().join(".env"), plain).unwrap();
        binary
    };
    let set = |url: &str| format!("DATABASE_URL='{url}'\n");
    with_files(&set(broken), &set(broken))
        .env("DATABASE_URL", &url)
        .run(["db", "status"])
        .expect_code(0);
    with_files(&set(&url), &set(broken)).run(["db", "status"]).expect_code(0);
    with_files("", &set(&url)).run(["db", "status"]).expect_code(0);
    let ran = with_files(&set(broken), &set(&url)).run(["db", "status"]).expect_code(2);
    assert!(ran.stderr.contains("it comes from .env.local"), "{ran}");
    Binary::new()
        .env("DATABASE_URL", broken)
        .run(["db", "status", "--database-url", &url])
        .expect_code(0);
    let binary = Binary::new();
    std::fs::write(binary.folder().join("prod.env"), set(&url)).unwrap();
    binary.run(["db", "status", "--env-file", "prod.env"]).expect_code(0);
    Binary::new().run(["db", "status", "--env-file", "absent.env"]).expect_code(2);
    let broken_line = with_files(&format!("DATABASE URL {SECRET}\n"), "");
    let ran = broken_line.run(["db", "status"]).expect_code(2);
    assert!(!ran.to_string().contains("hunter2"), "{ran}");
}

#[test]
fn libpq_variables_and_service_files() {
    let database = Database::migrated();
    let url = database.url();
    let parameter = |name: &str| {
        url.split(['?', '&'])
            .find_map(|part| part.strip_prefix(&format!("{name}=")))
            .map(|value| value.replace("%2F", "/"))
    };
    // Another server than the harness's own names its place in other ways.
    let (Some(host), Some(user)) = (parameter("host"), parameter("user")) else { return };
    let port = parameter("port").unwrap_or_else(|| String::from("5432"));
    Binary::new()
        .env("PGHOST", &host)
        .env("PGPORT", &port)
        .env("PGUSER", &user)
        .env("PGDATABASE", &database.name)
        .run(["db", "status"])
        .expect_code(0);
    let binary = Binary::new();
    let file = binary.folder().join("services");
    std::fs::write(
        &file,
        format!("[inbox]\nhost={host}\nport={port}\nuser={user}\ndbname={}\n", database.name),
    )
    .unwrap();
    let binary = binary.env("PGSERVICEFILE", &file).env("PGSERVICE", "inbox");
    binary.run(["db", "status"]).expect_code(0);
    let again = Binary::new();
    let file = again.folder().join("services");
    std::fs::write(
        &file,
        format!("[inbox]\nhost={host}\nport={port}\nuser={user}\ndbname={}\n", database.name),
    )
    .unwrap();
    again
        .env("PGSERVICEFILE", &file)
        .env("DATABASE_URL", "postgres://?service=inbox")
        .run(["db", "status"])
        .expect_code(0);
}
