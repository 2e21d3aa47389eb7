//! What a night tells Prometheus' node exporter.

use crate::domain::prometheus;

/// What came of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub step: String,
    /// Seconds since 1970; `None`: it was not done.
    pub succeeded_at: Option<i64>,
    pub duration_s: f64,
    pub exit_code: u8,
}

const LAST_SUCCESS: &str = "inboxctl_nightly_last_success_timestamp_seconds";

/// The file's text. A step that was not done keeps the time of the last success that `previous`,
/// the former text, tells of.
pub fn text(samples: &[Sample], previous: &str) -> String {
    let mut text = String::new();
    let mut gauges = |name: &str, help: &str, value: &dyn Fn(&Sample) -> Option<String>| {
        let values = samples.iter().map(|sample| (sample.step.as_str(), value(sample)));
        prometheus::gauges(&mut text, name, help, "step", values);
    };
    gauges(LAST_SUCCESS, "When the step was last done.", &|sample| {
        let now = sample.succeeded_at.map(|at| at.to_string());
        now.or_else(|| prometheus::former_second(previous, LAST_SUCCESS, "step", &sample.step))
    });
    gauges("inboxctl_nightly_duration_seconds", "How long the step took.", &|sample| {
        Some(format!("{:.3}", sample.duration_s))
    });
    gauges("inboxctl_nightly_exit_code", "How the step ended; 0 is well.", &|sample| {
        Some(sample.exit_code.to_string())
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_failed_keeps_its_last_success() {
        let good = Sample {
            step: "db backup".into(),
            succeeded_at: Some(1_700_000_000),
            duration_s: 1.5,
            exit_code: 0,
        };
        let first = text(std::slice::from_ref(&good), "");
        let second = text(&[Sample { succeeded_at: None, exit_code: 1, ..good }], &first);
        assert!(second.contains("timestamp_seconds{step=\"db backup\"} 1700000000\n"), "{second}");
        assert!(second.contains("exit_code{step=\"db backup\"} 1\n"), "{second}");
    }
}
