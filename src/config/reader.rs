//! The one reader of flags, environment, `.env` files and `inboxctl.toml`, in the order in which
//! they win.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::env_lines;
use super::files::{self, Opened, Unused};
use super::{ENVIRONMENT, Flags, Policies};
use crate::domain::anonymise::Kind;
use crate::domain::file_trust::{Doubt, Person, Trust};
use crate::domain::nightly::Nightly;
use crate::domain::profile::{self, Profile};
use crate::domain::setting::{self, Setting, Shape};
use crate::domain::setting_lines::Line;
use crate::domain::settings_file;
use crate::error::Failure;

/// The name of the file of settings, wherever it lies.
const SETTINGS_FILE: &str = "inboxctl.toml";

/// Those that nobody comes upon by chance.
const TRUSTED_FILES: &str = "~/.config/inboxctl/inboxctl.toml, /etc/inboxctl/inboxctl.toml";

/// Where the name of a profile of the command line was found.
const PROFILE_FLAG: &str = "--profile";

/// A setting, and where it was found.
#[derive(Debug, Clone)]
pub struct Given {
    pub setting: &'static Setting,
    pub value: SecretString,
    pub place: String,
}

impl Given {
    /// For people: `describe` says where a URL leads, without its secrets.
    pub fn shown(&self, describe: impl Fn(&str) -> Option<String>) -> String {
        let value = self.value.expose_secret();
        match self.setting.shape {
            Shape::Text | Shape::Path => value.to_owned(),
            Shape::Secret => String::from("(secret)"),
            Shape::Url => describe(value).unwrap_or_else(|| String::from("(can't be read)")),
        }
    }
}

/// What was read, in whole.
#[derive(Debug, Default)]
pub struct Reading {
    /// The first of a kind counts.
    pub given: Vec<Given>,
    pub policies: Option<Policies>,
    /// Of all files, the nearer ones first.
    pub profiles: Vec<Profiled>,
    /// A failure where the file that has it may not.
    pub nightly: Option<Result<Nightly, Failure>>,
    pub ignore: Option<(Vec<String>, String)>,
    pub references: Option<(Vec<String>, String)>,
    /// What is in columns of the application.
    pub columns: Option<(BTreeMap<String, Kind>, String)>,
    /// What was left out of the files, for a warning.
    pub warnings: Vec<String>,
    /// What is wrong: only `config show` goes on.
    pub problems: Vec<Failure>,
    pub left_out: Vec<LeftOut>,
}

/// A profile, and where it stands.
#[derive(Debug, Clone)]
pub struct Profiled {
    pub name: String,
    pub file: PathBuf,
    /// It stands in a file that gives everything.
    pub is_trusted: bool,
    pub given: Vec<Given>,
    pub profile: Profile,
}

/// A file that is not trusted, or can't be read.
#[derive(Debug)]
pub struct LeftOut {
    pub file: PathBuf,
    pub why: String,
    /// What names it, so that it is read all the same.
    pub flag: &'static str,
    pub way_out: String,
}

impl Reading {
    pub(super) fn of(flags: &Flags, environment: Vec<Given>) -> Reading {
        let mut reading = Reading::default();
        let person = files::person();
        let flagged = [
            (&setting::DATABASE_URL, &flags.database_url, super::DATABASE_URL_FLAG),
            (&setting::REPLICA_URL, &flags.replica, super::REPLICA_FLAG),
            (&setting::ACTOR, &flags.actor, super::ACTOR_FLAG),
            (&setting::PROFILE, &flags.profile, PROFILE_FLAG),
        ];
        for (setting, value, place) in flagged {
            let value = value.clone().filter(|value| !value.is_empty());
            reading.given.extend(value.map(|value| given(setting, value, place.to_owned())));
        }
        reading.given.extend(environment);
        reading.add_env_files(flags.env_file.as_deref(), &person);
        reading.add_settings_files(flags.config.as_deref(), &person);
        reading
    }

    /// The value that counts.
    pub fn find(&self, setting: &Setting) -> Option<&Given> {
        self.given.iter().find(|given| given.setting == setting)
    }

