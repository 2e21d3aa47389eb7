//! This very program as another process, which works where this one does.

use std::io;
use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};

use super::Context;

impl Context {
    /// It, with these words for its command line; only what stood on ours or in our environment is
    /// handed on beside, for it reads the files itself.
    ///
    /// # Errors
    /// The system doesn't say where it is.
    pub fn itself(&self, words: &[String]) -> io::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(&self.config.place_flags).args(words);
        command.envs(self.config.given_to_ourselves());
        Ok(command)
    }
}

/// Puts it into a process group of its own, so that an interrupt at the terminal is ours alone, and
/// lets it stop when the thread ends that starts it.
pub fn stop_with_us(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
    #[cfg(target_os = "linux")]
    {
        let die = || Ok(rustix::process::set_parent_process_death_signal(Some(Signal::TERM))?);
        // SAFETY: between fork and exec it makes one system call and allocates nothing.
        unsafe { command.pre_exec(die) };
    }
}

/// As any of our commands is: it finishes the batch in hand.
pub fn tell_to_stop(id: u32) {
    if let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        // It may have ended by itself.
        let _ = kill_process(pid, Signal::TERM);
    }
}
