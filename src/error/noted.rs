//! What is noted where it happens, for whoever explains the failure later: no error carries it there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The statement that was denied last: the server says what it is about, and not what is lacking.
static DENIED: Mutex<String> = Mutex::new(String::new());

pub fn note_denied(statement: &str) {
    *DENIED.lock().unwrap_or_else(PoisonError::into_inner) = statement.to_owned();
}

pub fn denied_statement() -> String {
    DENIED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The reason where a server went silent.
pub const SILENT: &str = "no answer came any more";

static FELL_SILENT: AtomicBool = AtomicBool::new(false);

/// A connection was given up because nothing more came: what libpq says of it then is not why.
pub fn note_silence() {
    FELL_SILENT.store(true, Ordering::Relaxed);
}

pub(super) fn fell_silent() -> bool {
    FELL_SILENT.load(Ordering::Relaxed)
}