    fn add_env_files(&mut self, named: Option<&Path>, person: &Person) {
        match named {
            Some(path) => {
                let opened = files::named(path, person);
                self.take(path, opened, "--env-file", Self::add_env_file);
            }
            None => {
                for path in [".env.local", ".env"].map(Path::new) {
                    self.look(path, "--env-file", true, person, Self::add_env_file);
                }
            }
        }
    }

    /// A file that is named stands for itself alone: what it doesn't say, no other file says.
    fn add_settings_files(&mut self, named: Option<&Path>, person: &Person) {
        if let Some(path) = named {
            let opened = files::named(path, person);
            return self.take(path, opened, "--config", Self::add_settings_file);
        }
        let usual: Vec<PathBuf> =
            super::usual_folders().map(|folder| folder.join(SETTINGS_FILE)).collect();
        let here = Path::new(SETTINGS_FILE);
        let is_usual = here.canonicalize().is_ok_and(|here| {
            usual.iter().any(|path| path.canonicalize().is_ok_and(|it| it == here))
        });
        if !is_usual {
            self.look(here, "--config", true, person, Self::add_settings_file);
        }
        for path in &usual {
            self.look(path, "--config", false, person, Self::add_settings_file);
        }
    }

    fn take(
        &mut self,
        path: &Path,
        opened: Result<Opened, Failure>,
        flag: &str,
        add: fn(&mut Reading, &Path, &Opened),
    ) {
        match opened {
            Ok(opened) => add(self, path, &opened),
            Err(failure) => {
                self.problems
                    .push(failure.hint(format!("correct it, or name another file with {flag}")));
            }
        }
    }

    fn look(
        &mut self,
        path: &Path,
        flag: &'static str,
        in_working_folder: bool,
        person: &Person,
        add: fn(&mut Reading, &Path, &Opened),
    ) {
        match files::found(path, in_working_folder, person) {
            Ok(Some(opened)) => add(self, path, &opened),
            Ok(None) => {}
            Err(Unused { why, is_readable }) => {
                let name = path.display();
                let way_out = match is_readable {
                    true => format!("look at it, then name it with {flag} {name}"),
                    false => format!(
                        "let this user read it, with chmod or chown, then name it with {flag} {name}"
                    ),
                };
                self.warnings.push(format!("{name} is not used: {why}; {way_out}"));
                self.left_out.push(LeftOut { file: path.to_owned(), why, flag, way_out });
            }
        }
    }

    /// A line that can't be read is an application's, mostly: it is named, and the rest counts.
    fn add_env_file(&mut self, path: &Path, opened: &Opened) {
        let file = path.display();
        let lines = env_lines::read(&opened.text);
        let bad = lines.bad.iter();
        self.warnings.extend(
            bad.map(|line| format!("line {line} of {file} is not KEY=value and is left out")),
        );
        if let Some(line) = lines.too_long {
            let limit = env_lines::VALUE_LIMIT_BYTES / 1024;
            self.problems.push(
                Failure::usage(format!("{file} can't be used"))
                    .why(format!("line {line}: with its variables filled in, it may have more than {limit} KiB"))
                    .hint("correct it, or name another file with --env-file"),
            );
        }
        for setting in setting::ALL {
            let entries = lines.entries.iter().filter(|entry| entry.key == setting.variable);
            // The last one of a file counts.
            for entry in entries.rev().filter(|entry| !entry.value.is_empty()) {
                let place = format!("{file}, line {}", entry.line);
                let one = given(setting, entry.value.clone(), place);
                if self.admits(&one, (setting.variable, setting.is_harmless), opened.trust) {
                    self.given.push(one);
                }
            }
        }
        let ours = lines.entries.iter().filter(|entry| entry.key.starts_with("INBOXCTL_"));
        let known = |key: &str| setting::ALL.iter().any(|setting| setting.variable == key);
        self.warnings.extend(ours.filter(|entry| !known(&entry.key)).map(|entry| {
            format!(
                "line {} of {file}: {} is no setting that a file can give, and is left out",
                entry.line, entry.key
            )
        }));
    }

