//! Running the real binary as a user would.

use std::ffi::OsStr;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::database::Database;

/// INBOXCTL_TEST_BINARY names another build of it: the release binary, say.
pub(crate) fn binary() -> PathBuf {
    std::env::var_os("INBOXCTL_TEST_BINARY")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_inboxctl")), PathBuf::from)
}

/// The binary with a clean environment, in an empty folder.
pub(crate) struct Binary {
    command: Command,
    folder: tempfile::TempDir,
    /// Of the program itself.
    copy: Option<tempfile::TempDir>,
    input: Vec<u8>,
}

impl Binary {
    /// Without any database.
    pub(crate) fn new() -> Binary {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(binary());
        command.env_clear().current_dir(folder.path()).env("USER", "operator").env("TZ", "UTC");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        Binary { command, folder, copy: None, input: Vec::new() }
    }

    /// With DATABASE_URL set.
    pub(crate) fn on(database: &Database) -> Binary {
        Binary::new().env("DATABASE_URL", database.url())
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Binary {
        self.command.env(key, value);
        self
    }

    /// As another user of the system, which only root can be.
    pub(crate) fn user(mut self, uid: u32) -> Binary {
        use std::os::unix::fs::PermissionsExt;
        use std::os::unix::process::CommandExt;
        // That user may not reach the folder that it was built in.
        let reachable = tempfile::tempdir().expect("a temporary folder");
        let copy = reachable.path().join("inboxctl");
        // By a process of its own: a file that this one has open for writing can't be run while
        // another thread forks.
        let copied = Command::new("cp").arg(binary()).arg(&copy).status();
        assert!(copied.expect("cp runs").success());
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(reachable.path(), mode).expect("its mode");
        let mut command = Command::new(copy);
        command.env_clear().current_dir(self.folder.path()).uid(uid).gid(uid);
        let set = self.command.get_envs().filter_map(|(key, value)| Some((key, value?)));
        command.envs(set);
        self.command = command;
        self.copy = Some(reachable);
        self
    }

    /// The folder that it runs in.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// In a folder that stays, instead of an empty one.
    pub(crate) fn within(mut self, folder: &Path) -> Binary {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn input(mut self, input: impl Into<Vec<u8>>) -> Binary {
        self.input = input.into();
        self
    }

    pub(crate) fn run<A: AsRef<OsStr>>(self, args: impl IntoIterator<Item = A>) -> Ran {
        self.start(args).wait()
    }

    /// Starts it and goes on.
    pub(crate) fn start<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Running {
        let mut child = self
            .command
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut stdin = child.stdin.take().expect("it is piped");
        // A command that doesn't read its input closes it.
        let _ = stdin.write_all(&self.input);
        drop(stdin);
        Running { child, _folder: self.folder, _copy: self.copy }
    }
}

/// A command at work.
pub(crate) struct Running {
    child: Child,
    _folder: tempfile::TempDir,
    _copy: Option<tempfile::TempDir>,
}

impl Running {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by name: INT, TERM, KILL.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.pid().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child can be waited for").is_none()
    }

    pub(crate) fn wait(self) -> Ran {
        let output = self.child.wait_with_output().expect("its output");
        Ran::new(&output)
    }
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Ran {
    pub stdout: String,
    pub stderr: String,
    /// The exit code; 128 + n when signal n ended it.
    pub code: i32,
}

impl Ran {
    fn new(output: &Output) -> Ran {
        use std::os::unix::process::ExitStatusExt;
        let status = output.status;
        Ran {
            stdout: String::from_utf8(output.stdout.clone()).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr.clone()).expect("stderr is UTF-8"),
            code: status.code().or(status.signal().map(|signal| 128 + signal)).unwrap_or(-1),
        }
    }

    /// The one JSON document of stdout.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}:\n{self}"))
    }

    /// Fails with everything that was printed unless the exit code is `code`.
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{self}");
        self
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exit code {}", self.code)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}
