//! What the environment and the .env files say, read once.
//!
//! Nothing else in inboxctl looks at the environment, but libpq for its PG*
//! variables and the terminal libraries for theirs.

mod env_lines;

use std::collections::HashMap;
use std::env;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::error::Failure;

/// What the command line said.
#[derive(Debug, Default)]
pub struct Flags {
    pub database_url: Option<String>,
    pub env_file: Option<PathBuf>,
    pub local: bool,
    pub actor: Option<String>,
}

/// Which database to connect to.
#[derive(Debug)]
pub enum Source {
    /// A URL (or a libpq connection string), and where it was found.
    Url { url: SecretString, found_in: String },
    /// PGSERVICE or PGDATABASE is set: libpq knows the rest.
    Libpq,
    /// The private server of this machine.
    Local,
    /// Nothing was set. Commands that need no database don't mind.
    Unset,
}

#[derive(Debug)]
pub struct Config {
    pub source: Source,
    /// DIRECT_URL, and where it was found: the server itself, where DATABASE_URL names a pooler.
    pub direct_url: Option<(SecretString, String)>,
    /// What was left out of the files, for a warning.
    pub warnings: Vec<String>,
    /// The e-mail of a row in `users`.
    pub actor: Option<String>,
    /// The operating system's name for who runs this.
    pub system_user: String,
    /// INBOXCTL_PG_BIN: where `postgres` and `initdb` are.
    pub pg_bin: Option<PathBuf>,
    /// INBOXCTL_DATA_DIR: where the private server keeps its files.
    pub data_dir: Option<PathBuf>,
    /// Hosts that PGHOST and friends name are left to libpq.
    pub libpq_names_host: bool,
    /// PGPORT, or 5432.
    pub default_port: String,
    /// PGCONNECT_TIMEOUT is set.
    pub libpq_has_timeout: bool,
    /// PGOPTIONS.
    pub pgoptions: String,
    /// INBOXCTL_KEYRING: the keyring itself, and where it was found.
    pub keyring: Option<(SecretString, String)>,
    /// INBOXCTL_KEYRING_FILE, and where it was found.
    pub keyring_file: Option<(PathBuf, String)>,
    /// Where the keyring is if nothing says so; `None` without a home folder.
    pub usual_keyring_file: Option<PathBuf>,
    /// INBOXCTL_PHONE_REGION: two letters.
    pub phone_region: Option<String>,
    /// INBOXCTL_KEYRING_PASSPHRASE.
    pub keyring_passphrase: Option<SecretString>,
}

/// Where a URL of the command line was found.
pub const DATABASE_URL_FLAG: &str = "--database-url";
/// Where a value was found that no file has.
const ENVIRONMENT: &str = "the environment";
/// What no child process may inherit.
const SECRET_VARIABLES: [&str; 2] = ["INBOXCTL_KEYRING", "INBOXCTL_KEYRING_PASSPHRASE"];
/// What libpq puts into the startup packet after the settings of our sessions, here and in the
/// programs that are started: values would be written in the operator's style.
const STYLE_VARIABLES: [&str; 3] = ["PGCLIENTENCODING", "PGDATESTYLE", "PGTZ"];

impl Config {
    /// Flags win over the environment, that over `.env.local`, that over `.env`.
    ///
    /// # Errors
    /// A named file that can't be read.
    pub fn read(flags: Flags) -> Result<Config, Failure> {
        let files = env_files(flags.env_file.as_deref())?;
        let lookup = |key: &str| lookup(&files, key);
        let config = Config {
            source: source(&flags, &lookup)?,
            direct_url: url(&lookup, "DIRECT_URL")?.map(|(url, place)| (url.into(), place)),
            warnings: files.iter().flat_map(|file| file.warnings.clone()).collect(),
            actor: flags.actor.or_else(|| lookup("INBOXCTL_ACTOR").map(|found| found.0)),
            system_user: system_user(),
            pg_bin: lookup("INBOXCTL_PG_BIN").map(|found| found.0.into()),
            data_dir: lookup("INBOXCTL_DATA_DIR").map(|found| found.0.into()),
            libpq_names_host: is_set("PGHOST") || is_set("PGHOSTADDR") || is_set("PGSERVICE"),
            default_port: env::var("PGPORT").unwrap_or_else(|_| String::from("5432")),
            libpq_has_timeout: is_set("PGCONNECT_TIMEOUT"),
            pgoptions: env::var("PGOPTIONS").unwrap_or_default(),
            keyring: lookup(SECRET_VARIABLES[0]).map(|(text, place)| (text.into(), place)),
            keyring_file: lookup("INBOXCTL_KEYRING_FILE").map(|(path, place)| (path.into(), place)),
            usual_keyring_file: usual_keyring_file(),
            phone_region: lookup("INBOXCTL_PHONE_REGION").map(|found| found.0),
            keyring_passphrase: lookup(SECRET_VARIABLES[1]).map(|found| found.0.into()),
        };
        for variable in SECRET_VARIABLES.into_iter().chain(STYLE_VARIABLES) {
            // SAFETY: the configuration is read before the first thread is
            // started, so nobody reads the environment meanwhile.
            unsafe { env::remove_var(variable) };
        }
        Ok(config)
    }
}

