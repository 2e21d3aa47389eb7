//! The zone of the times that people read: the operator's, unless UTC is asked for.

use std::sync::OnceLock;

use jiff::tz::TimeZone;

use crate::domain::pg_time::PgTime;

/// UTC until the command line was read.
static ZONE: OnceLock<TimeZone> = OnceLock::new();

/// For the rest of the program: UTC, or the zone of TZ or of the system, which is UTC where it has
/// none.
pub(super) fn start(utc: bool) {
    let zone = if utc { TimeZone::UTC } else { TimeZone::system() };
    let zone = if zone.is_unknown() { TimeZone::UTC } else { zone };
    // The first one holds: a command within a command changes nothing.
    let _ = ZONE.set(zone);
}

/// `2026-03-10 13:00 CET`; what comes after the year 9999 as it stands.
pub fn minute(at: impl Into<PgTime>) -> String {
    shown(at.into(), "%Y-%m-%d %H:%M %Z")
}

/// `2026-03-10 13:00:00 CET`.
pub fn second(at: impl Into<PgTime>) -> String {
    shown(at.into(), "%Y-%m-%d %H:%M:%S %Z")
}

/// `13:00:00 CET`.
pub fn clock(at: impl Into<PgTime>) -> String {
    shown(at.into(), "%H:%M:%S %Z")
}

fn shown(at: PgTime, format: &str) -> String {
    let zone = ZONE.get().cloned().unwrap_or(TimeZone::UTC);
    let known = at.known().map(|at| at.to_zoned(zone).strftime(format).to_string());
    known.unwrap_or_else(|| at.to_string())
}
