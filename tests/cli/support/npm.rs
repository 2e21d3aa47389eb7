//! Packages from npm that a test needs and a machine may lack: installed once, from a lock file
//! under tests/, into a folder beside what cargo builds.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::skip;

/// A folder with the packages, this process's alone until dropped.
pub(crate) struct Packages {
    pub folder: PathBuf,
    _lock: File,
}

/// Installs the packages of `tests/NAME`. None, said aloud, where Node isn't there or the
/// packages can't be had; with INBOXCTL_REQUIRE_NAME=1 that fails the test instead.
pub(crate) fn packages(name: &str) -> Option<Packages> {
    install(name).map_err(|why| skip(name, &why)).ok()
}

fn install(name: &str) -> Result<Packages, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    node_is_new_enough()?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm").join(name);
    let broken = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(broken)?;
    let lock = File::create(folder.join("lock")).map_err(broken)?;
    lock.lock().map_err(broken)?;
    let wanted = fs::read(source.join("package-lock.json")).map_err(broken)?;
    // Copied last: it stands for an installation that was finished.
    let installed = folder.join("installed.json");
    if fs::read(&installed).ok().as_ref() != Some(&wanted) {
        for file in ["package.json", "package-lock.json"] {
            fs::copy(source.join(file), folder.join(file)).map_err(broken)?;
        }
        npm_ci(&folder)?;
        fs::write(&installed, &wanted).map_err(broken)?;
    }
    Ok(Packages { folder, _lock: lock })
}

/// The oldest that Prisma runs on.
fn node_is_new_enough() -> Result<(), String> {
    let said = output(Command::new("node").arg("--version"))?;
    let version = said.trim().trim_start_matches('v');
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let found = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    if found < (20, 19) {
        return Err(format!("it needs Node 20.19 or later, and {version} is here"));
    }
    Ok(())
}

/// Without the packages' own scripts, which would fetch more. It gives up soon where there is no
/// network.
fn npm_ci(folder: &Path) -> Result<(), String> {
    let mut command = Command::new("npm");
    command.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    command.args(["--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]);
    // What it says first is the reason; the rest is how it came to it.
    let shorten = |why: String| why.lines().take(3).collect::<Vec<_>>().join("; ");
    output(&mut command).map(drop).map_err(shorten)
}

/// What a program prints, or why it failed.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let said = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{name} can't be run: {error}"))?;
    if said.status.success() {
        return Ok(String::from_utf8_lossy(&said.stdout).into_owned());
    }
    let lines = [&said.stdout, &said.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    Err(format!("{name} failed: {}", lines.join("\n").trim()))
}
