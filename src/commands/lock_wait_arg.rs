//! `--lock-wait`, as commands have it that don't run beside themselves.

use std::time::Duration;

use clap::Args;

use crate::domain::moment;

#[derive(Debug, Clone, Copy, Args)]
pub struct LockWaitArgs {
    /// Wait this long for another run to finish
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "60s")]
    pub lock_wait: Duration,
}
