//! The text file for Prometheus' node exporter.

use crate::domain::audit_head::Head;
use crate::domain::prometheus;

/// What a run has to tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    /// `audit prune`, or the name of a policy.
    pub job: String,
    /// Seconds since 1970; `None`: this run was none.
    pub succeeded_at: Option<i64>,
    pub deleted: u64,
    pub archived: u64,
    pub held: u64,
    pub eligible_left: u64,
    pub duration_s: f64,
    pub exit_code: u8,
}

const LAST_SUCCESS: &str = "inboxctl_retention_last_success_timestamp_seconds";

/// The file's text. A run that failed keeps the time of the last success that
/// `previous`, the former text, tells of, and one without a head of the audit log the last head.
pub fn text(samples: &[Sample], head: Option<Head>, previous: &str) -> String {
    let mut text = String::new();
    let last = |sample: &Sample| {
        let now = sample.succeeded_at.map(|at| at.to_string());
        now.or_else(|| prometheus::former_second(previous, LAST_SUCCESS, "job", &sample.job))
    };
    metric(&mut text, LAST_SUCCESS, "When the last run without a failure ended.", samples, last);
    let mut gauge = |name: &str, help: &str, value: fn(&Sample) -> String| {
        let name = format!("inboxctl_retention_{name}");
        metric(&mut text, &name, help, samples, |sample| Some(value(sample)));
    };
    gauge("deleted_rows", "Rows that the last run deleted.", |one| one.deleted.to_string());
    gauge("archived_rows", "Rows that the last run archived.", |one| one.archived.to_string());
    gauge("held_rows", "Old rows that holds keep.", |one| one.held.to_string());
    gauge("eligible_rows", "Rows that are old enough and still there.", |one| {
        one.eligible_left.to_string()
    });
    gauge("duration_seconds", "How long the last run took.", |one| {
        format!("{:.3}", one.duration_s)
    });
    gauge("exit_code", "How the last run ended; 0 is well.", |one| one.exit_code.to_string());
    if let Some(head) = head.or_else(|| Head::all_in(previous).heads.pop()) {
        text += &head.to_metrics();
    }
    text
}

fn metric(
    text: &mut String,
    name: &str,
    help: &str,
    samples: &[Sample],
    value: impl Fn(&Sample) -> Option<String>,
) {
    let values = samples.iter().map(|sample| (sample.job.as_str(), value(sample)));
    prometheus::gauges(text, name, help, "job", values);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_failure_keeps_the_last_success() {
        let good = Sample {
            job: "audit prune".into(),
            succeeded_at: Some(1_700_000_000),
            deleted: 5,
            ..Sample::default()
        };
        let first = text(std::slice::from_ref(&good), None, "");
        assert!(
            first.contains("inboxctl_retention_deleted_rows{job=\"audit prune\"} 5\n"),
            "{first}"
        );
        let bad = Sample { succeeded_at: None, exit_code: 75, ..good };
        let second = text(&[bad], None, &first);
        assert!(second.contains("timestamp_seconds{job=\"audit prune\"} 1700000000\n"), "{second}");
        assert!(second.contains("exit_code{job=\"audit prune\"} 75\n"), "{second}");
    }

    proptest! {
        #[test]
        fn every_line_is_a_comment_or_a_sample(job in "\\PC*", previous in "\\PC*") {
            let sample = Sample { job, ..Sample::default() };
            for line in text(&[sample], None, &previous).lines() {
                prop_assert!(line.starts_with("# ") || line.rsplit(' ').next().is_some_and(|value| value.parse::<f64>().is_ok()));
            }
        }
    }
}
