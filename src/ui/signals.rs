//! Signals that ask to stop.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{SigId, flag, low_level};

static SIGNALS: LazyLock<Signals> = LazyLock::new(|| {
    let signals = Signals { last: Arc::default(), of_interrupt: Mutex::default() };
    signals.catch(SIGTERM);
    *signals.of_interrupt.lock().unwrap_or_else(PoisonError::into_inner) = signals.catch(SIGINT);
    signals
});

struct Signals {
    /// Its number; 0 before one came.
    last: Arc<AtomicUsize>,
    /// What is done upon Ctrl-C.
    of_interrupt: Mutex<Vec<SigId>>,
}

impl Signals {
    /// The first one is noted, the second ends the program at once.
    fn catch(&self, number: i32) -> Vec<SigId> {
        let again = Arc::new(AtomicBool::new(false));
        let value = usize::try_from(number).unwrap_or_default();
        // In this order: the second signal finds `again` set by the first.
        // All fail only for signals that can't be caught.
        [
            flag::register_conditional_shutdown(number, 128 + number, Arc::clone(&again)),
            flag::register(number, again),
            flag::register_usize(number, Arc::clone(&self.last), value),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The signal that asked to stop, if one did. From the first call on, the first signal is only
/// noted here.
pub fn caught() -> Option<u8> {
    match SIGNALS.last.load(Ordering::SeqCst) {
        0 => None,
        number => u8::try_from(number).ok(),
    }
}

/// Ctrl-C means another program while `work` waits for it.
pub(super) fn left_to_another<T>(work: impl FnOnce() -> T) -> T {
    let mut of_interrupt = SIGNALS.of_interrupt.lock().unwrap_or_else(PoisonError::into_inner);
    // Without anything to do, it is ignored.
    for id in of_interrupt.drain(..) {
        low_level::unregister(id);
    }
    let done = work();
    *of_interrupt = SIGNALS.catch(SIGINT);
    done
}
