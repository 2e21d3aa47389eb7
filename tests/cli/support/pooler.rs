//! A connection pooler between a command and the server.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::database::Database;
use super::server::fresh_root;
use super::{eventually, skip};

/// A PgBouncer before the test server, ended with it.
pub(crate) struct Pooler {
    process: Child,
    folder: PathBuf,
}

impl Pooler {
    /// One session with the server for all clients. None where it isn't installed.
    pub(crate) fn start(database: &Database) -> Option<Pooler> {
        Pooler::with(database, "pool_mode = transaction\ndefault_pool_size = 1")
    }

    /// With these lines of configuration.
    pub(crate) fn with(database: &Database, lines: &str) -> Option<Pooler> {
        let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"]
            .into_iter()
            .find(|path| std::path::Path::new(path).exists());
        let Some(program) = program else {
            skip("pgbouncer", "it is not installed");
            return None;
        };
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
             {lines}\nlogfile = {dir}/log\npidfile = {dir}/pid\n",
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

    pub(crate) fn url(&self, database: &Database) -> String {
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
