//! `-v` and `-vv`: log events to stderr, as text or JSON.

use tracing::Level;

/// `verbose`: 0 nothing, 1 what is done, 2 and more every statement.
pub fn start(verbose: u8, json: bool) {
    let level = match verbose {
        0 => return,
        1 => Level::INFO,
        _ => Level::DEBUG,
    };
    let builder = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(false);
    // A second start in one process (a test that links the library) keeps the first.
    let _ = if json {
        builder.json().flatten_event(true).try_init()
    } else {
        builder.with_target(false).compact().try_init()
    };
}