/// `~/.config/inboxctl/keyring.json`.
fn usual_keyring_file() -> Option<PathBuf> {
    let folder = |key: &str| env::var_os(key).map(PathBuf::from).filter(|path| path.is_absolute());
    let config = folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))?;
    Some(config.join("inboxctl/keyring.json"))
}

struct EnvFile {
    path: PathBuf,
    values: HashMap<String, String>,
    warnings: Vec<String>,
}

fn env_files(named: Option<&Path>) -> Result<Vec<EnvFile>, Failure> {
    let paths: Vec<&Path> = match named {
        Some(path) => vec![path],
        None => {
            let usual = [".env.local", ".env"].into_iter().map(Path::new);
            usual.filter(|path| path.is_file()).collect()
        }
    };
    paths.into_iter().map(read_env_file).collect()
}

/// A line that can't be read is an application's, mostly: it is named, and the rest counts.
fn read_env_file(path: &Path) -> Result<EnvFile, Failure> {
    let text = bounded_text(path)
        .map_err(|failure| failure.hint("correct it, or name another file with --env-file"))?;
    let (good, bad) = env_lines::sift(&text);
    let values = dotenvy::from_read_iter(good.as_bytes()).filter_map(Result::ok).collect();
    let warnings = bad
        .into_iter()
        .map(|line| format!("line {line} of {} is not KEY=value and is left out", path.display()));
    Ok(EnvFile { path: path.to_owned(), values, warnings: warnings.collect() })
}

/// A file that somebody named by mistake may have no end.
fn bounded_text(path: &Path) -> Result<String, Failure> {
    const LIMIT_BYTES: u64 = 1 << 20;
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LIMIT_BYTES + 1).read_to_end(&mut bytes));
    let failure =
        |why: String| Failure::usage(format!("{} can't be read", path.display())).why(why);
    read.map_err(|error| failure(error.to_string()))?;
    if bytes.len() as u64 > LIMIT_BYTES {
        return Err(failure(String::from("it is larger than a megabyte")));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A URL, or the file that DATABASE_URL_FILE names: how containers are given secrets. What the
/// environment says comes before what files say.
fn url(
    lookup: &dyn Fn(&str) -> Option<(String, String)>,
    key: &str,
) -> Result<Option<(String, String)>, Failure> {
    let file_key = format!("{key}_FILE");
    let (url, file) = (lookup(key), lookup(&file_key));
    let is_outer = |found: &Option<(String, String)>| {
        found.as_ref().is_some_and(|(_, place)| place == ENVIRONMENT)
    };
    match file {
        Some((path, _)) if url.is_none() || is_outer(&lookup(&file_key)) && !is_outer(&url) => {
            let text = bounded_text(Path::new(&path)).map_err(|failure| {
                failure.hint(format!("{file_key} names the file that holds the URL"))
            })?;
            Ok(Some((text.trim().to_owned(), path)))
        }
        _ => Ok(url),
    }
}

/// The value, and where it was found.
fn lookup(files: &[EnvFile], key: &str) -> Option<(String, String)> {
    if let Ok(value) = env::var(key)
        && !value.is_empty()
    {
        return Some((value, ENVIRONMENT.to_owned()));
    }
    files.iter().find_map(|file| {
        let value = file.values.get(key).filter(|value| !value.is_empty())?;
        Some((value.clone(), file.path.display().to_string()))
    })
}

fn source(
    flags: &Flags,
    lookup: &dyn Fn(&str) -> Option<(String, String)>,
) -> Result<Source, Failure> {
    if flags.local {
        return Ok(Source::Local);
    }
    let url = match &flags.database_url {
        Some(url) => Some((url.clone(), String::from(DATABASE_URL_FLAG))),
        None => url(lookup, "DATABASE_URL")?,
    };
    Ok(match url {
        Some((url, found_in)) => Source::Url { url: url.into(), found_in },
        None if is_set("PGSERVICE") || is_set("PGDATABASE") => Source::Libpq,
        None => Source::Unset,
    })
}

fn is_set(key: &str) -> bool {
    env::var_os(key).is_some_and(|value| !value.is_empty())
}

/// Under sudo the person is SUDO_USER; cron sets LOGNAME, a service or a container may set none.
fn system_user() -> String {
    ["SUDO_USER", "USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|key| env::var(key).ok().filter(|name| !name.is_empty()))
        .unwrap_or_else(|| {
            let uid = rustix::process::getuid().as_raw();
            let users = bounded_text(Path::new("/etc/passwd")).unwrap_or_default();
            env_lines::user_named(&users, uid).unwrap_or_else(|| format!("uid:{uid}"))
        })
}
