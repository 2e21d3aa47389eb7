//! `db check` and `db wait` on servers that answer.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::assert_ran;
use crate::support::{Binary, Database, eventually, fresh_root, migrations, say};

#[test]
fn says_what_is_there() {
    let database = Database::migrated();
    let json = Binary::on(&database).run(["db", "check", "--format", "json"]).expect_code(0).json();
    let checks = json["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().map(|check| check["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "connection",
            "round trip",
            "server",
            "encryption",
            "role",
            "database",
            "clock",
            "pooler",
            "mode",
            "extensions",
            "migrations"
        ]
    );
    assert!(checks.iter().all(|check| check["status"] != "fail"), "{json}");
}

#[test]
fn reads_well() {
    let database = Database::migrated();
    let mut ran = Binary::on(&database).run(["db", "check"]);
    // Which server it is differs from machine to machine.
    ran.stdout = ran
        .stdout
        .lines()
        .filter(|line| {
            !["connection", "server", "role", "clock"].iter().any(|name| line.starts_with(name))
        })
        .collect::<Vec<_>>()
        .join("\n");
    assert_ran!(ran);
}

#[test]
fn pending_migrations_are_trouble() {
    let database = Database::empty();
    let ran = Binary::on(&database).run(["db", "check"]).expect_code(3);
    let all = format!("{} pending or in trouble", migrations());
    assert!(ran.stdout.contains(&all), "{ran}");
}

#[test]
fn wait_returns_at_once_when_it_is_there() {
    let database = Database::empty();
    assert_ran!(Binary::on(&database).run(["db", "wait", "--timeout", "5s"]));
}

/// A PgBouncer in transaction mode before the test server, ended with it.
struct Pooler {
    process: Child,
    folder: PathBuf,
}

impl Pooler {
    /// None where it isn't installed.
    fn start(database: &Database) -> Option<Pooler> {
        let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"]
            .into_iter()
            .find(|path| std::path::Path::new(path).exists())?;
        let folder = fresh_root();
        std::fs::create_dir(&folder).unwrap();
        let parameter = |name: &str| {
            let url = database.url();
            url.split(['?', '&'])
                .find_map(|part| part.strip_prefix(&format!("{name}=")).map(str::to_owned))
                .map(|value| value.replace("%2F", "/"))
        };
        let (host, port) = (parameter("host")?, parameter("port").unwrap_or("5432".into()));
        let config = format!(
            "[databases]\n{name} = host={host} port={port} dbname={name} user=inbox\n[pgbouncer]\n\
             unix_socket_dir = {dir}\nlisten_addr =\nlisten_port = 6432\nauth_type = any\n\
             pool_mode = transaction\nlogfile = {dir}/log\npidfile = {dir}/pid\n",
            name = database.name,
            dir = folder.display(),
        );
        std::fs::write(folder.join("config.ini"), config).unwrap();
        let mut command = Command::new(program);
        command.arg(folder.join("config.ini")).stdout(Stdio::null()).stderr(Stdio::null());
        drop_root(&mut command, &folder, &host);
        let process = command.spawn().unwrap();
        let socket = folder.join(".s.PGSQL.6432");
        eventually("PgBouncer listens", || socket.exists());
        Some(Pooler { process, folder })
    }

    fn url(&self, database: &Database) -> String {
        format!("postgres:///{}?host={}&port=6432&user=inbox", database.name, self.folder.display())
    }
}

/// PgBouncer refuses to run as root; it runs as whoever owns the socket folder.
fn drop_root(command: &mut Command, folder: &std::path::Path, socket_folder: &str) {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    if std::fs::metadata(folder).unwrap().uid() == 0 {
        let owner = std::fs::metadata(socket_folder).unwrap();
        std::os::unix::fs::chown(folder, Some(owner.uid()), Some(owner.gid())).unwrap();
        command.uid(owner.uid()).gid(owner.gid());
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_pooler_in_between_is_seen() {
    let database = Database::migrated();
    let Some(pooler) = Pooler::start(&database) else {
        say("skipped: pgbouncer is not installed");
        return;
    };
    let on_pooler = || Binary::new().env("DATABASE_URL", pooler.url(&database));
    let check = on_pooler().run(["db", "check"]).expect_code(0);
    assert!(check.stdout.contains("in between"), "{check}");
    // Reading and seeding need no session; the schema lock does.
    on_pooler().run(["db", "status", "--check"]).expect_code(0);
    on_pooler().run(["db", "seed"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
    let refused = on_pooler().run(["db", "migrate"]).expect_code(4);
    assert!(refused.stderr.contains("pooler"), "{refused}");
}
