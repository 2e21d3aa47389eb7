//! A machine whose clock is wrong, without touching this one's.

use std::path::PathBuf;
use std::process::Command;

use super::binary::Binary;

/// Loaded before the C library, it answers in its place. Clocks that only measure how long
/// something takes stay right.
const LIBRARY: &str = r#"
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *at) {
    int failed = (int) syscall(SYS_clock_gettime, clock, at);
    const char *ahead_s = getenv("CLOCK_AHEAD_S");
    if (!failed && ahead_s && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        at->tv_sec += atoll(ahead_s);
    return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    (void) zone;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"#;

/// Goes away with what it built.
pub(crate) struct WrongClock {
    _folder: tempfile::TempDir,
    library: PathBuf,
}

impl WrongClock {
    /// Built by the compiler that links Rust programs too.
    pub(crate) fn build() -> WrongClock {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (source, library) = (folder.path().join("clock.c"), folder.path().join("clock.so"));
        std::fs::write(&source, LIBRARY).expect("its source");
        let status = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&library, &source])
            .status();
        assert!(status.expect("cc runs").success());
        WrongClock { _folder: folder, library }
    }

    /// The command on a machine whose clock is so many seconds ahead, or behind.
    pub(crate) fn ahead_by(&self, seconds: i64, binary: Binary) -> Binary {
        binary.env("LD_PRELOAD", &self.library).env("CLOCK_AHEAD_S", seconds.to_string())
    }
}
