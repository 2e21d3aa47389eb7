//! Where PostgreSQL's client programs are on this machine. Runs `PROGRAM --version`, nothing else.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::binaries::{USUAL_PLACES, expand, on_path, parse_version, path_dirs};
use super::environment;

/// One installation of a client program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub path: PathBuf,
    pub major: u32,
    /// As `--version` has it, such as `15.13`.
    pub version: String,
}

impl Client {
    /// Every installation of `program` that can be run, in the order in which the server's programs
    /// are looked for. `named` is the operator's choice: what is there has no alternative.
    pub fn find_all(program: &str, named: Option<&Path>) -> Vec<Client> {
        if let Some(found) = named.and_then(|dir| Self::inspect(&dir.join(program))) {
            return vec![found];
        }
        let dirs =
            path_dirs().into_iter().chain(USUAL_PLACES.iter().flat_map(|pattern| expand(pattern)));
        // On Debian the one on PATH is a wrapper that chooses by itself: the last resort.
        let mut paths: Vec<PathBuf> = Vec::new();
        for path in dirs.map(|dir| dir.join(program)).chain(on_path(program)) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths.iter().filter_map(|path| Self::inspect(path)).collect()
    }

    fn inspect(path: &Path) -> Option<Client> {
        if !path.is_file() {
            return None;
        }
        let mut command = Command::new(path);
        let said = environment::client(&mut command).arg("--version").stdin(Stdio::null()).output();
        let said = said.ok()?;
        let (major, version) = parse_version(&String::from_utf8_lossy(&said.stdout))?;
        Some(Client { path: path.to_path_buf(), major, version })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_programs_of_this_machine_are_found() {
        let found = Client::find_all("pg_dump", None);
        assert!(found.iter().all(|client| client.major >= 9 && client.path.is_file()));
        assert!(!found.is_empty());
        let dir = found[0].path.parent().unwrap();
        assert_eq!(Client::find_all("pg_dump", Some(dir)), found[..1]);
        assert!(Client::find_all("no-such-program", None).is_empty());
    }
}
