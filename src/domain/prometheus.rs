//! Prometheus' text format, as node exporter's files have it.

use std::fmt::Write;

/// The lines before the values of a gauge.
pub fn gauge_head(text: &mut String, name: &str, help: &str) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
}

/// A gauge with one value, without labels.
pub fn gauge(text: &mut String, name: &str, help: &str, value: &str) {
    gauge_head(text, name, help);
    let _ = writeln!(text, "{name} {value}");
}

/// A gauge with a value for each of these, which `label` names; one without a value is left out.
pub fn gauges<'a>(
    text: &mut String,
    name: &str,
    help: &str,
    label: &str,
    values: impl Iterator<Item = (&'a str, Option<String>)>,
) {
    gauge_head(text, name, help);
    for (of, value) in values {
        if let Some(value) = value {
            let _ = writeln!(text, "{} {value}", sample(name, label, of));
        }
    }
}

/// The moment, in seconds since 1970, that a former text has there.
pub fn former_second(previous: &str, name: &str, label: &str, of: &str) -> Option<String> {
    let start = format!("{} ", sample(name, label, of));
    let value = previous.lines().find_map(|line| line.strip_prefix(&start))?;
    value.parse::<i64>().ok().map(|at| at.to_string())
}

fn sample(name: &str, label: &str, of: &str) -> String {
    let of = of.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("{name}{{{label}=\"{of}\"}}")
}
