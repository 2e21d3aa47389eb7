//! Which jobs may be deleted: those that nobody will work on again.

use std::time::Duration;

/// A status that is an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum JobStatus {
    Failed,
    Completed,
    Cancelled,
}

impl JobStatus {
    pub const ALL: [JobStatus; 3] = [JobStatus::Failed, JobStatus::Completed, JobStatus::Cancelled];

    /// The label in the database.
    pub fn label(self) -> &'static str {
        match self {
            JobStatus::Failed => "FAILED",
            JobStatus::Completed => "COMPLETED",
            JobStatus::Cancelled => "CANCELLED",
        }
    }

    /// # Errors
    /// A status that is no end, or none at all.
    pub fn parse(name: &str) -> Result<JobStatus, String> {
        let found = JobStatus::ALL.into_iter().find(|it| it.label().eq_ignore_ascii_case(name));
        found.ok_or_else(|| match name.to_ascii_lowercase().as_str() {
            "pending" | "running" => format!("jobs that are {name} are never deleted"),
            _ => String::from("expected failed, completed or cancelled"),
        })
    }
}

/// A status with an age of its own, or without: `failed`, `completed=30d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aged {
    pub status: JobStatus,
    pub older_than: Option<Duration>,
}

/// The age of each status once: what was named, else failed jobs.
///
/// # Errors
/// A status that was named twice.
pub fn ages(named: &[Aged], default: Duration) -> Result<Vec<(JobStatus, Duration)>, String> {
    let mut ages: Vec<(JobStatus, Duration)> = Vec::new();
    for Aged { status, older_than } in named {
        if ages.iter().any(|(known, _)| known == status) {
            return Err(format!("{} was named twice", status.label().to_lowercase()));
        }
        ages.push((*status, older_than.unwrap_or(default)));
    }
    if ages.is_empty() {
        ages.push((JobStatus::Failed, default));
    }
    ages.sort_by_key(|(status, _)| *status);
    Ok(ages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_unless_something_else_is_named() {
        let day = Duration::from_secs(86_400);
        assert_eq!(ages(&[], day), Ok(vec![(JobStatus::Failed, day)]));
        let completed = Aged { status: JobStatus::Completed, older_than: Some(day * 30) };
        assert_eq!(ages(&[completed], day), Ok(vec![(JobStatus::Completed, day * 30)]));
        assert!(ages(&[completed, completed], day).is_err());
    }

    #[test]
    fn work_that_is_ahead_is_never_deleted() {
        for name in ["pending", "RUNNING", "Pending"] {
            assert!(JobStatus::parse(name).unwrap_err().contains("never deleted"));
        }
        assert_eq!(JobStatus::parse("Cancelled"), Ok(JobStatus::Cancelled));
        assert!(JobStatus::parse("done").is_err());
    }
}
