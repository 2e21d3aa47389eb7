//! Whether what has grown old in a table goes in time.

use std::collections::BTreeMap;

use super::trend::{self, Run, Trend};

const DAY_S: i64 = 86_400;
/// How late anything may be: runs come at night, and a night may fail.
const GRACE_S: i64 = 2 * DAY_S;

/// A policy, or a command that runs by itself, and its recorded runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub name: String,
    /// The oldest first; never empty.
    runs: Vec<Run>,
    /// The age that its newest run deleted from on.
    age_s: i64,
}

/// A run of some job, and the age that it deleted from on.
#[derive(Debug, Clone)]
pub struct JobRun {
    pub job: String,
    pub age_s: i64,
    pub run: Run,
}

/// The jobs of a table by name, from their runs, the newest first.
pub fn jobs(runs: impl IntoIterator<Item = JobRun>) -> Vec<Job> {
    let mut jobs: BTreeMap<String, Job> = BTreeMap::new();
    for JobRun { job: name, age_s, run } in runs {
        let job = jobs.entry(name.clone()).or_insert(Job { name, runs: Vec::new(), age_s });
        job.runs.insert(0, run);
    }
    jobs.into_values().collect()
}

impl Job {
    /// `None` if its runs span no time.
    pub fn trend(&self) -> Option<Trend> {
        trend::of(&self.runs)
    }

    /// Whether it runs again and again, and not just by hand, now and the moment after.
    fn is_regular(&self) -> bool {
        let at_s = |run: Option<&Run>| run.map_or(0, |run| run.at_s);
        at_s(self.runs.last()) - at_s(self.runs.first()) >= DAY_S / 2
    }

    /// Whether its next run is still to be expected: one may be left out.
    fn is_alive(&self, now_s: i64) -> bool {
        let (Some(first), Some(last)) = (self.runs.first(), self.runs.last()) else { return false };
        let intervals = i64::try_from(self.runs.len() - 1).unwrap_or(i64::MAX).max(1);
        now_s - last.at_s <= GRACE_S.max(2 * (last.at_s - first.at_s) / intervals)
    }
}

/// Why a table is late.
#[derive(Debug, Clone, PartialEq)]
pub enum Late {
    /// More grows old than this job deletes.
    Behind { job: String, trend: Trend },
    /// Nobody deletes, and the oldest row is older than it should be by this.
    Old { by_s: i64 },
}

/// Judges by the jobs that run again and again; where none does, by the oldest row. Jobs know
/// better what they are to delete: an operator may want another age than the usual one, or to
/// keep some rows.
pub fn judge(jobs: &[Job], usual_age_s: i64, oldest_age_s: Option<i64>, now_s: i64) -> Vec<Late> {
    let regular = || jobs.iter().filter(|job| job.is_regular());
    if !regular().any(|job| job.is_alive(now_s)) {
        let longest = regular().map(|job| job.age_s).max();
        let once = jobs.iter().map(|job| job.age_s).chain([usual_age_s]).max();
        let by_s = oldest_age_s.unwrap_or_default() - longest.or(once).unwrap_or(usual_age_s);
        return if by_s > GRACE_S { vec![Late::Old { by_s }] } else { Vec::new() };
    }
    let behind = |job: &Job| {
        let trend = job.trend().filter(|trend| trend.is_behind && job.is_alive(now_s))?;
        Some(Late::Behind { job: job.name.clone(), trend })
    };
    jobs.iter().filter_map(behind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_S: i64 = 1_000 * DAY_S;
    const USUAL_S: i64 = 90 * DAY_S;

    /// Runs so many days ago, each with what it found and what it deleted.
    fn job(name: &str, runs: &[(i64, u64, u64)]) -> Vec<JobRun> {
        let run = |&(days, eligible, deleted): &(i64, u64, u64)| JobRun {
            job: name.to_owned(),
            age_s: 30 * DAY_S,
            run: Run { at_s: NOW_S - days * DAY_S, eligible, deleted },
        };
        runs.iter().map(run).collect()
    }

    fn judged(runs: Vec<JobRun>, oldest_days: i64) -> Vec<Late> {
        judge(&jobs(runs), USUAL_S, Some(oldest_days * DAY_S), NOW_S)
    }

    #[test]
    fn without_a_run_the_oldest_row_counts() {
        assert_eq!(judged(Vec::new(), 92), []);
        assert_eq!(judged(Vec::new(), 93), [Late::Old { by_s: 3 * DAY_S }]);
        assert_eq!(judge(&[], USUAL_S, None, NOW_S), []);
    }

    #[test]
    fn jobs_that_keep_up_are_believed_however_old_what_they_keep() {
        assert_eq!(judged(job("a", &[(0, 100, 100), (1, 100, 100)]), 900), []);
        assert_eq!(judged(job("a", &[(0, 500, 300), (1, 900, 500)]), 900), [], "it catches up");
    }

    #[test]
    fn one_of_two_jobs_falls_behind() {
        let mut runs = job("good", &[(0, 100, 100), (1, 100, 100)]);
        runs.extend(job("bad", &[(0, 500, 100), (1, 300, 100), (2, 100, 100)]));
        let late = judged(runs, 10);
        let [Late::Behind { job, trend }] = &late[..] else { panic!("{late:?}") };
        assert_eq!((job.as_str(), trend.left), ("bad", 400));
        assert_eq!((trend.eligible_per_day, trend.deleted_per_day), (300.0, 100.0));
    }

    #[test]
    fn a_job_that_ran_every_night_is_missed_soon_and_a_weekly_one_later() {
        let nightly = |days: i64| job("a", &[(days, 1, 1), (days + 1, 1, 1), (days + 2, 1, 1)]);
        let weekly = |days: i64| job("a", &[(days, 1, 1), (days + 7, 1, 1)]);
        // By its own age of 30 days.
        assert_eq!(judged(nightly(2), 33), []);
        assert_eq!(judged(nightly(3), 33), [Late::Old { by_s: 3 * DAY_S }]);
        assert_eq!(judged(nightly(3), 32), [], "nothing has grown old since");
        assert_eq!(judged(weekly(14), 44), []);
        assert_eq!(judged(weekly(15), 45), [Late::Old { by_s: 15 * DAY_S }]);
    }

    #[test]
    fn one_run_by_hand_says_nothing_of_the_rest() {
        let once = |days: i64| job("a", &[(days, 100, 100)]);
        assert_eq!(judged(once(0), 92), []);
        assert_eq!(judged(once(0), 93), [Late::Old { by_s: 3 * DAY_S }]);
        let mut runs = once(0);
        runs[0].age_s = 365 * DAY_S;
        assert_eq!(judged(runs, 366), []);
    }

    #[test]
    fn a_policy_of_the_past_is_not_held_against_those_of_today() {
        let mut runs = job("new", &[(0, 100, 100), (1, 100, 100)]);
        runs.extend(job("old", &[(40, 500, 100), (41, 300, 100)]));
        assert_eq!(judged(runs, 10), []);
    }
}