    fn add_settings_file(&mut self, path: &Path, opened: &Opened) {
        let file = path.display();
        let parsed = match settings_file::parse(&opened.text) {
            Ok(parsed) => parsed,
            Err(why) => {
                let failure = Failure::usage(format!("{file} can't be used")).why(why);
                return self
                    .problems
                    .push(failure.hint("docs/configuration.md says what may stand there, docs/retention.md what in a policy"));
            }
        };
        let given =
            self.admitted(parsed.values(&opened.text), (path, opened.trust), |one| one.is_harmless);
        self.given.extend(given);
        for (name, profile) in parsed.profile {
            let given = self.admitted(
                profile.values(&opened.text),
                (path, opened.trust),
                profile::is_harmless,
            );
            let is_trusted = opened.trust == Trust::Everything;
            self.profiles.push(Profiled {
                name,
                file: path.to_owned(),
                is_trusted,
                given,
                profile,
            });
        }
        let place = || file.to_string();
        let first =
            |old: Option<_>, new: Option<Vec<String>>| old.or_else(|| Some((new?, place())));
        self.columns = self.columns.take().or_else(|| Some((parsed.anonymise.columns?, place())));
        self.ignore = first(self.ignore.take(), parsed.schema.ignore);
        self.references = first(self.references.take(), parsed.merge.references);
        if let (None, Some(retention)) = (&self.policies, parsed.retention) {
            self.policies = Some(Policies { retention, file: path.to_owned() });
        }
        if let (None, Some(nightly)) = (&self.nightly, parsed.nightly) {
            self.nightly = Some(match opened.trust {
                Trust::Everything => Ok(nightly),
                Trust::Harmless(doubt) | Trust::Nothing(doubt) => {
                    Err(Failure::refused(format!("the steps of {file} are not run"))
                        .why(format!("{}, and such a file runs no commands", files::because(doubt)))
                        .hint(match doubt {
                            Doubt::OthersWrite => format!("let nobody else write it: chmod go-w {file}"),
                            _ => format!(
                                "look at it, then name it with --config {file}, or move [nightly] to {TRUSTED_FILES}"
                            ),
                        }))
                }
            });
        }
    }

    /// Those of a file's settings that it may give.
    fn admitted(
        &mut self,
        lines: Vec<Line<'_>>,
        (path, trust): (&Path, Trust),
        is_harmless: fn(&Setting) -> bool,
    ) -> Vec<Given> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut admitted = Vec::new();
        for (setting, value, line) in lines {
            let value = match setting.shape {
                Shape::Path => folder.join(value).to_string_lossy().into_owned(),
                _ => value.to_owned(),
            };
            let one = given(setting, value, format!("{}, line {line}", path.display()));
            if self.admits(&one, (setting.key, is_harmless(setting)), trust) {
                admitted.push(one);
            }
        }
        admitted
    }

    /// What a file may not give is no matter of taste: it is said, not passed over.
    fn admits(&mut self, given: &Given, (name, is_harmless): (&str, bool), trust: Trust) -> bool {
        let Given { setting, place, .. } = given;
        match trust {
            Trust::Harmless(doubt) | Trust::Nothing(doubt) if !is_harmless => {
                self.problems.push(
                    Failure::usage(format!("{name} may not stand in {place}"))
                        .why(format!(
                            "{}, and such a file names no programs, folders, keys or files of secrets",
                            files::because(doubt)
                        ))
                        .hint(format!(
                            "set {} in the environment, or {} in {TRUSTED_FILES} or a file that \
                             --config names and only you or root may write",
                            setting.variable, setting.key
                        )),
                );
                false
            }
            _ => true,
        }
    }
}

/// What the environment says of our settings.
pub(super) fn environment() -> Vec<Given> {
    let value = |setting: &Setting| env::var(setting.variable).ok().filter(|text| !text.is_empty());
    let found = setting::ALL.into_iter();
    found
        .filter_map(|setting| Some(given(setting, value(setting)?, ENVIRONMENT.to_owned())))
        .collect()
}

fn given(setting: &'static Setting, value: String, place: String) -> Given {
    Given { setting, value: value.into(), place }
}
