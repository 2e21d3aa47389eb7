//! The zone of the times that people read: the operator's, unless UTC is asked for.

use std::sync::{LazyLock, OnceLock};

use jiff::tz::TimeZone;

use crate::domain::pg_time::PgTime;

/// Whether UTC is asked for; it is until the command line was read.
static IS_UTC: OnceLock<bool> = OnceLock::new();

/// The zone of TZ or of the system, which is UTC where it has none. Read from the disk once a time is
/// shown: most commands for a program show none.
static SYSTEM: LazyLock<TimeZone> = LazyLock::new(|| {
    let zone = TimeZone::system();
    if zone.is_unknown() { TimeZone::UTC } else { zone }
});

/// For the rest of the program. The first one holds: a command within a command changes nothing.
pub(super) fn start(utc: bool) {
    let _ = IS_UTC.set(utc);
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
    let zone = if IS_UTC.get() == Some(&false) { SYSTEM.clone() } else { TimeZone::UTC };
    let known = at.known().map(|at| at.to_zoned(zone).strftime(format).to_string());
    known.unwrap_or_else(|| at.to_string())
}
