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
