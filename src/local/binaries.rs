//! Where PostgreSQL's server programs are on this machine, and which package brings them. Runs
//! `postgres --version`, nothing else.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{LocalError, environment};

pub(super) const MINIMUM_MAJOR: u32 = 13;

/// Folders where packages put the server's programs, at most one `*` each; the newest version of
/// a line goes first.
pub(super) const USUAL_PLACES: &[&str] = &[
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/lib/postgresql*/bin",
    "/usr/libexec/postgresql*",
    "/usr/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/opt/homebrew/opt/postgresql/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/local/pgsql/bin",
];

/// One installation of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// Holds at least `postgres` and `initdb`.
    pub dir: PathBuf,
    pub major: u32,
    /// As `postgres --version` has it, such as `15.13`.
    pub version: String,
}

impl Binaries {
    /// The installation to make a new cluster with. `named` is the operator's choice, and has no
    /// fallback.
    pub fn find(named: Option<&Path>) -> Result<Binaries, LocalError> {
        Self::find_all(named)?.into_iter().next().ok_or_else(LocalError::not_installed)
    }

    /// Every usable installation, best first; never empty.
    pub(super) fn find_all(named: Option<&Path>) -> Result<Vec<Binaries>, LocalError> {
        if let Some(dir) = named {
            return Self::named(dir).map(|found| vec![found]);
        }
        let mut usable: Vec<Binaries> = Vec::new();
        let mut too_old = None;
        for dir in
            path_dirs().into_iter().chain(USUAL_PLACES.iter().flat_map(|pattern| expand(pattern)))
        {
            if usable.iter().any(|known| known.dir == dir) {
                continue;
            }
            match Self::inspect(&dir) {
                Ok(found) if found.major >= MINIMUM_MAJOR => usable.push(found),
                Ok(found) => too_old = Some(LocalError::TooOld { dir, version: found.version }),
                Err(_) => {}
            }
        }
        match too_old {
            Some(error) if usable.is_empty() => Err(error),
            _ if usable.is_empty() => Err(LocalError::not_installed()),
            _ => Ok(usable),
        }
    }

    /// A program of this installation, or on PATH: clients are often packaged apart from the
    /// server.
    pub fn tool(&self, name: &str) -> Option<PathBuf> {
        let beside = self.dir.join(name);
        if beside.is_file() { Some(beside) } else { on_path(name).next() }
    }

    fn named(dir: &Path) -> Result<Binaries, LocalError> {
        let refused = |why: String| LocalError::NamedBinaries { dir: dir.to_path_buf(), why };
        let absolute = std::path::absolute(dir).map_err(|error| refused(error.to_string()))?;
        let found = Self::inspect(&absolute).map_err(refused)?;
        if found.major < MINIMUM_MAJOR {
            return Err(LocalError::TooOld { dir: absolute, version: found.version });
        }
        Ok(found)
    }

    fn inspect(dir: &Path) -> Result<Binaries, String> {
        for program in ["postgres", "initdb"] {
            if !dir.join(program).is_file() {
                return Err(format!("it has no `{program}`"));
            }
        }
        let said = environment::client(&mut Command::new(dir.join("postgres")))
            .arg("--version")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("`postgres` can't be run: {error}"))?;
        let text = String::from_utf8_lossy(&said.stdout);
        let (major, version) = parse_version(&text).ok_or("`postgres --version` makes no sense")?;
        Ok(Binaries { dir: dir.to_path_buf(), major, version })
    }
}

/// `postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)` is 15 and "15.13"; betas and devel
/// builds have no dot.
pub(super) fn parse_version(text: &str) -> Option<(u32, String)> {
    let version = text
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    let digits = version.split(|other: char| !other.is_ascii_digit()).next()?;
    Some((digits.parse().ok()?, version.to_owned()))
}

