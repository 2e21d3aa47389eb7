//! What a check of a database comes to: a status, the detail, the command that
//! mends it. Also which checks a run is made of, and the text for Prometheus.

use std::fmt::Write;

use serde::Serialize;

use super::prometheus;
use super::schema_diff::path_shown;
use super::suggest;

/// From good to bad. `Unknown` is neither: the check could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Ok,
    Warn,
    Fail,
    Unknown,
}

impl Status {
    pub const ALL: [Status; 4] = [Status::Ok, Status::Warn, Status::Fail, Status::Unknown];

    pub fn as_str(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Warn => "warn",
            Status::Fail => "fail",
            Status::Unknown => "unknown",
        }
    }

    /// The worse of the two; what is known counts for more than what isn't.
    pub fn max_of(self, other: Status) -> Status {
        let badness = |status| match status {
            Status::Ok => 0,
            Status::Unknown => 1,
            Status::Warn => 2,
            Status::Fail => 3,
        };
        if badness(other) > badness(self) { other } else { self }
    }

    /// The status of something that is worse the more there is of it.
    pub fn by_limit<T: PartialOrd>(value: T, warn_from: T, fail_from: T) -> Status {
        if value >= fail_from {
            Status::Fail
        } else if value >= warn_from {
            Status::Warn
        } else {
            Status::Ok
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub status: Status,
    pub detail: String,
    /// A command of inboxctl, or SQL.
    pub remedy: Option<String>,
}

impl Finding {
    pub fn new(status: Status, detail: impl Into<String>) -> Finding {
        Finding { status, detail: detail.into(), remedy: None }
    }

    pub fn ok(detail: impl Into<String>) -> Finding {
        Finding::new(Status::Ok, detail)
    }

    pub fn warn(detail: impl Into<String>) -> Finding {
        Finding::new(Status::Warn, detail)
    }

    pub fn fail(detail: impl Into<String>) -> Finding {
        Finding::new(Status::Fail, detail)
    }

    pub fn unknown(detail: impl Into<String>) -> Finding {
        Finding::new(Status::Unknown, detail)
    }

    /// The remedy of what is not ok.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Finding {
        self.remedy = Some(remedy.into()).filter(|_| self.status != Status::Ok);
        self
    }

    /// `status` if there are any, else ok with the text `none`: "2 invalid
    /// indexes: a, b".
    pub fn of_list(
        status: Status,
        none: &str,
        (one, many): (&str, &str),
        names: &[String],
    ) -> Finding {
        if names.is_empty() {
            return Finding::ok(none);
        }
        let word = if names.len() == 1 { one } else { many };
        let shown: Vec<String> = names.iter().map(|name| path_shown(name)).collect();
        Finding::new(status, format!("{} {word}: {}", names.len(), shown.join(", ")))
    }
}

/// The names that a run is made of: those of `only`, or all, less those of `skip`.
///
/// # Errors
/// A name that is none, with the nearest one.
pub fn select<'a>(
    known: &[&'a str],
    only: &[String],
    skip: &[String],
) -> Result<Vec<&'a str>, Unknown> {
    if let Some(wrong) = only.iter().chain(skip).find(|name| !known.contains(&name.as_str())) {
        let nearest = suggest::nearest(wrong, known.iter().copied()).map(str::to_owned);
        return Err(Unknown { name: wrong.clone(), nearest });
    }
    let is_named = |list: &[String], name: &str| list.iter().any(|one| one == name);
    Ok(known
        .iter()
        .copied()
        .filter(|name| only.is_empty() || is_named(only, name))
        .filter(|name| !is_named(skip, name))
        .collect())
}

/// A name that no check has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub name: String,
    pub nearest: Option<String>,
}

/// A run for Prometheus' text format.
#[derive(Debug)]
pub struct Metrics<'a> {
    pub checks: Vec<(&'a str, Status)>,
    pub finished_at_seconds: i64,
    pub duration_seconds: f64,
    pub exit_code: u8,
}

impl Metrics<'_> {
    pub fn render(&self) -> String {
        let mut text = String::new();
        prometheus::gauge_head(
            &mut text,
            "inboxctl_doctor_check",
            "Status of each check: the one that it has is 1, the others are 0.",
        );
        for (name, found) in &self.checks {
            for status in Status::ALL {
                let value = u8::from(status == *found);
                let status = status.as_str();
                // Writing to a string can't fail.
                let _ = writeln!(
                    text,
                    "inboxctl_doctor_check{{check=\"{name}\",status=\"{status}\"}} {value}"
                );
            }
        }
        for (name, help, value) in [
            (
                "inboxctl_doctor_last_run_timestamp_seconds",
                "When the last run ended.",
                self.finished_at_seconds.to_string(),
            ),
            (
                "inboxctl_doctor_duration_seconds",
                "How long the last run took.",
                format!("{:.3}", self.duration_seconds),
            ),
            ("inboxctl_doctor_exit_code", "Exit code of the last run.", self.exit_code.to_string()),
        ] {
            prometheus::gauge(&mut text, name, help, &value);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_count_from_their_value_on() {
        let status = |value| Status::by_limit(value, 80, 95);
        assert_eq!(status(79), Status::Ok);
        assert_eq!(status(80), Status::Warn);
        assert_eq!(status(95), Status::Fail);
    }

    #[test]
    fn a_remedy_is_for_trouble() {
        assert_eq!(Finding::ok("fine").remedy("do").remedy, None);
        assert_eq!(Finding::warn("bad").remedy("do").remedy.as_deref(), Some("do"));
    }

    #[test]
    fn lists_count_and_name() {
        let list = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            Finding::of_list(Status::Warn, "none", ("index", "indexes"), &names)
        };
        assert_eq!(list(&[]), Finding::ok("none"));
        assert_eq!(list(&["a"]), Finding::warn("1 index: a"));
        assert_eq!(list(&["a", "b"]), Finding::warn("2 indexes: a, b"));
    }

    #[test]
    fn only_and_skip_choose_in_the_order_of_the_list() {
        let known = ["clock", "jobs", "backup"];
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let chosen = |only, skip| select(&known, &words(only), &words(skip));
        assert_eq!(chosen("", "").unwrap(), known);
        assert_eq!(chosen("backup clock", "").unwrap(), ["clock", "backup"]);
        assert_eq!(chosen("", "jobs").unwrap(), ["clock", "backup"]);
        let wrong = chosen("", "bakcup").unwrap_err();
        assert_eq!(wrong.nearest.as_deref(), Some("backup"));
    }

    #[test]
    fn metrics_have_a_line_for_each_status() {
        let metrics = Metrics {
            checks: vec![("clock", Status::Warn)],
            finished_at_seconds: 1,
            duration_seconds: 0.25,
            exit_code: 0,
        };
        let text = metrics.render();
        assert!(text.contains("inboxctl_doctor_check{check=\"clock\",status=\"warn\"} 1\n"));
        assert!(text.contains("inboxctl_doctor_check{check=\"clock\",status=\"ok\"} 0\n"));
        assert!(text.ends_with("inboxctl_doctor_exit_code 0\n"), "{text}");
    }
}
