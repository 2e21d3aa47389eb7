//! The server that all tests of one process share, and the watchdog that
//! removes it when that process ends, in whatever way: by itself, by a panic,
//! by Ctrl-C, by kill -9. TEST_DATABASE_URL names another server instead.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use inboxctl::local::{Binaries, Cluster, Shutdown};
use rustix::fs::StatVfsMountFlags;

/// Nothing in it needs to survive a power cut.
pub(crate) fn fast_settings() -> Vec<(String, String)> {
    [
        ("fsync", "off"),
        ("synchronous_commit", "off"),
        ("full_page_writes", "off"),
        // In tests, sizes and estimates are the same on every run.
        ("autovacuum", if cfg!(test) { "off" } else { "on" }),
        ("shared_buffers", "128MB"),
        ("max_connections", "100"),
        // Tests beside each other lock many tables.
        ("max_locks_per_transaction", "256"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// `cat` ends when the last writer of its input does: the test process, which
/// nobody else inherits it from. A process is stopped only if it is the server
/// of this very folder.
const WATCH: &str = r#"
    cat >/dev/null
    sleep 0.2
    is_server() {
        case $(ps -ww -o args= -p "$pid" 2>/dev/null || tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null) in
            *postgres*" -D $1/"*) return 0 ;;
            *) return 1 ;;
        esac
    }
    for file in "$1"/*/data/postmaster.pid "$1"/postgres/*/data/postmaster.pid; do
        pid=$(head -n 1 "$file" 2>/dev/null) || continue
        is_server "$1" && kill -s QUIT "$pid"
        tries=200
        while [ "$tries" -gt 0 ] && is_server "$1"; do
            tries=$((tries - 1))
            sleep 0.05
        done
    done
    rm -rf "$1" "$2" || { sleep 1; rm -rf "$1" "$2"; }
"#;

/// The URL of any database of the server.
pub(super) fn url(database: &str) -> String {
    match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => with_database(&url, database),
        Err(_) => cluster().url(database),
    }
}

/// `postgres://user@host:port/OLD?parameters` with another database.
fn with_database(url: &str, database: &str) -> String {
    let (place, parameters) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = place.split_once("://").expect("TEST_DATABASE_URL is a URL");
    let authority = rest.split('/').next().unwrap_or_default();
    let parameters = if parameters.is_empty() { String::new() } else { format!("?{parameters}") };
    format!("{scheme}://{authority}/{database}{parameters}")
}

/// Who may create in the schema `public`: as the version has it, unless INBOXCTL_TEST_PUBLIC says `open`,
/// as up to 14 and in upgraded databases, or `closed`.
pub(super) fn rights_of_public() -> Option<&'static str> {
    match std::env::var("INBOXCTL_TEST_PUBLIC").ok()?.as_str() {
        "open" => Some("GRANT CREATE ON SCHEMA public TO PUBLIC"),
        "closed" => Some("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
        other => panic!("INBOXCTL_TEST_PUBLIC is open or closed, not {other}"),
    }
}

/// What the shared server says, and has said; `None` of one that TEST_DATABASE_URL names.
pub(crate) fn log_file() -> Option<PathBuf> {
    match std::env::var_os("TEST_DATABASE_URL") {
        Some(_) => None,
        None => cluster().status().expect("its state").log_file,
    }
}

/// One running server, made at the first call. Keeps the watchdog, whose input
/// must stay open as long as the process lives.
fn cluster() -> &'static Cluster {
    static SHARED: OnceLock<(Cluster, Child)> = OnceLock::new();
    let (cluster, _watchdog) = SHARED.get_or_init(|| {
        let binaries =
            Binaries::find(None).expect("server programs: scripts/prerequisites gets them");
        let cluster = Cluster::at(fresh_root(), binaries, fast_settings());
        // Before the start: a test process may be killed during it.
        let watchdog = watch(cluster.root(), &cluster.socket_dir());
        cluster.ensure_running(&mut |_| {}).expect("a private server starts");
        (cluster, watchdog)
    });
    cluster
}

pub(super) fn crash() {
    cluster().stop(Shutdown::Immediate).expect("it stops");
    cluster().ensure_running(&mut |_| {}).expect("it starts again");
}

/// Directly in the temporary folder: run as root, the server's ordinary user
/// couldn't reach into one with mode 0700. A short name: a socket lies in it.
pub(crate) fn fresh_root() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    roomy_folder().join(format!(
        "inboxctl-test-{}-{}-{number}",
        std::process::id(),
        now.subsec_nanos()
    ))
}

/// In memory where there is room: a server makes and removes thousands of small files with each
/// database, and that alone was a third of the time of all tests on ext4.
fn roomy_folder() -> PathBuf {
    const ROOM: u64 = 8 << 30;
    let memory = PathBuf::from("/dev/shm");
    let takes_programs = rustix::fs::statvfs(&memory).is_ok_and(|fs| {
        !fs.f_flag.contains(StatVfsMountFlags::NOEXEC) && fs.f_bavail * fs.f_frsize > ROOM
    });
    if takes_programs && available_memory() > ROOM { memory } else { std::env::temp_dir() }
}

/// In bytes, as Linux tells it.
fn available_memory() -> u64 {
    let known = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = known.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() << 10
}

/// Removes `root` and its server when this process ends. In a process group of
/// its own, so that it outlives a Ctrl-C at the terminal.
pub(crate) fn watch(root: &Path, socket_dir: &Path) -> Child {
    Command::new("sh")
        .args(["-c", WATCH, "sh"])
        .args([root, socket_dir])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh runs")
}
