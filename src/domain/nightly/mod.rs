//! The nights of `inboxctl nightly`: which steps there may be, which of them begin, and how a night
//! ended. What a step does is the command's own.

mod history;
pub mod metrics;

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

pub use self::history::{History, Night, Told};
use super::{moment, suggest};

/// Its section of `inboxctl.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nightly {
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The command line, without `inboxctl`.
    pub run: String,
    /// Else the command's words.
    name: Option<String>,
    /// It is told to stop after so long.
    #[serde(default, deserialize_with = "budget")]
    pub budget: Option<Duration>,
}

fn budget<'de, D: Deserializer<'de>>(text: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(text)?;
    let wrong = |why: &str| D::Error::custom(format!("{text:?} is no budget: {why}"));
    match moment::duration(&text) {
        Ok(Duration::ZERO) => Err(wrong("no step ends in no time")),
        read => read.map(Some).map_err(|why| wrong(&why)),
    }
}

/// What a step does, as far as it decides over others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Takes the backup or reads it: what goes wrong here leaves nothing to fall back on.
    Backup,
    /// Deletes or merges.
    Deletes,
    Other,
}

const TAKES_BACKUP: &str = "db backup";

/// What a night may do. Each of them says by its exit code how it ended, and can be stopped.
const COMMANDS: [(&str, Kind); 17] = [
    ("audit close", Kind::Other),
    ("audit prune", Kind::Deletes),
    ("audit verify", Kind::Other),
    ("contacts dedupe", Kind::Deletes),
    (TAKES_BACKUP, Kind::Backup),
    ("db backup verify", Kind::Backup),
    ("db check", Kind::Other),
    ("db drift", Kind::Other),
    ("db status", Kind::Other),
    ("db verify", Kind::Other),
    ("doctor", Kind::Other),
    ("integrations verify", Kind::Other),
    ("jobs cleanup", Kind::Deletes),
    ("presence sweep", Kind::Other),
    ("retention run", Kind::Deletes),
    ("retention verify", Kind::Other),
    ("table-sizes", Kind::Other),
];

/// What stands for the file that this night's backup wrote.
const BACKUP: &str = "{backup}";
/// What stands for the moment at which this step began when it was last done.
const LAST: &str = "{last}";

impl Step {
    /// # Errors
    /// The line's quotes don't match.
    pub fn words(&self) -> Result<Vec<String>, String> {
        shlex::split(&self.run).ok_or_else(|| String::from("a quote is not closed"))
    }

    /// The words of the command, and what it does.
    ///
    /// # Errors
    /// It is no command, or none of a night's.
    fn command(&self) -> Result<(&'static str, Kind), String> {
        let words = self.words()?;
        let begins = |name: &str| name.split(' ').eq(words.iter().take(name.split(' ').count()));
        let found = COMMANDS.into_iter().filter(|(name, _)| begins(name));
        found.max_by_key(|(name, _)| name.len()).ok_or_else(|| {
            let names = || COMMANDS.iter().map(|(name, _)| *name);
            let meant = words.iter().take_while(|word| !word.starts_with('-'));
            let meant = meant.take(3).cloned().collect::<Vec<_>>().join(" ");
            match suggest::nearest(&meant, names()) {
                Some(near) => format!("it is no step of a night; did you mean {near:?}?"),
                None => {
                    let names: Vec<&str> = names().collect();
                    format!("it is no step of a night; there are {}", names.join(", "))
                }
            }
        })
    }

    pub fn kind(&self) -> Kind {
        self.command().map_or(Kind::Other, |(_, kind)| kind)
    }

    /// As far as the line begins with one: `db backup`.
    pub fn command_words(&self) -> &str {
        self.command().map_or(self.run.as_str(), |(name, _)| name)
    }

    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| self.command_words())
    }

    /// The words with what this night knows.
    ///
    /// # Errors
    /// There is no backup of this night.
    pub fn filled(
        &self,
        backup: Option<&str>,
        last: Option<Timestamp>,
    ) -> Result<Vec<String>, String> {
        // Nothing is older: the first time it is done for all.
        let last = last.unwrap_or(Timestamp::UNIX_EPOCH).to_string();
        let fill = |word: String| match (word.contains(BACKUP), backup) {
            (true, None) => Err(String::from("this night has no backup")),
            (_, backup) => {
                Ok(word.replace(BACKUP, backup.unwrap_or_default()).replace(LAST, &last))
            }
        };
        self.words()?.into_iter().map(fill).collect()
    }
}

impl Nightly {
    /// # Errors
    /// What is wrong with a step, in one line.
    pub fn check(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        let mut has_backup = false;
        for step in &self.steps {
            let (command, _) =
                step.command().map_err(|why| format!("step {:?}: {why}", step.run))?;
            let wrong = |why: &str| Err(format!("step {:?}: {why}", step.name()));
            if step.name().trim().is_empty() || step.name().contains(char::is_control) {
                return wrong("its name is empty, or not one line");
            }
            if !names.insert(step.name()) {
                return wrong("two steps have this name: give one another `name`");
            }
            if step.words()?.iter().any(|word| is_for_a_shell(word)) {
                return wrong("no shell reads the line: write out what ~, $ or ` stand for");
            }
            if !has_backup && step.run.contains(BACKUP) {
                return wrong("no step before it takes a backup");
            }
            has_backup |= command == TAKES_BACKUP;
        }
        Ok(())
    }
}

