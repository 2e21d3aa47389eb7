//! Which profile is used, and what it takes the place of.

use super::reader::Profiled;
use super::{Policies, Reading};
use crate::domain::profile::Profile;
use crate::domain::setting::{self, Setting};
use crate::domain::suggest;
use crate::error::{Failure, Kind};

/// Other ways to a database. A profile names its own, or there are none.
const OTHER_WAYS: [&Setting; 3] =
    [&setting::DIRECT_URL, &setting::DIRECT_URL_FILE, &setting::REPLICA_URL];

impl Reading {
    /// Puts what the named profile says in its place: before all that is said where it was named, or
    /// farther away. A URL that was named nearer wins over the whole of it.
    pub(super) fn use_profile(&mut self, is_local: bool) -> Option<(String, Profile)> {
        let is_place = |given: &super::Given| setting::leads_to_the_database(given.setting);
        let at = self.given.iter().position(|given| given.setting == &setting::PROFILE)?;
        if is_local || self.given[..at].iter().any(is_place) {
            return None;
        }
        let (name, named_in) = self.text(&setting::PROFILE)?;
        let Profiled { file, given, profile, .. } = match self.take_profile(&name) {
            Ok(profiled) => profiled,
            Err(failure) => {
                let why = failure.why.clone();
                let named = format!("it is named by {named_in}");
                let why = why.map_or(named.clone(), |why| format!("{why} ({named})"));
                self.problems.push(failure.why(why));
                return None;
            }
        };
        // What was said nearer stays.
        let mut farther = self.given.split_off(at);
        farther.retain(|given| !is_place(given) && !OTHER_WAYS.contains(&given.setting));
        self.given.extend(given.into_iter().chain(farther));
        if let Some(retention) = &profile.retention {
            self.policies = Some(Policies { retention: retention.clone(), file });
        }
        Some((name, profile))
    }

    /// A copy: they are listed all the same.
    fn take_profile(&self, name: &str) -> Result<Profiled, Failure> {
        let mut found = self.profiles.iter().filter(|one| one.name == name);
        let Some(first) = found.next() else {
            let failure = Failure::new(Kind::NotFound, format!("there is no profile {name}"));
            let names = self.profiles.iter().map(|one| one.name.as_str());
            let failure = match self.left_out.iter().find(|left| left.flag == "--config") {
                Some(left) => failure.why(format!("{} is not used", left.file.display())),
                None => failure,
            };
            return Err(failure.hint(match suggest::nearest(name, names) {
                Some(near) => format!("did you mean {near}? `inboxctl profile list` shows them"),
                None => String::from(
                    "`inboxctl profile list` shows them; [profile.NAME] in inboxctl.toml makes one",
                ),
            }));
        };
        match found.find(|one| one.is_trusted) {
            Some(other) if !first.is_trusted => {
                let (file, other) = (first.file.display(), other.file.display());
                Err(Failure::refused(format!("the profile {name} stands in two files"))
                    .why(format!("{file}, which anybody may have put there, would take the place of the one in {other}"))
                    .hint(format!("rename one of them, or name the file that is meant: --config {file}")))
            }
            _ => Ok(first.clone()),
        }
    }

    fn text(&self, setting: &Setting) -> Option<(String, String)> {
        use secrecy::ExposeSecret;
        let given = self.find(setting)?;
        Some((given.value.expose_secret().to_owned(), given.place.clone()))
    }
}
