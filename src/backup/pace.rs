//! How a program gets on, for whoever has to tell whether its server still answers.

use std::fs;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What changes as long as the program is at work; `None` while it isn't waited for: it has ended,
/// or waits for us, who wait for a disk.
pub type Pace = Option<u64>;

/// Sees what goes through a program's pipe, and what it computes.
#[derive(Debug, Default)]
pub struct Meter {
    bytes: AtomicU64,
    cpu_ticks: AtomicU64,
    is_waited_for: AtomicBool,
}

impl Meter {
    /// The end of a pipe whose other end is the program's.
    pub fn watched<P>(&self, pipe: P) -> Metered<'_, P> {
        Metered { pipe, meter: self }
    }

    /// Looks at what the program computes, which is called after its group.
    pub(super) fn look(&self, group: u32) {
        self.cpu_ticks.store(cpu_ticks(group), Ordering::Relaxed);
    }

    pub(super) fn pace(&self) -> Pace {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let progress = count(&self.bytes).wrapping_add(count(&self.cpu_ticks));
        self.is_waited_for.load(Ordering::Relaxed).then_some(progress)
    }

    fn wait<T>(&self, work: impl FnOnce() -> T) -> T {
        self.is_waited_for.store(true, Ordering::Relaxed);
        let done = work();
        self.is_waited_for.store(false, Ordering::Relaxed);
        done
    }

    fn add(&self, bytes: usize) -> usize {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        bytes
    }
}

/// Of a pipe. Once nobody has it any more, the program's end is waited for.
pub struct Metered<'a, P> {
    pipe: P,
    meter: &'a Meter,
}

impl<P: Read> Read for Metered<'_, P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.meter.wait(|| self.pipe.read(buffer))?;
        Ok(self.meter.add(read))
    }
}

impl<P: Write> Write for Metered<'_, P> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.meter.wait(|| self.pipe.write(bytes))?;
        Ok(self.meter.add(written))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.meter.wait(|| self.pipe.flush())
    }
}

impl<P> Drop for Metered<'_, P> {
    fn drop(&mut self) {
        self.meter.is_waited_for.store(true, Ordering::Relaxed);
    }
}

/// The processor time of a group of processes; none where the system doesn't tell.
fn cpu_ticks(group: u32) -> u64 {
    let Ok(processes) = fs::read_dir("/proc") else { return 0 };
    let stats = processes.filter_map(|one| fs::read_to_string(one.ok()?.path().join("stat")).ok());
    stats.filter_map(|stat| ticks_in(&stat, group)).sum()
}

/// Of one process, as proc(5) lists them, and of those that it started and that have ended.
fn ticks_in(stat: &str, group: u32) -> Option<u64> {
    // The name before it may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split_whitespace().collect();
    let is_of_group = fields.get(2)?.parse() == Ok(group);
    is_of_group.then(|| fields.get(11..15)?.iter().map(|ticks| ticks.parse::<u64>().ok()).sum())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_that_of_the_group() {
        let stat = "7 (a ) b) R 1 42 42 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0 5 6 7 8 9";
        assert_eq!(ticks_in(stat, 42), Some(100));
        assert_eq!(ticks_in(stat, 43), None);
        assert_eq!(ticks_in("7 (a) R 1 42 42", 42), None);
        assert_eq!(ticks_in("", 42), None);
    }

    #[test]
    fn a_program_is_waited_for_at_its_pipe_and_at_its_end() {
        let meter = Meter::default();
        let mut pipe = meter.watched(&b"four"[..]);
        assert_eq!(meter.pace(), None, "nothing is asked of it yet");
        let mut buffer = [0; 8];
        assert_eq!(pipe.read(&mut buffer).ok(), Some(4));
        assert_eq!(meter.pace(), None, "what it wrote is handed on");
        drop(pipe);
        assert_eq!(meter.pace(), Some(4), "it ends");
    }
}