/// Folders of the `postgres` programs on PATH. A link there may stand alone, so the folder that
/// it leads to is tried first; a version manager's shim leads to the manager, so the folder on
/// PATH is tried too.
pub(super) fn path_dirs() -> Vec<PathBuf> {
    let mut dirs = Vec::new();
    for program in on_path("postgres") {
        let real = fs::canonicalize(&program).unwrap_or_else(|_| program.clone());
        dirs.extend([real, program].iter().filter_map(|file| file.parent()).map(Path::to_path_buf));
    }
    dirs
}

pub(super) fn on_path(name: &str) -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let dirs: Vec<PathBuf> = env::split_paths(&path).filter(|dir| dir.is_absolute()).collect();
    let name = name.to_owned();
    dirs.into_iter().map(move |dir| dir.join(&name)).filter(|file| file.is_file())
}

/// The folders that `pattern` matches, the highest version first.
pub(super) fn expand(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![PathBuf::from(pattern)];
    };
    let (parent, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let names = fs::read_dir(Path::new(parent)).into_iter().flatten().flatten();
    let mut versions: Vec<(f32, String)> = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|name| Some((version_of(name.strip_prefix(prefix)?)?, name)))
        .collect();
    versions.sort_by(|a, b| b.0.total_cmp(&a.0));
    versions.into_iter().map(|(_, name)| PathBuf::from(format!("{parent}/{name}{after}"))).collect()
}

/// A folder without a version is the last choice.
fn version_of(text: &str) -> Option<f32> {
    if text.is_empty() { Some(0.0) } else { text.parse().ok() }
}

/// The command that installs the server on this system.
pub(super) fn install_command() -> String {
    if cfg!(target_os = "macos") {
        return "brew install postgresql@17".to_owned();
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    install_command_for(&release).to_owned()
}

fn install_command_for(os_release: &str) -> &'static str {
    let families = os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches(['"', '\'']).split_whitespace());
    for family in families {
        match family {
            "debian" | "ubuntu" => return "apt-get install postgresql",
            "fedora" | "rhel" | "centos" => {
                return "dnf install postgresql-server postgresql-contrib";
            }
            "arch" => return "pacman -S postgresql",
            "alpine" => return "apk add postgresql postgresql-contrib",
            "suse" | "opensuse" => return "zypper install postgresql-server postgresql-contrib",
            _ => {}
        }
    }
    "install the PostgreSQL server with this system's packages"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_every_kind_of_build() {
        let read = |text| parse_version(text).map(|(major, _)| major);
        assert_eq!(read("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(read("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(read("postgres (PostgreSQL) 9.6.24"), Some(9));
        assert_eq!(read("no such thing"), None);
    }

    #[test]
    fn each_system_gets_its_own_package() {
        assert_eq!(install_command_for("ID=debian\n"), "apt-get install postgresql");
        assert_eq!(
            install_command_for("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            "apt-get install postgresql"
        );
        assert_eq!(
            install_command_for("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            "dnf install postgresql-server postgresql-contrib"
        );
        assert_eq!(install_command_for("ID=alpine\n"), "apk add postgresql postgresql-contrib");
        assert_eq!(install_command_for("ID=arch\n"), "pacman -S postgresql");
    }

    #[test]
    fn a_named_folder_without_programs_is_an_error_and_not_a_fallback() {
        let error = Binaries::find(Some(Path::new("/nonexistent/bin"))).unwrap_err();
        assert!(matches!(error, LocalError::NamedBinaries { .. }), "{error}");
        assert_eq!(error.why().as_deref(), Some("it has no `postgres`"));
        assert!(error.hint().is_some_and(|hint| hint.contains("INBOXCTL_PG_BIN")));
    }

    #[test]
    fn what_is_on_this_machine_is_found_with_its_tools() {
        let found = Binaries::find(None).unwrap();
        assert!(found.major >= MINIMUM_MAJOR);
        assert!(found.dir.join("initdb").is_file());
        assert!(found.tool("initdb").is_some());
        assert_eq!(found.tool("no-such-program"), None);
        assert_eq!(Binaries::find(Some(&found.dir)).unwrap(), found);
    }
}