/// What would be a folder of that very name.
fn is_for_a_shell(word: &str) -> bool {
    word.starts_with("~/") || word.contains(['$', '`']) || word.contains(char::is_control)
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    /// It ran and found trouble.
    Trouble,
    Busy,
    /// Its budget was used up: it stopped as it does at SIGTERM.
    OutOfTime,
    Failed,
    /// Left out, because of a step before it.
    Skipped,
    /// The night was told to stop: the next run does it.
    Interrupted,
    /// In the run of this night that was killed or stopped.
    DoneBefore,
}

impl Outcome {
    /// `code` is `None` of a process that a signal ended.
    pub fn of_exit(code: Option<i32>, is_out_of_time: bool, is_interrupted: bool) -> Outcome {
        match code {
            Some(0) => Outcome::Done,
            _ if is_out_of_time => Outcome::OutOfTime,
            _ if is_interrupted => Outcome::Interrupted,
            Some(3) => Outcome::Trouble,
            Some(75) => Outcome::Busy,
            _ => Outcome::Failed,
        }
    }

    /// As people read it, and machines.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Trouble => "trouble",
            Outcome::Busy => "busy",
            Outcome::OutOfTime => "out_of_time",
            Outcome::Failed => "failed",
            Outcome::Skipped => "skipped",
            Outcome::Interrupted => "interrupted",
            Outcome::DoneBefore => "done_before",
        }
    }

    pub fn is_well(self) -> bool {
        matches!(self, Outcome::Done | Outcome::DoneBefore)
    }
}

/// Why a step must not begin after these: nothing is deleted in a night that has no good backup,
/// though one was asked for.
pub fn obstacle(kind: Kind, before: &[(Kind, Outcome)]) -> Option<&'static str> {
    let is_lost = |(kind, outcome): &(Kind, Outcome)| *kind == Kind::Backup && !outcome.is_well();
    (kind == Kind::Deletes && before.iter().any(is_lost))
        .then_some("the backup before it did not end well")
}

/// How a whole night ended: as its worst step did.
pub fn worst(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    let rank = |outcome: &Outcome| match outcome {
        Outcome::Done | Outcome::DoneBefore => 0,
        Outcome::OutOfTime => 1,
        Outcome::Trouble => 2,
        Outcome::Busy => 3,
        Outcome::Skipped => 4,
        Outcome::Failed => 5,
        Outcome::Interrupted => 6,
    };
    outcomes.into_iter().max_by_key(rank).unwrap_or(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(run: &str) -> Step {
        Step { run: run.into(), name: None, budget: None }
    }

    #[test]
    fn a_step_is_the_longest_command_that_its_line_begins_with() {
        assert_eq!(step("db backup --out /srv").name(), "db backup");
        assert_eq!(step("db backup verify {backup} --level 3").name(), "db backup verify");
        let night = |steps: &[&str]| Nightly { steps: steps.iter().map(|run| step(run)).collect() };
        assert!(night(&["db backup", "db backup verify {backup}", "doctor"]).check().is_ok());
        for (steps, why) in [
            (vec!["db reset --yes"], "no step of a night"),
            (vec!["db bakcup"], "did you mean \"db backup\"?"),
            (vec![""], "no step of a night"),
            (vec!["doctor 'x"], "a quote is not closed"),
            (vec!["doctor", "doctor --strict"], "two steps have this name"),
            (vec!["db backup verify {backup}", "db backup"], "no step before it takes a backup"),
            (vec!["db backup --out ~/backups"], "no shell reads the line"),
            (vec!["db backup --out $HOME/b"], "no shell reads the line"),
            (vec!["doctor --only 'a\u{0}b'"], "no shell reads the line"),
        ] {
            let error = night(&steps).check().unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn what_a_night_knows_is_filled_in() {
        let verify = step("db backup verify {backup}");
        assert_eq!(verify.filled(Some("/b/x y.dump"), None).unwrap()[3], "/b/x y.dump");
        assert!(verify.filled(None, None).is_err());
        let dedupe = step("contacts dedupe --since {last}");
        assert_eq!(dedupe.filled(None, None).unwrap()[3], "1970-01-01T00:00:00Z");
        let at = Timestamp::from_second(86_400).unwrap();
        assert_eq!(dedupe.filled(None, Some(at)).unwrap()[3], "1970-01-02T00:00:00Z");
    }

    #[test]
    fn nothing_is_deleted_without_the_backup_that_was_asked_for() {
        use Outcome::{Busy, Done, Failed, Trouble};
        for (kind, outcome, is_free) in [
            (Kind::Backup, Failed, false),
            (Kind::Backup, Busy, false),
            (Kind::Backup, Trouble, false),
            (Kind::Backup, Done, true),
            (Kind::Other, Failed, true),
            (Kind::Deletes, Failed, true),
        ] {
            assert_eq!(obstacle(Kind::Deletes, &[(kind, outcome)]).is_none(), is_free);
            assert!(obstacle(Kind::Other, &[(kind, outcome)]).is_none());
        }
        assert_eq!(worst([Done, Busy, Trouble]), Busy);
        assert_eq!(worst([Done, Failed, Busy]), Failed);
        assert_eq!(worst([]), Done);
    }
}
