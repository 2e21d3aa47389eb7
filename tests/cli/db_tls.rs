//! Encrypted connections, to a server with a certificate of its own.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Child;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use inboxctl::local::{Binaries, Cluster};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use crate::doctor::check_with;
use crate::support::{Binary, Ran, eventually, fast_settings, fresh_root, watch};

/// A server on a loopback port, two authorities, and a certificate of the first.
struct Server {
    cluster: Cluster,
    port: u16,
    folder: PathBuf,
    _watchdog: Child,
}

fn authority(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    (certificate.pem(), Issuer::new(params, key))
}

impl Server {
    fn start() -> Server {
        let root = fresh_root();
        let folder = root.join("tls");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut settings = fast_settings();
        let path = |name: &str| folder.join(name).display().to_string();
        for (name, value) in [
            ("listen_addresses", String::from("127.0.0.1")),
            ("port", port.to_string()),
            ("ssl", String::from("on")),
            ("ssl_cert_file", path("server.crt")),
            ("ssl_key_file", path("server.key")),
        ] {
            settings.push((name.to_owned(), value));
        }
        let cluster = Cluster::at(root, Binaries::find(None).unwrap(), settings);
        let watchdog = watch(cluster.root(), &cluster.socket_dir());
        fs::create_dir_all(&folder).unwrap();
        fs::set_permissions(cluster.root(), fs::Permissions::from_mode(0o711)).unwrap();
        let (right, issuer) = authority("right");
        let (wrong, _) = authority("wrong");
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![String::from("localhost")])
            .unwrap()
            .signed_by(&key, &issuer)
            .unwrap();
        fs::write(folder.join("right.crt"), right).unwrap();
        fs::write(folder.join("wrong.crt"), wrong).unwrap();
        fs::write(folder.join("server.crt"), certificate.pem()).unwrap();
        write_key(&folder.join("server.key"), &key.serialize_pem());
        cluster.ensure_running(&mut |_| {}).unwrap();
        Server { cluster, port, folder, _watchdog: watchdog }
    }

    fn binary(&self, parameters: &str) -> Binary {
        let url = format!(
            "postgres://inbox@localhost:{}/postgres?hostaddr=127.0.0.1&{parameters}",
            self.port
        );
        Binary::new().env("DATABASE_URL", url)
    }

    fn check(&self, parameters: &str) -> Ran {
        self.binary(parameters).run(["db", "check", "--format", "json"])
    }

    fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

/// The server wants a key that only its own user, or root, can read.
fn write_key(path: &Path, pem: &str) {
    fs::write(path, pem).unwrap();
    let is_root = fs::metadata(path).unwrap().uid() == 0;
    if is_root {
        // Root's key may be readable by a group that the server is in; simplest
        // is to hand it to the user that the server will run as.
        let user = ["postgres", "nobody"].into_iter().find_map(id_of);
        std::os::unix::fs::chown(path, user, None).unwrap();
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

fn id_of(user: &str) -> Option<u32> {
    let output = std::process::Command::new("id").args(["-u", user]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

fn encryption(ran: &Ran) -> String {
    let json = ran.json();
    let checks = json["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["check"] == "encryption").unwrap();
    check["detail"].as_str().unwrap().to_owned()
}

#[test]
fn require_and_verify_full() {
    let server = Server::start();
    let require = server.check("sslmode=require");
    assert!(encryption(&require).starts_with("TLSv1."), "{require}");
    let right =
        server.check(&format!("sslmode=verify-full&sslrootcert={}", server.file("right.crt")));
    assert!(encryption(&right).starts_with("TLSv1."), "{right}");
    let plain = server.check("sslmode=disable");
    assert!(encryption(&plain).starts_with("none"), "{plain}");

    let wrong = server
        .check(&format!("sslmode=verify-full&sslrootcert={}", server.file("wrong.crt")))
        .expect_code(1);
    assert!(wrong.stderr.contains("certificate verify failed"), "{wrong}");
    assert!(wrong.stderr.contains("sslrootcert"), "{wrong}");

    // The system's authorities don't know this one either, but they are found.
    let system = server.check("sslmode=verify-full&sslrootcert=system").expect_code(1);
    assert!(system.stderr.contains("certificate verify failed"), "{system}");

    what_the_doctor_says(&server);
    wrong_password(&server);
    server.cluster.destroy().unwrap();
}

fn what_the_doctor_says(server: &Server) {
    let encryption = |binary: Binary| check_with(binary, "encryption", &[]);
    encryption(server.binary("sslmode=require")).is("ok", "TLSv1.", "");
    let plain = encryption(server.binary("sslmode=disable"));
    plain.is("warn", "can be read on the way", "sslmode=verify-full");
    let socket = Binary::new().env("DATABASE_URL", server.cluster.url("postgres"));
    encryption(socket).is("ok", "a unix socket", "");
    check_with(server.binary("sslmode=require"), "connection", &[]).is("ok", "as inbox in", "");
}

/// On the same server, because it listens where passwords are asked for.
fn wrong_password(server: &Server) {
    let data = server.cluster.status().unwrap().data_dir.unwrap();
    let file = data.join("pg_hba.conf");
    let rules = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("host all careful 127.0.0.1/32 scram-sha-256\n{rules}")).unwrap();
    let mut admin = PgConnection::establish(&server.cluster.url("postgres")).unwrap();
    admin
        .batch_execute("CREATE ROLE careful LOGIN PASSWORD 'right-canary'; SELECT pg_reload_conf()")
        .unwrap();
    let with = |password: &str| {
        let url = format!(
            "postgres://careful:{password}@localhost:{}/postgres?hostaddr=127.0.0.1&sslmode=require",
            server.port
        );
        Binary::new().env("DATABASE_URL", url).run(["db", "status", "-vv"])
    };
    // The postmaster reads the rules again in its own time.
    eventually("the rule counts", || with("wrong-canary").code == 1);
    let wrong = with("wrong-canary").expect_code(1);
    assert!(wrong.stderr.contains("password authentication failed"), "{wrong}");
    assert!(wrong.stderr.contains("hint: check user and password"), "{wrong}");
    assert!(!wrong.to_string().contains("canary"), "{wrong}");
    assert!(!with("right-canary").expect_code(0).to_string().contains("canary"));
}
