//! What the audit log tells of nights, and which of them goes on.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Outcome, Step};

/// What the audit log tells of a step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Told {
    pub night: Uuid,
    pub step: String,
    /// As the file has it.
    pub run: String,
    pub outcome: Outcome,
    pub exit_code: Option<i32>,
    pub began_at: Timestamp,
    /// The file that it wrote, of a backup.
    pub backup: Option<String>,
}

impl Told {
    /// One whose line was changed in the file since is another.
    fn is_of(&self, step: &Step) -> bool {
        self.step == step.name() && self.run == step.run
    }
}

/// A night as the audit log tells it.
#[derive(Debug, Clone)]
pub struct Night {
    pub id: Uuid,
    pub began_at: Timestamp,
    /// It came to its last step, however each of them ended.
    pub has_ended: bool,
}

/// A night that was killed or stopped so long ago is over: the next one begins anew.
const OVER_AFTER: SignedDuration = SignedDuration::from_hours(12);

/// The newest nights and steps, as far as they are told of.
#[derive(Debug, Default)]
pub struct History {
    pub night: Option<Night>,
    /// The newest first.
    pub steps: Vec<Told>,
}

impl History {
    /// The night that a run at this moment goes on with.
    pub fn unended(&self, now: Timestamp) -> Option<&Night> {
        let is_near = |night: &&Night| now.duration_since(night.began_at).abs() < OVER_AFTER;
        self.night.as_ref().filter(|night| !night.has_ended).filter(is_near)
    }

    /// What became of a step in a night, if it came to its end.
    pub fn ended_in(&self, night: Uuid, step: &Step) -> Option<&Told> {
        self.steps.iter().find(|told| {
            told.night == night && told.is_of(step) && told.outcome != Outcome::Interrupted
        })
    }

    /// When it began, the last time that it did all its work. A time that is yet to come is none.
    pub fn last_done(&self, step: &Step, now: Timestamp) -> Option<Timestamp> {
        let is_done = |told: &&Told| told.outcome == Outcome::Done && told.began_at <= now;
        let done = self.steps.iter().filter(|told| told.is_of(step)).find(is_done);
        done.map(|told| told.began_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(run: &str) -> Step {
        Step { run: run.into(), name: None, budget: None }
    }

    fn told(step: &Step, night: Uuid, outcome: Outcome, second: i64) -> Told {
        let began_at = Timestamp::from_second(second).unwrap();
        let run = step.run.clone();
        Told {
            night,
            step: step.name().into(),
            run,
            outcome,
            exit_code: None,
            began_at,
            backup: None,
        }
    }

    #[test]
    fn a_night_that_did_not_end_goes_on_and_an_old_one_does_not() {
        let doctor = step("doctor");
        let id = Uuid::from_u128(1);
        let at = |second| Timestamp::from_second(second).unwrap();
        let night = |has_ended| Some(Night { id, began_at: at(0), has_ended });
        let steps = vec![told(&doctor, id, Outcome::Trouble, 5)];
        let open = History { night: night(false), steps: steps.clone() };
        assert!(open.unended(at(3_600)).is_some());
        assert!(open.unended(at(13 * 3_600)).is_none());
        assert!(open.ended_in(id, &doctor).is_some());
        assert!(open.ended_in(id, &step("doctor --strict")).is_none());
        assert!(open.last_done(&doctor, at(60)).is_none());
        assert!(History { night: night(true), steps }.unended(at(3_600)).is_none());
    }
}
