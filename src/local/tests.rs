//! The private server's life against the PostgreSQL of this machine, crashes included.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::layout::make_own_dir;
use super::postmaster::pid_file;
use super::*;

/// A root folder of its own, and nothing left of it afterwards, also when the test fails.
struct Scratch(Cluster);

impl Scratch {
    fn new() -> Scratch {
        Self::named("")
    }

    fn named(suffix: &str) -> Scratch {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("inboxctl-local-{}-{number}{suffix}", std::process::id());
        Scratch(cluster_at(&std::env::temp_dir().join(name)))
    }

    fn start(&self) -> Started {
        self.0.ensure_running(&mut |_| {}).unwrap()
    }

    fn pid(&self) -> u32 {
        match self.0.status().unwrap().state {
            State::Running { pid, .. } => pid,
            other => panic!("not running but {other:?}"),
        }
    }

    fn data_dir(&self) -> PathBuf {
        self.0.status().unwrap().data_dir.unwrap()
    }

    fn sql(&self, statement: &str) -> String {
        let psql = self.0.binaries().unwrap().tool("psql").unwrap();
        let said = Command::new(psql)
            .args(["-XAtc", statement, &self.0.url("postgres")])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8_lossy(&said.stdout).trim().to_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = self.0.stop(Shutdown::Immediate);
        let _ = self.0.destroy();
        let _ = fs::remove_dir_all(self.0.root());
        let _ = fs::remove_dir_all(self.0.socket_dir());
    }
}

fn cluster_at(root: &Path) -> Cluster {
    let setting = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let settings = vec![setting("fsync", "off"), setting("log_line_prefix", "it's \\ me ")];
    Cluster::at(root.to_path_buf(), Binaries::find(None).unwrap(), settings)
}

fn kill_hard(pid: u32) {
    let script = format!("kill -s KILL {pid}");
    assert!(Command::new("sh").args(["-c", &script]).status().unwrap().success());
}

fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !condition() {
        assert!(Instant::now() < deadline, "{what} didn't happen");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn one_life_from_nothing_to_nothing() {
    let scratch = Scratch::new();
    let cluster = &scratch.0;
    assert_eq!(cluster.status().unwrap().state, State::Absent);
    assert!(!cluster.root().exists(), "looking makes nothing");
    assert!(!cluster.stop(Shutdown::Fast).unwrap());

    let mut steps = Vec::new();
    assert_eq!(cluster.ensure_running(&mut |step| steps.push(step)).unwrap(), Started::Created);
    assert_eq!(steps, [Step::Creating, Step::Starting]);
    assert_eq!(scratch.start(), Started::AlreadyRunning);

    assert_eq!(scratch.sql("SHOW cluster_name"), CLUSTER_NAME);
    assert_eq!(scratch.sql("SHOW listen_addresses"), "");
    assert_eq!(scratch.sql("SHOW data_checksums"), "on");
    assert_eq!(scratch.sql("SHOW server_encoding"), "UTF8");
    assert_eq!(scratch.sql("SHOW timezone"), "UTC");
    assert_eq!(scratch.sql("SHOW fsync"), "off");
    assert_eq!(scratch.sql("SHOW log_line_prefix"), "it's \\ me");
    assert_eq!(scratch.sql("SELECT lower('ÄÖ'), current_user"), "äö|inbox");

    let status = cluster.status().unwrap();
    assert!(status.size_bytes.is_some_and(|size| size > 10_000_000));
    assert!(status.log_file.is_some_and(|log| log.is_file()));
    for private in [cluster.socket_dir(), scratch.data_dir()] {
        assert_eq!(fs::metadata(private).unwrap().permissions().mode() & 0o777, 0o700);
    }

    // Run as root, too, it isn't root's.
    assert_ne!(fs::metadata(scratch.data_dir()).unwrap().uid(), 0);
    let process = fs::metadata(format!("/proc/{}", scratch.pid()));
    assert!(process.is_ok_and(|found| found.uid() != 0) || !cfg!(target_os = "linux"));

    assert!(cluster.stop(Shutdown::Fast).unwrap());
    assert_eq!(cluster.status().unwrap().state, State::Stopped);
    assert!(!cluster.stop(Shutdown::Fast).unwrap());
    assert_eq!(scratch.start(), Started::Started);

    let destroyed = cluster.destroy().unwrap().unwrap();
    assert!(destroyed.was_running && destroyed.freed_bytes > 10_000_000);
    assert!(!cluster.root().exists());
    assert_eq!(cluster.destroy().unwrap(), None);
}

#[test]
fn root_is_told_which_folder_is_closed_to_that_user() {
    if server_user::effective_uid() != 0 {
        return;
    }
    let scratch = Scratch::named("-closed");
    let closed = scratch.0.root();
    fs::create_dir(closed).unwrap();
    fs::set_permissions(closed, fs::Permissions::from_mode(0o700)).unwrap();
    let error = cluster_at(&closed.join("a/b")).ensure_running(&mut |_| {}).unwrap_err();
    assert!(error.hint().unwrap().contains(&format!("chmod o+x {}", closed.display())), "{error}");
    assert!(!closed.join("a").exists(), "nothing is made before the check");
}

#[test]
fn threads_and_processes_at_once_start_one_server() {
    let scratch = Scratch::new();
    let mut others: Vec<_> = (0..3).map(|_| spawn_starter(scratch.0.root())).collect();
    let ours: Vec<Started> = thread::scope(|scope| {
        let running: Vec<_> = (0..3).map(|_| scope.spawn(|| scratch.start())).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for other in &mut others {
        assert!(other.wait().unwrap().success());
    }
    assert!(ours.iter().filter(|started| **started == Started::Created).count() <= 1);
    let log = fs::read_to_string(scratch.0.status().unwrap().log_file.unwrap()).unwrap();
    assert_eq!(log.matches("starting PostgreSQL").count(), 1, "{log}");
}

/// Not a test of its own: the other process of the tests around it.
#[test]
fn starter_process() {
    if let Some(root) = std::env::var_os("INBOXCTL_TEST_LOCAL_ROOT") {
        cluster_at(Path::new(&root)).ensure_running(&mut |_| {}).unwrap();
    }
}

fn starter(root: &Path) -> Command {
    let module = module_path!().split_once("::").map_or("", |(_, inside)| inside);
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("{module}::starter_process")]);
    command.env("INBOXCTL_TEST_LOCAL_ROOT", root).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn spawn_starter(root: &Path) -> std::process::Child {
    starter(root).spawn().unwrap()
}

#[test]
fn a_command_killed_at_any_point_leaves_what_the_next_one_repairs() {
    let scratch = Scratch::new();
    for milliseconds in [20, 200, 500, 800] {
        let mut child = spawn_starter(scratch.0.root());
        thread::sleep(Duration::from_millis(milliseconds));
        let _ = child.kill();
        child.wait().unwrap();
    }
    scratch.start();
    assert_eq!(scratch.sql("SELECT 1"), "1");
    scratch.0.stop(Shutdown::Fast).unwrap();
    // An initdb whose parent was killed may have gone on until now.
    let leftovers = || {
        scratch.0.layout.sweep();
        let major_dir = scratch.data_dir().parent().unwrap().to_path_buf();
        layout::names_in(&major_dir).iter().any(|name| name.starts_with("data."))
    };
    wait_until("sweeping", || !leftovers());
}

#[test]
fn a_killed_server_is_started_again() {
    let scratch = Scratch::new();
    scratch.start();
    scratch.sql("CREATE TABLE kept AS SELECT 1");
    let pid = scratch.pid();
    kill_hard(pid);
    // The signal is on its way when kill returns. Files, sessions and a zombie remain after it.
    wait_until("dying", || fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default().is_empty());
    assert_eq!(scratch.start(), Started::Started);
    assert_eq!(scratch.sql("SELECT count(*) FROM kept"), "1");
    let zombie = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    assert!(!zombie.contains(") Z "), "{zombie}");
}

/// After a reboot it may be anybody's; a zombie is one that nobody takes leave of, in a container
/// for ever.
#[test]
fn a_number_taken_by_another_process_or_a_zombie_does_not_matter() {
    let scratch = Scratch::new();
    scratch.start();
    let old = fs::read_to_string(pid_file(&scratch.data_dir())).unwrap();
    let rest = old.split_once('\n').unwrap().1;
    let owner = fs::metadata(scratch.data_dir()).unwrap();
    for (program, becomes_zombie) in [("sleep", false), ("true", true)] {
        scratch.0.stop(Shutdown::Fast).unwrap();
        let mut other = Command::new(program);
        if owner.uid() != server_user::effective_uid() {
            // PostgreSQL only minds processes that it may signal.
            other.uid(owner.uid()).gid(owner.gid());
        }
        let mut other = other.arg("60").spawn().unwrap();
        fs::write(pid_file(&scratch.data_dir()), format!("{}\n{rest}", other.id())).unwrap();
        fs::write(scratch.0.layout.socket_lock(), format!("{}\n", other.id())).unwrap();

        let state = scratch.0.status().unwrap().state;
        let stopped = scratch.0.stop(Shutdown::Fast);
        let started = scratch.0.ensure_running(&mut |_| {});
        let unharmed = becomes_zombie || other.try_wait().unwrap().is_none();
        other.kill().unwrap();
        other.wait().unwrap();
        assert_eq!(state, State::Stopped);
        assert!(!stopped.unwrap());
        assert_eq!(started.unwrap(), Started::Started);
        assert!(unharmed, "it wasn't signalled");
    }
}

#[test]
fn broken_lock_files_and_half_made_data_do_not_matter() {
    let scratch = Scratch::new();
    let major = scratch.0.binaries().unwrap().major;
    let layout = &scratch.0.layout;
    make_own_dir(&layout.root).unwrap();
    make_own_dir(&layout.major_dir(major)).unwrap();
    fs::write(layout.settings_file(major), "").unwrap();
    let half = layout.major_dir(major).join("data.1-1");
    fs::create_dir(&half).unwrap();
    fs::write(half.join("PG_VERSION"), "15").unwrap();
    assert_eq!(scratch.0.status().unwrap().state, State::Absent);
    assert_eq!(scratch.start(), Started::Created);
    assert!(!half.exists());

    scratch.0.stop(Shutdown::Fast).unwrap();
    fs::write(pid_file(&scratch.data_dir()), "").unwrap();
    assert_eq!(scratch.start(), Started::Started);
}

#[test]
fn a_root_too_long_for_a_socket_has_it_elsewhere() {
    let scratch = Scratch::named(&"-long path's, \"".repeat(8));
    scratch.start();
    let socket_dir = scratch.0.socket_dir();
    assert!(!socket_dir.starts_with(scratch.0.root()));
    assert_eq!(scratch.sql("SELECT 1"), "1");
    scratch.0.destroy().unwrap();
    assert!(!socket_dir.exists());

    fs::write(&socket_dir, "squatted").unwrap();
    let error = scratch.0.ensure_running(&mut |_| {}).unwrap_err();
    fs::remove_file(&socket_dir).unwrap();
    assert!(matches!(error, LocalError::SocketDir { .. }), "{error}");
}

#[test]
fn a_socket_in_an_odd_folder_is_reached_and_a_lost_one_is_made_again() {
    let scratch = Scratch::named("-a \"b' %c");
    scratch.start();
    assert!(scratch.0.socket_dir().starts_with(scratch.0.root()));
    assert_eq!(scratch.sql("SELECT 1"), "1");
    fs::remove_dir_all(scratch.0.socket_dir()).unwrap();
    assert_eq!(scratch.start(), Started::Started);
    assert_eq!(scratch.sql("SELECT 1"), "1");
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let scratch = Scratch::new();
    let wrong = vec![("shared_buffers".to_owned(), "plenty".to_owned())];
    let broken = Cluster::at(scratch.0.root().to_path_buf(), Binaries::find(None).unwrap(), wrong);
    let error = broken.ensure_running(&mut |_| {}).unwrap_err();
    assert!(error.why().unwrap().contains("shared_buffers"), "{:?}", error.why());
    assert_eq!(scratch.start(), Started::Started);
}

#[test]
fn data_of_another_version_and_of_other_people_are_left_alone() {
    let scratch = Scratch::new();
    let layout = &scratch.0.layout;
    make_own_dir(&layout.root).unwrap();
    let other = layout.data_dir(12);
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("PG_VERSION"), "12").unwrap();
    assert!(scratch.0.binaries().is_ok(), "a folder without our settings isn't ours");
    scratch.0.destroy().unwrap();
    assert!(other.join("PG_VERSION").exists());

    fs::write(layout.settings_file(12), "").unwrap();
    let error = scratch.0.ensure_running(&mut |_| {}).unwrap_err();
    assert!(matches!(error, LocalError::WrongMajor { major: 12, .. }), "{error}");
}

#[test]
fn a_callers_open_files_do_not_stay_open_in_the_server() {
    let scratch = Scratch::new();
    let held = std::env::temp_dir().join(format!("inboxctl-held-{}", std::process::id()));
    let starter = starter(scratch.0.root());
    let bash = Path::new("/bin/bash").exists();
    let mut shell = Command::new(if bash { "/bin/bash" } else { "sh" });
    let open_more = if bash { "exec 200>\"$0\"; " } else { "" };
    let script = format!("exec 7>\"$0\"; {open_more}exec \"$@\"");
    shell.args(["-c", &script]).arg(&held);
    shell.arg(starter.get_program()).args(starter.get_args()).stdout(Stdio::null());
    shell.envs(starter.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let started = shell.status().unwrap().success();
    let open = fs::read_dir(format!("/proc/{}/fd", scratch.pid())).into_iter().flatten().flatten();
    let leaked = open.filter_map(|fd| fs::read_link(fd.path()).ok()).any(|file| file == held);
    fs::remove_file(&held).unwrap();
    assert!(started && !leaked);
}
