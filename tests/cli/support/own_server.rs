//! A server of a test's own, for settings that the shared one can't have.

use std::path::PathBuf;
use std::process::Child;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use inboxctl::local::{Binaries, Cluster, Shutdown};

use super::binary::Binary;
use super::database;
use super::server::{fast_settings, fresh_root, rights_of_public, watch};

/// Gone when dropped, or with the process.
pub(crate) struct OwnServer {
    cluster: Cluster,
    _watchdog: Child,
}

impl OwnServer {
    /// With these settings on top of the shared server's.
    pub(crate) fn start(settings: &[(&str, &str)]) -> OwnServer {
        let binaries =
            Binaries::find(None).expect("server programs: scripts/prerequisites gets them");
        OwnServer::of(binaries, fresh_root(), settings)
    }

    /// Of these programs.
    pub(crate) fn of(binaries: Binaries, root: PathBuf, settings: &[(&str, &str)]) -> OwnServer {
        let mut all = fast_settings();
        all.extend(settings.iter().map(|(name, value)| ((*name).into(), (*value).into())));
        let cluster = Cluster::at(root, binaries, all);
        let watchdog = watch(cluster.root(), &cluster.socket_dir());
        cluster.ensure_running(&mut |_| {}).expect("a private server starts");
        let server = OwnServer { cluster, _watchdog: watchdog };
        if let Some(rights) = rights_of_public() {
            server.execute("template1", rights);
        }
        server
    }

    /// For settings that count from a start on.
    pub(crate) fn restart(&self) {
        self.cluster.stop(Shutdown::Fast).expect("it stops");
        self.cluster.ensure_running(&mut |_| {}).expect("it starts again");
    }

    pub(crate) fn url(&self, database: &str) -> String {
        self.cluster.url(database)
    }

    pub(crate) fn binary(&self, database: &str) -> Binary {
        Binary::new().env("DATABASE_URL", self.url(database))
    }

    pub(crate) fn connect(&self, database: &str) -> PgConnection {
        PgConnection::establish(&self.url(database)).expect("the test's own connection")
    }

    pub(crate) fn execute(&self, database: &str, sql: &str) {
        let done = self.connect(database).batch_execute(sql);
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// `150004` for 15.4.
    pub(crate) fn version_num(&self) -> u32 {
        self.value("postgres", "current_setting('server_version_num')").parse().expect("a number")
    }

    /// Lets a role read all that is in a database now.
    pub(crate) fn let_read(&self, database: &str, role: &str) {
        if self.version_num() >= 140_000 {
            return self.execute(database, &format!("GRANT pg_read_all_data TO {role}"));
        }
        self.execute(
            database,
            &format!(
                "DO $$ DECLARE name text; BEGIN \
                 FOR name IN SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ '^pg_' LOOP \
                     EXECUTE 'GRANT USAGE ON SCHEMA ' || name || ' TO {role}'; \
                     EXECUTE 'GRANT SELECT ON ALL TABLES IN SCHEMA ' || name || ' TO {role}'; \
                     EXECUTE 'GRANT SELECT ON ALL SEQUENCES IN SCHEMA ' || name || ' TO {role}'; \
                 END LOOP; END $$"
            ),
        );
    }

    /// The one value of a query, as text; empty for NULL.
    pub(crate) fn value(&self, database: &str, query: &str) -> String {
        database::value(&mut self.connect(database), query)
    }

    /// What the server says, and has said.
    pub(crate) fn log_file(&self) -> PathBuf {
        self.cluster.status().expect("its state").log_file.expect("it was started")
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        // A test that fails shall say why it failed; the watchdog tries again.
        let _ = self.cluster.destroy();
    }
}
