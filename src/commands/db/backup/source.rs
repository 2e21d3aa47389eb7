//! A backup to read: what kind it is, and whether it is whole.

use std::path::PathBuf;

use age::x25519::Identity;

use super::given::Given;
use super::take::interrupted;
use crate::age_files;
use crate::backup::programs::{self, Reading};
use crate::backup::stream::{self, Kind, ReadError};
use crate::backup::{toc, tools};
use crate::context::Context;
use crate::domain::backup::{Manifest, name, version};
use crate::error::{self, Condition, Failure};

pub struct Source {
    pub given: Given,
    pub manifest: Option<Manifest>,
    pub kind: Kind,
    pub identities: Vec<Identity>,
    /// The major version of pg_dump that wrote it, which pg_restore must be able to read; 0 where
    /// that isn't known.
    pub dumped_by: u32,
}

impl Source {
    /// # Errors
    /// It isn't there, is no dump, or no identity opens it.
    pub fn open(given: Given, identity_files: &[PathBuf]) -> Result<Source, Failure> {
        let identities = age_files::all_identities(identity_files)?;
        let (file, shown) = (given.stored().open()?, &given.name);
        let (is_encrypted, kind) = match stream::kind(&file, &identities) {
            Ok(found) => found,
            Err(ReadError::NoKey) => return Err(no_key(shown, identities.is_empty())),
            Err(ReadError::Damaged(why)) => return Err(damaged(shown, &[why])),
            Err(ReadError::Io(error)) => return Err(given.stored().unreadable(&error)),
        };
        let Some(kind) = kind else {
            if let Some(backup) = name::of_manifest(shown) {
                return Err(Failure::usage(format!("{shown} is the manifest of a backup"))
                    .hint(format!("name the backup itself: {backup}")));
            }
            return Err(match is_encrypted {
                true => Failure::failed(format!("what is encrypted in {shown} is no dump")),
                false => Failure::failed(format!("{shown} is not a dump that can be restored")),
            }
            .why("it begins neither as pg_dump's custom format nor as its plain SQL")
            .hint("it may be damaged: `inboxctl db backup verify FILE --level 1`"));
        };
        let manifest = given.read_manifest()?;
        let written_by = match (&manifest, kind) {
            (Some(manifest), _) => Some(manifest.pg_dump_version.clone()),
            (None, Kind::Custom) => toc::pg_dump_version(given.stored(), &identities)?,
            (None, Kind::Plain) => None,
        };
        let dumped_by = written_by.map_or(0, |version| version::major(&version));
        Ok(Source { given, manifest, kind, identities, dumped_by })
    }

    /// As people read it.
    pub fn name(&self) -> &str {
        &self.given.name
    }

    /// Reads the whole file, and returns what is wrong with it.
    ///
    /// # Errors
    /// It can't be read at all, no fitting pg_restore, or a signal came.
    pub fn read_through(&self, ctx: &Context) -> anyhow::Result<Vec<String>> {
        let pg_restore = match self.kind {
            Kind::Custom => {
                Some(tools::find("pg_restore", ctx.config.pg_bin.as_deref(), self.dumped_by)?)
            }
            Kind::Plain => None,
        };
        let progress = ctx.ui.spinner("reading the backup");
        let stop = || ctx.interrupted().is_some();
        let reading = programs::read_through(
            pg_restore.as_ref(),
            self.given.stored(),
            &self.identities,
            &stop,
        )?;
        drop(progress);
        self.problems(ctx, reading)
    }

    /// What reading it says of it.
    ///
    /// # Errors
    /// No identity opens it, or a signal came.
    pub fn problems(&self, ctx: &Context, reading: Reading) -> anyhow::Result<Vec<String>> {
        Ok(match reading {
            Reading::Done(sums) => {
                self.manifest.as_ref().map(|manifest| manifest.problems(&sums)).unwrap_or_default()
            }
            Reading::Damaged(why) => vec![why],
            Reading::NoKey => return Err(no_key(self.name(), self.identities.is_empty()).into()),
            Reading::NotTaken(why) => return Err(self.not_taken(why).into()),
            Reading::Stopped => return Err(interrupted(ctx).into()),
        })
    }

    /// The file is whole, and the server refuses a statement of it.
    pub(super) fn not_taken(&self, why: String) -> Failure {
        if let Condition::ConnectionLost | Condition::ClosedEarly =
            Condition::of_text(error::reason(&why))
        {
            return error::connection_lost(&why);
        }
        let failure = Failure::failed(format!("{} was not restored", self.name()));
        let hint = match why.contains("role \"") {
            true => "make the role first, or leave owners out with --no-owner",
            false => {
                "the backup may be sound: what the server says is the reason; what was made for it \
                 was dropped again, and nothing else was touched"
            }
        };
        failure.why(why).hint(hint)
    }
}

/// The failure of a restore from it.
pub fn damaged(name: &str, problems: &[String]) -> Failure {
    Failure::failed(format!("the backup {name} is damaged"))
        .why(problems.join("; "))
        .hint("nothing was restored; take another: `inboxctl db backups list`")
}

fn no_key(name: &str, none_given: bool) -> Failure {
    match none_given {
        true => Failure::usage(format!("{name} is encrypted"))
            .why("without its key nothing but its hash can be checked")
            .hint("name the file with the secret key: --identity FILE"),
        false => Failure::failed(format!("{name} is encrypted to another key"))
            .why("none of the identities opens it")
            .hint("the manifest beside it lists the public keys: encrypted_to"),
    }
}
